/* The toll ledger: a table in which each figure is also drawn, on its measure's scale. */
#include "report/html_bar.h"
#include "report/html_parts.h"
#include "report/html_steps.h"
#include "report/ledger.h"
#include "report/speakers.h"

/* Of one class, these many rows are shown at once. */
#define ROWS_SHOWN 14
/* Of the figures that one is in conflict with, these many. */
#define AGAINST_SHOWN 3

/* Rows that don't stand in the open table. */
struct fold {
    ARRAY(uint32_t) finding;
};

static const struct finding *finding_at(const struct html *h, uint32_t story,
                                        uint32_t i)
{
    return &h->view->s->story.at[story].findings.at[i];
}

/* "58" as a link to where that figure stands. */
static void link_figure(const struct html *h, uint32_t story, uint32_t finding)
{
    const struct finding_figure *f = &finding_at(h, story, finding)->figure;

    buf_printf(h->out, "<a href=\"#f%u\">", view_finding(h->view, story, finding));
    phrase_interval(h->out, f->low, f->high);
    RAW(h->out, "</a>");
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (ascii_is_digit(s.ptr[i]))
            return true;
    return false;
}

/* "Up to 60" at the head of its sentence is "up to 60". */
static struct str uncapped(struct arena *arena, struct str s)
{
    struct buf b = buf_new(arena, SIZE_MAX);

    if (s.len < 2 || !ascii_is_lower(s.ptr[1]))
        return s;
    buf_char(&b, ascii_lower(*s.ptr));
    buf_str(&b, str_after(s, 1));
    return buf_view(&b);
}

/* The number as stated, and as an interval where that is not the same: 'more than 3,000
 * = 3,001 or more', 'nine "9"'.  Digits are read fastest, so they come first. */
static void value(const struct html *h, const struct finding *f, int64_t low,
                  int64_t high)
{
    struct str stated =
        uncapped(h->view->arena, speech_unquoted(view_stated(h->view, f)));
    struct str interval;
    struct buf words = buf_new(h->view->arena, 128), *b = h->out;
    bool digits = has_digit(stated);

    phrase_interval(&words, low, high);
    interval = buf_view(&words);
    RAW(b, "<span class=\"v\">");
    html_line(b, digits ? stated : interval);
    if (f->figure.measure == MEASURE_PERCENT)
        RAW(b, " %");
    RAW(b, "</span>");
    if (f->figure.derived) {
        RAW(b, " <span class=\"as\">derived: ");
        html_line(b, view_parts(h->view, f));
        RAW(b, "</span>");
    } else if (digits && str_find(stated, interval) == STR_NPOS) {
        RAW(b, " <span class=\"as\">= ");
        html_line(b, interval);
        RAW(b, "</span>");
    } else if (!digits && stated.len > 0 && low != high) {
        RAW(b, " <span class=\"as\">“");
        html_line(b, stated);
        RAW(b, "”</span>");
    }
}

/* "denied", "expected": such a figure is told, but not as a count that stands. */
static void modality(const struct html *h, const struct finding *f)
{
    enum modality m = view_modality(h->view, f);
    struct str words = phrase_modality(m);

    if (words.len == 0)
        return;
    buf_printf(h->out, " <span class=\"mo %s\">", modality_name(m));
    buf_str(h->out, words);
    RAW(h->out, "</span>");
}

/* Whom and where it counts: "“armed criminals”, Almaty, 5 Jan". */
static void scope(struct buf *b, const struct finding_figure *f)
{
    const char *comma = "";

    RAW(b, " <span class=\"sc\">");
    if (f->who.len > 0 || !measure_is_toll(f->measure)) {
        html_line(b, f->who.len > 0 ? f->who : phrase_unit(b->arena, f));
        comma = ", ";
    }
    if (f->subset) {
        buf_printf(b, "%samong them", comma);
        comma = ", ";
    }
    if (f->place.len > 0) {
        buf_printf(b, "%s<span class=\"pl\">", comma);
        html_line(b, f->place);
        RAW(b, "</span>");
        comma = ", ";
    }
    if (f->period_begin != DATE_NONE || f->period_end != DATE_NONE) {
        buf_printf(b, "%speriod ", comma);
        phrase_days(b, f->period_begin, f->period_end);
    } else if (f->day != DATE_NONE) {
        buf_printf(b, "%s", comma);
        html_day(b, f->day);
    }
    RAW(b, "</span>");
}

