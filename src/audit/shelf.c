#include "audit/shelf.h"

#include "fact/amount.h"
#include "lex/lex.h"
#include "story/words.h"

#define CLIMB_MAX 64
#define NOUN_REACH 5 /* words between a number and what it counts */
#define AMOUNT_BYTES 120
#define YEAR_FIRST 1800
#define YEAR_LAST 2100

/* ---- days ---- */

bool days_have(const struct days *d, int32_t day)
{
    for (uint32_t i = 0; i < d->count; i++)
        if (d->at[i] == day)
            return true;
    return false;
}

bool days_meet(const struct days *a, const struct days *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (days_have(b, a->at[i]))
            return true;
    return false;
}

/* Only a phrase that names one day says which. */
static void days_add(struct days *d, const struct when *w)
{
    bool one = w->type != TIME_DURATION && w->type != TIME_SET &&
               w->begin_day != DATE_NONE && w->begin_day == w->end_day;

    if (one && d->count < DAYS_MAX && !days_have(d, w->begin_day))
        d->at[d->count++] = w->begin_day;
}

struct days days_of_span(const struct facts *f, uint32_t start, uint32_t end)
{
    struct days d = { .count = 0 };

    for (uint32_t i = 0; i < f->when.count; i++)
        if (spans_meet(f->when.at[i].start, f->when.at[i].end, start, end))
            days_add(&d, &f->when.at[i]);
    return d;
}

static struct days days_of_verb(const struct facts *f, uint32_t sentence, uint32_t verb)
{
    const struct text *t = f->text;
    struct days d = { .count = 0 };

    for (uint32_t i = 0; i < f->when.count; i++) {
        const struct when *w = &f->when.at[i];

        if (w->first < t->token.count && t->token.at[w->first].sentence == sentence &&
            clause_verb(t, w->first) == verb)
            days_add(&d, w);
    }
    return d;
}

/* "stormed the prison on Monday and killed …", "crashed on Sunday, killing …": the day
 * of the verb that it hangs on. */
static bool shares_day(uint8_t rel)
{
    return rel == DEPREL_CONJ || rel == DEPREL_ADVCL || rel == DEPREL_XCOMP ||
           rel == DEPREL_ACL;
}

/* Days that time phrases name: of the words on one verb, and of a span. */
static struct days days_of_clause(const struct facts *f, uint32_t token)
{
    const struct text *t = f->text;
    uint32_t sentence = t->token.at[token].sentence, verb = clause_verb(t, token);
    struct days d = days_of_verb(f, sentence, verb);

    for (uint32_t steps = 0; d.count == 0 && verb != TOKEN_NONE && steps < CLIMB_MAX &&
                             shares_day(t->token.at[verb].rel);
         steps++) {
        verb = clause_verb(t, t->token.at[verb].head);
        if (verb != TOKEN_NONE)
            d = days_of_verb(f, sentence, verb);
    }
    return d;
}

struct days days_before(const struct facts *f, uint32_t sentence)
{
    const struct text *t = f->text;
    const struct sentence *s = &t->sentence.at[sentence];

    if (sentence == 0 || s[-1].paragraph != s->paragraph)
        return (struct days){ .count = 0 };
    return days_of_span(f, s[-1].start, s[-1].end);
}

/* ---- trees ---- */

static bool hangs_on(const struct text *t, uint32_t token, uint32_t above)
{
    for (uint32_t steps = 0; token < t->token.count && steps < CLIMB_MAX; steps++) {
        if (token == above)
            return true;
        token = t->token.at[token].head;
    }
    return false;
}

/* The words of a token with all that hangs on it, as bytes. */
static struct span subtree_span(const struct text *t, uint32_t token)
{
    const struct sentence *s = &t->sentence.at[t->token.at[token].sentence];
    struct span span = { t->token.at[token].start, t->token.at[token].end };

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (hangs_on(t, i, token)) {
            if (t->token.at[i].start < span.start)
                span.start = t->token.at[i].start;
            if (t->token.at[i].end > span.end)
                span.end = t->token.at[i].end;
        }
    return span;
}

