/* The store's reader of JSON takes what jansson takes, and reads the same. */
#include "store/tree.h"

#include <jansson.h>
#include <stdlib.h>

#include "check.h"

static void agree(struct arena *arena, const char *words)
{
    json_t *theirs = json_loads(words, JSON_ALLOW_NUL, NULL);
    struct err err = { 0 };
    const struct node *mine = tree_read(arena, str_from(words), &err);
    const json_t *text = json_object_get(theirs, "t");
    struct str told = tree_str(mine, "t");

    CHECK(json_is_object(theirs) == (mine != NULL), "%s: %s", words, err.detail);
    if (mine && json_is_string(text))
        CHECK(str_eq(told,
                     (struct str){ json_string_value(text), json_string_length(text) }),
              "%s: %.*s", words, STR_ARG(told));
    if (mine && json_is_integer(json_object_get(theirs, "n")))
        CHECK(tree_i64(tree_get(mine, "n"), -77) ==
                  json_integer_value(json_object_get(theirs, "n")),
              "%s", words);
    json_decref(theirs);
}

static void test_words(struct arena *arena)
{
    static const char *const words[] = {
        "{}",
        " { } ",
        "{",
        "}",
        "",
        "[]",
        "7",
        "{\"t\"}",
        "{\"t\":}",
        "{\"t\":\"a\",}",
        "{\"t\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
        "{\"t\":\"caf\\u00e9 \\ud83d\\ude00\"}",
        "{\"t\":\"\\ud83d\"}",
        "{\"t\":\"\\ude00\"}",
        "{\"t\":\"\\u12\"}",
        "{\"t\":\"\\x\"}",
        "{\"t\":\"a\tb\"}",
        "{\"t\":\"open",
        "{\"t\":\"a\\",
        "{\"t\":\"\\u0000\"}",
        "{\"t\":\"\xff\"}",
        "{\"t\":\"caf\xc3\xa9\"}",
        "{\"n\":0}",
        "{\"n\":-12}",
        "{\"n\":012}",
        "{\"n\":1.}",
        "{\"n\":-}",
        "{\"n\":1e}",
        "{\"n\":1E+2}",
        "{\"n\":123456789012}",
        "{\"n\":true}",
        "{\"n\":tru}",
        "{\"n\":nul",
        "{\"a\":[1,[2,{\"b\":null}],\"x\"],\"n\":3}",
        "{\"a\":[1,2}",
        "{\"a\":[,]}",
        "{\"a\":1}{",
        "{\"a\":1} x",
        "{'a':1}",
        "{\"sentences\":[[0,1],[2,3]],\"n\":5}",
        "{\"sentences\":[[0,1],[2,]],\"n\":5}",
        "{\"mentions\":[\"\\ud83d\\u0041\"],\"n\":6}",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        agree(arena, words[i]);
}

/* What a line loses at any byte makes it another or none, never a fault. */
static void test_damage(struct arena *arena)
{
    static const char line[] =
        "{\"t\":\"a\\u00e9b\",\"n\":-3,\"l\":[1,2.5e3,{\"k\":[]}],\"x\":null}";
    char bytes[sizeof line];

    for (size_t i = 0; i + 1 < sizeof line; i++)
        for (int c = 0x20; c < 0x7f; c += 9) {
            memcpy(bytes, line, sizeof line);
            bytes[i] = (char)c;
            if (c == '1' || !strchr("{}[]\"", line[i]))
                continue;
            agree(arena, bytes);
        }
}

static void test_depth(struct arena *arena)
{
    char deep[400] = "{\"a\":";
    struct err err = { 0 };

    memset(deep + 5, '[', 150);
    memset(deep + 155, ']', 150);
    deep[305] = '}';
    CHECK(!tree_read(arena, str_from(deep), &err), "150 levels");
}

static void test_members(struct arena *arena)
{
    struct err err = { 0 };
    const struct node *n =
        tree_read(arena,
                  STR("{\"o\":{\"name\":\"BPA\"},\"lat\":-4.25,\"l\":[{\"n\":1},{\"n\":"
                      "2}],\"mentions\":[1]}"),
                  &err);
    const struct node *list = tree_get(n, "l");
    double lat = 0;

    CHECK(n && list, "%s", err.detail);
    CHECK(str_eq(tree_str(tree_get(n, "o"), "name"), STR("BPA")), "nested");
    CHECK(tree_str(n, "o").ptr == NULL && tree_str(NULL, "o").ptr == NULL, "absent");
    CHECK(tree_real(tree_get(n, "lat"), &lat) && lat < -4.24 && lat > -4.26, "%f", lat);
    CHECK(list && list->child && list->child->next &&
              tree_i64(tree_get(list->child->next, "n"), 0) == 2,
          "a list in order");
    CHECK(!tree_get(n, "mentions"), "read over");
}

int main(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    test_words(&arena);
    test_damage(&arena);
    test_depth(&arena);
    test_members(&arena);
    arena_release(&arena);
    return check_done();
}
