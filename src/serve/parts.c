#include "serve/parts.h"

#include "base/table.h"

#define PAGE_BYTES ((size_t)52 << 10)   /* of sections on the first screen */
#define BESIDE_BYTES ((size_t)24 << 10) /* of the one that stands beside them */
#define OUT_MAX ((size_t)64 << 20)

/* In the order of the engine's page.  A screen of ours may have the same. */
static const struct section {
    const char *name, *words, *screen;
    bool first;  /* on the first screen while there is room */
    bool beside; /* in a column of its own there */
} sections[] = {
    { "stands", "How the accounts stand", NULL, true, false },
    { "tolls", "Toll ledger", NULL, true, false },
    { "time", "Time line", NULL, true, true },
    { "said", "Statements", NULL, false, false },
    { "actors", "Actors", "actors", false, false },
    { "places", "Places", NULL, true, false },
    { "origins", "Origins", "origins", false, false },
    { "versions", "Updated articles", NULL, true, false },
    { "sources", "Cited passages", NULL, false, false },
};

const char *parts_name(struct str part)
{
    for (size_t i = 0; i < COUNT(sections); i++)
        if (!sections[i].screen && str_eq(part, str_from(sections[i].name)))
            return sections[i].words;
    return NULL;
}

struct cut {
    struct visit *v;
    int64_t story;
    struct str html[COUNT(sections)]; /* absent: the story has no such section */
    bool front[COUNT(sections)];      /* there is room for it on the first screen */
    bool here[COUNT(sections)];       /* shown on this one */
    struct table place;               /* of an id: index of its section */
};

/* `<section id="s1-` opens sections and nothing else of the engine's page. */
#define OPENS STR("<section id=\"s1-")

static void cut_out(struct cut *c, struct str html)
{
    size_t at = str_find(html, OPENS);

    while (at != STR_NPOS) {
        struct str rest = str_after(html, at + OPENS.len), name = rest;
        size_t next = str_find(rest, OPENS), end;

        name.len = str_find_char(rest, '"');
        end = next == STR_NPOS ? html.len : at + OPENS.len + next;
        for (size_t i = 0; name.len != STR_NPOS && i < COUNT(sections); i++)
            if (str_eq(name, str_from(sections[i].name)))
                c->html[i] = str_slice(html, at, end);
        at = next == STR_NPOS ? STR_NPOS : end;
    }
}

/* "e84", "f12": where a link within the engine's page leads. */
static void note_ids(struct cut *c, uint32_t section)
{
    struct str rest = c->html[section];
    size_t at;

    while ((at = str_find(rest, STR(" id=\""))) != STR_NPOS) {
        struct str id;

        rest = str_after(rest, at + sizeof " id=\"" - 1);
        id = rest;
        id.len = str_find_char(rest, '"');
        if (id.len != STR_NPOS && id.len > 0)
            *table_put(c->v->arena, &c->place, id) = section;
    }
}

/* The policy that was asked for, where it is a plain word: it goes into an address. */
static struct str policy_of(const struct visit *v)
{
    struct str policy = request_argument(&v->request, "policy");

    for (size_t i = 0; i < policy.len; i++)
        if (!ascii_is_letter(policy.ptr[i]))
            return (struct str){ NULL, 0 };
    return policy;
}

static void put_way(struct cut *c, struct buf *out, uint32_t section)
{
    struct str policy = policy_of(c->v);
    const struct section *s = &sections[section];

    if (s->screen) {
        buf_printf(out, "/%s/%lld", s->screen, (long long)c->story);
        return;
    }
    buf_printf(out, "/story/%lld", (long long)c->story);
    if (!c->front[section])
        buf_printf(out, "?part=%s", s->name);
    if (policy.len > 0)
        buf_printf(out, "%spolicy=%.*s", c->front[section] ? "?" : "&amp;",
                   STR_ARG(policy));
}

