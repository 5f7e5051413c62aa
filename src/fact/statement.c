#include "fact/statement.h"

#include <stdlib.h>

#include "fact/actor.h"
#include "fact/attribution_count.h"
#include "fact/event_tree.h"
#include "fact/statement_cue.h"
#include "text/dateline.h"
#include "text/word.h"

#define BODY_FAR 2         /* sentences back to the body that "it" speaks of */
#define ANTECEDENT_WORDS 8 /* of the phrase before ", which says" */
#define TO_THAT 14         /* tokens between a cue and its "that" or its quotation */
#define SCARE_WORDS 4      /* a quotation this short is somebody's word, not speech */
#define CLAUSE_LEAST 7     /* tokens that are a clause, though no verb was seen */
#define PARTS_MAX 40       /* of one statement; a longer speech is a new one */

/* What parts the content of one clause of saying from the next: "…, after police said". */
#define CLAUSE_JOINTS \
    "and|but|,|while|;|though|although|after|hours|days|minutes|whereas"

struct reader {
    struct arena *arena;
    const struct fact_tools *tools;
    struct facts *facts;
    const struct text *text;
    struct quotations quotations;
    struct speeches speeches;
    bool *taken; /* of quotations: part of a statement */
};

static const struct token *token_at(const struct reader *r, uint32_t i)
{
    return &r->text->token.at[i];
}

static const struct sentence *sentence_at(const struct reader *r, uint32_t i)
{
    return &r->text->sentence.at[i];
}

static uint32_t end_of(const struct reader *r, uint32_t sentence)
{
    return sentence_at(r, sentence)->first + sentence_at(r, sentence)->tokens;
}

static bool is_any(const struct reader *r, uint32_t i, const char *words)
{
    return i < r->text->token.count && str_in(token_at(r, i)->lower, words);
}

static bool is_mark(const struct reader *r, uint32_t i)
{
    return is_any(r, i, "”|“|\"|‘|’|''|``|«|»|'|„") &&
           r->quotations.of[i] == TOKEN_NONE;
}

static bool is_finite(const struct reader *r, uint32_t i)
{
    const struct token *t = token_at(r, i);

    return t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP ||
           t->xpos == XPOS_MD;
}

static bool has_finite(const struct reader *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (is_finite(r, i))
            return true;
    return false;
}

/* ---- a statement under construction ---- */

struct draft {
    ARRAY(struct span) parts;
    bool quoted, plain; /* has words inside, outside of quotation marks */
};

static void add_span(struct reader *r, struct draft *d, uint32_t start, uint32_t end)
{
    struct str text = r->text->article->text;

    while (start < end && ascii_is_space(text.ptr[start]))
        start++;
    while (end > start && ascii_is_space(text.ptr[end - 1]))
        end--;
    if (start < end && d->parts.count < PARTS_MAX)
        *PUSH(r->arena, &d->parts) = (struct span){ start, end };
}

static void add_quotation(struct reader *r, struct draft *d, uint32_t q)
{
    const struct quotation *quotation = &r->quotations.at.at[q];

    r->taken[q] = true;
    d->quoted = true;
    if (d->parts.count > 0) { /* next to the part before: one part */
        struct span *last = &d->parts.at[d->parts.count - 1];

        if (last->end >= quotation->open && last->end <= quotation->close)
            return;
    }
    add_span(r, d, quotation->start, quotation->end);
}

/* Where words from start to stop end that a quotation is part of: with it, and with its
 * second mark if they have the first. */
static uint32_t stop_behind(const struct quotation *q, uint32_t start, uint32_t stop)
{
    if (q->closed && q->open >= start && q->close > stop)
        return q->close;
    return q->end > stop ? q->end : stop;
}

