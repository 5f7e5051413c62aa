/* The user's own actors: read, refused with the line, and before ours. */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "fact/actor_code.h"
#include "lex/lexicon.h"

static void check_refused(struct arena *arena, const char *tsv, int64_t line,
                          const char *what)
{
    struct lexicon own;
    struct err err = { 0 };

    CHECK(!lexicon_read(arena, str_from(tsv), &own, &err), "%s", tsv);
    CHECK(err.at == line && strstr(err.detail, what), "line %d: %s", (int)err.at,
          err.detail);
}

static void check_read(struct arena *arena)
{
    static const char tsv[] = "words\tcountry\tsector\ttype\n"
                              "# ours\n"
                              "Karsk  Water Board\tARN\tGOV\torganization\n"
                              "\n"
                              "ada venn\tVOR\tOPP\tperson\n"
                              "kwb\tARN\tGOV\torganization\tupper\n"
                              "united nations\tARN\tBUS\torganization\n";
    struct lexicon own = { 0 };
    struct err err = { 0 };
    struct actor_code c;

    CHECK(lexicon_read(arena, str_from(tsv), &own, &err), "%s", err.detail);
    CHECK(own.actors.entries == 4, "%u", own.actors.entries);
    c = actor_code_of_text(arena, &own, STR("the Karsk Water Board"));
    CHECK(str_eq(c.country, STR("ARN")) && str_eq(c.sector, STR("GOV")), "own name");
    c = actor_code_of_text(arena, &own, STR("Ada Venn"));
    CHECK(str_eq(c.country, STR("VOR")) && c.type == ENTITY_PERSON, "own person");
    c = actor_code_of_text(arena, &own, STR("United Nations"));
    CHECK(str_eq(c.country, STR("ARN")) && str_eq(c.sector, STR("BUS")), "before ours");
    c = actor_code_of_text(arena, NULL, STR("United Nations"));
    CHECK(str_eq(c.country, STR("UNO")), "ours");
    c = actor_code_of_text(arena, &own, STR("KWB"));
    CHECK(str_eq(c.country, STR("ARN")), "in capitals");
    c = actor_code_of_text(arena, &own, STR("kwb"));
    CHECK(c.country.len == 0, "not in lower case");
    CHECK(actor_is_own(arena, &own, STR("Ada Venn")) &&
              !actor_is_own(arena, &own, STR("Venn")),
          "is own");
}

/* No bytes may crash it. */
static void check_any_bytes(struct arena *arena)
{
    uint32_t random = 1;

    for (int round = 0; round < 200; round++) {
        char bytes[200];
        struct lexicon own;
        struct err err;

        for (size_t i = 0; i < sizeof bytes; i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = "ab \t\nA#\xc3"[random >> 29];
        }
        lexicon_read(arena, (struct str){ bytes, sizeof bytes }, &own, &err);
    }
}

int main(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    check_read(&arena);
    check_refused(&arena, "ada venn\tVOR\tOPP\n", 1, "columns");
    check_refused(&arena, "\n# x\nada venn\tVorland\tOPP\tperson\n", 3, "country");
    check_refused(&arena, "ada venn\tVOR\topp\tperson\n", 1, "sector");
    check_refused(&arena, "ada venn\tVOR\tOPP\twoman\n", 1, "type");
    check_refused(&arena, "ada venn\tVOR\tOPP\tperson\tbold\n", 1, "form");
    check_refused(&arena, "\tVOR\tOPP\tperson\n", 1, "words");
    check_refused(&arena,
                  "ada venn\tVOR\tOPP\tperson\nx\tVOR\tGOV\tgroup\nAda Venn\tVOR\t"
                  "GOV\tperson\n",
                  3, "twice");
    check_any_bytes(&arena);
    arena_release(&arena);
    return check_done();
}
