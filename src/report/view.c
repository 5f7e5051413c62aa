#include "report/view.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/table.h"

/* The longest hedge: "between an estimated", "no fewer than about". */
#define HEDGE_BYTES 28

/* The sentence that the span begins in, VIEW_NONE when there is none: a span that
 * doesn't resolve is not shown as if it did. */
static uint32_t sentence_of(const struct text *text, const struct evidence *e)
{
    if (e->start >= e->end || e->end > text->article->text.len)
        return VIEW_NONE;
    for (uint32_t i = e->sentence; i < text->sentence.count; i++)
        if (text->sentence.at[i].start <= e->start &&
            e->start < text->sentence.at[i].end)
            return i;
    return VIEW_NONE;
}

/* The part of the evidence that lies in sentence i: a long quotation runs on over
 * several.  False when it doesn't reach it. */
static bool piece(const struct text *text, const struct evidence *e, uint32_t i,
                  struct cite *out)
{
    const struct sentence *s;

    if (i >= text->sentence.count || text->sentence.at[i].start >= e->end)
        return false;
    s = &text->sentence.at[i];
    *out = (struct cite){
        .start = e->start > s->start ? e->start : s->start,
        .end = e->end < s->end ? e->end : s->end,
        .sentence = i,
    };
    return true;
}

static void collect(struct view *v, const struct evidence *e, bool figure)
{
    const struct text *text;
    struct cite c;

    if (e->report >= v->s->reports)
        return;
    text = v->s->report[e->report]->text;
    for (uint32_t i = sentence_of(text, e); piece(text, e, i, &c); i++) {
        c.figure = figure;
        *PUSH(v->arena, &v->report[e->report].cite) = c;
    }
}

