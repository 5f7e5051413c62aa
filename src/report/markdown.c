#include "report/markdown.h"

#include "report/markdown_out.h"

static void head(const struct markdown *m)
{
    const struct situation *s = m->view->s;
    int32_t first, last;
    uint32_t origins = 0;

    for (uint32_t i = 0; i < s->story.count; i++)
        origins += s->story.at[i].origins.count;
    RAW(m->out, "# Situation report\n\n");
    phrase_plural(m->out, situation_articles(s), "report");
    if (view_outlets(m->view) > 0) {
        RAW(m->out, ", ");
        phrase_plural(m->out, view_outlets(m->view), "outlet");
    }
    RAW(m->out, ", ");
    phrase_plural(m->out, origins, "origin");
    buf_printf(m->out, ", %u %s", s->story.count,
               s->story.count == 1 ? "story" : "stories");
    view_published(m->view, &first, &last);
    if (first != DATE_NONE) {
        RAW(m->out, "; published ");
        phrase_days(m->out, first, last);
    }
    RAW(m->out, ".\n\nPolicy **");
    buf_str(m->out, str_from(policy_name(s->policy)));
    RAW(m->out, "**: ");
    buf_str(m->out, phrase_policy_meaning(s->policy));
    RAW(m->out, ".\n\n");
}

static void legend(struct buf *b)
{
    static const enum status order[] = { STATUS_CORROBORATED, STATUS_ATTESTED,
                                         STATUS_DISPUTED, STATUS_SINGLE,
                                         STATUS_SUPERSEDED };

    RAW(b,
        "A standing tells who says so, never what is true. Letters name origins:\n"
        "reports that carry the same text count once. Notes quote the sentence.\n\n");
    for (uint32_t i = 0; i < COUNT(order); i++) {
        RAW(b, "- **");
        buf_str(b, phrase_status(order[i]));
        RAW(b, "**: ");
        buf_str(b, phrase_status_meaning(order[i]));
        RAW(b, "\n");
    }
    RAW(b, "\n");
}

static void failed(struct buf *b, const struct situation *s)
{
    if (s->failed.count == 0)
        return;
    RAW(b, "**Not read**\n\n");
    for (uint32_t i = 0; i < s->failed.count; i++) {
        RAW(b, "- ");
        markdown_text(b, s->failed.at[i].input);
        RAW(b, ": ");
        markdown_text(b, s->failed.at[i].reason);
        RAW(b, "\n");
    }
    RAW(b, "\n");
}

static void story_part(const struct markdown *m, uint32_t index, uint32_t place)
{
    const struct story *story = &m->view->s->story.at[index];

    buf_printf(m->out, "## %u. ", place);
    markdown_text(m->out, view_story_title(m->view, index));
    RAW(m->out, "\n\n");
    phrase_plural(m->out, story_articles(story), "report");
    RAW(m->out, ", ");
    phrase_plural(m->out, story->origins.count, "origin");
    if (story->first_day != DATE_NONE || story->last_day != DATE_NONE) {
        RAW(m->out, "; published ");
        phrase_days(m->out, story->first_day, story->last_day);
    }
    RAW(m->out, ".\n\n");
    if (story->findings.count > 0) {
        markdown_standings(m, index);
        markdown_ledger(m, index);
        markdown_timeline(m, index);
        markdown_statements(m, index);
        markdown_names(m, index);
    } else {
        RAW(m->out,
            "No figure, event or statement was found in this story’s reports.\n\n");
    }
    markdown_origin_list(m, index);
    markdown_versions(m, index);
}

/* "[^3]: “The sentence.” Outlet: Title, time. <https://…>" */
static void note(const struct markdown *m, uint32_t report, const struct note *n)
{
    const struct text *text = m->view->s->report[report]->text;
    const struct article *a = text->article;
    const struct sentence *s = &text->sentence.at[n->sentence];

    buf_printf(m->out, "[^%u]: “", n->number);
    markdown_text(m->out, str_slice(a->text, s->start, s->end));
    RAW(m->out, "” ");
    markdown_report(m, report);
    if (view_web_address(a->url) && str_find_char(a->url, '>') == STR_NPOS &&
        str_find_char(a->url, '<') == STR_NPOS)
        buf_printf(m->out, ". <%.*s>", STR_ARG(a->url));
    RAW(m->out, "\n");
}

static void notes(const struct markdown *m)
{
    const struct situation *s = m->view->s;

    RAW(m->out, "## Sources\n\n");
    for (uint32_t i = 0; i < s->story.count; i++) {
        const struct story *story = &s->story.at[m->view->order[i]];

        for (uint32_t j = 0; j < story->reports.count; j++) {
            uint32_t report = story->reports.at[j];

            for (uint32_t k = 0; k < m->view->report[report].note.count; k++)
                note(m, report, &m->view->report[report].note.at[k]);
        }
    }
}

void report_markdown(struct buf *out, const struct situation *s)
{
    struct view view = view_of(out->arena, s);
    struct markdown m = { .out = out, .view = &view };

    head(&m);
    legend(out);
    failed(out, s);
    for (uint32_t i = 0; i < s->story.count; i++) {
        story_part(&m, view.order[i], i + 1);
        buf_drain(out);
    }
    notes(&m);
}
