#include "report/explain.h"

#include "base/json.h"
#include "base/utf8.h"
#include "fact/trace.h"

/* A fact, whatever it is, as its explanation needs it. */
struct subject {
    enum trace_about about;
    uint32_t index, key;
    uint32_t start, end; /* its words in the text */
    struct str says;     /* what it is in short: "ASSAULT" */
};

struct explainer {
    struct arena *arena;
    const struct facts *facts;
    const struct explain_choice *choice;
    ARRAY(struct subject) subject;
};

static const struct {
    char letter;
    const char *kind;
} kinds[] = {
    [TRACE_EVENT] = { 'e', "event" },         [TRACE_FIGURE] = { 'f', "figure" },
    [TRACE_TIME] = { 't', "time" },           [TRACE_ACTOR] = { 'a', "entity" },
    [TRACE_STATEMENT] = { 's', "statement" },
};

/* "e12": which kind, which number. */
static bool parse_name(struct str name, enum trace_about *about, uint64_t *index)
{
    for (size_t k = 0; name.len > 1 && k < COUNT(kinds); k++)
        if (name.ptr[0] == kinds[k].letter) {
            *about = (enum trace_about)k;
            return str_to_u64(str_after(name, 1), index);
        }
    return false;
}

bool explain_choice_valid(struct str facts)
{
    struct str name;
    enum trace_about about;
    uint64_t index;

    while (str_split(&facts, ',', &name))
        if (!parse_name(name, &about, &index))
            return false;
    return true;
}

static bool is_listed(struct str list, const struct subject *s)
{
    struct str name;
    enum trace_about about;
    uint64_t index;

    while (str_split(&list, ',', &name))
        if (parse_name(name, &about, &index) && about == s->about && index == s->index)
            return true;
    return false;
}

static bool holds_words(struct str text, struct str words)
{
    for (size_t i = 0; i + words.len <= text.len; i++)
        if (str_eq_fold(str_slice(text, i, i + words.len), words))
            return true;
    return false;
}

static bool is_asked_for(const struct explainer *x, const struct subject *s)
{
    struct str text = x->facts->text->article->text;

    return (x->choice->facts.len == 0 || is_listed(x->choice->facts, s)) &&
           (x->choice->words.len == 0 ||
            holds_words(str_slice(text, s->start, s->end), x->choice->words));
}

static void add(struct explainer *x, struct subject s)
{
    if (is_asked_for(x, &s))
        *PUSH(x->arena, &x->subject) = s;
}

static struct str figure_says(struct arena *arena, const struct figure *f)
{
    struct buf b = buf_new(arena, 256);

    buf_printf(&b, "%s %.*s", measure_name(f->measure), STR_ARG(f->op));
    return buf_view(&b);
}

static struct str actor_says(struct arena *arena, const struct actor *a)
{
    struct buf b = buf_new(arena, 256);

    buf_printf(&b, "%.*s%s%.*s", STR_ARG(a->country),
               a->country.len > 0 && a->sector.len > 0 ? " " : "", STR_ARG(a->sector));
    return b.len > 0 ? buf_view(&b) : str_from(entity_type_name(a->type));
}

static bool has_note(const struct facts *f, enum trace_about about, uint32_t key)
{
    for (uint32_t i = 0; i < f->trace->note.count; i++)
        if (f->trace->note.at[i].about == about && f->trace->note.at[i].key == key)
            return true;
    return false;
}

static void add_happenings(struct explainer *x)
{
    const struct facts *f = x->facts;

    for (uint32_t i = 0; i < f->event.count; i++) {
        const struct event *e = &f->event.at[i];

        add(x, (struct subject){ TRACE_EVENT, i, e->trigger, e->start, e->end,
                                 str_from(event_type_name(e->type)) });
    }
    for (uint32_t i = 0; i < f->figure.count; i++) {
        const struct figure *g = &f->figure.at[i];

        add(x, (struct subject){ TRACE_FIGURE, i, g->num_start, g->start, g->end,
                                 figure_says(x->arena, g) });
    }
}

static void add_rest(struct explainer *x)
{
    const struct facts *f = x->facts;

    for (uint32_t i = 0; i < f->statement.count; i++) {
        const struct statement *s = &f->statement.at[i];

        add(x, (struct subject){ TRACE_STATEMENT, i, i, s->start, s->end,
                                 str_from(statement_form_name(s->form)) });
    }
    for (uint32_t i = 0; i < f->when.count; i++) {
        const struct when *w = &f->when.at[i];

        add(x, (struct subject){
                   TRACE_TIME, i, w->start, w->start, w->end,
                   w->value.len > 0 ? w->value : str_from(time_type_name(w->type)) });
    }
    for (uint32_t i = 0; i < f->actor.count; i++) {
        const struct actor *a = &f->actor.at[i];

        if (a->mention.count > 0 && has_note(f, TRACE_ACTOR, i))
            add(x, (struct subject){ TRACE_ACTOR, i, i, a->mention.at[0].start,
                                     a->mention.at[0].end, actor_says(x->arena, a) });
    }
}