/* Tokens first..end, marks of quotations included; their quotations are taken. */
static void add_tokens(struct reader *r, struct draft *d, uint32_t first, uint32_t end)
{
    uint32_t start, stop;

    while (first < end && is_any(r, first, ",|:|;|-|–|—"))
        first++;
    while (end > first && is_any(r, end - 1, ",|.|;|:|-|–|—"))
        end--;
    if (first >= end)
        return;
    start = token_at(r, first)->start;
    stop = token_at(r, end - 1)->end;
    for (uint32_t i = first; i < end; i++) {
        uint32_t q = r->quotations.of[i];

        if (q == TOKEN_NONE) {
            if (token_at(r, i)->upos != UPOS_PUNCT && !is_mark(r, i))
                d->plain = true;
            continue;
        }
        d->quoted = true;
        r->taken[q] = true;
        stop = stop_behind(&r->quotations.at.at[q], start, stop);
    }
    add_span(r, d, start, stop);
}

/* "according to the ministry, which says …": whom the relative pronoun stands for. */
static bool is_relative(const struct reader *r, const struct speech *s)
{
    return s->source_end == s->source + 1 && s->source > 1 &&
           is_any(r, s->source, "which|who") && is_any(r, s->source - 1, ",") &&
           token_at(r, s->source - 1)->sentence == token_at(r, s->source)->sentence;
}

static uint32_t antecedent_of(struct reader *r, const struct speech *s)
{
    uint32_t begin = sentence_at(r, s->sentence)->first;
    uint32_t end = s->source - 1, first;

    for (first = end; first > begin && end - first < ANTECEDENT_WORDS; first--) {
        const struct token *t = token_at(r, first - 1);

        if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->upos == UPOS_PUNCT ||
            (t->upos == UPOS_ADP && !is_any(r, first - 1, "of|for|at|in")))
            break;
    }
    return first < end
               ? actor_for_phrase(r->arena, r->tools, r->facts, first, end - first)
               : FACT_NONE;
}

/* A body that speaks as "it": one thing, with a voice, no person. */
static bool is_body(const struct reader *r, uint32_t actor)
{
    const struct actor *a;

    if (actor == FACT_NONE)
        return false;
    a = &r->facts->actor.at[actor];
    return a->type != ENTITY_PERSON && actor_has_voice(a);
}

static bool is_place(const struct reader *r, uint32_t actor)
{
    return actor != FACT_NONE && r->facts->actor.at[actor].type == ENTITY_PLACE;
}

/* ", it said": where coreference finds nobody, the body that was the subject last. */
static uint32_t last_body(struct reader *r, uint32_t sentence)
{
    for (uint32_t n = 1; n <= BODY_FAR && n <= sentence; n++) {
        const struct sentence *s = sentence_at(r, sentence - n);

        for (uint32_t i = s->first; i < s->first + s->tokens; i++) {
            const struct token *t = token_at(r, i);
            uint32_t actor;

            if (t->rel != DEPREL_NSUBJ || (t->xpos != XPOS_NN && t->xpos != XPOS_NNP))
                continue;
            actor = actor_for_head(r->arena, r->facts, i);
            if (is_body(r, actor))
                return actor;
        }
    }
    return FACT_NONE;
}

static uint32_t speaker_of(struct reader *r, const struct speech *s)
{
    uint32_t actor;

    if (s->source_end <= s->source)
        return FACT_NONE;
    if (is_relative(r, s))
        return antecedent_of(r, s);
    actor = actor_for_phrase(r->arena, r->tools, r->facts, s->source,
                             s->source_end - s->source);
    if (s->source_end == s->source + 1 && is_any(r, s->source, "it") &&
        !is_body(r, actor) && !is_place(r, actor)) {
        uint32_t body = last_body(r, s->sentence);

        return body == FACT_NONE ? actor : body;
    }
    return actor;
}

/* Acts that put something into words. */
#define WORDED_ACTS                                                                  \
    "statement|report|review|study|survey|poll|inquiry|investigation|consultation|"  \
    "ruling|judgment|judgement|verdict|testimony|analysis|assessment|research|call|" \
    "announcement|declaration|filing|proposal|tweet|speech|briefing|audit|probe|"    \
    "broadcast|publication|advertisement|campaign|reading|finding|count|census|"     \
    "estimate|forecast|opposition|leadership|administration|government|police"

/* "The crash showed that …", "the vote means": no one speaks in an act, a time or an
 * amount, but in a report or a poll. */
