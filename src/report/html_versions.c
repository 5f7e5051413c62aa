/* html_versions.c - articles that were updated, and what changed in them. */
#include "report/changes.h"
#include "report/html_parts.h"

static void change(const struct html *h, const struct version_change *c)
{
    struct change_lines l = change_lines_of(h->view->arena, h->view->s, c);
    struct buf *b = h->out;

    RAW(b, "<li><b>");
    html_line(b, view_outlet(h->view, c->to));
    RAW(b, "</b> ");
    html_report(h, c->from);
    RAW(b, " → ");
    html_report(h, c->to);
    if (l.at.count == 0)
        RAW(b, ": the same text");
    else
        RAW(b, "<ul>");
    for (uint32_t i = 0; i < l.at.count; i++) {
        RAW(b, "<li>");
        buf_str(b, l.at.at[i].label);
        RAW(b, ": ");
        html_line(b, l.at.at[i].text);
        RAW(b, "</li>");
    }
    if (l.left > 0)
        buf_printf(b, "<li>and %u more changes</li>", l.left);
    if (l.at.count > 0)
        RAW(b, "</ul>");
    RAW(b, "</li>\n");
}

void html_versions(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];

    if (story->versions.count == 0)
        return;
    html_section_open(h, index, "versions", "Updated articles");
    RAW(h->out, "<p class=\"m\">Versions of one article count as one report.</p>\n"
                "<ul>\n");
    for (uint32_t i = 0; i < story->versions.count; i++)
        for (uint32_t k = 0; k < story->versions.at[i].change.count; k++)
            change(h, &story->versions.at[i].change.at[k]);
    RAW(h->out, "</ul>\n</section>\n");
}
