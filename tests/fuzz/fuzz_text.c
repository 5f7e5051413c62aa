/* Any valid text and any bytes as given words: what comes is sound, each
 * sentence is a tree, and CoNLL-U made of it reads back as the same words. */
#include <stdlib.h>

#include "base/utf8.h"
#include "report/conllu.h"
#include "text/conllu.h"
#include "text/text.h"
#include "trained.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_trees(const struct text *t)
{
    for (uint32_t i = 0; i < t->token.count; i++) {
        uint32_t at = i, steps = 0;

        while (t->token.at[at].head != TOKEN_NONE) {
            at = t->token.at[at].head;
            if (++steps > t->token.count)
                abort();
        }
    }
}

static struct text read_text(struct arena *arena, const struct article *article)
{
    struct text text = text_from_article(arena, trained_tools(), article);

    if (!text_sound(&text))
        abort();
    check_trees(&text);
    return text;
}

static void read_back(struct arena *arena, const struct text *text)
{
    struct buf out = buf_new(arena, (size_t)1 << 28);
    struct page page = { .media = PAGE_CONLLU };
    struct article article = { .page = &page };
    struct text again;

    conllu_write(&out, text, STR("x"));
    page.body = buf_view(&out);
    article.text = conllu_text(arena, page.body);
    again = read_text(arena, &article);
    if (again.token.count != text->token.count)
        abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct page page = { .media = PAGE_TEXT };
    struct article article = { .page = &page };
    struct arena arena;
    struct text text;

    if (size == 0)
        return 0;
    page.body = (struct str){ (const char *)data + 1, size - 1 };
    page.body.len = utf8_valid(page.body);
    arena_init(&arena, (size_t)256 << 20);
    if (setjmp(arena.out_of_budget) == 0) {
        arena.guarded = true;
        article.text = page.body;
        if (data[0] % 2) {
            page.media = PAGE_CONLLU;
            article.text = conllu_text(&arena, page.body);
        }
        text = read_text(&arena, &article);
        if (page.media == PAGE_TEXT)
            read_back(&arena, &text);
    }
    arena_release(&arena);
    return 0;
}
