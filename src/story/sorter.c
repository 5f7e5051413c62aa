#include "story/sorter.h"

#include <stdlib.h>

#include "story/circle.h"
#include "story/cool.h"

/* Log odds above which a candidate's story is looked at: well below what joins it, since
 * a mean may be better than its pairs. */
static const float resembles[MODELS] = { [MODEL_TEXT] = -2.0F,
                                         [MODEL_HEADLINE] = -3.0F,
                                         [MODEL_UNDATED] = -2.0F };
#define AFFECTED_MAX 4 /* stories looked at */

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
    arena_init_like(&s->scratch, SIZE_MAX, &arena);
    arena_init_like(&s->chunk_table, SIZE_MAX, &arena);
    arena_init_like(&s->chain_table, SIZE_MAX, &arena);
    s->model = pair_models;
    s->vocabulary = vocabulary_new(&s->arena);
    s->index = index_new(&s->arena);
    s->pair = NEW(&s->arena, struct pair, PAIR_SLOTS);
    s->today = DATE_NONE;
    s->pace = default_pace;
    return s;
}

void sorter_free(struct sorter *s)
{
    struct arena arena;

    if (!s)
        return;
    vocabulary_release(&s->vocabulary);
    index_release(&s->index);
    for (uint32_t i = 0; i * CHUNK < s->reports; i++)
        arena_release(&s->chunk[i]->marks);
    arena_release(&s->scratch);
    arena_release(&s->chunk_table);
    arena_release(&s->chain_table);
    arena = s->arena;
    arena_release(&arena);
}

size_t sorter_memory(const struct sorter *s)
{
    size_t bytes = s->arena.lent + s->scratch.lent + s->chunk_table.lent +
                   s->chain_table.lent + s->vocabulary.arena.lent +
                   s->vocabulary.once.arena.lent + s->index.arena.lent;

    for (uint32_t i = 0; i * CHUNK < s->reports; i++)
        bytes += s->chunk[i]->marks.lent;
    return bytes;
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
        s->chunk[i] = NEW(&s->arena, struct chunk, 1);
        s->chunk[i]->today = s->today;
        arena_init_like(&s->chunk[i]->marks, SIZE_MAX, &s->arena);
    }
    return sorter_slip(s, s->reports++);
}

struct mark *sorter_put_marks(struct sorter *s, uint32_t report, uint32_t marks)
{
    struct chunk *c = s->chunk[report >> CHUNK_BITS];

    c->live += marks;
    c->held += marks;
    return NEW(&c->marks, struct mark, marks + (marks == 0));
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
    a->bare |= b->bare;
    if (b->latest > a->latest)
        a->latest = b->latest;
    if (b->newest > a->newest)
        a->newest = b->newest;
    sorter_slip(s, a->last)->next = 0;
}

static struct chain single(const struct sorter *s, uint32_t report)
{
    int32_t day = sorter_slip(s, report)->view.day;

    return (struct chain){ report, report, 1, report, day == DATE_NONE ? s->today : day,
                           false };
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

static uint32_t count_marked(const struct sorter *s, const struct chain *chain)
{
    uint32_t n = 0;

    for (uint32_t r = chain->first + 1; r; r = sorter_slip(s, r - 1)->next)
        n += sorter_slip(s, r - 1)->view.mark != NULL;
    return n;
}

/* A large story as one unit: its sample is spread over its reports, the latest one in. */
static void add_whole(const struct sorter *s, struct circle *c, uint32_t story)
{
    const struct chain *chain = &s->chain[story];
    struct unit *u = add_unit(c, *chain, story);
    uint32_t left = chain->bare ? count_marked(s, chain) : chain->count, all = left;

    for (uint32_t r = chain->first + 1; left > 0; r = sorter_slip(s, r - 1)->next) {
        if (!sorter_slip(s, r - 1)->view.mark)
            continue;
        left--;
        if (left * SAMPLE / all != (left + 1) * SAMPLE / all && u->samples < SAMPLE)
            u->sample[u->samples++] = r - 1;
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
                   uint32_t stories, bool headline)
{
    uint32_t room = (headline ? CIRCLE_MAX : (uint32_t)CIRCLE_TEXT) - 1 - stories;

    for (uint32_t i = 0; i < stories; i++) {
        uint32_t count = s->chain[story[i]].count;

        if (count - 1 <= room && !s->chain[story[i]].bare) {
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

/* Asks for the marks of a report that will be compared soon. */
static void expect_marks(const struct sorter *s, uint32_t report)
{
    const struct view *v = &sorter_slip(s, report)->view;

    for (uint32_t i = 0; i < v->marks; i += 64 / sizeof *v->mark)
        __builtin_prefetch(&v->mark[i]);
}

static void weigh_candidates(struct sorter *s, uint32_t report)
{
    for (uint32_t i = 0; i < s->candidates; i++) {
        if (i + 1 < s->candidates)
            expect_marks(s, s->candidate[i + 1].report);
        s->candidate[i].logit = sorter_logit(s, s->candidate[i].report, report);
    }
}

/* Finds the story of a report that has just come in. */
static void place(struct sorter *s, uint32_t report)
{
    struct circle *c = NEW(&s->scratch, struct circle, 1);
    struct shares *sh = NEW(&s->scratch, struct shares, 1);
    struct unit *u;

    sh->stories = affected(s, &sorter_slip(s, report)->view, sh->story);
    gather(s, c, sh->story, sh->stories,
           sorter_slip(s, report)->view.words < HEADLINE_WORDS);
    u = add_unit(c, single(s, report), STORY_NONE);
    u->sample[u->samples++] = report;
    circle_link(s, &s->scratch, c);
    count_shares(c, sh);
    name_groups(s, c, sh);
    s->steps = 0;
    tell_steps(s, c, sh);
    relink(s, c, sh);
}

uint32_t sorter_add(struct sorter *s, const struct told_words *told)
{
    uint32_t report = s->reports;
    struct slip *slip;

    if (report > 0 && (report & (CHUNK - 1)) == 0)
        sorter_cool(s);
    slip = sorter_put_slip(s);
    s->vocabulary.turn = report;
    slip->view = view_of_words(&s->scratch, &s->scratch, &s->vocabulary, told);
    if (slip->view.mark) {
        const struct mark *from = slip->view.mark;

        slip->view.mark = sorter_put_marks(s, report, slip->view.marks);
        memcpy(slip->view.mark, from, slip->view.marks * sizeof *from);
    }
    slip->story = STORY_NONE;
    if (slip->view.day != DATE_NONE && slip->view.day > s->today)
        s->today = slip->view.day;
    s->candidates = index_find(s, &slip->view, s->candidate);
    weigh_candidates(s, report);
    place(s, report);
    index_list(s, &slip->view, report);
    arena_reset(&s->scratch);
    if (vocabulary_full(&s->vocabulary))
        index_forget(s);
    return report;
}
