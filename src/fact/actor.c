#include "fact/actor.h"

#include "fact/actor_code.h"
#include "fact/event_tree.h"
#include "fact/trace.h"

#define PHRASE_TAIL 8  /* tokens of "of …" that go into a group's name */
#define TITLE_TOKENS 8 /* words before or behind a name that may tell who it is */

static bool is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

static bool within(uint32_t at, uint32_t first, uint32_t tokens)
{
    return at != TOKEN_NONE && at >= first && at - first < tokens;
}

/* Words that end a noun phrase where no tree tells its extent. */
static bool breaks_phrase(const struct token *t)
{
    return t->upos == UPOS_ADP || t->upos == UPOS_VERB || t->upos == UPOS_AUX ||
           t->upos == UPOS_SCONJ || t->upos == UPOS_PUNCT || t->upos == UPOS_CCONJ;
}

/* The token that heads a phrase: the nominal whose own head lies outside of it. */
static uint32_t phrase_head(const struct text *text, uint32_t first, uint32_t tokens)
{
    uint32_t best = TOKEN_NONE;

    for (uint32_t i = first; i < first + tokens && i < text->token.count; i++) {
        const struct token *t = &text->token.at[i];

        /* "police chief Ivo Stamm", torn apart by the tree: the name heads it */
        if (is_nominal(t) && !within(t->head, first, tokens) &&
            !(i + 1 < first + tokens && i + 1 < text->token.count &&
              t[1].upos == UPOS_PROPN && t[1].head == t->head))
            return i;
    }
    for (uint32_t i = first; i < first + tokens && i < text->token.count; i++) {
        const struct token *t = &text->token.at[i];

        if (breaks_phrase(t) && best != TOKEN_NONE)
            break;
        if (is_nominal(t) ||
            (best == TOKEN_NONE && (t->upos == UPOS_ADJ || t->upos == UPOS_NUM)))
            best = i;
    }
    return best;
}

static void copy_mentions(struct arena *arena, struct facts *facts)
{
    const struct text *text = facts->text;

    for (uint32_t i = 0; i < text->mention.count; i++)
        if (text->mention.at[i].entity < facts->actor.count)
            *PUSH(arena, &facts->actor.at[text->mention.at[i].entity].mention) =
                text->mention.at[i];
}

static uint32_t forms(const struct text *text, uint32_t first, uint32_t tokens,
                      struct str word[ACTOR_WORDS])
{
    uint32_t n = 0;

    for (uint32_t i = first; i < first + tokens && n < ACTOR_WORDS; i++)
        word[n++] = text->token.at[i].form;
    return n;
}

/* A word that may be part of a title in front of a name: "Iranian Foreign Minister". */
static bool titles(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_ADJ ||
           t->upos == UPOS_PART || str_eq(t->lower, STR("of"));
}

/* An actor while it is coded. */
struct learner {
    struct arena *arena;
    const struct facts *facts;
    uint32_t index; /* in facts->actor */
};

static struct actor *actor_at(const struct learner *l)
{
    return &l->facts->actor.at[l->index];
}

static void note(const struct learner *l, const char *step, const char *where,
                 struct str code, struct actor_source from)
{
    if (!l->facts->trace)
        return;
    trace_say(l->facts, TRACE_ACTOR, l->index, step, "%.*s, from %s%s%.*s%s",
              STR_ARG(code), where, from.entry ? ": “" : "",
              STR_ARG(from.entry ? from.entry->key : STR("")), from.entry ? "”" : "");
    if (from.entry)
        trace_rule(l->facts, from.table, from.entry);
}

/* "official" alone is of the government; "union" decides over it. */
static void note_head(const struct learner *l, struct actor_code c)
{
    if (!l->facts->trace || !c.head.entry || c.head.entry == c.sector_from.entry)
        return;
    trace_say(l->facts, TRACE_ACTOR, l->index, "runner-up",
              "“%.*s”, the head (%.*s): another word decides over it",
              STR_ARG(c.head.entry->key),
              STR_ARG(c.head.entry->field[LEX_AGENTS_SECTOR]));
    trace_rule(l->facts, c.head.table, c.head.entry);
}

/* Fills what is still unknown of an actor from a phrase that speaks of it; where tells
 * which phrase that is. */
static void learn(const struct learner *l, struct actor_code c, const char *where)
{
    struct actor *a = actor_at(l);

    if (a->country.len == 0 && c.country.len > 0) {
        a->country = c.country;
        note(l, "country", where, c.country, c.country_from);
    }
    if (a->sector.len == 0 && !c.capital && c.sector.len > 0) {
        a->sector = c.sector;
        note(l, c.former ? "sector, out of office" : "sector", where, c.sector,
             c.sector_from);
        note_head(l, c);
    }
}

