#include "fact/event_code.h"

#include "base/err.h"
#include "fact/event_frame.h"
#include "fact/event_tree.h"
#include "fact/trace.h"
#include "text/word.h"

#define WORD_GAP \
    10          /* tokens between two words of an entry: "called late on Monday for" */
#define REACH 4 /* steps in the tree from an entry's word to its verb */
#define NOUN_WORDS 4 /* words of the longest noun entry */

/* "talks", "supplies" */
static bool is_plural_of(struct str s, struct str word)
{
    if (str_ends(s, STR("ies")) && str_ends(word, STR("y")))
        return s.len == word.len + 2 && str_starts(s, str_slice(word, 0, word.len - 1));
    return s.len == word.len + 1 && s.ptr[s.len - 1] == 's' && str_starts(s, word);
}

static bool is_reflexive(struct str s)
{
    return str_ends(s, STR("self")) || str_ends(s, STR("selves"));
}

/* Whether a token is this word of an entry. */
static bool token_is(const struct token *t, struct str word)
{
    if (str_eq(word, STR("itself")))
        return is_reflexive(t->lower);
    return str_eq(t->lower, word) || str_eq(t->lemma, word) ||
           is_plural_of(t->lower, word) || str_eq_fold(t->lemma, word);
}

bool token_in_when(const struct facts *facts, uint32_t token)
{
    for (uint32_t i = 0; i < facts->when.count; i++) {
        const struct when *w = &facts->when.at[i];

        if (token >= w->first && token - w->first < w->tokens)
            return true;
    }
    return false;
}

static const struct mention *mention_of(const struct facts *facts, uint32_t token)
{
    uint32_t m = facts->text->token.at[tree_meant(facts->text, token)].mention;

    return m < facts->text->mention.count ? &facts->text->mention.at[m] : NULL;
}

static bool is_personal(const struct token *t)
{
    return t->upos == UPOS_PRON &&
           str_in(t->lower,
                  "he|she|him|her|they|them|who|whom|i|we|us|me|you|his|hers|ours|"
                  "theirs|someone");
}

/* The entry for a word in its singular, or NULL: "gunmen", "protesters". */
static const struct lex_entry *agent_of(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_agents, t->lower);

    if (!e)
        e = lex_find(&lex_agents, t->lemma);
    if (!e && t->lower.len > 3 && str_ends(t->lower, STR("s")))
        e = lex_find(&lex_agents, str_slice(t->lower, 0, t->lower.len - 1));
    for (; e && str_eq(e->field[LEX_AGENTS_STRENGTH], STR("modifier")); e++)
        if (e->same == 0)
            return NULL;
    return e;
}

static bool bears_arms(const struct lex_entry *agent)
{
    return str_in(agent->field[LEX_AGENTS_SECTOR], "MIL|COP|REB|UAF");
}

static bool is_country(const struct token *t)
{
    return lex_find(&lex_countries, t->lower) != NULL;
}

/* "engineers", "a passer-by": people whom no lexicon of agents has. */
static bool is_person_noun(const struct token *t)
{
    const struct word *w;

    if (t->upos != UPOS_NOUN)
        return false;
    w = word_find(t->lemma.len > 0 ? t->lemma : t->lower);
    return lex_find(&lex_people, t->lower) || (w && w->sense == SENSE_PERSON);
}

/* "sevaks", "bargirs" */
static bool is_unknown_noun(const struct token *t)
{
    return t->upos == UPOS_NOUN && t->lower.len > 3 && !word_find(t->lower) &&
           !word_find(t->lemma);
}

static enum object_class class_by_noun(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_object_classes, t->lemma);

    if (t->upos == UPOS_SYM ||
        (e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("money"))))
        return OBJECT_MONEY;
    if (e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("relief")))
        return OBJECT_RELIEF;
    if (e && str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("place")))
        return OBJECT_PLACE;
    if (t->upos == UPOS_PROPN || is_person_noun(t))
        return OBJECT_PERSON;
    return is_unknown_noun(t) ? OBJECT_UNKNOWN : OBJECT_THING;
}

/* "bodies": people to who counts, nobody to who acts. */
static bool is_remains(const struct token *t)
{
    const struct lex_entry *e = lex_find(&lex_object_classes, t->lemma);

    return t->upos == UPOS_NOUN && e &&
           str_eq(e->field[LEX_OBJECT_CLASSES_CLASS], STR("thing"));
}

enum object_class object_class(const struct facts *facts, uint32_t token)
{
    const struct token *t;
    const struct mention *m;
    const struct lex_entry *agent;

