/* corrob_audit: a written brief held against its sources. */
#include "audit/audit.h"

#include <stdlib.h>

#include "audit/brief.h"
#include "audit/write.h"
#include "base/io.h"
#include "base/json.h"
#include "engine/engine.h"
#include "engine/gather.h"
#include "page/page.h"

#define OUTPUT_MAX ((size_t)16 << 30)
#define BRIEF_MAX ((size_t)16 << 20)

struct job {
    struct corrob *c;
    struct arena arena; /* what lives as long as the job */
    struct gathered sources;
    struct reading brief;
};

/* A brief without a date is taken as written when the last source came out, so that its
 * "on Tuesday" is theirs. */
static struct str last_published(struct job *job)
{
    int32_t last = DATE_NONE;

    for (uint32_t i = 0; i < job->sources.at.count; i++) {
        const struct instant *p = &job->sources.at.at[i]->article.published;

        if (p->precision >= INSTANT_DAY && p->day > last)
            last = p->day;
    }
    return last == DATE_NONE ? (struct str){ NULL, 0 } : date_to_iso(&job->arena, last);
}

/* Text and Markdown become the record of a text that is kept as it is: in a brief
 * nothing is page furniture. */
static void as_text(struct job *job, const struct page *page, struct str published)
{
    struct str text = brief_text(&job->arena, page->body);
    struct buf b = buf_new(&job->arena, SIZE_MAX / 2);
    struct json j = json_to(&b);

    json_open(&j, '{');
    json_key(&j, "text");
    json_str(&j, text);
    json_member(&j, "published", published);
    json_close(&j, '}');
    job->brief.record.bytes = buf_view(&b);
    job->brief.record.media = SOURCE_IS_JSON;
}

static bool read_brief(struct job *job, const char *path)
{
    struct reading *r = &job->brief;
    struct line_tools tools = job->c->tools;
    struct err *err = &job->c->err;
    struct page page;

    r->record.input = str_from(path);
    if (!io_read_file(&job->arena, path, BRIEF_MAX, &r->record.bytes, err))
        return false;
    if (tools.hints.published.len == 0)
        tools.hints.published = last_published(job);
    if (!page_from_record(&job->arena, &r->record, &tools.hints, &page, err))
        return false;
    if (page.media == PAGE_TEXT)
        as_text(job, &page, tools.hints.published);
    if (!reading_run(r, &tools)) {
        *err = r->err;
        return false;
    }
    r->page.id = page.id;
    return true;
}

static bool write_out(struct job *job, const struct audit *a)
{
    struct str *id = NEW(&job->arena, struct str, a->sources + 1);
    struct buf out = buf_new(&job->arena, OUTPUT_MAX);

    for (uint32_t i = 0; i < a->sources; i++)
        id[i] = ids_name(&job->arena, &job->c->ids, job->sources.at.at[i]->page.id);
    if (job->c->format == OUTPUT_JSON)
        audit_write_json(&job->arena, &out, a, id);
    else if (job->c->format == OUTPUT_MARKDOWN)
        audit_write_markdown(&out, a);
    else
        audit_write_text(&out, a);
    return engine_put(job->c, buf_view(&out));
}

static bool run(struct job *job, const char *brief, const char *const *inputs,
                size_t count, uint32_t *unsupported)
{
    struct corrob *c = job->c;
    const struct facts **facts;
    struct audit a;

    if (!gather(&job->sources, inputs, count))
        return false;
    if (setjmp(job->arena.out_of_budget))
        return err_set(&c->err, ERR_BUDGET, -1, "out of memory");
    job->arena.guarded = true;
    if (job->sources.at.count == 0)
        return err_set(&c->err, ERR_EMPTY, -1, "no source could be read");
    if (!read_brief(job, brief))
        return false;
    facts = NEW(&job->arena, const struct facts *, job->sources.at.count);
    for (uint32_t i = 0; i < job->sources.at.count; i++)
        facts[i] = &job->sources.at.at[i]->facts;
    a = audit_brief(&job->arena, &job->brief.facts, facts, job->sources.at.count);
    *unsupported = a.unsupported;
    return write_out(job, &a);
}

enum corrob_status corrob_audit(struct corrob *c, const char *brief,
                                const char *const *inputs, size_t count)
{
    struct job job = { .c = c };
    enum corrob_status status;
    uint32_t unsupported = 0;
    bool ok;

    c->err.code = ERR_OK;
    if (c->format != OUTPUT_DEFAULT && c->format != OUTPUT_TEXT &&
        c->format != OUTPUT_MARKDOWN && c->format != OUTPUT_JSON) {
        err_set(&c->err, ERR_USAGE, -1, "audit writes text, markdown or json");
        return CORROB_FAILED;
    }
    arena_init_like(&job.arena, SIZE_MAX, &c->own);
    job.sources = (struct gathered){ .c = c, .arena = &job.arena };
    reading_init_like(&job.brief, &c->own);
    ok = run(&job, brief, inputs, count, &unsupported);
    gather_release(&job.sources);
    reading_release(&job.brief);
    arena_release(&job.arena);
    status = engine_done(c, ok);
    return status == CORROB_OK && unsupported > 0 ? CORROB_FOUND : status;
}
