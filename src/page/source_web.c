#include <time.h>

#include "base/date.h"
#include "page/page.h"
#include "page/source_int.h"

static bool open_web(struct source *s, struct err *err)
{
    const struct fetch_options options = { .allow_private = s->options.allow_private,
                                           .byte_limit = s->options.record_limit };

    if (!s->options.fetch)
        return err_set(err, ERR_USAGE, -1, "an address is read with --fetch only");
    if (s->web.fetch)
        return true;
    s->web.fetch = fetch_open(&options, err);
    arena_init(&s->web.arena, SIZE_MAX);
    return s->web.fetch != NULL;
}

void source_end_web(struct source *s)
{
    fetch_close(s->web.fetch);
    arena_release(&s->web.arena);
    s->web.fetch = NULL;
}

static bool is_any(struct str s, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(s, list[i]))
            return true;
    return false;
}

/* False for what is no report by its media type. */
static bool media_of(const struct fetch_response *r, enum source_media *media)
{
    static const struct str html[] = { STR_INIT("text/html"),
                                       STR_INIT("application/xhtml+xml") };
    static const struct str unsure[] = { STR_INIT(""),
                                         STR_INIT("application/octet-stream"),
                                         STR_INIT("text/xml"),
                                         STR_INIT("application/xml") };

    *media = SOURCE_IS_HTML;
    if (is_any(r->media, html, COUNT(html)) ||
        (is_any(r->media, unsure, COUNT(unsure)) && page_looks_like_html(r->body)))
        return true;
    *media = SOURCE_IS_TEXT;
    return str_eq_fold(r->media, STR("text/plain"));
}

static struct str time_now(struct arena *arena)
{
    int64_t now = (int64_t)time(NULL);
    struct instant t = { .day = (int32_t)(now / 86400),
                         .second = (int32_t)(now % 86400),
                         .zone = ZONE_UTC,
                         .utc = true,
                         .precision = INSTANT_SECOND };

    return instant_to_iso(arena, t);
}

/* Asks for a page; the response lives in the web's own arena until the next one. */
static bool get(struct source *s, struct str url, struct fetch_response *r,
                struct err *err)
{
    const struct fetch_request request = { .url = url };

    arena_reset(&s->web.arena);
    fetch_wait(s->web.fetch, url);
    if (!fetch_get(s->web.fetch, &s->web.arena, &request, r, err))
        return false;
    return r->status == 200 || r->status == 203 ||
           err_set(err, ERR_FETCH, -1, "the server answered %u", r->status);
}

static enum source_step give_page(struct source *s, struct str input,
                                  const struct fetch_response *r, struct arena *arena,
                                  struct source_record *out, struct err *err)
{
    enum source_media media;

    if (r->body.len == 0 || !media_of(r, &media)) {
        err_set(err, r->body.len ? ERR_UNSUPPORTED : ERR_EMPTY, -1, "%.*s",
                r->media.len < 100 ? (int)r->media.len : 100,
                r->media.ptr ? r->media.ptr : "");
        return source_trouble(input, 0, out);
    }
    out->input = input;
    out->bytes = arena_str(arena, r->body);
    out->charset = arena_str(arena, r->charset);
    out->media = media;
    out->hints.url = arena_str(arena, r->url);
    out->fetched = time_now(arena);
    out->clean = s->options.clean;
    return SOURCE_RECORD;
}

static enum source_step begin_feed(struct source *s, struct stop stop,
                                   const struct fetch_response *r, struct arena *arena,
                                   struct source_record *out, struct err *err)
{
    struct str path = arena_str(arena, stop.path);

    if (!source_start_feed(s, path, r->body, r->url, r->charset, err))
        return source_trouble(path, 0, out);
    s->feed.depth = stop.depth;
    return source_next_of_feed(s, arena, out, err);
}

enum source_step source_visit_web(struct source *s, struct stop stop,
                                  struct arena *arena, struct source_record *out,
                                  struct err *err)
{
    struct str path = arena_str(arena, stop.path);
    struct fetch_response r;

    *out = (struct source_record){ 0 };
    if (!open_web(s, err) || !get(s, stop.path, &r, err))
        return source_trouble(path, 0, out);
    if (feed_looks_like(r.body))
        return begin_feed(s, stop, &r, arena, out, err);
    return give_page(s, path, &r, arena, out, err);
}

enum source_step source_fetch_item(struct source *s, const struct feed_item *item,
                                   struct arena *arena, struct source_record *out,
                                   struct err *err)
{
    struct str path = arena_str(arena, item->url);
    struct fetch_response r;

    *out = (struct source_record){ 0 };
    out->hints.title = arena_str(arena, item->title);
    out->hints.published = arena_str(arena, item->published);
    if (!open_web(s, err) || !get(s, path, &r, err))
        return source_trouble(path, 0, out);
    return give_page(s, path, &r, arena, out, err);
}