static bool is_mute(const struct reader *r, const struct speech *s)
{
    const struct word *w;

    for (uint32_t i = s->source; i < s->source_end; i++) {
        uint32_t up = token_at(r, i)->head;

        if (up != TOKEN_NONE && up >= s->source && up < s->source_end)
            continue;
        if (token_at(r, i)->upos != UPOS_NOUN)
            return false;
        w = word_find(token_at(r, i)->lemma);
        return w && (w->sense == SENSE_ACT || w->sense == SENSE_TIME) &&
               !str_in(token_at(r, i)->lemma, WORDED_ACTS);
    }
    return false;
}

static void finish(struct reader *r, struct draft *d, const struct speech *s)
{
    struct statement *out;
    uint32_t speaker;

    if (d->parts.count == 0 || (!d->quoted && is_mute(r, s)))
        return;
    speaker = speaker_of(r, s);
    out = PUSH(r->arena, &r->facts->statement);
    *out = (struct statement){
        .start = d->parts.at[0].start,
        .end = d->parts.at[d->parts.count - 1].end,
        .form = !d->quoted ? STATEMENT_INDIRECT
                : d->plain ? STATEMENT_MIXED
                           : STATEMENT_DIRECT,
        .speaker = speaker,
        .cue_token = s->cue,
        .cue = str_slice(r->text->article->text, token_at(r, s->cue)->start,
                         token_at(r, s->cue_end - 1)->end),
    };
    for (uint32_t i = 0; i < d->parts.count; i++) {
        if (d->parts.at[i].start < out->start)
            out->start = d->parts.at[i].start;
        if (d->parts.at[i].end > out->end)
            out->end = d->parts.at[i].end;
    }
    if (d->parts.count > 1) {
        out->parts.at = d->parts.at;
        out->parts.count = d->parts.count;
        out->parts.cap = d->parts.cap;
    }
    if (s->source_end > s->source)
        out->source = (struct span){ token_at(r, s->source)->start,
                                     token_at(r, s->source_end - 1)->end };
}

/* ---- where the content lies ---- */

/* The quotation that ends right before token i, a comma and marks between. */
static uint32_t quotation_before(const struct reader *r, uint32_t i)
{
    while (i > 0 && (is_mark(r, i - 1) || (is_any(r, i - 1, ",|-|–|—|.|?|!") &&
                                           r->quotations.of[i - 1] == TOKEN_NONE)))
        i--;
    return i > 0 ? r->quotations.of[i - 1] : TOKEN_NONE;
}

/* The quotation that begins at token i or behind a comma, a colon and its mark. */
static uint32_t quotation_after(const struct reader *r, uint32_t i)
{
    while (i < r->text->token.count && r->quotations.of[i] == TOKEN_NONE &&
           (is_mark(r, i) || is_any(r, i, ",|:|-|–|—")))
        i++;
    return i < r->text->token.count ? r->quotations.of[i] : TOKEN_NONE;
}

static uint32_t words_in(const struct reader *r, uint32_t q)
{
    const struct quotation *quotation = &r->quotations.at.at[q];
    uint32_t n = 0;

    for (uint32_t i = 0; i < quotation->tokens; i++)
        n += token_at(r, quotation->first + i)->upos != UPOS_PUNCT;
    return n;
}

/* The clause of saying that begins in tokens first..end, or NULL. */
static const struct speech *speech_in(const struct reader *r, uint32_t first,
                                      uint32_t end)
{
    for (uint32_t i = 0; i < r->speeches.at.count; i++) {
        const struct speech *s = &r->speeches.at.at[i];

        if (s->kind <= SAYING_TELL || s->kind == SAYING_ACCORDING)
            if (s->cue >= first && s->cue < end)
                return s;
    }
    return NULL;
}

/* Whether the quotation is all that its sentences say: no words before it or behind. */
static bool stands_alone(const struct reader *r, uint32_t q)
{
    const struct quotation *quotation = &r->quotations.at.at[q];
    const struct token *first = token_at(r, quotation->first);
    uint32_t last = quotation->first + quotation->tokens - 1;
    uint32_t begin = sentence_at(r, first->sentence)->first;
    uint32_t end = end_of(r, token_at(r, last)->sentence);

    if (quotation->tokens == 0)
        return false;
    for (uint32_t i = begin; i < quotation->first; i++)
        if (token_at(r, i)->upos != UPOS_PUNCT && !is_mark(r, i) &&
            r->quotations.of[i] == TOKEN_NONE)
            return false;
    for (uint32_t i = last + 1; i < end; i++)
        if (token_at(r, i)->upos != UPOS_PUNCT && !is_mark(r, i) &&
            r->quotations.of[i] == TOKEN_NONE)
            return false;
    return true;
}

