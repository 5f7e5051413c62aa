/* sorter_bytes.c - a sorter's state as bytes, and back.
 *
 *     magic "corrobS\n", version, counts, terms, reports, stories, check sum
 *
 * Numbers are little-endian.  Reports come with their marks, terms with their lists in
 * the order of the ring, so that a loaded sorter goes on exactly as the saved one would.
 */
#include "base/arena.h"
#include "story/sorter.h"

#define VERSION 2
#define MAGIC "corrobS\n"
#define PIECE 65536
#define MIX 0x9e3779b97f4a7c15u

struct writer {
    bool (*put)(void *context, const void *bytes, size_t len);
    void *context;
    unsigned char *piece;
    size_t len;
    uint64_t sum;
    bool ok;
};

struct reader {
    struct str rest;
    bool ok;
};

/* A check against damage, not against forgery. */
static uint64_t mix(uint64_t sum, uint32_t n)
{
    sum = (sum ^ n) * MIX;
    return sum ^ sum >> 29;
}

static void flush(struct writer *w)
{
    w->ok = w->ok && w->put(w->context, w->piece, w->len);
    w->len = 0;
}

static void put_raw(struct writer *w, uint32_t n)
{
    if (w->len + 4 > PIECE)
        flush(w);
    for (int i = 0; i < 4; i++)
        w->piece[w->len++] = (unsigned char)(n >> (8 * i));
}

static void put_u32(struct writer *w, uint32_t n)
{
    w->sum = mix(w->sum, n);
    put_raw(w, n);
}

static void put_float(struct writer *w, float f)
{
    uint32_t n;

    memcpy(&n, &f, sizeof n);
    put_u32(w, n);
}

static uint32_t get_raw(struct reader *r)
{
    uint32_t n = 0;

    if (r->rest.len < 4) {
        r->ok = false;
        return 0;
    }
    for (int i = 0; i < 4; i++)
        n |= (uint32_t)(unsigned char)r->rest.ptr[i] << (8 * i);
    r->rest = str_after(r->rest, 4);
    return n;
}

static float get_float(struct reader *r)
{
    uint32_t n = get_raw(r);
    float f;

    memcpy(&f, &n, sizeof f);
    if (!(f >= -1e30F && f <= 1e30F)) /* not a number, too */
        r->ok = false;
    return f;
}

static void put_term(struct writer *w, const struct sorter *s, const struct term *t)
{
    const uint32_t *at = index_reports(&s->index, t);

    put_u32(w, t->key);
    put_float(w, t->used);
    put_u32(w, (uint32_t)t->listed | (uint32_t)t->next << 16);
    for (uint32_t i = 0; i < t->listed; i++)
        put_u32(w, at[i]);
}

static void put_slip(struct writer *w, const struct slip *slip)
{
    const struct view *v = &slip->view;
    uint32_t marks = v->mark ? v->marks + 1u : 0;

    put_u32(w, slip->story);
    put_u32(w, slip->next);
    put_u32(w, (uint32_t)v->day);
    put_u32(w, (uint32_t)v->named);
    put_float(w, v->hour);
    put_u32(w, (uint32_t)v->words | marks << 16);
    for (int k = 0; k < VIEWS && marks; k++)
        put_float(w, v->norm[k]);
    for (uint32_t i = 0; i + 1 < marks; i++) {
        put_u32(w, v->mark[i].key);
        put_u32(w, (uint32_t)v->mark[i].idf | (uint32_t)v->mark[i].body << 16 |
                       (uint32_t)v->mark[i].head << 24);
    }
}

static void put_state(struct writer *w, const struct sorter *s)
{
    put_u32(w, VERSION);
    put_u32(w, s->vocabulary.count);
    put_u32(w, s->vocabulary.limit);
    put_float(w, s->vocabulary.reports);
    put_u32(w, s->reports);
    put_u32(w, s->stories);
    put_u32(w, (uint32_t)s->today);
    for (uint32_t i = 0; i < s->vocabulary.count; i++)
        put_term(w, s, &s->vocabulary.term[i]);
    for (uint32_t i = 0; i < s->reports; i++)
        put_slip(w, sorter_slip(s, i));
    for (uint32_t i = 0; i < s->stories; i++) {
        put_u32(w, s->chain[i].first);
        put_u32(w, s->chain[i].last);
        put_u32(w, s->chain[i].count);
        put_u32(w, (uint32_t)s->chain[i].newest);
    }
}

