#include "serve/network.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

#define WIDTH 1000
#define HEIGHT 520
#define ROUND_X 250.0 /* of the ring on which parties stand */
#define ROUND_Y 205.0
#define BEND 0.25        /* how far arrows bend to the middle */
#define APART 10.0       /* between arrows of different kinds */
#define LABEL_POINTS 34  /* code points of a name */
#define TYPES_MAX 200    /* bytes */
#define PARTIES_MAX 2000 /* looked at */

static const struct {
    const char *name, *words;
} kinds[] = {
    [WORDS_FOR] = { "words-for", "agreement in words" },
    [DEEDS_FOR] = { "deeds-for", "help and cooperation" },
    [WORDS_AGAINST] = { "words-against", "dispute in words" },
    [DEEDS_AGAINST] = { "deeds-against", "force and pressure" },
    [OTHER_KIND] = { "other", "other" },
};

static enum relation_kind kind_of(struct str type)
{
    static const struct {
        const char *type;
        enum relation_kind kind;
    } known[] = {
        { "AGREE", WORDS_FOR },        { "CONSULT", WORDS_FOR },
        { "SUPPORT", WORDS_FOR },      { "CONCEDE", WORDS_FOR },
        { "COOPERATE", DEEDS_FOR },    { "AID", DEEDS_FOR },
        { "RETREAT", DEEDS_FOR },      { "REQUEST", WORDS_AGAINST },
        { "ACCUSE", WORDS_AGAINST },   { "REJECT", WORDS_AGAINST },
        { "THREATEN", WORDS_AGAINST }, { "PROTEST", DEEDS_AGAINST },
        { "SANCTION", DEEDS_AGAINST }, { "MOBILIZE", DEEDS_AGAINST },
        { "COERCE", DEEDS_AGAINST },   { "ASSAULT", DEEDS_AGAINST },
    };

    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(type, str_from(known[i].type)))
            return known[i].kind;
    return OTHER_KIND;
}

/* ---- from findings ---- */

static uint32_t party_of(struct arena *arena, struct network *n, struct str name)
{
    for (uint32_t i = 0; i < n->party.count; i++)
        if (str_eq_fold(n->party.at[i].name, name))
            return i;
    *PUSH(arena, &n->party) = (struct party){ .name = name };
    return n->party.count - 1;
}

static struct relation *relation_of(struct arena *arena, struct network *n,
                                    uint32_t who, uint32_t whom,
                                    enum relation_kind kind)
{
    for (uint32_t i = 0; i < n->relation.count; i++) {
        struct relation *r = &n->relation.at[i];

        if (r->who == who && r->whom == whom && r->kind == kind)
            return r;
    }
    *PUSH(arena, &n->relation) =
        (struct relation){ .who = who, .whom = whom, .kind = kind };
    return &n->relation.at[n->relation.count - 1];
}

/* "ACCUSE" -> "ACCUSE, REJECT" */
static void add_type(struct arena *arena, struct relation *r, struct str type)
{
    struct buf b;

    if (str_find(r->types, type) != STR_NPOS || r->types.len > TYPES_MAX)
        return;
    b = buf_new(arena, TYPES_MAX + type.len + 8);
    buf_str(&b, r->types);
    if (r->types.len > 0)
        buf_str(&b, STR(", "));
    buf_str(&b, type);
    r->types = buf_view(&b);
}

static void take_pair(struct arena *arena, struct network *n, const json_t *finding,
                      struct str who, struct str whom)
{
    const json_t *e = json_object_get(finding, "event");
    const json_t *said = json_array_get(json_object_get(finding, "evidence"), 0);
    struct str type = member(e, "type");
    uint32_t from = party_of(arena, n, who), to = party_of(arena, n, whom);
    struct relation *r = relation_of(arena, n, from, to, kind_of(type));

    n->party.at[from].events++;
    n->party.at[to].events++;
    if (r->events++ == 0) {
        r->report = member(said, "report");
        r->start = member_i64(said, "start", 0);
        r->end = member_i64(said, "end", 0);
    }
    r->real += member_is(e, "modality", "asserted");
    add_type(arena, r, type);
}

