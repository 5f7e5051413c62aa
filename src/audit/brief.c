#include "audit/brief.h"

#include "base/buf.h"

struct typed {
    struct buf out;
    size_t begun; /* where the paragraph that goes on begins in out */
    bool fenced;  /* between ``` lines */
    bool front;   /* between --- lines at the top */
};

/* Not so after "![map](a.png)" or "| |" alone, which leave nothing to read. */
static bool has_words(const struct typed *t)
{
    return t->out.len > t->begun;
}

static void end_paragraph(struct typed *t)
{
    if (has_words(t))
        buf_str(&t->out, STR("\n\n"));
    t->begun = t->out.len;
}

/* Length of what marks a list item or heading: "- ", "12. ", "## "; 0: none. */
static size_t marker(struct str s)
{
    size_t n = 0;

    while (n < s.len && s.ptr[n] == '#')
        n++;
    if (n == 0 && s.len > 0 && strchr("-*+", *s.ptr))
        n = 1;
    else if (n == 0 && str_starts(s, STR("•")))
        n = sizeof "•" - 1;
    else if (n == 0) {
        while (n < s.len && n < 3 && ascii_is_digit(s.ptr[n]))
            n++;
        if (n == 0 || n == s.len || !strchr(".)", s.ptr[n++]))
            return 0;
    }
    return n < s.len && s.ptr[n] == ' ' ? n + 1 : 0;
}

static bool is_rule(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("-=*_|: ", s.ptr[i]))
            return false;
    return s.len > 2;
}

/* "[were](x)" is "were", "[^1]" and "![alt](x)" are nothing; the bytes read, or 0. */
static size_t put_link(struct typed *t, struct str s)
{
    bool image = str_starts(s, STR("!["));
    size_t open = image ? 2 : 1, close = str_find_char(s, ']'), end;

    if (close == STR_NPOS || (!image && *s.ptr != '['))
        return 0;
    if (str_starts(s, STR("[^")))
        return close + 1;
    if (close + 1 >= s.len || s.ptr[close + 1] != '(')
        return 0;
    end = str_find_char(s, ')');
    if (end == STR_NPOS)
        return 0;
    if (!image)
        buf_str(&t->out, str_slice(s, open, close));
    return end + 1;
}

/* A star is emphasis where it touches a word: "*31* people"; "5 * 3" is a product. */
static bool is_emphasis(struct str s, size_t i)
{
    bool before = i > 0 && !ascii_is_space(s.ptr[i - 1]);
    bool after = i + 1 < s.len && !ascii_is_space(s.ptr[i + 1]);

    if (s.ptr[i] == '_')
        return !(before && after && ascii_is_word(s.ptr[i - 1]) &&
                 ascii_is_word(s.ptr[i + 1]));
    return (s.ptr[i] == '*' || s.ptr[i] == '`') && (before || after);
}

static void put_inline(struct typed *t, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        struct str rest = str_after(s, i);
        size_t link = strchr("[!", s.ptr[i]) ? put_link(t, rest) : 0;

        if (link > 0) {
            i += link - 1;
        } else if (s.ptr[i] == '\\' && rest.len > 1 && !ascii_is_word(rest.ptr[1])) {
            buf_char(&t->out, s.ptr[++i]);
        } else if (!is_emphasis(s, i)) {
            buf_char(&t->out, s.ptr[i]);
        }
    }
}

/* "| Killed | 31 |" is "Killed, 31". */
static void put_row(struct typed *t, struct str s)
{
    struct str cell;
    bool first = true;

    end_paragraph(t);
    while (str_split(&s, '|', &cell)) {
        cell = str_trim(cell);
        if (cell.len == 0)
            continue;
        if (!first)
            buf_str(&t->out, STR(", "));
        put_inline(t, cell);
        first = false;
    }
    end_paragraph(t);
}

/* Lines that say nothing by themselves; true when the line is done with. */
static bool is_apparatus(struct typed *t, struct str line, bool first)
{
    if (t->front || (first && str_eq(line, STR("---")))) {
        t->front = first || !str_eq(line, STR("---"));
        return true;
    }
    if (str_starts(line, STR("```")) || str_starts(line, STR("~~~"))) {
        t->fenced = !t->fenced;
        return true;
    }
    return t->fenced ||
           (str_starts(line, STR("[^")) && str_find(line, STR("]:")) != STR_NPOS);
}

static void put_line(struct typed *t, struct str line)
{
    size_t mark;

    while (str_starts(line, STR(">")))
        line = str_trim(str_after(line, 1));
    if (line.len == 0 || is_rule(line)) {
        end_paragraph(t);
        return;
    }
    if (*line.ptr == '|') {
        put_row(t, line);
        return;
    }
    mark = marker(line);
    if (mark > 0)
        end_paragraph(t);
    if (has_words(t))
        buf_char(&t->out, ' ');
    put_inline(t, str_after(line, mark));
    if (mark > 0 && *line.ptr == '#')
        end_paragraph(t);
}

struct str brief_text(struct arena *arena, struct str markdown)
{
    struct typed t = { .out = buf_new(arena, 2 * markdown.len + 64) };
    struct str line;
    bool first = true;

    while (str_split(&markdown, '\n', &line)) {
        line = str_trim(line);
        if (!is_apparatus(&t, line, first))
            put_line(&t, line);
        first = false;
    }
    end_paragraph(&t);
    return buf_view(&t.out);
}
