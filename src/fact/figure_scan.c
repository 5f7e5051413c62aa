#include "fact/figure_scan.h"

#include "fact/event_tree.h"
#include "fact/figure_noun.h"
#include "fact/verb_form.h"

#define TRIGGER_WORDS 6 /* of the longest trigger in the lexicon */
#define AGES_TOKENS 12  /* of a list of ages: "ages 25, 26, and 33" */
#define NUMBER_OF_FAR 6 /* tokens between "the number of" and what they do */

static const struct token *token_at(const struct scan *s, uint32_t i)
{
    return &s->text->token.at[i];
}

bool scan_is(const struct scan *s, uint32_t token, const char *word)
{
    return token < s->end && token >= s->first &&
           str_eq(token_at(s, token)->lower, str_from(word));
}

bool scan_is_any(const struct scan *s, uint32_t token, const char *words)
{
    return token >= s->first && token < s->end &&
           str_in(token_at(s, token)->lower, words);
}

static enum frame frame_of(struct str name)
{
    static const struct {
        struct str name;
        enum frame frame;
    } frames[] = {
        { STR_INIT("verb"), FRAME_VERB },   { STR_INIT("fall"), FRAME_FALL },
        { STR_INIT("state"), FRAME_STATE }, { STR_INIT("noun"), FRAME_NOUN },
        { STR_INIT("toll"), FRAME_TOLL },   { STR_INIT("act"), FRAME_ACT },
        { STR_INIT("move"), FRAME_MOVE },
    };

    for (size_t i = 0; i < COUNT(frames); i++)
        if (str_eq(name, frames[i].name))
            return frames[i].frame;
    return FRAME_VERB;
}

static enum measure measure_of(struct str name)
{
    for (int m = MEASURE_KILLED; m <= MEASURE_SURRENDERED; m++)
        if (str_eq(name, str_from(measure_name((enum measure)m))))
            return (enum measure)m;
    return MEASURE_OTHER;
}

static void add_frame(struct trigger *t, const struct lex_entry *e)
{
    enum frame frame = frame_of(e->field[LEX_TOLLS_FRAME]);
    enum measure measure = measure_of(e->field[LEX_TOLLS_MEASURE]);

    t->frames |= frame;
    switch (frame) {
    case FRAME_STATE:
        if (!(t->frames & FRAME_VERB))
            t->measure = measure;
        break;
    case FRAME_VERB: t->measure = measure; break;
    case FRAME_MOVE:
        t->frames |= FRAME_FALL;
        t->fall = measure;
        break;
    case FRAME_FALL: t->fall = measure; break;
    case FRAME_NOUN: t->noun = measure; break;
    case FRAME_TOLL: t->toll = measure; break;
    case FRAME_ACT: t->act = measure; break;
    case FRAME_NONE: break;
    }
}

static bool only_verbs(const struct lex_entry *e)
{
    for (uint32_t k = 0; k <= e->same; k++) {
        enum frame f = frame_of(e[k].field[LEX_TOLLS_FRAME]);

        if (f == FRAME_VERB || f == FRAME_FALL)
            return true;
    }
    return false;
}

/* "killing" is a form of "kill" besides the noun that the lexicon has. */
static const struct lex_entry *verb_of(const struct token *t)
{
    const struct lex_entry *e = verb_entry_of_stem(&lex_tolls, t->lower);

    if (!e && t->upos == UPOS_VERB) /* "bit" */
        e = lex_find(&lex_tolls, t->lemma);
    return e && only_verbs(e) ? e : NULL;
}

static bool hangs_on_preposition(const struct token *t)
{
    return t->rel == DEPREL_OBL || t->rel == DEPREL_OBL_AGENT || t->rel == DEPREL_NMOD;
}

/* On the verb, or on its object: "sent five people to hospitals". */
static bool is_under(const struct scan *s, uint32_t verb, uint32_t noun)
{
    const struct token *n = token_at(s, noun);
    const struct token *up;

    if (n->head == verb)
        return n->rel != DEPREL_NMOD;
    if (n->rel != DEPREL_NMOD || n->head < s->first || n->head >= s->end)
        return false;
    up = token_at(s, n->head);
    return up->head == verb && up->rel == DEPREL_OBJ;
}

/* The entry of the verb with this noun, "block road" or, with its preposition, "participate
 * in march"; or NULL. */
