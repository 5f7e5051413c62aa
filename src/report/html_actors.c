/* Who takes part: names with role, country and how often they are named. */
#include "report/html_parts.h"

#define ACTORS_SHOWN 14

static void head(struct buf *b)
{
    RAW(b, "<div class=\"scroll\" tabindex=\"0\"><table class=\"pt ac\"><thead><tr><th "
           "scope=\"col\">Name</th>"
           "<th scope=\"col\">Role</th><th scope=\"col\">Kind</th>"
           "<th scope=\"col\">Country</th>"
           "<th scope=\"col\" class=\"num\">Mentions</th>"
           "<th scope=\"col\" class=\"num\">Reports</th></tr></thead>\n<tbody>\n");
}

static void actor(struct buf *b, const struct story_actor *a)
{
    RAW(b, "<tr><th scope=\"row\">");
    html_line(b, a->party.name);
    RAW(b, "</th><td>");
    html_line(b, a->party.role);
    RAW(b, "</td><td>");
    buf_str(b, phrase_entity_type(a->type));
    RAW(b, "</td><td>");
    html_line(b, a->party.country);
    buf_printf(b, "</td><td class=\"num\">%u</td><td class=\"num\">%u</td></tr>\n",
               a->mentions, a->reports);
}

void html_actors(const struct html *h, uint32_t index)
{
    const struct story *story = &h->view->s->story.at[index];
    uint32_t count = story->actors.count;
    bool fold = count > ACTORS_SHOWN + 2;

    if (count == 0)
        return;
    html_section_open(h, index, "actors", "Actors");
    head(h->out);
    for (uint32_t i = 0; i < count; i++) {
        if (fold && i == ACTORS_SHOWN) {
            RAW(h->out, "</tbody></table></div>\n");
            html_more_open(h->out, count - i, "more actor");
            head(h->out);
        }
        actor(h->out, &story->actors.at[i]);
    }
    RAW(h->out, "</tbody></table></div>\n");
    if (fold)
        RAW(h->out, "</details>\n");
    RAW(h->out, "</section>\n");
}
