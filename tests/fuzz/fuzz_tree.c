/* Any bytes as a line for the store: refused, or a tree of views that lie in it, and a
 * line that is cut, packed, unpacked and joined gives itself.  As a pack: refused, or
 * lines. */
#include <stdlib.h>

#include "store/sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct node *n, struct str line, unsigned depth)
{
    for (const struct node *c = n->child; c; c = c->next) {
        if (c->start < n->start || c->end > n->end || c->end < c->start)
            abort();
        if (c->kind == NODE_NUMBER && (c->text.ptr < line.ptr || c->text.len == 0))
            abort();
        if (depth > 100)
            abort();
        walk(c, line, depth + 1);
    }
}

static void pack_again(struct arena *arena, struct store *s, struct str line)
{
    const struct str two[] = { line, line };
    struct str lines, first;

    if (str_find_char(line, '\0') != STR_NPOS)
        return;
    if (!store_unpack_lines(arena, s, store_pack_lines(arena, s, two, 2), &lines) ||
        !str_split(&lines, '\0', &first) || !str_eq(first, line) ||
        !str_split(&lines, '\0', &first) || !str_eq(first, line))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line = { (const char *)data, size }, rest, lines;
    struct store *s = calloc(1, sizeof *s);
    const struct node *tree, *text;
    struct arena arena;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    tree = tree_read(&arena, line, &err);
    if (tree) {
        walk(tree, line, 0);
        pack_again(&arena, s, line);
        text = tree_get(tree, "text");
        if (text && text->kind == NODE_STRING && store_cut(&arena, line, &rest))
            store_join(&arena, rest, text->text);
    }
    store_unpack_lines(&arena, s, line, &lines);
    ZSTD_freeCCtx(s->packer);
    ZSTD_freeDCtx(s->unpacker);
    ZSTD_freeCDict(s->packing);
    ZSTD_freeDDict(s->unpacking);
    ZSTD_freeCDict(s->packing_form);
    ZSTD_freeDDict(s->unpacking_form);
    free(s);
    arena_release(&arena);
    return 0;
}
