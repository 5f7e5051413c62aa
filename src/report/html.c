#include "report/html.h"

#include "report/html_parts.h"

/* data/report/report.css and report_marks.svg, made by tools/embed. */
extern const char report_css[];
extern const char report_marks_svg[];

static void document_open(struct buf *b)
{
    RAW(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "
           "'none'\">\n"
           "<meta name=\"generator\" content=\"corrob\">\n"
           "<title>Situation report</title>\n<style>\n");
    buf_str(b, str_from(report_css));
    RAW(b, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
           "report</a>\n");
    buf_str(b, str_from(report_marks_svg));
}

static uint32_t origins(const struct situation *s)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->story.count; i++)
        n += s->story.at[i].origins.count;
    return n;
}

static void fact(struct buf *b, const char *term, uint32_t n)
{
    buf_printf(b, "<div><dt>%s</dt><dd>%u</dd></div>", term, n);
}

static void masthead(const struct html *h)
{
    const struct situation *s = h->view->s;
    struct buf *b = h->out;
    int32_t first, last;

    view_published(h->view, &first, &last);
    RAW(b, "<header class=\"mast\">\n<p class=\"brand\">corrob</p>\n"
           "<h1>Situation report</h1>\n<dl class=\"read\">");
    fact(b, situation_articles(s) == 1 ? "Report" : "Reports", situation_articles(s));
    if (view_outlets(h->view) > 0)
        fact(b, view_outlets(h->view) == 1 ? "Outlet" : "Outlets",
             view_outlets(h->view));
    fact(b, origins(s) == 1 ? "Origin" : "Origins", origins(s));
    fact(b, s->story.count == 1 ? "Story" : "Stories", s->story.count);
    if (first != DATE_NONE) {
        RAW(b, "<div class=\"d\"><dt>Published</dt><dd>");
        phrase_days(b, first, last);
        RAW(b, "</dd></div>");
    }
    RAW(b, "</dl>\n<p class=\"pol\"><b>Policy: ");
    buf_str(b, str_from(policy_name(s->policy)));
    RAW(b, "</b>: ");
    buf_str(b, phrase_policy_meaning(s->policy));
    RAW(b, ".</p>\n</header>\n");
}

static void legend(struct buf *b)
{
    static const enum status order[] = { STATUS_CORROBORATED, STATUS_ATTESTED,
                                         STATUS_DISPUTED, STATUS_SINGLE,
                                         STATUS_SUPERSEDED };

    RAW(b, "<section class=\"legend\" aria-labelledby=\"legend-h\">"
           "<h2 id=\"legend-h\">How to read the standings</h2>\n<dl>");
    for (uint32_t i = 0; i < COUNT(order); i++) {
        RAW(b, "<div><dt>");
        html_status(b, order[i], true);
        RAW(b, "</dt><dd>");
        buf_str(b, phrase_status_meaning(order[i]));
        RAW(b, "</dd></div>");
    }
    RAW(b,
        "</dl>\n<p>A standing tells who says so, never what is true. Letters such as "
        "<span class=\"o\">A</span> name origins: reports that carry the same text "
        "count once. Numbers lead to the sentence.</p></section>\n");
}

static void failed(struct buf *b, const struct situation *s)
{
    if (s->failed.count == 0)
        return;
    RAW(b, "<section class=\"failed\" aria-labelledby=\"failed-h\">"
           "<h2 id=\"failed-h\">Not read</h2>\n<ul>\n");
    for (uint32_t i = 0; i < s->failed.count; i++) {
        RAW(b, "<li><code>");
        html_line(b, s->failed.at[i].input);
        RAW(b, "</code> ");
        html_line(b, s->failed.at[i].reason);
        RAW(b, "</li>\n");
    }
    RAW(b, "</ul></section>\n");
}

static void index_row(const struct html *h, uint32_t index)
{
    static const enum status order[] = { STATUS_DISPUTED, STATUS_CORROBORATED,
                                         STATUS_ATTESTED, STATUS_SINGLE };
    const struct story *story = &h->view->s->story.at[index];
    struct tally t = tally_of(story);
    struct buf *b = h->out;

    buf_printf(b, "<tr><th scope=\"row\"><a href=\"#s%u\">", index + 1);
    html_line(b, view_story_title(h->view, index));
    buf_printf(b, "</a></th><td class=\"num\">%u</td><td class=\"num\">%u</td>",
               story_articles(story), story->origins.count);
    for (uint32_t i = 0; i < COUNT(order); i++) {
        buf_printf(b, "<td class=\"num%s\">", t.status[order[i]] ? "" : " zero");
        buf_printf(b, "%u</td>", t.status[order[i]]);
    }
    RAW(b, "</tr>\n");
}

