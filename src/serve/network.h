/* network.h - who did what to whom, as a drawing and as a matrix; for src/serve only.
 *
 *     struct network n = network_of(v->arena, findings);
 *
 *     network_draw(&m, &n);        an arrow from each actor to whom it acted on
 *     network_matrix(&m, &n);      the same as a table: who down, to whom across
 *
 * An arrow stands for all events of one kind between two parties; the kind is told by its
 * dash and by a word, not by colour alone.
 */
#ifndef CORROB_SERVE_NETWORK_H
#define CORROB_SERVE_NETWORK_H

#include "serve/visit.h"

#define NETWORK_PARTIES 24 /* drawn: those with the most events */

/* PLOVER's four quarters, and what lies outside. */
enum relation_kind { WORDS_FOR, DEEDS_FOR, WORDS_AGAINST, DEEDS_AGAINST, OTHER_KIND };

struct party {
    struct str name;
    uint32_t events; /* by it and to it */
    double x, y;
};

/* Events of one kind that one party is told to have done to another. */
struct relation {
    uint32_t who, whom; /* of network.party */
    enum relation_kind kind;
    uint32_t events, real; /* real: told as having happened */
    struct str types;      /* "ACCUSE, REJECT" */
    struct str report;     /* the first words that say so */
    int64_t start, end;
};

struct network {
    ARRAY(struct party) party; /* most events first */
    ARRAY(struct relation) relation;
};

/* findings: of a situation, JSON. */
struct network network_of(struct arena *arena, const json_t *findings);
/* Nothing where nobody did anything to anybody. */
void network_draw(struct markup *m, struct arena *arena, const struct network *n);
void network_matrix(struct markup *m, const struct network *n);
json_t *network_json(const struct network *n);

#endif
