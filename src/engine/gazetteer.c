/* corrob_gazetteer_build, and the gazetteer that options name. */
#include "gazetteer/gazetteer.h"

#include "base/io.h"
#include "engine/engine.h"
#include "gazetteer/extend.h"

struct building {
    struct corrob *c;
    const char *places;
};

static bool put(void *context, const char *bytes, size_t len)
{
    const struct building *b = context;

    return engine_put(b->c, (struct str){ bytes, len });
}

static void passed(void *context, const struct err *why)
{
    const struct building *b = context;

    engine_trouble(b->c, &(struct source_record){ .input = str_from(b->places) }, why);
}

enum corrob_status corrob_gazetteer_build(struct corrob *c, const char *places,
                                          const char *names,
                                          struct corrob_gazetteer *made)
{
    struct building building = { c, places };
    struct gazetteer_extension extension = { .places = places,
                                             .names = names,
                                             .put = put,
                                             .passed = passed,
                                             .context = &building };
    struct arena arena;
    bool ok;

    c->err = (struct err){ 0 };
    arena_init_like(&arena, SIZE_MAX, &c->own);
    ok = gazetteer_extend(&arena, gazetteer_builtin(), &extension, &c->err);
    arena_release(&arena);
    *made = (struct corrob_gazetteer){ .added = extension.added,
                                       .known = extension.known,
                                       .names = extension.other_names };
    return engine_done(c, ok);
}

bool engine_gazetteer_open(struct corrob *c)
{
    const char *path = c->options.gazetteer;
    const struct gazetteer *g;

    c->tools.fact.gazetteer = gazetteer_builtin();
    if (!path)
        return true;
    if (!io_map_file(path, &c->gazetteer, &c->err))
        return err_about(&c->err, path);
    if (!gazetteer_from_bytes(c->gazetteer, &g, NULL) || !gazetteer_sound(g))
        return err_set(&c->err, ERR_FORMAT, -1,
                       "%s is no gazetteer (corrob gazetteer build makes one)", path);
    c->tools.fact.gazetteer = g;
    return true;
}
