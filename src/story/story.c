#include "story/story.h"

#include <stdlib.h>

#include "base/buf.h"
#include "story/copies.h"
#include "story/finding.h"
#include "story/origin.h"
#include "story/reworded.h"
#include "story/sorter.h"
#include "story/versions.h"

#define RETOLD_REPORTS 40 /* stories larger than this are searched for copies alone */
#define SHARE_TOLD 0.03   /* of text; less is no sign of copying */
#define RETOLD_SHARE_MIN 0.10 /* of text, where no word-for-word passage is shared */

const char *policy_name(enum policy p)
{
    static const char *const names[] = { "range", "acled", "ucdp", "majority" };

    return names[p];
}

const char *status_name(enum status s)
{
    static const char *const names[] = { "single", "attested", "corroborated",
                                         "disputed", "superseded" };

    return names[s];
}

uint32_t story_place(const struct story *s, uint32_t report)
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

uint32_t story_articles(const struct story *s)
{
    uint32_t n = s->reports.count;

    for (uint32_t i = 0; i < s->versions.count; i++)
        n -= s->versions.at[i].reports.count - 1;
    return n;
}

uint32_t situation_articles(const struct situation *s)
{
    uint32_t n = s->reports;

    for (uint32_t i = 0; i < s->story.count; i++)
        n -= s->story.at[i].reports.count - story_articles(&s->story.at[i]);
    return n;
}

/* How telling words are among the reports of one story.  What else was read with them
 * makes no difference to what a story says. */
struct wording {
    struct vocabulary vocabulary;
    struct view *view; /* by place of the report in the story */
};

struct run_state {
    struct arena *arena;  /* of the answer */
    struct arena scratch; /* of this run */
    const struct article **article;
    uint32_t reports;
    uint32_t *first;   /* by report: the first of the same article */
    uint32_t *arrival; /* of a report: its number in the sorter */
    struct sorter *sorter;
    struct grouping grouping;
    struct gram_index index;
    struct copies copies;
};

/* A report's place in the order in which reports came out. */
struct turn {
    const struct article *article;
    int64_t second;
    uint32_t report;
};

/* Undated reports come last: they are met by all others then. */
static int by_time(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    int ids;

    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    ids = str_cmp(x->article->page->id, y->article->page->id);
    return ids ? ids : (x->report > y->report) - (x->report < y->report);
}

/* Sorted by time, so that the same reports in another order make the same stories. */
static struct turn *turns(struct run_state *r)
{
    struct turn *turn = NEW(&r->scratch, struct turn, r->reports + 1);

    for (uint32_t i = 0; i < r->reports; i++) {
        const struct instant *t = &r->article[i]->published;

        turn[i] = (struct turn){ r->article[i], INT64_MAX, i };
        if (t->precision >= INSTANT_DAY)
            turn[i].second = instant_seconds(*t);
    }
    qsort(turn, r->reports, sizeof *turn, by_time);
    return turn;
}

static struct told_words words_of(const struct article *a)
{
    return (struct told_words){ a->title, a->text, a->published,
                                a->kind == ARTICLE_LISTING };
}

static void sort(struct run_state *r)
{
    const struct turn *turn = turns(r);

    r->sorter = sorter_new_like(r->arena);
    r->arrival = NEW(&r->scratch, uint32_t, r->reports + 1);
    for (uint32_t i = 0; i < r->reports; i++) {
        struct told_words told = words_of(turn[i].article);

        r->arrival[turn[i].report] = sorter_add(r->sorter, &told);
    }
}

static void group(struct run_state *r)
{
    uint32_t *name = NEW(&r->scratch, uint32_t, r->reports + 1);

    r->grouping.story = NEW(&r->scratch, uint32_t, r->reports + 1);
    for (uint32_t i = 0; i < r->reports; i++) {
        uint32_t *n = &name[sorter_story(r->sorter, r->arrival[r->first[i]])];

        if (*n == 0)
            *n = ++r->grouping.stories;
        r->grouping.story[i] = *n - 1;
    }
}

static const struct view *view_of(const struct run_state *r, uint32_t report)
{
    return &sorter_slip(r->sorter, r->arrival[report])->view;
}

static int by_arrival(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The story's reports in the order of time, as if none else had been sorted. */
static struct wording wording_of(struct run_state *r, const struct story *s)
{
    uint32_t n = s->reports.count;
    uint32_t(*turn)[2] = (uint32_t(*)[2])NEW(&r->scratch, uint32_t, (size_t)2 * n + 1);
    struct wording w = { vocabulary_new(&r->scratch),
                         NEW(&r->scratch, struct view, n + 1) };

    for (uint32_t i = 0; i < n; i++) {
        turn[i][0] = r->arrival[s->reports.at[i]];
        turn[i][1] = i;
    }
    qsort(turn, n, sizeof *turn, by_arrival);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t place = turn[i][1];
        struct told_words told = words_of(r->article[s->reports.at[place]]);

        w.view[place] = view_of_words(&r->scratch, &r->scratch, &w.vocabulary, &told);
    }
    return w;
}

