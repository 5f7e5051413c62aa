/* corrob_read: each report by itself, a line of JSON (or CoNLL-U) in the order of input. */
#include "engine/engine.h"
#include "engine/pool.h"
#include "report/conllu.h"
#include "report/json_article.h"
#include "text/conllu.h"

#define OUTPUT_MAX ((size_t)1 << 30) /* of one report */
/* Every line begins so; a repeated input gets "-2" behind its id. */
#define LINE_HEAD "{\"schema\":\"corrob.article/1\",\"id\":\"0123456789abcdef"

/* What the report is called: its "ref", the id of the given words, or its own id. */
static struct str conllu_ref(const struct page *page)
{
    struct str given = { NULL, 0 };

    if (page->ref.len > 0)
        return page->ref;
    if (page->media == PAGE_CONLLU)
        given = conllu_id(page->body);
    return given.len > 0 ? given : page->id;
}

static void make_line(void *context, struct reading *r)
{
    const struct corrob *c = context;
    struct json j;

    r->out = buf_new(&r->arena, OUTPUT_MAX);
    if (c->format == OUTPUT_CONLLU) {
        conllu_write(&r->out, &r->text, conllu_ref(&r->page));
        return;
    }
    j = json_to(&r->out);
    json_article(&r->arena, &j, &r->facts, r->page.id);
    buf_char(&r->out, '\n');
}

static bool put_line(struct corrob *c, const struct reading *r, uint32_t times)
{
    struct str line = buf_view(&r->out);
    char suffix[16];
    int n;

    if (times <= 1 || c->format == OUTPUT_CONLLU)
        return engine_put(c, line);
    n = snprintf(suffix, sizeof suffix, "-%u", times);
    return engine_put(c, str_slice(line, 0, sizeof LINE_HEAD - 1)) &&
           engine_put(c, (struct str){ suffix, (size_t)n }) &&
           engine_put(c, str_after(line, sizeof LINE_HEAD - 1));
}

static enum pool_take take_line(void *context, struct reading *r)
{
    struct corrob *c = context;

    if (!r->ok)
        engine_trouble(c, &r->record, &r->err);
    else if (!put_line(c, r, ids_count(&c->ids, r->page.id)))
        return POOL_STOP;
    engine_progress(c);
    return POOL_GO_ON;
}

static bool reads(struct corrob *c)
{
    c->err.code = ERR_OK;
    return c->format == OUTPUT_DEFAULT || c->format == OUTPUT_JSONL ||
           c->format == OUTPUT_JSON || c->format == OUTPUT_CONLLU ||
           err_set(&c->err, ERR_USAGE, -1, "read writes jsonl or conllu");
}

static enum source_media media_of(const char *name)
{
    struct str s = str_from(name);

    return str_eq_fold(s, STR("text/html")) ||
                   str_eq_fold(s, STR("application/xhtml+xml"))
               ? SOURCE_IS_HTML
           : str_eq_fold(s, STR("text/plain")) ? SOURCE_IS_TEXT
                                               : SOURCE_BYTES;
}

enum corrob_status corrob_read_page(struct corrob *c, const struct corrob_page *page)
{
    const struct source_record record = {
        .input = str_from(page->input),
        .bytes = { page->bytes, page->len },
        .charset = str_from(page->charset),
        .media = media_of(page->media),
        .fetched = str_from(page->fetched),
        .hints = { .url = str_from(page->url),
                   .title = str_from(page->title),
                   .published = str_from(page->published) },
    };
    struct line_tools tools = c->tools;
    struct pool_job job = { &tools, 1, make_line, take_line, c, &c->own };
    struct source *source;
    struct arena arena;
    bool ok;

    tools.text_only = c->format == OUTPUT_CONLLU;
    if (!reads(c))
        return CORROB_FAILED;
    arena_init_like(&arena, SIZE_MAX, &c->own);
    source = source_of_record(&arena, &record);
    ok = pool_run(source, &job, &c->err);
    source_close(source);
    arena_release(&arena);
    return engine_done(c, ok);
}

enum corrob_status corrob_read(struct corrob *c, const char *const *inputs,
                               size_t count)
{
    struct line_tools tools = c->tools;
    struct pool_job job = { &tools, c->threads, make_line, take_line, c, &c->own };
    bool ok;

    tools.text_only = c->format == OUTPUT_CONLLU;
    if (!reads(c))
        return CORROB_FAILED;
    ok = pool_inputs(inputs, count, &c->source, &job, &c->skipped, &c->err);
    return engine_done(c, ok);
}
