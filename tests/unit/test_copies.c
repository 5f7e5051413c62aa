/* Reports that carry each other's text: stories, copies, passages, origins. */
#include "check.h"
#include "story/origin.h"
#include "story/reworded.h"

#define REPORTS_MAX 8

static const char wire[] =
    "HALVERY, Velmora (BPA) - A dam on the Tesna river burst before dawn on Tuesday "
    "after "
    "four days of heavy rain, sending a wall of water through the town of Halvery and "
    "killing at least nine people, the emergency service said.\n\n"
    "Dozens of people were missing and about 4,000 had been moved to schools and "
    "sports "
    "halls on higher ground. The Orlesk dam, an earth embankment 34 metres high, gave "
    "way "
    "at 3:20 a.m. and emptied most of its reservoir into the narrow valley.\n\n"
    "Rescuers in boats had brought more than 300 people down from roofs and trees, "
    "Colonel "
    "Brid Aske said. Residents had complained since the spring of water seeping out at "
    "the "
    "foot of the embankment, the mayor of Halvery, Jannes Orbet, said.";

/* The same with American spelling, figures as words, a paragraph moved, one left out. */
static const char carried[] =
    "HALVERY, Velmora (BPA) — Rescuers in boats had brought more than 300 people down "
    "from "
    "roofs and trees, Colonel Brid Aske said. Residents had complained since the "
    "spring of "
    "water seeping out at the foot of the embankment, the mayor of Halvery, Jannes "
    "Orbet, "
    "said.\n\n"
    "A dam on the Tesna River burst before dawn on Tuesday after 4 days of heavy rain, "
    "sending a wall of water through the town of Halvery and killing at least 9 "
    "people, "
    "the emergency service said.";

static const char other_words[] =
    "The dam above Halvery failed in the dark on Tuesday, and the emergency service "
    "says "
    "that no fewer than nine people have been killed by the wall of water from the "
    "Tesna.\n\n"
    "About 4,000 people were taken to schools and sports halls. Dozens are missing. "
    "The "
    "Orlesk embankment, 34 metres from foot to crest, broke at 3:20 a.m., and its "
    "reservoir emptied into the valley.\n\n"
    "Crews in boats have plucked more than 300 people from roofs, Colonel Brid Aske "
    "said. "
    "Mayor Jannes Orbet said that people in Halvery complained of seepage below the "
    "embankment in spring.";

static const char market[] = "Dockers in the port of Dunbrec voted on Monday to go on "
                             "with their strike over the "
                             "price of bread, which has doubled since the subsidy on "
                             "flour was dropped. Their union "
                             "wants the governor to open the granaries.";

struct bench {
    struct arena arena;
    struct page page[REPORTS_MAX];
    struct article article[REPORTS_MAX];
    struct text text[REPORTS_MAX];
    struct facts facts[REPORTS_MAX];
    const struct facts *list[REPORTS_MAX];
    uint32_t reports;
};

static void add(struct bench *b, const char *text, int32_t day, int32_t second)
{
    uint32_t i = b->reports++;

    b->page[i].id = STR("id");
    b->article[i].page = &b->page[i];
    b->article[i].text = str_from(text);
    b->article[i].published =
        (struct instant){ .day = day, .second = second, .precision = INSTANT_SECOND };
    b->text[i].article = &b->article[i];
    b->facts[i].text = &b->text[i];
    b->list[i] = &b->facts[i];
}

static struct situation situation_of(struct bench *b)
{
    return situation_from_reports(&b->arena, b->list, b->reports, POLICY_RANGE);
}

static struct str passage_text(const struct bench *b, uint32_t report, struct span s)
{
    return str_slice(b->article[report].text, s.start, s.end);
}

