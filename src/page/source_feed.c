#include "base/buf.h"
#include "page/source_int.h"

#define LISTS_DEEP 3 /* OPML that leads to OPML */

bool source_start_feed(struct source *s, struct str path, struct str bytes,
                       struct str base, struct str charset, struct err *err)
{
    struct feed_walk *f = &s->feed;

    *f = (struct feed_walk){ .open = true };
    arena_init(&f->arena, SIZE_MAX);
    f->path = arena_str(&f->arena, path);
    if (feed_read(&f->arena, bytes, base, charset, &f->feed, err))
        return true;
    source_end_feed(s);
    return false;
}

void source_end_feed(struct source *s)
{
    arena_release(&s->feed.arena);
    s->feed.open = false;
}

/* Content is a piece of a page: marked as the article that it is. */
static struct str as_page(struct arena *arena, struct str content)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    buf_str(&b, STR("<article>"));
    buf_str(&b, content);
    buf_str(&b, STR("</article>"));
    return buf_view(&b);
}

static void item_record(struct arena *arena, const struct feed_walk *f,
                        const struct feed_item *item, struct source_record *out)
{
    out->bytes =
        item->markup ? as_page(arena, item->text) : arena_str(arena, item->text);
    out->media = item->markup ? SOURCE_IS_HTML : SOURCE_IS_TEXT;
    out->charset = STR("utf-8");
    out->hints.title = arena_str(arena, item->title);
    out->hints.url = arena_str(arena, item->url);
    out->hints.published =
        arena_str(arena, item->published.len > 0 ? item->published : item->updated);
    out->hints.outlet = arena_str(arena, f->feed.title);
}

/* What the whole feed has to tell is told first. */
static bool feed_trouble(struct feed_walk *f, struct err *err)
{
    if (f->told_broken)
        return false;
    f->told_broken = true;
    if (f->feed.items.count == 0)
        return !err_set(err, ERR_EMPTY, -1, "a feed without items");
    if (f->feed.more)
        return !err_set(err, ERR_LIMIT, -1, "more than %d items; the first are read",
                        FEED_ITEMS_MAX);
    return f->feed.broken_line > 0 &&
           !err_set(err, ERR_FORMAT, f->feed.broken_line,
                    "broken XML from line %lld on; what can be read is",
                    (long long)f->feed.broken_line);
}

/* The feeds that a list names are visited next, in its order. */
static void push_list(struct source *s)
{
    const struct feed *feed = &s->feed.feed;

    for (uint32_t i = feed->items.count; s->feed.depth < LISTS_DEEP && i-- > 0;)
        if (feed->items.at[i].url.len > 0)
            *PUSH(s->arena, &s->stops) =
                (struct stop){ .path = arena_str(s->arena, feed->items.at[i].url),
                               .depth = s->feed.depth + 1 };
}

enum source_step source_next_of_feed(struct source *s, struct arena *arena,
                                     struct source_record *out, struct err *err)
{
    struct feed_walk *f = &s->feed;
    const struct feed_item *item;
    struct str path = arena_str(arena, f->path);

    if (feed_trouble(f, err))
        return source_trouble(path, 0, out);
    if (f->feed.kind == FEED_OPML && s->options.fetch) {
        push_list(s);
        f->next = f->feed.items.count;
    }
    if (f->next == f->feed.items.count) {
        source_end_feed(s);
        return SOURCE_END;
    }
    item = &f->feed.items.at[f->next++];
    if (!item->whole && item->url.len > 0 && s->options.fetch)
        return source_fetch_item(s, item, arena, out, err);
    if (!item->whole) {
        err_set(err, ERR_LINK, f->next, "%.*s",
                item->url.len < 200 ? (int)item->url.len : 200,
                item->url.ptr ? item->url.ptr : "no link either");
        return source_trouble(path, f->next, out);
    }
    *out = (struct source_record){ .input = path,
                                   .number = f->next,
                                   .clean = s->options.clean };
    item_record(arena, f, item, out);
    return SOURCE_RECORD;
}
