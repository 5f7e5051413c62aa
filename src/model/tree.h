/* tree.h - the heads of a sentence's words: the best tree by the scores of arcs.
 *
 * One word hangs on the root, no word hangs below itself (Chu-Liu/Edmonds).  The best
 * head of each word alone gives such a tree for nine sentences in ten.
 */
#ifndef CORROB_MODEL_TREE_H
#define CORROB_MODEL_TREE_H

#include <stdint.h>

#include "base/arena.h"

/* score[i * row + h]: word i under head h (0: root, else 1 + word).  Fills head[n] in the
 * same numbers.  The arena is only scratch. */
void tree_best(struct arena *scratch, uint32_t n, const float *score, uint32_t row,
               uint32_t *head);

/* Distance from a word to its head, in words: 0 the root, else by the side and 1 2 3 4 6 9
 * 14 22 or more. */
#define TREE_DISTANCES 19
uint32_t tree_distance(uint32_t word, uint32_t head);

#endif
