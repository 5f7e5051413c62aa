#include "fact/figure_scope.h"

#include <stdlib.h>

#include "fact/bond.h"
#include "fact/event_tree.h"
#include "fact/trace.h"

#define BEHIND \
    8 /* tokens behind a number in which a place is its own where no tree tells */
#define PART_NEAR \
    4 /* tokens from a part, "50 of them in", to the place that is its own */
#define NEXT \
    2 /* the same whatever the tree tells: "44 people in Haiti", "four more in Cuba" */
#define FRONT 2 /* tokens before the preposition of a place that opens a sentence */

/* The name of a place as it stands in the text, or "there". */
struct spot {
    uint32_t first, tokens;
    uint32_t actor;
};

struct scope {
    struct facts *facts;
    const struct text *text;
    ARRAY(struct spot) spot; /* by first token */
};

/* A toll by tokens. */
struct count {
    struct figure *figure;
    uint32_t first, end;        /* its words */
    uint32_t happening;         /* the word that tells what happened */
    uint32_t from, before;      /* where the tolls beside it end and begin */
    const struct figure *other; /* all tolls of the sentence */
    uint32_t others;
};

static const struct token *token_at(const struct scope *s, uint32_t i)
{
    return &s->text->token.at[i];
}

static uint32_t token_from(const struct text *text, uint32_t byte)
{
    const struct sentence *s = &text->sentence.at[text_sentence_at(text, byte)];
    uint32_t i = s->first;

    while (i < s->first + s->tokens && text->token.at[i].end <= byte)
        i++;
    return i;
}

/* ---- places of the text ---- */