bool sorter_save(const struct sorter *s,
                 bool (*put)(void *context, const void *bytes, size_t len),
                 void *context)
{
    struct arena arena;
    struct writer w = { .put = put, .context = context, .ok = true };

    arena_init(&arena, SIZE_MAX);
    w.piece = NEW(&arena, unsigned char, PIECE);
    memcpy(w.piece, MAGIC, sizeof MAGIC - 1);
    w.len = sizeof MAGIC - 1;
    put_state(&w, s);
    put_raw(&w, (uint32_t)w.sum);
    put_raw(&w, (uint32_t)(w.sum >> 32));
    flush(&w);
    arena_release(&arena);
    return w.ok;
}

static uint64_t sum_of(struct str bytes)
{
    struct reader r = { bytes, true };
    uint64_t sum = 0;

    while (r.rest.len > 0)
        sum = mix(sum, get_raw(&r));
    return sum;
}

void sorter_mend_sum(char *bytes, size_t len)
{
    uint64_t sum;

    memcpy(bytes, MAGIC, sizeof MAGIC - 1);
    sum = sum_of((struct str){ bytes + sizeof MAGIC - 1, len - sizeof MAGIC + 1 - 8 });
    for (int i = 0; i < 8; i++)
        bytes[len - 8 + (size_t)i] = (char)(sum >> (8 * i));
}

/* Whether the bytes are whole, before any of them is believed. */
static bool check(struct str bytes, struct reader *r, struct err *err)
{
    uint64_t told;
    uint32_t version;

    if (bytes.len < sizeof MAGIC - 1 + 36 || (bytes.len & 3) != 0 ||
        !str_starts(bytes, STR(MAGIC)))
        return err_set(err, ERR_FORMAT, 0, "no saved stories");
    *r = (struct reader){ str_after(bytes, bytes.len - 8), true };
    told = get_raw(r);
    told |= (uint64_t)get_raw(r) << 32;
    r->rest = str_slice(bytes, sizeof MAGIC - 1, bytes.len - 8);
    version = get_raw(r);
    if (version != VERSION)
        return err_set(err, ERR_FORMAT, 8, "stories saved by version %u, this reads %u",
                       version, VERSION);
    return told == sum_of(str_slice(bytes, sizeof MAGIC - 1, bytes.len - 8)) ||
           err_set(err, ERR_FORMAT, -1, "the saved stories are damaged");
}

/* Lists lead to reports that are known; a list is in its ring's order. */
static void get_terms(struct reader *r, struct sorter *s, uint32_t terms,
                      uint32_t reports)
{
    while (terms-- > 0 && r->ok) {
        uint32_t key = get_raw(r), known = s->vocabulary.count, bits, *at;
        float used = get_float(r);
        struct term *t = vocabulary_put(&s->vocabulary, key);

        bits = get_raw(r);
        r->ok &= s->vocabulary.count > known && used > 0;
        r->ok = r->ok && index_take_list(&s->index, t, bits & 0xffff);
        if (!r->ok)
            return;
        t->used = used;
        t->next = (uint16_t)(bits >> 16);
        r->ok &= t->next == 0 || (t->listed == LIST_MAX && t->next < LIST_MAX);
        at = t->listed == 1 ? &t->list : &s->index.pool[t->list];
        for (uint32_t i = 0; i < t->listed; i++) {
            at[i] = get_raw(r);
            r->ok &= at[i] < reports;
        }
    }
}

