#include "story/sorter.h"

#include <stdlib.h>

#include "story/circle.h"

/* Log odds above which a candidate's story is looked at: well below what joins it, since
 * a mean may be better than its pairs. */
static const float resembles[MODELS] = { [MODEL_TEXT] = -2.0F,
                                         [MODEL_HEADLINE] = -3.0F,
                                         [MODEL_UNDATED] = -2.0F };
#define AFFECTED_MAX 6 /* stories looked at */

struct sorter *sorter_new(void)
{
    return sorter_new_like(NULL);
}

struct sorter *sorter_new_like(const struct arena *like)
{
    struct arena arena;
    struct sorter *s;

    arena_init_like(&arena, SIZE_MAX, like);
    s = NEW(&arena, struct sorter, 1);
    s->arena = arena;
    arena_init_like(&s->marks, SIZE_MAX, &arena);
    arena_init_like(&s->scratch, SIZE_MAX, &arena);
    arena_init_like(&s->chunk_table, SIZE_MAX, &arena);
    arena_init_like(&s->chain_table, SIZE_MAX, &arena);
    s->model = pair_models;
    s->vocabulary = vocabulary_new(&s->arena);
    s->index = index_new(&s->arena);
    s->pair = NEW(&s->arena, struct pair, PAIR_SLOTS);
    s->today = DATE_NONE;
    return s;
}

void sorter_free(struct sorter *s)
{
    struct arena arena;

    if (!s)
        return;
    vocabulary_release(&s->vocabulary);
    index_release(&s->index);
    arena_release(&s->marks);
    arena_release(&s->scratch);
    arena_release(&s->chunk_table);
    arena_release(&s->chain_table);
    arena = s->arena;
    arena_release(&arena);
}

float sorter_logit(const struct sorter *s, uint32_t a, uint32_t b)
{
    uint32_t first = a < b ? a : b, second = a < b ? b : a;
    struct pair *p = &s->pair[word_pair_key(first, second) & (PAIR_SLOTS - 1)];

    if (p->a != first + 1 || p->b != second)
        *p = (struct pair){ first + 1, second,
                            pair_logit(s->model, &sorter_slip(s, first)->view,
                                       &sorter_slip(s, second)->view) };
    return p->logit;
}

/* Twice the room for what an arena of its own holds; the old one is given back. */
static void *regrow(struct arena *arena, const void *at, uint32_t count, uint32_t *cap,
                    size_t size)
{
    struct arena old = *arena;
    void *grown;

    arena_init_like(arena, SIZE_MAX, &old);
    *cap = *cap ? *cap * 2 : 256;
    grown = arena_take(arena, *cap, size);
    if (count > 0)
        memcpy(grown, at, count * size);
    arena_release(&old);
    return grown;
}

struct slip *sorter_put_slip(struct sorter *s)
{
    uint32_t i = s->reports >> CHUNK_BITS;

    if ((s->reports & (CHUNK - 1)) == 0) {
        if (i == s->chunks)
            s->chunk =
                regrow(&s->chunk_table, s->chunk, i, &s->chunks, sizeof *s->chunk);
        s->chunk[i] = NEW(&s->arena, struct slip, CHUNK);
    }
    return sorter_slip(s, s->reports++);
}

uint32_t sorter_put_chain(struct sorter *s)
{
    if (s->stories == s->chain_cap)
        s->chain = regrow(&s->chain_table, s->chain, s->stories, &s->chain_cap,
                          sizeof *s->chain);
    s->chain[s->stories] = (struct chain){ .newest = DATE_NONE };
    return s->stories++;
}

/* Puts the reports of b behind those of a. */
static void chain_append(struct sorter *s, struct chain *a, const struct chain *b)
{
    if (a->count == 0)
        a->first = b->first;
    else
        sorter_slip(s, a->last)->next = b->first + 1;
    a->last = b->last;
    a->count += b->count;
    if (b->newest > a->newest)
        a->newest = b->newest;
    sorter_slip(s, a->last)->next = 0;
}

static struct chain single(const struct sorter *s, uint32_t report)
{
    int32_t day = sorter_slip(s, report)->view.day;

    return (struct chain){ report, report, 1, day == DATE_NONE ? s->today : day };
}