static uint32_t subject_of(const struct text *t, uint32_t verb)
{
    const struct sentence *s = &t->sentence.at[t->token.at[verb].sentence];

    for (uint32_t i = s->first; i < s->first + s->tokens; i++)
        if (t->token.at[i].head == verb && t->token.at[i].rel == DEPREL_NSUBJ)
            return i;
    return TOKEN_NONE;
}

static uint32_t actor_at(const struct facts *f, struct span span)
{
    for (uint32_t a = 0; a < f->actor.count; a++)
        for (uint32_t m = 0; m < f->actor.at[a].mention.count; m++)
            if (spans_meet(f->actor.at[a].mention.at[m].start,
                           f->actor.at[a].mention.at[m].end, span.start, span.end))
                return a;
    return FACT_NONE;
}

/* Who stands as the subject of a verb, as a voice. */
static struct voice voice_of_subject(struct arena *arena, const struct facts *f,
                                     uint32_t subject)
{
    const struct token *t = &f->text->token.at[subject];
    struct span who = subtree_span(f->text, subject);
    struct str words = str_slice(f->text->article->text, who.start, who.end);
    uint32_t actor = actor_at(f, (struct span){ t->start, t->end });

    return actor == FACT_NONE ? voice_of_words(arena, words)
                              : voice_of_actor(arena, f, actor, words);
}

/* ---- quotation marks ---- */

/* Bytes of an opening mark that s begins with, and what closes it. */
static size_t opens_quote(struct str s, struct str *closes)
{
    static const struct {
        struct str open, close;
    } pairs[] = {
        { STR_INIT("\""), STR_INIT("\"") },
        { STR_INIT("“"), STR_INIT("”") },
        { STR_INIT("«"), STR_INIT("»") },
        { STR_INIT("„"), STR_INIT("“") },
    };

    for (size_t i = 0; i < COUNT(pairs); i++)
        if (str_starts(s, pairs[i].open)) {
            *closes = pairs[i].close;
            return pairs[i].open.len;
        }
    return 0;
}

/* Pairs of marks within one paragraph; one left open ends with it. */
static void find_quoted(struct arena *arena, struct sheet *sheet)
{
    struct str text = sheet->facts->text->article->text, closes;

    for (size_t i = 0; i < text.len; i++) {
        struct str rest = str_after(text, i);
        size_t open = opens_quote(rest, &closes), end, paragraph;

        if (open == 0)
            continue;
        rest = str_after(rest, open);
        end = str_find(rest, closes);
        paragraph = str_find(rest, STR("\n\n"));
        if (end > paragraph)
            end = paragraph;
        if (end == STR_NPOS)
            end = rest.len;
        *PUSH(arena, &sheet->quoted) =
            (struct span){ (uint32_t)(i + open), (uint32_t)(i + open + end) };
        i += open + end;
    }
}

/* ---- tallies ---- */

static uint32_t noun_of(const struct shelf *sh, const struct text *t, uint32_t number)
{
    uint32_t head = t->token.at[number].head;

    if (head < t->token.count && head > number && head - number <= NOUN_REACH &&
        (t->token.at[head].upos == UPOS_NOUN || t->token.at[head].upos == UPOS_PROPN))
        return gist_key(&sh->vocabulary, &t->token.at[head]);
    return 0;
}

