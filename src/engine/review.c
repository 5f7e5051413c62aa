#include "engine/review.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/utf8.h"

#define WORDS_MAX 1024

struct decision {
    struct str kind;
    uint32_t start, end; /* bytes */
    int64_t fact;        /* which of those of this span; -1: all of them */
    bool reject, edit;
    struct str by;
    const json_t *set;
};

static struct str text_of(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);

    return (struct str){ json_string_value(v), json_string_length(v) };
}

static bool decision_of(struct str text, const json_t *o, struct decision *out)
{
    json_int_t start = json_integer_value(json_object_get(o, "start"));
    json_int_t end = json_integer_value(json_object_get(o, "end"));
    const json_t *fact = json_object_get(o, "fact");
    struct str what = text_of(o, "decision");

    *out = (struct decision){ .kind = text_of(o, "kind"),
                              .start = (uint32_t)utf8_byte_at(text, start),
                              .end = (uint32_t)utf8_byte_at(text, end),
                              .fact = fact ? json_integer_value(fact) : -1,
                              .reject = str_eq(what, STR("reject")),
                              .edit = str_eq(what, STR("edit")),
                              .by = text_of(o, "by"),
                              .set = json_object_get(o, "set") };
    return start >= 0 && out->end > out->start && (out->reject || out->edit);
}

/* ---- edits ---- */

static struct str words(struct arena *arena, const json_t *set, const char *name,
                        struct str otherwise)
{
    return json_object_get(set, name) ? arena_str(arena, text_of(set, name))
                                      : otherwise;
}

static int64_t bound(const json_t *set, const char *name, int64_t open,
                     int64_t otherwise)
{
    const json_t *v = json_object_get(set, name);

    if (!v)
        return otherwise;
    return json_is_integer(v) ? json_integer_value(v) : open;
}

/* "58", ">=58", "<=58", "58-60" */
static struct str op_of(struct arena *arena, int64_t low, int64_t high)
{
    struct buf b = buf_new(arena, WORDS_MAX);

    if (low == high)
        buf_printf(&b, "%lld", (long long)low);
    else if (high == COUNT_OPEN)
        buf_printf(&b, ">=%lld", (long long)low);
    else if (low == INT64_MIN)
        buf_printf(&b, "<=%lld", (long long)high);
    else
        buf_printf(&b, "%lld-%lld", (long long)low, (long long)high);
    return buf_view(&b);
}

/* The actor of this name; a new one where the report names none so. */
static uint32_t actor_of(struct arena *arena, struct facts *facts, struct str name)
{
    if (name.len == 0)
        return FACT_NONE;
    for (uint32_t i = 0; i < facts->actor.count; i++)
        if (str_eq_fold(facts->actor.at[i].name, name))
            return i;
    *PUSH(arena, &facts->actor) = (struct actor){ .name = arena_str(arena, name) };
    return facts->actor.count - 1;
}

static enum modality modality_of(struct str name, enum modality otherwise)
{
    for (int m = MODALITY_ASSERTED; m <= MODALITY_HYPOTHETICAL; m++)
        if (str_eq(name, str_from(modality_name((enum modality)m))))
            return (enum modality)m;
    return otherwise;
}

static enum measure measure_of(struct str name, enum measure otherwise)
{
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (str_eq(name, str_from(measure_name((enum measure)m))))
            return (enum measure)m;
    return otherwise;
}

static enum event_type type_of(struct str name, enum event_type otherwise)
{
    for (int t = 0; t < EVENT_TYPES; t++)
        if (str_eq(name, str_from(event_type_name((enum event_type)t))))
            return (enum event_type)t;
    return otherwise;
}

static int32_t day_of(const json_t *set, const char *name, int32_t otherwise)
{
    struct instant t;

    if (!json_object_get(set, name))
        return otherwise;
    return instant_from_iso(text_of(set, name), &t) && t.precision >= INSTANT_DAY
               ? t.day
               : DATE_NONE;
}

/* "edited by Ana, read as 58, killed, people, said by the ministry": what is not known is
 * left out. */
static struct str note(struct arena *arena, const struct decision *d,
                       const struct str *part, size_t parts)
{
    struct buf b = buf_new(arena, SIZE_MAX);
    const char *gap = ", read as ";

    buf_str(&b, STR("edited by "));
    buf_str(&b, d->by.len > 0 ? d->by : STR("hand"));
    for (size_t i = 0; i < parts; i++) {
        if (part[i].len == 0)
            continue;
        buf_str(&b, str_from(gap));
        buf_str(&b, part[i]);
        gap = ", ";
    }
    return buf_view(&b);
}

static struct str name_of(const struct facts *facts, uint32_t actor)
{
    return actor == FACT_NONE ? (struct str){ NULL, 0 } : facts->actor.at[actor].name;
}

static struct str day_words(struct arena *arena, int32_t day)
{
    return day == DATE_NONE ? (struct str){ NULL, 0 } : date_to_iso(arena, day);
}

