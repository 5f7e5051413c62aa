#include "text/text.h"

struct text text_from_article(struct arena *arena, const struct text_tools *tools,
                              const struct article *article)
{
    (void)arena;
    (void)tools;
    return (struct text){ .article = article };
}

bool text_sound(const struct text *text)
{
    return text->article != NULL;
}

const char *entity_type_name(enum entity_type type)
{
    static const char *const names[] = { "person", "organization", "place", "group",
                                         "misc" };

    return names[type];
}
