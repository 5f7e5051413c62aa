/* names.h - labels of words for names: types, and where in a name a word stands.
 *
 *     "Mr. Kassym - Jomart Tokayev said"     O B-PER I-PER I-PER L-PER O
 *
 * BILOU: begin, inside, last of a name of several words, outside, unit for a name of one.
 */
#ifndef CORROB_MODEL_NAMES_H
#define CORROB_MODEL_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum name_type { NAME_PERSON, NAME_ORGANIZATION, NAME_PLACE, NAME_GROUP, NAME_MISC };
#define NAME_TYPES 5

enum name_part { NAME_BEGIN, NAME_INSIDE, NAME_LAST, NAME_UNIT };
#define NAME_PARTS 4

#define NAME_OUTSIDE 0
#define NAME_LABELS (1 + NAME_TYPES * NAME_PARTS)

static inline uint32_t name_label(enum name_type type, enum name_part part)
{
    return 1 + (uint32_t)type * NAME_PARTS + (uint32_t)part;
}

/* The best sequence of labels that is whole names: score[n][NAME_LABELS] with rows `row` apart;
 * from[n x NAME_LABELS] is scratch. */
void names_best(uint32_t n, const float *score, size_t row, uint8_t *from,
                uint8_t *label);

#endif