static struct actor_code code_of_text(const struct learner *l, struct str phrase)
{
    return actor_code_of_text(l->arena, l->facts->lexicon, phrase);
}

/* The code of token[first..first + tokens), headed by its head-th word. */
static struct actor_code code_of_tokens(const struct learner *l, uint32_t first,
                                        uint32_t tokens, uint32_t head)
{
    struct str word[ACTOR_WORDS];
    uint32_t n = forms(l->facts->text, first, tokens, word);

    return actor_code(l->arena, l->facts->lexicon, word, n, head);
}

/* "Iranian Foreign Minister" Zarif */
static void learn_from_title(const struct learner *l, const struct mention *m)
{
    const struct text *text = l->facts->text;
    uint32_t first = m->first,
             limit = text->sentence.at[text->token.at[first].sentence].first;

    while (first > limit && m->first - first < TITLE_TOKENS &&
           titles(&text->token.at[first - 1]))
        first--;
    if (first == m->first)
        return;
    learn(l, code_of_tokens(l, first, m->first - first, m->first - first - 1),
          "the words before the name");
}

/* Zarif, "the Iranian foreign minister" */
static void learn_from_apposition(const struct learner *l, const struct mention *m)
{
    const struct text *text = l->facts->text;
    const struct sentence *s = &text->sentence.at[text->token.at[m->first].sentence];
    uint32_t comma = m->first + m->tokens, end = s->first + s->tokens, n = 0;

    if (comma + 2 >= end || !str_eq(text->token.at[comma].form, STR(",")))
        return;
    while (comma + 1 + n < end && n < TITLE_TOKENS) {
        const struct token *t = &text->token.at[comma + 1 + n];

        if (t->upos == UPOS_PUNCT || t->upos == UPOS_VERB || t->upos == UPOS_AUX)
            break;
        n++;
    }
    if (n < 2 || n == TITLE_TOKENS || comma + 1 + n >= end ||
        !str_eq(text->token.at[comma + 1 + n].form, STR(",")))
        return;
    learn(l, code_of_tokens(l, comma + 1, n, n), "the words behind the name");
}

static void code_by_role(const struct learner *l)
{
    if (actor_at(l)->role.len > 0)
        learn(l, code_of_text(l, actor_at(l)->role), "the role");
}

/* What the text says of somebody goes before what his name is known for: "former
 * president X". */
static void code_by_name(const struct learner *l)
{
    const struct actor *a = actor_at(l);
    struct actor_code c = code_of_text(l, a->name);

    if (a->type == ENTITY_PERSON && !c.typed)
        return;
    if (a->type == ENTITY_PLACE) {
        c.sector = (struct str){ 0 };
        if (!c.country_from.entry) /* which of its name it is, the places tell */
            c.country = (struct str){ 0 };
    }
    learn(l, c, "the name");
}

/* The user's own entry for a name of this actor: it goes before all that the text tells. */
static void code_by_user(const struct learner *l)
{
    const struct actor *a = actor_at(l);

    for (uint32_t k = 0; l->facts->lexicon && k <= a->aliases.count; k++) {
        struct str name = k == 0 ? a->name : a->aliases.at[k - 1];

        if (actor_is_own(l->arena, l->facts->lexicon, name))
            learn(l, code_of_text(l, name), "the user's own actors");
    }
}

static void code_by_alias(const struct learner *l)
{
    const struct actor *a = actor_at(l);

    for (uint32_t k = 0; k < a->aliases.count && a->country.len == 0; k++) {
        struct actor_code c = code_of_text(l, a->aliases.at[k]);

        if (c.typed && a->type != ENTITY_PLACE)
            learn(l, c, "another name");
    }
}

static void code_entity(const struct learner *l)
{
    const struct actor *a = actor_at(l);

    code_by_user(l);
    code_by_role(l);
    for (uint32_t i = 0; a->type == ENTITY_PERSON && i < a->mention.count; i++) {
        const struct mention *m = &a->mention.at[i];

        if (m->kind != MENTION_NAME || (a->country.len > 0 && a->sector.len > 0))
            continue;
        learn_from_title(l, m);
        learn_from_apposition(l, m);
    }
    code_by_name(l);
    code_by_alias(l);
}