/* The stories that the report resembles, best first. */
static uint32_t affected(const struct sorter *s, const struct view *new,
                         uint32_t story[AFFECTED_MAX])
{
    float logit[AFFECTED_MAX];
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->candidates; i++) {
        const struct candidate *c = &s->candidate[i];
        uint32_t in = sorter_story(s, c->report), k;

        if (c->logit < resembles[pair_model_of(new, &sorter_slip(s, c->report)->view)])
            continue;
        for (k = 0; k < n && story[k] != in; k++)
            continue;
        if (k == n && n < AFFECTED_MAX)
            logit[n++] = -1e9F;
        if (k == n || logit[k] >= c->logit)
            continue;
        for (; k > 0 && logit[k - 1] < c->logit; k--) {
            logit[k] = logit[k - 1];
            story[k] = story[k - 1];
        }
        logit[k] = c->logit;
        story[k] = in;
    }
    return n;
}

static struct unit *add_unit(struct circle *c, struct chain chain, uint32_t story)
{
    struct unit *u = &c->unit[c->units++];

    *u = (struct unit){ .chain = chain, .story = story };
    return u;
}

/* A large story as one unit: its sample is spread over its reports, the latest one in. */
static void add_whole(const struct sorter *s, struct circle *c, uint32_t story)
{
    const struct chain *chain = &s->chain[story];
    struct unit *u = add_unit(c, *chain, story);
    uint32_t report = chain->first;

    for (uint32_t i = 0; i < chain->count; i++) {
        if ((chain->count - 1 - i) * SAMPLE / chain->count !=
                (chain->count - i) * SAMPLE / chain->count &&
            u->samples < SAMPLE)
            u->sample[u->samples++] = report;
        report = sorter_slip(s, report)->next - 1;
    }
}

static void add_members(const struct sorter *s, struct circle *c, uint32_t story)
{
    for (uint32_t r = s->chain[story].first + 1; r; r = sorter_slip(s, r - 1)->next) {
        struct unit *u = add_unit(c, single(s, r - 1), story);

        u->sample[u->samples++] = r - 1;
    }
}

/* Takes the affected stories apart as far as there is room, each unit with a place. */
static void gather(const struct sorter *s, struct circle *c, const uint32_t *story,
                   uint32_t stories)
{
    uint32_t room = CIRCLE_MAX - 1 - stories;

    for (uint32_t i = 0; i < stories; i++) {
        uint32_t count = s->chain[story[i]].count;

        if (count - 1 <= room) {
            add_members(s, c, story[i]);
            room -= count - 1;
        } else {
            add_whole(s, c, story[i]);
        }
    }
}

static void put_step(struct sorter *s, enum step_kind kind, uint32_t report,
                     uint32_t story, uint32_t other)
{
    s->step[s->steps++] = (struct step){ kind, report, story, other };
}

/* What of each story went into each group of the circle. */
struct shares {
    uint32_t story[AFFECTED_MAX], stories;
    uint32_t reports[CIRCLE_MAX][AFFECTED_MAX];
    uint32_t
        name[CIRCLE_MAX]; /* the story that the group of this unit is from now on */
};

static void count_shares(const struct circle *c, struct shares *sh)
{
    for (uint32_t i = 0; i < c->units; i++)
        for (uint32_t k = 0; k < sh->stories; k++)
            if (c->unit[i].story == sh->story[k])
                sh->reports[c->unit[i].group][k] += c->unit[i].chain.count;
}

/* Each story keeps its number for the group that has most of it; what is left over gets
 * a new one. */
static void name_groups(struct sorter *s, const struct circle *c, struct shares *sh)
{
    bool taken[AFFECTED_MAX] = { false };

    for (uint32_t i = 0; i < c->units; i++)
        sh->name[i] = STORY_NONE;
    for (;;) {
        uint32_t best = 0, group = 0, of = 0;

        for (uint32_t g = 0; g < c->units; g++)
            for (uint32_t k = 0; k < sh->stories; k++)
                if (sh->name[g] == STORY_NONE && !taken[k] &&
                    (sh->reports[g][k] > best ||
                     (best > 0 && sh->reports[g][k] == best &&
                      sh->story[k] < sh->story[of]))) {
                    best = sh->reports[g][k];
                    group = g;
                    of = k;
                }
        if (best == 0)
            break;
        sh->name[group] = sh->story[of];
        taken[of] = true;
    }
    for (uint32_t i = 0; i < c->units; i++)
        if (c->unit[i].group == i && sh->name[i] == STORY_NONE)
            sh->name[i] = sorter_put_chain(s);
}

