#include "story/passage.h"

#define SEED 4        /* equal words in a row that begin a passage */
#define GAP_MAX 5     /* words that may differ between matching ones, on each side */
#define MATCHED_MIN 9 /* fewer matching words are a phrase, not a passage */
#define CHAIN_MAX 8   /* places of one seed that are tried */

struct seeds {
    uint32_t *head, *next; /* 1 + word index */
    uint32_t slots;
};

struct side side_new(struct arena *arena, struct words words)
{
    return (struct side){ .words = words,
                          .masked = NEW(arena, bool, words.count + 1),
                          .carried = NEW(arena, bool, words.count + 1),
                          .count = words.count };
}

static uint32_t seed_key(const struct words *w, uint32_t at)
{
    uint32_t key = w->at[at].key;

    for (uint32_t i = 1; i < SEED; i++)
        key = word_pair_key(key, w->at[at + i].key);
    return key;
}

static bool seed_masked(const struct side *s, uint32_t at)
{
    for (uint32_t i = 0; i < SEED; i++)
        if (!s->masked[at + i] && !s->carried[at + i])
            return false;
    return true;
}

static struct seeds seeds_of(struct arena *arena, const struct side *s)
{
    struct seeds seeds = { .slots = 64 };

    while (seeds.slots < s->words.count * 2)
        seeds.slots *= 2;
    seeds.head = NEW(arena, uint32_t, seeds.slots);
    seeds.next = NEW(arena, uint32_t, s->words.count + 1);
    for (uint32_t i = s->words.count; i-- > 0;)
        if (i + SEED <= s->words.count && !seed_masked(s, i)) {
            uint32_t *head = &seeds.head[seed_key(&s->words, i) & (seeds.slots - 1)];

            seeds.next[i] = *head;
            *head = i + 1;
        }
    return seeds;
}

/* How many words are equal from i and j on. */
static uint32_t equal_words(const struct side *a, uint32_t i, const struct side *b,
                            uint32_t j)
{
    uint32_t n = 0;

    while (i + n < a->words.count && j + n < b->words.count &&
           a->words.at[i + n].key == b->words.at[j + n].key && !a->carried[i + n] &&
           !b->carried[j + n])
        n++;
    return n;
}

/* Past up to GAP_MAX differing words to where two words agree again. */
static bool bridge(const struct side *a, uint32_t *i, const struct side *b, uint32_t *j)
{
    for (uint32_t sum = 1; sum <= 2 * GAP_MAX; sum++)
        for (uint32_t di = sum > GAP_MAX ? sum - GAP_MAX : 0;
             di <= sum && di <= GAP_MAX; di++)
            if (equal_words(a, *i + di, b, *j + sum - di) >= (sum > 2 ? 3 : 2)) {
                *i += di;
                *j += sum - di;
                return true;
            }
    return false;
}

/* The passage that begins at i and j; returns how many of its words match. */
static uint32_t extend(const struct side *a, uint32_t i, const struct side *b,
                       uint32_t j, struct run *run)
{
    uint32_t matched = 0, n;

    *run = (struct run){ .from_first = i, .to_first = j };
    do {
        n = equal_words(a, i, b, j);
        i += n;
        j += n;
        matched += n;
        run->from_end = i;
        run->to_end = j;
    } while (bridge(a, &i, b, &j));
    return matched;
}

/* The longest passage that begins at word j of `to`; 0 when there is none. */
static uint32_t longest(const struct seeds *seeds, const struct side *from,
                        const struct side *to, uint32_t j, struct run *best)
{
    uint32_t at = seeds->head[seed_key(&to->words, j) & (seeds->slots - 1)];
    uint32_t most = 0;

    for (int n = 0; at != 0 && n < CHAIN_MAX; n++, at = seeds->next[at - 1]) {
        struct run run;
        uint32_t matched = 0;

        if (equal_words(from, at - 1, to, j) >= SEED)
            matched = extend(from, at - 1, to, j, &run);
        if (matched > most) {
            most = matched;
            *best = run;
        }
    }
    return most;
}

static void carry(struct side *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        s->carried[i] = true;
}

/* Words of a run that are the report's own, not furniture. */
static uint32_t own_words(const struct side *s, uint32_t first, uint32_t end)
{
    uint32_t n = 0;

    for (uint32_t i = first; i < end; i++)
        n += !s->masked[i];
    return n;
}

void runs_find(struct arena *arena, struct side *from, struct side *to,
               struct runs *runs)
{
    struct seeds seeds = seeds_of(arena, from);

    for (uint32_t j = 0; j + SEED <= to->words.count;) {
        struct run run;
        uint32_t matched = seed_masked(to, j) ? 0 : longest(&seeds, from, to, j, &run);

        if (matched < MATCHED_MIN ||
            own_words(to, run.to_first, run.to_end) < MATCHED_MIN) {
            j++;
            continue;
        }
        carry(from, run.from_first, run.from_end);
        carry(to, run.to_first, run.to_end);
        *PUSH(arena, runs) = run;
        j = run.to_end;
    }
}

/* Of the words of a side that are not masked, the share that is carried. */
static double side_share(const struct side *s)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->words.count; i++)
        n += s->carried[i] && !s->masked[i];
    return s->count ? (double)n / s->count : 0;
}

double sides_share(const struct side *a, const struct side *b)
{
    return side_share(a->count < b->count ? a : b);
}

double sides_share_longer(const struct side *a, const struct side *b)
{
    return side_share(a->count < b->count ? b : a);
}