/* Who is named for what stands at a byte: by the fact itself, by speech around it. */
static void add_voices(struct shelf *sh, const struct sheet *sheet, struct tally *t)
{
    if (t->figure && t->figure->claimant != FACT_NONE) {
        struct voice v = voice_of_actor(sh->arena, sheet->facts, t->figure->claimant,
                                        (struct str){ NULL, 0 });

        for (uint32_t i = 0; i < sheet->claim.count; i++)
            voice_learn(&v, &sheet->claim.at[i].voice);
        if (v.saids > 0)
            *PUSH(sh->arena, &t->voice) = v;
    }
    for (uint32_t i = sheet->claim.count; i-- > 0;) {
        const struct claim *c = &sheet->claim.at[i];

        if (t->start >= c->start && t->end <= c->end && c->voice.saids > 0)
            *PUSH(sh->arena, &t->voice) = c->voice;
    }
}

/* "The hospital has counted 71 dead." */
static void add_counter(struct shelf *sh, const struct facts *f, struct tally *t)
{
    static const char *const counts[] = { "count", "tally",    "record", "register",
                                          "list",  "document", "report", "confirm",
                                          "put",   "estimate", "number", "total" };
    uint32_t verb = clause_verb(f->text, t->token), subject;
    struct voice v;

    for (size_t i = 0; verb != TOKEN_NONE && i < COUNT(counts); i++) {
        if (!str_eq(f->text->token.at[verb].lemma, str_from(counts[i])))
            continue;
        subject = subject_of(f->text, verb);
        if (subject == TOKEN_NONE)
            return;
        v = voice_of_subject(sh->arena, f, subject);
        if (v.saids > 0)
            *PUSH(sh->arena, &t->voice) = v;
        return;
    }
}

/* The day of a toll that "rose on Monday" is not the day on which people died. */
static bool is_telling(const struct text *t, uint32_t token)
{
    uint32_t verb = clause_verb(t, token);

    return verb != TOKEN_NONE &&
           str_in(t->token.at[verb].lemma,
                  "raise|rise|climb|reach|stand|say|put|count|report|grow|jump|"
                  "update|increase|revise|confirm|give|speak|announce|lower|pass");
}

static void add_tally(struct shelf *sh, struct sheet *sheet, struct tally t)
{
    const struct facts *f = sheet->facts;

    t.sentence = f->text->token.at[t.token].sentence;
    t.clause = gist_of_clause(sh->arena, &sh->vocabulary, f->text, t.token);
    if (t.noun == 0)
        t.noun = noun_of(sh, f->text, t.token);
    t.days = days_of_clause(f, t.token);
    if (t.figure && t.figure->time != FACT_NONE) {
        struct days told = { .count = 0 };

        days_add(&told, &f->when.at[t.figure->time]);
        if (told.count > 0)
            t.days = told;
    }
    t.as_of = is_telling(f->text, t.token);
    add_voices(sh, sheet, &t);
    if (t.voice.count == 0)
        add_counter(sh, f, &t);
    *PUSH(sh->arena, &sheet->tally) = t;
}

static void add_figures(struct shelf *sh, struct sheet *sheet)
{
    const struct facts *f = sheet->facts;

    for (uint32_t i = 0; i < f->figure.count; i++) {
        const struct figure *g = &f->figure.at[i];
        uint32_t token = token_from(f->text, g->num_start);

        if (token >= f->text->token.count)
            continue;
        add_tally(sh, sheet,
                  (struct tally){ .start = g->start,
                                  .end = g->end,
                                  .token = token,
                                  .low = g->low,
                                  .high = g->high,
                                  .op = g->op,
                                  .figure = g });
    }
}

/* Whether a figure has the number already, or a date or clock time is made of it. */
static bool is_taken(const struct facts *f, uint32_t start, uint32_t end)
{
    for (uint32_t i = 0; i < f->figure.count; i++)
        if (spans_meet(f->figure.at[i].start, f->figure.at[i].end, start, end))
            return true;
    for (uint32_t i = 0; i < f->when.count; i++)
        if (f->when.at[i].type != TIME_DURATION &&
            spans_meet(f->when.at[i].start, f->when.at[i].end, start, end))
            return true;
    return false;
}

