/* Any text: its statements, figures and their claimants are sound, and an amount read at
 * its beginning lies within it and is an interval. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fact/amount.h"
#include "fact/fact.h"
#include "trained.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena arena;
    struct article article = { 0 };
    struct fact_tools fact_tools = { 0 };
    struct amount a;
    struct text text;
    struct facts facts;
    size_t n;

    arena_init(&arena, SIZE_MAX);
    article.text = (struct str){ (const char *)data, size };
    article.text.len = utf8_valid(article.text);
    n = amount_read(&arena, article.text, &a);
    if (n > article.text.len || (n > 0 && (a.low > a.high || a.num + a.num_len > n)))
        abort();
    text = text_from_article(&arena, trained_tools(), &article);
    facts = facts_from_text(&arena, &fact_tools, &text);
    if (!facts_sound(&facts))
        abort();
    arena_release(&arena);
    return 0;
}