static void take(struct arena *arena, struct network *n, const json_t *finding)
{
    const json_t *e = json_object_get(finding, "event");
    const json_t *actors = json_object_get(e, "actors");
    const json_t *recipients = json_object_get(e, "recipients");

    for (size_t i = 0; i < json_array_size(actors); i++)
        for (size_t k = 0; k < json_array_size(recipients); k++) {
            struct str who = member(json_array_get(actors, i), "name");
            struct str whom = member(json_array_get(recipients, k), "name");

            if (who.len > 0 && whom.len > 0 && !str_eq_fold(who, whom))
                take_pair(arena, n, finding, who, whom);
        }
}

static int by_events(const void *a, const void *b)
{
    const struct party *x = *(const struct party *const *)a;
    const struct party *y = *(const struct party *const *)b;

    if (x->events != y->events)
        return x->events > y->events ? -1 : 1;
    return (x > y) - (x < y); /* told first */
}

/* The parties with most events come first; relations of those behind are let go. */
static void rank(struct arena *arena, struct network *n)
{
    struct party *const all = n->party.at;
    const struct party **order = NEW(arena, const struct party *, n->party.count + 1);
    uint32_t *place = NEW(arena, uint32_t, n->party.count + 1), kept = 0;
    uint32_t drawn =
        n->party.count < NETWORK_PARTIES ? n->party.count : NETWORK_PARTIES;
    struct party *ranked = NEW(arena, struct party, drawn + 1);

    for (uint32_t i = 0; i < n->party.count; i++)
        order[i] = &all[i];
    if (n->party.count > 0)
        qsort(order, n->party.count, sizeof(const struct party *), by_events);
    for (uint32_t i = 0; i < n->party.count; i++) {
        place[order[i] - all] = i;
        if (i < drawn)
            ranked[i] = *order[i];
    }
    for (uint32_t i = 0; i < n->relation.count; i++) {
        struct relation r = n->relation.at[i];

        r.who = place[r.who];
        r.whom = place[r.whom];
        if (r.who < drawn && r.whom < drawn)
            n->relation.at[kept++] = r;
    }
    n->relation.count = kept;
    n->party.at = ranked;
    n->party.count = n->party.cap = drawn;
}

struct network network_of(struct arena *arena, const json_t *findings)
{
    struct network n = { 0 };

    for (size_t i = 0; i < json_array_size(findings); i++)
        if (n.party.count < PARTIES_MAX)
            take(arena, &n, json_array_get(findings, i));
    rank(arena, &n);
    return n;
}

json_t *network_json(const struct network *n)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < n->relation.count; i++) {
        const struct relation *r = &n->relation.at[i];

        json_array_append_new(
            rows,
            json_pack("{s:o s:o s:s s:o s:I s:I s:o s:I s:I}", "who",
                      json_of(n->party.at[r->who].name), "whom",
                      json_of(n->party.at[r->whom].name), "kind", kinds[r->kind].name,
                      "types", json_of(r->types), "events", (json_int_t)r->events,
                      "asserted", (json_int_t)r->real, "report", json_of(r->report),
                      "start", (json_int_t)r->start, "end", (json_int_t)r->end));
    }
    return rows;
}

/* ---- the drawing ---- */

static uint32_t ties(const struct network *n, uint32_t a, uint32_t b)
{
    uint32_t events = 0;

    for (uint32_t i = 0; i < n->relation.count; i++) {
        const struct relation *r = &n->relation.at[i];

        if ((r->who == a && r->whom == b) || (r->who == b && r->whom == a))
            events += r->events;
    }
    return events;
}

/* Round the ring, beside each party the one that has most to do with it. */
static void place_all(struct arena *arena, struct network *n)
{
    bool *placed = NEW(arena, bool, n->party.count + 1);
    uint32_t last = 0;

    for (uint32_t i = 0; i < n->party.count; i++) {
        double turn = 2 * acos(-1.0) * i / n->party.count - acos(-1.0) / 2;
        uint32_t next = UINT32_MAX, most = 0;

        for (uint32_t k = 0; k < n->party.count; k++) {
            uint32_t with = i == 0 ? 0 : ties(n, last, k);

            if (!placed[k] && (next == UINT32_MAX || with > most)) {
                next = k;
                most = with;
            }
        }
        placed[next] = true;
        n->party.at[next].x = WIDTH / 2.0 + ROUND_X * cos(turn);
        n->party.at[next].y = HEIGHT / 2.0 + ROUND_Y * sin(turn);
        last = next;
    }
}