static void edit_figure(struct arena *arena, struct facts *facts, struct figure *f,
                        const struct decision *d)
{
    int64_t low = bound(d->set, "low", INT64_MIN, f->low);
    int64_t high = bound(d->set, "high", COUNT_OPEN, f->high);

    bool some =
        low != INT64_MIN || high != COUNT_OPEN; /* "any number" counts nothing */
    const struct str was[] = { f->op,
                               str_from(measure_name(f->measure)),
                               f->class_name,
                               str_from(modality_name(f->modality)),
                               day_words(arena, f->as_of),
                               name_of(facts, f->claimant) };

    f->by_hand = note(arena, d, was, COUNT(was));
    if (some && low <= high && (low != f->low || high != f->high)) {
        f->low = low;
        f->high = high;
        f->op = op_of(arena, low, high);
    }
    f->measure = measure_of(text_of(d->set, "measure"), f->measure);
    f->class_name = words(arena, d->set, "class", f->class_name);
    f->modality = modality_of(text_of(d->set, "modality"), f->modality);
    f->as_of = day_of(d->set, "as_of", f->as_of);
    if (json_object_get(d->set, "class"))
        f->who = f->class_name;
    if (json_object_get(d->set, "claimant"))
        f->claimant = actor_of(arena, facts, text_of(d->set, "claimant"));
}

static void edit_event(struct arena *arena, struct event *e, const struct decision *d)
{
    const struct str was[] = { str_from(event_type_name(e->type)), e->mode,
                               str_from(modality_name(e->modality)),
                               day_words(arena, e->day) };

    e->by_hand = note(arena, d, was, COUNT(was));
    e->type = type_of(text_of(d->set, "type"), e->type);
    e->modality = modality_of(text_of(d->set, "modality"), e->modality);
    if (json_object_get(d->set, "date")) /* a day by hand is that day alone */
        e->day = e->end_day = day_of(d->set, "date", e->day);
}

static void edit_statement(struct arena *arena, struct facts *facts,
                           struct statement *s, const struct decision *d)
{
    const struct str was[] = { s->speaker == FACT_NONE ? STR("said by nobody")
                                                       : STR("said by"),
                               name_of(facts, s->speaker) };

    s->by_hand = note(arena, d, was, COUNT(was));
    if (json_object_get(d->set, "speaker"))
        s->speaker = actor_of(arena, facts, text_of(d->set, "speaker"));
}

/* ---- rejections ---- */

/* Whether a decision is on the fact of this span; *met counts those of its span. */
static bool is_on(const struct decision *d, uint32_t start, uint32_t end, int64_t *met)
{
    return start == d->start && end == d->end && ((*met)++ == d->fact || d->fact < 0);
}

/* Takes elements out and tells where the others went: place[i], or FACT_NONE. */
#define TAKE_OUT(arena, array, d, place)                                       \
    do {                                                                       \
        uint32_t kept_ = 0;                                                    \
        int64_t met_ = 0;                                                      \
                                                                               \
        (place) = NEW((arena), uint32_t, (array)->count + 1);                  \
        for (uint32_t i_ = 0; i_ < (array)->count; i_++) {                     \
            bool gone_ =                                                       \
                is_on((d), (array)->at[i_].start, (array)->at[i_].end, &met_); \
            (place)[i_] = gone_ ? FACT_NONE : kept_;                           \
            if (!gone_)                                                        \
                (array)->at[kept_++] = (array)->at[i_];                        \
        }                                                                      \
        (array)->count = kept_;                                                \
    } while (0)

static void reject_figure(struct arena *arena, struct facts *facts,
                          const struct decision *d)
{
    uint32_t *place;

    TAKE_OUT(arena, &facts->figure, d, place);
    for (uint32_t i = 0; i < facts->figure.count; i++) {
        struct figure *f = &facts->figure.at[i];

        if (f->subset_of != FACT_NONE)
            f->subset_of = place[f->subset_of];
    }
}

static void reject_event(struct arena *arena, struct facts *facts,
                         const struct decision *d)
{
    uint32_t *place;

    TAKE_OUT(arena, &facts->event, d, place);
    for (uint32_t i = 0; i < facts->figure.count; i++) {
        struct figure *f = &facts->figure.at[i];

        if (f->event != FACT_NONE)
            f->event = place[f->event];
    }
}

/* ---- one decision ---- */

#define EACH(array, d, element, act)                            \
    for (uint32_t i_ = 0; i_ < (array)->count; i_++) {          \
        (element) = &(array)->at[i_];                           \
        if (is_on((d), (element)->start, (element)->end, &met)) \
            act;                                                \
    }

static void apply(struct arena *arena, struct facts *facts, const struct decision *d)
{
    struct figure *figure;
    struct event *event;
    struct statement *statement;
    uint32_t *place;
    int64_t met = 0;

    if (str_eq(d->kind, STR("figure"))) {
        if (d->reject)
            reject_figure(arena, facts, d);
        else
            EACH(&facts->figure, d, figure, edit_figure(arena, facts, figure, d));
    } else if (str_eq(d->kind, STR("event"))) {
        if (d->reject)
            reject_event(arena, facts, d);
        else
            EACH(&facts->event, d, event, edit_event(arena, event, d));
    } else if (str_eq(d->kind, STR("statement"))) {
        if (d->reject)
            TAKE_OUT(arena, &facts->statement, d, place);
        else
            EACH(&facts->statement, d, statement,
                 edit_statement(arena, facts, statement, d));
    }
}

void review_apply(struct arena *arena, struct facts *facts, struct str line)
{
    json_t *all, *list, *one;
    size_t i;

    if (str_find(line, STR("\"reviews\":")) == STR_NPOS)
        return;
    all = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL);
    list = json_object_get(all, "reviews");
    json_array_foreach(list, i, one)
    {
        struct decision d;

        if (decision_of(facts->text->article->text, one, &d))
            apply(arena, facts, &d);
    }
    json_decref(all);
}