static int by_token(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

static void find_names(struct arena *arena, struct scope *s)
{
    for (uint32_t a = 0; a < s->facts->actor.count; a++) {
        const struct actor *actor = &s->facts->actor.at[a];

        if (actor->type != ENTITY_PLACE)
            continue;
        for (uint32_t i = 0; i < actor->mention.count; i++) {
            const struct mention *m = &actor->mention.at[i];

            if (m->kind == MENTION_NAME)
                *PUSH(arena, &s->spot) = (struct spot){ m->first, m->tokens, a };
        }
    }
    if (s->spot.count > 1)
        qsort(s->spot.at, s->spot.count, sizeof *s->spot.at, by_token);
}

/* "Orlan, where nine had died", "two had died there": an adverb for the place before it,
 * of this sentence or the one before. */
static bool points_to_place(const struct scope *s, uint32_t i)
{
    const struct token *t = token_at(s, i);

    return str_in(t->lower, "there|where") && t->upos == UPOS_ADV;
}

static void find_pointers(struct arena *arena, struct scope *s)
{
    uint32_t names = s->spot.count, next = 0;

    for (uint32_t i = 0; i < s->text->token.count; i++) {
        while (next < names && s->spot.at[next].first < i)
            next++;
        if (next == 0 || !points_to_place(s, i))
            continue;
        if (token_at(s, i)->sentence -
                token_at(s, s->spot.at[next - 1].first)->sentence <=
            1)
            *PUSH(arena, &s->spot) = (struct spot){ i, 1, s->spot.at[next - 1].actor };
    }
    if (s->spot.count > names)
        qsort(s->spot.at, s->spot.count, sizeof *s->spot.at, by_token);
}

/* The first spot from token i on. */
static uint32_t spot_from(const struct scope *s, uint32_t i)
{
    uint32_t low = 0, high = s->spot.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->spot.at[middle].first < i)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- a place and a count ---- */

/* "from Orlan to Karsk", "12,000 fled from Orlan": where they were; "soldiers from Orlan"
 * and "taken to Orlan" are other things. */
static bool tells_where(const struct scope *s, const struct count *c,
                        uint32_t preposition, const struct spot *at)
{
    struct str word = token_at(s, preposition)->lower;
    uint32_t end = at->first + at->tokens;

    if (str_eq(word, STR("from")))
        return c->figure->measure == MEASURE_DISPLACED ||
               (end < s->text->token.count &&
                str_eq(token_at(s, end)->lower, STR("to")));
    if (str_eq(word, STR("between"))) /* "the war between the league and Drovnia" */
        return preposition + 1 == at->first;
    return !str_in(word, "to|into|through");
}

/* "a bomb that went off in Karsk killed nine", "nine deaths reported in Karsk": where what
 * killed them was, or they were. */
static bool of_the_cause(const struct scope *s, const struct count *c,
                         const struct spot *at)
{
    uint32_t verb = bond_predicate(s->text, bond_head(s->text, at->first, at->tokens));
    const struct token *t = verb == TOKEN_NONE ? NULL : token_at(s, verb);

    return t && (t->rel == DEPREL_ACL || t->rel == DEPREL_ACL_RELCL) &&
           t->head <= c->happening &&
           bond_predicate(s->text, t->head) == bond_predicate(s->text, c->happening);
}

/* "Haiti's toll", "Karsk's dead"; "12,000 fled Karsk", "fled the town of Karsk" */
static bool owns(const struct scope *s, const struct count *c, const struct spot *at)
{
    const struct token *t = token_at(s, bond_head(s->text, at->first, at->tokens));

    if (c->figure->measure == MEASURE_DISPLACED && t->rel == DEPREL_NMOD &&
        t->head != TOKEN_NONE && token_at(s, t->head)->rel == DEPREL_OBJ)
        t = token_at(s, t->head);
    if (c->figure->measure == MEASURE_DISPLACED && t->rel == DEPREL_OBJ)
        return t->head == c->happening;
    return t->rel == DEPREL_NMOD_POSS &&
           (t->head == c->happening || (t->head >= c->first && t->head < c->end));
}

/* Whether the token is a word of another toll, or of a number that is none: "nine deaths
 * in Karsk and one in Orlan". */
static bool is_of_another(const struct scope *s, const struct count *c, uint32_t token)
{
    const struct token *t = token_at(s, token);

    if (token >= c->first && token < c->end)
        return false;
    if (t->upos == UPOS_NUM && t->rel != DEPREL_NUMMOD)
        return true;
    for (uint32_t i = 0; i < c->others; i++)
        if (t->start < c->other[i].end && t->end > c->other[i].start &&
            c->other[i].measure == c->figure->measure && token != c->happening)
            return true;
    return false;
}

/* "67 in the islands, 51 of them in Karsk": Karsk hangs on the 51. */
static bool hangs_on_another(const struct scope *s, const struct count *c,
                             const struct spot *at)
{
    uint32_t i = bond_head(s->text, at->first, at->tokens);

    for (uint32_t k = 0; k < c->others; k++) /* "50 of them in Karsk" */
        if (c->other[k].subset_of != FACT_NONE &&
            &s->facts->figure.at[c->other[k].subset_of] == c->figure &&
            token_from(s->text, c->other[k].end) <= at->first &&
            token_from(s->text, c->other[k].end) + PART_NEAR >= at->first)
            return true;
    for (uint32_t step = 0; step < TREE_DEPTH && i != TOKEN_NONE; step++) {
        if (token_at(s, i)->upos == UPOS_VERB || i == c->happening)
            return false;
        if (step > 0 && is_of_another(s, c, i))
            return true;
        i = token_at(s, i)->head;
    }
    return false;
}

/* "In Karsk, police said nine people had died", "And near Orlan, two more were held": said
 * of all that follows. */
static bool is_in_front(const struct scope *s, const struct count *c,
                        const struct spot *at, uint32_t preposition)
{
    uint32_t first = tree_sentence(s->text, c->first).first;

    if (at->first >= c->first || preposition == TOKEN_NONE)
        return false;
    for (uint32_t i = first; i < preposition; i++)
        if (!(1u << token_at(s, i)->upos &
              (1u << UPOS_ADV | 1u << UPOS_CCONJ | 1u << UPOS_PUNCT)))
            return false;
    return true;
}

/* "He was taken to Mercy Hospital and died there", "pronounced dead at the hospital": where
 * they were treated. */
static bool is_where_treated(const struct scope *s, const struct count *c,
                             const struct spot *at)
{
    uint32_t verb = bond_predicate(s->text, c->happening);

    return str_find(s->facts->actor.at[at->actor].name, STR("Hospital")) != STR_NPOS &&
           verb != TOKEN_NONE &&
           str_in(token_at(s, verb)->lemma, "die|pronounce|succumb|treat|take|bring");
}

/* "a dam on the Tesna river burst": where the dam is, more or less. */
static bool is_water_beside(const struct scope *s, const struct count *c,
                            const struct spot *at, uint32_t preposition)
{
    uint32_t noun = preposition - 1;

    return preposition != TOKEN_NONE && preposition > 0 &&
           str_in_fold(token_at(s, at->first + at->tokens - 1)->form,
                       "river|lake|canal|creek") &&
           token_at(s, noun)->upos == UPOS_NOUN && noun != c->happening &&
           !(noun >= c->first && noun < c->end);
}

/* "killed 200, more than the floods in Orlan", "the worst attack since a blast in Orlan" */
static bool is_compared(const struct scope *s, const struct count *c,
                        const struct spot *at)
{
    for (uint32_t i = c->end; i < at->first; i++)
        if (str_in(token_at(s, i)->lower, "than|compared|worst|deadliest|after"))
            return true;
    return false;
}

/* How the place belongs to the count; FOREIGN: not at all. */
static enum bond bond_with(const struct scope *s, const struct count *c,
                           const struct spot *at)
{
    uint32_t preposition = bond_preposition(s->text, at->first);
    enum bond bond;

    if (owns(s, c, at))
        return BOND_OWN;
    if (!points_to_place(s, at->first) &&
        (preposition == TOKEN_NONE || !tells_where(s, c, preposition, at)))
        return BOND_FOREIGN;
    if (is_where_treated(s, c, at) || is_compared(s, c, at) ||
        is_water_beside(s, c, at, preposition))
        return BOND_FOREIGN;
    if (preposition >= c->end && preposition < c->end + NEXT && preposition < c->before)
        return BOND_OWN;
    if (hangs_on_another(s, c, at))
        return BOND_FOREIGN;
    bond = bond_of(s->text, c->happening, at->first, at->tokens);
    if (bond <= BOND_SHARED)
        return bond;
    if (is_in_front(s, c, at, preposition))
        return BOND_SHARED;
    if (of_the_cause(s, c, at))
        return BOND_LOOSE;
    return bond == BOND_LOOSE && at->first >= c->end && at->first < c->end + BEHIND
               ? BOND_LOOSE
               : BOND_FOREIGN;
}

/* The place from first on that belongs to the count best, the first of such; *bond is how
 * well one known already does. */
static uint32_t best_place(const struct scope *s, const struct count *c,
                           struct tree_range range, enum bond *bond)
{
    uint32_t found = FACT_NONE;

    for (uint32_t i = spot_from(s, range.first);
         i < s->spot.count && s->spot.at[i].first < range.end; i++) {
        enum bond b = bond_with(s, c, &s->spot.at[i]);

        if (b >= *bond)
            continue;
        *bond = b;
        found = s->spot.at[i].actor;
    }
    return found;
}

/* ---- counts by tokens ---- */

/* The tolls of the figure's sentence: a run of facts.figure. */
static void find_others(const struct scope *s, uint32_t figure, struct count *c)
{
    const struct figure *f = s->facts->figure.at;
    uint32_t sentence = text_sentence_at(s->text, f[figure].start), first = figure,
             end = figure + 1;

    while (first > 0 && text_sentence_at(s->text, f[first - 1].start) == sentence)
        first--;
    while (end < s->facts->figure.count &&
           text_sentence_at(s->text, f[end].start) == sentence)
        end++;
    c->other = f + first;
    c->others = end - first;
}

static struct count count_of(const struct scope *s, uint32_t figure)
{
    struct figure *f = &s->facts->figure.at[figure];
    struct count c = { .figure = f, .first = token_from(s->text, f->start) };

    for (c.end = c.first + 1;
         c.end < s->text->token.count && token_at(s, c.end)->start < f->end; c.end++)
        ;
    c.happening = f->trigger != TOKEN_NONE ? f->trigger : c.end - 1;
    if (token_at(s, c.happening)->rel == DEPREL_COMPOUND &&
        token_at(s, c.happening)->head != TOKEN_NONE)
        c.happening = token_at(s, c.happening)->head; /* "death toll" */
    find_others(s, figure, &c);
    return c;
}

/* Whether a figure bounds the stretch of text in which the count's place is looked for:
 * "44 in Haiti, 11 in Cuba"; not its own parts, nor "nine killed and 20 injured in Karsk". */
static bool bounds(const struct scope *s, const struct count *c, const struct figure *f)
{
    uint32_t whole = f->subset_of;

    return f != c->figure && f->measure == c->figure->measure &&
           (whole == FACT_NONE || &s->facts->figure.at[whole] != c->figure);
}

static void bound(const struct scope *s, struct count *c)
{
    struct tree_range range = tree_sentence(s->text, c->first);

    c->from = range.first;
    c->before = range.end;
    for (uint32_t i = 0; i < c->others; i++) {
        const struct figure *f = &c->other[i];

        if (!bounds(s, c, f))
            continue;
        if (f->start < c->figure->start)
            c->from = token_from(s->text, f->end);
        else if (c->before == range.end)
            c->before = token_from(s->text, f->start);
    }
}

static uint32_t place_of(const struct scope *s, struct count *c)
{
    struct tree_range range = tree_sentence(s->text, c->first);
    enum bond bond = BOND_FOREIGN;
    uint32_t behind, ahead;

    bound(s, c);
    behind = best_place(s, c, (struct tree_range){ c->end, c->before }, &bond);
    if (c->from > range.first && behind != FACT_NONE)
        return behind;
    ahead = best_place(s, c, (struct tree_range){ c->from, c->first }, &bond);
    if (ahead != FACT_NONE || behind != FACT_NONE)
        return ahead != FACT_NONE ? ahead : behind;
    if (c->figure->subset_of != FACT_NONE)
        return s->facts->figure.at[c->figure->subset_of].place;
    return FACT_NONE;
}

/* "In Karsk, nine were killed and then two more": what opens the sentence is said of each;
 * "two soldiers and nine farmers died in Karsk": so is what ends it. */
static void share_place(const struct scope *s, struct count *c)
{
    struct tree_range range = tree_sentence(s->text, c->first);
    enum bond bond = BOND_FOREIGN;
    uint32_t shared = FACT_NONE;

    for (uint32_t i = 0; i < c->others; i++) {
        const struct figure *f = &c->other[i];

        if (f->measure != c->figure->measure || f->trigger != c->figure->trigger ||
            f->start <= c->figure->start || f->place == FACT_NONE)
            continue;
        if (f->subset_of != FACT_NONE || (shared != FACT_NONE && shared != f->place))
            return; /* "200, 50 of them in Karsk", "20, eight in Karsk and 12 in Orlan" */
        shared = f->place;
    }
    if (range.end > range.first + BEHIND)
        range.end = range.first + BEHIND;
    c->figure->place = shared != FACT_NONE ? shared : best_place(s, c, range, &bond);
}

/* ---- time ---- */

/* "The toll rose to 44 on Saturday", "nine deaths were reported on Monday": the day on
 * which they were counted.  "claimed nine lives on Monday" is the day of their deaths. */
static bool is_counting(const struct scope *s, const struct count *c,
                        const struct when *w)
{
    const struct token *t = token_at(s, c->happening);
    uint32_t head = bond_head(s->text, w->first, w->tokens);

    if (t->upos != UPOS_NOUN || tree_reaches(s->text, head, c->happening, 3) ||
        (t->rel != DEPREL_NSUBJ && t->rel != DEPREL_NSUBJ_PASS))
        return false;
    return t->head == TOKEN_NONE ||
           !str_in(token_at(s, t->head)->lemma, "be|occur|happen|follow|come");
}

static struct str word_before(const struct scope *s, const struct when *w)
{
    return w->first > 0 ? token_at(s, w->first - 1)->lower : STR("");
}

static int32_t published(const struct scope *s)
{
    struct instant i = s->text->article->published;

    return i.precision == INSTANT_NONE ? DATE_NONE : i.day;
}

static void set_time(const struct scope *s, struct figure *f, const struct when *w)
{
    struct str word = word_before(s, w);

    if (str_eq(word, STR("since"))) {
        f->period_begin = w->begin_day;
        f->period_end = published(s) == DATE_NONE ? w->end_day : published(s);
        if (f->period_end < f->period_begin)
            f->period_begin = f->period_end = DATE_NONE;
    } else if (w->begin_day == w->end_day) {
        f->day = w->begin_day;
    } else {
        f->period_begin = w->begin_day;
        f->period_end = w->end_day;
    }
}

/* "Nine were killed on Monday and four on Tuesday": of several counts of one verb each has
 * the time that stands behind it. */
static uint32_t own_time(const struct scope *s, const struct count *c)
{
    bool several = false;

    for (uint32_t i = 0; i < c->others; i++)
        several |= &c->other[i] != c->figure && c->other[i].subset_of == FACT_NONE &&
                   c->other[i].measure == c->figure->measure &&
                   c->other[i].trigger == c->figure->trigger;
    for (uint32_t i = 0; several && i < s->facts->when.count; i++) {
        const struct when *w = &s->facts->when.at[i];

        if (w->first >= c->end && w->first < c->before && w->type != TIME_DURATION &&
            w->type != TIME_SET)
            return i;
    }
    return bond_time(s->facts, c->happening, BOND_SHARED);
}

static void find_time(const struct scope *s, const struct count *c)
{
    struct figure *f = c->figure;
    uint32_t time = own_time(s, c);
    const struct when *w;

    if (time == FACT_NONE)
        return;
    w = &s->facts->when.at[time];
    if (w->begin_day == DATE_NONE || w->end_day == DATE_NONE)
        return;
    if (str_in(word_before(s, w), "by|until|till|before|after|between|from|to"))
        return; /* the day is another one */
    f->time = time;
    if (str_eq(word_before(s, w), STR("since")) || !is_counting(s, c, w))
        set_time(s, f, w);
    else if (w->begin_day == w->end_day &&
             (published(s) == DATE_NONE || w->begin_day <= published(s)))
        f->as_of = w->begin_day;
}

void figures_scope(struct arena *arena, struct facts *facts)
{
    struct scope s = { .facts = facts, .text = facts->text };

    if (facts->figure.count == 0)
        return;
    find_names(arena, &s);
    find_pointers(arena, &s);
    for (uint32_t i = 0; i < facts->figure.count; i++)
        if (measure_is_toll(facts->figure.at[i].measure)) {
            struct count c = count_of(&s, i);

            facts->figure.at[i].place = place_of(&s, &c);
            find_time(&s, &c);
        }
    for (uint32_t i = facts->figure.count; i-- > 0;) {
        struct figure *f = &facts->figure.at[i];
        struct count c;

        if (!measure_is_toll(f->measure))
            continue;
        c = count_of(&s, i);
        if (f->place == FACT_NONE)
            share_place(&s, &c);
        if (f->place != FACT_NONE)
            trace_say(facts, TRACE_FIGURE, f->num_start, "place",
                      "“%.*s”, a place of its clause",
                      STR_ARG(facts->actor.at[f->place].name));
    }
}
