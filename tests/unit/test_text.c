/* The text stage against its golden lines, by the built-in model. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "text/conllu.h"
#include "text/text.h"
#include "trained.h"

/* "\n" of a case is a line end. */
static struct str unescaped(struct arena *arena, struct str s)
{
    struct buf b = buf_new(arena, 1 << 16);

    for (size_t i = 0; i < s.len; i++) {
        bool line_end = i + 1 < s.len && s.ptr[i] == '\\' && s.ptr[i + 1] == 'n';

        buf_char(&b, line_end ? '\n' : s.ptr[i]);
        i += line_end;
    }
    return buf_view(&b);
}

/* "He did n't // Now" */
static struct str tokens_of(struct arena *arena, const struct text *t)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t i = 0; i < t->token.count; i++) {
        if (i > 0 && t->token.at[i].sentence != t->token.at[i - 1].sentence)
            buf_str(&out, STR(" //"));
        if (i > 0)
            buf_char(&out, ' ');
        buf_str(&out, t->token.at[i].form);
    }
    return buf_view(&out);
}

/* "He/PRP/he left/VBD/leave" */
static struct str tags_of(struct arena *arena, const struct text *t)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t i = 0; i < t->token.count; i++)
        buf_printf(&out, "%s%.*s/%s/%.*s", i ? " " : "", STR_ARG(t->token.at[i].form),
                   xpos_name(t->token.at[i].xpos), STR_ARG(t->token.at[i].lemma));
    return buf_view(&out);
}

/* "nsubj(left, He); root(left)": all but punctuation, determiners and case marks. */
static struct str tree_of(struct arena *arena, const struct text *t)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t i = 0; i < t->token.count; i++) {
        const struct token *k = &t->token.at[i];

        if (k->rel == DEPREL_PUNCT || k->rel == DEPREL_DET || k->rel == DEPREL_CASE)
            continue;
        buf_printf(&out, "%s%s(", out.len ? "; " : "", deprel_name(k->rel));
        if (k->head != TOKEN_NONE)
            buf_printf(&out, "%.*s, ", STR_ARG(t->token.at[k->head].form));
        buf_printf(&out, "%.*s)", STR_ARG(k->form));
    }
    return buf_view(&out);
}

/* "Ana Osk = person (minister) {Osk, she}; …": entities with role and later mentions. */
static struct str names_of(struct arena *arena, const struct text *t)
{
    struct buf out = buf_new(arena, 1 << 16);

    for (uint32_t e = 0; e < t->entity.count; e++) {
        const struct entity *n = &t->entity.at[e];
        uint32_t more = 0;

        buf_printf(&out, "%s%.*s = %s", e ? "; " : "", STR_ARG(n->name),
                   entity_type_name(n->type));
        if (n->role.len)
            buf_printf(&out, " (%.*s)", STR_ARG(n->role));
        for (uint32_t m = 0; m < t->mention.count; m++) {
            const struct mention *k = &t->mention.at[m];
            struct str form = str_slice(t->article->text, k->start, k->end);

            if (k->entity != e || str_eq(form, n->name))
                continue;
            buf_printf(&out, "%s%.*s", more++ ? ", " : " {", STR_ARG(form));
        }
        if (more)
            buf_char(&out, '}');
    }
    return buf_view(&out);
}

typedef struct str (*shown)(struct arena *, const struct text *);

static void check_line(struct arena *arena, shown show, struct str line,
                       const char *file, int number)
{
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct str said, want, got;
    struct text text;

    if (line.len == 0 || *line.ptr == '#')
        return;
    if (!str_split(&line, '|', &said) || !str_split(&line, '|', &want)) {
        CHECK(false, "%s:%d: not a case", file, number);
        return;
    }
    article.text = unescaped(arena, str_trim(said));
    text = text_from_article(arena, trained_tools(), &article);
    CHECK(text_sound(&text), "%s:%d", file, number);
    got = show(arena, &text);
    CHECK(str_eq(got, str_trim(want)), "%s:%d: %.*s\n    read as %.*s", file, number,
          STR_ARG(article.text), STR_ARG(got));
}

static void check_file(struct arena *arena, shown show, const char *file)
{
    struct str rest = { NULL, 0 }, line;
    struct err err;
    int number = 0;

    CHECK(io_read_file(arena, file, 1 << 20, &rest, &err), "%s", file);
    while (str_split(&rest, '\n', &line))
        check_line(arena, show, line, file, ++number);
}

static void check_given_words(struct arena *arena)
{
    struct page page = {
        .media = PAGE_CONLLU,
        .body = STR("# newdoc id = a1\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                    "1\tdo\t_\n2\tn't\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                    "4\t.\t_\n\n# newpar\n1\tNow\n2.1\tghost\n\n"),
    };
    struct article article = { .page = &page };
    struct text text;

    article.text = conllu_text(arena, page.body);
    CHECK(str_eq(article.text, STR("don't go.\n\nNow")), "%.*s", STR_ARG(article.text));
    text = text_from_article(arena, trained_tools(), &article);
    CHECK(text_sound(&text), "given words");
    CHECK(str_eq(tokens_of(arena, &text), STR("do n't go . // Now")), "%.*s",
          STR_ARG(tokens_of(arena, &text)));
    CHECK(text.sentence.at[1].paragraph == 1, "a paragraph of its own");
    CHECK(str_eq(conllu_id(page.body), STR("a1")), "id");
}

/* A sentence without end is cut, and every piece is a tree. */
static void check_long(struct arena *arena)
{
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct buf b = buf_new(arena, 1 << 20);
    struct text text;

    for (int i = 0; i < 20000; i++)
        buf_str(&b, i % 7 ? STR("boats of the ") : STR("Osk and "));
    article.text = buf_view(&b);
    text = text_from_article(arena, trained_tools(), &article);
    CHECK(text_sound(&text), "long");
    CHECK(text.sentence.count > 40, "%u sentences", text.sentence.count);
}

int main(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    check_file(&arena, tokens_of, "tests/cases/tokens.txt");
    check_file(&arena, tags_of, "tests/cases/tags.txt");
    check_file(&arena, tree_of, "tests/cases/trees.txt");
    check_file(&arena, names_of, "tests/cases/names.txt");
    check_given_words(&arena);
    check_long(&arena);
    arena_release(&arena);
    return check_done();
}
