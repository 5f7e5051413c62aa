/* Who carries whose text: origins, the share that is copied, passages side by side. */
#include "base/utf8.h"
#include "report/html_parts.h"
#include "report/shared_words.h"

/* Of a pair of reports, these many passages are laid side by side, longest first. */
#define PASSAGES_SHOWN 3
/* Of a passage these many bytes; a carried text may be the whole report. */
#define PASSAGE_BYTES 1000
/* Pairs that are laid side by side; the others are told by their share. */
#define PAIRS_SHOWN 12

static void report_line(const struct html *h, uint32_t report)
{
    RAW(h->out, "<b>");
    html_line(h->out, view_outlet(h->view, report));
    RAW(h->out, "</b> ");
    html_report(h, report);
}

static void origin(const struct html *h, uint32_t story, uint32_t index)
{
    const struct origin *o = &h->view->s->story.at[story].origins.at[index];
    struct buf *b = h->out;

    buf_printf(b, "<li id=\"s%u-o%u\"><span class=\"o\">%.*s</span><div>", story + 1,
               index + 1, STR_ARG(view_letters(h->view->arena, index)));
    if (o->why.len > 0) {
        RAW(b, "<p class=\"u\">One origin: ");
        html_line(b, o->why);
        RAW(b, "</p>");
    }
    RAW(b, "<ul>");
    for (uint32_t i = 0; i < o->reports.count; i++) {
        RAW(b, "<li>");
        report_line(h, o->reports.at[i]);
        RAW(b, "</li>");
    }
    RAW(b, "</ul></div></li>\n");
}

/* The passage up to the limit, cut between words. */
static struct str shortened(struct str s)
{
    size_t end = PASSAGE_BYTES;

    if (s.len <= PASSAGE_BYTES)
        return s;
    while (end > PASSAGE_BYTES / 2 && !ascii_is_space(s.ptr[end]))
        end--;
    while (end > 0 && !utf8_is_start(s.ptr[end]))
        end--;
    return str_slice(s, 0, end);
}

static void marked(struct buf *b, struct str s, const struct span *run, uint32_t runs)
{
    size_t at = 0;

    for (uint32_t i = 0; i < runs; i++) {
        html_text(b, str_slice(s, at, run[i].start));
        RAW(b, "<mark>");
        html_text(b, str_slice(s, run[i].start, run[i].end));
        RAW(b, "</mark>");
        at = run[i].end;
    }
    html_text(b, str_after(s, at));
}

static struct str passage_text(const struct html *h, uint32_t report, struct span span)
{
    struct str text = view_article(h->view, report)->text;

    if (span.start > span.end || span.end > text.len)
        return (struct str){ NULL, 0 };
    return str_trim(str_slice(text, span.start, span.end));
}

static void one_side(const struct html *h, uint32_t report, struct str text, bool cut,
                     const struct span *run, uint32_t runs)
{
    RAW(h->out, "<blockquote");
    html_lang(h->out, view_article(h->view, report)->language);
    RAW(h->out, "><p class=\"by\">");
    html_line(h->out, view_short_name(h->view, report));
    RAW(h->out, "</p><p>");
    marked(h->out, text, run, runs);
    if (cut)
        RAW(h->out, " […]");
    RAW(h->out, "</p></blockquote>\n");
}

static void side_by_side(const struct html *h, const struct copy *c,
                         const struct passage *p)
{
    struct str from = passage_text(h, c->from, p->from);
    struct str to = passage_text(h, c->to, p->to);
    struct str x = shortened(from), y = shortened(to);
    struct shared_words s = shared_words(h->view->arena, x, y);

    RAW(h->out, "<div class=\"pair\">\n");
    one_side(h, c->from, x, x.len < from.len, s.a.at, s.a.count);
    one_side(h, c->to, y, y.len < to.len, s.b.at, s.b.count);
    RAW(h->out, "</div>\n");
}

static uint32_t length(const struct passage *p)
{
    return p->from.end - p->from.start;
}

/* The k-th longest passage; ties by place. */
static const struct passage *longest(const struct copy *c, uint32_t k)
{
    for (uint32_t i = 0; i < c->passages.count; i++) {
        const struct passage *p = &c->passages.at[i];
        uint32_t longer = 0;

        for (uint32_t j = 0; j < c->passages.count; j++)
            if (length(&c->passages.at[j]) > length(p) ||
                (length(&c->passages.at[j]) == length(p) && j < i))
                longer++;
        if (longer == k)
            return p;
    }
    return NULL;
}

static void pair(const struct html *h, const struct copy *c, bool open)
{
    struct buf *b = h->out;
    uint32_t shown =
        c->passages.count < PASSAGES_SHOWN ? c->passages.count : PASSAGES_SHOWN;

    buf_printf(
        b,
        "%s<summary><svg class=\"share\" aria-hidden=\"true\"><rect width=\"100%%\"/>"
        "<rect width=\"%.0f%%\"/></svg> <b>%.0f %%</b> ",
        open ? "<details open>" : "<details>", c->share * 100, c->share * 100);
    html_line(b, view_short_name(h->view, c->from));
    RAW(b, " → ");
    html_line(b, view_short_name(h->view, c->to));
    RAW(b, "<span class=\"u\">");
    if (view_outlet_named(h->view, c->to)) {
        RAW(b, ": “");
        html_line(b, view_title(h->view, c->to));
        RAW(b, "”");
    }
    buf_printf(b, ", %u passage%s</span></summary>\n", c->passages.count,
               c->passages.count == 1 ? "" : "s");
    for (uint32_t k = 0; k < shown; k++)
        side_by_side(h, c, longest(c, k));
    if (c->passages.count > shown)
        buf_printf(b, "<p class=\"left\">and %u shorter passages</p>\n",
                   c->passages.count - shown);
    RAW(b, "</details>\n");
}

static void pairs(const struct html *h, const struct story *story)
{
    RAW(h->out, "<h4>Copied passages</h4>\n<p class=\"m\">The share is of the shorter "
                "text. Shared words are marked. Origins that share passages are not "
                "fully independent.</p>\n<div class=\"copies\">\n");
    for (uint32_t i = 0; i < story->copies.count && i < PAIRS_SHOWN; i++)
        pair(h, &story->copies.at[i], i == 0);
    RAW(h->out, "</div>\n");
    if (story->copies.count <= PAIRS_SHOWN)
        return;
    html_more_open(h->out, story->copies.count - PAIRS_SHOWN, "more pair");
    RAW(h->out, "<ul>\n");
    for (uint32_t i = PAIRS_SHOWN; i < story->copies.count; i++) {
        buf_printf(h->out, "<li>%.0f %%: ", story->copies.at[i].share * 100);
        report_line(h, story->copies.at[i].from);
        RAW(h->out, " → ");
        report_line(h, story->copies.at[i].to);
        RAW(h->out, "</li>\n");
    }
    RAW(h->out, "</ul></details>\n");
}

void html_origin_list(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];

    html_section_open(h, index, "origins", "Origins");
    RAW(h->out, "<p class=\"m\">Reports that carry the same text count as one "
                "origin.</p>\n<ol class=\"origins\">\n");
    for (uint32_t i = 0; i < story->origins.count; i++)
        origin(h, index, i);
    RAW(h->out, "</ol>\n");
    if (story->copies.count > 0)
        pairs(h, story);
    RAW(h->out, "</section>\n");
}