    if (token == TOKEN_NONE)
        return OBJECT_NONE;
    token = tree_counted(facts->text, tree_meant(facts->text, token));
    t = &facts->text->token.at[token];
    m = mention_of(facts, token);
    if (is_remains(t))
        return OBJECT_THING; /* "received nine bodies" is no visit */
    if (m && m->entity < facts->actor.count) {
        enum entity_type type = facts->actor.at[m->entity].type;

        if (type == ENTITY_PLACE && !is_country(t))
            return OBJECT_PLACE;
        if (type != ENTITY_MISC)
            return OBJECT_PERSON;
    }
    agent = agent_of(t);
    if (agent)
        return bears_arms(agent) ? OBJECT_FORCE : OBJECT_PERSON;
    if (is_personal(t) || is_country(t) || t->upos == UPOS_NUM)
        return OBJECT_PERSON;
    return class_by_noun(t);
}

bool may_take_part(const struct facts *facts, uint32_t token)
{
    enum object_class c = object_class(facts, token);

    return c == OBJECT_PERSON || c == OBJECT_FORCE ||
           (c == OBJECT_PLACE && mention_of(facts, token));
}

static bool ends_clause(const struct token *t)
{
    return t->upos == UPOS_PUNCT && !str_eq(t->form, STR("-")) &&
           !str_eq(t->form, STR("\"")) && !str_eq(t->form, STR("“")) &&
           !str_eq(t->form, STR("”"));
}

/* "on" that leads to a time is no part of an entry: "called on Friday"; but "sentenced to
 * two years", "broadcasts of the evening". */
static bool leads_to_time(const struct facts *facts, uint32_t token)
{
    const struct token *t = &facts->text->token.at[token];

    return t->upos == UPOS_ADP && !str_in(t->lower, "of|to") &&
           token + 1 < facts->text->token.count && token_in_when(facts, token + 1);
}

/* Nothing but a noun phrase lies between: "found [the two old men] guilty". */
static bool near_by(const struct text *text, uint32_t prev, uint32_t i)
{
    if (i - prev > 6)
        return false;
    for (uint32_t k = prev + 1; k < i; k++)
        if (text->token.at[k].upos == UPOS_ADP || text->token.at[k].upos == UPOS_VERB ||
            text->token.at[k].upos == UPOS_SCONJ || text->token.at[k].upos == UPOS_AUX)
            return false;
    return true;
}

/* "said that the town must pay": "must" hangs on what was said. */
static bool is_auxiliary_of_speech(const struct text *text, uint32_t i, uint32_t verb)
{
    const struct token *t = &text->token.at[i];

    return t->upos == UPOS_AUX && t->head != TOKEN_NONE &&
           text->token.at[t->head].rel == DEPREL_CCOMP &&
           text->token.at[t->head].head == verb;
}

/* An infinitive's words count only where the entry has asked for one: "agree to meet". */
static bool hangs_on(const struct text *text, uint32_t i, uint32_t verb, uint32_t prev)
{
    bool infinitive = text->token.at[i].upos == UPOS_PART;

    for (uint32_t k = verb + 1; k <= prev; k++)
        infinitive = infinitive || text->token.at[k].upos == UPOS_PART;
    return infinitive ? tree_reaches_deep(text, i, verb, REACH)
                      : tree_reaches(text, i, verb, REACH);
}

/* Behind "(ESDU)", which only names again what stands before it. */
static uint32_t past_brackets(const struct text *text, uint32_t i, uint32_t end)
{
    if (!str_eq(text->token.at[i].form, STR("(")))
        return i;
    for (uint32_t k = i + 1; k < end && k - i <= 6; k++)
        if (str_eq(text->token.at[k].form, STR(")")))
            return k + 1;
    return i;
}

/* The next word of an entry behind token prev. */
static uint32_t find_word(const struct facts *facts, uint32_t verb, uint32_t prev,
                          struct str word)
{
    const struct text *text = facts->text;
    uint32_t end = tree_sentence(text, verb).end;

    for (uint32_t i = prev + 1; i < end && i - prev <= WORD_GAP; i++) {
        const struct token *t;

        i = past_brackets(text, i, end);
        if (i == end)
            return TOKEN_NONE;
        t = &text->token.at[i];
        if (ends_clause(t))
            return TOKEN_NONE;
        if ((token_is(t, word) || event_word_is_joined(text, i, word)) &&
            !leads_to_time(facts, i) &&
            (near_by(text, prev, i) || hangs_on(text, i, verb, prev) ||
             is_auxiliary_of_speech(text, i, verb) ||
             (prev != verb && tree_reaches(text, i, prev, 2))))
            return i;
        if (t->upos == UPOS_VERB && i > prev + 1 && t->rel != DEPREL_AMOD &&
            !tree_reaches(text, i, verb, 2))
            return TOKEN_NONE;
    }
    return TOKEN_NONE;
}

