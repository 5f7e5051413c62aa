/* Any text: places lie in it, and no country has coordinates. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fact/fact.h"
#include "gazetteer/gazetteer.h"
#include "trained.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct arena arena;
    struct page page = { 0 };
    struct article article = { .page = &page };
    struct fact_tools tools = { .gazetteer = gazetteer_builtin() };
    struct text text;
    struct facts facts;

    arena_init(&arena, SIZE_MAX);
    article.text = (struct str){ (const char *)data, size };
    article.text.len = utf8_valid(article.text);
    text = text_from_article(&arena, trained_tools(), &article);
    facts = facts_from_text(&arena, &tools, &text);
    if (!facts_sound(&facts))
        abort();
    for (uint32_t i = 0; i < facts.actor.count; i++)
        if (facts.actor.at[i].located && facts.actor.at[i].precision == PLACE_COUNTRY)
            abort();
    arena_release(&arena);
    return 0;
}
