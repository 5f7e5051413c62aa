#include "model/names.h"

#define IMPOSSIBLE (-1e30f)

static uint32_t part_of(uint32_t label)
{
    return label == NAME_OUTSIDE ? NAME_UNIT : (label - 1) % NAME_PARTS;
}

/* Whether a name goes on after a word with this label. */
static bool is_open(uint32_t label)
{
    return part_of(label) == NAME_BEGIN || part_of(label) == NAME_INSIDE;
}

/* The best label after which no name is open. */
static uint32_t best_closed(const float *x)
{
    uint32_t best = NAME_OUTSIDE;

    for (uint32_t l = 1; l < NAME_LABELS; l++)
        if (!is_open(l) && x[l] > x[best])
            best = l;
    return best;
}

/* After a closed label a name may begin or none be; after an open one it goes on. */
static void step(const float *before, const float *score, float *now, uint8_t *from)
{
    uint32_t closed = best_closed(before);

    for (uint32_t l = 0; l < NAME_LABELS; l++) {
        uint32_t part = part_of(l), first = l - part;

        from[l] = (uint8_t)closed;
        if (part == NAME_INSIDE || part == NAME_LAST)
            from[l] = (uint8_t)(before[first + NAME_INSIDE] > before[first + NAME_BEGIN]
                                    ? first + NAME_INSIDE
                                    : first + NAME_BEGIN);
        now[l] = before[from[l]] + score[l];
    }
}

void names_best(uint32_t n, const float *score, size_t row, uint8_t *from,
                uint8_t *label)
{
    float state[2][NAME_LABELS];
    uint32_t l;

    for (l = 0; l < NAME_LABELS; l++)
        state[0][l] = l == NAME_OUTSIDE ? 0 : IMPOSSIBLE;
    for (uint32_t i = 0; i < n; i++)
        step(state[i % 2], score + i * row, state[(i + 1) % 2],
             from + (size_t)i * NAME_LABELS);
    l = best_closed(state[n % 2]); /* a name must be over where the sentence is */
    for (uint32_t i = n; i-- > 0;) {
        label[i] = (uint8_t)l;
        l = from[(size_t)i * NAME_LABELS + l];
    }
}
