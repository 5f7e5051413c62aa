#include "fact/statement_cue.h"

#include "fact/verb_form.h"
#include "lex/lex.h"

#define SOURCE_FAR 24    /* tokens of the longest source */
#define GROUP_FAR 6      /* auxiliaries and adverbs between a source and its cue */
#define CUE_WORDS 4      /* of the longest cue in the lexicon */
#define DESCRIBED_DEEP 4 /* steps from a clause's last word to its verb */
#define TREE_DEEP 24     /* steps from a token up to the subject it belongs to */

struct reader {
    struct arena *arena;
    const struct text *text;
    const struct quotations *quotations;
    struct speeches *out;
    uint32_t first, end; /* tokens of the sentence */
    uint32_t sentence;
};

static const struct token *token_at(const struct reader *r, uint32_t i)
{
    return &r->text->token.at[i];
}

static bool is_any(const struct reader *r, uint32_t i, const char *words)
{
    return i >= r->first && i < r->end && str_in(token_at(r, i)->lower, words);
}

static bool quoted(const struct reader *r, uint32_t i)
{
    return i < r->end && r->quotations->of[i] != TOKEN_NONE;
}

static bool is_time(const struct reader *r, uint32_t i)
{
    return is_any(
        r, i,
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|"
        "tonight|yesterday|earlier|later|recently|afterwards|week|month|year|night|"
        "morning|afternoon|evening|again|once|last|this");
}

static bool is_possessive(const struct reader *r, uint32_t i)
{
    return is_any(r, i, "'s|’s|'|’") && token_at(r, i)->upos == UPOS_PART;
}

static bool is_mark(const struct token *t)
{
    return !ascii_is_word(t->form.ptr[0]) || (unsigned char)t->form.ptr[0] == 0xe2;
}

static bool is_nominal(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    if (is_mark(t))
        return is_possessive(r, i) || is_any(r, i, "-|–|&|’s|'s");
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_NUM ||
           t->upos == UPOS_ADJ || t->upos == UPOS_X || t->upos == UPOS_SYM ||
           (t->upos == UPOS_PRON && t->xpos == XPOS_PRPS);
}

static bool is_noun(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    return i >= r->first && i < r->end && !is_mark(t) &&
           (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_NUM);
}

static bool is_subject_pronoun(const struct reader *r, uint32_t i)
{
    return is_any(
        r, i,
        "he|she|they|it|we|i|you|who|which|some|many|others|most|both|one|all|"
        "few|another|everyone|nobody|several");
}

/* First token of the noun phrase that ends before `end`: "the minister of justice". */
static uint32_t one_before(const struct reader *r, uint32_t end)
{
    uint32_t i = end;

    while (i > r->first && end - i < SOURCE_FAR) {
        uint32_t k = i - 1;

        if (quoted(r, k))
            break;
        if (is_nominal(r, k)) {
            i = k;
        } else if (token_at(r, k)->upos == UPOS_DET) {
            i = k;
            if (!(k > r->first && is_any(r, k - 1, "of|for|at|with|in")))
                break;
        } else if (i < end && is_any(r, k, "of|for|at|with|in|and|from") &&
                   k > r->first && is_noun(r, k - 1)) {
            i = k;
        } else {
            break;
        }
    }
    while (i < end &&
           (is_any(r, i, "and|of|for|at|with|in|from|'s|’s|-") || is_time(r, i)))
        i++;
    return i;
}

/* A quotation, its mark, or a comma ends before token i. */
static bool speech_ends_before(const struct reader *r, uint32_t i)
{
    return i > r->first &&
           (quoted(r, i - 1) || is_any(r, i - 1, ",|”|\"|’|''|»|'|?|!"));
}

/* The same with what is joined to it behind speech: "…, residents and a doctor said". */
static uint32_t phrase_before(const struct reader *r, uint32_t end)
{
    uint32_t first = one_before(r, end), joined;

    if (first < r->first + 2 || !is_any(r, first - 1, "and") || !is_noun(r, first - 2))
        return first;
    joined = one_before(r, first - 1);
    return joined < first - 1 && speech_ends_before(r, joined) ? joined : first;
}

/* One behind the noun phrase that begins at `first`: "the mayor of Orlan". */
static uint32_t phrase_after(const struct reader *r, uint32_t first)
{
    uint32_t i = first;

    if (is_subject_pronoun(r, i))
        return i + 1;
    for (; i < r->end && i - first < SOURCE_FAR; i++) {
        if (quoted(r, i))
            break;
        if (is_nominal(r, i) || token_at(r, i)->upos == UPOS_DET)
            continue;
        if (i > first && is_any(r, i, "of|for|at|with|and|from") && i + 1 < r->end &&
            (is_nominal(r, i + 1) || token_at(r, i + 1)->upos == UPOS_DET))
            continue;
        break;
    }
    return i;
}

