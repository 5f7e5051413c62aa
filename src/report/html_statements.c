/* Who said what: direct speech set as a quotation, indirect as what it is. */
#include "base/table.h"
#include "report/html_parts.h"

#define SPEAKERS_SHOWN 12
#define EACH_SHOWN 4

struct speaker {
    struct str name, role;
    ARRAY(uint32_t) said; /* findings */
};

struct speakers {
    ARRAY(struct speaker) at;
};

static struct speakers speakers_of(struct arena *arena, const struct story *story)
{
    struct speakers s = { 0 };
    struct table index = { 0 };

    for (uint32_t i = 0; i < story->findings.count; i++) {
        const struct finding *f = &story->findings.at[i];
        uint32_t *at;

        if (f->kind != FINDING_STATEMENT)
            continue;
        at = table_put(arena, &index, f->statement.speaker);
        if (*at == 0) {
            PUSH(arena, &s.at)->name = f->statement.speaker;
            *at = s.at.count;
        }
        if (s.at.at[*at - 1].role.len == 0)
            s.at.at[*at - 1].role = f->statement.role;
        *PUSH(arena, &s.at.at[*at - 1].said) = i;
    }
    return s;
}

/* Those who say most come first, the unnamed last; otherwise as they came up. */
static bool before(const struct speaker *a, const struct speaker *b)
{
    if ((a->name.len == 0) != (b->name.len == 0))
        return b->name.len == 0;
    return a->said.count > b->said.count;
}

static void sort(struct speakers *s)
{
    for (uint32_t i = 1; i < s->at.count; i++) {
        struct speaker one = s->at.at[i];
        uint32_t at = i;

        for (; at > 0 && before(&one, &s->at.at[at - 1]); at--)
            s->at.at[at] = s->at.at[at - 1];
        s->at.at[at] = one;
    }
}

static const struct str quote_marks[] = {
    STR_INIT("\""), STR_INIT("“"), STR_INIT("”"), STR_INIT("‘"),
    STR_INIT("’"),  STR_INIT("«"), STR_INIT("»"), STR_INIT("„"),
};

/* The words alone: the report sets its own quotation marks, and the comma of "…," he
 * said" belongs to the sentence around. */
static struct str unquoted(struct str s)
{
    s = str_trim(s);
    if (str_ends(s, STR(",")))
        s = str_slice(s, 0, s.len - 1);
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_starts(s, quote_marks[i])) {
            s = str_after(s, quote_marks[i].len);
            break;
        }
    for (size_t i = 0; i < COUNT(quote_marks); i++)
        if (str_ends(s, quote_marks[i]))
            return str_slice(s, 0, s.len - quote_marks[i].len);
    return s;
}

static void statement(const struct html *h, uint32_t story, uint32_t finding)
{
    const struct finding *f = &h->view->s->story.at[story].findings.at[finding];
    bool direct = f->statement.form == STATEMENT_DIRECT;
    struct buf *b = h->out;

    buf_printf(b, "<li id=\"f%u\" class=\"%s\">", view_finding(h->view, story, finding),
               statement_form_name(f->statement.form));
    if (direct) {
        RAW(b, "<blockquote><p>“");
        html_line(b, unquoted(f->statement.text));
        RAW(b, "”</p></blockquote>\n");
    } else {
        RAW(b, "<p>");
        html_line(b, f->statement.text);
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
    html_notes(h, f);
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
    sort(&s);
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
