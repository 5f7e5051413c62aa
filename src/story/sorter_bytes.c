/* sorter_bytes.c - a sorter's state as bytes, and back.
 *
 *     magic "corrobS\n", version, counts, planes, check sum
 *
 * What is alike stands together, so that zstd makes it small: each member of a term, a
 * mark, a report or a story is a plane of its own, its length before it.  Marks stand
 * under their terms, by report, as differences: the report from the one before that has
 * the term, its weight from that one's.  A term's list is nearly always the latest
 * reports that have it, and is told only where it is not.  Numbers are LEB128, signed
 * ones zigzag; the head, lengths and the sum are little-endian words.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "story/sorter.h"

#define VERSION 6
#define MAGIC "corrobS\n"
#define HEAD_WORDS 8
#define MIX 0x9e3779b97f4a7c15u
#define RANGE_BITS \
    4 /* keys are taken a sixteenth at a time: fewer marks are copied at once */

enum {
    TERM_KEY,
    TERM_USED, /* FORGOTTEN and MET_ONCE have no list */
    TERM_MARKS,
    TERM_LISTED, /* twice their number, and 1 where the list is told */
    TERM_NEXT,   /* of full lists */
    LIST_REPORT,
    MARK_REPORT,
    MARK_IDF,
    MARK_BODY,
    MARK_HEAD,
    SLIP_STORY,
    SLIP_NEXT,
    SLIP_DAY,
    SLIP_NAMED,
    SLIP_HOUR,
    SLIP_WORDS,
    SLIP_WEEKDAYS,
    SLIP_MARKS, /* 1 + their number; 0: gone to rest */
    CHAIN_FIRST,
    CHAIN_LAST,
    CHAIN_COUNT,
    CHAIN_NEWEST,
    CHUNK_TODAY,
    ONCE_KEY, /* of terms that one report has, and no mark of it */
    ONCE_FIRST,
    PLANES
};

/* What stands for TERM_USED. */
#define FORGOTTEN 0.0F   /* by the vocabulary; a report has it still */
#define MET_ONCE (-1.0F) /* the latest report that has it leads to none before */

/* ---- numbers ---- */

/* A check against damage, not against forgery. */
static uint64_t mix(uint64_t sum, uint32_t n)
{
    sum = (sum ^ n) * MIX;
    return sum ^ sum >> 29;
}

static void put_word(struct buf *b, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        buf_char(b, (char)(n >> (8 * i)));
}

static void put(struct buf *b, uint32_t n)
{
    for (; n >= 128; n >>= 7)
        buf_char(b, (char)(n | 128));
    buf_char(b, (char)n);
}

/* n as what it is more or less than `from`; both wrap. */
static void put_change(struct buf *b, uint32_t n, uint32_t from)
{
    uint32_t d = n - from;

    put(b, d << 1 ^ (d >> 31 ? UINT32_MAX : 0));
}

static void put_float(struct buf *b, float f)
{
    uint32_t n;

    memcpy(&n, &f, sizeof n);
    put_word(b, n);
}

struct reader {
    struct str rest[PLANES];
    uint8_t *want;  /* by report: marks to come */
    uint64_t marks; /* room for so many was made */
    bool ok;
};

static uint32_t get_word(struct str *s)
{
    uint32_t n = 0;

    if (s->len < 4)
        return 0;
    for (int i = 0; i < 4; i++)
        n |= (uint32_t)(unsigned char)s->ptr[i] << (8 * i);
    *s = str_after(*s, 4);
    return n;
}

static uint32_t get(struct reader *r, int plane)
{
    struct str *s = &r->rest[plane];
    uint32_t n = 0;

    for (unsigned shift = 0; shift < 35; shift += 7) {
        unsigned char c;

        if (s->len == 0)
            break;
        c = (unsigned char)s->ptr[0];
        *s = str_after(*s, 1);
        n |= (uint32_t)(c & 127) << shift;
        if (c < 128)
            return n;
    }
    r->ok = false;
    return 0;
}

static uint32_t get_change(struct reader *r, int plane, uint32_t from)
{
    uint32_t z = get(r, plane);

    return from + (z >> 1 ^ (z & 1 ? UINT32_MAX : 0));
}

