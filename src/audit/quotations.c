/* quotations.c - whether the words between quotation marks stand in a source. */
#include "audit/checks.h"

#define QUOTE_WORDS_MAX 120 /* of a quotation that is compared */
#define NEAR_SHARE 0.5F     /* of its words may differ, for the passage to be shown */
#define SPEAKER_WORDS 3     /* fewer words are a manner of speaking, not a quotation */

struct spoken {
    uint64_t hash;
    uint32_t start, end;
};
struct spoken_words {
    ARRAY(struct spoken) at;
};

/* Words as they are read aloud: case and punctuation aside, "don’t" as "dont". */
static struct spoken_words words_of(struct arena *arena, struct str text, uint32_t from,
                                    uint32_t to)
{
    struct spoken_words out = { .at = { .count = 0 } };
    char word[64];
    size_t n = 0;
    uint32_t start = from;

    for (uint32_t i = from; i <= to; i++) {
        struct str rest = str_slice(text, i, to);
        bool mark = str_starts(rest, STR("’")) || str_starts(rest, STR("“")) ||
                    str_starts(rest, STR("”")) || str_starts(rest, STR("–")) ||
                    str_starts(rest, STR("—")) || str_starts(rest, STR("…"));

        if (i < to && !mark && ascii_is_word(text.ptr[i])) {
            if (n == 0)
                start = i;
            if (n < sizeof word)
                word[n++] = ascii_lower(text.ptr[i]);
            continue;
        }
        if (n > 0 && i + 1 < to && (*rest.ptr == '\'' || str_starts(rest, STR("’")))) {
            i += mark ? 2 : 0;
            continue;
        }
        if (n > 0)
            *PUSH(arena, &out.at) =
                (struct spoken){ str_hash((struct str){ word, n }), start, i };
        n = 0;
        i += mark ? 2 : 0;
    }
    return out;
}

/* The passage of a text that a quotation is nearest to. */
struct passage_found {
    uint32_t report, from, to; /* words of that text, to exclusive */
    uint32_t distance;         /* words that differ */
};

/* Edit distance of all of q against any run of t: cost[i][j] with i words of q read and
 * a run that ends at t[j]; begin[i][j] is where that run starts. */
struct grid {
    uint32_t *cost, *begin;
    uint32_t columns;
};

static void fill_cell(const struct grid *g, const struct spoken_words *q,
                      const struct spoken_words *t, uint32_t i, uint32_t j)
{
    uint32_t at = i * g->columns + j, up = at - g->columns;
    uint32_t same = q->at.at[i - 1].hash == t->at.at[j - 1].hash ? 0 : 1;

    g->cost[at] = g->cost[up - 1] + same;
    g->begin[at] = g->begin[up - 1];
    if (g->cost[up] + 1 < g->cost[at]) {
        g->cost[at] = g->cost[up] + 1;
        g->begin[at] = g->begin[up];
    }
    if (g->cost[at - 1] + 1 < g->cost[at]) {
        g->cost[at] = g->cost[at - 1] + 1;
        g->begin[at] = g->begin[at - 1];
    }
}

static struct grid align(struct arena *arena, const struct spoken_words *q,
                         const struct spoken_words *t)
{
    uint32_t rows = q->at.count + 1, columns = t->at.count + 1;
    struct grid g = { NEW(arena, uint32_t, rows * columns),
                      NEW(arena, uint32_t, rows * columns), columns };

    for (uint32_t j = 0; j < columns; j++)
        g.begin[j] = j;
    for (uint32_t i = 1; i < rows; i++) {
        g.cost[i * columns] = i;
        for (uint32_t j = 1; j < columns; j++)
            fill_cell(&g, q, t, i, j);
    }
    return g;
}

static struct passage_found nearest(struct arena *arena, const struct shelf *sh,
                                    const struct spoken_words *q,
                                    const struct spoken_words *source)
{
    struct passage_found best = { 0, 0, 0, UINT32_MAX };

    for (uint32_t r = 0; r < sh->sources; r++) {
        struct arena_mark mark = arena_mark(arena);
        struct grid g = align(arena, q, &source[r]);
        const uint32_t *last = &g.cost[q->at.count * g.columns];
        const uint32_t *begin = &g.begin[q->at.count * g.columns];

        for (uint32_t j = 1; j < g.columns; j++)
            if (last[j] < best.distance && begin[j] < j)
                best = (struct passage_found){ r, begin[j], j, last[j] };
        arena_rewind(arena, mark);
    }
    return best;
}

