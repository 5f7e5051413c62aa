/* passage.h - which passages of two texts are the same, word for word or nearly.
 *
 *     "… shot at a party in Rowan Street, police said"
 *     "… shot at a birthday party in Rowan St, said police"     one passage of 8 words
 *
 * A passage may have words changed, left out or put in between its matching words, and
 * stand anywhere: paragraphs that moved still match.  Words that are page furniture
 * (masked) start no passage and count for nothing.
 */
#ifndef CORROB_STORY_PASSAGE_H
#define CORROB_STORY_PASSAGE_H

#include "story/words.h"

/* Words of a text as they are compared. */
struct side {
    struct words words;
    bool *masked;   /* by word: furniture found on many pages */
    bool *carried;  /* by word: part of a passage found so far */
    uint32_t count; /* words that are not masked */
};

/* Words from_first … from_end of one text are to_first … to_end of the other. */
struct run {
    uint32_t from_first, from_end, to_first, to_end;
    uint32_t reworded; /* pairs of sentences told in other words; 0: word for word */
};

struct runs {
    struct run *at;
    uint32_t count, cap;
};

struct side side_new(struct arena *arena, struct words words);
/* Finds passages between two sides, adds them to runs and marks their words. */
void runs_find(struct arena *arena, struct side *from, struct side *to,
               struct runs *runs);
/* The same of the shorter side. */
double sides_share(const struct side *a, const struct side *b);
double sides_share_longer(const struct side *a, const struct side *b);

#endif