/* A noun of an entry may stand in front: "sanctions were imposed on", "the truce that
 * they signed". */
static uint32_t find_in_front(const struct facts *facts, const struct governor *g,
                              struct str word)
{
    uint32_t i = g->passive ? g->subject : g->object;

    if (i == TOKEN_NONE || i > g->verb || !token_is(&facts->text->token.at[i], word))
        return TOKEN_NONE;
    return i;
}

static bool match_words(const struct facts *facts, const struct governor *g,
                        struct event_code *code)
{
    struct str rest = str_after(code->entry->key, g->form.words.len), word;
    uint32_t prev = g->verb;

    str_split(&rest, ' ', &word);
    code->count = 0;
    if (g->form.modifier != TOKEN_NONE)
        code->used[code->count++] = g->form.modifier;
    while (str_split(&rest, ' ', &word)) {
        uint32_t i = find_word(facts, g->verb, prev, word);

        if (i == TOKEN_NONE && prev == g->verb)
            i = find_in_front(facts, g, word);
        if (i == TOKEN_NONE || code->count == EVENT_USED_MAX)
            return false;
        code->used[code->count++] = i;
        prev = i > g->verb ? i : prev;
    }
    return true;
}

static bool entry_fits(const struct facts *facts, const struct governor *g,
                       struct event_code *code)
{
    return event_frame_takes(code, g->object_is) && match_words(facts, g, code) &&
           event_frame_fits(facts, g, code);
}

static uint32_t weight(const struct event_code *c)
{
    return c->count * 2 + (c->entry->field[LEX_VERBS_OBJECT].len > 0);
}

static struct governor governor_of(const struct facts *facts, uint32_t verb)
{
    const struct text *text = facts->text;
    struct governor g = { .verb = verb, .passive = tree_is_passive(text, verb) };

    g.subject = tree_subject(text, verb);
    g.object = tree_object(text, verb);
    g.object_is = object_class(facts, g.passive ? g.subject : g.object);
    return g;
}

struct event_code event_code_of_verb(const struct facts *facts, uint32_t verb)
{
    struct event_code best = { .table = &lex_verbs, .trigger = verb }, try = best;
    struct event_form form[EVENT_FORMS];
    uint32_t forms = event_forms(facts->text, verb, form);
    struct governor g;

    if (forms == 0)
        return best;
    g = governor_of(facts, verb);
    for (uint32_t f = 0; f < forms; f++) {
        g.form = form[f];
        for (uint32_t i = form[f].entry; event_form_has(&form[f], i); i++) {
            try.entry = &lex_verbs.entry[i];
            if (entry_fits(facts, &g, &try) &&
                (!best.entry || weight(&try) > weight(&best)))
                best = try;
        }
    }
    return best;
}

/* Nouns in the singular; names as they are. */
static struct str noun_form(const struct token *t)
{
    return t->upos == UPOS_PROPN || t->upos == UPOS_VERB ? t->lower : t->lemma;
}

bool may_name_event(const struct facts *facts, uint32_t token)
{
    const struct text *text = facts->text;
    const struct token *t = &text->token.at[token], *before;

    if (t->upos == UPOS_NOUN)
        return true;
    if (t->xpos != XPOS_VBG || token == tree_sentence(text, token).first ||
        !lex_find(&lex_nouns, t->lower))
        return false;
    before = t - 1;
    /* "shows soldiers firing on the crowd": they fire */
    if (t->rel == DEPREL_XCOMP && before->rel == DEPREL_OBJ && before->head == t->head)
        return false;
    return (before->upos == UPOS_DET || before->upos == UPOS_ADJ ||
            before->upos == UPOS_NOUN || before->upos == UPOS_PROPN ||
            str_eq(before->lower, STR("of"))) &&
           tree_child(text, token, DEPREL_OBJ) == TOKEN_NONE &&
           tree_child(text, token, DEPREL_AUX) == TOKEN_NONE;
}

/* "deployment" of troops */
static uint32_t noun_head(const struct text *text, uint32_t first, uint32_t last)
{
    for (uint32_t i = first + 1; i < last; i++)
        if (text->token.at[i].upos == UPOS_ADP)
            return i - 1;
    return last;
}

