/* Trees of pages against tests/cases/page_trees.dat, in the form of the html5lib tests:
 *
 *     #data
 *     <a>1<p>2</a>3
 *     #errors
 *     #document
 *     | <html>
 *     |   <head>
 *     |   <body>
 *     |     <a>
 *     |       "1"
 *     ...
 *
 * What the reader leaves out (attributes, comments, scripts, the insides of
 * style sheets) is left out of what is expected too.
 *
 *     build/dev/test_page_tree FILE.dat...       other files: how many are as expected
 */
#include <stdio.h>
#include <stdlib.h>

#include "article/entity.h"
#include "article/tags.h"
#include "base/buf.h"
#include "base/io.h"
#include "check.h"

#define FILE_LIMIT ((size_t)8 << 20)

static void name_of(struct buf *out, const struct tree *t, const struct tree_node *n)
{
    static const char *const labels[ELEMENT_COUNT] = {
#define X(name, label, tag, groups) [ELEMENT_##name] = #label,
        ELEMENTS(X)
#undef X
    };

    if (n->element != ELEMENT_OTHER)
        buf_str(out, str_from(labels[n->element]));
    else
        for (uint32_t i = n->from; i < n->to; i++)
            buf_char(out, ascii_lower(t->page.ptr[i]));
}

static void indent(struct buf *out, uint32_t depth)
{
    buf_str(out, STR("| "));
    for (uint32_t i = 0; i < depth; i++)
        buf_str(out, STR("  "));
}

static bool is_shown(const struct tree_node *n)
{
    return n->element != ELEMENT_SCRIPT;
}

/* The tree as the tests write it, texts beside each other as one. */
static struct str written(struct arena *arena, const struct tree *t)
{
    struct buf out = buf_new(arena, FILE_LIMIT);
    uint32_t node = t->node.at[0].first, depth = 0;
    bool text = false;

    while (node > 0) {
        const struct tree_node *n = &t->node.at[node];

        if (n->element == ELEMENT_TEXT) {
            if (text) {
                out.len -= 2;
            } else {
                indent(&out, depth);
                buf_char(&out, '"');
            }
            struct str source = str_slice(t->page, n->from, n->to);
            buf_str(&out, n->raw ? source : entity_text(arena, source, false));
            buf_str(&out, STR("\"\n"));
        } else if (is_shown(n)) {
            indent(&out, depth);
            buf_str(&out, n->space == TREE_HTML  ? STR("<")
                          : n->space == TREE_SVG ? STR("<svg ")
                                                 : STR("<math "));
            name_of(&out, t, n);
            buf_str(&out, STR(">\n"));
        }
        text = n->element == ELEMENT_TEXT;
        if (n->first > 0 && is_shown(n)) {
            node = n->first;
            depth += n->element == ELEMENT_TEMPLATE ? 2 : 1; /* "content" */
            text = false;
            continue;
        }
        while (n->next == 0 && n->parent > 0) {
            n = &t->node.at[n->parent];
            depth -= n->element == ELEMENT_TEMPLATE ? 2 : 1;
            text = false;
        }
        node = n->next;
    }
    return buf_view(&out);
}

static size_t depth_of(struct str line)
{
    size_t n = 2;

    while (n < line.len && line.ptr[n] == ' ')
        n++;
    return n;
}

/* What is expected, without what is left out. */
static struct str expected(struct arena *arena, struct str document)
{
    struct buf out = buf_new(arena, FILE_LIMIT);
    size_t cut = SIZE_MAX; /* inside of what is left out */
    bool skipping = false;
    struct str line;

    while (str_split(&document, '\n', &line)) {
        struct str words;

        if (!str_starts(line, STR("| "))) {
            if (line.len > 0 && !skipping) {
                buf_str(&out, line);
                buf_char(&out, '\n');
            }
            continue;
        }
        words = str_after(line, depth_of(line));
        if (cut != SIZE_MAX && depth_of(line) > cut)
            continue;
        cut = SIZE_MAX;
        skipping = str_starts(words, STR("<!")) ||
                   !(str_starts(words, STR("<")) || str_starts(words, STR("\"")));
        if (str_starts(words, STR("<script")))
            cut = depth_of(line);
        if (skipping || cut != SIZE_MAX)
            continue;
        if (str_starts(words, STR("<style")))
            cut = depth_of(line);
        buf_str(&out, line);
        buf_char(&out, '\n');
    }
    return buf_view(&out);
}

static struct str between(struct str test, struct str from, struct str to)
{
    size_t at = str_find(test, from), end;

    if (at == STR_NPOS)
        return (struct str){ NULL, 0 };
    test = str_after(test, at + from.len);
    end = to.len > 0 ? str_find(test, to) : STR_NPOS;
    return end == STR_NPOS ? test : str_slice(test, 0, end);
}

static bool run_test(struct arena *arena, struct str test, bool quiet)
{
    struct str html = between(test, STR("#data\n"), STR("\n#errors"));
    struct str want, got;
    struct tree t;
    bool same;

    if (str_find(test, STR("#document-fragment")) != STR_NPOS || html.len == 0)
        return true;
    want = expected(arena, between(test, STR("#document\n"), STR("")));
    tags_read(arena, html, 16, &t);
    got = written(arena, &t);
    same = str_eq(str_trim(want), str_trim(got));
    if (!quiet)
        CHECK(same, "%.*s\nwant\n%.*s\ngot\n%.*s", STR_ARG(html), STR_ARG(want),
              STR_ARG(got));
    else if (!same)
        printf("---- %.*s\nwant\n%.*s\ngot\n%.*s\n", STR_ARG(html), STR_ARG(want),
               STR_ARG(got));
    return same;
}

static void run_file(const char *path, bool quiet)
{
    uint32_t tests = 0, right = 0;
    struct arena arena;
    struct str all;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    if (!io_read_file(&arena, path, FILE_LIMIT, &all, &err)) {
        CHECK(false, "%s: %s", path, err.detail);
        return;
    }
    while (all.len > 0) {
        size_t end = str_find(str_after(all, 1), STR("\n#data\n"));
        struct str test = end == STR_NPOS ? all : str_slice(all, 0, end + 1);

        right += run_test(&arena, test, quiet);
        tests++;
        all = str_after(all, end == STR_NPOS ? all.len : end + 2);
    }
    if (quiet)
        printf("%s: %u of %u\n", path, right, tests);
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        run_file("tests/cases/page_trees.dat", false);
    for (int i = 1; i < argc; i++)
        run_file(argv[i], true);
    if (argc > 1)
        return 0;
    return check_done();
}