/* Whether some noun lies in the phrase; "Monday" alone names nobody. */
static bool names_somebody(const struct reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if ((is_noun(r, i) && !is_time(r, i)) || is_subject_pronoun(r, i) ||
            is_any(r, i, "this|that|these|those"))
            return true;
    return false;
}

static bool below(const struct reader *r, uint32_t i, uint32_t top)
{
    for (int n = 0; n < TREE_DEEP && i != TOKEN_NONE; n++) {
        if (i == top)
            return true;
        i = token_at(r, i)->head;
        if (i < r->first || i >= r->end)
            return false;
    }
    return false;
}

/* The subject that the tree gives the verb, as a span of tokens. */
static bool subject_in_tree(const struct reader *r, uint32_t verb, uint32_t *first,
                            uint32_t *end)
{
    uint32_t subject = TOKEN_NONE;

    for (uint32_t i = r->first; i < r->end; i++)
        if (token_at(r, i)->head == verb && (token_at(r, i)->rel == DEPREL_NSUBJ ||
                                             token_at(r, i)->rel == DEPREL_NSUBJ_PASS))
            subject = i;
    if (subject == TOKEN_NONE || quoted(r, subject) ||
        !names_somebody(r, subject, subject + 1))
        return false;
    *first = subject;
    *end = subject + 1;
    while (*first > r->first && below(r, *first - 1, subject) && !quoted(r, *first - 1))
        --*first;
    while (*end < r->end && *end != verb && below(r, *end, subject) && !quoted(r, *end))
        ++*end;
    while (*end > subject + 1 && is_any(r, *end - 1, ",|-|–|—|”|“|\"|’|''"))
        --*end;
    while (*first < subject && is_any(r, *first, ",|-|–|—|”|“|\"|’|''|and"))
        ++*first;
    return true;
}

/* Auxiliaries, adverbs and times between the source and the cue. */
static uint32_t group_start(const struct reader *r, uint32_t verb)
{
    uint32_t i = verb;

    while (i > r->first && verb - i < GROUP_FAR) {
        const struct token *t = token_at(r, i - 1);

        if (quoted(r, i - 1))
            break;
        if (t->upos == UPOS_AUX || t->upos == UPOS_ADV ||
            is_any(r, i - 1,
                   "has|have|had|also|not|n't|to|was|were|be|been|is|are|"
                   "quoted|as|reported|on|reportedly|further") ||
            is_time(r, i - 1))
            i--;
        else
            break;
    }
    return i;
}

/* "Mr Marek, the mayor, said": the name stands before the first of two commas. */
static uint32_t past_apposition(const struct reader *r, uint32_t comma)
{
    for (uint32_t i = comma; i > r->first && comma - i < SOURCE_FAR; i--)
        if (is_any(r, i - 1, ",") && i - 1 > r->first && is_noun(r, i - 2))
            return i - 1;
    return comma;
}

/* "residents reached by telephone said", "the agency that employs them said": the clause
 * that ends before the cue describes who speaks. */
static bool source_described(const struct reader *r, uint32_t group, uint32_t *first,
                             uint32_t *end)
{
    uint32_t i = group - 1;

    for (int n = 0; n < DESCRIBED_DEEP; n++) {
        const struct token *t = token_at(r, i);

        if (t->head < r->first || t->head >= group)
            return false;
        if ((t->rel == DEPREL_ACL || t->rel == DEPREL_ACL_RELCL) && t->head < i) {
            *end = t->head + 1;
            *first = phrase_before(r, *end);
            return *first < *end && names_somebody(r, *first, *end) &&
                   !quoted(r, *first);
        }
        i = t->head;
    }
    return false;
}

static bool source_before(const struct reader *r, uint32_t group, uint32_t *first,
                          uint32_t *end)
{
    uint32_t i = group;

    if (i > r->first && !is_any(r, i - 1, ",|)") && source_described(r, i, first, end))
        return true;

    if (i > r->first && is_any(r, i - 1, ",|)")) {
        uint32_t open = past_apposition(r, i - 1);

        if (open == i - 1)
            return false;
        *end = i - 1;
        *first = phrase_before(r, open);
        return *first < open && names_somebody(r, *first, open);
    }
    if (i > r->first && is_subject_pronoun(r, i - 1) && !quoted(r, i - 1)) {
        *first = i - 1;
        *end = i;
        return true;
    }
    *first = phrase_before(r, i);
    *end = i;
    return *first < *end && names_somebody(r, *first, *end);
}