/* A little short of the party that it leads to, so that its head can be seen. */
static void arrow(struct markup *m, const struct network *n, const struct relation *r)
{
    const struct party *a = &n->party.at[r->who], *b = &n->party.at[r->whom];
    double dx = b->x - a->x, dy = b->y - a->y, len = sqrt(dx * dx + dy * dy);
    double side = APART * ((double)r->kind + 1) / len;
    double cx = (a->x + b->x) / 2 * (1 - BEND) + WIDTH / 2.0 * BEND - dy * side;
    double cy = (a->y + b->y) / 2 * (1 - BEND) + HEIGHT / 2.0 * BEND + dx * side;
    double ex = b->x - cx, ey = b->y - cy, to = sqrt(ex * ex + ey * ey);
    double tx = b->x - ex / to * 9, ty = b->y - ey / to * 9;

    ex /= to;
    ey /= to;
    markup_open(m, "a");
    markup_attr_format(m, "href", "/report/%.*s?start=%lld&end=%lld#claim",
                       STR_ARG(r->report), (long long)r->start, (long long)r->end);
    markup_attr_format(m, "aria-label", "%.*s to %.*s: %.*s, %u %s", STR_ARG(a->name),
                       STR_ARG(b->name), STR_ARG(r->types), r->events,
                       r->events == 1 ? "event" : "events");
    markup_attr_format(m, "class", "%s%s", kinds[r->kind].name,
                       r->real == 0 ? " unreal" : "");
    markup_open(m, "title");
    markup_format(m, "%.*s → %.*s: %.*s", STR_ARG(a->name), STR_ARG(b->name),
                  STR_ARG(r->types));
    markup_close(m);
    markup_open(m, "path");
    markup_attr(m, "class", STR("tie"));
    markup_attr_format(m, "stroke-width", "%.1f", 1.2 + log((double)r->events));
    markup_attr_format(m, "d", "M%.1f %.1fQ%.1f %.1f %.1f %.1f", a->x, a->y, cx, cy, tx,
                       ty);
    markup_close(m);
    markup_open(m, "path");
    markup_attr(m, "class", STR("tip"));
    markup_attr_format(m, "d", "M%.1f %.1fL%.1f %.1fL%.1f %.1fz", tx + ex * 4,
                       ty + ey * 4, tx - ex * 7 - ey * 4.5, ty - ey * 7 + ex * 4.5,
                       tx - ex * 7 + ey * 4.5, ty - ey * 7 - ex * 4.5);
    markup_close(m);
    markup_close(m);
}

static void name_of(struct markup *m, const struct party *p)
{
    double turn =
        atan2((p->y - HEIGHT / 2.0) / ROUND_Y, (p->x - WIDTH / 2.0) / ROUND_X);
    size_t end = 0;

    for (int i = 0; i < LABEL_POINTS && end < p->name.len; i++) {
        size_t len;

        utf8_decode(str_after(p->name, end), &len);
        end += len;
    }
    markup_open(m, "circle");
    markup_attr_format(m, "cx", "%.1f", p->x);
    markup_attr_format(m, "cy", "%.1f", p->y);
    markup_attr_format(m, "r", "%.1f", 4 + 1.5 * log((double)(p->events + 1)));
    markup_close(m);
    markup_open(m, "text");
    markup_attr_format(m, "x", "%.1f", p->x + 13 * cos(turn));
    markup_attr_format(m, "y", "%.1f", p->y + 4 + 17 * sin(turn));
    markup_attr(m, "text-anchor",
                fabs(cos(turn)) < 0.2 ? STR("middle")
                : cos(turn) > 0       ? STR("start")
                                      : STR("end"));
    markup_text(m, str_slice(p->name, 0, end));
    if (end < p->name.len)
        SAY(m, "…");
    markup_close(m);
}