/* The speech goes on: quotations behind the clause that have no clause of their own, in
 * this paragraph and those that open with a quotation. */
static void add_following(struct reader *r, struct draft *d, uint32_t from,
                          uint32_t paragraph)
{
    for (uint32_t q = 0; q < r->quotations.at.count; q++) {
        const struct quotation *quotation = &r->quotations.at.at[q];
        const struct sentence *s;

        if (quotation->tokens == 0 || quotation->first < from || r->taken[q])
            continue;
        s = sentence_at(r, token_at(r, quotation->first)->sentence);
        if (quotation->paragraph > paragraph + 1)
            return;
        if (s->first >= from) { /* sentences between are not the speaker's */
            for (uint32_t i = from; i < s->first; i++)
                if (r->quotations.of[i] == TOKEN_NONE &&
                    token_at(r, i)->upos != UPOS_PUNCT &&
                    token_at(r, i)->sentence != token_at(r, from - 1)->sentence)
                    return;
        }
        if (stands_alone(r, q)) {
            add_quotation(r, d, q);
        } else if (token_at(r, quotation->first)->sentence ==
                       token_at(r, from - 1)->sentence &&
                   !speech_in(r, from, quotation->first) &&
                   !speech_in(r, quotation->first,
                              end_of(r, token_at(r, quotation->first)->sentence)) &&
                   (quotation_after(r, from) == q || words_in(r, q) > SCARE_WORDS)) {
            add_quotation(r, d, q);
        } else {
            return;
        }
        from = quotation->first + quotation->tokens;
        paragraph = quotation->paragraph;
    }
}

/* "…," he said: the quotation before, and what it needs from the sentence's beginning:
 * The plan was "a mistake," he said. */
static void take_before(struct reader *r, struct draft *d, const struct speech *s,
                        uint32_t q)
{
    const struct quotation *quotation = &r->quotations.at.at[q];
    uint32_t begin = sentence_at(r, s->sentence)->first;
    bool words = false;

    if (s->sentence != token_at(r, quotation->first)->sentence)
        begin = sentence_at(r, token_at(r, quotation->first)->sentence)->first;
    for (uint32_t i = begin; i < quotation->first; i++) {
        if (r->quotations.of[i] != TOKEN_NONE && r->taken[r->quotations.of[i]])
            begin = i + 1, words = false;
        else if (token_at(r, i)->upos != UPOS_PUNCT && !is_mark(r, i))
            words = true;
    }
    if (words && !speech_in(r, begin, quotation->first))
        add_tokens(r, d, begin, quotation->first + quotation->tokens);
    else
        add_quotation(r, d, q);
}

/* Where a clause of content that begins at `from` ends: before the next clause of saying
 * that is joined by a comma or "and", else with the sentence. */
static uint32_t clause_end(const struct reader *r, const struct speech *s,
                           uint32_t from)
{
    uint32_t end = end_of(r, s->sentence);

    for (uint32_t i = from; i < end && s->kind == SAYING_OBJECT; i++)
        if (r->quotations.of[i] == TOKEN_NONE && is_any(r, i, "–|—|;"))
            end = i; /* "whom they described as thugs – were held" */
    for (uint32_t i = 0; i < r->speeches.at.count; i++) {
        const struct speech *next = &r->speeches.at.at[i];
        uint32_t k = next->shared || next->gerund ? next->cue : next->first;

        if (next->sentence != s->sentence || next == s || k <= from)
            continue;
        while (k > from && is_any(r, k - 1, "has|have|had|also|then|however|later"))
            k--;
        if (next->kind == SAYING_ACCORDING ||
            (next->kind <= SAYING_TELL && is_any(r, k - 1, CLAUSE_JOINTS))) {
            while (k > from && is_any(r, k - 1, CLAUSE_JOINTS))
                k--;
            if (k < end)
                end = k;
        }
    }
    return end;
}