static uint8_t get_byte(struct reader *r, int plane)
{
    struct str *s = &r->rest[plane];
    uint8_t c = s->len > 0 ? (uint8_t)s->ptr[0] : 0;

    r->ok &= s->len > 0;
    *s = str_after(*s, 1);
    return c;
}

static bool sound(float f)
{
    return f >= -1e30F && f <= 1e30F; /* a number, too */
}

static float get_float(struct reader *r, int plane)
{
    uint32_t n;
    float f;

    r->ok &= r->rest[plane].len >= 4;
    n = get_word(&r->rest[plane]);
    memcpy(&f, &n, sizeof f);
    r->ok &= sound(f);
    return f;
}

/* ---- saving ---- */

struct writer {
    const struct sorter *s;
    struct buf plane[PLANES];
    const struct term **term; /* by key */
    uint32_t terms, term_at;  /* term_at: the next to be written */
    uint32_t key;             /* of the one written last */
};

/* A mark and whose it is. */
struct posting {
    uint32_t key, report;
    const struct mark *mark;
};

static int by_key_and_report(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->report > y->report) - (x->report < y->report);
}

static int by_term_key(const void *a, const void *b)
{
    const struct term *const *x = a, *const *y = b;

    return ((*x)->key > (*y)->key) - ((*x)->key < (*y)->key);
}

static void sort_terms(struct writer *w, struct arena *arena)
{
    const struct vocabulary *v = &w->s->vocabulary;

    w->terms = v->count;
    w->term = NEW(arena, const struct term *, (size_t)v->count + 1);
    for (uint32_t i = 0; i < v->count; i++)
        w->term[i] = &v->term[i];
    qsort(w->term, w->terms, sizeof *w->term, by_term_key);
}

/* Whether the term's list, oldest first, is the latest of the reports that have it. */
static bool is_latest(const struct writer *w, const struct term *t,
                      const struct posting *posting, uint32_t count)
{
    const uint32_t *at = index_reports(&w->s->index, t);

    if (t->listed > count)
        return false;
    for (uint32_t i = 0; i < t->listed; i++)
        if (at[(t->next + i) % t->listed] != posting[count - t->listed + i].report)
            return false;
    return true;
}

static void put_list(struct writer *w, const struct term *t,
                     const struct posting *posting, uint32_t count)
{
    const uint32_t *at = index_reports(&w->s->index, t);
    bool latest = is_latest(w, t, posting, count);

    put(&w->plane[TERM_LISTED], (uint32_t)t->listed << 1 | !latest);
    if (t->listed == LIST_MAX)
        put(&w->plane[TERM_NEXT], t->next);
    for (uint32_t i = 0; i < t->listed && !latest; i++)
        put(&w->plane[LIST_REPORT], at[(t->next + i) % t->listed]);
}

/* Of a term that the vocabulary has no struct term for. */
static float unused(const struct writer *w, uint32_t key)
{
    const struct seen *seen = once_find(&w->s->vocabulary.once, key);

    return seen && seen_listed(seen) ? MET_ONCE : FORGOTTEN;
}

/* t: NULL where the vocabulary has none for the key. */
static void put_term(struct writer *w, uint32_t key, const struct term *t,
                     const struct posting *posting, uint32_t count)
{
    uint32_t report = 0, idf = 0;

    put(&w->plane[TERM_KEY], key - w->key);
    w->key = key;
    put_float(&w->plane[TERM_USED], t ? t->used : unused(w, key));
    put(&w->plane[TERM_MARKS], count);
    if (t)
        put_list(w, t, posting, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct mark *m = posting[i].mark;

        put(&w->plane[MARK_REPORT], posting[i].report - report);
        put_change(&w->plane[MARK_IDF], m->idf, idf);
        buf_char(&w->plane[MARK_BODY], (char)m->body);
        buf_char(&w->plane[MARK_HEAD], (char)m->head);
        report = posting[i].report;
        idf = m->idf;
    }
}

/* The terms that have no mark up to the one that has, and this one. */
static void put_terms_to(struct writer *w, uint64_t key, const struct posting *posting,
                         uint32_t count)
{
    for (; w->term_at < w->terms && w->term[w->term_at]->key < key; w->term_at++)
        put_term(w, w->term[w->term_at]->key, w->term[w->term_at], NULL, 0);
    if (count == 0)
        return;
    if (w->term_at < w->terms && w->term[w->term_at]->key == key)
        put_term(w, (uint32_t)key, w->term[w->term_at++], posting, count);
    else
        put_term(w, (uint32_t)key, NULL, posting, count);
}