static int by_start(const void *a, const void *b)
{
    const struct cite *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* Sorts, drops doubles, numbers spans and sentences on from *cites and *notes. */
static void number(struct arena *arena, struct view_report *r, uint32_t *cites,
                   uint32_t *notes)
{
    uint32_t kept = 0;

    if (r->cite.count > 0)
        qsort(r->cite.at, r->cite.count, sizeof *r->cite.at, by_start);
    for (uint32_t i = 0; i < r->cite.count; i++) {
        if (kept > 0 && by_start(&r->cite.at[kept - 1], &r->cite.at[i]) == 0) {
            r->cite.at[kept - 1].figure |= r->cite.at[i].figure;
            continue;
        }
        r->cite.at[kept] = r->cite.at[i];
        r->cite.at[kept++].id = ++*cites;
    }
    r->cite.count = kept;
    for (uint32_t i = 0; i < kept; i++)
        if (r->note.count == 0 ||
            r->note.at[r->note.count - 1].sentence != r->cite.at[i].sentence)
            *PUSH(arena, &r->note) = (struct note){
                .sentence = r->cite.at[i].sentence,
                .number = ++*notes,
            };
}

static const struct cite *cite_find(const struct view *v, const struct evidence *e)
{
    const struct view_report *r;
    const struct text *text;
    struct cite key;

    if (e->report >= v->s->reports)
        return NULL;
    r = &v->report[e->report];
    text = v->s->report[e->report]->text;
    if (r->cite.count == 0 || !piece(text, e, sentence_of(text, e), &key))
        return NULL;
    return bsearch(&key, r->cite.at, r->cite.count, sizeof key, by_start);
}

static int by_sentence(const void *a, const void *b)
{
    const struct note *x = a, *y = b;

    return (x->sentence > y->sentence) - (x->sentence < y->sentence);
}

static struct note *note_at(const struct view_report *r, uint32_t sentence)
{
    struct note key = { .sentence = sentence };

    if (r->note.count == 0)
        return NULL;
    return bsearch(&key, r->note.at, r->note.count, sizeof key, by_sentence);
}

static void cited_by_one(struct view *v, const struct evidence *e, uint32_t number)
{
    const struct text *text;
    struct cite c;

    if (e->report >= v->s->reports)
        return;
    text = v->s->report[e->report]->text;
    for (uint32_t i = sentence_of(text, e); piece(text, e, i, &c); i++) {
        struct note *n = note_at(&v->report[e->report], i);

        if (n &&
            (n->findings.count == 0 || n->findings.at[n->findings.count - 1] != number))
            *PUSH(v->arena, &n->findings) = number;
    }
}

static void cited_by(struct view *v, const struct story *story, uint32_t story_index)
{
    for (uint32_t i = 0; i < story->findings.count; i++)
        for (uint32_t j = 0; j < story->findings.at[i].evidence.count; j++)
            cited_by_one(v, &story->findings.at[i].evidence.at[j],
                         view_finding(v, story_index, i));
}

static void place_reports(struct view *v, const struct story *story, uint32_t index)
{
    for (uint32_t i = 0; i < story->reports.count; i++)
        v->report[story->reports.at[i]].story = index;
    for (uint32_t o = 0; o < story->origins.count; o++)
        for (uint32_t i = 0; i < story->origins.at[o].reports.count; i++)
            v->report[story->origins.at[o].reports.at[i]].origin = o;
}

static void collect_story(struct view *v, const struct story *story)
{
    for (uint32_t i = 0; i < story->findings.count; i++)
        for (uint32_t j = 0; j < story->findings.at[i].evidence.count; j++)
            collect(v, &story->findings.at[i].evidence.at[j],
                    story->findings.at[i].kind == FINDING_FIGURE);
}

/* The stories with the most reports first, otherwise as they came. */
static uint32_t *order_of(struct arena *arena, const struct situation *s)
{
    uint32_t *order = NEW(arena, uint32_t, s->story.count);

    for (uint32_t i = 0; i < s->story.count; i++) {
        uint32_t at = i;

        for (; at > 0 &&
               s->story.at[i].reports.count > s->story.at[order[at - 1]].reports.count;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

struct view view_of(struct arena *arena, const struct situation *s)
{
    struct view v = { .arena = arena, .s = s };
    uint32_t cites = 0, notes = 0, findings = 1;

    v.report = NEW(arena, struct view_report, s->reports);
    v.first_finding = NEW(arena, uint32_t, s->story.count);
    for (uint32_t i = 0; i < s->reports; i++)
        v.report[i].story = v.report[i].origin = VIEW_NONE;
    for (uint32_t i = 0; i < s->story.count; i++) {
        v.first_finding[i] = findings;
        findings += s->story.at[i].findings.count;
        place_reports(&v, &s->story.at[i], i);
        collect_story(&v, &s->story.at[i]);
    }
    v.order = order_of(arena, s);
    for (uint32_t i = 0; i < s->story.count; i++) {
        const struct story *story = &s->story.at[v.order[i]];

        for (uint32_t j = 0; j < story->reports.count; j++)
            number(arena, &v.report[story->reports.at[j]], &cites, &notes);
    }
    for (uint32_t i = 0; i < s->story.count; i++)
        cited_by(&v, &s->story.at[i], i);
    return v;
}

uint32_t view_finding(const struct view *v, uint32_t story, uint32_t finding)
{
    return v->first_finding[story] + finding;
}

uint32_t view_note(const struct view *v, const struct evidence *e)
{
    const struct cite *c = cite_find(v, e);
    const struct note *n = c ? note_at(&v->report[e->report], c->sentence) : NULL;

    return n ? n->number : 0;
}

uint32_t view_cite(const struct view *v, const struct evidence *e)
{
    const struct cite *c = cite_find(v, e);

    return c ? c->id : 0;
}

const struct article *view_article(const struct view *v, uint32_t report)
{
    return v->s->report[report]->text->article;
}

bool view_outlet_named(const struct view *v, uint32_t report)
{
    const struct article *a = view_article(v, report);

    return a->outlet.len + a->domain.len > 0;
}

struct str view_outlet(const struct view *v, uint32_t report)
{
    const struct article *a = view_article(v, report);

    if (a->outlet.len > 0)
        return a->outlet;
    return a->domain.len > 0 ? a->domain : STR("outlet not named");
}

struct str view_title(const struct view *v, uint32_t report)
{
    const struct article *a = view_article(v, report);

    return a->title.len > 0 ? a->title : a->page->input;
}

struct str view_short_name(const struct view *v, uint32_t report)
{
    return view_outlet_named(v, report) ? view_outlet(v, report)
                                        : view_title(v, report);
}

struct str view_story_title(const struct view *v, uint32_t story)
{
    const struct story *s = &v->s->story.at[story];

    if (s->title.len > 0)
        return s->title;
    return s->reports.count > 0 ? view_title(v, s->reports.at[0])
                                : STR("Untitled story");
}

struct str view_letters(struct arena *arena, uint32_t n)
{
    char *out = NEW(arena, char, 8);
    size_t at = 8;

    do
        out[--at] = (char)('A' + n % 26);
    while (n >= 26 && (n = n / 26 - 1, true));
    return (struct str){ out + at, 8 - at };
}

static bool has(const struct origins *o, uint32_t origin)
{
    for (uint32_t i = 0; i < o->at.count; i++)
        if (o->at.at[i] == origin)
            return true;
    return false;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

struct origins view_origins(const struct view *v, const struct finding *f)
{
    struct origins o = { 0 };

    for (uint32_t i = 0; i < f->evidence.count; i++) {
        const struct evidence *e = &f->evidence.at[i];
        uint32_t origin = e->disputes || e->report >= v->s->reports
                              ? VIEW_NONE
                              : v->report[e->report].origin;

        if (origin != VIEW_NONE && !has(&o, origin))
            *PUSH(v->arena, &o.at) = origin;
    }
    if (o.at.count > 1)
        qsort(o.at.at, o.at.count, sizeof *o.at.at, by_number);
    return o;
}

/* The figure that an evidence points to, or NULL. */
static const struct figure *figure_of(const struct view *v, const struct evidence *e)
{
    const struct facts *facts =
        e->report < v->s->reports ? v->s->report[e->report] : NULL;
    const struct figure *n;

    if (!facts || e->fact >= facts->figure.count)
        return NULL;
    n = &facts->figure.at[e->fact];
    if (n->num_start >= n->num_end || n->num_end > facts->text->article->text.len)
        return NULL;
    return n;
}

/* Its number with the hedge before it: "more than 1,100" of "more than 1,100 people". */
static struct str number_words(const struct view *v, const struct evidence *e)
{
    const struct figure *n = figure_of(v, e);
    uint32_t start;

    if (!n)
        return (struct str){ NULL, 0 };
    start = n->start < n->num_start && n->num_start - n->start <= HEDGE_BYTES
                ? n->start
                : n->num_start;
    return str_slice(view_article(v, e->report)->text, start, n->num_end);
}

struct str view_stated(const struct view *v, const struct finding *f)
{
    if (f->figure.derived || str_eq(f->figure.op, STR("pl")))
        return (struct str){ NULL, 0 };
    for (uint32_t i = 0; i < f->evidence.count; i++) {
        const struct figure *n = figure_of(v, &f->evidence.at[i]);

        if (n && !f->evidence.at[i].disputes && n->low == f->figure.low &&
            n->high == f->figure.high)
            return number_words(v, &f->evidence.at[i]);
    }
    return (struct str){ NULL, 0 };
}

enum modality view_modality(const struct view *v, const struct finding *f)
{
    const struct figure *n =
        f->evidence.count > 0 ? figure_of(v, &f->evidence.at[0]) : NULL;

    return n ? n->modality : MODALITY_ASSERTED;
}

struct str view_parts(const struct view *v, const struct finding *f)
{
    struct buf b = buf_new(v->arena, SIZE_MAX);
    int64_t sum = 0;

    for (uint32_t i = 0; i < f->evidence.count; i++) {
        const struct evidence *e = &f->evidence.at[i];
        struct str words = number_words(v, e);

        if (words.len == 0 || e->disputes || e->report != f->evidence.at[0].report)
            continue;
        if (b.len > 0)
            buf_str(&b, STR(" + "));
        buf_str(&b, words);
        if (__builtin_add_overflow(sum, v->s->report[e->report]->figure.at[e->fact].low,
                                   &sum))
            break;
    }
    return b.len > 0 && sum == f->figure.low ? buf_view(&b)
                                             : STR("sum of its claimant’s figures");
}

struct str view_claimant(const struct finding *f)
{
    for (uint32_t i = 0; i < f->evidence.count; i++)
        if (!f->evidence.at[i].disputes && f->evidence.at[i].claimant.len > 0)
            return f->evidence.at[i].claimant;
    return (struct str){ NULL, 0 };
}

uint32_t view_weight(const struct finding *f)
{
    if (f->kind == FINDING_EVENT)
        return 1;
    if (f->kind == FINDING_STATEMENT)
        return 2;
    return measure_is_toll(f->figure.measure) && !f->figure.background ? 0 : 3;
}

/* Figures upwards, what is no figure as it came. */
static void sort_sides(const struct story *s, struct dispute *d)
{
    for (uint32_t i = 1; i < d->side.count; i++) {
        uint32_t one = d->side.at[i], at = i;

        for (; at > 0 && s->findings.at[one].figure.low <
                             s->findings.at[d->side.at[at - 1]].figure.low;
             at--)
            d->side.at[at] = d->side.at[at - 1];
        d->side.at[at] = one;
    }
}

struct dispute view_dispute(const struct view *v, uint32_t story, uint32_t finding,
                            bool *seen)
{
    const struct story *s = &v->s->story.at[story];
    struct dispute d = { 0 };

    *PUSH(v->arena, &d.side) = finding;
    seen[finding] = true;
    for (uint32_t next = 0; next < d.side.count; next++) {
        const struct finding *f = &s->findings.at[d.side.at[next]];

        for (uint32_t i = 0; i < f->against.count; i++) {
            uint32_t other = f->against.at[i];

            if (other >= s->findings.count || seen[other])
                continue;
            seen[other] = true;
            *PUSH(v->arena, &d.side) = other;
        }
    }
    sort_sides(s, &d);
    return d;
}

void view_published(const struct view *v, int32_t *first, int32_t *last)
{
    *first = *last = DATE_NONE;
    for (uint32_t i = 0; i < v->s->reports; i++) {
        struct instant t = view_article(v, i)->published;

        if (t.precision < INSTANT_DAY)
            continue;
        if (*first == DATE_NONE || t.day < *first)
            *first = t.day;
        if (*last == DATE_NONE || t.day > *last)
            *last = t.day;
    }
}

uint32_t view_outlets(const struct view *v)
{
    struct table seen = { 0 };

    for (uint32_t i = 0; i < v->s->reports; i++)
        if (view_outlet_named(v, i))
            *table_put(v->arena, &seen, view_outlet(v, i)) = 1;
    return seen.count;
}

/* A browser drops line ends and control characters inside a scheme, so an address with
 * any of them is none: "java\nscript:". */
bool view_web_address(struct str url)
{
    if (!str_starts_fold(url, STR("https://")) && !str_starts_fold(url, STR("http://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ')
            return false;
    return true;
}
