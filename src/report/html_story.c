#include "base/table.h"
#include "report/html_parts.h"

struct tally tally_of(const struct story *story)
{
    struct tally t = { 0 };

    for (uint32_t i = 0; i < story->findings.count; i++) {
        t.kind[story->findings.at[i].kind]++;
        t.status[story->findings.at[i].status]++;
    }
    return t;
}

void html_section_open(const struct html *h, uint32_t story, const char *key,
                       const char *heading)
{
    buf_printf(h->out, "<section id=\"s%u-%s\"><h3>%s</h3>\n", story + 1, key, heading);
}

/* The three places most often named, small ones before whole countries. */
static void place_line(const struct html *h, const struct story *story)
{
    uint32_t shown = 0;

    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < story->places.count && shown < 3; i++) {
            const struct story_place *p = &story->places.at[i];

            if ((p->precision == PLACE_COUNTRY) != (pass == 1))
                continue;
            buf_str(h->out, shown++ ? STR(", ") : STR("<span class=\"where\">"));
            html_text(h->out, p->name);
        }
    if (shown > 0)
        RAW(h->out, "</span>");
}

static uint32_t outlets_of(const struct html *h, const struct story *story)
{
    struct table seen = { 0 };

    for (uint32_t i = 0; i < story->reports.count; i++)
        if (view_outlet_named(h->view, story->reports.at[i]))
            *table_put(h->view->arena, &seen,
                       view_outlet(h->view, story->reports.at[i])) = 1;
    return seen.count;
}

static void story_head(const struct html *h, uint32_t index, uint32_t place)
{
    const struct story *story = &h->view->s->story.at[index];
    struct buf *b = h->out;

    buf_printf(b, "<header><p class=\"kick\">Story %u of %u", place,
               h->view->s->story.count);
    if (story->places.count > 0)
        RAW(b, " <span aria-hidden=\"true\">·</span> ");
    place_line(h, story);
    buf_printf(b, "</p>\n<h2 id=\"s%u-h\">", index + 1);
    html_line(b, view_story_title(h->view, index));
    RAW(b, "</h2>\n<p class=\"strap\"><strong>");
    phrase_plural(b, story_articles(story), "report");
    RAW(b, "</strong>, <strong>");
    phrase_plural(b, story->origins.count, "origin");
    RAW(b, "</strong>");
    if (outlets_of(h, story) > 0) {
        RAW(b, ", ");
        phrase_plural(b, outlets_of(h, story), "outlet");
    }
    if (story->first_day != DATE_NONE || story->last_day != DATE_NONE) {
        RAW(b, ", published ");
        phrase_days(b, story->first_day, story->last_day);
    }
    RAW(b, "</p></header>\n");
}

void html_story(const struct html *h, uint32_t index, uint32_t place)
{
    const struct story *story = &h->view->s->story.at[index];

    buf_printf(h->out,
               "<article class=\"story\" id=\"s%u\" aria-labelledby=\"s%u-h\">\n",
               index + 1, index + 1);
    story_head(h, index, place);
    if (story->findings.count > 0) {
        html_standings(h, index);
        html_ledger(h, index);
        html_timeline(h, index);
        html_statements(h, index);
        html_actors(h, index);
        html_places(h, index);
    } else {
        RAW(h->out, "<p class=\"note\">No figure, event or statement was found in "
                    "this story’s reports.</p>\n");
    }
    html_origin_list(h, index);
    html_versions(h, index);
    html_sources(h, index);
    RAW(h->out, "</article>\n");
}