/* Marks of the keys whose first bits are `range`, by key and report. */
static void put_range(struct writer *w, struct arena *arena, uint32_t range)
{
    ARRAY(struct posting) all = { 0 };

    arena_reset(arena);
    for (uint32_t i = 0; i < w->s->reports; i++) {
        const struct view *v = &sorter_slip(w->s, i)->view;

        for (uint32_t k = 0; v->mark && k < v->marks; k++)
            if (v->mark[k].key >> (32 - RANGE_BITS) == range)
                *PUSH(arena, &all) = (struct posting){ v->mark[k].key, i, &v->mark[k] };
    }
    if (all.count > 0)
        qsort(all.at, all.count, sizeof *all.at, by_key_and_report);
    for (uint32_t i = 0, n; i < all.count; i += n) {
        for (n = 1; i + n < all.count && all.at[i + n].key == all.at[i].key; n++)
            ;
        put_terms_to(w, all.at[i].key, &all.at[i], n);
    }
}

static void put_slips(struct writer *w)
{
    struct buf *p = w->plane;
    const struct slip none = { .story = 0 }, *last = &none;

    for (uint32_t i = 0; i < w->s->reports; i++) {
        const struct slip *slip = sorter_slip(w->s, i);
        const struct view *v = &slip->view;

        put_change(&p[SLIP_STORY], slip->story, last->story);
        /* no report is its own next one, though the next may be one before it */
        put(&p[SLIP_NEXT], slip->next ? slip->next - 1 - i : 0);
        put_change(&p[SLIP_DAY], (uint32_t)v->day, (uint32_t)last->view.day);
        put_change(&p[SLIP_NAMED], (uint32_t)v->named, (uint32_t)v->day);
        put_float(&p[SLIP_HOUR], v->hour);
        put(&p[SLIP_WORDS], v->words);
        put(&p[SLIP_WEEKDAYS], v->weekdays);
        put(&p[SLIP_MARKS], v->mark ? v->marks + 1u : 0);
        last = slip;
    }
}

/* Terms of one report that its marks don't tell. */
static void put_once(struct writer *w, struct arena *arena)
{
    const struct once *o = &w->s->vocabulary.once;
    const struct seen *all = once_sorted(arena, o);
    uint32_t key = 0;

    for (uint32_t i = 0; i < o->count; i++)
        if (!seen_listed(&all[i])) {
            put(&w->plane[ONCE_KEY], all[i].key - key);
            put(&w->plane[ONCE_FIRST], seen_report(&all[i]));
            key = all[i].key;
        }
}

static void put_chains(struct writer *w)
{
    struct buf *p = w->plane;
    const struct chain none = { .first = 0 }, *last = &none;

    for (uint32_t i = 0; i < w->s->stories; i++) {
        const struct chain *c = &w->s->chain[i];

        put_change(&p[CHAIN_FIRST], c->first, last->first);
        put_change(&p[CHAIN_LAST], c->last, c->first);
        put(&p[CHAIN_COUNT], c->count);
        put_change(&p[CHAIN_NEWEST], (uint32_t)c->newest, (uint32_t)last->newest);
        last = c;
    }
}

static void put_chunks(struct writer *w)
{
    int32_t last = 0;

    for (uint32_t i = 0; i * CHUNK < w->s->reports; i++) {
        put_change(&w->plane[CHUNK_TODAY], (uint32_t)w->s->chunk[i]->today,
                   (uint32_t)last);
        last = w->s->chunk[i]->today;
    }
}

static uint64_t sum_of(struct str bytes)
{
    uint64_t sum = 0;

    while (bytes.len > 0)
        sum = mix(sum, get_word(&bytes));
    return sum;
}

