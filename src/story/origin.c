#include "story/origin.h"

#include "lex/lex.h"

#define DATELINE_BYTES 240 /* a dateline stands in the first line */
#define TAIL_BYTES 400     /* a credit in the last ones */
#define NAME_MAX_BYTES 48
#define RETOLD_PAIRS 9      /* sentences told in other words that make a retelling */
#define TIED_SHARE 0.4      /* of the pairs of two origins that must be copies … */
#define TIES_ENOUGH 6       /* … or this many for each report of the smaller one */
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

struct tie {
    const struct copy *copy;
    uint32_t a, b; /* places in the story */
};

struct joining {
    struct arena *arena;
    const struct story *story;
    struct str *credit;
    uint32_t *parent, *size;
    uint32_t *next, *last; /* members of a growing origin: 1 + next, and the last */
    struct tie *tie;
    uint32_t ties, *first_tie, *tie_of;
    struct str *why; /* by report in the story, kept at the later report of a pair */
    int64_t *pin;    /* what a user decided: of a root, that of its origin */
};

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* Independent reports of one event share sentences in other words, too; but not many in
 * the same order. */
static bool carried_over(const struct copy *c)
{
    return copy_is_origin(c) || (c->share >= ORIGIN_SHARE && c->retold >= RETOLD_PAIRS);
}

static bool links(const struct joining *j, const struct copy *c, uint32_t a, uint32_t b)
{
    bool agency = j->credit[a].len > 0 && str_eq_fold(j->credit[a], j->credit[b]);

    return carried_over(c) || (agency && c->share >= CREDITED_SHARE);
}

static struct str reason(const struct joining *j, const struct copy *c, uint32_t a,
                         uint32_t b)
{
    struct buf why = buf_new(j->arena, 256);
    int percent = (int)(c->share * 100 + 0.5);

    if (j->credit[a].len > 0 && str_eq_fold(j->credit[a], j->credit[b]))
        buf_printf(&why, "both credit %.*s and share %d %% of the shorter text",
                   STR_ARG(j->credit[a]), percent);
    else
        buf_printf(&why, "%d %% of the shorter text is carried over", percent);
    return buf_view(&why);
}

static int closest(const void *x, const void *y)
{
    const struct tie *p = x, *q = y;
    double s = p->copy->share + p->copy->of_longer,
           t = q->copy->share + q->copy->of_longer;

    if (s != t)
        return s < t ? 1 : -1;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return (p->b > q->b) - (p->b < q->b);
}

/* The ties of a report stand in tie_of[first_tie[place] .. first_tie[place + 1]). */
static void index_ties(struct joining *j, uint32_t reports)
{
    uint32_t *at = NEW(j->arena, uint32_t, reports + 2);

    for (uint32_t i = 0; i < j->ties; i++) {
        at[j->tie[i].a + 1]++;
        at[j->tie[i].b + 1]++;
    }
    for (uint32_t i = 1; i <= reports; i++)
        at[i] += at[i - 1];
    j->first_tie = NEW(j->arena, uint32_t, reports + 2);
    memcpy(j->first_tie, at, (reports + 1) * sizeof *at);
    j->tie_of = NEW(j->arena, uint32_t, 2 * (size_t)j->ties + 1);
    for (uint32_t i = 0; i < j->ties; i++) {
        j->tie_of[at[j->tie[i].a]++] = i;
        j->tie_of[at[j->tie[i].b]++] = i;
    }
}

/* Whether enough pairs of two growing origins are tied: one report made of two texts
 * must not make one origin of both. */
static bool tied(struct joining *j, uint32_t x, uint32_t y)
{
    uint32_t few = j->size[x] < j->size[y] ? x : y, many = few == x ? y : x, n = 0;

    for (uint32_t m = few + 1; m != 0; m = j->next[m - 1])
        for (uint32_t i = j->first_tie[m - 1]; i < j->first_tie[m]; i++) {
            const struct tie *t = &j->tie[j->tie_of[i]];

            n += root(j->parent, t->a == m - 1 ? t->b : t->a) == many;
        }
    return n >= TIES_ENOUGH * j->size[few] ||
           n >= (uint32_t)(TIED_SHARE * (double)j->size[x] * j->size[y] + 0.999);
}

