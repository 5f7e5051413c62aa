/* corrob_report: all reports side by side, as one situation report. */
#include "engine/engine.h"
#include "engine/keep.h"
#include "engine/pool.h"
#include "engine/review.h"
#include "report/html.h"
#include "report/json_situation.h"
#include "report/markdown.h"

#define OUTPUT_MAX ((size_t)16 << 30)

struct job {
    struct corrob *c;
    struct arena arena; /* what lives as long as the job */
    struct keeper keeper;
    ARRAY(const struct facts *) report;
    ARRAY(struct failed_input) failed;
    struct str *id;
    bool whole;   /* each format is put out at once, so that the caller can part them */
    bool written; /* all of the output so far */
};

static enum pool_take take_report(void *context, struct reading *r)
{
    struct job *job = context;

    engine_progress(job->c);
    if (r->ok) {
        *PUSH(&job->arena, &job->report) = keep_facts(&job->keeper, &r->facts);
        return POOL_GO_ON;
    }
    engine_trouble(job->c, &r->record, &r->err);
    *PUSH(&job->arena, &job->failed) = (struct failed_input){
        arena_str(&job->arena, r->record.input),
        arena_str(&job->arena, r->err.detail[0] ? str_from(r->err.detail)
                                                : str_from(err_sentence(r->err.code))),
    };
    return POOL_GO_ON;
}

static void name_reports(struct job *job)
{
    job->id = NEW(&job->arena, struct str, job->report.count);
    for (uint32_t i = 0; i < job->report.count; i++)
        job->id[i] = ids_name(&job->arena, &job->c->ids,
                              job->report.at[i]->text->article->page->id);
}

static struct situation compare(struct job *job)
{
    struct situation s =
        job->c->options.one_story
            ? situation_of_story(&job->arena, job->report.at, job->report.count,
                                 job->c->policy)
            : situation_from_reports(&job->arena, job->report.at, job->report.count,
                                     job->c->policy);

    for (uint32_t i = 0; i < job->failed.count; i++)
        *PUSH(&job->arena, &s.failed) = job->failed.at[i];
    return s;
}

/* Puts a piece of the output out; after one that couldn't be written, none. */
static void put_piece(void *context, struct str piece)
{
    struct job *job = context;

    job->written = job->written && engine_put(job->c, piece);
}

static bool write_out(struct job *job, const struct situation *s,
                      enum output_format format)
{
    struct buf out = buf_new(&job->arena, OUTPUT_MAX);

    job->written = true;
    out.drain = job->whole ? NULL : put_piece;
    out.context = job;
    if (format == OUTPUT_JSON)
        json_situation(&job->arena, &out, s, job->id);
    else if (format == OUTPUT_MARKDOWN)
        report_markdown(&out, s);
    else
        report_html(&out, s);
    put_piece(job, buf_view(&out));
    return job->written;
}

/* Compares what was read and writes it in each format. */
static bool finish(struct job *job, const enum output_format *format, size_t formats)
{
    struct situation s;

    if (setjmp(job->arena.out_of_budget))
        return err_set(&job->c->err, ERR_BUDGET, -1,
                       "out of memory while comparing reports");
    job->arena.guarded = true;
    name_reports(job);
    s = compare(job);
    for (size_t i = 0; i < formats; i++)
        if (!write_out(job, &s, format[i]) ||
            (formats > 1 && !engine_put(job->c, STR(""))))
            return false;
    return true;
}

static bool run(struct job *job, const char *const *inputs, size_t count)
{
    struct corrob *c = job->c;
    struct pool_job pool = { &c->tools, c->threads, NULL, take_report, job, &c->own };

    return pool_inputs(inputs, count, &c->source, &pool, &c->skipped, &c->err) &&
           finish(job, &c->format, 1);
}

static void start(struct job *job)
{
    arena_init_like(&job->arena, SIZE_MAX, &job->c->own);
    job->keeper.arena = &job->arena;
}

static enum corrob_status end(struct job *job, bool ok)
{
    arena_release(&job->arena);
    return engine_done(job->c, ok);
}

/* A report is written as one page or object, never a line for each. */
static bool fit_for_report(struct corrob *c, enum output_format format)
{
    if (format != OUTPUT_JSONL && format != OUTPUT_CONLLU && format != OUTPUT_TEXT)
        return true;
    return err_set(&c->err, ERR_USAGE, -1, "report writes html, markdown or json");
}

enum corrob_status corrob_report(struct corrob *c, const char *const *inputs,
                                 size_t count)
{
    struct job job = { .c = c };

    c->err.code = ERR_OK;
    if (!fit_for_report(c, c->format))
        return CORROB_FAILED;
    start(&job);
    return end(&job, run(&job, inputs, count));
}

/* ---- reports that were read before ---- */

static void read_lines(struct job *job, struct str lines)
{
    struct line_tools tools = job->c->tools;
    struct reading r;
    struct str line;

    if (tools.text.model != NULL)
        tools.text.scratch = model_scratch_new(&job->arena, tools.text.model);
    reading_init_like(&r, &job->c->own);
    for (int64_t number = 1; str_split(&lines, '\n', &line); number++) {
        if (str_trim(line).len == 0)
            continue;
        r.record = (struct source_record){
            .input = STR("-"), .number = number, .bytes = line, .media = SOURCE_IS_JSON
        };
        if (reading_run(&r, &tools))
            review_apply(&job->arena, &r.facts, line);
        take_report(job, &r);
        reading_reset(&r);
    }
    reading_release(&r);
}

#define FORMATS_MAX 4

enum corrob_status corrob_report_lines(struct corrob *c, const char *lines, size_t len,
                                       const char *const *formats, size_t count)
{
    struct job job = { .c = c, .whole = true };
    enum output_format format[FORMATS_MAX] = { c->format };
    bool ok = true;

    c->err.code = ERR_OK;
    if (count > FORMATS_MAX)
        ok = err_set(&c->err, ERR_USAGE, -1, "at most %d formats", FORMATS_MAX);
    for (size_t i = 0; ok && i < count; i++)
        ok = engine_format(c, formats[i], &format[i]);
    for (size_t i = 0; ok && i < (count ? count : 1); i++)
        ok = fit_for_report(c, format[i]);
    if (!ok)
        return CORROB_FAILED;
    start(&job);
    read_lines(&job, (struct str){ lines, len });
    return end(&job, finish(&job, format, count ? count : 1));
}
