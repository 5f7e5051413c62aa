/* markdown_versions.c - articles that were updated, and what changed in them. */
#include "report/changes.h"
#include "report/markdown_out.h"

static void change(const struct markdown *m, const struct version_change *c)
{
    struct change_lines l = change_lines_of(m->view->arena, m->view->s, c);

    RAW(m->out, "- ");
    markdown_report(m, c->from);
    RAW(m->out, " → ");
    markdown_report(m, c->to);
    if (l.at.count == 0)
        RAW(m->out, ": the same text");
    RAW(m->out, "\n");
    for (uint32_t i = 0; i < l.at.count; i++) {
        RAW(m->out, "  - ");
        buf_str(m->out, l.at.at[i].label);
        RAW(m->out, ": ");
        markdown_text(m->out, l.at.at[i].text);
        RAW(m->out, "\n");
    }
    if (l.left > 0)
        buf_printf(m->out, "  - and %u more changes\n", l.left);
}

void markdown_versions(const struct markdown *m, uint32_t index)
{
    const struct story *story = &m->view->s->story.at[index];

    if (story->versions.count == 0)
        return;
    RAW(m->out, "### Updated articles\n\nVersions of one article count as one "
                "report.\n\n");
    for (uint32_t i = 0; i < story->versions.count; i++)
        for (uint32_t k = 0; k < story->versions.at[i].change.count; k++)
            change(m, &story->versions.at[i].change.at[k]);
    RAW(m->out, "\n");
}