/* The noun that the phrase behind a preposition begins with: "the nine [diplomats]". */
static uint32_t next_noun(const struct text *text, uint32_t preposition)
{
    uint32_t end = tree_sentence(text, preposition).end;

    for (uint32_t i = preposition + 1; i < end && i - preposition <= 4; i++) {
        const struct token *t = &text->token.at[i];

        if (t->upos == UPOS_NOUN)
            return i;
        if (t->upos != UPOS_DET && t->upos != UPOS_ADJ && t->upos != UPOS_NUM &&
            t->rel != DEPREL_NMOD_POSS)
            return TOKEN_NONE;
    }
    return TOKEN_NONE;
}

/* An entry of a noun with what is joined to it: "expulsion of the nine diplomats". */
static bool match_joined(const struct facts *facts, uint32_t noun,
                         struct event_code *code)
{
    const struct token *t = facts->text->token.at;
    struct str word[3] = { noun_form(&t[noun]) };
    uint32_t other, used = 0;

    if (noun + 2 >= facts->text->token.count || t[noun + 1].upos != UPOS_ADP ||
        !lex_may_begin(&lex_nouns, word[0]))
        return false;
    other = next_noun(facts->text, noun + 1);
    if (other == TOKEN_NONE)
        return false;
    word[1] = t[noun + 1].lower;
    word[2] = t[other].lemma;
    if (str_ends(word[2], STR("s"))) /* "troops", which dictionaries have as it is */
        word[2] = str_slice(word[2], 0, word[2].len - 1);
    code->entry = lex_longest(&lex_nouns, word, 3, &used);
    if (!code->entry || used != 3)
        return false;
    code->used[code->count++] = noun;
    code->used[code->count++] = noun + 1;
    code->used[code->count++] = other;
    return true;
}

struct event_code event_code_of_noun(const struct facts *facts, uint32_t noun)
{
    const struct text *text = facts->text;
    struct event_code code = { .table = &lex_nouns, .trigger = noun };
    uint32_t first = tree_sentence(text, noun).first, n = NOUN_WORDS;

    if (match_joined(facts, noun, &code))
        return code;
    for (; n > 0; n--) {
        struct str word[NOUN_WORDS];
        uint32_t used = 0;

        if (noun + 1 < first + n)
            continue;
        for (uint32_t k = 0; k < n; k++)
            word[k] = noun_form(&text->token.at[noun + 1 - n + k]);
        if (n == 1 && !lex_may_begin(&lex_nouns, word[0])) /* "bloodsh(ed)" */
            word[0] = text->token.at[noun].lower;
        if (n == 3 && str_eq(word[1], STR("-")))
            word[0] = str_slice(text->article->text, text->token.at[noun - 2].start,
                                text->token.at[noun].end);
        code.entry = lex_longest(&lex_nouns, word, n, &used);
        if (code.entry && (used == n || (n == 3 && str_eq(word[1], STR("-")))))
            break;
        code.entry = NULL;
    }
    for (uint32_t k = 0; code.entry && k < n; k++)
        code.used[code.count++] = noun + 1 - n + k;
    if (code.entry)
        code.trigger = noun_head(text, noun + 1 - n, noun);
    return code;
}

enum event_type event_code_type(struct event_code code)
{
    struct str name = code.entry->field[LEX_VERBS_TYPE];

    for (uint32_t t = 0; t < EVENT_TYPES; t++)
        if (str_eq(name, str_from(event_type_name((enum event_type)t))))
            return (enum event_type)t;
    BUG("a lexicon names a type that is none");
}

struct str event_code_mode(struct event_code code)
{
    return code.entry->field[LEX_VERBS_MODE];
}

struct str event_code_cameo(struct event_code code)
{
    return code.entry->field[LEX_VERBS_CAMEO];
}

struct str event_code_actor(struct event_code code)
{
    return code.table == &lex_nouns ? code.entry->field[LEX_NOUNS_ACTOR]
                                    : (struct str){ 0 };
}

struct str event_code_recipient(struct event_code code)
{
    return code.table == &lex_nouns ? code.entry->field[LEX_NOUNS_RECIPIENT]
                                    : code.entry->field[LEX_VERBS_RECIPIENT];
}

/* ---- why, for who asks ---- */

#define RUNNERS_UP 5 /* entries that lost, told by name */

/* The n-th word of an entry behind its first. */
static struct str word_of_entry(struct str key, uint32_t n)
{
    struct str word = { 0 };

    for (uint32_t i = 0; i <= n + 1; i++)
        if (!str_split(&key, ' ', &word))
            return (struct str){ 0 };
    return word;
}

