/* The time line: events by the day on which they happened or are expected. */
#include "report/html_parts.h"
#include "report/timeline.h"

/* Of a day, these many are shown at once; those of a single origin give way first. */
#define DAY_SHOWN 8
static void modality(struct buf *b, enum modality m)
{
    struct str words = phrase_modality(m);

    if (words.len == 0)
        return;
    buf_printf(b, " <span class=\"mo\">%.*s</span>", STR_ARG(words));
}

static void event(const struct html *h, uint32_t story, const struct timeline_entry *e)
{
    const struct story *told = &h->view->s->story.at[story];
    const struct finding *f = &told->findings.at[e->finding];
    struct buf *b = h->out;

    buf_printf(b, "<li id=\"f%u\" class=\"%s\">",
               view_finding(h->view, story, e->finding),
               modality_name(f->event.modality));
    for (uint32_t i = 0; i < e->also.count; i++)
        buf_printf(b, "<span id=\"f%u\"></span>",
                   view_finding(h->view, story, e->also.at[i]));
    html_status(b, f->status, false);
    RAW(b, " <span class=\"ty\">");
    buf_str(b, timeline_kinds(b->arena, told, e));
    RAW(b, "</span>");
    modality(b, f->event.modality);
    buf_char(b, ' ');
    html_line(b, timeline_summary(b->arena, f));
    if (e->end == e->day && f->event.end_day != DATE_NONE &&
        f->event.end_day != f->event.day) {
        RAW(b, " <span class=\"u\">until ");
        html_day(b, f->event.end_day);
        RAW(b, "</span>");
    }
    RAW(b, " <span class=\"os\">");
    html_origins(h, story, f);
    RAW(b, "</span> ");
    html_notes(h, f, true);
    RAW(b, "</li>\n");
}

static void day_head(struct buf *b, const struct timeline_entry *e)
{
    RAW(b, "<li class=\"day\"><h4>");
    if (e->day == DATE_NONE) {
        RAW(b, "Day not told");
    } else {
        if (e->end == e->day)
            buf_printf(b, "<span>%.*s</span> ", STR_ARG(phrase_weekday(e->day)));
        buf_printf(b, "<time datetime=\"%.*s\">",
                   STR_ARG(date_to_iso(b->arena, e->day)));
        phrase_period(b, e->day, e->end);
        RAW(b, "</time>");
    }
    RAW(b, "</h4>\n<ul>\n");
}

/* One day's entries. */
static void day(const struct html *h, uint32_t story, const struct timeline_entry *e,
                uint32_t count)
{
    bool fold = count > DAY_SHOWN + 1;

    day_head(h->out, e);
    for (uint32_t i = 0; i < count; i++) {
        if (fold && i == DAY_SHOWN) {
            RAW(h->out, "</ul>\n");
            html_more_open(h->out, count - i, "more event");
            RAW(h->out, "<ul>\n");
        }
        event(h, story, &e[i]);
    }
    RAW(h->out, "</ul>\n");
    if (fold)
        RAW(h->out, "</details>\n");
    RAW(h->out, "</li>\n");
}

/* Entries first..end of a time line. */
static void days(const struct html *h, uint32_t story, const struct timeline *t,
                 uint32_t first, uint32_t end)
{
    RAW(h->out, "<ol class=\"days\">\n");
    for (uint32_t i = first, next; i < end; i = next) {
        next = timeline_group_end(t, i);
        if (next > end)
            next = end;
        day(h, story, t->entry.at + i, next - i);
    }
    RAW(h->out, "</ol>\n");
}

void html_timeline(const struct html *h, uint32_t story)
{
    struct timeline t = timeline_of(h->view->arena, &h->view->s->story.at[story]);

    if (t.entry.count == 0)
        return;
    html_section_open(h, story, "time", "Time line");
    if (t.entry.count > t.earlier)
        days(h, story, &t, t.earlier, t.entry.count);
    if (t.earlier > 0) {
        html_more_open(h->out, t.earlier, "earlier event");
        days(h, story, &t, 0, t.earlier);
        RAW(h->out, "</details>\n");
    }
    RAW(h->out, "</section>\n");
}
