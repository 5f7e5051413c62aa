#include "report/json_show.h"

#include <string.h>

#include "report/json_article.h"

static void member_u64(struct json *j, const char *key, uint64_t n)
{
    json_key(j, key);
    json_u64(j, n);
}

static void show_page(struct arena *arena, struct json *j, const struct facts *facts)
{
    static const char *const media[] = { "text", "html", "article", "conllu" };
    const struct page *p = facts->text->article->page;

    (void)arena;
    json_open(j, '{');
    json_member(j, "id", p->id);
    json_member(j, "input", p->input);
    json_member(j, "ref", p->ref);
    json_member(j, "media", str_from(media[p->media]));
    json_member(j, "charset", p->charset);
    member_u64(j, "bytes", p->body.len);
    json_member(j, "body", p->body);
    json_close(j, '}');
}

static void show_article(struct arena *arena, struct json *j, const struct facts *facts)
{
    const struct article *a = facts->text->article;

    json_open(j, '{');
    json_member(j, "title", a->title);
    json_member(j, "published", instant_to_iso(arena, a->published));
    json_member(j, "language", a->language);
    json_key(j, "text");
    json_str(j, a->text);
    json_key(j, "furniture");
    json_open(j, '[');
    for (uint32_t i = 0; i < a->furniture.count; i++) {
        json_open(j, '{');
        member_u64(j, "start", a->furniture.at[i].start);
        member_u64(j, "end", a->furniture.at[i].end);
        json_member(j, "why", a->furniture.at[i].why);
        json_member(j, "text", a->furniture.at[i].text);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void show_span(struct json *j, const struct article *a, uint32_t i)
{
    const struct article_piece *p = &a->pieces.at[i];
    uint32_t end = i + 1 < a->pieces.count ? p[1].at : (uint32_t)a->text.len;
    uint32_t page = (uint32_t)a->page->body.len;
    uint32_t next = i + 1 < a->pieces.count ? p[1].from : page;
    uint32_t to = p->same_bytes     ? p->from + (end - p->at)
                  : next >= p->from ? next
                                    : p->from;

    json_open(j, '{');
    member_u64(j, "start", p->at);
    member_u64(j, "end", end);
    member_u64(j, "page_start", p->from);
    member_u64(j, "page_end", to < page ? to : page);
    json_key(j, "same");
    json_bool(j, p->same_bytes);
    json_member(j, "text", str_slice(a->text, p->at, end));
    json_close(j, '}');
}

/* Piece by piece, where the text stands in the page: the same bytes, or what became of a
 * character reference, a tag, a run of blanks ("same": false). */
static void show_raw(struct arena *arena, struct json *j, const struct facts *facts)
{
    const struct article *a = facts->text->article;
    struct article_piece whole = { 0, 0, true };

    (void)arena;
    json_open(j, '{');
    json_member(j, "input", a->page->input);
    json_member(j, "charset", a->page->charset);
    member_u64(j, "bytes", a->page->body.len);
    member_u64(j, "text_bytes", a->text.len);
    json_key(j, "spans");
    json_open(j, '[');
    for (uint32_t i = 0; i < a->pieces.count; i++)
        show_span(j, a, i);
    if (a->pieces.count == 0 && a->text.len > 0) /* kept as it came */
        show_span(j,
                  &(struct article){
                      .page = a->page, .text = a->text, .pieces = { &whole, 1, 1 } },
                  0);
    json_close(j, ']');
    json_close(j, '}');
}

static void show_token(struct json *j, const struct text *t, const struct token *token)
{
    json_open(j, '{');
    member_u64(j, "start", token->start);
    member_u64(j, "end", token->end);
    json_member(j, "form", token->form);
    json_member(j, "lemma", token->lemma);
    json_member(j, "upos", str_from(upos_name((enum upos)token->upos)));
    json_member(j, "xpos", str_from(xpos_name((enum xpos)token->xpos)));
    json_member(j, "rel", str_from(deprel_name((enum deprel)token->rel)));
    if (token->head < t->token.count)
        json_member(j, "head", t->token.at[token->head].form);
    json_close(j, '}');
}

static void show_text(struct arena *arena, struct json *j, const struct facts *facts)
{
    const struct text *t = facts->text;

    (void)arena;
    json_open(j, '{');
    json_key(j, "sentences");
    json_open(j, '[');
    for (uint32_t i = 0; i < t->sentence.count; i++) {
        const struct sentence *s = &t->sentence.at[i];

        json_open(j, '[');
        for (uint32_t k = 0; k < s->tokens; k++)
            show_token(j, t, &t->token.at[s->first + k]);
        json_close(j, ']');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void show_facts(struct arena *arena, struct json *j, const struct facts *facts)
{
    json_article(arena, j, facts, facts->text->article->page->id);
}

static const struct stage {
    const char *name;
    void (*show)(struct arena *, struct json *, const struct facts *);
} stages[] = {
    { "page", show_page }, { "article", show_article }, { "raw", show_raw },
    { "text", show_text }, { "facts", show_facts },
};

static const struct stage *find_stage(const char *name)
{
    for (size_t i = 0; i < COUNT(stages); i++)
        if (strcmp(stages[i].name, name) == 0)
            return &stages[i];
    return NULL;
}

bool json_show_knows(const char *name)
{
    return find_stage(name) != NULL;
}

void json_show(struct arena *arena, struct json *j, const char *name,
               const struct facts *facts)
{
    find_stage(name)->show(arena, j, facts);
}
