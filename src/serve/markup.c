#include "serve/markup.h"

#include <stdarg.h>

#include "base/err.h"

#define FORMATTED 512

struct markup markup_to(struct buf *out)
{
    return (struct markup){ .out = out };
}

static void end_tag(struct markup *m)
{
    if (m->in_tag)
        buf_char(m->out, '>');
    m->in_tag = false;
}

static void escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        switch (s.ptr[i]) {
        case '&': buf_str(b, STR("&amp;")); break;
        case '<': buf_str(b, STR("&lt;")); break;
        case '>': buf_str(b, STR("&gt;")); break;
        case '"': buf_str(b, STR("&quot;")); break;
        case '\'': buf_str(b, STR("&#39;")); break;
        default: buf_char(b, s.ptr[i]);
        }
}

void markup_open(struct markup *m, const char *name)
{
    end_tag(m);
    if (m->depth == MARKUP_DEPTH)
        BUG("a page of ours nests too deep");
    m->open[m->depth++] = name;
    buf_char(m->out, '<');
    buf_str(m->out, str_from(name));
    m->in_tag = true;
}

static bool is_void(const char *name)
{
    return strcmp(name, "input") == 0 || strcmp(name, "br") == 0 ||
           strcmp(name, "meta") == 0 || strcmp(name, "link") == 0;
}

void markup_close(struct markup *m)
{
    const char *name;

    if (m->depth == 0)
        BUG("nothing is open");
    end_tag(m);
    name = m->open[--m->depth];
    if (is_void(name))
        return;
    buf_str(m->out, STR("</"));
    buf_str(m->out, str_from(name));
    buf_char(m->out, '>');
}

void markup_close_to(struct markup *m, uint32_t depth)
{
    while (m->depth > depth)
        markup_close(m);
}

void markup_attr(struct markup *m, const char *name, struct str value)
{
    if (!m->in_tag)
        BUG("an attribute behind its tag");
    buf_char(m->out, ' ');
    buf_str(m->out, str_from(name));
    buf_str(m->out, STR("=\""));
    escaped(m->out, value);
    buf_char(m->out, '"');
}

void markup_attr_i64(struct markup *m, const char *name, int64_t n)
{
    markup_attr_format(m, name, "%lld", (long long)n);
}

void markup_attr_format(struct markup *m, const char *name, const char *format, ...)
{
    char words[FORMATTED];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    markup_attr(m, name, str_from(words));
}

bool markup_attr_web(struct markup *m, const char *name, struct str url)
{
    bool web =
        str_starts_fold(url, STR("https://")) || str_starts_fold(url, STR("http://"));

    if (web)
        markup_attr(m, name, url);
    return web;
}

void markup_text(struct markup *m, struct str s)
{
    end_tag(m);
    escaped(m->out, s);
}

void markup_format(struct markup *m, const char *format, ...)
{
    char words[FORMATTED];
    va_list args;

    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    markup_text(m, str_from(words));
}

void markup_leaf(struct markup *m, const char *name, const char *class_name,
                 struct str text)
{
    markup_open(m, name);
    if (class_name)
        markup_attr(m, "class", str_from(class_name));
    markup_text(m, text);
    markup_close(m);
}

void markup_link(struct markup *m, struct str href, struct str text)
{
    markup_open(m, "a");
    markup_attr(m, "href", href);
    markup_text(m, text);
    markup_close(m);
}

void markup_trusted(struct markup *m, struct str html)
{
    end_tag(m);
    buf_str(m->out, html);
}
