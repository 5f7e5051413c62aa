/* One report: its clean text with the claim marked, and how to cite it. */
#include "base/utf8.h"
#include "serve/visit.h"

#define CONTEXT_WORDS 32 /* bytes of prefix and suffix in a text selector */
#define FRAGMENT_WORDS 4 /* of what stands beside a passage, or of its ends */
#define FRAGMENT_BYTES 300

struct claim {
    bool chosen;
    struct str text, quote, before, after;
    int64_t start, end; /* code points */
    size_t from, to;    /* bytes */
};

/* About so many bytes before or behind a place, never a part of a character. */
static struct str near_by(struct str text, size_t at, bool before)
{
    size_t other;

    if (before) {
        other = at > CONTEXT_WORDS ? at - CONTEXT_WORDS : 0;
        while (other < at && !utf8_is_start(text.ptr[other]))
            other++;
        return str_slice(text, other, at);
    }
    other = text.len - at > CONTEXT_WORDS ? at + CONTEXT_WORDS : text.len;
    while (other < text.len && !utf8_is_start(text.ptr[other]))
        other++;
    return str_slice(text, at, other);
}

static struct claim claim_of(const struct request *r, struct str text)
{
    struct claim c = { .text = text,
                       .start = request_number(r, "start", -1),
                       .end = request_number(r, "end", -1) };

    if (c.start < 0 || c.end <= c.start)
        return c;
    c.from = utf8_byte_at(text, c.start);
    c.to = c.from + utf8_byte_at(str_after(text, c.from), c.end - c.start);
    c.chosen = c.to > c.from;
    c.quote = str_slice(text, c.from, c.to);
    c.before = near_by(text, c.from, true);
    c.after = near_by(text, c.to, false);
    return c;
}

/* ---- citing ---- */

/* W3C Web Annotation: by quote, and by position in the clean text. */
static json_t *annotation(const struct store_report *r, const struct claim *c)
{
    return json_pack(
        "{s:s s:s s:s s:{s:o s:[{s:s s:o s:o s:o},{s:s s:I s:I}]}}", "@context",
        "http://www.w3.org/ns/anno.jsonld", "type", "Annotation", "motivation",
        "highlighting", "target", "source", json_of(r->url.len > 0 ? r->url : r->input),
        "selector", "type", "TextQuoteSelector", "exact", json_of(c->quote), "prefix",
        json_of(c->before), "suffix", json_of(c->after), "type", "TextPositionSelector",
        "start", (json_int_t)c->start, "end", (json_int_t)c->end);
}

/* The first or the last words of a passage, FRAGMENT_WORDS of them, of one paragraph. */
static struct str few_words(struct str s, bool last)
{
    size_t at, words = 0;

    s = str_trim(s);
    for (at = last ? s.len : 0; last ? at > 0 : at < s.len; at += last ? SIZE_MAX : 1) {
        char c = s.ptr[last ? at - 1 : at];

        if (c == '\n' || (ascii_is_space(c) && ++words == FRAGMENT_WORDS))
            break;
    }
    return last ? str_after(s, at) : str_slice(s, 0, at);
}

/* What stands before or behind on the same paragraph. */
static struct str neighbour(struct str s, bool before)
{
    for (size_t at; (at = str_find_char(s, '\n')) != STR_NPOS;) {
        if (!before)
            return str_trim(str_slice(s, 0, at));
        s = str_after(s, at + 1);
    }
    return str_trim(s);
}

/* https://…#:~:text=QUOTE: a browser opens the page at the words.  A long passage, or one
 * of several paragraphs, is told by its ends; one whose words stand there twice by the
 * words around it: text=PREFIX-,QUOTE,-SUFFIX. */
static struct str fragment_link(struct arena *arena, const struct store_report *r,
                                const struct claim *c)
{
    struct buf b = buf_new(arena, (size_t)1 << 20);
    size_t hash = str_find_char(r->url, '#'), first = str_find(c->text, c->quote);
    struct str before = neighbour(str_slice(c->text, 0, c->from), true);
    struct str after = neighbour(str_after(c->text, c->to), false);
    bool twice =
        str_find(str_after(c->text, first + c->quote.len), c->quote) != STR_NPOS;

    buf_str(&b, hash == STR_NPOS ? r->url : str_slice(r->url, 0, hash));
    buf_str(&b, STR("#:~:text="));
    if (twice && before.len > 0) {
        say_percent(&b, few_words(before, true));
        buf_str(&b, STR("-,"));
    }
    if (c->quote.len > FRAGMENT_BYTES || str_find_char(c->quote, '\n') != STR_NPOS) {
        say_percent(&b, few_words(c->quote, false));
        buf_char(&b, ',');
        say_percent(&b, few_words(c->quote, true));
    } else {
        say_percent(&b, c->quote);
    }
    if (twice && after.len > 0) {
        buf_str(&b, STR(",-"));
        say_percent(&b, few_words(after, false));
    }
    return buf_view(&b);
}