/* Each kind of arrow that there is, with its word. */
static void legend(struct markup *m, const struct network *n)
{
    bool met[COUNT(kinds)] = { false };

    for (uint32_t i = 0; i < n->relation.count; i++)
        met[n->relation.at[i].kind] = true;
    markup_open(m, "figcaption");
    for (size_t k = 0; k < COUNT(kinds); k++) {
        if (!met[k])
            continue;
        markup_open(m, "span");
        markup_attr_format(m, "class", "ties %s", kinds[k].name);
        markup_open(m, "svg");
        markup_attr(m, "viewBox", STR("0 0 44 10"));
        markup_attr(m, "aria-hidden", STR("true"));
        markup_open(m, "path");
        markup_attr(m, "class", STR("tie"));
        markup_attr(m, "d", STR("M0 5H36"));
        markup_close(m);
        markup_open(m, "path");
        markup_attr(m, "class", STR("tip"));
        markup_attr(m, "d", STR("M44 5L34 .5V9.5z"));
        markup_close(m);
        markup_close(m);
        markup_text(m, str_from(kinds[k].words));
        markup_close(m);
    }
    SAY(m, "Paler: expected, alleged or denied. An arrow leads to the words; the table "
           "below says the same.");
    markup_close(m);
}

void network_draw(struct markup *m, struct arena *arena, const struct network *n)
{
    struct network drawn = *n;

    if (n->relation.count == 0)
        return;
    place_all(arena, &drawn);
    markup_open(m, "figure");
    markup_attr(m, "class", STR("network"));
    markup_open(m, "div");
    markup_attr(m, "class", STR("scroll"));
    markup_attr(m, "tabindex", STR("0"));
    markup_attr(m, "role", STR("group"));
    markup_attr(m, "aria-label", STR("Who acts on whom, drawn"));
    markup_open(m, "svg");
    markup_attr_format(m, "viewBox", "0 0 %d %d", WIDTH, HEIGHT);
    markup_attr(m, "role", STR("group"));
    markup_attr(m, "aria-label", STR("Network of actors; the table has the same"));
    for (uint32_t i = 0; i < n->relation.count; i++)
        arrow(m, &drawn, &n->relation.at[i]);
    for (uint32_t i = 0; i < drawn.party.count; i++)
        name_of(m, &drawn.party.at[i]);
    markup_close(m);
    markup_close(m);
    legend(m, n);
    markup_close(m);
}

/* ---- the matrix ---- */

static bool acts(const struct network *n, uint32_t party, bool as_who)
{
    for (uint32_t i = 0; i < n->relation.count; i++)
        if ((as_who ? n->relation.at[i].who : n->relation.at[i].whom) == party)
            return true;
    return false;
}

static void cell(struct markup *m, const struct network *n, uint32_t who, uint32_t whom)
{
    bool first = true;

    markup_open(m, "td");
    for (uint32_t i = 0; i < n->relation.count; i++) {
        const struct relation *r = &n->relation.at[i];

        if (r->who != who || r->whom != whom)
            continue;
        if (!first)
            SAY(m, " ");
        first = false;
        link_to_span(m, r->report, r->start, r->end, r->types);
        if (r->events > 1)
            markup_format(m, " × %u", r->events);
        if (r->real == 0)
            markup_leaf(m, "span", "sc", STR("not told as a fact"));
    }
    markup_close(m);
}

static void head(struct markup *m, const char *scope, struct str name)
{
    markup_open(m, "th");
    markup_attr(m, "scope", str_from(scope));
    markup_text(m, name);
    markup_close(m);
}

void network_matrix(struct markup *m, const struct network *n)
{
    if (n->relation.count == 0)
        return;
    open_scroll(m, "Who acts on whom, as a table", "list grid matrix");
    markup_open(m, "thead");
    markup_open(m, "tr");
    head(m, "col", STR("Who, to whom →"));
    for (uint32_t i = 0; i < n->party.count; i++)
        if (acts(n, i, false))
            head(m, "col", n->party.at[i].name);
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < n->party.count; i++) {
        if (!acts(n, i, true))
            continue;
        markup_open(m, "tr");
        markup_attr(m, "data-row", STR(""));
        head(m, "row", n->party.at[i].name);
        for (uint32_t k = 0; k < n->party.count; k++)
            if (acts(n, k, false))
                cell(m, n, i, k);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
}