/* Copies a section; a link to what stands elsewhere is led there. */
static void put_section(struct cut *c, struct buf *out, struct str html)
{
    size_t at;

    while ((at = str_find(html, STR(" href=\"#"))) != STR_NPOS) {
        struct str id = str_after(html, at + sizeof " href=\"#" - 1);
        uint32_t *section;

        id.len = str_find_char(id, '"');
        section = id.len == STR_NPOS ? NULL : table_find(&c->place, id);
        buf_str(out, str_slice(html, 0, at + sizeof " href=\"" - 1));
        if (section && !c->here[*section])
            put_way(c, out, *section);
        html = str_after(html, at + sizeof " href=\"" - 1);
    }
    buf_str(out, html);
}

/* The first screen takes sections while there is room; the first of them in any case.
 * What stands beside has room of its own. */
static void choose(struct cut *c, struct str part)
{
    size_t bytes = 0;

    for (size_t i = 0; i < COUNT(sections); i++) {
        const struct section *s = &sections[i];

        size_t before = s->beside ? 0 : bytes;

        c->front[i] =
            s->first && c->html[i].len > 0 &&
            ((before == 0 && !s->beside) ||
             before + c->html[i].len <= (s->beside ? BESIDE_BYTES : PAGE_BYTES));
        bytes += c->front[i] && !s->beside ? c->html[i].len : 0;
        c->here[i] = part.len > 0 ? str_eq(part, str_from(s->name)) : c->front[i];
    }
}

/* What had no room, as links. */
static void put_rest(const struct cut *c, struct markup *m)
{
    bool any = false;

    for (size_t i = 0; i < COUNT(sections); i++) {
        const struct section *s = &sections[i];

        if (!s->first || c->front[i] || c->html[i].len == 0)
            continue;
        if (!any) {
            markup_open(m, "p");
            markup_attr(m, "class", STR("note"));
            SAY(m, "On pages of their own, for their length: ");
        } else {
            SAY(m, ", ");
        }
        any = true;
        markup_open(m, "a");
        markup_attr_format(m, "href", "/story/%lld?part=%s", (long long)c->story,
                           s->name);
        markup_text(m, str_from(s->words));
        markup_close(m);
    }
    if (any)
        markup_close(m);
}

/* The sections of this screen that stand beside, or those that don't. */
static struct str sections_of(struct cut *c, bool beside)
{
    struct buf out = buf_new(c->v->arena, OUT_MAX);

    for (size_t i = 0; i < COUNT(sections); i++)
        if (c->here[i] && sections[i].beside == beside)
            put_section(c, &out, c->html[i]);
    return buf_view(&out);
}

/* In the order of the page: a time line alone is the page. */
static void put_situation(struct markup *m, struct str main, struct str beside)
{
    bool both = main.len > 0 && beside.len > 0;

    markup_open(m, "div");
    markup_attr(m, "class", both ? STR("situation two") : STR("situation"));
    if (both)
        markup_open(m, "div");
    markup_trusted(m, main);
    if (both) {
        markup_close(m);
        markup_open(m, "div");
        markup_attr(m, "class", STR("beside"));
    }
    markup_trusted(m, beside);
    if (both)
        markup_close(m);
    markup_close(m);
}

void parts_write(struct visit *v, struct markup *m, int64_t story, struct str html,
                 struct str part)
{
    struct cut c = { .v = v, .story = story };
    struct str main, beside;
    size_t end = html.len;

    while (end > 0 && !str_starts(str_after(html, end), STR("</article>")))
        end--;
    cut_out(&c, str_slice(html, 0, end));
    for (uint32_t i = 0; i < COUNT(sections); i++)
        note_ids(&c, i);
    choose(&c, part);
    main = sections_of(&c, false);
    beside = sections_of(&c, true);
    put_situation(m, main, beside);
    if (main.len + beside.len == 0)
        markup_leaf(m, "p", "note",
                    part.len > 0 ? STR("The story has none.")
                                 : STR("No figure, event or statement was found in "
                                       "this story’s reports."));
    if (part.len == 0)
        put_rest(&c, m);
}
