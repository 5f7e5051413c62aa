#include "report/changes.h"

#include "report/phrase.h"

#define LINES_MAX 40    /* of one change; a rewritten text is read at its sources */
#define LINE_BYTES 4096 /* a figure's or headline's line; longer ones end there */

struct writing {
    struct arena *arena;
    const struct facts *from, *to;
    struct change_lines *out;
};

static void add(const struct writing *w, struct str label, struct str text)
{
    if (w->out->at.count == LINES_MAX)
        w->out->left++;
    else
        *PUSH(w->arena, &w->out->at) = (struct change_line){ label, text };
}

static void add_span(const struct writing *w, struct str label, const struct facts *f,
                     struct span s)
{
    add(w, label, str_trim(str_slice(f->text->article->text, s.start, s.end)));
}

static void put_class(struct buf *b, const struct figure *f)
{
    struct str name = f->group.len > 0 ? f->group : phrase_class(f->class_name);

    buf_str(b, phrase_measure(f->measure));
    if (name.len > 0 && !str_eq(f->class_name, STR("people"))) {
        buf_str(b, STR(", "));
        buf_str(b, name);
    }
    buf_str(b, STR(": "));
}

/* "Killed: 9 → 14"; "Injured: 30 (new)"; "Missing: 2 (no longer told)". */
static void add_figure(const struct writing *w, const struct figure_change *c)
{
    const struct figure *a = c->from == FACT_NONE ? NULL : &w->from->figure.at[c->from];
    const struct figure *b = c->to == FACT_NONE ? NULL : &w->to->figure.at[c->to];
    struct buf line = buf_new(w->arena, LINE_BYTES);

    put_class(&line, b ? b : a);
    if (a)
        phrase_interval(&line, a->low, a->high);
    if (a && b)
        buf_str(&line, STR(" → "));
    if (b)
        phrase_interval(&line, b->low, b->high);
    if (!a)
        buf_str(&line, STR(" (new)"));
    if (!b)
        buf_str(&line, STR(" (no longer told)"));
    add(w, STR("Figure"), buf_view(&line));
}

static void add_title(const struct writing *w)
{
    struct str a = w->from->text->article->title, b = w->to->text->article->title;
    struct buf line = buf_new(w->arena, a.len + b.len + 64);

    buf_str(&line, a);
    buf_str(&line, STR(" → "));
    buf_str(&line, b);
    add(w, STR("Headline"), buf_view(&line));
}

static void add_statements(const struct writing *w, struct str label,
                           const struct facts *f, const uint32_t *at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        add_span(
            w, label, f,
            (struct span){ f->statement.at[at[i]].start, f->statement.at[at[i]].end });
}

struct change_lines change_lines_of(struct arena *arena, const struct situation *s,
                                    const struct version_change *c)
{
    struct change_lines out = { .left = 0 };
    const struct writing w = { arena, s->report[c->from], s->report[c->to], &out };

    if (c->retitled)
        add_title(&w);
    for (uint32_t i = 0; i < c->figures.count; i++)
        add_figure(&w, &c->figures.at[i]);
    add_statements(&w, STR("Now said"), w.to, c->said.at, c->said.count);
    add_statements(&w, STR("No longer said"), w.from, c->unsaid.at, c->unsaid.count);
    for (uint32_t i = 0; i < c->added.count; i++)
        add_span(&w, STR("Added"), w.to, c->added.at[i]);
    for (uint32_t i = 0; i < c->removed.count; i++)
        add_span(&w, STR("Removed"), w.from, c->removed.at[i]);
    return out;
}