static bool is_count(const struct amount *a, const struct token *t)
{
    bool year = a->bare && !a->decimal && a->low >= YEAR_FIRST && a->low <= YEAR_LAST;

    return !a->vague && !a->compound && !(a->spelled && a->low <= 1) &&
           !(year && t->upos != UPOS_NUM);
}

/* Numbers that no figure has: "410 bridges". */
static void add_numbers(struct shelf *sh, struct sheet *sheet)
{
    const struct facts *f = sheet->facts;
    struct str text = f->text->article->text;

    for (uint32_t i = 0; i < f->text->token.count; i++) {
        const struct token *k = &f->text->token.at[i];
        const struct sentence *s = &f->text->sentence.at[k->sentence];
        struct amount a;
        size_t len;
        uint32_t number;

        if (!amount_may_begin(k->lower) && !ascii_is_digit(*k->form.ptr))
            continue;
        len = amount_read(sh->arena, str_slice(text, k->start, s->end), &a);
        if (len == 0 || len > AMOUNT_BYTES)
            continue;
        number = token_from(f->text, k->start + (uint32_t)(a.num + a.num_len) - 1);
        if (!is_count(&a, &f->text->token.at[number]) ||
            is_taken(f, k->start, k->start + (uint32_t)len))
            continue;
        add_tally(sh, sheet,
                  (struct tally){ .start = k->start,
                                  .end = k->start + (uint32_t)len,
                                  .token = number,
                                  .low = a.low,
                                  .high = a.high,
                                  .op = a.op });
        while (i + 1 < f->text->token.count &&
               f->text->token.at[i + 1].start < k->start + len)
            i++;
    }
}

/* ---- claims ---- */

static bool denies(struct str lemma)
{
    return str_in_fold(lemma,
                       "deny|denied|denies|denying|reject|rejected|dispute|disputed");
}

static void add_claim(struct shelf *sh, struct sheet *sheet, struct claim c)
{
    const struct text *t = sheet->facts->text;

    c.sentence = text_sentence_at(t, c.start);
    c.gist = gist_of_span(sh->arena, &sh->vocabulary, t, c.start, c.end);
    c.days = days_of_span(sheet->facts, c.start, c.end);
    *PUSH(sh->arena, &sheet->claim) = c;
}

static void add_statements(struct shelf *sh, struct sheet *sheet)
{
    const struct facts *f = sheet->facts;

    for (uint32_t i = 0; i < f->statement.count; i++) {
        const struct statement *s = &f->statement.at[i];
        struct str words =
            str_slice(f->text->article->text, s->source.start, s->source.end);
        struct claim c = { .start = s->start,
                           .end = s->end,
                           .denied = denies(s->cue),
                           .quoted = s->form == STATEMENT_DIRECT };

        if (s->speaker == FACT_NONE && words.len == 0)
            continue;
        c.voice = s->speaker == FACT_NONE
                      ? voice_of_words(sh->arena, words)
                      : voice_of_actor(sh->arena, f, s->speaker, words);
        add_claim(sh, sheet, c);
    }
}

static bool is_cue(const struct facts *f, uint32_t token)
{
    for (uint32_t i = 0; i < f->statement.count; i++)
        if (f->statement.at[i].cue_token == token)
            return true;
    return false;
}

/* "The union accused Karsk Coal of switching off gas alarms": speech without "that". */
static void add_speech_verb(struct shelf *sh, struct sheet *sheet, uint32_t verb)
{
    const struct facts *f = sheet->facts;
    const struct text *t = f->text;
    uint32_t subject = subject_of(t, verb);
    struct span all = subtree_span(t, verb);

    if (subject == TOKEN_NONE || all.end <= t->token.at[verb].end + 1)
        return;
    add_claim(sh, sheet,
              (struct claim){ .start = t->token.at[verb].end + 1,
                              .end = all.end,
                              .denied = denies(t->token.at[verb].lemma),
                              .voice = voice_of_subject(sh->arena, f, subject) });
}