static void claimant(struct buf *b, const struct finding *f)
{
    struct str who = view_claimant(f);

    if (who.len > 0)
        html_line(b, who);
    else
        RAW(b, "<i>the outlet’s own voice</i>");
    if (f->claimants > 1)
        buf_printf(b, " <span class=\"u\">and %u more</span>", f->claimants - 1);
}

/* "with 23, 41 and 3 more": the standings above list them all. */
static void against(const struct html *h, uint32_t story, const struct finding *f)
{
    uint32_t findings = h->view->s->story.at[story].findings.count, shown = 0;

    for (uint32_t i = 0; i < f->against.count && shown < AGAINST_SHOWN; i++) {
        if (f->against.at[i] >= findings)
            continue;
        buf_str(h->out, shown++ ? STR(", ") : STR(" <span class=\"u\">with "));
        link_figure(h, story, f->against.at[i]);
    }
    if (shown == 0)
        return;
    if (f->against.count > AGAINST_SHOWN)
        buf_printf(h->out, " and %u more", f->against.count - AGAINST_SHOWN);
    RAW(h->out, "</span>");
}

static void standing(const struct html *h, uint32_t story, const struct finding *f)
{
    uint32_t findings = h->view->s->story.at[story].findings.count;

    html_status(h->out, f->status, true);
    if (f->superseded_by < findings) {
        RAW(h->out, " <span class=\"u\">by ");
        link_figure(h, story, f->superseded_by);
        RAW(h->out, "</span>");
    }
    against(h, story, f);
}

static void sources(const struct html *h, uint32_t story, const struct finding *f)
{
    RAW(h->out, "<td role=\"cell\" class=\"src\"><span class=\"os\">");
    html_origins(h, story, f);
    RAW(h->out, "</span> ");
    html_notes(h, f, true);
    RAW(h->out, "</td></tr>\n");
}

static void row(const struct html *h, uint32_t story, const struct ledger_measure *m,
                const struct ledger_row *r, const char *grid)
{
    const struct finding *f = finding_at(h, story, r->finding);
    struct buf *b = h->out;

    buf_printf(b,
               "<tr role=\"row\" id=\"f%u\" class=\"%s\"><th role=\"rowheader\" "
               "scope=\"row\">",
               view_finding(h->view, story, r->finding), status_name(f->status));
    value(h, f, r->low, r->high);
    modality(h, f);
    scope(b, &f->figure);
    RAW(b, "</th><td role=\"cell\" class=\"cl\">");
    claimant(b, f);
    RAW(b, "</td><td role=\"cell\" class=\"bc\">");
    html_bar(b, &m->scale, r,
             f->figure.derived                                ? "sum"
             : view_modality(h->view, f) != MODALITY_ASSERTED ? "unsure"
                                                              : status_name(f->status),
             grid);
    RAW(b, "</td><td role=\"cell\" class=\"ao\">");
    html_day(b, f->figure.as_of);
    RAW(b, "</td><td role=\"cell\" class=\"sd\">");
    standing(h, story, f);
    RAW(b, "</td>");
    sources(h, story, f);
}

static void table_open(struct buf *b, const struct ledger_measure *m, const char *grid)
{
    RAW(b, "<table class=\"led\" role=\"table\"><caption class=\"vh\">");
    buf_str(b, phrase_measure(m->measure));
    buf_printf(b, ": each figure in words, and as a bar on a common %s scale from ",
               m->scale.logarithmic ? "logarithmic" : "linear");
    phrase_count(b, m->scale.tick[0]);
    RAW(b, " to ");
    phrase_count(b, m->scale.tick[m->scale.ticks - 1]);
    RAW(b, "</caption><thead role=\"rowgroup\"><tr role=\"row\">"
           "<th role=\"columnheader\" scope=\"col\">Figure</th>"
           "<th role=\"columnheader\" scope=\"col\">Said by</th>"
           "<th role=\"columnheader\" scope=\"col\" class=\"bc\"><span class=\"vh\">On "
           "the scale</span>");
    html_axis(b, &m->scale);
    RAW(b, "<svg class=\"defs\" aria-hidden=\"true\">");
    html_grid(b, &m->scale, grid);
    RAW(b,
        "</svg></th><th role=\"columnheader\" scope=\"col\">As of</th>"
        "<th role=\"columnheader\" scope=\"col\">Standing</th>"
        "<th role=\"columnheader\" scope=\"col\">Origins, sources</th></tr></thead>\n");
}