/* "said Mr Marek" behind speech. */
static bool source_after(const struct reader *r, uint32_t cue, uint32_t cue_end,
                         uint32_t *first, uint32_t *end)
{
    if (!speech_ends_before(r, cue) || cue_end >= r->end || quoted(r, cue_end))
        return false;
    if (!is_nominal(r, cue_end) && token_at(r, cue_end)->upos != UPOS_DET &&
        !is_subject_pronoun(r, cue_end))
        return false;
    *first = cue_end;
    *end = phrase_after(r, cue_end);
    return names_somebody(r, *first, *end);
}

static enum saying kind_of(struct str name)
{
    static const char *const names[] = {
        "say", "tell", "think", "show", "to", "object"
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, str_from(names[i])))
            return (enum saying)i;
    return SAYING_SAY;
}

/* Which of a verb's uses stands here: "vowed to" and "vowed that", "asked him" and "asked
 * whether". */
static bool choose_kind(const struct reader *r, const struct lex_entry *e, uint32_t end,
                        enum saying *kind)
{
    bool has[SAYING_ACCORDING] = { false };

    for (uint32_t k = 0; k <= e->same; k++)
        has[kind_of(e[k].field[LEX_REPORTING_KIND])] = true;
    if (has[SAYING_TO] && is_any(r, end, "to")) {
        *kind = SAYING_TO;
        return true;
    }
    for (int k = SAYING_SAY; k <= SAYING_OBJECT; k++)
        if (has[k] && k != SAYING_TO) {
            *kind = (enum saying)k;
            return true;
        }
    return false;
}

static bool looks_verbal(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    if (t->upos == UPOS_VERB)
        return true;
    return is_any(r, i, "said|says|told|according|added|wrote");
}

/* The one who is told: "told reporters", "told the council". */
static uint32_t past_told(const struct reader *r, const struct speech *s, uint32_t i)
{
    if (s->kind != SAYING_TELL || i >= r->end || is_any(r, i, "that|,|:|how|why"))
        return i;
    if (token_at(r, i)->upos == UPOS_PRON)
        return i + 1;
    return phrase_after(r, i);
}

static void push(struct reader *r, struct speech s)
{
    s.sentence = r->sentence;
    *PUSH(r->arena, &r->out->at) = s;
}

static bool read_according(struct reader *r, uint32_t i)
{
    struct speech s = { .kind = SAYING_ACCORDING, .cue = i, .cue_end = i + 2 };

    if (!is_any(r, i, "according") || !is_any(r, i + 1, "to"))
        return false;
    s.source = s.cue_end;
    s.source_end = s.end = phrase_after(r, s.cue_end);
    s.first = i;
    if (s.source_end == s.source)
        return false;
    push(r, s);
    return true;
}

/* The source of the clause before in this sentence, for "and added", "saying". */
static bool share_source(const struct reader *r, struct speech *s)
{
    const struct speech *before;

    for (uint32_t k = r->out->at.count; k-- > 0;) {
        before = &r->out->at.at[k];
        if (before->sentence != r->sentence)
            break;
        if (before->source_end > before->source && before->kind != SAYING_ACCORDING) {
            s->source = before->source;
            s->source_end = before->source_end;
            s->shared = true;
            return true;
        }
    }
    return false;
}

/* A gerund or the second verb of a sentence without speech before: its first phrase. */
static bool main_subject(const struct reader *r, struct speech *s)
{
    for (uint32_t i = r->first; i < s->cue; i++) {
        uint32_t end;

        if (quoted(r, i))
            return false;
        if (is_subject_pronoun(r, i)) {
            s->source = i;
            s->source_end = i + 1;
            return true;
        }
        if (!is_nominal(r, i) && token_at(r, i)->upos != UPOS_DET)
            continue;
        if (i > r->first && token_at(r, i - 1)->upos == UPOS_ADP) {
            i = phrase_after(r, i);
            continue;
        }
        end = phrase_after(r, i);
        if (end > i && names_somebody(r, i, end)) {
            s->source = i;
            s->source_end = end;
            s->shared = true;
            return true;
        }
    }
    return false;
}

