#include "report/markdown_out.h"

#include "base/utf8.h"

/* Wider cells than this don't push the other rows out. */
#define COLUMN_MAX 44

/* An & stands for itself unless it could begin an entity: "crew & staff", "&lt;". */
static bool special(struct str s)
{
    static const char marks[] = "\\`*_[]<>|~#$";

    if (*s.ptr == '&')
        return s.len > 1 && (ascii_is_letter(s.ptr[1]) || s.ptr[1] == '#');
    return *s.ptr != '\0' && strchr(marks, *s.ptr) != NULL;
}

void markdown_text(struct buf *b, struct str s)
{
    bool blank = false;

    s = str_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        if (ascii_is_space(s.ptr[i])) {
            blank = true;
            continue;
        }
        if (blank)
            buf_char(b, ' ');
        blank = false;
        if (special(str_after(s, i)))
            buf_char(b, '\\');
        buf_char(b, s.ptr[i]);
    }
}

static uint32_t notes_of(const struct markdown *m, const struct finding *f,
                         bool disputes)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < f->evidence.count; i++) {
        uint32_t note = view_note(m->view, &f->evidence.at[i]);

        if (f->evidence.at[i].disputes != disputes || note == 0 || note == last)
            continue;
        if (last == 0 && disputes)
            RAW(m->out, " against ");
        buf_printf(m->out, "[^%u]", note);
        last = note;
    }
    return last;
}

void markdown_report(const struct markdown *m, uint32_t report)
{
    const struct article *a = view_article(m->view, report);

    if (view_outlet_named(m->view, report)) {
        markdown_text(m->out, view_outlet(m->view, report));
        RAW(m->out, ": ");
    }
    markdown_text(m->out, view_title(m->view, report));
    if (a->published.precision != INSTANT_NONE) {
        RAW(m->out, ", ");
        phrase_instant(m->out, a->published);
    }
}

void markdown_notes(const struct markdown *m, const struct finding *f)
{
    notes_of(m, f, false);
    notes_of(m, f, true);
}

void markdown_origins(const struct markdown *m, const struct finding *f)
{
    struct origins o = view_origins(m->view, f);

    for (uint32_t i = 0; i < o.at.count; i++) {
        if (i > 0)
            RAW(m->out, ", ");
        buf_str(m->out, view_letters(m->view->arena, o.at.at[i]));
    }
}

void markdown_line(const struct markdown *m, uint32_t indent, const struct finding *f)
{
    for (uint32_t i = 0; i < indent; i++)
        buf_char(m->out, ' ');
    RAW(m->out, "- ");
    markdown_text(m->out, f->summary);
    RAW(m->out, " (");
    markdown_origins(m, f);
    RAW(m->out, ") ");
    markdown_notes(m, f);
    RAW(m->out, "\n");
}

struct buf markdown_cell_open(const struct markdown *m)
{
    return buf_new(m->view->arena, SIZE_MAX);
}

void markdown_cell(const struct markdown *m, struct markdown_table *t, struct buf cell)
{
    *PUSH(m->view->arena, &t->cells) = buf_view(&cell);
}

static void padding(struct buf *b, size_t have, size_t want, char with)
{
    for (; have < want; have++)
        buf_char(b, with);
}

static size_t width_of(const struct markdown_table *t, uint32_t column)
{
    size_t width = strlen(t->head[column]);

    for (uint32_t i = column; i < t->cells.count; i += t->columns) {
        size_t n = utf8_count(t->cells.at[i]);

        if (n > width && n <= COLUMN_MAX)
            width = n;
    }
    return width < 3 ? 3 : width;
}

static void put_cell(struct buf *b, struct str cell, size_t width, bool right)
{
    RAW(b, "| ");
    if (right)
        padding(b, utf8_count(cell), width, ' ');
    buf_str(b, cell);
    if (!right)
        padding(b, utf8_count(cell), width, ' ');
    buf_char(b, ' ');
}

void markdown_table(const struct markdown *m, const struct markdown_table *t)
{
    size_t *width = NEW(m->view->arena, size_t, t->columns);

    for (uint32_t c = 0; c < t->columns; c++) {
        width[c] = width_of(t, c);
        put_cell(m->out, str_from(t->head[c]), width[c], t->right[c]);
    }
    RAW(m->out, "|\n");
    for (uint32_t c = 0; c < t->columns; c++) {
        RAW(m->out, "|-");
        padding(m->out, 0, width[c], '-');
        buf_char(m->out, t->right[c] ? ':' : '-');
    }
    RAW(m->out, "|\n");
    for (uint32_t i = 0; i < t->cells.count; i++) {
        put_cell(m->out, t->cells.at[i], width[i % t->columns],
                 t->right[i % t->columns]);
        if ((i + 1) % t->columns == 0)
            RAW(m->out, "|\n");
    }
    RAW(m->out, "\n");
}
