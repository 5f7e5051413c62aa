/* group.h - which reports tell of the same happening.
 *
 *     struct edges edges = edges_from_stream(arena, &stream);
 *     struct grouping g = group_edges(arena, &stream, &edges);
 *     g.story[i]                          story of report i, numbered by first report
 *
 * Each report meets, as it arrives, the few earlier ones that share its most telling
 * terms (an inverted index with short lists, so the cost of a report doesn't grow with
 * their number).  Pairs are weighed by pair_logit, then stories are merged, nearest
 * first, as long as the mean over their pairs favours it: average linkage doesn't chain
 * look-alike incidents as single links do.
 */
#ifndef CORROB_STORY_GROUP_H
#define CORROB_STORY_GROUP_H

#include "story/view.h"

/* The reports of a run as views, and what weighs their pairs. */
struct stream {
    const struct view *view; /* weighed */
    uint32_t reports;
    const struct vocabulary *vocabulary;
    const struct pair_model *model; /* MODELS of them */
};

struct edge {
    uint32_t a, b; /* a < b */
    float logit;
};

struct edges {
    struct edge *at;
    uint32_t count, cap;
};

struct grouping {
    uint32_t *story;
    uint32_t stories;
};

/* The candidate pairs, each weighed; grown in arena. */
struct edges edges_from_stream(struct arena *arena, const struct stream *stream);
struct grouping group_edges(struct arena *arena, const struct stream *stream,
                            const struct edges *edges);

#endif
