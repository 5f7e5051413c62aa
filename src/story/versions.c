#include "story/versions.h"

#include <stdlib.h>

#include "base/address.h"
#include "base/buf.h"
#include "base/table.h"

/* ---- sentences ---- */

static struct str words_of(struct arena *arena, const struct facts *f, uint32_t start,
                           uint32_t end)
{
    return arena_line(arena, str_slice(f->text->article->text, start, end));
}

/* How often each sentence of a report stands in it. */
static struct table sentences_of(struct arena *arena, const struct facts *f)
{
    struct table t = { .count = 0 };
    const struct text *text = f->text;

    for (uint32_t i = 0; i < text->sentence.count; i++)
        ++*table_put(
            arena, &t,
            words_of(arena, f, text->sentence.at[i].start, text->sentence.at[i].end));
    return t;
}

static bool share_words(struct arena *arena, const struct facts *a,
                        const struct facts *b)
{
    struct table of = sentences_of(arena, a);

    if (a->text->article->title.len > 0 &&
        str_eq_fold(a->text->article->title, b->text->article->title))
        return true;
    for (uint32_t i = 0; i < b->text->sentence.count; i++) {
        const struct sentence *s = &b->text->sentence.at[i];

        if (table_find(&of, words_of(arena, b, s->start, s->end)))
            return true;
    }
    return str_eq(a->text->article->text, b->text->article->text);
}

uint32_t *versions_find(struct arena *arena, const struct facts *const *report,
                        uint32_t reports)
{
    struct table by_key = { .count = 0 };
    uint32_t *first = NEW(arena, uint32_t, reports + 1);

    for (uint32_t i = 0; i < reports; i++) {
        const struct article *a = report[i]->text->article;
        struct str key[] = { a->page->id, address_key(arena, a->url) };

        first[i] = i;
        for (uint32_t k = 0; k < 2; k++) {
            uint32_t *seen = key[k].len > 0 ? table_put(arena, &by_key, key[k]) : NULL;

            if (seen && *seen == 0)
                *seen = i + 1;
            else if (seen && first[i] == i &&
                     (k == 0 ? str_eq(report[*seen - 1]->text->article->text, a->text)
                             : share_words(arena, report[*seen - 1], report[i])))
                first[i] = first[*seen - 1];
        }
    }
    return first;
}

/* ---- what changed ---- */

struct comparing {
    struct arena *arena;
    const struct facts *a, *b;
    struct version_change *change;
};

/* Sentences of f that other has fewer of. */
static void missing(const struct comparing *c, const struct facts *f,
                    const struct facts *other, bool added)
{
    struct table left = sentences_of(c->arena, other);

    for (uint32_t i = 0; i < f->text->sentence.count; i++) {
        const struct sentence *s = &f->text->sentence.at[i];
        uint32_t *n = table_find(&left, words_of(c->arena, f, s->start, s->end));

        if (n && *n > 0)
            --*n;
        else if (added)
            *PUSH(c->arena, &c->change->added) = (struct span){ s->start, s->end };
        else
            *PUSH(c->arena, &c->change->removed) = (struct span){ s->start, s->end };
    }
}

static bool same_scope(const struct figure *x, const struct figure *y)
{
    return x->measure == y->measure && x->background == y->background &&
           str_eq(x->unit, y->unit) && str_eq(x->class_name, y->class_name) &&
           str_eq(x->group, y->group) &&
           (measure_is_toll(x->measure) || str_eq_fold(x->who, y->who));
}

static bool same_value(const struct figure *x, const struct figure *y)
{
    return same_scope(x, y) && x->low == y->low && x->high == y->high;
}

/* The first free figure of b that fits each free one of a: equal ones are settled and
 * not told, others of one scope have moved. */
static void match(const struct comparing *c, bool *free_a, bool *free_b,
                  bool (*fits)(const struct figure *, const struct figure *), bool tell)
{
    for (uint32_t i = 0; i < c->a->figure.count; i++)
        for (uint32_t k = 0; free_a[i] && k < c->b->figure.count; k++) {
            if (!free_b[k] || !fits(&c->a->figure.at[i], &c->b->figure.at[k]))
                continue;
            free_a[i] = free_b[k] = false;
            if (tell)
                *PUSH(c->arena, &c->change->figures) = (struct figure_change){ i, k };
        }
}

/* All true, and ended by a false that is never asked for. */
static bool *all_free(struct arena *arena, uint32_t n)
{
    bool *all = NEW(arena, bool, n + 1);

    for (uint32_t i = 0; i < n; i++)
        all[i] = true;
    return all;
}

