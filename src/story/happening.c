#include "story/happening.h"

#include <math.h>

#include "lex/lex.h"
#include "model/hash.h"
#include "story/happening_int.h"
#include "story/head_word.h"

#define WEIGHT_MAX 8.0F
#define WEIGHT_MIN 1.2F    /* grammar tells nothing */
#define WEIGHT_COMMON 2.0F /* "had", "made" */
#define AROUND 5           /* words before and behind that take part */
#define OPENS 3            /* words before among which "may" or "not" counts */
#define FIRST_SLOTS 1024u

static struct use *use_of(const struct happenings *h, uint32_t key)
{
    uint32_t i = key & (h->slots - 1);

    while (h->use[i].reports && h->use[i].key != key)
        i = (i + 1) & (h->slots - 1);
    return &h->use[i];
}

/* What all reports of the story have tells nothing of one of them. */
static float marked_weight(const struct happenings *h, uint32_t key)
{
    return logf(((float)h->reports + 1) / ((float)use_of(h, key)->reports + 0.5F));
}

static void count_words(struct happenings *h)
{
    uint32_t words = 0;

    for (uint32_t r = 0; r < h->reports; r++)
        words += h->report[r].words.count;
    for (h->slots = FIRST_SLOTS; h->slots < 2 * words;)
        h->slots *= 2;
    h->use = NEW(h->arena, struct use, h->slots);
    for (uint32_t r = 0; r < h->reports; r++)
        for (uint32_t i = 0; i < h->report[r].words.count; i++) {
            struct use *u = use_of(h, h->report[r].sense[i]);

            u->key = h->report[r].sense[i];
            u->reports += u->last != r + 1;
            u->last = r + 1;
        }
}

/* Words first .. end of a report. */
struct stretch {
    const struct wording_of_report *report;
    uint32_t first, end;
};

enum weighing { TOLD, MARKED };

/* The telling words of a stretch; those with one of the flags, where there are any. */
static struct bag bag_of(const struct happenings *h, struct stretch s,
                         enum weighing how, uint32_t flags)
{
    struct bag b = bag_new(h->arena, s.end - s.first);

    for (uint32_t i = s.first; i < s.end; i++) {
        uint32_t sense = s.report->sense[i];
        float weight = s.report->idf[i];

        if (weight >= WEIGHT_MIN && (!flags || s.report->words.at[i].flags & flags))
            bag_put(&b, sense, how == TOLD ? weight : marked_weight(h, sense));
    }
    bag_close(&b);
    return b;
}

static void read_words(struct happenings *h, uint32_t report)
{
    const struct text *t = h->facts[report]->text;
    struct wording_of_report *r = &h->report[report];

    r->words = words_from_text(h->arena, t->article->text);
    r->sense = NEW(h->arena, uint32_t, r->words.count + 1);
    r->idf = NEW(h->arena, float, r->words.count + 1);
    for (uint32_t k = 0; k < r->words.count; k++) {
        uint32_t key = r->words.at[k].key;

        r->sense[k] = vocabulary_sense(h->vocabulary, key);
        r->idf[k] = fminf(vocabulary_idf(h->vocabulary, key), WEIGHT_MAX);
    }
    r->scene = NEW(h->arena, struct scene *, t->sentence.count + 1);
}

struct happenings *happenings_of(struct arena *arena, const struct vocabulary *v,
                                 const struct facts *const *facts, uint32_t reports)
{
    struct happenings *h = NEW(arena, struct happenings, 1);

    *h = (struct happenings){
        .arena = arena, .vocabulary = v, .facts = facts, .reports = reports
    };
    if (model_look_built_in(&h->model) && h->model.vector <= HAPPENING_VECTOR_MAX)
        h->vector = h->model.vector;
    h->report = NEW(arena, struct wording_of_report, reports + 1);
    for (uint32_t i = 0; i < reports; i++)
        read_words(h, i);
    count_words(h);
    for (uint32_t i = 0; i < reports; i++) {
        struct wording_of_report *r = &h->report[i];
        struct stretch all = { r, 0, r->words.count };

        r->told = bag_of(h, all, TOLD, 0);
        r->marked = bag_of(h, all, MARKED, 0);
    }
    happenings_compare_reports(h);
    return h;
}