static const struct lex_entry *pair_with(const struct scan *s, uint32_t verb,
                                         uint32_t noun)
{
    const struct token *n = token_at(s, noun);
    struct str name = n->upos == UPOS_PROPN ? n->lower : n->lemma;
    struct str word[3] = { token_at(s, verb)->lemma, name };
    const struct lex_entry *e;
    uint32_t words = 2, used = 0;

    if (!is_under(s, verb, noun) || (n->rel != DEPREL_OBJ && !hangs_on_preposition(n)))
        return NULL;
    if (n->rel != DEPREL_OBJ) {
        uint32_t preposition = tree_child(s->text, noun, DEPREL_CASE);

        if (preposition == TOKEN_NONE)
            return NULL;
        word[1] = token_at(s, preposition)->lower;
        word[2] = name;
        words = 3;
    }
    e = lex_longest(&lex_toll_pairs, word, words, &used);
    return used == words ? e : NULL;
}

/* A verb whose noun tells what happened, whatever stands between: "blocked the main road to
 * Karsk", "suffered severe burns". */
static const struct lex_entry *pair_of(const struct scan *s, uint32_t verb)
{
    const struct lex_entry *e = NULL;

    if (token_at(s, verb)->upos != UPOS_VERB ||
        !lex_may_begin(&lex_toll_pairs, token_at(s, verb)->lemma))
        return NULL;
    for (uint32_t i = verb + 1; i < s->end && !e; i++)
        e = pair_with(s, verb, i);
    return e;
}

static void add_entry(struct trigger *t, const struct lex_entry *e)
{
    for (uint32_t k = 0; e && k <= e->same; k++)
        add_frame(t, &e[k]);
}

/* The verb of a form like "killing" or "arrests", without its uses as a noun. */
static void add_verb(struct trigger *t, const struct lex_entry *e)
{
    for (uint32_t k = 0; e && k <= e->same; k++) {
        enum frame f = frame_of(e[k].field[LEX_TOLLS_FRAME]);

        if (f == FRAME_VERB || f == FRAME_FALL)
            add_frame(t, &e[k]);
    }
}

/* "driven from their homes" has the verb and its noun already. */
static bool tells_same(const struct lex_entry *words, const struct lex_entry *pair)
{
    return words &&
           str_eq(words->field[LEX_TOLLS_MEASURE], pair->field[LEX_TOLL_PAIRS_MEASURE]);
}

static void find_triggers(struct scan *s)
{
    struct str word[TRIGGER_WORDS];

    for (uint32_t i = s->first, used; i < s->end; i += used) {
        const struct lex_entry *e = NULL, *verb = NULL, *pair;
        struct trigger *t;
        uint32_t n;

        used = 1;
        if (lex_may_begin(&lex_tolls, token_at(s, i)->lower)) {
            for (n = 0; n < TRIGGER_WORDS && i + n < s->end; n++)
                word[n] = token_at(s, i + n)->lower;
            e = lex_longest(&lex_tolls, word, n, &used);
        }
        if (!e)
            used = 1;
        pair = pair_of(s, i); /* "picked up six men from a raft": not arrested */
        if (pair && !tells_same(e, pair)) {
            e = pair;
            used = 1;
        }
        if (used == 1)
            verb = pair ? NULL : verb_of(token_at(s, i));
        if (!e && !verb)
            continue;
        t = PUSH(s->arena, &s->trigger);
        *t = (struct trigger){ .first = i, .end = i + used, .entry = { e, verb } };
        add_entry(t, e);
        add_verb(t, verb);
    }
}

/* The measure that a trigger gives to a number of people it is true of. */
static enum measure measure_told(const struct trigger *t)
{
    if (t->frames & (FRAME_VERB | FRAME_STATE))
        return t->measure;
    if (t->frames & FRAME_FALL)
        return t->fall;
    return t->frames & FRAME_NOUN ? t->noun : MEASURE_OTHER;
}

/* "the number of people driven from their homes", "its count of the dead": such a number
 * follows as a toll's does. */
static void find_numbers_of(struct scan *s)
{
    for (uint32_t k = 0; k < s->trigger.count; k++) {
        struct trigger *t = &s->trigger.at[k];
        uint32_t i = t->first;

        if (t->frames & FRAME_TOLL || measure_told(t) == MEASURE_OTHER)
            continue;
        while (i > s->first && t->first - i < NUMBER_OF_FAR &&
               !scan_is(s, i - 1, "of") &&
               scan_is_any(s, i - 1,
                           "people|persons|the|those|confirmed|civilians|officers|"
                           "soldiers|being|children|residents|officially|reported|"
                           "troops|protesters|who|have|had|were|are|been|known|"
                           "villagers|fatally|patients|still|feared|listed|as|it"))
            i--;
        if (i >= s->first + 2 && scan_is(s, i - 1, "of") &&
            scan_is_any(s, i - 2, "number|numbers|count|tally|total|estimate|figure")) {
            *t = (struct trigger){ .first = i - 2,
                                   .end = t->end,
                                   .frames = FRAME_TOLL,
                                   .toll = measure_told(t),
                                   .entry = { t->entry[0], t->entry[1] } };
        }
    }
}

