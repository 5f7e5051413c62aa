#include "export/incident.h"

#include <inttypes.h>

#include "base/least.h"
#include "export/member.h"

static int64_t conservative(const json_t *figure)
{
    int64_t low = 0;

    member_count(figure, "low", &low);
    return count_least(member_str(figure, "op"), low);
}

/* "34 killed" and "34 killed, it is said"; not "nobody would have been killed". */
static bool is_told(const struct item *i)
{
    struct str modality = member_str(i->body, "modality");

    return modality.len == 0 || str_eq(modality, STR("asserted")) ||
           str_eq(modality, STR("alleged"));
}

static bool counts_dead(const struct item *i)
{
    return item_is_toll(i, "killed") && is_told(i) &&
           !member_true(i->body, "background") && !member_true(i->body, "subset") &&
           member_str(i->body, "group").len == 0 &&
           !str_eq(member_str(i->finding, "status"), STR("superseded"));
}

static bool fits(struct str a, struct str b)
{
    return a.len == 0 || b.len == 0 || str_eq(a, b);
}

static bool is_everybody(const struct item *i)
{
    struct str name = member_str(i->body, "class");

    return name.len == 0 || str_eq(name, STR("people"));
}

static struct incident *find(struct incidents *all, const struct item *i)
{
    for (uint32_t k = 0; k < all->at.count; k++) {
        const struct item *first = all->at.at[k].first;

        if (first->story == i->story && fits(first->place.name, i->place.name) &&
            fits(first->date, i->date))
            return &all->at.at[k];
    }
    return NULL;
}

static int64_t origins(const struct item *i)
{
    int64_t n = 0;

    return member_count(i->finding, "origins", &n) ? n : 0;
}

/* Counts of everybody where there is one, else what the classes add up to. */
static void weigh(struct incident *in)
{
    int64_t most = -1, sum = 0, low = INT64_MAX, careful = INT64_MAX;

    for (uint32_t k = 0; k < in->count.count; k++) {
        const struct item *i = in->count.at[k];
        int64_t from = 0, to = 0;
        bool open = !member_count(i->body, "high", &to);

        member_count(i->body, "low", &from);
        sum = from > INT64_MAX - sum ? INT64_MAX : sum + (from > 0 ? from : 0);
        if (!is_everybody(i))
            continue;
        if (origins(i) > most) {
            most = origins(i);
            in->best = from;
            in->first = i;
        }
        low = from < low ? from : low;
        careful = conservative(i->body) < careful ? conservative(i->body) : careful;
        in->high_open |= open;
        to = open ? from : to;
        in->high = to > in->high ? to : in->high;
    }
    in->summed = most < 0;
    in->low = in->summed ? sum : low;
    in->conservative = in->summed ? sum : careful;
    if (in->summed)
        in->best = in->high = sum;
}

/* "People were killed" alone, by nobody and by nothing, may be a flood's work. */
static bool is_violent(const struct item *i)
{
    struct str type = member_str(i->body, "type");

    if (member_str(i->body, "mode").len == 0 && !party_at_side(i, "actors", 0))
        return false;
    return str_eq(i->kind, STR("event")) &&
           str_eq(member_str(i->body, "modality"), STR("asserted")) &&
           (str_eq(type, STR("ASSAULT")) || str_eq(type, STR("PROTEST")) ||
            str_eq(type, STR("COERCE")));
}

static void find_event(struct exporter *e, struct incident *in)
{
    for (uint32_t k = 0; k < e->item.count && !in->event; k++) {
        const struct item *i = &e->item.at[k];

        if (is_violent(i) && i->story == in->first->story &&
            fits(i->place.name, in->first->place.name) &&
            fits(i->date, in->first->date))
            in->event = i;
    }
}

struct incidents incidents_of(struct exporter *e)
{
    struct incidents all = { .at = { .count = 0 } };

    for (uint32_t k = 0; k < e->item.count; k++) {
        const struct item *i = &e->item.at[k];
        struct incident *in;

        if (!counts_dead(i))
            continue;
        in = find(&all, i);
        if (!in) {
            in = PUSH(e->arena, &all.at);
            in->first = i;
        }
        *PUSH(e->arena, &in->count) = i;
    }
    for (uint32_t k = 0; k < all.at.count; k++) {
        weigh(&all.at.at[k]);
        find_event(e, &all.at.at[k]);
    }
    return all;
}

struct str incident_notes(struct exporter *e, const struct incident *in)
{
    struct buf b = buf_new(e->arena, 1 << 20);

    buf_printf(&b, "Reported: %" PRId64, in->low);
    if (in->low != in->high)
        buf_printf(&b, " to %" PRId64, in->high);
    buf_printf(&b, "%s killed", in->high_open ? " or more" : "");
    for (uint32_t k = 0; k < in->count.count; k++) {
        struct str voice = finding_voice(&e->reports, in->count.at[k]->finding);

        buf_str(&b, STR("; "));
        buf_str(&b, member_str(in->count.at[k]->finding, "summary"));
        if (voice.len > 0) {
            buf_str(&b, STR(" ["));
            buf_str(&b, voice);
            buf_char(&b, ']');
        }
    }
    return buf_view(&b);
}
