/* actor_code.h - whom a phrase speaks of: country and PLOVER sector from its words.
 *
 *     "the Kazakh interior ministry"         KAZ GOV, an organization
 *     "former White House official"          USA ELI, a person
 *     "Kyiv police"                          UKR COP, a group
 *     "Russia's ambassador to Poland"        RUS GOV: what stands after "to" is not his
 *
 * The head decides, what modifies it helps: "official" alone is of the government, a
 * "union official" is not.
 */
#ifndef CORROB_FACT_ACTOR_CODE_H
#define CORROB_FACT_ACTOR_CODE_H

#include "fact/fact.h"
#include "lex/lex.h"

#define ACTOR_WORDS 24 /* words of a phrase that are looked at */

/* The lexicon entry that told something; entry NULL: none. */
struct actor_source {
    const struct lex_table *table;
    const struct lex_entry *entry;
};

struct actor_code {
    struct str country, sector;
    struct actor_source country_from, sector_from;
    struct actor_source head; /* what the head alone says, which may have given way */
    enum entity_type type;    /* where typed */
    bool typed;               /* the lexicon knows what the head is */
    bool capital;             /* a capital that may stand for its government */
    bool former;              /* out of office: PLOVER's elites */
};

/* word[0..n) as written; word[head] is its head, n when that isn't known.  own: the
 * user's actors, which go before ours; NULL: none. */
struct actor_code actor_code(struct arena *arena, const struct lexicon *own,
                             const struct str *word, uint32_t n, uint32_t head);
/* The same for a string such as a role: "US Secretary of State". */
struct actor_code actor_code_of_text(struct arena *arena, const struct lexicon *own,
                                     struct str phrase);
/* Whether a name, as it is written, is an entry of the user's own. */
bool actor_is_own(struct arena *arena, const struct lexicon *own, struct str name);
/* "ministries" -> "ministry", "policemen" -> "policeman", "forces" -> "force". */
struct str actor_singular(struct arena *arena, struct str lower);

#endif
