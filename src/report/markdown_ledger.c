/* The toll ledger as tables: each figure with a bar of characters on its scale. */
#include "report/ledger.h"
#include "report/markdown_out.h"

#define BAR_CELLS 20

static const struct finding *finding_at(const struct markdown *m, uint32_t story,
                                        uint32_t i)
{
    return &m->view->s->story.at[story].findings.at[i];
}

static uint32_t cell_of(const struct scale *scale, int64_t value)
{
    return (uint32_t)(scale_at(scale, value) * (BAR_CELLS - 1) + 0.5);
}

/* "·····●··············", "···━━━━━━━··········", "·········━━━▶·······" */
static void bar(struct buf *b, const struct scale *scale, const struct ledger_row *row)
{
    bool left = row->low == INT64_MIN, right = row->high == COUNT_OPEN;
    uint32_t from = left ? 0 : cell_of(scale, row->low);
    uint32_t to = right ? from + 3 : cell_of(scale, row->high);

    if (to >= BAR_CELLS)
        to = BAR_CELLS - 1;
    for (uint32_t i = 0; i < BAR_CELLS; i++) {
        if (i < from || i > to)
            RAW(b, "·");
        else if (right && i == to)
            RAW(b, "▶");
        else if (from == to)
            RAW(b, "●");
        else
            RAW(b, "━");
    }
}

/* The number as stated and what it counts: "at least nine (9 or more), children". */
static void figure(const struct markdown *m, struct buf *b, const struct finding *f)
{
    struct str stated = view_stated(m->view, f);
    struct buf interval = buf_new(m->view->arena, 128);

    phrase_interval(&interval, f->figure.low, f->figure.high);
    buf_str(b, buf_view(&interval));
    if (f->figure.measure == MEASURE_PERCENT)
        RAW(b, " %");
    if (f->figure.derived) {
        RAW(b, " (derived: ");
        markdown_text(b, view_parts(m->view, f));
        RAW(b, ")");
    } else if (stated.len > 0 && f->figure.low != f->figure.high &&
               str_find_fold(stated, buf_view(&interval)) == STR_NPOS) {
        RAW(b, " (“");
        markdown_text(b, stated);
        RAW(b, "”)");
    }
    if (f->figure.who.len > 0) {
        buf_char(b, ' ');
        markdown_text(b, f->figure.who);
    } else if (!measure_is_toll(f->figure.measure)) {
        buf_char(b, ' ');
        markdown_text(b, phrase_unit(b->arena, &f->figure));
    }
    if (phrase_modality(view_modality(m->view, f)).len > 0) {
        RAW(b, " *");
        buf_str(b, phrase_modality(view_modality(m->view, f)));
        RAW(b, "*");
    }
    if (f->figure.place.len > 0) {
        RAW(b, ", ");
        markdown_text(b, f->figure.place);
    }
}

static void standing(const struct markdown *m, uint32_t story, struct buf *b,
                     const struct finding *f)
{
    uint32_t findings = m->view->s->story.at[story].findings.count;
    const char *comma = " with ";

    buf_str(b, phrase_status(f->status));
    if (f->superseded_by < findings) {
        const struct finding_figure *by =
            &finding_at(m, story, f->superseded_by)->figure;

        RAW(b, " by ");
        phrase_interval(b, by->low, by->high);
    }
    for (uint32_t i = 0; i < f->against.count; i++) {
        if (f->against.at[i] >= findings)
            continue;
        buf_printf(b, "%s", comma);
        phrase_interval(b, finding_at(m, story, f->against.at[i])->figure.low,
                        finding_at(m, story, f->against.at[i])->figure.high);
        comma = ", ";
    }
}

static void claimant(struct buf *b, const struct finding *f)
{
    struct str who = view_claimant(f);

    if (who.len > 0)
        markdown_text(b, who);
    else
        RAW(b, "outlet’s own voice");
    if (f->claimants > 1)
        buf_printf(b, " and %u more", f->claimants - 1);
}