static void compare_figures(const struct comparing *c)
{
    bool *free_a = all_free(c->arena, c->a->figure.count);
    bool *free_b = all_free(c->arena, c->b->figure.count);

    match(c, free_a, free_b, same_value, false);
    match(c, free_a, free_b, same_scope, true);
    for (uint32_t k = 0; k < c->b->figure.count; k++)
        if (free_b[k])
            *PUSH(c->arena, &c->change->figures) =
                (struct figure_change){ FACT_NONE, k };
    for (uint32_t i = 0; i < c->a->figure.count; i++)
        if (free_a[i])
            *PUSH(c->arena, &c->change->figures) =
                (struct figure_change){ i, FACT_NONE };
}

/* Statements of f whose words other's statements don't have. */
static void compare_statements(const struct comparing *c, const struct facts *f,
                               const struct facts *other, bool added)
{
    struct table said = { .count = 0 };

    for (uint32_t i = 0; i < other->statement.count; i++)
        ++*table_put(c->arena, &said,
                     words_of(c->arena, other, other->statement.at[i].start,
                              other->statement.at[i].end));
    for (uint32_t i = 0; i < f->statement.count; i++) {
        const struct statement *s = &f->statement.at[i];

        if (table_find(&said, words_of(c->arena, f, s->start, s->end)))
            continue;
        if (added)
            *PUSH(c->arena, &c->change->said) = i;
        else
            *PUSH(c->arena, &c->change->unsaid) = i;
    }
}

static void compare(struct arena *arena, const struct facts *a, const struct facts *b,
                    struct version_change *change)
{
    const struct comparing c = { arena, a, b, change };

    change->retitled = !str_eq(a->text->article->title, b->text->article->title);
    missing(&c, b, a, true);
    missing(&c, a, b, false);
    compare_figures(&c);
    compare_statements(&c, b, a, true);
    compare_statements(&c, a, b, false);
}

/* ---- the versions of a story ---- */

static bool came_later(const struct article *a, const struct article *b)
{
    return a->published.precision >= INSTANT_DAY &&
           b->published.precision >= INSTANT_DAY &&
           instant_seconds(a->published) > instant_seconds(b->published);
}

/* Puts a report among the versions of its article, which stay in order. */
static void add_version(struct arena *arena, const struct facts *const *report,
                        struct versions *v, uint32_t index)
{
    uint32_t at;

    *PUSH(arena, &v->reports) = index;
    at = v->reports.count - 1;
    for (; at > 0 && came_later(report[v->reports.at[at - 1]]->text->article,
                                report[index]->text->article);
         at--)
        v->reports.at[at] = v->reports.at[at - 1];
    v->reports.at[at] = index;
}

static struct versions *versions_at(struct arena *arena, struct story *story,
                                    struct table *at, uint32_t first)
{
    struct buf name = buf_new(arena, 16);
    uint32_t *place;

    buf_printf(&name, "%u", first);
    place = table_put(arena, at, buf_view(&name));
    if (*place == 0) {
        *PUSH(arena, &story->versions) = (struct versions){ .change = { .count = 0 } };
        *PUSH(arena, &story->versions.at[story->versions.count - 1].reports) = first;
        *place = story->versions.count;
    }
    return &story->versions.at[*place - 1];
}

void story_find_versions(struct arena *arena, const struct facts *const *report,
                         const uint32_t *first, struct story *story)
{
    struct table at = { .count = 0 };

    for (uint32_t i = 0; i < story->reports.count; i++) {
        uint32_t index = story->reports.at[i];

        if (first[index] != index)
            add_version(arena, report, versions_at(arena, story, &at, first[index]),
                        index);
    }
    for (uint32_t i = 0; i < story->versions.count; i++) {
        struct versions *v = &story->versions.at[i];

        for (uint32_t k = 1; k < v->reports.count; k++) {
            struct version_change *change = PUSH(arena, &v->change);

            change->from = v->reports.at[k - 1];
            change->to = v->reports.at[k];
            compare(arena, report[change->from], report[change->to], change);
        }
    }
}

uint32_t *story_version_numbers(struct arena *arena, const struct story *story)
{
    uint32_t *number = NEW(arena, uint32_t, story->reports.count + 1);

    for (uint32_t i = 0; i < story->versions.count; i++) {
        const struct versions *v = &story->versions.at[i];

        for (uint32_t k = 1; k < v->reports.count; k++)
            number[story_place(story, v->reports.at[k])] = k;
    }
    return number;
}