void actors_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts)
{
    const struct text *text = facts->text;

    facts->lexicon = tools->lexicon;
    for (uint32_t i = 0; i < text->entity.count; i++) {
        const struct entity *e = &text->entity.at[i];
        struct actor *a = PUSH(arena, &facts->actor);

        a->type = e->type;
        a->name = e->name;
        a->role = e->role;
        for (uint32_t k = 0; k < e->aliases.count; k++)
            *PUSH(arena, &a->aliases) = e->aliases.at[k];
    }
    copy_mentions(arena, facts);
    for (uint32_t i = 0; i < facts->actor.count; i++)
        code_entity(&(struct learner){ arena, facts, i });
}

/* What stands before a head and belongs to it, from the left: determiners, numbers and
 * possessive pronouns are no part of a group's name. */
static bool modifies(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_ADJ ||
           t->upos == UPOS_PART || str_eq(t->form, STR("-")) ||
           str_eq(t->form, STR("“")) || str_eq(t->form, STR("\"")) ||
           (t->upos == UPOS_VERB &&
            (t->rel == DEPREL_AMOD || t->rel == DEPREL_COMPOUND));
}

static bool is_mark(const struct token *t)
{
    return t->upos == UPOS_PUNCT || t->upos == UPOS_SYM;
}

/* "spokesman for", "minister for"; not "rebels for". */
static bool speaks_for(const struct text *text, uint32_t head)
{
    if (!str_eq(text->token.at[head + 1].lower, STR("for")))
        return false;
    return str_in(text->token.at[head].lemma,
                  "spokesman|spokeswoman|spokesperson|minister|secretary|"
                  "commissioner|envoy|director|representative|spokespeople|"
                  "coordinator|center|centre|campaign|candidate");
}

/* "members" of the security forces: the tail tells who they are. */
static uint32_t with_tail(const struct text *text, uint32_t head, uint32_t end)
{
    uint32_t last = head;

    if (head + 2 >= end ||
        (!str_eq(text->token.at[head + 1].lower, STR("of")) && !speaks_for(text, head)))
        return head;
    for (uint32_t i = head + 2; i < end && i <= head + PHRASE_TAIL; i++) {
        const struct token *t = &text->token.at[i];

        if (breaks_phrase(t) && !is_mark(t))
            break;
        if (is_mark(t) && t->upos == UPOS_PUNCT && !str_eq(t->form, STR("-")))
            break;
        if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN)
            last = i;
    }
    return last;
}

struct core {
    uint32_t first, head, last; /* tokens of a group's name, both ends in */
};

/* First word of the name that stands at the head, where what is before it only describes:
 * "state-owned Hydrovel"; else the phrase's first. */
static uint32_t past_description(const struct text *text, uint32_t first, uint32_t head)
{
    const struct token *t = text->token.at;
    uint32_t i = head;

    if (t[head].upos != UPOS_PROPN || t[head].mention < text->mention.count)
        return first;
    while (i > first && ascii_is_upper(*t[i - 1].form.ptr))
        i--;
    return i > first && ascii_is_lower(*t[i - 1].form.ptr) &&
                   (t[i - 1].upos == UPOS_ADJ || t[i - 1].upos == UPOS_VERB)
               ? i
               : first;
}

static struct core core_of(const struct text *text, uint32_t first, uint32_t tokens,
                           uint32_t head)
{
    struct core c = { head, head, with_tail(text, head, first + tokens) };

    while (c.first > first && modifies(&text->token.at[c.first - 1]))
        c.first--;
    c.first = past_description(text, c.first, head);
    while (c.first < head && (text->token.at[c.first].upos == UPOS_PART ||
                              is_mark(&text->token.at[c.first])))
        c.first++;
    return c;
}

static struct str text_between(const struct text *text, uint32_t first, uint32_t last)
{
    return str_slice(text->article->text, text->token.at[first].start,
                     text->token.at[last].end);
}

/* A group with this name, made from an earlier phrase. */
static uint32_t find_group(const struct facts *facts, struct str name)
{
    for (uint32_t i = facts->text->entity.count; i < facts->actor.count; i++)
        if (str_eq_fold(facts->actor.at[i].name, name))
            return i;
    return FACT_NONE;
}

static bool is_plural(const struct token *t)
{
    return t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS;
}

/* Whom the lexicon doesn't know: plurals that end in -ers may act, things may not. */
static enum entity_type type_unknown(const struct token *head)
{
    if (head->upos == UPOS_PROPN)
        return ENTITY_GROUP;
    if (is_plural(head) &&
        (str_ends(head->lower, STR("ers")) || str_ends(head->lower, STR("ists")) ||
         str_ends(head->lower, STR("ians"))))
        return ENTITY_GROUP;
    return ENTITY_MISC;
}