/* Head and planes behind each other, in whole words. */
static void put_together(const struct writer *w, struct buf *all)
{
    const struct sorter *s = w->s;
    uint64_t sum;

    put_word(all, VERSION);
    put_word(all, s->vocabulary.limit);
    put_float(all, s->vocabulary.reports);
    put_word(all, s->reports);
    put_word(all, s->stories);
    put_word(all, (uint32_t)s->today);
    put_word(all, s->cooled);
    put_word(all, s->rested);
    for (int i = 0; i < PLANES; i++)
        put_word(all, (uint32_t)w->plane[i].len);
    for (int i = 0; i < PLANES; i++)
        buf_str(all, buf_view(&w->plane[i]));
    while (all->len % 4 != 0)
        buf_char(all, '\0');
    sum = sum_of(buf_view(all));
    put_word(all, (uint32_t)sum);
    put_word(all, (uint32_t)(sum >> 32));
}

bool sorter_save(const struct sorter *s,
                 bool (*put_bytes)(void *context, const void *bytes, size_t len),
                 void *context)
{
    struct arena arena, range;
    struct writer w = { .s = s };
    struct buf all;
    bool ok;

    arena_init(&arena, SIZE_MAX);
    arena_init(&range, SIZE_MAX);
    for (int i = 0; i < PLANES; i++)
        w.plane[i] = buf_new(&arena, UINT32_MAX);
    sort_terms(&w, &arena);
    for (uint32_t i = 0; i < 1u << RANGE_BITS; i++)
        put_range(&w, &range, i);
    put_terms_to(&w, (uint64_t)UINT32_MAX + 1, NULL, 0);
    put_slips(&w);
    put_chains(&w);
    put_chunks(&w);
    put_once(&w, &range);
    arena_release(&range);
    all = buf_new(&arena, SIZE_MAX);
    put_together(&w, &all);
    ok = put_bytes(context, MAGIC, sizeof MAGIC - 1) &&
         put_bytes(context, all.ptr, all.len);
    arena_release(&arena);
    return ok;
}

void sorter_mend_sum(char *bytes, size_t len)
{
    uint64_t sum;

    memcpy(bytes, MAGIC, sizeof MAGIC - 1);
    sum = sum_of((struct str){ bytes + sizeof MAGIC - 1, len - sizeof MAGIC + 1 - 8 });
    for (int i = 0; i < 8; i++)
        bytes[len - 8 + (size_t)i] = (char)(sum >> (8 * i));
}

/* ---- loading ---- */

/* Whether the bytes are whole, before any of them is believed; *rest: behind the version. */
static bool check(struct str bytes, struct str *rest, struct err *err)
{
    struct str end;
    uint64_t told;
    uint32_t version;

    if (bytes.len < sizeof MAGIC - 1 + 4 * (HEAD_WORDS + PLANES) + 8 ||
        (bytes.len & 3) != 0 || !str_starts(bytes, STR(MAGIC)))
        return err_set(err, ERR_FORMAT, 0, "no saved stories");
    end = str_after(bytes, bytes.len - 8);
    told = get_word(&end);
    told |= (uint64_t)get_word(&end) << 32;
    *rest = str_slice(bytes, sizeof MAGIC - 1, bytes.len - 8);
    if (told != sum_of(*rest))
        return err_set(err, ERR_FORMAT, -1, "the saved stories are damaged");
    version = get_word(rest);
    return version == VERSION ||
           err_set(err, ERR_FORMAT, 8, "stories saved by version %u, this reads %u",
                   version, VERSION);
}

/* The marks of one term go to their reports; terms come by key, so marks do, too. */
static void get_marks(struct reader *r, struct sorter *s, uint32_t key, uint32_t marks,
                      uint32_t *posting)
{
    uint32_t report = 0, idf = 0;

    for (uint32_t i = 0; i < marks && r->ok; i++) {
        uint32_t gap = get(r, MARK_REPORT);
        struct view *v;

        r->ok &= (i == 0 || gap > 0) && gap < s->reports - report;
        if (!r->ok)
            return;
        report += gap;
        idf = get_change(r, MARK_IDF, idf);
        v = &sorter_slip(s, report)->view;
        r->ok &= v->marks < r->want[report] && idf <= UINT16_MAX;
        if (!r->ok)
            return;
        v->mark[v->marks++] = (struct mark){ key, (uint16_t)idf, get_byte(r, MARK_BODY),
                                             get_byte(r, MARK_HEAD) };
        posting[i % LIST_MAX] = report;
    }
}

