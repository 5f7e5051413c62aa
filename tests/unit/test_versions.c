/* One article that came again: by which address it is known, and what changed. */
#include "story/versions.h"

#include "check.h"

#define REPORTS_MAX 4

struct made {
    struct page page;
    struct article article;
    struct text text;
    struct facts facts;
};

struct bench {
    struct arena arena;
    struct made made[REPORTS_MAX];
    const struct facts *facts[REPORTS_MAX];
    uint32_t reports;
};

/* A report whose sentences are the lines of its text. */
static struct facts *add(struct bench *b, const char *url, const char *title,
                         const char *published, const char *lines)
{
    static const char *const ids[] = { "a", "b", "c", "d" };
    struct made *m = &b->made[b->reports];
    struct str rest = str_from(lines), line;

    m->page.id = str_from(ids[b->reports]);
    m->article = (struct article){ .page = &m->page,
                                   .url = str_from(url),
                                   .title = str_from(title),
                                   .text = str_from(lines) };
    instant_from_iso(str_from(published), &m->article.published);
    m->text.article = &m->article;
    while (str_split(&rest, '\n', &line)) {
        struct sentence *s = PUSH(&b->arena, &m->text.sentence);

        s->start = (uint32_t)(line.ptr - lines);
        s->end = s->start + (uint32_t)line.len;
    }
    m->facts.text = &m->text;
    b->facts[b->reports++] = &m->facts;
    return &m->facts;
}

static void start(struct bench *b)
{
    *b = (struct bench){ .reports = 0 };
    arena_init(&b->arena, SIZE_MAX);
}

/* Whether a report under `second` is a version of one under `first`. */
static bool one_article(const char *first, const char *second)
{
    struct bench b;
    bool same;

    start(&b);
    add(&b, first, "Dam bursts", "2029-10-09", "A dam burst.");
    add(&b, second, "Nine dead at dam", "2029-10-09", "A dam burst.\nNine died.");
    same = versions_find(&b.arena, b.facts, b.reports)[1] == 0;
    arena_release(&b.arena);
    return same;
}

static void check_addresses(void)
{
    const char *dam = "https://a.example/news/dam";

    CHECK(one_article(dam, dam), "the same address");
    CHECK(one_article(dam, "http://www.A.example/news/dam/"), "http, www, slash");
    CHECK(one_article(dam, "https://a.example/news/dam?utm_source=x&fbclid=1#top"),
          "tracking words and fragment");
    CHECK(one_article("https://a.example/?p=12", "https://a.example/?p=12"),
          "an article named by its query");
    CHECK(!one_article(dam, "https://a.example/news/dam?page=2"), "another query");
    CHECK(!one_article(dam, "https://a.example/news/Dam"), "case tells in paths");
    CHECK(!one_article(dam, "https://b.example/news/dam"), "another site");
    CHECK(!one_article("https://a.example/", "https://a.example"), "a front page");
    CHECK(!one_article("", ""), "no address");
    CHECK(!one_article("news/dam", "news/dam"), "a path is no address");
}

static void check_other_words(void)
{
    struct bench b;

    start(&b);
    add(&b, "https://a.example/live", "Dam bursts", "2029-10-09", "A dam burst.");
    add(&b, "https://a.example/live", "Dockers strike", "2029-10-09", "Ships wait.");
    add(&b, "https://a.example/live", "dam bursts", "2029-10-10", "All is new.");
    CHECK(versions_find(&b.arena, b.facts, b.reports)[1] == 1,
          "one address over two articles");
    CHECK(versions_find(&b.arena, b.facts, b.reports)[2] == 0, "the same title");
    arena_release(&b.arena);
}

static struct figure killed(int64_t n)
{
    return (struct figure){
        .measure = MEASURE_KILLED, .low = n, .high = n, .class_name = STR("people")
    };
}

static void check_changes(void)
{
    struct bench b;
    struct story s = { .versions = { .count = 0 } };
    struct facts *old, *later;
    const struct version_change *c;
    const char *url = "https://a.example/dam";

    start(&b);
    later = add(&b, url, "14 dead", "2029-10-09T16:00:00Z",
                "A dam  burst.\nThe toll is 14.\nRoads are shut.");
    old = add(&b, url, "9 dead", "2029-10-09T10:00:00Z", "A dam burst.\nNine died.");
    *PUSH(&b.arena, &old->figure) = killed(9);
    *PUSH(&b.arena, &later->figure) = killed(2);
    *PUSH(&b.arena, &later->figure) = killed(14);
    *PUSH(&b.arena, &old->figure) = killed(2);
    *PUSH(&b.arena, &later->figure) =
        (struct figure){ .measure = MEASURE_MISSING, .low = 3, .high = 3 };
    for (uint32_t i = 0; i < b.reports; i++)
        *PUSH(&b.arena, &s.reports) = i;
    story_find_versions(&b.arena, b.facts, versions_find(&b.arena, b.facts, b.reports),
                        &s);
    CHECK(s.versions.count == 1 && s.versions.at[0].reports.at[0] == 1 &&
              s.versions.at[0].reports.at[1] == 0,
          "the older one first");
    CHECK(story_articles(&s) == 1, "one article is counted");
    CHECK(story_version_numbers(&b.arena, &s)[0] == 1 &&
              story_version_numbers(&b.arena, &s)[1] == 0,
          "numbers by place");
    c = &s.versions.at[0].change.at[0];
    CHECK(c->retitled, "the headline is another");
    CHECK(c->added.count == 2 && c->removed.count == 1,
          "two sentences came, one went; blanks tell nothing");
    CHECK(c->figures.count == 2 && c->figures.at[0].from == 0 &&
              c->figures.at[0].to == 1 && c->figures.at[1].from == FACT_NONE &&
              c->figures.at[1].to == 2,
          "9 became 14, 2 stayed, 3 missing are new");
    arena_release(&b.arena);
}

static void check_same_text(void)
{
    struct bench b;
    struct story s = { .versions = { .count = 0 } };
    const struct version_change *c;

    start(&b);
    for (int i = 0; i < 3; i++) {
        struct facts *f = add(&b, "https://a.example/dam", "Dam", "2029-10-09",
                              "A dam burst.\nA dam burst.");

        *PUSH(&b.arena, &f->figure) = killed(9);
        *PUSH(&b.arena, &s.reports) = (uint32_t)i;
    }
    story_find_versions(&b.arena, b.facts, versions_find(&b.arena, b.facts, b.reports),
                        &s);
    CHECK(s.versions.count == 1 && s.versions.at[0].change.count == 2, "three came");
    CHECK(story_articles(&s) == 1, "one article is counted");
    for (uint32_t i = 0; i < 2; i++) {
        c = &s.versions.at[0].change.at[i];
        CHECK(!c->retitled && c->added.count == 0 && c->removed.count == 0 &&
                  c->figures.count == 0 && c->said.count == 0 && c->unsaid.count == 0,
              "the same text: nothing changed");
    }
    arena_release(&b.arena);
}

int main(void)
{
    check_addresses();
    check_other_words();
    check_changes();
    check_same_text();
    return check_done();
}