static void get_marks(struct reader *r, struct sorter *s, struct view *v)
{
    for (int k = 0; k < VIEWS; k++)
        v->norm[k] = get_float(r);
    v->mark = NEW(&s->marks, struct mark, v->marks + 1);
    for (uint32_t i = 0; i < v->marks && r->ok; i++) {
        uint32_t bits;

        v->mark[i].key = get_raw(r);
        bits = get_raw(r);
        v->mark[i].idf = (uint16_t)bits;
        v->mark[i].body = (uint8_t)(bits >> 16);
        v->mark[i].head = (uint8_t)(bits >> 24);
        r->ok &= i == 0 || v->mark[i].key > v->mark[i - 1].key;
    }
}

static void get_slip(struct reader *r, struct sorter *s, uint32_t reports,
                     uint32_t stories)
{
    struct slip *slip = sorter_put_slip(s);
    uint32_t bits;

    slip->story = get_raw(r);
    slip->next = get_raw(r);
    slip->view.day = (int32_t)get_raw(r);
    slip->view.named = (int32_t)get_raw(r);
    slip->view.hour = get_float(r);
    bits = get_raw(r);
    slip->view.words = (uint16_t)bits;
    r->ok &=
        slip->story < stories && slip->next <= reports && bits >> 16 <= MARKS_MAX + 1;
    if (!r->ok || bits >> 16 == 0)
        return;
    slip->view.marks = (uint16_t)((bits >> 16) - 1);
    get_marks(r, s, &slip->view);
}

static void get_chain(struct reader *r, struct sorter *s)
{
    uint32_t story = sorter_put_chain(s);
    struct chain *c = &s->chain[story];

    c->first = get_raw(r);
    c->last = get_raw(r);
    c->count = get_raw(r);
    c->newest = (int32_t)get_raw(r);
}

/* Whether each story's chain holds the reports that say they are in it: then it can't
 * run in a ring or into another. */
static bool chains_sound(const struct sorter *s)
{
    uint64_t reports = 0;

    for (uint32_t i = 0; i < s->stories; i++) {
        const struct chain *c = &s->chain[i];
        uint32_t r = c->first;

        reports += c->count;
        if (reports > s->reports)
            return false;
        for (uint32_t n = c->count; n > 0; n--) {
            if (r >= s->reports || sorter_story(s, r) != i ||
                (n == 1) != (sorter_slip(s, r)->next == 0) || (n == 1 && r != c->last))
                return false;
            r = sorter_slip(s, r)->next - 1;
        }
    }
    return reports == s->reports;
}

/* Lists lead to reports that are awake. */
static bool lists_sound(const struct sorter *s)
{
    for (uint32_t i = 0; i < s->vocabulary.count; i++) {
        const struct term *t = &s->vocabulary.term[i];

        for (uint32_t k = 0; k < t->listed; k++)
            if (!sorter_slip(s, index_reports(&s->index, t)[k])->view.mark)
                return false;
    }
    return true;
}

static bool get_state(struct reader *r, struct sorter *s)
{
    uint32_t terms = get_raw(r), reports, stories;

    s->vocabulary.limit = get_raw(r);
    s->vocabulary.reports = get_float(r);
    reports = get_raw(r);
    stories = get_raw(r);
    s->today = (int32_t)get_raw(r);
    /* nothing takes less than twelve bytes, so no count can ask for more than is there */
    if (terms > r->rest.len / 12 || reports > r->rest.len / 12 ||
        stories > r->rest.len / 12 || s->vocabulary.reports < 0)
        return false;
    get_terms(r, s, terms, reports);
    for (uint32_t i = 0; i < reports && r->ok; i++)
        get_slip(r, s, reports, stories);
    for (uint32_t i = 0; i < stories && r->ok; i++)
        get_chain(r, s);
    return r->ok && r->rest.len == 0 && chains_sound(s) && lists_sound(s);
}

struct sorter *sorter_load(struct str bytes, struct err *err)
{
    struct reader r = { .ok = false };
    struct sorter *s;

    if (!check(bytes, &r, err))
        return NULL;
    s = sorter_new();
    vocabulary_clear(&s->vocabulary);
    if (get_state(&r, s))
        return s;
    sorter_free(s);
    err_set(err, ERR_FORMAT, -1, "the saved stories don't hold together");
    return NULL;
}
