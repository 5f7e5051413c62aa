/* corrob_export: a situation in the shapes that other tools read. */
#include "export/export.h"

#include "base/io.h"
#include "engine/engine.h"
#include "export/member.h"

#define SITUATION_MAX ((size_t)4 << 30)

static bool options_of(struct corrob *c, const char *format, const char *text,
                       struct export_options *out)
{
    if (!format || !export_format_find(str_from(format), &out->format))
        return err_set(&c->err, ERR_USAGE, -1, "unknown shape \"%s\"",
                       format ? format : "");
    if (text && !export_text_find(str_from(text), &out->text))
        return err_set(&c->err, ERR_USAGE, -1, "\"%s\" is not none, sentence or full",
                       text);
    return true;
}

static bool run(struct corrob *c, struct arena *arena, struct str bytes,
                const struct export_options *options, json_t **situation)
{
    struct buf out;

    *situation = situation_parse(bytes, &c->err);
    if (!*situation)
        return false;
    if (setjmp(arena->out_of_budget))
        return err_set(&c->err, ERR_BUDGET, -1, "out of memory");
    arena->guarded = true;
    out = buf_new(arena, SITUATION_MAX);
    return export_write(arena, &out, *situation, bytes, options, &c->err) &&
           engine_put(c, buf_view(&out));
}

/* bytes absent: read from the path. */
static enum corrob_status export_from(struct corrob *c, const char *path,
                                      struct str bytes, const char *format,
                                      const char *text)
{
    struct export_options options = { .text = EXPORT_TEXT_SENTENCE };
    json_t *situation = NULL;
    struct arena arena;
    bool ok;

    c->err.code = ERR_OK;
    if (!options_of(c, format, text, &options))
        return CORROB_FAILED;
    arena_init_like(&arena, SIZE_MAX, &c->own);
    ok = (!path || io_read_file(&arena, path, SITUATION_MAX, &bytes, &c->err)) &&
         run(c, &arena, bytes, &options, &situation);
    if (!ok && path)
        err_about(&c->err, path);
    json_decref(situation);
    arena_release(&arena);
    return engine_done(c, ok);
}

enum corrob_status corrob_export(struct corrob *c, const char *path, const char *format,
                                 const char *text)
{
    return export_from(c, path, (struct str){ NULL, 0 }, format, text);
}

enum corrob_status corrob_export_bytes(struct corrob *c, const char *situation,
                                       size_t len, const char *format, const char *text)
{
    return export_from(c, NULL, (struct str){ situation, len }, format, text);
}