static void find_copies(struct run_state *r)
{
    r->index = gram_index_new(&r->scratch, r->article, r->reports, r->grouping.story);
    r->copies = copies_find(r->arena, &r->index, r->article, r->reports, &r->grouping);
}

/* The copy of a pair of the story's reports, new or not. */
static struct copy *copy_of(struct arena *arena, struct story *s, uint32_t from,
                            uint32_t to)
{
    for (uint32_t i = 0; i < s->copies.count; i++)
        if (s->copies.at[i].from == from && s->copies.at[i].to == to)
            return &s->copies.at[i];
    *PUSH(arena, &s->copies) = (struct copy){ .from = from, .to = to };
    return &s->copies.at[s->copies.count - 1];
}

/* A report as it is compared with the others of its story. */
struct told {
    struct side side;
    struct tellings tellings;
};

/* A report's words, with nothing carried yet. */
static struct side fresh(struct run_state *r, const struct side *s)
{
    struct side copy = *s;

    copy.carried = NEW(&r->scratch, bool, s->words.count + 1);
    return copy;
}

/* Adds what the later report tells again in other words. */
static void add_reworded(struct run_state *r, struct story *s, const struct told *told,
                         uint32_t from, uint32_t to)
{
    struct side a = fresh(r, &told[from].side), b = fresh(r, &told[to].side);
    struct runs runs = { .at = NULL };
    uint32_t verbatim;
    struct copy *c;
    double share, verbatim_share;

    runs_find(&r->scratch, &a, &b, &runs);
    verbatim = runs.count;
    verbatim_share = sides_share(&a, &b);
    runs_find_reworded(&r->scratch, &told[from].tellings, &told[to].tellings, &a, &b,
                       &runs);
    share = sides_share(&a, &b);
    if (runs.count == verbatim ||
        share < (verbatim > 0 ? SHARE_TOLD : RETOLD_SHARE_MIN))
        return;
    c = copy_of(r->arena, s, s->reports.at[from], s->reports.at[to]);
    c->share = share;
    c->verbatim = verbatim_share;
    c->of_longer = sides_share_longer(&a, &b);
    for (uint32_t i = verbatim; i < runs.count; i++)
        if (runs.at[i].reworded > c->retold)
            c->retold = runs.at[i].reworded;
    c->passages.count = 0;
    copy_add_runs(r->arena, c, &a, &b, &runs);
}

static void find_reworded(struct run_state *r, const struct wording *w, struct story *s)
{
    struct arena_mark all = arena_mark(&r->scratch);
    uint32_t n = s->reports.count;
    struct told *told;

    if (n < 2 || n > RETOLD_REPORTS)
        return;
    told = NEW(&r->scratch, struct told, n);
    for (uint32_t i = 0; i < n; i++) {
        told[i].side =
            side_of_report(&r->scratch, &r->index, r->article[s->reports.at[i]]);
        told[i].tellings =
            tellings_of(&r->scratch, &w->vocabulary, &told[i].side.words);
    }
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = 0; j < i; j++) {
            struct arena_mark mark = arena_mark(&r->scratch);

            if (r->first[s->reports.at[i]] == r->first[s->reports.at[j]])
                continue;
            add_reworded(r, s, told, j, i);
            arena_rewind(&r->scratch, mark);
        }
    arena_rewind(&r->scratch, all);
}

/* Turns a copy round when the report that came in later was published first. */
static void direct(const struct run_state *r, struct copy *c)
{
    const struct instant *a = &r->article[c->from]->published;
    const struct instant *b = &r->article[c->to]->published;
    uint32_t swap = c->from;

    if (a->precision < INSTANT_DAY || b->precision < INSTANT_DAY ||
        instant_seconds(*b) >= instant_seconds(*a))
        return;
    if (a->day == b->day &&
        (a->precision == INSTANT_DAY || b->precision == INSTANT_DAY))
        return;
    c->from = c->to;
    c->to = swap;
    for (uint32_t i = 0; i < c->passages.count; i++) {
        struct span span = c->passages.at[i].from;

        c->passages.at[i].from = c->passages.at[i].to;
        c->passages.at[i].to = span;
    }
    copy_sort(c);
}

static void add_report(struct run_state *r, struct story *s, uint32_t report)
{
    int32_t day = view_of(r, report)->day;

    if (s->reports.count == 0) {
        s->id = r->article[report]->page->id;
        s->first_day = s->last_day = DATE_NONE;
    }
    *PUSH(r->arena, &s->reports) = report;
    if (day == DATE_NONE)
        return;
    if (s->first_day == DATE_NONE || day < s->first_day)
        s->first_day = day;
    if (s->last_day == DATE_NONE || day > s->last_day)
        s->last_day = day;
}

