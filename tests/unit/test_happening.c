/* The scorer of two tellings: words akin, heads, bags, and cases of one and of two. */
#include <math.h>

#include "base/buf.h"
#include "base/io.h"
#include "check.h"
#include "story/happening.h"
#include "story/head_word.h"

#define FILE_LIMIT ((size_t)1 << 20)

static float kin(const char *a, const char *b)
{
    return kin_likeness(kin_find(str_from(a)), kin_find(str_from(b)));
}

static void check_kin(void)
{
    CHECK(kin("die", "death") > 0.5F, "die, death: %f", (double)kin("die", "death"));
    CHECK(kin("arrest", "arrest") > 0.95F, "a word and itself");
    CHECK(kin("acquire", "acquisition") > 0.3F, "what is derived");
    CHECK(kin("heist", "robbery") > 0.2F, "what is a kind of");
    CHECK(kin("die", "negotiate") < 0.05F, "die, negotiate");
    CHECK(kin("velmora", "die") <= 0, "a word that nobody knows");
    CHECK(kin_find(STR("")).ways == 0, "no word");
}

static void check_heads(void)
{
    CHECK(str_eq(head_lemma(STR("shot")), STR("shoot")), "shot");
    CHECK(str_eq(head_lemma(STR("deaths")), STR("death")), "deaths");
    CHECK(str_eq(head_lemma(STR("velmora")), STR("velmora")), "an unknown word");
    CHECK(head_stem(STR("negotiate")) != head_stem(STR("arrest")), "two stems");
    CHECK(head_stem(STR("explosion")) == head_stem(STR("explosions")), "one stem");
    CHECK(word_is_particle(STR("into")) && word_is_particle(STR("up")), "particles");
    CHECK(!word_is_particle(STR("arrest")), "no particle");
    CHECK(word_leaves_open(STR("may")) && word_leaves_open(STR("not")), "open");
    CHECK(!word_leaves_open(STR("the")), "not open");
}

static void check_bags(struct arena *arena)
{
    struct bag a = bag_new(arena, 3), b = bag_new(arena, 3), none = bag_new(arena, 0);

    bag_put(&a, 7, 3);
    bag_put(&a, 5, 4);
    bag_put(&b, 5, 4);
    bag_put(&b, 5, 4);
    bag_close(&a);
    bag_close(&b);
    bag_close(&none);
    CHECK(a.count == 2 && b.count == 1 && a.at[0].key == 5, "each word once, by key");
    CHECK(fabsf(bag_cosine(&a, &b) - 0.8F) < 1e-5F, "%f", (double)bag_cosine(&a, &b));
    CHECK(bag_share(&a, &b) > 0.55F && bag_share(&a, &a) > 0.99F, "shares");
    CHECK(bag_cosine(&a, &none) <= 0 && bag_share(&none, &none) <= 0, "an empty bag");
}

struct report {
    struct page page;
    struct article article;
    struct sentence sentence;
    struct text text;
    struct facts facts;
    struct span head;
};

/* A report of one sentence, its head taken out of the brackets. */
static void make_report(struct arena *arena, struct str words, struct report *r)
{
    size_t open = str_find_char(words, '['), close = str_find_char(words, ']');
    struct buf b = buf_new(arena, 4096);

    buf_str(&b, str_slice(words, 0, open));
    buf_str(&b, str_slice(words, open + 1, close));
    buf_str(&b, str_after(words, close + 1));
    *r = (struct report){ .page = { .id = STR("id") } };
    r->article = (struct article){ .page = &r->page, .text = buf_view(&b) };
    r->sentence.end = (uint32_t)r->article.text.len;
    r->text.article = &r->article;
    r->text.sentence.at = &r->sentence;
    r->text.sentence.count = 1;
    r->facts.text = &r->text;
    r->head = (struct span){ (uint32_t)open, (uint32_t)(close - 1) };
}

static void check_case(struct arena *arena, struct str line)
{
    bool one = str_starts(line, STR("one: "));
    struct str rest = str_after(line, 5), words;
    const struct facts *facts[2];
    struct report report[2];
    struct vocabulary v = vocabulary_new(arena);
    struct happenings *h;
    struct happening a, b;
    float odds, back;

    for (int i = 0; i < 2; i++) {
        str_split(&rest, '|', &words);
        make_report(arena, str_trim(words), &report[i]);
        facts[i] = &report[i].facts;
    }
    h = happenings_of(arena, &v, facts, 2);
    a = happening_at(h, 0, report[0].head, HEAD_LAST);
    b = happening_at(h, 1, report[1].head, HEAD_LAST);
    odds = happening_logit(h, &a, &b);
    back = happening_logit(h, &b, &a);
    CHECK(one ? odds > 0 : odds < -1, "%.2f: %.*s", (double)odds, STR_ARG(line));
    CHECK(fabsf(odds - back) < 0.01F, "%f and back %f", (double)odds, (double)back);
    vocabulary_release(&v);
}

int main(void)
{
    struct arena arena;
    struct str text, line;
    struct err err;

    arena_init(&arena, SIZE_MAX);
    check_kin();
    check_heads();
    check_bags(&arena);
    if (!io_read_file(&arena, "tests/cases/happening.txt", FILE_LIMIT, &text, &err))
        CHECK(false, "%s", err.detail);
    else
        while (str_split(&text, '\n', &line))
            if (line.len > 0 && *line.ptr != '#')
                check_case(&arena, line);
    arena_release(&arena);
    return check_done();
}