static void unite(struct joining *j, uint32_t low, uint32_t high)
{
    if (j->pin[low] == 0)
        j->pin[low] = j->pin[high];
    j->parent[high] = low;
    j->size[low] += j->size[high];
    j->next[j->last[low]] = high + 1;
    j->last[low] = j->last[high];
}

/* Versions of one article are one origin, however much was rewritten. */
static void join_versions(struct joining *j)
{
    for (uint32_t i = 0; i < j->story->versions.count; i++) {
        const struct versions *v = &j->story->versions.at[i];

        for (uint32_t k = 1; k < v->reports.count; k++) {
            uint32_t x = root(j->parent, story_place(j->story, v->reports.at[0]));
            uint32_t y = root(j->parent, story_place(j->story, v->reports.at[k]));

            unite(j, x < y ? x : y, x < y ? y : x);
        }
    }
}

/* What a user decided goes before what texts tell. */
static void join_pinned(struct joining *j)
{
    for (uint32_t i = 1; i < j->story->reports.count; i++)
        for (uint32_t k = 0; j->pin[i] && k < i; k++) {
            uint32_t x = root(j->parent, k), y = root(j->parent, i);

            if (x == y || j->pin[x] != j->pin[y])
                continue;
            j->why[y > x ? y : x] = STR("joined by hand");
            unite(j, x < y ? x : y, x < y ? y : x);
        }
}

/* Tells an origin of nothing but versions why it is one. */
static void explain_versions(struct joining *j)
{
    for (uint32_t i = 0; i < j->story->versions.count; i++) {
        const struct versions *v = &j->story->versions.at[i];
        uint32_t x = story_place(j->story, v->reports.at[0]);

        if (j->size[root(j->parent, x)] == v->reports.count)
            j->why[x] = STR("versions of one article");
    }
}

static void join(struct joining *j, const struct tie *tie)
{
    uint32_t x = root(j->parent, tie->a), y = root(j->parent, tie->b);
    uint32_t low = x < y ? x : y, high = x < y ? y : x;

    if (x == y || (j->pin[x] && j->pin[y] && j->pin[x] != j->pin[y]) || !tied(j, x, y))
        return;
    if (j->why[tie->b].len == 0)
        j->why[tie->b] = reason(j, tie->copy, tie->a, tie->b);
    unite(j, low, high);
}

static void join_all(struct joining *j)
{
    uint32_t n = j->story->copies.count;

    j->tie = NEW(j->arena, struct tie, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct copy *c = &j->story->copies.at[i];
        uint32_t a = story_place(j->story, c->from), b = story_place(j->story, c->to);

        if (links(j, c, a, b))
            j->tie[j->ties++] = (struct tie){ c, a, b };
    }
    qsort(j->tie, j->ties, sizeof *j->tie, closest);
    index_ties(j, j->story->reports.count);
    for (uint32_t i = 0; i < j->ties; i++)
        join(j, &j->tie[i]);
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
    j.size = NEW(arena, uint32_t, n + 1);
    j.next = NEW(arena, uint32_t, n + 1);
    j.last = NEW(arena, uint32_t, n + 1);
    j.why = NEW(arena, struct str, n + 1);
    j.pin = NEW(arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        j.parent[i] = i;
        j.size[i] = 1;
        j.last[i] = i;
        j.pin[i] = report[story->reports.at[i]]->page->origin_pin;
        j.credit[i] = agency_credit(arena, report[story->reports.at[i]]);
    }
    join_versions(&j);
    join_pinned(&j);
    join_all(&j);
    explain_versions(&j);
    collect(&j, story);
}
