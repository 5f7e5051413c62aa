/* event_code.h - which lexicon entry codes a verb or a noun.
 *
 *     "imposed sweeping sanctions on"  with trigger "imposed"
 *     -> verbs.tsv "impose sanction on", used = { sanctions, on }
 *
 * Of the entries that fit the longest wins, then the one that asks for more.
 */
#ifndef CORROB_FACT_EVENT_CODE_H
#define CORROB_FACT_EVENT_CODE_H

#include "fact/fact.h"
#include "lex/lex.h"

#define EVENT_USED_MAX 8 /* words of the longest entry behind its first */

struct event_code {
    const struct lex_entry *entry; /* NULL: none */
    const struct lex_table *table; /* lex_verbs or lex_nouns */
    uint32_t trigger;              /* the verb; a noun's last word */
    uint32_t used[EVENT_USED_MAX]; /* tokens of the entry's other words, in its order */
    uint32_t count;
};

/* What an object may be: the verb decides by it ("fired the minister", "fired rockets"). */
enum object_class {
    OBJECT_NONE,
    OBJECT_THING,
    OBJECT_PERSON,
    OBJECT_FORCE,
    OBJECT_PLACE,
    OBJECT_MONEY,
    OBJECT_RELIEF,
    OBJECT_UNKNOWN /* a noun that no dictionary has: people as likely as things */
};
enum object_class object_class(const struct facts *facts, uint32_t token);
/* Whether a word may act or be acted upon: a name, a pronoun, a person, group or body. */
bool may_take_part(const struct facts *facts, uint32_t token);
/* Whether a time phrase lies over the token. */
bool token_in_when(const struct facts *facts, uint32_t token);

/* Nouns, and gerunds used as such: "police firing", "the shelling". */
bool may_name_event(const struct facts *facts, uint32_t token);
struct event_code event_code_of_verb(const struct facts *facts, uint32_t verb);
struct event_code event_code_of_noun(const struct facts *facts, uint32_t noun);

/* Notes the entry, the words that it matched and those that would have coded the word, and
 * why they did not; where that is asked for. */
void event_code_trace(const struct facts *facts, const struct event_code *code);

enum event_type event_code_type(struct event_code code);
struct str event_code_mode(struct event_code code);
struct str event_code_cameo(struct event_code code);
struct str event_code_actor(struct event_code code);     /* nouns: where to look */
struct str event_code_recipient(struct event_code code); /* where to look */

#endif
