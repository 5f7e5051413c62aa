/* Who said what: direct speech set as a quotation, indirect as what it is. */
#include "report/html_parts.h"
#include "report/speakers.h"

#define SPEAKERS_SHOWN 12
#define EACH_SHOWN 4

static void statement(const struct html *h, uint32_t story, uint32_t finding)
{
    const struct finding *f = &h->view->s->story.at[story].findings.at[finding];
    bool direct = f->statement.form == STATEMENT_DIRECT;
    struct buf *b = h->out;

    buf_printf(b, "<li id=\"f%u\" class=\"%s\">", view_finding(h->view, story, finding),
               statement_form_name(f->statement.form));
    if (direct) {
        RAW(b, "<blockquote><p>“");
        html_line(b, speech_text(b->arena, h->view->s, f));
        RAW(b, "”</p></blockquote>\n");
    } else {
        RAW(b, "<p>");
        html_line(b, speech_text(b->arena, h->view->s, f));
        RAW(b, "</p>\n");
    }
    buf_printf(b, "<p class=\"by\">%s ",
               direct                                 ? "quoted"
               : f->statement.form == STATEMENT_MIXED ? "partly quoted"
                                                      : "in the reports’ words");
    html_status(b, f->status, true);
    RAW(b, " <span class=\"os\">");
    html_origins(h, story, f);
    RAW(b, "</span> ");
    html_notes(h, f, true);
    RAW(b, "</p></li>\n");
}

static void speaker(const struct html *h, uint32_t story, const struct speaker *s)
{
    bool fold = s->said.count > EACH_SHOWN + 1;

    RAW(h->out, "<div class=\"sp\"><h4>");
    html_line(h->out, s->name.len > 0 ? s->name : STR("Speaker not named"));
    if (s->role.len > 0) {
        RAW(h->out, " <span class=\"role\">");
        html_line(h->out, s->role);
        RAW(h->out, "</span>");
    }
    RAW(h->out, "</h4>\n<div><ul>\n");
    for (uint32_t i = 0; i < s->said.count; i++) {
        if (fold && i == EACH_SHOWN) {
            RAW(h->out, "</ul>\n");
            html_more_open(h->out, s->said.count - i, "more statement");
            RAW(h->out, "<ul>\n");
        }
        statement(h, story, s->said.at[i]);
    }
    RAW(h->out, "</ul>\n");
    if (fold)
        RAW(h->out, "</details>\n");
    RAW(h->out, "</div></div>\n");
}

void html_statements(const struct html *h, uint32_t story)
{
    struct speakers s = speakers_of(h->view->arena, &h->view->s->story.at[story]);
    bool fold = s.at.count > SPEAKERS_SHOWN + 1;

    if (s.at.count == 0)
        return;
    html_section_open(h, story, "said", "Statements");
    for (uint32_t i = 0; i < s.at.count; i++) {
        if (fold && i == SPEAKERS_SHOWN)
            html_more_open(h->out, s.at.count - i, "more speaker");
        speaker(h, story, &s.at.at[i]);
    }
    if (fold)
        RAW(h->out, "</details>\n");
    RAW(h->out, "</section>\n");
}