/* "policemen" and "two officers" are a group, "a spokesman" is a person. */
static enum entity_type type_known(struct actor_code c, const struct token *head)
{
    if (c.type == ENTITY_PERSON)
        return is_plural(head) ? ENTITY_GROUP : ENTITY_PERSON;
    return c.type;
}

static uint32_t group_new(struct arena *arena, struct facts *facts, struct core core)
{
    const struct text *text = facts->text;
    const struct token *head = &text->token.at[core.head];
    struct learner l = { arena, facts, facts->actor.count };
    struct actor_code c = code_of_tokens(&l, core.first, core.last + 1 - core.first,
                                         core.head - core.first);
    struct actor *a = PUSH(arena, &facts->actor);

    c.capital = false; /* it acts, so it governs */
    a->name = text_between(text, core.first, core.last);
    learn(&l, c, "its words");
    a->type = c.typed || c.country.len > 0 ? type_known(c, head) : type_unknown(head);
    if (!c.typed && head->upos == UPOS_NOUN)
        a->type = type_unknown(head);
    return facts->actor.count - 1;
}

static void add_mention(struct arena *arena, struct facts *facts, uint32_t actor,
                        struct core core, enum mention_kind kind)
{
    const struct text *text = facts->text;
    struct actor *a = &facts->actor.at[actor];
    struct mention m = { .start = text->token.at[core.first].start,
                         .end = text->token.at[core.last].end,
                         .first = core.first,
                         .tokens = core.last + 1 - core.first,
                         .head = core.head,
                         .entity = actor,
                         .kind = kind };

    uint32_t at = a->mention.count;

    /* by start, and most are the last so far */
    while (at > 0 && a->mention.at[at - 1].start > m.start)
        at--;
    for (uint32_t i = at; i > 0 && a->mention.at[i - 1].start == m.start; i--)
        if (a->mention.at[i - 1].end == m.end)
            return;
    (void)PUSH(arena, &a->mention);
    for (uint32_t i = a->mention.count - 1; i > at; i--)
        a->mention.at[i] = a->mention.at[i - 1];
    a->mention.at[at] = m;
}

/* "Thursday", "Mr": nobody, whatever verb they stand before. */
static bool is_nobody(const struct token *head)
{
    return lex_find(&lex_weekdays, head->lower) ||
           str_in(head->lower,
                  "mr|mrs|ms|mr.|mrs.|ms.|today|yesterday|tomorrow|tonight");
}

/* A name of the text, by its words: "Velmair" where a phrase has it again. */
static uint32_t find_named(const struct facts *facts, struct str name)
{
    for (uint32_t i = 0; i < facts->text->entity.count; i++)
        if (str_eq(facts->actor.at[i].name, name))
            return i;
    return FACT_NONE;
}

/* The actor whose name the phrase is, an old one or a new one. */
static uint32_t actor_of_core(struct arena *arena, struct facts *facts,
                              struct core core)
{
    struct str name = text_between(facts->text, core.first, core.last);
    uint32_t actor = FACT_NONE;

    if (facts->text->token.at[core.head].upos == UPOS_PROPN)
        actor = find_named(facts, name);
    if (actor == FACT_NONE)
        actor = find_group(facts, name);
    if (actor == FACT_NONE)
        actor = group_new(arena, facts, core);
    add_mention(arena, facts, actor, core, MENTION_NOMINAL);
    return actor;
}

/* "Sergeant" Ada Venn, where the tree hangs the name on the title. */
static uint32_t past_title(const struct text *text, uint32_t head)
{
    uint32_t name = tree_child(text, head, DEPREL_FLAT);
    uint32_t m = text->token.at[head].mention;

    if (m < text->mention.count || name == TOKEN_NONE ||
        text->token.at[name].mention >= text->mention.count)
        return head;
    return name;
}

/* ", state-owned Hydrovel": a comma stands before the name's phrase. */
static bool follows_comma(const struct text *text, uint32_t head, uint32_t name)
{
    uint32_t i = name;

    while (i > head + 1 && text->token.at[i - 1].head <= name &&
           text->token.at[i - 1].head > head && text->token.at[i - 1].head >= i - 1)
        i--;
    return i > 0 && (str_eq(text->token.at[i].form, STR(",")) ||
                     str_eq(text->token.at[i - 1].form, STR(",")));
}

