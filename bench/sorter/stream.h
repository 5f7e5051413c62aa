/* stream.h - made reports, as they would arrive day after day.
 *
 *     struct stream *t = stream_new(&arena, 5000);       5,000 reports a day
 *     story = stream_next(t, &told);                     made of this story
 *
 * Each day opens stories of one to forty reports, three on average.  Most of a story comes
 * within three days, the last of a large one after a week; of one story in forty somebody
 * tells again after three weeks to three months.  A story has a place and a topic that
 * others have, too, people, a toll and a few words of its own; each of its reports has
 * some of all that among common words, 1.8 kB in all.
 */
#ifndef CORROB_BENCH_STREAM_H
#define CORROB_BENCH_STREAM_H

#include "base/arena.h"
#include "story/view.h"

#define TEXT_BYTES 1800u
#define STREAM_DAYS 128u /* that are planned ahead */

struct made {
    uint64_t random;
    char text[TEXT_BYTES + 64];
    size_t len;
};

struct planned {
    uint32_t *at;
    uint32_t count, cap;
};

struct stream {
    struct arena *arena;
    uint64_t random;
    uint32_t a_day, stories, day, done; /* done: reports of the day */
    struct planned plan[STREAM_DAYS];   /* stories, one for each report of a day */
    struct made title, text;
};

uint64_t made_next(uint64_t *random);
/* A word of some syllables and a blank: the number's, always the same. */
void made_word(struct made *m, uint64_t n, bool name);
/* Common words as in news: the n-th is met in proportion to 1 / n. */
uint64_t made_common(struct made *m);

struct stream *stream_new(struct arena *arena, uint32_t a_day);
/* The next report, good until the call after; the story that it was made of. */
uint32_t stream_next(struct stream *t, struct told_words *told);

#endif
