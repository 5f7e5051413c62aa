/* Origins: who carries whose text, with the passages side by side. */
#include "base/table.h"
#include "base/utf8.h"
#include "serve/rulings.h"

#define PASSAGES 12
#define PAIRS 40 /* of reports that share passages */
#define RUN 4    /* words in a row that are no chance */

/* A passage, parted into words. */
struct passage {
    struct str text;
    int64_t start, end; /* code points of its report */
    ARRAY(struct str) word;
    bool *shared; /* by word: it stands in a run that the other passage has, too */
};

static struct passage passage_of(struct arena *arena, struct str text,
                                 const json_t *span)
{
    struct passage p = { .start = json_integer_value(json_array_get(span, 0)),
                         .end = json_integer_value(json_array_get(span, 1)) };
    size_t from = utf8_byte_at(text, p.start), word = 0;

    p.text = str_after(text, from);
    p.text = str_slice(p.text, 0, utf8_byte_at(p.text, p.end - p.start));
    for (size_t at = 0; at <= p.text.len; at++) {
        if (at < p.text.len && !ascii_is_space(p.text.ptr[at]))
            continue;
        if (at > word)
            *PUSH(arena, &p.word) = str_slice(p.text, word, at);
        word = at + 1;
    }
    p.shared = NEW(arena, bool, p.word.count + 1);
    return p;
}

/* RUN words from the i-th on, without what surrounds them: "“Dead,” he" -> "dead he". */
static struct str run_at(struct arena *arena, const struct passage *p, uint32_t i)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    for (uint32_t k = i; k < i + RUN; k++) {
        struct str w = p->word.at[k];

        for (size_t c = 0; c < w.len; c++) {
            if (str_starts(str_after(w, c), STR("\xe2\x80"))) /* quotes, dashes */
                c += 2;
            else if (ascii_is_letter(w.ptr[c]) || ascii_is_digit(w.ptr[c]) ||
                     (unsigned char)w.ptr[c] >= 0x80)
                buf_char(&b, ascii_lower(w.ptr[c]));
        }
        buf_char(&b, ' ');
    }
    return buf_view(&b);
}

/* Marks the words of `p` that stand in a run of `other`. */
static void mark_shared(struct arena *arena, struct passage *p,
                        const struct passage *other)
{
    struct table runs = { 0 };

    for (uint32_t i = 0; i + RUN <= other->word.count; i++)
        *table_put(arena, &runs, run_at(arena, other, i)) = 1;
    for (uint32_t i = 0; i + RUN <= p->word.count; i++)
        if (table_find(&runs, run_at(arena, p, i)))
            for (uint32_t k = i; k < i + RUN; k++)
                p->shared[k] = true;
}

static bool is_mostly_shared(const struct passage *p)
{
    uint32_t shared = 0;

    for (uint32_t i = 0; i < p->word.count; i++)
        shared += p->shared[i];
    return 2 * shared > p->word.count;
}

/* What is rarer is made plain: the words of its own in a copy, those shared in a rewrite. */
static void side(struct markup *m, struct str report, const struct passage *p)
{
    bool copied = is_mostly_shared(p), open = false;

    markup_open(m, "td");
    markup_open(m, "a");
    markup_attr_format(m, "href", "/report/%.*s?start=%lld&end=%lld#claim",
                       STR_ARG(report), (long long)p->start, (long long)p->end);
    for (uint32_t i = 0; i < p->word.count; i++) {
        bool rare = p->shared[i] != copied;

        if (open && !rare)
            markup_close(m);
        if (i > 0)
            SAY(m, " ");
        if (!open && rare)
            markup_open(m, copied ? "i" : "mark");
        open = rare;
        markup_text(m, p->word.at[i]);
    }
    if (open)
        markup_close(m);
    markup_close(m);
    markup_close(m);
}

static void head_of(struct visit *v, struct markup *m, struct str id)
{
    struct store_report r;

    markup_open(m, "th");
    markup_attr(m, "scope", STR("col"));
    if (store_report(v->arena, v->store, id, &r)) {
        say_origin(m, r.origin);
        SAY(m, " ");
        say_outlet(m, &r);
        markup_open(m, "span");
        markup_attr(m, "class", STR("sc"));
        say_time(m, r.published_at, true);
        markup_close(m);
    }
    markup_close(m);
}