/* "the mayor of Halvery, Jannes Orbet,", "the operator, Hydrovel,": the name behind a
 * title that hangs on it. */
static uint32_t name_behind(const struct text *text, uint32_t head)
{
    uint32_t end = text->sentence.at[text->token.at[head].sentence].first +
                   text->sentence.at[text->token.at[head].sentence].tokens;

    if (text->token.at[head].upos != UPOS_NOUN || is_plural(&text->token.at[head]))
        return TOKEN_NONE;
    for (uint32_t i = head + 1; i < end; i++) {
        const struct token *t = &text->token.at[i];

        if (t->head != head || (t->rel != DEPREL_APPOS && t->rel != DEPREL_NMOD) ||
            !follows_comma(text, head, i))
            continue;
        if (t->mention >= text->mention.count) {
            if (t->upos == UPOS_PROPN && t->rel == DEPREL_APPOS && !is_nobody(t))
                return i; /* "the operator, state-owned Hydrovel," */
            continue;
        }
        if (text->mention.at[t->mention].entity < text->entity.count &&
            text->entity.at[text->mention.at[t->mention].entity].type != ENTITY_PLACE)
            return i;
    }
    return TOKEN_NONE;
}

static uint32_t actor_with_title(struct arena *arena, struct facts *facts,
                                 struct core title, uint32_t name)
{
    const struct text *text = facts->text;
    uint32_t m = text->token.at[name].mention, first = name, actor;
    struct actor *a;

    while (first > title.last + 1 && modifies(&text->token.at[first - 1]))
        first--;
    actor =
        m < text->mention.count
            ? text->mention.at[m].entity
            : actor_of_core(arena, facts, core_of(text, first, name + 1 - first, name));
    a = &facts->actor.at[actor];
    if (a->role.len == 0 && a->type == ENTITY_PERSON)
        a->role = text_between(text, title.first, title.last);
    add_mention(arena, facts, actor, title, MENTION_NOMINAL);
    return actor;
}

static uint32_t actor_of(struct arena *arena, struct facts *facts, uint32_t head,
                         uint32_t first, uint32_t end);

/* "they": the actor of the phrase that it goes back to, which is no pronoun. */
static uint32_t actor_of_pronoun(struct arena *arena, struct facts *facts,
                                 uint32_t pronoun)
{
    uint32_t meant = tree_meant(facts->text, pronoun), actor;

    if (facts->text->token.at[meant].upos == UPOS_PRON)
        return FACT_NONE;
    actor = actor_for_head(arena, facts, meant);
    if (actor != FACT_NONE)
        add_mention(arena, facts, actor, (struct core){ pronoun, pronoun, pronoun },
                    MENTION_PRONOUN);
    return actor;
}

static uint32_t actor_of(struct arena *arena, struct facts *facts, uint32_t head,
                         uint32_t first, uint32_t end)
{
    const struct text *text = facts->text;
    uint32_t m, name;
    struct core core;

    head = tree_counted(text, head);
    head = past_title(text, head);
    m = text->token.at[head].mention;
    if (m < text->mention.count && text->mention.at[m].entity < text->entity.count)
        return text->mention.at[m].entity;
    if (text->token.at[head].upos == UPOS_PRON)
        return actor_of_pronoun(arena, facts, head);
    if (is_nobody(&text->token.at[head]))
        return FACT_NONE;
    core = core_of(text, first, end - first, head);
    name = name_behind(text, head);
    if (name != TOKEN_NONE)
        return actor_with_title(arena, facts, core, name);
    return actor_of_core(arena, facts, core);
}

uint32_t actor_for_phrase(struct arena *arena, const struct fact_tools *tools,
                          struct facts *facts, uint32_t first, uint32_t tokens)
{
    uint32_t head = phrase_head(facts->text, first, tokens);

    (void)tools;
    return head == TOKEN_NONE ? FACT_NONE
                              : actor_of(arena, facts, head, first, first + tokens);
}

uint32_t actor_for_head(struct arena *arena, struct facts *facts, uint32_t head)
{
    const struct text *text = facts->text;
    const struct sentence *s = &text->sentence.at[text->token.at[head].sentence];
    uint32_t first = head;

    /* as far to the left as words hang on the phrase */
    while (first > s->first && text->token.at[first - 1].head != TOKEN_NONE &&
           text->token.at[first - 1].head >= first &&
           text->token.at[first - 1].head <= head)
        first--;
    return actor_of(arena, facts, head, first, s->first + s->tokens);
}