/* posting: a ring of the latest reports that have the term. */
static void get_list(struct reader *r, struct sorter *s, struct term *t, uint32_t marks,
                     const uint32_t posting[LIST_MAX])
{
    uint32_t bits = get(r, TERM_LISTED), listed = bits >> 1, *at;
    bool latest = !(bits & 1);

    r->ok &= listed <= LIST_MAX && (!latest || listed <= marks);
    if (!r->ok || !index_take_list(&s->index, t, listed))
        return;
    t->next = (uint8_t)(listed == LIST_MAX ? get(r, TERM_NEXT) : 0);
    r->ok &= t->next < LIST_MAX;
    at = listed == 1 ? &t->list : &s->index.pool[t->list];
    for (uint32_t i = 0; i < listed && r->ok; i++) {
        uint32_t report =
            latest ? posting[(marks - listed + i) % LIST_MAX] : get(r, LIST_REPORT);

        r->ok &= report < s->reports && sorter_slip(s, report)->view.mark;
        at[(t->next + i) % listed] = report;
    }
}

static void get_terms(struct reader *r, struct sorter *s)
{
    uint32_t posting[LIST_MAX], key = 0;

    for (bool first = true; r->rest[TERM_USED].len > 0 && r->ok; first = false) {
        uint32_t gap = get(r, TERM_KEY), marks;
        float used = get_float(r, TERM_USED);

        r->ok &= (first || gap > 0) && gap <= UINT32_MAX - key &&
                 (used >= 0 || used == MET_ONCE);
        key += gap;
        marks = get(r, TERM_MARKS);
        get_marks(r, s, key, marks, posting);
        r->ok &= used != MET_ONCE || marks > 0;
        if (used == MET_ONCE && r->ok)
            once_list(&s->vocabulary.once, key, posting[(marks - 1) % LIST_MAX]);
        if (used > 0 && r->ok) {
            struct term *t = vocabulary_put(&s->vocabulary, key);

            t->used = used;
            get_list(r, s, t, marks, posting);
        }
    }
}

static void get_slip(struct reader *r, struct sorter *s, const struct slip *last)
{
    uint32_t number = s->reports, next, words, weekdays, marks;
    struct slip *slip = sorter_put_slip(s);
    struct view *v = &slip->view;

    slip->story = get_change(r, SLIP_STORY, last->story);
    next = get(r, SLIP_NEXT);
    slip->next = next ? number + next + 1 : 0;
    v->day = (int32_t)get_change(r, SLIP_DAY, (uint32_t)last->view.day);
    v->named = (int32_t)get_change(r, SLIP_NAMED, (uint32_t)v->day);
    v->hour = get_float(r, SLIP_HOUR);
    words = get(r, SLIP_WORDS);
    weekdays = get(r, SLIP_WEEKDAYS);
    marks = get(r, SLIP_MARKS);
    r->marks += marks;
    /* no more room than there are marks to fill it */
    r->ok &= words <= UINT16_MAX && weekdays < 1u << WEEK && marks <= MARKS_MAX + 1 &&
             r->marks <= r->rest[MARK_BODY].len + s->reports;
    if (!r->ok)
        return;
    v->words = (uint16_t)words;
    v->weekdays = (uint8_t)weekdays;
    if (marks == 0)
        return;
    v->mark = sorter_put_marks(s, number, marks - 1);
    r->want[number] = (uint8_t)(marks - 1);
}

static void get_once(struct reader *r, struct sorter *s)
{
    struct once *o = &s->vocabulary.once;
    uint32_t key = 0;

    while (r->rest[ONCE_KEY].len > 0 && r->ok) {
        uint32_t gap = get(r, ONCE_KEY), report = get(r, ONCE_FIRST);

        r->ok &= gap <= UINT32_MAX - key && report < s->reports && o->count < ONCE_MAX;
        key += gap;
        r->ok = r->ok && !once_find(o, key);
        if (r->ok)
            once_put(o, key, report);
    }
}

static void get_chain(struct reader *r, struct sorter *s, struct chain *last)
{
    uint32_t story = sorter_put_chain(s);
    struct chain *c = &s->chain[story];

    c->first = get_change(r, CHAIN_FIRST, last->first);
    c->last = get_change(r, CHAIN_LAST, c->first);
    c->count = get(r, CHAIN_COUNT);
    c->newest = (int32_t)get_change(r, CHAIN_NEWEST, (uint32_t)last->newest);
    *last = *c;
}