static struct str citation(struct arena *arena, const struct store_report *r,
                           const struct claim *c)
{
    struct buf b = buf_new(arena, (size_t)1 << 20);

    buf_str(&b, outlet_of(r));
    if (r->title.len > 0) {
        buf_str(&b, STR(", “"));
        buf_str(&b, r->title);
        buf_str(&b, STR("”"));
    }
    if (r->published.len > 0) {
        buf_str(&b, STR(", "));
        buf_str(&b, r->published);
    }
    buf_str(&b, STR(": “"));
    buf_str(&b, c->quote);
    buf_str(&b, STR("”"));
    if (r->url.len > 0) {
        buf_str(&b, STR(" <"));
        buf_str(&b, r->url);
        buf_char(&b, '>');
    }
    buf_printf(&b, " [report %.*s, characters %lld–%lld]", STR_ARG(r->id),
               (long long)c->start, (long long)c->end);
    return buf_view(&b);
}

/* Words to be taken along; a script puts a button there that copies them. */
static void to_copy(struct markup *m, const char *label, const char *key,
                    struct str words)
{
    markup_open(m, "div");
    markup_attr(m, "class", STR("copy"));
    markup_leaf(m, "h3", NULL, str_from(label));
    markup_open(m, "pre");
    markup_attr(m, "tabindex", STR("0"));
    markup_attr(m, "role", STR("region"));
    markup_attr(m, "aria-label", str_from(label));
    markup_attr(m, "data-copy", str_from(key));
    markup_text(m, words);
    markup_close(m);
    markup_close(m);
}

static void citing(struct visit *v, struct markup *m, const struct store_report *r,
                   const struct claim *c)
{
    json_t *a = annotation(r, c);
    char *words = json_dumps(a, JSON_INDENT(1));

    markup_open(m, "section");
    markup_attr(m, "class", STR("cite"));
    markup_leaf(m, "h2", NULL, STR("Cite this passage"));
    to_copy(m, "Citation", "c", citation(v->arena, r, c));
    if (r->url.len > 0)
        to_copy(m, "Link to the words", "l", fragment_link(v->arena, r, c));
    to_copy(m, "Web Annotation (JSON-LD)", "w", str_from(words));
    markup_close(m);
    free(words);
    json_decref(a);
}

/* ---- the text ---- */

/* Paragraphs, with the claim's part of each marked. */
static void body(struct markup *m, const struct claim *c)
{
    size_t at = 0;
    bool first = true;

    while (at < c->text.len) {
        size_t len = str_find(str_after(c->text, at), STR("\n\n"));
        size_t end = len == STR_NPOS ? c->text.len : at + len;
        size_t from = c->from > at ? c->from : at;
        size_t to = c->to < end ? c->to : end;

        markup_open(m, "p");
        if (c->chosen && from < to) {
            markup_text(m, str_slice(c->text, at, from));
            markup_open(m, "mark");
            if (first)
                markup_attr(m, "id", STR("claim"));
            first = false;
            markup_text(m, str_slice(c->text, from, to));
            markup_close(m);
            markup_text(m, str_slice(c->text, to, end));
        } else {
            markup_text(m, str_slice(c->text, at, end));
        }
        markup_close(m);
        at = end + 2;
    }
}

static void fact(struct markup *m, const char *term, struct str value)
{
    if (value.len == 0)
        return;
    markup_open(m, "div");
    markup_leaf(m, "dt", NULL, str_from(term));
    markup_leaf(m, "dd", NULL, value);
    markup_close(m);
}

static void about(struct markup *m, const struct store_report *r)
{
    markup_open(m, "dl");
    markup_attr(m, "class", STR("about"));
    fact(m, "Outlet", outlet_of(r));
    fact(m, "By", r->byline);
    fact(m, "Published", r->published);
    fact(m, "Language", r->language);
    fact(m, "Input", r->input);
    fact(m, "Report", r->id);
    markup_close(m);
    markup_open(m, "p");
    markup_attr(m, "class", STR("note"));
    if (r->story > 0) {
        markup_open(m, "a");
        markup_attr_format(m, "href", "/story/%lld", (long long)r->story);
        SAY(m, "Its story");
        markup_close(m);
    }
    if (r->url.len > 0) {
        SAY(m, " · ");
        markup_open(m, "a");
        markup_attr(m, "rel", STR("noopener noreferrer nofollow"));
        markup_attr_web(m, "href", r->url);
        SAY(m, "The page itself, on the web");
        markup_close(m);
    }
    markup_close(m);
}

void page_report(struct visit *v)
{
    struct store_report r;
    struct claim c;
    struct str id;
    struct markup m;

    request_under(&v->request, "/report/", &id);
    if (!store_report(v->arena, v->store, id, &r)) {
        visit_missing(v, "There is no such report.");
        return;
    }
    if (v->request.json) {
        buf_str(&v->answer.body, store_line(v->arena, v->store, id));
        buf_char(&v->answer.body, '\n');
        return;
    }
    c = claim_of(&v->request, store_text(v->arena, v->store, id));
    m = frame_open(v, r.title.len > 0 ? r.title : STR("(no title)"), AT_STORIES);
    about(&m, &r);
    markup_open(&m, "div");
    markup_attr(&m, "class", STR("reading"));
    markup_open(&m, "article");
    markup_attr(&m, "class", STR("clean"));
    markup_attr(&m, "aria-label", STR("Clean text"));
    if (r.language.len > 0 && !str_starts_fold(r.language, STR("en")))
        markup_attr(&m, "lang", r.language);
    body(&m, &c);
    markup_close(&m);
    if (c.chosen)
        citing(v, &m, &r, &c);
    markup_close(&m);
    frame_close(v, &m);
}