/* "a valley that never had a railway" */
static bool is_relative_that(const struct reader *r, uint32_t i)
{
    return i > 0 && is_any(r, i, "that") && token_at(r, i)->upos == UPOS_PRON &&
           token_at(r, i - 1)->upos == UPOS_NOUN;
}

/* "a dam of that age" */
static bool points_back(const struct reader *r, uint32_t i)
{
    return is_relative_that(r, i) ||
           (is_any(r, i, "that") && token_at(r, i)->upos == UPOS_DET);
}

/* "said on Monday that …": the token of "that" and the like, or TOKEN_NONE. */
static uint32_t that_after(const struct reader *r, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end && i < from + TO_THAT; i++) {
        if (r->quotations.of[i] != TOKEN_NONE)
            break;
        if (is_any(r, i, "that|whether|if|how|why|what") && !is_relative_that(r, i) &&
            (i == from || (!is_any(r, i, "what|if") && !points_back(r, i))))
            return i;
        if (is_finite(r, i) || token_at(r, i)->upos == UPOS_CCONJ)
            break;
    }
    return TOKEN_NONE;
}

/* "said on Monday the bridge would open": past the time and place of speaking. */
static uint32_t past_adjuncts(const struct reader *r, uint32_t i, uint32_t end)
{
    uint32_t from = i;

    for (; i < end && i < from + TO_THAT; i++) {
        if (is_any(r, i,
                   "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|"
                   "yesterday|also|later|earlier|tonight|recently"))
            continue;
        if (is_any(r, i, "on|late|early|last|this|in") && i + 1 < end &&
            is_any(r, i + 1,
                   "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                   "week|month|year|night|morning|evening|afternoon|wednesday"))
            continue;
        if (is_any(r, i, "week|month|year|night|morning|evening|afternoon") && i > from)
            continue;
        break;
    }
    return i;
}

static bool is_speech(const struct speech *s)
{
    return s->kind <= SAYING_TELL;
}

/* "told reporters on Monday: “…”": past the words about the speaking. */
static uint32_t quotation_beyond(const struct reader *r, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end && i < from + TO_THAT; i++) {
        if (is_any(r, i, ",|:") && quotation_after(r, i) != TOKEN_NONE)
            return quotation_after(r, i);
        if (is_finite(r, i))
            break;
    }
    return TOKEN_NONE;
}

/* "vowed to free them": said aloud; "wanted to free them" may be told by others. */
static bool is_pledge(const struct reader *r, const struct speech *s)
{
    static const char pledges[] =
        "vow|promise|pledge|undertake|undertook|undertaken|threaten|offer|refuse|"
        "decline|"
        "agree|swear|swore|sworn|commit|propose|volunteer|demand|request|consent";

    return str_in(token_at(r, s->cue)->lemma, pledges) ||
           str_in(token_at(r, s->cue)->lower, pledges);
}

/* "The bridge was safe, the engineers found": the cue itself hangs on what it tells. */
static bool hangs_on_content(const struct reader *r, uint32_t cue)
{
    const struct token *t = token_at(r, cue);

    return t->rel == DEPREL_PARATAXIS && t->head != TOKEN_NONE && t->head < cue &&
           (token_at(r, t->head)->upos == UPOS_VERB ||
            tree_child(r->text, t->head, DEPREL_NSUBJ) != TOKEN_NONE);
}

/* "undertook to hold prices down", which trees take for an aim now and then. */
static bool is_infinitive(const struct reader *r, uint32_t i)
{
    return token_at(r, i)->rel == DEPREL_ADVCL && token_at(r, i)->xpos == XPOS_VB &&
           is_any(r, i - 1, "to");
}

/* "found the bridge was safe" has a clause for its object; "heard him out", "found a
 * boat that was adrift" have none. */
static bool has_content_clause(const struct reader *r, const struct speech *s)
{
    for (uint32_t i = s->end; i < end_of(r, s->sentence); i++) {
        const struct token *t = token_at(r, i);

        if (t->head >= s->cue && t->head < s->cue_end &&
            (t->rel == DEPREL_CCOMP || t->rel == DEPREL_XCOMP ||
             t->rel == DEPREL_PARATAXIS || is_infinitive(r, i)))
            return true;
    }
    return hangs_on_content(r, s->cue);
}

/* "Army says 25 rebels killed in raid": a headline's participle stands for the verb. */
static bool is_headline(const struct reader *r, const struct speech *s, uint32_t end)
{
    if (s->kind != SAYING_SAY || token_at(r, s->cue)->xpos != XPOS_VBZ ||
        is_any(r, end - 1, ".|!|?|”|\""))
        return false;
    for (uint32_t i = s->end; i < end; i++)
        if (token_at(r, i)->xpos == XPOS_VBN)
            return true;
    return false;
}

/* "Residents had complained, [the mayor said]": who tells of the complaint. */
static bool begins_saying(const struct reader *r, uint32_t from)
{
    for (uint32_t i = 0; i < r->speeches.at.count; i++)
        if (is_speech(&r->speeches.at.at[i]) && r->speeches.at.at[i].first == from &&
            is_any(r, from - 1, ","))
            return true;
    return false;
}

/* Content behind the clause: a quotation, "that …", or a plain clause. */
static bool take_after(struct reader *r, struct draft *d, const struct speech *s)
{
    uint32_t end = end_of(r, s->sentence), that, q, from;

    if (s->end >= end)
        return false;
    q = quotation_after(r, s->end);
    that = that_after(r, s->end, end);
    if (q == TOKEN_NONE && that == TOKEN_NONE) /* told reporters on Monday: "…" */
        q = quotation_beyond(r, s->end, end);
    if (q != TOKEN_NONE && is_speech(s) && !r->taken[q]) {
        const struct quotation *quotation = &r->quotations.at.at[q];

        if (token_at(r, quotation->first)->sentence == s->sentence) {
            add_quotation(r, d, q);
            return true;
        }
    }
    from = that != TOKEN_NONE ? that : past_adjuncts(r, s->end, end);
    if (is_any(r, from, ",|:"))
        from++;
    end = clause_end(r, s, from);
    if (that == TOKEN_NONE && begins_saying(r, from))
        return false;
    if (that == TOKEN_NONE && !has_finite(r, from, end) && !is_headline(r, s, end) &&
        !(s->kind == SAYING_TO && is_any(r, from, "to") && is_pledge(r, s)))
        return false; /* "vowed to free them" has no finite verb */
    if (that == TOKEN_NONE && s->kind != SAYING_OBJECT &&
        !str_eq(token_at(r, s->cue)->lemma, STR("say")) && !has_content_clause(r, s))
        return false;
    if (from >= end)
        return false;
    add_tokens(r, d, from, end);
    return d->parts.count > 0;
}

/* "The bridge will open, officials said." */
static bool take_sentence_before(struct reader *r, struct draft *d,
                                 const struct speech *s)
{
    uint32_t begin = dateline_end(r->text, s->sentence);

    for (uint32_t i = 0; i < r->speeches.at.count; i++) {
        const struct speech *before = &r->speeches.at.at[i];

        if (before->sentence == s->sentence && is_speech(before) &&
            before->end < s->first && before->end > begin &&
            has_finite(r, before->end, s->first))
            begin = before->end; /* not "residents had complained of dust, he said" */
    }
    if (s->first <= begin + 1 ||
        (!has_finite(r, begin, s->first) && s->first < begin + CLAUSE_LEAST))
        return false;
    add_tokens(r, d, begin, s->first);
    return d->parts.count > 0;
}

/* "The toll rose to 58, the ministry said, as the search went on.": the clause of saying
 * stands between two commas behind a whole clause, which is what was said. */
static bool is_inserted(const struct reader *r, const struct speech *s)
{
    uint32_t begin = sentence_at(r, s->sentence)->first, end = end_of(r, s->sentence);
    uint32_t next = past_adjuncts(r, s->end, end);

    return is_speech(s) && !s->gerund && !s->shared && s->first > begin + 2 &&
           is_any(r, s->first - 1, ",") && next < end && is_any(r, next, ",") &&
           has_finite(r, begin, s->first) && !speech_in(r, begin, s->first) &&
           quotation_after(r, next) == TOKEN_NONE;
}

/* "Lenox was a giant, he said, until it went bankrupt": the clause goes on behind the one
 * of saying, unless a joint that reporters use begins what they tell themselves. */
static void take_rest(struct reader *r, struct draft *d, const struct speech *s)
{
    uint32_t end = end_of(r, s->sentence);
    uint32_t from = past_adjuncts(r, s->end, end) + 1;

    if (from >= end ||
        is_any(r, from,
               "as|after|while|when|amid|following|days|hours|adding|in|a|speaking|"
               "referring|citing|according|but|though|although|before|with|days|weeks"))
        return;
    if (token_at(r, from)->xpos == XPOS_VBG)
        return; /* ", referring to the fire" */
    end = clause_end(r, s, from);
    if (from < end)
        add_tokens(r, d, from, end);
}

static void read_speech(struct reader *r, const struct speech *s)
{
    struct draft d = { 0 };
    uint32_t begin = sentence_at(r, s->sentence)->first, q = TOKEN_NONE;
    uint32_t paragraph = sentence_at(r, s->sentence)->paragraph;

    if (s->first > 0)
        q = quotation_before(r, s->first);
    if (q != TOKEN_NONE &&
        (r->taken[q] || r->quotations.at.at[q].paragraph != paragraph))
        q = TOKEN_NONE;
    if (q != TOKEN_NONE && is_speech(s) && !s->gerund && !s->shared &&
        r->quotations.at.at[q].first + r->quotations.at.at[q].tokens > begin) {
        take_before(r, &d, s, q);
        add_following(r, &d, s->end, paragraph);
    } else if (is_inserted(r, s)) {
        take_sentence_before(r, &d, s);
        take_rest(r, &d, s);
    } else if (take_after(r, &d, s)) {
        if (d.quoted && !d.plain)
            add_following(r, &d, end_of(r, s->sentence), paragraph);
    } else if (is_speech(s) && s->first > begin && is_any(r, s->first - 1, ",|-|–|—")) {
        take_sentence_before(r, &d, s);
    }
    finish(r, &d, s);
}

/* "According to X, the bridge will open"; "The bridge will open, according to X." */
static void read_according(struct reader *r, const struct speech *s)
{
    struct draft d = { 0 };
    const struct sentence *sentence = sentence_at(r, s->sentence);
    uint32_t end = end_of(r, s->sentence), i = s->end;

    if (s->first <= sentence->first + 1) {
        while (i < end && !is_any(r, i, ","))
            i++;
        add_tokens(r, &d, i < end ? i + 1 : s->end, clause_end(r, s, i));
    } else {
        uint32_t begin = dateline_end(r->text, s->sentence);

        for (uint32_t k = 0; k < r->speeches.at.count; k++) {
            const struct speech *before = &r->speeches.at.at[k];

            if (before->sentence == s->sentence && before->end < s->first &&
                is_speech(before) && before->end > begin && !before->gerund)
                return; /* that clause has taken the words already */
        }
        add_tokens(r, &d, begin, s->first);
    }
    finish(r, &d, s);
}

static int by_start(const void *a, const void *b)
{
    const struct statement *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

void statements_read(struct arena *arena, const struct fact_tools *tools,
                     struct facts *facts)
{
    struct reader r = {
        .arena = arena, .tools = tools, .facts = facts, .text = facts->text
    };

    if (facts->text->token.count == 0)
        return;
    r.quotations = quotations_read(arena, facts->text);
    r.speeches = speeches_read(arena, facts->text, &r.quotations);
    r.taken = NEW(arena, bool, r.quotations.at.count + 1);
    for (uint32_t i = 0; i < r.speeches.at.count; i++) {
        const struct speech *s = &r.speeches.at.at[i];

        if (s->kind == SAYING_ACCORDING)
            read_according(&r, s);
        else
            read_speech(&r, s);
    }
    if (facts->statement.count > 1)
        qsort(facts->statement.at, facts->statement.count, sizeof *facts->statement.at,
              by_start);
}
