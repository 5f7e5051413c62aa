/* What is corroborated, disputed, attested, single: the first thing that a reader sees. */
#include "report/html_parts.h"

/* Lines shown in each group; the rest is told in the sections below and counted here. */
#define LINES 7

/* Disputes first: they are what a reader has to decide about. */
static const enum status groups[] = { STATUS_DISPUTED, STATUS_CORROBORATED,
                                      STATUS_ATTESTED, STATUS_SINGLE };

static void line(const struct html *h, uint32_t story, uint32_t finding, bool side)
{
    const struct finding *f = &h->view->s->story.at[story].findings.at[finding];

    buf_printf(h->out, "<li><a class=\"f\" href=\"#f%u\">",
               view_finding(h->view, story, finding));
    html_line(h->out, f->summary);
    RAW(h->out, "</a> <span class=\"os\">");
    html_origins(h, story, f);
    RAW(h->out, "</span> ");
    html_notes(h, f, !side);
    RAW(h->out, "</li>\n");
}

/* Two sides face each other; more stand in columns. */
static void sides(const struct html *h, uint32_t story, const struct dispute *d)
{
    buf_printf(h->out, "<ul class=\"sides%s\">\n", d->side.count > 2 ? " many" : "");
    for (uint32_t i = 0; i < d->side.count; i++) {
        if (i > 0 && d->side.count == 2)
            RAW(h->out, "<li class=\"versus\" aria-hidden=\"true\">against</li>\n");
        line(h, story, d->side.at[i], d->side.count > 1);
    }
    RAW(h->out, "</ul>\n");
}

static void dispute_title(struct buf *b, const struct finding *f, uint32_t sides)
{
    RAW(b, "<p class=\"issue\">");
    if (f->kind == FINDING_FIGURE) {
        buf_str(b, phrase_measure(f->figure.measure));
        if (f->figure.class_name.len > 0) {
            RAW(b, ": ");
            html_text(b, phrase_class(f->figure.class_name));
        }
    } else {
        buf_str(b,
                f->kind == FINDING_EVENT ? phrase_event(&f->event) : STR("Statement"));
    }
    if (sides > 2)
        buf_printf(b, ": %u figures in conflict", sides);
    RAW(b, "</p>\n");
}

static void disputes(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];
    uint32_t n = story->findings.count, shown = 0;
    bool *seen = NEW(h->view->arena, bool, n);

    for (uint32_t w = 0; w < VIEW_WEIGHTS; w++)
        for (uint32_t i = 0; i < n; i++) {
            const struct finding *f = &story->findings.at[i];
            struct dispute d;

            if (f->status != STATUS_DISPUTED || seen[i] || view_weight(f) != w)
                continue;
            d = view_dispute(h->view, index, i, seen);
            if (shown++ == LINES)
                RAW(h->out,
                    "<details class=\"more\"><summary>More disputes</summary>\n");
            dispute_title(h->out, f, d.side.count);
            sides(h, index, &d);
        }
    if (shown > LINES)
        RAW(h->out, "</details>\n");
}

static void lines(const struct html *h, uint32_t index, enum status status)
{
    const struct story *story = &h->view->s->story.at[index];
    uint32_t shown = 0, left = 0;

    RAW(h->out, "<ul>\n");
    for (uint32_t w = 0; w < VIEW_WEIGHTS; w++)
        for (uint32_t i = 0; i < story->findings.count; i++) {
            if (story->findings.at[i].status != status ||
                view_weight(&story->findings.at[i]) != w)
                continue;
            if (shown < LINES) {
                line(h, index, i, false);
                shown++;
            } else {
                left++;
            }
        }
    RAW(h->out, "</ul>\n");
    if (left > 0)
        buf_printf(h->out, "<p class=\"left\">and %u more in the sections below</p>\n",
                   left);
}

void html_standings(const struct html *h, uint32_t story)
{
    struct tally t = tally_of(&h->view->s->story.at[story]);

    html_section_open(h, story, "stands", "How the accounts stand");
    RAW(h->out, "<div class=\"stands\">\n");
    for (uint32_t g = 0; g < COUNT(groups); g++) {
        if (t.status[groups[g]] == 0)
            continue;
        buf_printf(h->out, "<section class=\"g %s\"><h4>", status_name(groups[g]));
        html_status(h->out, groups[g], true);
        buf_printf(h->out, " <span class=\"k\">%u</span></h4>\n<p class=\"m\">",
                   t.status[groups[g]]);
        buf_str(h->out, phrase_status_meaning(groups[g]));
        RAW(h->out, "</p>\n");
        if (groups[g] == STATUS_DISPUTED)
            disputes(h, story);
        else
            lines(h, story, groups[g]);
        RAW(h->out, "</section>\n");
    }
    RAW(h->out, "</div>\n</section>\n");
}