const struct trigger *scan_trigger_at(const struct scan *s, uint32_t token)
{
    for (uint32_t i = 0; i < s->trigger.count; i++)
        if (s->trigger.at[i].first <= token && token < s->trigger.at[i].end)
            return &s->trigger.at[i];
    return NULL;
}

static bool is_month(struct str w)
{
    return str_in(w,
                  "january|february|march|april|may|june|july|august|september|"
                  "october|november|december|jan|jan.|feb|feb.|mar|mar.|apr|apr.|jun|"
                  "jul|aug|aug.|sep|sep.|sept|sept.|oct|oct.|nov|nov.|dec|dec.");
}

static bool capital(const struct scan *s, uint32_t i)
{
    return ascii_is_upper(token_at(s, i)->form.ptr[0]);
}

/* "men, ages 25, 26, and 33, were injured", "aged between 20 and 37", "both 21, were
 * killed": numbers that tell how old somebody is, up to one with a noun of its own. */
static bool is_among_ages(const struct scan *s, uint32_t i, uint32_t end,
                          const struct amount *a)
{
    static const char between[] = ",|and|or|to|-|–|between|from|of|the";
    uint32_t at = i;

    if (a->high >= 110 || (end < s->end && token_at(s, end)->upos == UPOS_NOUN))
        return false;
    if (i > s->first && scan_is(s, i - 1, "both"))
        return scan_is(s, end, ",");
    if (a->high > a->low && i > s->first && token_at(s, i - 1)->upos == UPOS_NOUN)
        return true; /* "149 men and one woman between 19 and 97" */
    while (at > s->first && at + AGES_TOKENS > i &&
           (token_at(s, at - 1)->upos == UPOS_NUM || scan_is_any(s, at - 1, between)))
        at--;
    return at > s->first && scan_is_any(s, at - 1, "ages|aged");
}

/* "COVID-19", "MH-17": the number of a name. */
static bool ends_name(const struct scan *s, uint32_t i)
{
    return i >= s->first + 2 && scan_is_any(s, i - 1, "-|‑|‐") &&
           token_at(s, i - 1)->end == token_at(s, i)->start &&
           token_at(s, i - 2)->end == token_at(s, i - 1)->start && capital(s, i - 2);
}

/* Digits that are the day of a date, a year, an age in commas, or the number of a thing
 * ("Section 144", "Flight 370", "Point 1607", "No. 5"). */
static bool is_label(const struct scan *s, uint32_t i, uint32_t end,
                     const struct amount *a)
{
    static const char labels[] =
        "section|article|flight|highway|route|act|chapter|phase|boeing|no|no.|nos|"
        "number|"
        "room|gate|level|channel|point|page|version|vol|volume|point|interstate|group|"
        "hill|line|terminal|platform|block|sector|zone|ward|district|division|unit|"
        "brigade|battalion|squadron|resolution|rule|clause|paragraph|paragraph|part|"
        "day|week|grade|class|category|type|mark|figure|table|area|aged|age|since|at "
        "age|"
        "psalm|round|stage|episode|season|formula|world|covid|magnitude|camp|pier|#|"
        "airbus|apollo|sukhoi|mig|ak|su|t|f|m|h";

    if (!a->vague && is_among_ages(s, i, end, a))
        return true;
    if (a->spelled || a->vague)
        return false;
    if (scan_is_any(s, end, "year|month|week|day") &&
        (scan_is(s, end + 1, "old") || scan_is(s, end + 2, "old")))
        return !scan_is_any(s, i - (i > s->first), "a|an|the"); /* "16 year-old Ivo" */
    if (ends_name(s, i))
        return true;
    if (i > s->first && is_month(token_at(s, i - 1)->lower) && capital(s, i - 1))
        return true;
    if (end < s->end && is_month(token_at(s, end)->lower) && capital(s, end))
        return true;
    if (i > s->first && scan_is_any(s, i - 1, labels) &&
        (capital(s, i - 1) || scan_is_any(s, i - 1, "aged|age|#|no.|magnitude|since")))
        return true;
    if (scan_is_any(s, end,
                    "gmt|utc|a.m.|p.m.|am|pm|a.m|p.m|hours|hrs|o'clock|km|local"))
        return !scan_is(s, end, "local");
    /* ", 26," is an age */
    return i > s->first && scan_is(s, i - 1, ",") && a->high < 110 && a->bare &&
           scan_is_any(s, end, ",|)|.|-|–|—|(") && i >= s->first + 2 &&
           capital(s, i - 2);
}

/* "2016 candidate": a singular noun is not counted by thousands. */
static bool is_single(const struct scan *s, const struct counted *c)
{
    return c->head != TOKEN_NONE && token_at(s, c->head)->xpos != XPOS_NNS &&
           !str_ends(token_at(s, c->head)->lower, STR("s")) &&
           !scan_is_any(s, c->head,
                        "people|police|troops|men|women|children|personnel");
}