static void check_carried(void)
{
    struct bench b = { .reports = 0 };
    struct situation s;
    const struct copy *c;

    arena_init(&b.arena, SIZE_MAX);
    add(&b, carried, 21831, 46680);
    add(&b, wire, 21831, 42000);
    add(&b, market, 21831, 42000);
    s = situation_of(&b);
    CHECK(s.story.count == 2, "%u stories, not the dam and the market", s.story.count);
    CHECK(s.story.at[0].copies.count == 1, "no copy found");
    c = &s.story.at[0].copies.at[0];
    CHECK(c->from == 1 && c->to == 0, "the earlier report is %u", c->from);
    CHECK(c->share > 0.85, "share %.2f", c->share);
    CHECK(c->passages.count == 2, "%u passages", c->passages.count);
    CHECK(str_starts(passage_text(&b, 0, c->passages.at[0].to), STR("Rescuers")),
          "first passage: %.*s", STR_ARG(passage_text(&b, 0, c->passages.at[0].to)));
    CHECK(str_ends(passage_text(&b, 1, c->passages.at[1].from), STR("service said")),
          "second passage: %.*s", STR_ARG(passage_text(&b, 1, c->passages.at[1].from)));
    CHECK(s.story.at[0].origins.count == 1 && s.story.at[0].origins.at[0].why.len > 0,
          "one origin, with its reason");
    arena_release(&b.arena);
}

static void check_reworded(void)
{
    struct bench b = { .reports = 0 };
    struct situation s;

    arena_init(&b.arena, SIZE_MAX);
    add(&b, wire, 21831, 42000);
    add(&b, other_words, 21831, 60000);
    s = situation_of(&b);
    CHECK(s.story.count == 1, "one dam, %u stories", s.story.count);
    CHECK(s.story.at[0].copies.count == 1, "the retelling is not seen");
    if (s.story.at[0].copies.count == 1)
        CHECK(s.story.at[0].copies.at[0].retold >= 3 &&
                  s.story.at[0].copies.at[0].share > 0.5,
              "retold %u, share %.2f", s.story.at[0].copies.at[0].retold,
              s.story.at[0].copies.at[0].share);
    arena_release(&b.arena);
}

static void check_words(void)
{
    static const char *const same[][2] = {
        { "Twenty-six", "26" },     { "organisations", "organization" },
        { "3,000", "3000" },        { "Kazakhstan’s", "Kazakhstan" },
        { "colour", "color" },      { "seized", "seizing" },
        { "Djoković", "Djokovic" }, { "metres", "meters" },
    };
    struct arena a;

    arena_init(&a, SIZE_MAX);
    for (size_t i = 0; i < COUNT(same); i++) {
        struct words x = words_from_text(&a, str_from(same[i][0]));
        struct words y = words_from_text(&a, str_from(same[i][1]));

        CHECK(x.count == 1 && y.count == 1 && x.at[0].key == y.at[0].key, "%s, %s",
              same[i][0], same[i][1]);
    }
    CHECK(word_key(STR("26")) != word_key(STR("62")), "26 and 62");
    arena_release(&a);
}

static void check_credits(void)
{
    static const struct {
        const char *text, *agency;
    } credits[] = {
        { "KARSTEN, Norland (Reuters) - The ferry turned back.", "Reuters" },
        { "KARSTEN (AP) — The ferry turned back.", "AP" },
        { "HALVERY (BPA) - A dam burst.", "BPA" },
        { "The ferry (built in 1990) turned back.", "" },
        { "The ferry turned back.\n\n© 2029 The Associated Press", "AP" },
        { "The ferry turned back, Reuters reported.", "" },
    };
    struct arena a;

    arena_init(&a, SIZE_MAX);
    for (size_t i = 0; i < COUNT(credits); i++) {
        struct article article = { .text = str_from(credits[i].text) };
        struct str got = agency_credit(&a, &article);

        CHECK(str_eq(got, str_from(credits[i].agency)), "%s: %.*s", credits[i].text,
              STR_ARG(got));
    }
    arena_release(&a);
}

int main(void)
{
    check_words();
    check_credits();
    check_carried();
    check_reworded();
    return check_done();
}
