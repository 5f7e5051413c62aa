/* The map: where events are said to have happened, drawn as exactly as it was said. */
#include <math.h>

#include "report/map.h"
#include "serve/visit.h"

#define WIDTH 1100
#define PLACES 300
#define UNKNOWN 60
#define LISTED 40 /* rows of a table; pins are all drawn */

/* How far around its point a place may lie, kilometres; 0: a country, no pin at all. */
static double radius_of(struct str precision)
{
    static const struct {
        const char *name;
        double km;
    } known[] = {
        { "point", 1 }, { "city", 8 }, { "district", 35 }, { "region", 110 }
    };

    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(precision, str_from(known[i].name)))
            return known[i].km;
    return 0;
}

/* A country is no pin, and neither is a place of which only the country is known: its
 * coordinates are 0, 0. */
static bool is_pinned(const struct store_place *p)
{
    return radius_of(p->precision) > 0 && (p->lat != 0 || p->lon != 0);
}

static void land(struct visit *v, struct markup *m, const struct map_view *view)
{
    for (uint32_t i = 0; i < map_countries; i++) {
        struct buf path = buf_new(v->arena, (size_t)1 << 22);

        if (!map_path(&path, view, &map_country[i]))
            continue;
        markup_open(m, "path");
        markup_attr(m, "d", buf_view(&path));
        markup_close(m);
    }
}

static void circle(struct markup *m, const char *kind, struct map_point at, double r)
{
    markup_open(m, "circle");
    markup_attr(m, "class", str_from(kind));
    markup_attr_format(m, "cx", "%.1f", at.x);
    markup_attr_format(m, "cy", "%.1f", at.y);
    markup_attr_format(m, "r", "%.1f", r);
    markup_close(m);
}

static void pin(struct markup *m, const struct map_view *view,
                const struct store_place *p)
{
    struct map_point at = map_view_point(view, p->lat, p->lon);
    struct map_point north = map_view_point(view, p->lat + 1, p->lon);
    double km = radius_of(p->precision);
    double dot = 2.5 + 1.5 * log((double)(p->events > 0 ? p->events : 1));
    double r = km / 111.0 * fabs(at.y - north.y);

    markup_open(m, "a");
    markup_attr_format(m, "href", "/story/%lld", (long long)p->story);
    markup_attr_format(m, "aria-label", "%.*s, %.*s: %lld events, %lld stories",
                       STR_ARG(p->name), STR_ARG(p->precision), (long long)p->events,
                       (long long)p->stories);
    if (r > dot + 2)
        circle(m, "ring", at, r);
    circle(m, "pin", at, dot);
    markup_close(m);
}

static void drawing(struct visit *v, struct markup *m, const struct store_places *all)
{
    struct map_place *place = NEW(v->arena, struct map_place, all->row.count + 1);
    uint32_t places = 0;
    struct map_view view;

    for (uint32_t i = 0; i < all->row.count; i++)
        if (is_pinned(&all->row.at[i]))
            place[places++] =
                (struct map_place){ all->row.at[i].lat, all->row.at[i].lon };
    view = places > 0 ? map_view_around(place, places, WIDTH) : map_view_world(WIDTH);
    markup_open(m, "svg");
    markup_attr(m, "class", STR("map"));
    markup_attr_format(m, "viewBox", "0 0 %d %d", view.width, view.height);
    markup_attr(m, "role", STR("group"));
    markup_attr(m, "aria-label", STR("Map of places; the table has the same"));
    markup_open(m, "g");
    markup_attr(m, "class", STR("land"));
    land(v, m, &view);
    markup_close(m);
    for (uint32_t i = 0; i < all->row.count; i++)
        if (is_pinned(&all->row.at[i]))
            pin(m, &view, &all->row.at[i]);
    markup_close(m);
}

static void row(struct markup *m, const struct store_place *p)
{
    markup_open(m, "tr");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "th");
    markup_attr(m, "scope", STR("row"));
    markup_text(m, p->name);
    markup_close(m);
    markup_leaf(m, "td", NULL, p->country);
    markup_leaf(m, "td", NULL, p->located ? p->precision : STR("place unknown"));
    markup_open(m, "td");
    markup_attr(m, "class", STR("num"));
    say_number(m, p->events);
    markup_close(m);
    markup_open(m, "td");
    markup_open(m, "a");
    markup_attr_format(m, "href", "/story/%lld", (long long)p->story);
    markup_text(m, p->title.len > 0 ? p->title : STR("(no title)"));
    markup_close(m);
    if (p->stories > 1)
        markup_format(m, " and %lld more", (long long)p->stories - 1);
    markup_close(m);
    markup_close(m);
}

static void table(struct markup *m, const char *label, const struct store_places *all)
{
    static const char *const columns[] = { "Place", "Country", "As exact as", "Events",
                                           "Story" };

    open_scroll(m, label, "list");
    say_heads(m, columns, COUNT(columns));
    markup_open(m, "tbody");
    for (uint32_t i = 0; i < all->row.count && i < LISTED; i++)
        row(m, &all->row.at[i]);
    markup_close(m);
    markup_close(m);
    markup_close(m);
    if (all->row.count > LISTED)
        markup_leaf(m, "p", "note",
                    STR("Those with the most events; the JSON twin has more."));
}

static json_t *to_json(const struct store_places *all)
{
    json_t *rows = json_array();

    for (uint32_t i = 0; i < all->row.count; i++) {
        const struct store_place *p = &all->row.at[i];
        json_t *row_of =
            json_pack("{s:s% s:s% s:I s:I s:I}", "name", p->name.ptr, p->name.len,
                      "country", p->country.ptr ? p->country.ptr : "", p->country.len,
                      "events", (json_int_t)p->events, "stories",
                      (json_int_t)p->stories, "story", (json_int_t)p->story);

        if (p->located) {
            json_object_set_new(row_of, "lat", json_real(p->lat));
            json_object_set_new(row_of, "lon", json_real(p->lon));
            json_object_set_new(row_of, "precision",
                                json_stringn(p->precision.ptr ? p->precision.ptr : "",
                                             p->precision.len));
        }
        json_array_append_new(rows, row_of);
    }
    return rows;
}

void page_map(struct visit *v)
{
    int64_t since = request_day(&v->request, "since");
    struct store_places known = store_places(v->arena, v->store, true, since, PLACES);
    struct store_places unknown =
        store_places(v->arena, v->store, false, since, UNKNOWN);
    struct markup m;

    if (v->request.json) {
        visit_json(v, json_pack("{s:o s:o}", "places", to_json(&known), "unknown",
                                to_json(&unknown)));
        return;
    }
    m = frame_open(v, STR("Map"), AT_MAP);
    markup_leaf(
        &m, "p", "note",
        STR("A dot grows with the events told of there. A ring is as wide as the place "
            "is uncertain, where that is wider than the dot. A country alone is no "
            "pin; it stands in the table."));
    drawing(v, &m, &known);
    markup_leaf(&m, "h2", NULL, STR("Places on the map"));
    if (known.row.count > 0)
        table(&m, "Places on the map", &known);
    else
        markup_leaf(&m, "p", "note",
                    STR("No event has a place that the gazetteer knows."));
    markup_leaf(&m, "h2", NULL, STR("Place unknown"));
    if (unknown.row.count > 0)
        table(&m, "Places that the gazetteer does not know", &unknown);
    else
        markup_leaf(&m, "p", "note", STR("None."));
    frame_close(v, &m);
}