static void plain_row(const struct html *h, uint32_t story, uint32_t finding)
{
    const struct finding *f = finding_at(h, story, finding);
    struct buf *b = h->out;

    buf_printf(b, "<tr id=\"f%u\" class=\"%s\"><th scope=\"row\">",
               view_finding(h->view, story, finding), status_name(f->status));
    value(h, f, f->figure.low, f->figure.high);
    modality(h, f);
    scope(b, &f->figure);
    RAW(b, "</th><td>");
    buf_str(b, phrase_measure(f->figure.measure));
    RAW(b, "</td><td class=\"cl\">");
    claimant(b, f);
    RAW(b, "</td><td class=\"sd\">");
    standing(h, story, f);
    RAW(b, "</td>");
    sources(h, story, f);
}

/* Figures without bars: what counts no people, and tolls of earlier events. */
static void plain(const struct html *h, uint32_t story, const uint32_t *finding,
                  uint32_t count, const char *what)
{
    if (count == 0)
        return;
    html_more_open(h->out, count, what);
    RAW(h->out, "<div class=\"scroll\" tabindex=\"0\"><table class=\"pt\"><thead><tr>"
                "<th scope=\"col\">Figure</th><th scope=\"col\">Kind</th>"
                "<th scope=\"col\">Said by</th><th scope=\"col\">Standing</th>"
                "<th scope=\"col\">Origins, sources</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < count; i++)
        plain_row(h, story, finding[i]);
    RAW(h->out, "</tbody></table></div></details>\n");
}

/* A class with its rows; those past the limit go to *rest. */
static void class_rows(const struct html *h, uint32_t story,
                       const struct ledger_measure *m, const struct ledger_class *c,
                       const char *grid, struct fold *rest)
{
    struct buf *b = h->out;

    RAW(b, "<tbody role=\"rowgroup\">");
    if (m->classes.count > 1) {
        RAW(b, "<tr role=\"row\" class=\"class\"><th role=\"rowheader\" colspan=\"6\" "
               "scope=\"rowgroup\">");
        html_text(b, c->name);
        RAW(b, "</th></tr>");
    }
    RAW(b, "\n");
    for (uint32_t j = 0; j < c->rows.count; j++) {
        if (j < ROWS_SHOWN || c->rows.count <= ROWS_SHOWN + 2)
            row(h, story, m, &c->rows.at[j], grid);
        else
            *PUSH(h->view->arena, &rest->finding) = c->rows.at[j].finding;
    }
    RAW(b, "</tbody>\n");
}

static void measure_head(struct buf *b, const struct ledger_measure *m)
{
    RAW(b, "<h4>");
    buf_str(b, phrase_measure(m->measure));
    if (m->classes.count == 1) {
        RAW(b, ": ");
        html_text(b, m->classes.at[0].name);
    }
    if (m->scale.logarithmic)
        RAW(b, " <span class=\"u\">logarithmic scale</span>");
    RAW(b, "</h4>\n");
}

static void measure(const struct html *h, uint32_t story,
                    const struct ledger_measure *m)
{
    struct buf grid = buf_new(h->view->arena, 64);
    struct fold rest = { 0 };

    buf_printf(&grid, "gr%u-%s", story + 1, measure_name(m->measure));
    buf_char(&grid, '\0');
    measure_head(h->out, m);
    for (uint32_t i = 0; i < m->classes.count; i++)
        html_steps(h, story, m, &m->classes.at[i], (uint32_t)m->measure * 100 + i);
    table_open(h->out, m, grid.ptr);
    for (uint32_t i = 0; i < m->classes.count; i++)
        class_rows(h, story, m, &m->classes.at[i], grid.ptr, &rest);
    RAW(h->out, "</table>\n");
    plain(h, story, rest.finding.at, rest.finding.count, "more figure");
}

void html_ledger(const struct html *h, uint32_t story)
{
    struct ledger l = ledger_of(h->view, story);

    if (l.measures.count + l.background.count + l.other.count == 0)
        return;
    html_section_open(h, story, "tolls", "Toll ledger");
    if (l.measures.count > 0)
        RAW(h->out,
            "<p class=\"m\">Each figure as its claimant gives it. A disc is an "
            "exact count, a bar an interval; soft ends mean “about”, an arrow "
            "“or more”; hatched or ringed is disputed, hollow superseded, dashed "
            "a sum derived here, dotted denied or not yet so.</p>\n");
    for (uint32_t i = 0; i < l.measures.count; i++)
        measure(h, story, &l.measures.at[i]);
    plain(h, story, l.background.at, l.background.count, "earlier figure");
    plain(h, story, l.other.at, l.other.count, "other figure");
    RAW(h->out, "</section>\n");
}
