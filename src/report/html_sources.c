/* The reports' own words: each cited sentence in its paragraph, marked, with the way back. */
#include "report/html_parts.h"

/* Cites that can nest in one another before the inner ones go unmarked. */
#define NESTING 8

static const char *const from_words[] = {
    [DATE_FROM_NONE] = "",
    [DATE_FROM_JSONLD] = "date from the page’s data",
    [DATE_FROM_META] = "date from the page’s data",
    [DATE_FROM_URL] = "date from the address",
    [DATE_FROM_TEXT] = "date from the text",
    [DATE_FROM_FEED] = "date from the feed",
    [DATE_FROM_HINT] = "date given by the user",
};

/* The sentence's words with its cited spans as nested <b id="e7">.  Where two spans
 * cross, the later one ends with the earlier. */
static void cited_words(struct buf *b, struct str text, const struct sentence *s,
                        const struct cite *cite, uint32_t cites)
{
    uint32_t open[NESTING], depth = 0, at = s->start;

    for (uint32_t i = 0; i <= cites; i++) {
        uint32_t start = i < cites ? cite[i].start : s->end;

        while (depth > 0 && open[depth - 1] <= start) {
            html_text(b, str_slice(text, at, open[depth - 1]));
            RAW(b, "</b>");
            at = open[--depth];
        }
        if (start > at) {
            html_text(b, str_slice(text, at, start));
            at = start;
        }
        if (i < cites) {
            uint32_t end = cite[i].end < s->end ? cite[i].end : s->end;

            buf_printf(b, "<b id=\"e%u\"%s>", cite[i].id,
                       cite[i].figure ? " class=\"q\"" : "");
            if (depth > 0 && end > open[depth - 1])
                end = open[depth - 1];
            if (depth == NESTING || end <= at) {
                RAW(b, "</b>");
                continue;
            }
            open[depth++] = end;
        }
    }
}

/* "↩ 1 2": to the findings that cite the sentence. */
static void back(struct buf *b, const struct note *n)
{
    buf_printf(b, "<span class=\"bk\"><span class=\"vh\">Cited by finding</span>");
    for (uint32_t i = 0; i < n->findings.count; i++)
        buf_printf(b, " <a href=\"#f%u\"><span aria-hidden=\"true\">↑</span>%u</a>",
                   n->findings.at[i], n->findings.at[i]);
    RAW(b, "</span>");
}

static void cited_sentence(const struct html *h, uint32_t report, uint32_t note_index)
{
    const struct view_report *r = &h->view->report[report];
    const struct note *n = &r->note.at[note_index];
    const struct text *text = h->view->s->report[report]->text;
    uint32_t first = 0, count = 0;
    struct buf *b = h->out;

    while (r->cite.at[first].sentence != n->sentence)
        first++;
    while (first + count < r->cite.count &&
           r->cite.at[first + count].sentence == n->sentence)
        count++;
    buf_printf(b, "<mark id=\"n%u\"><sup>%u</sup>", n->number, n->number);
    cited_words(b, text->article->text, &text->sentence.at[n->sentence],
                &r->cite.at[first], count);
    RAW(b, "</mark>");
    back(b, n);
}

static void gap(struct buf *b, uint32_t paragraphs)
{
    if (paragraphs == 0)
        return;
    buf_printf(b, "<p class=\"gap\">%u paragraph%s not cited</p>\n", paragraphs,
               paragraphs == 1 ? "" : "s");
}

/* One paragraph with its cited sentences; *note is the first of them, moved past them. */
static void paragraph(const struct html *h, uint32_t report, uint32_t *note)
{
    const struct text *text = h->view->s->report[report]->text;
    const struct view_report *r = &h->view->report[report];
    uint32_t i = r->note.at[*note].sentence, at;
    uint32_t number = text->sentence.at[i].paragraph;

    while (i > 0 && text->sentence.at[i - 1].paragraph == number)
        i--;
    RAW(h->out, "<p>");
    at = text->sentence.at[i].start;
    for (; i < text->sentence.count && text->sentence.at[i].paragraph == number; i++) {
        const struct sentence *s = &text->sentence.at[i];

        if (s->start > at)
            html_text(h->out, str_slice(text->article->text, at, s->start));
        if (*note < r->note.count && r->note.at[*note].sentence == i)
            cited_sentence(h, report, (*note)++);
        else
            html_text(h->out, str_slice(text->article->text, s->start, s->end));
        at = s->end;
    }
    RAW(h->out, "</p>\n");
}

