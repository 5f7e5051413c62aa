#include "engine/engine.h"
#include "base/io.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ACTORS_BYTES ((size_t)64 << 20) /* of a file of actors */
#define PROGRESS_EVERY 16               /* reports */

struct choice {
    const char *name;
    int value;
};

/* The value of a name among the choices; an absent name is the first. */
static bool choose(const char *what, const char *name, const struct choice *choice,
                   int *out, struct err *err)
{
    if (!name || !*name) {
        *out = choice->value;
        return true;
    }
    for (; choice->name; choice++)
        if (strcmp(choice->name, name) == 0) {
            *out = choice->value;
            return true;
        }
    return err_set(err, ERR_USAGE, -1, "unknown %s \"%s\"", what, name);
}

bool engine_format(struct corrob *c, const char *name, enum output_format *out)
{
    static const struct choice formats[] = {
        { "", OUTPUT_DEFAULT },
        { "jsonl", OUTPUT_JSONL },
        { "conllu", OUTPUT_CONLLU },
        { "html", OUTPUT_HTML },
        { "json", OUTPUT_JSON },
        { "markdown", OUTPUT_MARKDOWN },
        { "md", OUTPUT_MARKDOWN },
        { "text", OUTPUT_TEXT },
        { NULL, 0 },
    };
    int format;

    if (!choose("format", name, formats, &format, &c->err))
        return false;
    *out = (enum output_format)format;
    return true;
}

static bool read_options(struct corrob *c)
{
    static const struct choice inputs[] = {
        { "", SOURCE_GUESS },        { "text", SOURCE_TEXT },
        { "html", SOURCE_HTML },     { "jsonl", SOURCE_JSONL },
        { "conllu", SOURCE_CONLLU }, { "warc", SOURCE_WARC },
        { "feed", SOURCE_FEED },     { NULL, 0 },
    };
    static const struct choice policies[] = {
        { "range", POLICY_RANGE },
        { "acled", POLICY_ACLED },
        { "ucdp", POLICY_UCDP },
        { "majority", POLICY_MAJORITY },
        { NULL, 0 },
    };
    int input, policy;

    if (!engine_format(c, c->options.format, &c->format) ||
        !choose("input format", c->options.input_format, inputs, &input, &c->err) ||
        !choose("policy", c->options.policy, policies, &policy, &c->err))
        return false;
    c->source.format = (enum source_format)input;
    c->policy = (enum policy)policy;
    return true;
}

static bool read_hints(struct corrob *c)
{
    struct str published = str_from(c->options.published);
    struct instant t;

    if (published.len > 0 && !instant_from_iso(published, &t))
        return err_set(&c->err, ERR_USAGE, -1,
                       "\"%.*s\" is not a date (write 2022-01-07 or 2022-01-07T09:12Z)",
                       STR_ARG(published));
    c->tools.hints.published = published;
    return true;
}

/* The user's own actors: read once, before any report. */
static bool read_actors(struct corrob *c)
{
    struct str bytes;

    if (!c->options.actors)
        return true;
    if (!io_read_file(&c->own, c->options.actors, ACTORS_BYTES, &bytes, &c->err) ||
        !lexicon_read(&c->own, bytes, &c->lexicon, &c->err))
        return err_about(&c->err, c->options.actors);
    c->tools.fact.lexicon = &c->lexicon;
    return true;
}

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n > 0 ? (unsigned)n : 1;
}

enum corrob_status corrob_open(struct corrob **out,
                               const struct corrob_options *options)
{
    struct corrob *c = calloc(1, sizeof *c);

    *out = c;
    if (!c)
        return CORROB_FAILED;
    c->options = *options;
    arena_init(&c->own, SIZE_MAX);
    if (options->memory) {
        c->memory = (struct arena_memory){ options->memory->take, options->memory->give,
                                           options->memory->context };
        c->own.memory = &c->memory;
    }
    c->source.clean = options->clean;
    c->source.fetch = options->fetch;
    c->source.allow_private = options->allow_private;
    c->threads = options->threads ? options->threads : cores();
    if (model_open_built_in(&c->model, &c->err))
        c->tools.text.model = &c->model;
    c->err = (struct err){ 0 }; /* without a model one can still train one */
    return engine_gazetteer_open(c) && read_options(c) && read_hints(c) &&
                   read_actors(c)
               ? CORROB_OK
               : CORROB_FAILED;
}

void corrob_close(struct corrob *c)
{
    if (c) {
        ids_release(&c->ids);
        if (c->gazetteer.ptr)
            io_unmap(c->gazetteer);
        arena_release(&c->own);
    }
    free(c);
}

const char *corrob_message(const struct corrob *c)
{
    if (!c)
        return "out of memory";
    return c->err.code == ERR_OK      ? ""
           : c->err.detail[0] != '\0' ? c->err.detail
                                      : err_sentence(c->err.code);
}

uint64_t corrob_skipped(const struct corrob *c)
{
    return c ? c->skipped : 0;
}

void engine_trouble(struct corrob *c, const struct source_record *record,
                    const struct err *err)
{
    char input[4096];
    struct corrob_trouble trouble = { .input = input,
                                      .at =
                                          record->number > 0 ? record->number : err->at,
                                      .kind = err_name(err->code),
                                      .detail = err->detail };

    c->partial = true;
    if (err->detail[0] == '\0')
        trouble.detail = err_sentence(err->code);
    snprintf(input, sizeof input, "%.*s", STR_ARG(record->input));
    if (c->options.on_trouble)
        c->options.on_trouble(c->options.context, &trouble);
}

bool engine_put(struct corrob *c, struct str bytes)
{
    if (c->options.on_output(c->options.context, bytes.ptr, bytes.len))
        return true;
    return err_set(&c->err, ERR_WRITE, -1, "the output can't be written");
}

void engine_progress(struct corrob *c)
{
    if (++c->reports % PROGRESS_EVERY == 0 && c->options.on_progress)
        c->options.on_progress(c->options.context, c->reports);
}

enum corrob_status engine_done(struct corrob *c, bool ok)
{
    bool partial = c->partial;

    ids_release(&c->ids);
    c->partial = false;
    c->reports = 0;
    if (!ok)
        return CORROB_FAILED;
    return partial ? CORROB_PARTIAL : CORROB_OK;
}
