#include "report/html_out.h"

static struct str entity_of(char c)
{
    switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    default: return (struct str){ NULL, 0 };
    }
}

void html_text(struct buf *b, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        struct str entity = entity_of(s.ptr[i]);

        if (entity.len == 0)
            continue;
        buf_str(b, str_slice(s, from, i));
        buf_str(b, entity);
        from = i + 1;
    }
    buf_str(b, str_slice(s, from, s.len));
}

void html_line(struct buf *b, struct str s)
{
    s = str_trim(s);
    while (s.len > 0) {
        size_t n = 0;

        while (n < s.len && !ascii_is_space(s.ptr[n]))
            n++;
        html_text(b, str_slice(s, 0, n));
        s = str_trim(str_after(s, n));
        if (s.len > 0)
            buf_char(b, ' ');
    }
}

bool html_link_open(struct buf *b, struct str url)
{
    if (!view_web_address(url))
        return false;
    RAW(b, "<a rel=\"noopener noreferrer nofollow\" href=\"");
    html_text(b, url);
    RAW(b, "\">");
    return true;
}

void html_status(struct buf *b, enum status s, bool word)
{
    buf_printf(
        b,
        "<span class=\"st %s\"><svg aria-hidden=\"true\"><use href=\"#g-%s\"/></svg>",
        status_name(s), status_name(s));
    if (!word)
        RAW(b, "<span class=\"vh\">");
    buf_str(b, phrase_status(s));
    if (!word)
        RAW(b, "</span>");
    RAW(b, "</span>");
}

void html_lang(struct buf *b, struct str language)
{
    if (language.len == 0 || str_starts_fold(language, STR("en")))
        return;
    RAW(b, " lang=\"");
    html_text(b, language);
    RAW(b, "\"");
}

void html_report(const struct html *h, uint32_t report)
{
    const struct article *a = view_article(h->view, report);
    struct buf *b = h->out;

    buf_printf(b, "<a href=\"#r%u\"", report + 1);
    html_lang(b, a->language);
    RAW(b, ">");
    html_line(b, view_title(h->view, report));
    RAW(b, "</a>");
    if (a->published.precision != INSTANT_NONE) {
        RAW(b, " <span class=\"u\">");
        phrase_instant(b, a->published);
        RAW(b, "</span>");
    }
}

static void notes_of(const struct html *h, const struct finding *f, bool disputes)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < f->evidence.count; i++) {
        const struct evidence *e = &f->evidence.at[i];
        uint32_t note = view_note(h->view, e);

        if (e->disputes != disputes || note == 0 || note == last)
            continue;
        buf_printf(h->out, "%s<a href=\"#e%u\">%u</a>",
                   last       ? " "
                   : disputes ? " <span class=\"vs\">against</span> "
                              : "",
                   view_cite(h->view, e), note);
        last = note;
    }
}

void html_notes(const struct html *h, const struct finding *f, bool against)
{
    RAW(h->out, "<span class=\"n\"><span class=\"vh\">Sources </span>");
    notes_of(h, f, false);
    if (against)
        notes_of(h, f, true);
    RAW(h->out, "</span>");
}

void html_origins(const struct html *h, uint32_t story, const struct finding *f)
{
    struct origins o = view_origins(h->view, f);

    for (uint32_t i = 0; i < o.at.count; i++)
        buf_printf(h->out, "%s<a class=\"o\" href=\"#s%u-o%u\">%.*s</a>", i ? " " : "",
                   story + 1, o.at.at[i] + 1,
                   STR_ARG(view_letters(h->view->arena, o.at.at[i])));
}

void html_day(struct buf *b, int32_t day)
{
    struct civil c;

    if (day == DATE_NONE)
        return;
    c = date_to_civil(day);
    buf_printf(b, "<time datetime=\"%04d-%02u-%02u\">", c.year, c.month, c.day);
    phrase_day_short(b, day);
    RAW(b, "</time>");
}

void html_more_open(struct buf *b, uint32_t count, const char *what)
{
    RAW(b, "<details class=\"more\"><summary>");
    phrase_plural(b, count, what);
    RAW(b, "</summary>\n");
}