static void copy(struct visit *v, struct markup *m, const json_t *c)
{
    const json_t *passages = json_object_get(c, "passages");
    const json_t *share = json_object_get(c, "share");
    struct str from = store_text(v->arena, v->store, member(c, "from"));
    struct str to = store_text(v->arena, v->store, member(c, "to"));

    markup_open(m, "section");
    markup_attr(m, "data-row", STR(""));
    markup_open(m, "h3");
    markup_format(m, "%.0f %% of the shorter text is carried over",
                  100 * json_number_value(share));
    markup_close(m);
    open_scroll(m, "Passages side by side", "list pairs");
    markup_open(m, "thead");
    markup_open(m, "tr");
    head_of(v, m, member(c, "from"));
    head_of(v, m, member(c, "to"));
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody");
    for (size_t i = 0; i < json_array_size(passages) && i < PASSAGES; i++) {
        const json_t *p = json_array_get(passages, i);
        struct passage a = passage_of(v->arena, from, json_object_get(p, "from"));
        struct passage b = passage_of(v->arena, to, json_object_get(p, "to"));

        mark_shared(v->arena, &a, &b);
        mark_shared(v->arena, &b, &a);
        markup_open(m, "tr");
        side(m, member(c, "from"), &a);
        side(m, member(c, "to"), &b);
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_close(m);
    if (json_array_size(passages) > PASSAGES) {
        markup_open(m, "p");
        markup_attr(m, "class", STR("note"));
        markup_format(m, "and %zu more passages", json_array_size(passages) - PASSAGES);
        markup_close(m);
    }
    markup_close(m);
}

static void origin(struct visit *v, struct markup *m, const json_t *ids, int64_t number)
{
    markup_open(m, "li");
    markup_attr_format(m, "id", "s1-o%lld", (long long)number + 1);
    say_origin(m, number);
    SAY(m, " ");
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *id = json_array_get(ids, i);
        struct store_report r;

        if (!store_report(v->arena, v->store,
                          (struct str){ json_string_value(id), json_string_length(id) },
                          &r))
            continue;
        if (i > 0)
            SAY(m, " → ");
        rulings_tick(m, r.id, outlet_of(&r));
        markup_open(m, "a");
        markup_attr_format(m, "href", "/report/%.*s", STR_ARG(r.id));
        say_outlet(m, &r);
        markup_close(m);
        markup_open(m, "span");
        markup_attr(m, "class", STR("m"));
        SAY(m, " ");
        say_time(m, r.published_at, true);
        markup_close(m);
    }
    markup_close(m);
}

static void to_log(struct markup *m)
{
    markup_open(m, "p");
    markup_attr(m, "class", STR("pick bare"));
    markup_link(m, STR("/rulings"),
                STR("Log of what was parted and joined, with undo"));
    markup_close(m);
}

static void shared(struct visit *v, struct markup *m, const json_t *copies)
{
    size_t pairs = json_array_size(copies);

    markup_leaf(m, "h2", NULL, STR("Passages that two reports share"));
    markup_leaf(m, "p", "note",
                pairs > 0
                    ? STR("Side by side. In a copy, words of its own stand slanted; "
                          "in a rewrite, words of the other are marked.")
                    : STR("No report carries a passage of another."));
    for (size_t i = 0; i < pairs && i < PAIRS; i++)
        copy(v, m, json_array_get(copies, i));
    if (pairs > PAIRS) {
        markup_open(m, "p");
        markup_attr(m, "class", STR("note"));
        markup_format(m, "The first %d of %zu pairs of reports; the JSON twin has all.",
                      PAIRS, pairs);
        markup_close(m);
    }
}

void page_origins(struct visit *v)
{
    struct store_situation made;
    struct store_story story;
    struct str number;
    const json_t *origins, *copies;
    struct markup m;
    json_t *situation;

    request_under(&v->request, "/origins/", &number);
    situation = visit_situation(v, number, &story, &made);
    if (!situation)
        return;
    origins = json_object_get(situation, "origins");
    copies = json_object_get(situation, "copies");
    if (v->request.json) {
        visit_json(v, json_pack("{s:I s:O s:O?}", "story", (json_int_t)story.nr,
                                "origins", origins, "copies", copies));
        json_decref(situation);
        return;
    }
    m = frame_open(v, title_of(&story, situation), AT_STORIES);
    story_head(v, &m, &story, "origins");
    markup_leaf(&m, "p", "note",
                STR("Reports that carry the same text are one origin and count once."));
    rulings_open(v, &m, "origin");
    markup_open(&m, "ul");
    markup_attr(&m, "class", STR("plain"));
    for (size_t i = 0; i < json_array_size(origins); i++)
        origin(v, &m, json_array_get(origins, i), (int64_t)i);
    markup_close(&m);
    rulings_close(&m, true);
    to_log(&m);
    shared(v, &m, copies);
    frame_close(v, &m);
    json_decref(situation);
}