/* ---- what was changed ---- */

struct pair_walk {
    struct arena *arena;
    struct str brief, source;
    const struct spoken *q, *t;
    struct check *check;
    uint32_t q_to, t_to; /* run of changed words, going backwards */
    bool open;
};

static void close_edit(struct pair_walk *w, uint32_t i, uint32_t j)
{
    struct edit *e;

    if (!w->open)
        return;
    e = PUSH(w->arena, &w->check->edits);
    if (w->q_to > i)
        e->written = str_slice(w->brief, w->q[i].start, w->q[w->q_to - 1].end);
    if (w->t_to > j)
        e->stands = str_slice(w->source, w->t[j].start, w->t[w->t_to - 1].end);
    w->open = false;
}

static void reverse(struct check *c)
{
    for (uint32_t i = 0, k = c->edits.count; i + 1 < k; i++) {
        struct edit e = c->edits.at[i];

        c->edits.at[i] = c->edits.at[--k];
        c->edits.at[k] = e;
    }
}

/* Walks the alignment of the whole quotation with the passage back from its end. */
static void find_edits(struct pair_walk *w, const struct grid *g, uint32_t i,
                       uint32_t j)
{
    while (i > 0 || j > 0) {
        const uint32_t *cost = g->cost;
        uint32_t at = i * g->columns + j;
        bool diagonal = i > 0 && j > 0;
        bool same = diagonal && w->q[i - 1].hash == w->t[j - 1].hash &&
                    cost[at] == cost[at - g->columns - 1];

        if (same) {
            close_edit(w, i, j);
            i--;
            j--;
            continue;
        }
        if (!w->open) {
            w->q_to = i;
            w->t_to = j;
            w->open = true;
        }
        if (diagonal && cost[at] == cost[at - g->columns - 1] + 1) {
            i--;
            j--;
        } else if (i > 0 && cost[at] == cost[at - g->columns] + 1) {
            i--;
        } else if (j > 0) {
            j--;
        } else {
            i--;
        }
    }
    close_edit(w, 0, 0);
    reverse(w->check);
}

static void show_edits(const struct shelf *sh, const struct spoken_words *q,
                       const struct spoken_words *source, const struct passage_found *p,
                       struct check *c)
{
    struct spoken_words part = { .at = { .at = source->at.at + p->from,
                                         .count = p->to - p->from } };
    struct grid g = align(sh->arena, q, &part);
    struct pair_walk w = {
        .arena = sh->arena,
        .brief = sh->brief.facts->text->article->text,
        .source = sh->source[p->report].facts->text->article->text,
        .q = q->at.at,
        .t = part.at.at,
        .check = c,
    };

    find_edits(&w, &g, q->at.count, part.at.count);
}

/* ---- who said it ---- */

/* The claim that the quoted words belong to, or NULL. */
static const struct claim *claim_over(const struct sheet *s, uint32_t start,
                                      uint32_t end)
{
    const struct claim *best = NULL;

    for (uint32_t i = 0; i < s->claim.count; i++) {
        const struct claim *c = &s->claim.at[i];

        if (spans_meet(c->start, c->end, start, end) &&
            (!best || c->quoted > best->quoted ||
             (c->quoted == best->quoted &&
              c->end - c->start < best->end - best->start)))
            best = c;
    }
    return best;
}

/* Where stage fact found no speaker, the words beside the quotation name one. */
static bool named_beside(const struct shelf *sh, const struct claim *told,
                         const struct witness *w)
{
    const struct text *t = sh->source[w->report].facts->text;
    const struct sentence *s = &t->sentence.at[text_sentence_at(t, w->end)];
    struct str text = t->article->text;
    struct voice before, after;

    before = voice_of_words(
        sh->arena,
        str_slice(text, s->start > w->start ? w->start : s->start, w->start));
    after = voice_of_words(sh->arena,
                           str_slice(text, w->end, w->end > s->end ? w->end : s->end));
    return (before.knowns == 0 && after.knowns <= 1) ||
           voice_names(&told->voice, &before) || voice_names(&told->voice, &after);
}