/* The cells that all rows end in: said by, as of, standing, origins and notes. */
static void common_cells(const struct markdown *m, uint32_t story,
                         const struct finding *f, struct markdown_table *t)
{
    struct buf cell = markdown_cell_open(m);
    struct markdown into = { &cell, m->view };

    claimant(&cell, f);
    markdown_cell(m, t, cell);
    cell = markdown_cell_open(m);
    phrase_day_short(&cell, f->figure.as_of);
    markdown_cell(m, t, cell);
    cell = markdown_cell_open(m);
    standing(m, story, &cell, f);
    markdown_cell(m, t, cell);
    cell = markdown_cell_open(m);
    markdown_origins(&into, f);
    buf_char(&cell, ' ');
    markdown_notes(&into, f);
    markdown_cell(m, t, cell);
}

static void class_table(const struct markdown *m, uint32_t story,
                        const struct ledger_measure *measure,
                        const struct ledger_class *c)
{
    static const char *const head[] = { "Figure", "On the scale", "Said by",
                                        "As of",  "Standing",     "Origins, notes" };
    static const bool right[COUNT(head)] = { false };
    struct markdown_table t = { .columns = COUNT(head), .head = head, .right = right };

    RAW(m->out, "**");
    buf_str(m->out, phrase_measure(measure->measure));
    RAW(m->out, ": ");
    markdown_text(m->out, c->name);
    buf_printf(m->out, "** (%sscale ",
               measure->scale.logarithmic ? "logarithmic " : "");
    phrase_count(m->out, measure->scale.tick[0]);
    RAW(m->out, " to ");
    phrase_count(m->out, measure->scale.tick[measure->scale.ticks - 1]);
    RAW(m->out, ")\n\n");
    for (uint32_t i = 0; i < c->rows.count; i++) {
        const struct finding *f = finding_at(m, story, c->rows.at[i].finding);
        struct buf cell = markdown_cell_open(m);

        figure(m, &cell, f);
        markdown_cell(m, &t, cell);
        cell = markdown_cell_open(m);
        bar(&cell, &measure->scale, &c->rows.at[i]);
        markdown_cell(m, &t, cell);
        common_cells(m, story, f, &t);
    }
    markdown_table(m, &t);
}

static void plain(const struct markdown *m, uint32_t story, const uint32_t *finding,
                  uint32_t count, const char *title)
{
    static const char *const head[] = { "Figure", "Kind",     "Said by",
                                        "As of",  "Standing", "Origins, notes" };
    static const bool right[COUNT(head)] = { false };
    struct markdown_table t = { .columns = COUNT(head), .head = head, .right = right };

    if (count == 0)
        return;
    buf_printf(m->out, "**%s**\n\n", title);
    for (uint32_t i = 0; i < count; i++) {
        const struct finding *f = finding_at(m, story, finding[i]);
        struct buf cell = markdown_cell_open(m);

        figure(m, &cell, f);
        markdown_cell(m, &t, cell);
        cell = markdown_cell_open(m);
        buf_str(&cell, phrase_measure(f->figure.measure));
        markdown_cell(m, &t, cell);
        common_cells(m, story, f, &t);
    }
    markdown_table(m, &t);
}

void markdown_ledger(const struct markdown *m, uint32_t story)
{
    struct ledger l = ledger_of(m->view, story);

    if (l.measures.count + l.background.count + l.other.count == 0)
        return;
    RAW(m->out, "### Toll ledger\n\n");
    for (uint32_t i = 0; i < l.measures.count; i++)
        for (uint32_t j = 0; j < l.measures.at[i].classes.count; j++)
            class_table(m, story, &l.measures.at[i], &l.measures.at[i].classes.at[j]);
    plain(m, story, l.background.at, l.background.count, "Figures of earlier events");
    plain(m, story, l.other.at, l.other.count, "Other figures");
}
