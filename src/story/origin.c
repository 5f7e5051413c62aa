#include "story/origin.h"

#include "lex/lex.h"

#define DATELINE_BYTES 240 /* a dateline stands in the first line */
#define TAIL_BYTES 400     /* a credit in the last ones */
#define NAME_MAX_BYTES 48
#define RETOLD_PAIRS 7      /* sentences told in other words that make a retelling */
#define CREDITED_SHARE 0.15 /* of text two reports of one agency must share */

/* "Reuters" for "reuters", "THOMSON REUTERS"; absent when it is no agency we know. */
static struct str known_agency(struct str name)
{
    char lower[NAME_MAX_BYTES];
    const struct lex_entry *e;

    name = str_trim(name);
    if (str_starts_fold(name, STR("the ")))
        name = str_after(name, 4);
    if (name.len == 0 || name.len > sizeof lower)
        return (struct str){ NULL, 0 };
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    e = lex_find(&lex_agencies, (struct str){ lower, name.len });
    return e ? e->field[LEX_AGENCIES_AGENCY] : (struct str){ NULL, 0 };
}

static bool dash_follows(struct str s)
{
    s = str_trim(s);
    return str_starts(s, STR("-")) || str_starts(s, STR("–")) ||
           str_starts(s, STR("—"));
}

/* "KARSTEN, Velmora (BPA) — The ferry …": what stands in the brackets before the dash. */
static struct str dateline_agency(struct str text)
{
    struct str head =
        str_slice(text, 0, text.len < DATELINE_BYTES ? text.len : DATELINE_BYTES);
    size_t open = str_find_char(head, '('), close = str_find_char(head, ')');

    if (open == STR_NPOS || close == STR_NPOS || close < open + 3 ||
        close - open > NAME_MAX_BYTES || !ascii_is_upper(head.ptr[open + 1]) ||
        !dash_follows(str_after(text, close + 1)))
        return (struct str){ NULL, 0 };
    head = str_slice(head, open + 1, close);
    return known_agency(head).len > 0 ? known_agency(head) : head;
}

/* The last line with "(Reporting by …)", "© 2029 The Associated Press", "- AFP". */
static struct str tail_agency(struct str text)
{
    struct str tail =
        str_after(text, text.len > TAIL_BYTES ? text.len - TAIL_BYTES : 0);
    struct str line, found = { NULL, 0 };

    while (str_split(&tail, '\n', &line)) {
        size_t at = 0;

        line = str_trim(line);
        if (str_starts(line, STR("©")) || str_starts_fold(line, STR("copyright")))
            at = str_find_fold(line, STR("the "));
        else if (str_starts(line, STR("-")) || str_starts(line, STR("—")))
            at = str_starts(line, STR("-")) ? 1 : STR("—").len;
        else
            continue;
        if (at != STR_NPOS && line.len > at)
            found = known_agency(str_after(line, at)).len > 0
                        ? known_agency(str_after(line, at))
                        : found;
    }
    return found;
}

/* "By Ann Lee, Associated Press", "Reuters". */
static struct str byline_agency(const struct article *a)
{
    for (uint32_t i = 0; i < a->byline.count; i++) {
        struct str rest = a->byline.at[i], part;

        while (str_split(&rest, ',', &part))
            if (known_agency(part).len > 0)
                return known_agency(part);
    }
    return known_agency(a->outlet);
}

struct str agency_credit(struct arena *arena, const struct article *a)
{
    struct str found = dateline_agency(a->text);

    if (found.len == 0)
        found = byline_agency(a);
    if (found.len == 0)
        found = tail_agency(a->text);
    return found.len > 0 ? arena_str(arena, found) : found;
}

struct joining {
    struct arena *arena;
    const struct story *story;
    struct str *credit;
    uint32_t *parent;
    struct str *why; /* by report in the story, kept at the later report of a pair */
};

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Place of a report in the story's list, which ascends. */
static uint32_t place_of(const struct story *s, uint32_t report)
{
    uint32_t low = 0, high = s->reports.count;

    while (low + 1 < high) {
        uint32_t mid = (low + high) / 2;

        if (s->reports.at[mid] <= report)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* Independent reports of one event share sentences in other words, too; but not many in
 * the same order. */
static bool carried_over(const struct copy *c)
{
    return c->verbatim >= ORIGIN_SHARE ||
           (c->share >= ORIGIN_SHARE && c->retold >= RETOLD_PAIRS);
}

static void join(struct joining *j, const struct copy *c)
{
    uint32_t a = place_of(j->story, c->from), b = place_of(j->story, c->to);
    bool agency = j->credit[a].len > 0 && str_eq_fold(j->credit[a], j->credit[b]);
    struct buf why = buf_new(j->arena, 256);

    if (!carried_over(c) && !(agency && c->share >= CREDITED_SHARE))
        return;
    if (agency)
        buf_printf(&why, "both credit %.*s and share %d %% of the shorter text",
                   STR_ARG(j->credit[a]), (int)(c->share * 100 + 0.5));
    else
        buf_printf(&why, "%d %% of the shorter text is carried over",
                   (int)(c->share * 100 + 0.5));
    if (j->why[b].len == 0)
        j->why[b] = buf_view(&why);
    a = root(j->parent, a);
    b = root(j->parent, b);
    j->parent[a < b ? b : a] = a < b ? a : b;
}

static void collect(struct joining *j, struct story *story)
{
    uint32_t n = story->reports.count;
    uint32_t *origin_of = NEW(j->arena, uint32_t, n + 1);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t r = root(j->parent, i);
        struct origin *o;

        if (r == i) {
            *PUSH(j->arena, &story->origins) = (struct origin){ .why = { NULL, 0 } };
            origin_of[i] = story->origins.count - 1;
        }
        origin_of[i] = origin_of[r];
        o = &story->origins.at[origin_of[i]];
        *PUSH(j->arena, &o->reports) = story->reports.at[i];
        if (o->why.len == 0)
            o->why = j->why[i];
    }
}

void story_find_origins(struct arena *arena, const struct article *const *report,
                        struct story *story)
{
    uint32_t n = story->reports.count;
    struct joining j = { .arena = arena, .story = story };

    j.credit = NEW(arena, struct str, n + 1);
    j.parent = NEW(arena, uint32_t, n + 1);
    j.why = NEW(arena, struct str, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        j.parent[i] = i;
        j.credit[i] = agency_credit(arena, report[story->reports.at[i]]);
    }
    for (uint32_t i = 0; i < story->copies.count; i++)
        join(&j, &story->copies.at[i]);
    collect(&j, story);
}