static struct explainer explain(struct arena *arena, const struct facts *facts,
                                const struct explain_choice *choice)
{
    struct explainer x = { .arena = arena, .facts = facts, .choice = choice };

    add_happenings(&x);
    add_rest(&x);
    return x;
}

static bool is_about(const struct trace_note *n, const struct subject *s)
{
    return n->about == s->about && n->key == s->key;
}

static struct str quote_of(const struct explainer *x, const struct subject *s)
{
    return str_slice(x->facts->text->article->text, s->start, s->end);
}

static struct str sentence_of(const struct explainer *x, const struct subject *s)
{
    const struct text *text = x->facts->text;

    for (uint32_t i = 0; i < text->sentence.count; i++)
        if (s->start < text->sentence.at[i].end)
            return str_slice(text->article->text, text->sentence.at[i].start,
                             text->sentence.at[i].end);
    return (struct str){ 0 };
}

/* ---- as text ---- */

/* On one line: what stands on several in the text. */
static void put_flat(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        buf_char(out, s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
}

static void put_subject(struct explainer *x, struct buf *out, const struct subject *s)
{
    const struct trace *trace = x->facts->trace;

    buf_printf(out, "\n%s %c%u  %.*s  “", kinds[s->about].kind, kinds[s->about].letter,
               s->index, STR_ARG(s->says));
    put_flat(out, quote_of(x, s));
    buf_str(out, STR("”\n  in         “"));
    put_flat(out, sentence_of(x, s));
    buf_str(out, STR("”\n"));
    for (uint32_t i = 0; i < trace->note.count; i++) {
        const struct trace_note *n = &trace->note.at[i];

        if (!is_about(n, s))
            continue;
        buf_printf(out, "  %-10s ", n->step);
        put_flat(out, n->says);
        if (n->rule.len > 0)
            buf_printf(out, " (%.*s)", STR_ARG(n->rule));
        buf_char(out, '\n');
    }
}

bool explain_text(struct arena *arena, struct buf *out, const struct facts *facts,
                  const struct explain_choice *choice)
{
    struct explainer x = explain(arena, facts, choice);
    const struct article *a = facts->text->article;

    if (x.subject.count == 0)
        return false;
    buf_printf(out, "%.*s%s", STR_ARG(a->page->input), a->title.len > 0 ? ": " : "");
    put_flat(out, a->title);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < x.subject.count; i++)
        put_subject(&x, out, &x.subject.at[i]);
    buf_char(out, '\n');
    return true;
}

/* ---- as JSON ---- */

static void put_span(struct json *j, const struct utf8_index *index, uint32_t start,
                     uint32_t end)
{
    json_key(j, "start");
    json_u64(j, utf8_point_at(index, start));
    json_key(j, "end");
    json_u64(j, utf8_point_at(index, end));
}

static void put_note(struct json *j, const struct utf8_index *index,
                     const struct trace_note *n)
{
    json_open(j, '{');
    json_member(j, "step", str_from(n->step));
    json_member(j, "says", n->says);
    json_member(j, "rule", n->rule);
    if (n->words.end > n->words.start)
        put_span(j, index, n->words.start, n->words.end);
    json_close(j, '}');
}

static void put_fact(struct explainer *x, struct json *j,
                     const struct utf8_index *index, const struct subject *s)
{
    const struct trace *trace = x->facts->trace;

    json_open(j, '{');
    json_member(j, "kind", str_from(kinds[s->about].kind));
    json_key(j, "id");
    json_u64(j, s->index);
    put_span(j, index, s->start, s->end);
    json_member(j, "quote", quote_of(x, s));
    json_member(j, "is", s->says);
    json_key(j, "why");
    json_open(j, '[');
    for (uint32_t i = 0; i < trace->note.count; i++)
        if (is_about(&trace->note.at[i], s))
            put_note(j, index, &trace->note.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}

bool explain_json(struct arena *arena, struct buf *out, const struct facts *facts,
                  const struct explain_choice *choice)
{
    struct explainer x = explain(arena, facts, choice);
    const struct article *a = facts->text->article;
    struct utf8_index index = utf8_index_of(arena, a->text);
    struct json j = json_to(out);

    if (x.subject.count == 0)
        return false;
    json_open(&j, '{');
    json_member(&j, "schema", STR("corrob.explanation/1"));
    json_member(&j, "id", a->page->id);
    json_member(&j, "ref", a->page->ref);
    json_member(&j, "input", a->page->input);
    json_member(&j, "title", a->title);
    json_key(&j, "facts");
    json_open(&j, '[');
    for (uint32_t i = 0; i < x.subject.count; i++)
        put_fact(&x, &j, &index, &x.subject.at[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(out, '\n');
    return true;
}