static bool in_quotes(const struct sheet *sheet, uint32_t byte)
{
    for (uint32_t i = 0; i < sheet->quoted.count; i++)
        if (sheet->quoted.at[i].start <= byte && byte < sheet->quoted.at[i].end)
            return true;
    return false;
}

/* "accused", "announced", "told", "vowed to"; not "found", "showed". */
static bool is_speech(struct str lemma)
{
    const struct lex_entry *e = lex_find(&lex_reporting, lemma);

    for (uint32_t left = e ? e->same + 1 : 0; left > 0; left--, e++)
        if (!str_eq(e->field[LEX_REPORTING_KIND], STR("think")) &&
            !str_eq(e->field[LEX_REPORTING_KIND], STR("show")))
            return true;
    return false;
}

static void add_speech_verbs(struct shelf *sh, struct sheet *sheet)
{
    const struct text *t = sheet->facts->text;

    for (uint32_t i = 0; i < t->token.count; i++)
        if (t->token.at[i].upos == UPOS_VERB && !is_cue(sheet->facts, i) &&
            !in_quotes(sheet, t->token.at[i].start) && is_speech(t->token.at[i].lemma))
            add_speech_verb(sh, sheet, i);
}

static int by_start(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

/* "It said …", "the group said": who spoke last, within two sentences. */
static void resolve_pronoun(struct sheet *sheet, uint32_t at)
{
    struct claim *c = &sheet->claim.at[at];
    bool pronoun = c->voice.saids == 0;

    for (uint32_t i = at; i-- > 0;) {
        const struct claim *before = &sheet->claim.at[i];

        if (before->sentence + 2 < c->sentence)
            return;
        if (before->sentence == c->sentence || before->voice.saids == 0)
            continue;
        if (pronoun)
            c->voice = before->voice;
        else
            voice_join(&c->voice, &before->voice);
        return;
    }
}

/* Speakers that a text names in several ways, and those that it names by pronouns. */
static void link_voices(struct sheet *sheet)
{
    if (sheet->claim.count > 1)
        qsort(sheet->claim.at, sheet->claim.count, sizeof *sheet->claim.at, by_start);
    for (uint32_t i = 0; i < sheet->claim.count; i++)
        for (uint32_t k = 0; k < sheet->claim.count; k++)
            voice_learn(&sheet->claim.at[i].voice, &sheet->claim.at[k].voice);
    for (uint32_t i = 0; i < sheet->claim.count; i++)
        if (sheet->claim.at[i].voice.saids == 0 || sheet->claim.at[i].voice.generic)
            resolve_pronoun(sheet, i);
}

static struct sheet sheet_of(struct shelf *sh, const struct facts *f)
{
    struct sheet sheet = { .facts = f };

    sheet.sentence = NEW(sh->arena, struct gist, f->text->sentence.count + 1);
    for (uint32_t i = 0; i < f->text->sentence.count; i++)
        sheet.sentence[i] =
            gist_of_span(sh->arena, &sh->vocabulary, f->text,
                         f->text->sentence.at[i].start, f->text->sentence.at[i].end);
    find_quoted(sh->arena, &sheet);
    add_statements(sh, &sheet);
    add_speech_verbs(sh, &sheet);
    link_voices(&sheet);
    add_figures(sh, &sheet);
    add_numbers(sh, &sheet);
    return sheet;
}

struct shelf shelf_of(struct arena *arena, const struct facts *brief,
                      const struct facts *const *source, uint32_t sources)
{
    struct shelf sh = { .arena = arena, .sources = sources };

    sh.vocabulary = vocabulary_new(arena);
    for (uint32_t i = 0; i < sources; i++)
        gist_learn(arena, &sh.vocabulary, source[i]->text);
    sh.source = NEW(arena, struct sheet, sources + 1);
    for (uint32_t i = 0; i < sources; i++)
        sh.source[i] = sheet_of(&sh, source[i]);
    sh.brief = sheet_of(&sh, brief);
    return sh;
}