static void tell_step(struct sorter *s, const struct circle *c, const struct shares *sh,
                      const struct unit *u)
{
    uint32_t now = sh->name[u->group], k = 0;

    if (u->story == now)
        return;
    while (sh->story[k] != u->story)
        k++;
    if (sh->reports[u->group][k] < s->chain[u->story].count)
        put_step(s, STEP_SPLIT, u->chain.first, now, u->story);
    else if (u == &c->unit[0] || u[-1].story != u->story)
        put_step(s, STEP_MERGED, u->chain.first, now, u->story);
}

static void tell_steps(struct sorter *s, const struct circle *c,
                       const struct shares *sh)
{
    const struct unit *last = &c->unit[c->units - 1];
    uint32_t story = sh->name[last->group];
    bool opens = true;

    for (uint32_t k = 0; k < sh->stories; k++)
        opens &= sh->story[k] != story;
    put_step(s, opens ? STEP_OPENED : STEP_JOINED, last->chain.first, story,
             STORY_NONE);
    for (uint32_t i = 0; i + 1 < c->units; i++)
        tell_step(s, c, sh, &c->unit[i]);
}

/* The chains of the stories as the circle has it. */
static void relink(struct sorter *s, const struct circle *c, const struct shares *sh)
{
    for (uint32_t k = 0; k < sh->stories; k++)
        s->chain[sh->story[k]] = (struct chain){ .newest = DATE_NONE };
    for (uint32_t i = 0; i < c->units; i++) {
        const struct unit *u = &c->unit[i];
        uint32_t story = sh->name[u->group];

        if (story != u->story)
            for (uint32_t n = u->chain.count, r = u->chain.first; n > 0; n--) {
                struct slip *slip = sorter_slip(s, r);

                slip->story = story;
                r = slip->next - 1;
            }
        chain_append(s, &s->chain[story], &u->chain);
    }
}

/* Finds the story of a report that has just come in. */
static void place(struct sorter *s, uint32_t report)
{
    struct circle *c = NEW(&s->scratch, struct circle, 1);
    struct shares *sh = NEW(&s->scratch, struct shares, 1);
    struct unit *u;

    sh->stories = affected(s, &sorter_slip(s, report)->view, sh->story);
    gather(s, c, sh->story, sh->stories);
    u = add_unit(c, single(s, report), STORY_NONE);
    u->sample[u->samples++] = report;
    circle_link(s, c);
    count_shares(c, sh);
    name_groups(s, c, sh);
    s->steps = 0;
    tell_steps(s, c, sh);
    relink(s, c, sh);
}

uint32_t sorter_add(struct sorter *s, const struct told_words *told)
{
    uint32_t report = s->reports;
    struct slip *slip = sorter_put_slip(s);

    s->vocabulary.turn = report;
    slip->view = view_of_words(&s->marks, &s->scratch, &s->vocabulary, told);
    slip->story = STORY_NONE;
    if (slip->view.day != DATE_NONE && slip->view.day > s->today)
        s->today = slip->view.day;
    s->candidates = index_find(s, &slip->view, s->candidate);
    for (uint32_t i = 0; i < s->candidates; i++)
        s->candidate[i].logit = sorter_logit(s, s->candidate[i].report, report);
    place(s, report);
    index_list(s, &slip->view, report);
    arena_reset(&s->scratch);
    if (vocabulary_full(&s->vocabulary))
        index_tidy(s);
    return report;
}

/* Marks of the reports that stay awake, moved together. */
static void move_marks(struct sorter *s)
{
    struct arena old = s->marks;

    arena_init_like(&s->marks, SIZE_MAX, &old);
    for (uint32_t r = 0; r < s->reports; r++) {
        struct view *v = &sorter_slip(s, r)->view;
        const struct mark *from = v->mark;

        if (!from)
            continue;
        v->mark = NEW(&s->marks, struct mark, v->marks + 1);
        memcpy(v->mark, from, v->marks * sizeof *from);
    }
    arena_release(&old);
}

void sorter_rest(struct sorter *s, int32_t before)
{
    for (uint32_t i = 0; i < s->stories; i++) {
        const struct chain *c = &s->chain[i];

        if (c->count > 0 && c->newest != DATE_NONE && c->newest < before)
            for (uint32_t r = c->first + 1; r; r = sorter_slip(s, r - 1)->next)
                sorter_slip(s, r - 1)->view.mark = NULL;
    }
    index_tidy(s);
    move_marks(s);
}