/* "are expected", "was told": whoever stands before is not the one who speaks. */
static bool is_passive(const struct reader *r, const struct speech *s)
{
    uint32_t i = s->cue;

    if (s->gerund || is_any(r, s->cue, "said|wrote") || is_any(r, s->cue + 1, "as"))
        return is_any(r, s->cue, "said") && is_any(r, s->cue + 1, "to") &&
               s->cue > r->first && is_any(r, s->cue - 1, "is|are|was|were");
    if (is_any(r, s->cue_end, "to") &&
        is_any(r, s->cue,
               "expected|known|believed|thought|reported|understood|estimated|"
               "considered|suspected|predicted|alleged|feared"))
        return true;
    while (i > r->first && s->cue - i < GROUP_FAR &&
           (token_at(r, i - 1)->upos == UPOS_ADV || is_any(r, i - 1, "not|n't|also")))
        i--;
    return i > r->first && is_any(r, i - 1, "is|are|was|were|be|been|being|'s|'re|got");
}

/* "Karsk police chief Ivo Stamm told reporters", "…, residents and a doctor said": the tree
 * may hang the first words elsewhere. */
static void widen(const struct reader *r, struct speech *s, uint32_t group)
{
    uint32_t first = s->source_end == group ? phrase_before(r, group) : s->source;

    if (first < s->source &&
        (token_at(r, s->source)->upos == UPOS_PROPN || is_any(r, s->source - 1, "and")))
        s->source = first;
}

static bool find_source(const struct reader *r, struct speech *s)
{
    uint32_t group = group_start(r, s->cue);
    bool bound = group > r->first && is_any(r, group - 1, "and|but|or|,");

    s->first = group;
    s->end = s->cue_end;
    if (is_passive(r, s))
        return false;
    if (s->gerund) {
        s->first = s->cue;
        return share_source(r, s) || main_subject(r, s);
    }
    if (subject_in_tree(r, s->cue, &s->source, &s->source_end)) {
        s->inverted = s->source > s->cue;
        widen(r, s, group);
    } else if (s->kind <= SAYING_TELL &&
               source_after(r, s->cue, s->cue_end, &s->source, &s->source_end)) {
        s->inverted = true;
    } else if (!source_before(r, group, &s->source, &s->source_end)) {
        return bound && (share_source(r, s) || main_subject(r, s));
    }
    if (s->source < s->first)
        s->first = s->source;
    if (s->source_end > s->end)
        s->end = s->source_end;
    return true;
}

/* "The crash claimed nine lives", "the group claimed victory": taken, not said. */
static bool takes(const struct reader *r, uint32_t i)
{
    if (!is_any(r, i, "claim|claims|claimed|claiming"))
        return false;
    for (uint32_t k = i + 1; k < r->end && k <= i + 5; k++)
        if (is_any(r, k, "life|lives|victim|victims|victory|credit|asylum"))
            return true;
        else if (token_at(r, k)->upos == UPOS_VERB || is_any(r, k, "that|,"))
            return false;
    return false;
}

static bool read_verb(struct reader *r, uint32_t i, uint32_t *used)
{
    struct str word[CUE_WORDS];
    struct speech s = { .cue = i };
    const struct lex_entry *e = NULL;
    uint32_t n = 0;

    for (; n < CUE_WORDS && i + n < r->end && !quoted(r, i + n); n++)
        word[n] = token_at(r, i + n)->lower;
    e = lex_longest(&lex_reporting, word, n, used);
    if (!e && (e = verb_entry(&lex_reporting, word[0])))
        *used = 1;
    if (!e || !looks_verbal(r, i) || takes(r, i))
        return false;
    s.cue_end = i + *used;
    s.gerund = str_ends(token_at(r, i)->lower, STR("ing"));
    if (!choose_kind(r, e, s.cue_end, &s.kind) || !find_source(r, &s)) {
        s.source = s.source_end = s.cue;
        s.first = s.cue;
        s.end = s.cue_end;
        return false;
    }
    if (!s.inverted)
        s.end = past_told(r, &s, s.end);
    push(r, s);
    return true;
}

struct speeches speeches_read(struct arena *arena, const struct text *text,
                              const struct quotations *quotations)
{
    struct speeches out = { 0 };
    struct reader r = {
        .arena = arena, .text = text, .quotations = quotations, .out = &out
    };

    for (uint32_t n = 0; n < text->sentence.count; n++) {
        uint32_t used;

        r.sentence = n;
        r.first = text->sentence.at[n].first;
        r.end = r.first + text->sentence.at[n].tokens;
        for (uint32_t i = r.first; i < r.end; i += used) {
            used = 1;
            if (!quoted(&r, i) && !read_according(&r, i) && !read_verb(&r, i, &used))
                used = 1;
        }
    }
    return out;
}
