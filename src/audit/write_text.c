#include "audit/write.h"
#include "report/markdown_out.h"

/* One of the two forms that differ in their marks alone. */
struct page_writer {
    struct buf *out;
    const struct audit *audit;
    bool markdown;
};

static void put(const struct page_writer *w, struct str s)
{
    if (w->markdown) {
        markdown_text(w->out, s);
        return;
    }
    for (size_t i = 0; i < s.len; i++)
        buf_char(w->out, ascii_is_space(s.ptr[i]) ? ' ' : s.ptr[i]);
}

static struct str sentence_text(const struct text *t, uint32_t sentence)
{
    return str_slice(t->article->text, t->sentence.at[sentence].start,
                     t->sentence.at[sentence].end);
}

/* "Tribune, 11 October 2029" */
static void put_source(const struct page_writer *w, const struct article *a)
{
    put(w, a->outlet.len > 0   ? a->outlet
           : a->domain.len > 0 ? a->domain
           : a->title.len > 0  ? a->title
                               : a->page->input);
    if (a->published.precision >= INSTANT_DAY) {
        RAW(w->out, ", ");
        phrase_day(w->out, a->published.day);
    }
}

static void put_witness(const struct page_writer *w, const struct witness *e)
{
    const struct text *t = w->audit->source[e->report]->text;

    buf_str(w->out, w->markdown ? STR("  - ") : STR("    "));
    if (e->stance == WITNESS_SUPPORTS)
        RAW(w->out, "so says ");
    put_source(w, t->article);
    RAW(w->out, ": “");
    put(w, sentence_text(t, e->sentence));
    buf_printf(w->out, "” (source %u, bytes %u–%u: “", e->report + 1, e->start, e->end);
    put(w, str_slice(t->article->text, e->start, e->end));
    RAW(w->out, "”");
    if (e->claimant.len > 0) {
        RAW(w->out, ", ");
        put(w, e->claimant);
    }
    RAW(w->out, ")\n");
}

/* "instead of “midnight” the brief has “noon”" */
static void put_edit(const struct page_writer *w, const struct edit *e)
{
    buf_str(w->out, w->markdown ? STR("  - ") : STR("    "));
    if (e->stands.len == 0) {
        RAW(w->out, "added: “");
        put(w, e->written);
    } else if (e->written.len == 0) {
        RAW(w->out, "left out: “");
        put(w, e->stands);
    } else {
        RAW(w->out, "instead of “");
        put(w, e->stands);
        RAW(w->out, "” the brief has “");
        put(w, e->written);
    }
    RAW(w->out, "”\n");
}

static void put_check(const struct page_writer *w, const struct check *c)
{
    const struct text *t = w->audit->brief->text;

    buf_str(w->out, w->markdown ? STR("- **") : STR(""));
    put(w, str_slice(t->article->text, c->start, c->end));
    buf_str(w->out, w->markdown ? STR("** (") : STR(" ("));
    buf_str(w->out, str_from(check_kind_name(c->kind)));
    if (c->claimant.len > 0) {
        RAW(w->out, ", ");
        put(w, c->claimant);
    }
    RAW(w->out, "): ");
    buf_str(w->out, str_from(check_reason_words(c->reason)));
    buf_str(w->out, w->markdown ? STR("\n  - in the brief: “") : STR("\n    in: “"));
    put(w, sentence_text(t, c->sentence));
    RAW(w->out, "”\n");
    for (uint32_t i = 0; i < c->edits.count; i++)
        put_edit(w, &c->edits.at[i]);
    for (uint32_t i = 0; i < c->witness.count; i++)
        put_witness(w, &c->witness.at[i]);
}

static void put_checks(const struct page_writer *w, bool supported, const char *title)
{
    uint32_t shown = 0;

    for (uint32_t i = 0; i < w->audit->check.count; i++) {
        const struct check *c = &w->audit->check.at[i];

        if ((c->reason == REASON_NONE) != supported)
            continue;
        if (shown++ == 0)
            buf_printf(w->out, w->markdown ? "\n## %s\n\n" : "\n%s\n\n", title);
        put_check(w, c);
    }
}

static void put_page(const struct page_writer *w)
{
    const struct audit *a = w->audit;

    buf_str(w->out, w->markdown ? STR("# Audit of ") : STR(""));
    put(w, a->brief->text->article->page->input);
    buf_str(w->out, w->markdown ? STR("\n\n") : STR(": "));
    phrase_plural(w->out, a->check.count, "check");
    RAW(w->out, " against ");
    phrase_plural(w->out, a->sources, "source");
    buf_printf(w->out, ": %u unsupported.", a->unsupported);
    RAW(w->out, " Supported means that a source says so, not that it is true.\n");
    put_checks(w, false, "Unsupported");
    put_checks(w, true, "Supported");
}

void audit_write_text(struct buf *out, const struct audit *a)
{
    put_page(&(struct page_writer){ out, a, false });
}

void audit_write_markdown(struct buf *out, const struct audit *a)
{
    put_page(&(struct page_writer){ out, a, true });
}