static void index_table(const struct html *h)
{
    struct buf *b = h->out;

    if (h->view->s->story.count < 2)
        return;
    RAW(b,
        "<section class=\"index\" aria-labelledby=\"index-h\"><h2 id=\"index-h\">"
        "Stories</h2>\n<div class=\"scroll\" tabindex=\"0\"><table "
        "class=\"pt\"><thead><tr>"
        "<th scope=\"col\">Story</th><th scope=\"col\" class=\"num\">Reports</th>"
        "<th scope=\"col\" class=\"num\">Origins</th><th scope=\"col\" class=\"num\">");
    html_status(b, STATUS_DISPUTED, true);
    RAW(b, "</th><th scope=\"col\" class=\"num\">");
    html_status(b, STATUS_CORROBORATED, true);
    RAW(b, "</th><th scope=\"col\" class=\"num\">");
    html_status(b, STATUS_ATTESTED, true);
    RAW(b, "</th><th scope=\"col\" class=\"num\">");
    html_status(b, STATUS_SINGLE, true);
    RAW(b, "</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < h->view->s->story.count; i++)
        index_row(h, h->view->order[i]);
    RAW(b, "</tbody></table></div></section>\n");
}

static void nav_link(struct buf *b, bool there, uint32_t story, const char *key,
                     const char *words)
{
    if (there)
        buf_printf(b, "<li><a href=\"#s%u-%s\">%s</a></li>", story + 1, key, words);
}

/* The sections of a story; of a story with one report its title is enough. */
static void nav_sections(struct buf *b, uint32_t i, const struct story *story)
{
    struct tally t = tally_of(story);
    bool facts = story->findings.count > 0;

    if (story->reports.count < 2)
        return;
    RAW(b, "<ul>");
    nav_link(b, facts, i, "stands", "Standings");
    nav_link(b, t.kind[FINDING_FIGURE] > 0, i, "tolls", "Toll ledger");
    nav_link(b, t.kind[FINDING_EVENT] > 0, i, "time", "Time line");
    nav_link(b, t.kind[FINDING_STATEMENT] > 0, i, "said", "Statements");
    nav_link(b, facts && story->actors.count > 0, i, "actors", "Actors");
    nav_link(b, facts && story->places.count > 0, i, "places", "Places");
    nav_link(b, true, i, "origins", "Origins");
    nav_link(b, true, i, "sources", "Sources");
    RAW(b, "</ul>");
}

static void navigation(const struct html *h)
{
    struct buf *b = h->out;

    RAW(b, "<nav aria-label=\"Contents\"><ol>\n");
    for (uint32_t i = 0; i < h->view->s->story.count; i++) {
        uint32_t story = h->view->order[i];

        buf_printf(b, "<li><a href=\"#s%u\">", story + 1);
        html_line(b, view_story_title(h->view, story));
        RAW(b, "</a>");
        nav_sections(b, story, &h->view->s->story.at[story]);
        RAW(b, "</li>\n");
    }
    RAW(b, "</ol></nav>\n");
}

void report_html(struct buf *out, const struct situation *s)
{
    struct view view = view_of(out->arena, s);
    struct html h = { .out = out, .view = &view };

    document_open(out);
    masthead(&h);
    RAW(out, "<div class=\"front\">\n");
    legend(out);
    failed(out, s);
    index_table(&h);
    RAW(out, "</div>\n<div class=\"body\">\n");
    navigation(&h);
    RAW(out, "<main id=\"main\">\n");
    if (s->story.count == 0)
        RAW(out,
            "<p class=\"note\">No report was read, so there is nothing to tell.</p>\n");
    for (uint32_t i = 0; i < s->story.count; i++) {
        html_story(&h, view.order[i], i + 1);
        buf_drain(out);
    }
    RAW(out, "</main>\n</div>\n<footer><p>Made by corrob from the reports named in the "
             "Sources sections. It says who reports what; it does not judge what is "
             "true.</p></footer>\n</body>\n</html>\n");
}
