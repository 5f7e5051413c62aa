#include "engine/keep.h"

#define SHARED_MAX 32 /* bytes: longer words are seldom met twice */

/* Elements alone; what they point to is still the old. */
#define COPY(k, type, array)                                            \
    do {                                                                \
        type *kept_ = NEW((k)->arena, type, (array)->count);            \
        if ((array)->count > 0)                                         \
            memcpy(kept_, (array)->at, (array)->count * sizeof *kept_); \
        (array)->at = kept_;                                            \
        (array)->cap = (array)->count;                                  \
    } while (0)

/* A view of the text stays one; other words are copied, short ones once for all. */
static void keep(struct keeper *k, struct str *s)
{
    struct str words = *s;
    uint32_t *known;

    if (words.len == 0) {
        *s = (struct str){ NULL, 0 };
        return;
    }
    if (words.ptr >= k->from.ptr &&
        words.ptr + words.len <= k->from.ptr + k->from.len) {
        s->ptr = k->to.ptr + (words.ptr - k->from.ptr);
        return;
    }
    if (words.len > SHARED_MAX) {
        *s = arena_str(k->arena, words);
        return;
    }
    known = table_find(&k->shared, words);
    if (!known) {
        *s = arena_str(k->arena, words);
        known = table_put(k->arena, &k->shared, *s);
        *known = k->shared.count;
    }
    s->ptr = k->shared.entry[*known - 1].key.ptr;
}

static const struct page *keep_page(struct keeper *k, const struct page *from)
{
    struct page *page = NEW(k->arena, struct page, 1);

    *page = *from;
    page->body = (struct str){ NULL, 0 };
    page->id = arena_str(k->arena, page->id);
    keep(k, &page->input);
    keep(k, &page->ref);
    keep(k, &page->byline);
    keep(k, &page->kind);
    keep(k, &page->hints.title);
    keep(k, &page->hints.published);
    keep(k, &page->hints.outlet);
    keep(k, &page->hints.url);
    keep(k, &page->hints.language);
    keep(k, &page->fallback_date);
    keep(k, &page->charset);
    return page;
}

static const struct article *keep_article(struct keeper *k, const struct article *from)
{
    struct article *a = NEW(k->arena, struct article, 1);

    *a = *from;
    a->text = k->to;
    a->pieces.at = NULL;
    a->pieces.count = a->pieces.cap = 0;
    a->page = keep_page(k, from->page);
    keep(k, &a->url);
    keep(k, &a->outlet);
    keep(k, &a->domain);
    keep(k, &a->title);
    keep(k, &a->language);
    COPY(k, struct str, &a->byline);
    for (uint32_t i = 0; i < a->byline.count; i++)
        keep(k, &a->byline.at[i]);
    COPY(k, struct furniture, &a->furniture);
    for (uint32_t i = 0; i < a->furniture.count; i++) {
        keep(k, &a->furniture.at[i].text);
        keep(k, &a->furniture.at[i].why);
    }
    return a;
}

static const struct text *keep_text(struct keeper *k, const struct text *from)
{
    struct text *t = NEW(k->arena, struct text, 1);

    t->article = keep_article(k, from->article);
    t->sentence.at = from->sentence.at;
    t->sentence.count = from->sentence.count;
    COPY(k, struct sentence, &t->sentence);
    for (uint32_t i = 0; i < t->sentence.count; i++)
        t->sentence.at[i].tokens = 0;
    return t;
}

static void keep_actor(struct keeper *k, struct actor *a)
{
    keep(k, &a->name);
    keep(k, &a->role);
    keep(k, &a->country);
    keep(k, &a->sector);
    COPY(k, struct str, &a->aliases);
    for (uint32_t i = 0; i < a->aliases.count; i++)
        keep(k, &a->aliases.at[i]);
    COPY(k, struct mention, &a->mention);
}

static void keep_figure(struct keeper *k, struct figure *f)
{
    keep(k, &f->op);
    keep(k, &f->who);
    keep(k, &f->class_name);
    keep(k, &f->group);
    keep(k, &f->unit);
    keep(k, &f->cue);
    keep(k, &f->by_hand);
}

static void keep_event(struct keeper *k, struct event *e)
{
    keep(k, &e->mode);
    keep(k, &e->cameo);
    keep(k, &e->rule);
    keep(k, &e->by_hand);
    COPY(k, struct str, &e->contexts);
    for (uint32_t i = 0; i < e->contexts.count; i++)
        keep(k, &e->contexts.at[i]);
}

static void keep_statement(struct keeper *k, struct statement *s)
{
    keep(k, &s->cue);
    keep(k, &s->by_hand);
    COPY(k, struct span, &s->parts);
}

const struct facts *keep_facts(struct keeper *k, const struct facts *facts)
{
    struct facts *f = NEW(k->arena, struct facts, 1);

    *f = *facts;
    f->trace = NULL;
    k->from = facts->text->article->text;
    k->to = arena_str(k->arena, k->from);
    f->text = keep_text(k, facts->text);
    COPY(k, struct actor, &f->actor);
    COPY(k, struct when, &f->when);
    COPY(k, struct figure, &f->figure);
    COPY(k, struct event, &f->event);
    COPY(k, struct statement, &f->statement);
    for (uint32_t i = 0; i < f->actor.count; i++)
        keep_actor(k, &f->actor.at[i]);
    for (uint32_t i = 0; i < f->when.count; i++)
        keep(k, &f->when.at[i].value);
    for (uint32_t i = 0; i < f->figure.count; i++)
        keep_figure(k, &f->figure.at[i]);
    for (uint32_t i = 0; i < f->event.count; i++)
        keep_event(k, &f->event.at[i]);
    for (uint32_t i = 0; i < f->statement.count; i++)
        keep_statement(k, &f->statement.at[i]);
    return f;
}
