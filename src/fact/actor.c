#include "fact/actor.h"

static void copy_mentions(struct arena *arena, struct facts *facts)
{
    const struct text *text = facts->text;

    for (uint32_t i = 0; i < text->mention.count; i++)
        if (text->mention.at[i].entity < facts->actor.count)
            *PUSH(arena, &facts->actor.at[text->mention.at[i].entity].mention) =
                text->mention.at[i];
}

void actors_read(struct arena *arena, const struct fact_tools *tools,
                 struct facts *facts)
{
    const struct text *text = facts->text;

    (void)tools;
    for (uint32_t i = 0; i < text->entity.count; i++) {
        const struct entity *e = &text->entity.at[i];
        struct actor *a = PUSH(arena, &facts->actor);

        a->type = e->type;
        a->name = e->name;
        a->role = e->role;
        for (uint32_t k = 0; k < e->aliases.count; k++)
            *PUSH(arena, &a->aliases) = e->aliases.at[k];
    }
    copy_mentions(arena, facts);
}
