/* Briefs as they are typed, and the text that is read from them. */
#include "audit/brief.h"

#include "check.h"

static void check(const char *typed, const char *want)
{
    struct arena arena;
    struct str got;

    arena_init(&arena, SIZE_MAX);
    got = brief_text(&arena, str_from(typed));
    CHECK(str_eq(got, str_from(want)), "%s\n    read as: %.*s", typed, STR_ARG(got));
    arena_release(&arena);
}

int main(void)
{
    check("## Tolls\n- **31** people [were](x) killed[^1]\n",
          "Tolls\n\n31 people were killed\n\n");
    check("Two lines\nwrapped here.\n\nAnother.",
          "Two lines wrapped here.\n\nAnother.\n\n");
    check("- one\n- two\n12. three", "one\n\ntwo\n\nthree\n\n");
    check("| Killed | 31 |\n|---|---|\n| Injured | 60 |",
          "Killed, 31\n\nInjured, 60\n\n");
    check("---\ntitle: 9 dead\n---\nText.", "Text.\n\n");
    check("```\n12 dead\n```\nText.[^1]\n\n[^1]: 40 dead, said nobody", "Text.\n\n");
    check("> They *fled*.\n> All of them.", "They fled. All of them.\n\n");
    check("5 * 3 is snake_case", "5 * 3 is snake_case\n\n");
    /* What leaves nothing to read makes no paragraph, and no blank before the next. */
    check("|\n| |\nText.", "Text.\n\n");
    check("![map](a.png)\nText.", "Text.\n\n");
    check("[^1]", "");
    check("", "");
    return check_done();
}