static bool speaker_fits(const struct shelf *sh, const struct claim *told,
                         const struct witness *w)
{
    const struct claim *said = claim_over(&sh->source[w->report], w->start, w->end);

    if (!told || told->voice.saids == 0)
        return true;
    if (said && said->quoted && said->voice.saids > 0)
        return voices_fit(&told->voice, &said->voice);
    return named_beside(sh, told, w);
}

static void judge(const struct shelf *sh, const struct spoken_words *q,
                  const struct spoken_words *source, struct check *c)
{
    struct passage_found p = nearest(sh->arena, sh, q, source);
    const struct claim *told = claim_over(&sh->brief, c->start, c->end);
    const struct spoken *at;
    struct witness w;

    if (told)
        c->claimant = told->voice.name;
    c->reason = REASON_NOTHING;
    if (p.distance == UINT32_MAX || (float)p.distance > NEAR_SHARE * (float)q->at.count)
        return;
    at = source[p.report].at.at;
    w = (struct witness){ .report = p.report,
                          .start = at[p.from].start,
                          .end = at[p.to - 1].end };
    w.sentence = text_sentence_at(sh->source[p.report].facts->text, w.start);
    c->reason = REASON_NONE;
    if (p.distance > 0)
        c->reason = REASON_QUOTATION;
    else if (q->at.count >= SPEAKER_WORDS && !speaker_fits(sh, told, &w))
        c->reason = REASON_CLAIMANT;
    w.stance = c->reason == REASON_NONE ? WITNESS_SUPPORTS : WITNESS_DIFFERS;
    told = claim_over(&sh->source[p.report], w.start, w.end);
    if (told)
        w.claimant = told->voice.name;
    add_witness(sh->arena, c, w);
    if (p.distance > 0)
        show_edits(sh, q, &source[p.report], &p, c);
}

/* A quotation in pieces: "We will […] go on" is two runs of words. */
static uint32_t piece_end(struct str text, uint32_t from, uint32_t to)
{
    static const char *const gaps[] = { "[...]", "[…]", "(...)", "...", "…" };
    uint32_t end = to;

    for (size_t i = 0; i < COUNT(gaps); i++) {
        size_t at = str_find(str_slice(text, from, end), str_from(gaps[i]));

        if (at != STR_NPOS)
            end = from + (uint32_t)at;
    }
    return end;
}

static void check_piece(const struct shelf *sh, struct audit *a, uint32_t from,
                        uint32_t to, const struct spoken_words *source)
{
    const struct text *t = a->brief->text;
    struct spoken_words q = words_of(sh->arena, t->article->text, from, to);
    struct check c = { .kind = CHECK_QUOTATION };

    if (q.at.count == 0)
        return;
    if (q.at.count > QUOTE_WORDS_MAX)
        q.at.count = QUOTE_WORDS_MAX;
    c.start = q.at.at[0].start;
    c.end = q.at.at[q.at.count - 1].end;
    c.sentence = text_sentence_at(t, c.start);
    judge(sh, &q, source, &c);
    *PUSH(sh->arena, &a->check) = c;
}

void audit_quotations(const struct shelf *sh, struct audit *a)
{
    struct str text = a->brief->text->article->text;
    struct spoken_words *source = NEW(sh->arena, struct spoken_words, sh->sources + 1);

    for (uint32_t r = 0; r < sh->sources; r++) {
        struct str s = sh->source[r].facts->text->article->text;

        source[r] = words_of(sh->arena, s, 0, (uint32_t)s.len);
    }
    for (uint32_t i = 0; i < sh->brief.quoted.count; i++) {
        struct span quoted = sh->brief.quoted.at[i];

        while (quoted.start < quoted.end) {
            uint32_t end = piece_end(text, quoted.start, quoted.end);

            check_piece(sh, a, quoted.start, end, source);
            quoted.start = end;
            while (quoted.start < quoted.end &&
                   !ascii_is_letter(text.ptr[quoted.start]))
                quoted.start++;
        }
    }
}