/* "killed in 2019": four digits that nothing counts. */
static bool is_year(const struct scan *s, const struct counted *c)
{
    return c->amount.bare && c->amount.low >= 1850 && c->amount.low < 2100 &&
           (!c->people || is_single(s, c));
}

static bool amount_at(struct scan *s, uint32_t i, struct counted *c)
{
    uint32_t stop = s->text->sentence.at[token_at(s, i)->sentence].end;
    uint32_t start = token_at(s, i)->start;
    size_t n;

    *c = (struct counted){ .first = i };
    n = amount_read(s->arena, str_slice(s->text->article->text, start, stop),
                    &c->amount);
    if (n == 0)
        return false;
    for (c->end = i; c->end < s->end && token_at(s, c->end)->start < start + n;)
        c->end++;
    /* "the toll rose from 40 to 44": two numbers, no range */
    if (scan_is(s, i - (i > s->first), "from") &&
        str_find_char(c->amount.op, '-') != STR_NPOS)
        return false;
    /* the number must end where a token ends, or a word is cut */
    if (token_at(s, c->end - 1)->end != start + n)
        return false;
    c->num_start = start + (uint32_t)c->amount.num;
    c->num_end = c->num_start + (uint32_t)c->amount.num_len;
    return !c->amount.compound && !is_label(s, i, c->end, &c->amount);
}

/* "half", "percent", currency and the like make it no count of people. */
static bool counts_things(const struct scan *s, const struct counted *c)
{
    return scan_is_any(s, c->end, "%|percent|per|pc|cent|th|st|degrees|times") ||
           (c->first > s->first &&
            amount_currency(token_at(s, c->first - 1)->form) > 0) ||
           amount_currency(token_at(s, c->first)->form) > 0;
}

/* "a third succumbed", "a seventh man": one more; a third of something is no count. */
static bool is_ordinal_at(const struct scan *s, uint32_t i)
{
    return scan_is(s, i, "a") &&
           scan_is_any(s, i + 1,
                       "second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth");
}

/* "another" alone: "killed one soldier and wounded another". */
static bool another_at(struct scan *s, uint32_t i, struct counted *c)
{
    uint32_t words = scan_is(s, i, "another") ? 1 : is_ordinal_at(s, i) ? 2 : 0;

    if (words == 0)
        return false;
    *c = (struct counted){ .first = i, .end = i + words, .head = TOKEN_NONE };
    c->num_start = token_at(s, i)->start;
    c->num_end = token_at(s, i)->end;
    c->amount = (struct amount){ .low = 1, .high = 1, .op = STR("1"), .more = true };
    noun_read(s, c);
    c->article = true;
    return c->people || (c->silent && (words == 1 || !scan_is(s, c->end, "of")));
}

/* "No", "some", "many" in front of what is no noun for people are no counts. */
static bool worth_keeping(const struct scan *s, const struct counted *c)
{
    if (counts_things(s, c) || is_year(s, c))
        return false;
    if (c->amount.vague && c->amount.low == 0 && c->silent)
        return scan_is_any(s, c->first, "no|nobody|none") &&
               (!scan_is(s, c->end - 1, "no") || scan_trigger_at(s, c->end));
    return true;
}

static bool counted_at(struct scan *s, uint32_t i, struct counted *c)
{
    if (amount_may_begin(token_at(s, i)->lower) && amount_at(s, i, c)) {
        noun_read(s, c);
        /* "one policeman" is read as "a policeman" is */
        return worth_keeping(s, c);
    }
    return another_at(s, i, c) || noun_read_bare(s, i, c);
}

static void find_counted(struct scan *s)
{
    struct counted c;

    for (uint32_t i = s->first; i < s->end;) {
        if (counted_at(s, i, &c)) {
            *PUSH(s->arena, &s->counted) = c;
            i = c.end > i ? c.end : i + 1;
        } else {
            i++;
        }
    }
}

void scan_sentence(struct scan *s, const struct sentence *sentence)
{
    s->first = sentence->first;
    s->end = sentence->first + sentence->tokens;
    s->counted.count = 0;
    s->trigger.count = 0;
    find_triggers(s);
    find_numbers_of(s);
    find_counted(s);
}

struct counted *scan_counted_at(struct scan *s, uint32_t token)
{
    while (scan_is_any(s, token, "\"|“|‘|''|``|'|the|those|also"))
        token++;
    for (uint32_t i = 0; i < s->counted.count; i++)
        if (s->counted.at[i].first <= token && token < s->counted.at[i].end &&
            token <= s->counted.at[i].first + 1)
            return &s->counted.at[i];
    return NULL;
}
