/* reworded.h - passages told again in other words, found by their order.
 *
 *     "Fuel price caps will be restored for six months. But the announcement has failed
 *      to end the protests."
 *     "Price controls on fuel will be reinstated for six months, officials say. The
 *      declaration has not put a halt to the demonstrations."
 *
 * Two reports of one event share its facts; one that retells the other shares their
 * order, too.  So sentences are aligned as words are in a search for like proteins: a
 * run of sentence pairs in the same order counts, a single likeness hardly does.
 */
#ifndef CORROB_STORY_REWORDED_H
#define CORROB_STORY_REWORDED_H

#include "story/passage.h"
#include "story/vocabulary.h"

/* Terms of one sentence, for comparing what it tells. */
struct telling {
    uint32_t first, end; /* words */
    struct sense {
        uint32_t key;
        float weight;
    } * sense; /* by key */
    uint32_t senses;
    float weight;
};

struct tellings {
    struct telling *at;
    uint32_t count, cap;
};

struct tellings tellings_of(struct arena *arena, const struct vocabulary *v,
                            const struct words *words);
/* One sentence by itself. */
struct telling telling_from_text(struct arena *arena, const struct vocabulary *v,
                                 struct str sentence);
/* 0..1: how much of the less telling sentence is in the other. */
float telling_likeness(const struct telling *a, const struct telling *b);
/* Adds runs of sentences that tell the same in the same order and are not yet carried. */
void runs_find_reworded(struct arena *arena, const struct tellings *a,
                        const struct tellings *b, struct side *from, struct side *to,
                        struct runs *runs);

#endif