static void paragraphs(const struct html *h, uint32_t report)
{
    const struct text *text = h->view->s->report[report]->text;
    const struct view_report *r = &h->view->report[report];
    uint32_t next = 0;

    for (uint32_t note = 0; note < r->note.count;) {
        uint32_t number = text->sentence.at[r->note.at[note].sentence].paragraph;

        gap(h->out, number > next ? number - next : 0);
        paragraph(h, report, &note);
        next = number + 1;
    }
    if (text->sentence.count > 0) {
        uint32_t last = text->sentence.at[text->sentence.count - 1].paragraph;

        gap(h->out, r->note.count > 0 && last >= next ? last + 1 - next : 0);
    }
}

static void byline(struct buf *b, const struct article *a)
{
    for (uint32_t i = 0; i < a->byline.count; i++) {
        buf_str(b, i == 0 ? STR(" <span class=\"sep\">by</span> ") : STR(", "));
        html_line(b, a->byline.at[i]);
    }
}

static void published(struct buf *b, const struct article *a)
{
    RAW(b, "<span class=\"t\">");
    if (a->published.precision == INSTANT_NONE) {
        RAW(b, "time of publication not known");
    } else {
        RAW(b, "<time datetime=\"");
        buf_str(b, instant_to_iso(b->arena, a->published));
        RAW(b, "\">");
        phrase_instant(b, a->published);
        buf_printf(b, "</time> <span class=\"u\">(%s)</span>",
                   from_words[a->published_from]);
    }
    RAW(b, "</span>");
}

static bool english(struct str language)
{
    return language.len == 0 || str_starts_fold(language, STR("en"));
}

static void source_head(const struct html *h, uint32_t report)
{
    const struct article *a = view_article(h->view, report);
    const struct view_report *r = &h->view->report[report];
    struct buf *b = h->out;
    bool linked;

    RAW(b, "<header><h4");
    html_lang(b, a->language);
    RAW(b, ">");
    linked = html_link_open(b, a->url);
    html_line(b, view_title(h->view, report));
    if (linked)
        RAW(b, "</a>");
    RAW(b, "</h4>\n<p class=\"by\">");
    if (r->origin != VIEW_NONE)
        buf_printf(b, "<a class=\"o\" href=\"#s%u-o%u\">%.*s</a> ", r->story + 1,
                   r->origin + 1, STR_ARG(view_letters(b->arena, r->origin)));
    RAW(b, "<b>");
    html_line(b, view_outlet(h->view, report));
    RAW(b, "</b>");
    byline(b, a);
    RAW(b, " ");
    published(b, a);
    RAW(b, " <span class=\"u\">read from ");
    html_line(b, a->page->input);
    RAW(b, "</span></p></header>\n");
}

static void source(const struct html *h, uint32_t report)
{
    const struct article *a = view_article(h->view, report);

    buf_printf(h->out, "<article class=\"source\" id=\"r%u\">\n", report + 1);
    source_head(h, report);
    if (!english(a->language)) {
        RAW(h->out, "<p class=\"note\">In ");
        html_text(h->out, phrase_language(a->language));
        RAW(h->out, ": counted among the reports and compared for copies; facts are "
                    "read from English reports only.</p>\n");
    } else if (h->view->report[report].note.count == 0) {
        RAW(h->out, "<p class=\"note\">No sentence of this report is cited.</p>\n");
    }
    if (h->view->report[report].note.count > 0) {
        RAW(h->out, "<div class=\"text\"");
        html_lang(h->out, a->language);
        RAW(h->out, ">\n");
        paragraphs(h, report);
        RAW(h->out, "</div>\n");
    }
    RAW(h->out, "</article>\n");
}

void html_sources(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];

    html_section_open(h, index, "sources", "Sources");
    RAW(h->out,
        "<p class=\"m\">Only paragraphs that are cited. <mark>Marked</mark> is a "
        "cited sentence, <mark><b>stronger</b></mark> the very words that a "
        "finding rests on; <span aria-hidden=\"true\">↑</span> leads back to "
        "it.</p>\n");
    for (uint32_t i = 0; i < story->reports.count; i++)
        source(h, story->reports.at[i]);
    RAW(h->out, "</section>\n");
}