static const char *class_phrase(enum object_class c)
{
    static const char *const names[] = {
        [OBJECT_NONE] = "none",     [OBJECT_THING] = "a thing",
        [OBJECT_PERSON] = "people", [OBJECT_FORCE] = "armed people",
        [OBJECT_PLACE] = "a place", [OBJECT_MONEY] = "money",
        [OBJECT_RELIEF] = "relief", [OBJECT_UNKNOWN] = "an unknown noun",
    };

    return names[c];
}

/* What an entry lacked; `try` is as match_words left it. */
static void say_missing(const struct facts *facts, const struct governor *g,
                        const struct event_code *try)
{
    struct str type = try->entry->field[LEX_VERBS_TYPE];

    if (!event_frame_takes(try, g->object_is))
        trace_say(facts, TRACE_EVENT, g->verb, "runner-up",
                  "“%.*s” (%.*s) lost: %s, and is %s", STR_ARG(try->entry->key),
                  STR_ARG(type), event_frame_wanted(try), class_phrase(g->object_is));
    else if (!event_frame_fits(facts, g, try))
        trace_say(facts, TRACE_EVENT, g->verb, "runner-up", "“%.*s” (%.*s) lost: %s",
                  STR_ARG(try->entry->key), STR_ARG(type), event_frame_wanted(try));
    else
        trace_say(facts, TRACE_EVENT, g->verb, "runner-up",
                  "“%.*s” (%.*s) lost: no “%.*s” belongs to the verb",
                  STR_ARG(try->entry->key), STR_ARG(type),
                  STR_ARG(word_of_entry(try->entry->key, try->count)));
    trace_rule(facts, &lex_verbs, try->entry);
}

/* One that fitted, but not best. */
static void say_weaker(const struct facts *facts, const struct event_code *best,
                       const struct event_code *try)
{
    trace_say(facts, TRACE_EVENT, best->trigger, "runner-up",
              weight(try) < weight(best)
                  ? "“%.*s” (%.*s) fits, but asks for less than the entry taken"
                  : "“%.*s” (%.*s) fits as well, but stands behind the entry taken",
              STR_ARG(try->entry->key), STR_ARG(try->entry->field[LEX_VERBS_TYPE]));
    trace_rule(facts, &lex_verbs, try->entry);
}

/* Those that fitted come first, then those that lacked something. */
static void trace_runners_up(const struct facts *facts, const struct event_code *best)
{
    struct governor g = governor_of(facts, best->trigger);
    struct event_form form[EVENT_FORMS];
    uint32_t forms = event_forms(facts->text, best->trigger, form), told = 0, left = 0;

    if (forms == 0)
        return;
    g.form = form[forms - 1];
    for (int fitting = 1; fitting >= 0; fitting--)
        for (uint32_t i = g.form.entry; event_form_has(&g.form, i); i++) {
            struct event_code try = { .table = &lex_verbs, .trigger = best->trigger };

            try.entry = &lex_verbs.entry[i];
            if (try.entry == best->entry || entry_fits(facts, &g, &try) != fitting)
                continue;
            if (told++ >= RUNNERS_UP)
                left++;
            else if (fitting)
                say_weaker(facts, best, &try);
            else
                say_missing(facts, &g, &try);
        }
    if (left > 0)
        trace_say(facts, TRACE_EVENT, best->trigger, "runner-up",
                  "%u more entries of “%.*s” lost for the like", left,
                  STR_ARG(g.form.words));
}

static void say_matched(const struct facts *facts, uint32_t key, uint32_t token)
{
    const struct token *t = &facts->text->token.at[token];

    trace_say(facts, TRACE_EVENT, key, "matched", "“%.*s”, %s of “%.*s”",
              STR_ARG(t->form), upos_name((enum upos)t->upos), STR_ARG(t->lemma));
    trace_words(facts, t->start, t->end);
}

void event_code_trace(const struct facts *facts, const struct event_code *code)
{
    struct str mode = event_code_mode(*code);
    uint32_t key = code->trigger;

    if (!facts->trace)
        return;
    trace_say(facts, TRACE_EVENT, key, "entry", "“%.*s” codes %s%s%.*s",
              STR_ARG(code->entry->key), event_type_name(event_code_type(*code)),
              mode.len > 0 ? ", mode " : "", STR_ARG(mode));
    trace_rule(facts, code->table, code->entry);
    if (code->table == &lex_verbs)
        say_matched(facts, key, key);
    for (uint32_t i = 0; i < code->count; i++)
        say_matched(facts, key, code->used[i]);
    if (code->table == &lex_verbs)
        trace_runners_up(facts, code);
}