/* The first word at or behind a byte. */
static uint32_t word_at(const struct words *w, uint32_t byte)
{
    uint32_t low = 0, high = w->count;

    while (low < high) {
        uint32_t mid = (low + high) / 2;

        if (word_end(&w->at[mid]) <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* A word of a report in lower case. */
static struct str lower_word(const struct happenings *h, uint32_t report, uint32_t word)
{
    const struct word *w = &h->report[report].words.at[word];
    struct str form =
        str_slice(h->facts[report]->text->article->text, w->start, word_end(w));
    char *p = NEW(h->arena, char, form.len + 1);

    for (size_t i = 0; i < form.len; i++)
        p[i] = ascii_lower(form.ptr[i]);
    return (struct str){ p, form.len };
}

/* Adds the vector of a word; false when it has none. */
static bool add_vector(const struct happenings *h, struct str lower, float weight,
                       float *to)
{
    const struct model_table *t = &h->model.vector_table;
    uint32_t row =
        h->vector > 0 ? rows_find(&h->model.vector_rows, hash_word(lower)) : ROWS_NONE;

    if (row == ROWS_NONE)
        return false;
    weight *= t->scale[row];
    for (uint32_t i = 0; i < h->vector; i++)
        to[i] += weight * (float)t->at[(size_t)row * t->columns + i];
    return true;
}

static void make_unit(const struct happenings *h, float *v)
{
    float square = 0;

    for (uint32_t i = 0; i < h->vector; i++)
        square += v[i] * v[i];
    square = square > 0 ? 1 / sqrtf(square) : 0;
    for (uint32_t i = 0; i < h->vector; i++)
        v[i] *= square;
}

/* The first days that the sentence names. */
static void find_days(const struct facts *f, const struct sentence *in, struct scene *s)
{
    s->begin_day = s->end_day = DATE_NONE;
    for (uint32_t i = 0; i < f->when.count; i++) {
        const struct when *w = &f->when.at[i];

        if (w->start < in->start || w->end > in->end || w->begin_day == DATE_NONE ||
            (w->type != TIME_DATE && w->type != TIME_TIME))
            continue;
        s->begin_day = w->begin_day;
        s->end_day = w->end_day == DATE_NONE ? w->begin_day : w->end_day;
        return;
    }
}

static const struct scene *scene_at(struct happenings *h, uint32_t report,
                                    uint32_t sentence)
{
    const struct sentence *in = &h->facts[report]->text->sentence.at[sentence];
    struct wording_of_report *r = &h->report[report];
    struct scene *s = r->scene[sentence];
    struct stretch all;

    if (s)
        return s;
    s = r->scene[sentence] = NEW(h->arena, struct scene, 1);
    s->first = word_at(&r->words, in->start);
    s->end = word_at(&r->words, in->end);
    all = (struct stretch){ r, s->first, s->end };
    s->told = bag_of(h, all, TOLD, 0);
    s->marked = bag_of(h, all, MARKED, 0);
    s->names = bag_of(h, all, TOLD, WORD_NAME);
    s->numbers = bag_of(h, all, TOLD, WORD_NUMBER);
    for (uint32_t i = s->first; i < s->end; i++)
        if (r->idf[i] >= WEIGHT_MIN)
            add_vector(h, lower_word(h, report, i), r->idf[i], s->vector);
    make_unit(h, s->vector);
    find_days(h->facts[report], in, s);
    return s;
}

static enum event_type type_of(struct str name)
{
    for (int t = 0; t < EVENT_TYPES; t++)
        if (str_eq(name, str_from(event_type_name((enum event_type)t))))
            return (enum event_type)t;
    return EVENT_TYPES;
}

/* What the word codes by itself, as a verb or else as a noun. */
static void find_type(struct happening *a, struct str lemma)
{
    const struct lex_entry *verb = lex_find(&lex_verbs, lemma);
    const struct lex_entry *noun = verb ? NULL : lex_find(&lex_nouns, lemma);

    a->type = verb   ? type_of(verb->field[LEX_VERBS_TYPE])
              : noun ? type_of(noun->field[LEX_NOUNS_TYPE])
                     : EVENT_TYPES;
    a->mode = verb   ? verb->field[LEX_VERBS_MODE]
              : noun ? noun->field[LEX_NOUNS_MODE]
                     : (struct str){ NULL, 0 };
}

/* All that the head of the telling says by itself. */
static void read_head(struct happenings *h, struct happening *a, uint32_t head)
{
    const struct wording_of_report *r = &h->report[a->report];
    struct str lower = lower_word(h, a->report, head), lemma = head_lemma(lower);

    a->lemma = (uint32_t)str_hash(lemma);
    a->stem = head_stem(lemma);
    a->sense = r->sense[head];
    a->kin = kin_find(lemma);
    a->idf = r->idf[head];
    a->marked = marked_weight(h, a->sense);
    a->says = lex_find(&lex_reporting, lemma) != NULL;
    a->common = a->idf < WEIGHT_COMMON;
    find_type(a, lemma);
    if (!add_vector(h, lemma, 1, a->vector))
        add_vector(h, lower, 1, a->vector);
    make_unit(h, a->vector);
    for (uint32_t i = 0; i < r->words.count; i++)
        a->times += r->sense[i] == a->sense;
}

/* What stands around words first .. end in their sentence. */
static void read_around(struct happenings *h, struct happening *a, struct stretch s)
{
    const struct scene *scene = a->scene;
    uint32_t from = s.first > scene->first + AROUND ? s.first - AROUND
                    : s.first > scene->first        ? scene->first
                                                    : s.first;
    uint32_t to = s.end + AROUND < scene->end ? s.end + AROUND
                  : scene->end > s.end        ? scene->end
                                              : s.end;
    struct stretch before = { s.report, from, s.first },
                   behind = { s.report, s.end, to };

    a->words = bag_of(h, s, TOLD, 0);
    a->before = bag_of(h, before, TOLD, 0);
    a->behind = bag_of(h, behind, TOLD, 0);
    a->named_before = bag_of(h, before, TOLD, WORD_NAME);
    a->named_behind = bag_of(h, behind, TOLD, WORD_NAME);
    a->counted = bag_of(h, (struct stretch){ s.report, from, to }, TOLD, WORD_NUMBER);
    for (uint32_t i = s.first; i > from && s.first - i < OPENS; i--)
        a->open |= word_leaves_open(lower_word(h, a->report, i - 1));
}

struct happening happening_at(struct happenings *h, uint32_t report, struct span span,
                              enum head_place place)
{
    const struct wording_of_report *r = &h->report[report];
    struct happening a = { .report = report };
    struct stretch s = { r, word_at(&r->words, span.start), 0 };
    uint32_t head;

    a.sentence = text_sentence_at(h->facts[report]->text, span.start);
    a.scene = scene_at(h, report, a.sentence);
    s.first = s.first < r->words.count ? s.first : r->words.count - 1;
    for (s.end = s.first + 1;
         s.end < r->words.count && r->words.at[s.end].start < span.end;)
        s.end++;
    head = place == HEAD_FIRST ? s.first : s.end - 1;
    while (head > s.first && word_is_particle(lower_word(h, report, head)))
        head--;
    read_head(h, &a, head);
    read_around(h, &a, s);
    return a;
}