static void get_chunks(struct reader *r, struct sorter *s)
{
    int32_t last = 0;

    for (uint32_t i = 0; i * CHUNK < s->reports && r->ok; i++)
        last = s->chunk[i]->today = (int32_t)get_change(r, CHUNK_TODAY, (uint32_t)last);
}

/* Whether each story's chain holds the reports that say they are in it: then it can't
 * run in a ring or into another.  What the chains don't say is learnt on the way. */
static bool chains_sound(struct sorter *s)
{
    uint64_t reports = 0;

    for (uint32_t i = 0; i < s->stories; i++) {
        struct chain *c = &s->chain[i];
        uint32_t r = c->first;

        reports += c->count;
        if (reports > s->reports)
            return false;
        for (uint32_t n = c->count; n > 0; n--) {
            if (r >= s->reports || sorter_story(s, r) != i ||
                (n == 1) != (sorter_slip(s, r)->next == 0) || (n == 1 && r != c->last))
                return false;
            c->latest = r > c->latest ? r : c->latest;
            c->bare |= sorter_slip(s, r)->view.mark == NULL;
            r = sorter_slip(s, r)->next - 1;
        }
    }
    return reports == s->reports;
}

/* Whether every mark that a report promised has come; its measures rest on them. */
static bool marks_sound(const struct reader *r, const struct sorter *s)
{
    for (uint32_t i = 0; i < s->reports; i++) {
        struct view *v = &sorter_slip(s, i)->view;

        if (v->marks != r->want[i])
            return false;
        view_measure(v);
    }
    return true;
}

static bool all_read(const struct reader *r)
{
    for (int i = 0; i < PLANES; i++)
        if (r->rest[i].len > 0)
            return false;
    return r->ok;
}

static bool get_state(struct reader *r, struct sorter *s, uint32_t reports,
                      uint32_t stories)
{
    const struct slip none = { .story = 0 };
    struct chain last = { .first = 0 };

    for (uint32_t i = 0; i < reports && r->ok; i++)
        get_slip(r, s, i > 0 ? sorter_slip(s, i - 1) : &none);
    get_terms(r, s);
    get_once(r, s);
    for (uint32_t i = 0; i < stories && r->ok; i++)
        get_chain(r, s, &last);
    get_chunks(r, s);
    return all_read(r) && marks_sound(r, s) && chains_sound(s);
}

/* The planes behind the head; nothing but what fills the last word is over. */
static bool get_planes(struct reader *r, struct str head, struct str rest)
{
    for (int i = 0; i < PLANES; i++) {
        uint32_t len = get_word(&head);

        if (len > rest.len)
            return false;
        r->rest[i] = str_slice(rest, 0, len);
        rest = str_after(rest, len);
    }
    return rest.len < 4 && r->rest[TERM_USED].len % 4 == 0;
}

static bool load(struct sorter *s, struct str rest)
{
    struct reader r = { .ok = true };
    uint32_t reports, stories, bits;
    bool ok;

    s->vocabulary.limit = get_word(&rest);
    bits = get_word(&rest);
    memcpy(&s->vocabulary.reports, &bits, sizeof bits);
    reports = get_word(&rest);
    stories = get_word(&rest);
    s->today = (int32_t)get_word(&rest);
    s->cooled = get_word(&rest);
    s->rested = get_word(&rest);
    /* none takes less than a byte of each plane: no count asks for more than is there */
    if (!get_planes(&r, rest, str_after(rest, (size_t)4 * PLANES)) ||
        reports > r.rest[SLIP_MARKS].len || stories > r.rest[CHAIN_COUNT].len ||
        s->cooled > reports / CHUNK || s->rested > reports / CHUNK ||
        !sound(s->vocabulary.reports) || s->vocabulary.reports < 0)
        return false;
    r.want = NEW(&s->scratch, uint8_t, (size_t)reports + 1);
    ok = get_state(&r, s, reports, stories);
    arena_reset(&s->scratch);
    return ok;
}

struct sorter *sorter_load(struct str bytes, struct err *err)
{
    struct sorter *s;
    struct str rest;

    if (!check(bytes, &rest, err))
        return NULL;
    s = sorter_new();
    vocabulary_clear(&s->vocabulary);
    if (load(s, rest))
        return s;
    sorter_free(s);
    err_set(err, ERR_FORMAT, -1, "the saved stories don't hold together");
    return NULL;
}