/* "Velmora Today" over a report of Velmora Today, "BPA0932  PROTEST-DUNBREC  3RD LEAD". */
static bool names_no_news(const struct article *a)
{
    uint32_t lower = 0, upper = 0, words = 1;

    for (size_t i = 0; i < a->title.len; i++) {
        lower += ascii_is_lower(a->title.ptr[i]);
        upper += ascii_is_upper(a->title.ptr[i]);
        words += a->title.ptr[i] == ' ';
    }
    if (str_eq_fold(a->title, a->outlet))
        return true;
    return upper + lower > 0 && (words < 3 || upper > lower ||
                                 (words < 5 && str_starts(a->title, STR("The "))));
}

/* The words that a headline shares with those of the other reports, and how near its
 * report is to them. */
static double centrality(const struct wording *w, uint32_t i, uint32_t reports)
{
    double sum = 0;

    for (uint32_t j = 0; j < reports; j++) {
        float f[FEATURES];

        pair_features(&w->view[i], &w->view[j], f);
        sum += i == j ? 0
                      : (double)f[FEATURE_TITLE_BODY] + (double)f[VIEW_TITLE] +
                            (double)f[VIEW_LEAD];
    }
    return sum;
}

/* The most central title that tells something. */
static void find_title(const struct run_state *r, const struct wording *w,
                       struct story *s)
{
    double best = -2;
    uint32_t n = s->reports.count < RETOLD_REPORTS ? s->reports.count : RETOLD_REPORTS;

    for (uint32_t i = 0; i < n; i++) {
        const struct article *a = r->article[s->reports.at[i]];
        double sum = names_no_news(a) ? -1 : centrality(w, i, n);

        if (a->title.len > 0 && sum > best) {
            best = sum;
            s->title = a->title;
        }
    }
}

static void share_out(struct run_state *r, struct situation *s)
{
    struct story *story = NEW(r->arena, struct story, r->grouping.stories + 1);

    s->story.at = story;
    s->story.count = s->story.cap = r->grouping.stories;
    for (uint32_t i = 0; i < r->reports; i++)
        add_report(r, &story[r->grouping.story[i]], i);
    for (uint32_t i = 0; i < r->copies.count; i++) {
        struct copy *c = &r->copies.at[i];
        uint32_t in = r->grouping.story[c->from];

        if (r->grouping.story[c->to] == in && r->first[c->from] != r->first[c->to])
            *PUSH(r->arena, &story[in].copies) = *c;
    }
}

static void tell_story(struct run_state *r, const struct situation *s,
                       struct story *story)
{
    struct arena_mark mark = arena_mark(&r->scratch);
    struct wording w = wording_of(r, story);

    find_reworded(r, &w, story);
    for (uint32_t k = 0; k < story->copies.count; k++)
        direct(r, &story->copies.at[k]);
    story_find_versions(r->arena, s->report, r->first, story);
    story_find_origins(r->arena, r->article, story);
    find_title(r, &w, story);
    story_find_findings(r->arena, &w.vocabulary, s, story);
    vocabulary_release(&w.vocabulary);
    arena_rewind(&r->scratch, mark);
}

static struct situation compare(struct run_state *r, const struct facts *const *report,
                                enum policy policy)
{
    struct situation s = { .policy = policy, .report = report, .reports = r->reports };

    find_copies(r);
    share_out(r, &s);
    for (uint32_t i = 0; i < s.story.count; i++)
        tell_story(r, &s, &s.story.at[i]);
    sorter_free(r->sorter);
    arena_release(&r->scratch);
    return s;
}

static void start(struct run_state *r, struct arena *arena,
                  const struct facts *const *report, uint32_t reports)
{
    *r = (struct run_state){ .arena = arena, .reports = reports };
    arena_init_like(&r->scratch, SIZE_MAX, arena);
    r->article = NEW(&r->scratch, const struct article *, reports + 1);
    for (uint32_t i = 0; i < reports; i++)
        r->article[i] = report[i]->text->article;
    r->first = versions_find(&r->scratch, report, reports);
    sort(r);
}

struct situation situation_from_reports(struct arena *arena,
                                        const struct facts *const *report,
                                        uint32_t reports, enum policy policy)
{
    struct run_state r;

    start(&r, arena, report, reports);
    group(&r);
    return compare(&r, report, policy);
}

struct situation situation_of_story(struct arena *arena,
                                    const struct facts *const *report, uint32_t reports,
                                    enum policy policy)
{
    struct run_state r;

    start(&r, arena, report, reports);
    r.grouping.story = NEW(&r.scratch, uint32_t, reports + 1);
    r.grouping.stories = reports > 0;
    return compare(&r, report, policy);
}
