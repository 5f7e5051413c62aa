#include "stream.h"

#include <stdio.h>

#define FIRST_DAY 20000
#define WARM_DAYS \
    9u /* before the first report, so that the first day has old stories */
#define REPORTS_A_STORY 3.3
#define PLACES 300u
#define TOPICS 400u
#define TOPIC_WORDS 40u
#define PEOPLE 5u

uint64_t made_next(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random >> 11;
}

void made_word(struct made *m, uint64_t n, bool name)
{
    static const char syllables[][4] = { "ba",  "den", "kor", "li",  "mas", "no",
                                         "pel", "ru",  "sha", "tin", "vo",  "wer",
                                         "zu",  "gar", "hem", "jo" };
    size_t start = m->len;

    for (int i = 0; i < 3 || n > 0; i++, n /= 16)
        for (const char *s = syllables[n % 16]; *s; s++)
            m->text[m->len++] = *s;
    if (name)
        m->text[start] = ascii_upper(m->text[start]);
    m->text[m->len++] = ' ';
}

uint64_t made_common(struct made *m)
{
    double u = (double)(made_next(&m->random) % 1000000) / 1e6;
    uint64_t n = 1;

    for (double reach = 1; reach < 20000 && u > 0.07; reach *= 2, u -= 0.065)
        n = n * 2 + made_next(&m->random) % 2;
    return n;
}

/* What is the same in all reports of a story: a number below `below` for each purpose. */
static uint32_t trait(uint32_t story, uint32_t purpose, uint32_t below)
{
    uint64_t h =
        ((uint64_t)story << 8 | purpose) * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u;

    h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
    h = (h ^ h >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)((h ^ h >> 31) % below);
}

/* The same, low ones more often: capitals are in the news each day. */
static uint32_t low_trait(uint32_t story, uint32_t purpose, uint32_t below)
{
    return trait(story, purpose, 1 + trait(story, purpose + 1, below));
}

static void put_place(struct made *m, uint32_t story)
{
    made_word(m, 200000 + 17 * low_trait(story, 1, PLACES), true);
}

static void put_topic_word(struct made *m, uint32_t story)
{
    uint32_t topic = low_trait(story, 3, TOPICS);

    made_word(m, 30000 + topic * TOPIC_WORDS + made_next(&m->random) % TOPIC_WORDS,
              false);
}

static void put_own_word(struct made *m, uint32_t story)
{
    uint32_t which = 100 + (uint32_t)(made_next(&m->random) % 12);

    made_word(m, 40000 + trait(story, which, 50000), false);
}

static void put_person(struct made *m, uint32_t story)
{
    uint32_t who = 10 + 2 * (uint32_t)(made_next(&m->random) % PEOPLE);

    if (made_next(&m->random) % 2)
        made_word(m, 300000 + trait(story, who, 300), true);
    made_word(m, 400000 + trait(story, who + 1, 80000), true);
}

static void put_toll(struct made *m, uint32_t story)
{
    m->len += (size_t)snprintf(m->text + m->len, 12, "%u ", 2 + trait(story, 7, 60));
    put_topic_word(m, story);
}

/* Somebody who has nothing to do with it: whom the report quotes. */
static void put_stranger(struct made *m)
{
    made_word(m, 300000 + made_next(&m->random) % 300, true);
    made_word(m, 400000 + made_next(&m->random) % 80000, true);
}

static void put_piece(struct made *m, uint32_t story, uint64_t pick)
{
    if (pick < 4)
        put_person(m, story);
    else if (pick < 7)
        put_place(m, story);
    else if (pick < 8)
        put_toll(m, story);
    else if (pick < 16)
        put_topic_word(m, story);
    else if (pick < 22)
        put_own_word(m, story);
    else if (pick < 24)
        put_stranger(m);
    else
        made_word(m, made_common(m), false);
}

static void make_report(struct stream *t, uint32_t story)
{
    struct made *m = &t->text;

    t->title.len = m->len = 0;
    put_place(&t->title, story);
    for (int i = 0; i < 7; i++)
        put_piece(&t->title, story, made_next(&t->title.random) % 40);
    for (uint32_t i = 0; m->len < TEXT_BYTES - 40; i++) {
        put_piece(m, story, made_next(&m->random) % 100);
        if (i % 18 == 17) {
            m->text[m->len - 1] = '.';
            m->text[m->len++] = ' ';
        }
    }
}

static uint32_t story_size(uint64_t *random)
{
    uint64_t pick = made_next(random) % 100;

    if (pick < 50)
        return 1;
    if (pick < 70)
        return 2;
    if (pick < 90)
        return 3 + (uint32_t)(made_next(random) % 4);
    return pick < 97 ? 7 + (uint32_t)(made_next(random) % 6)
                     : 13 + (uint32_t)(made_next(random) % 28);
}

/* Days after the first report. */
static uint32_t delay(uint64_t *random, uint32_t size)
{
    uint64_t pick = made_next(random) % 100;

    if (pick < 55)
        return 0;
    if (pick < 80)
        return 1;
    return pick < 92 || size < 7 ? 2 : 3 + (uint32_t)(made_next(random) % 5);
}

static void plan(struct stream *t, uint32_t after)
{
    *PUSH(t->arena, &t->plan[(t->day + after) % STREAM_DAYS]) = t->stories;
}

static void open_stories(struct stream *t)
{
    for (double left = t->a_day / REPORTS_A_STORY; left >= 1; left--) {
        uint32_t size = story_size(&t->random);

        plan(t, 0);
        for (uint32_t i = 1; i < size; i++)
            plan(t, delay(&t->random, size));
        if (made_next(&t->random) % 40 == 0)
            plan(t, 21 + (uint32_t)(made_next(&t->random) % 70));
        t->stories++;
    }
}

static void shuffle(struct stream *t, struct planned *p)
{
    for (uint32_t i = p->count; i > 1; i--) {
        uint32_t k = (uint32_t)(made_next(&t->random) % i), story = p->at[k];

        p->at[k] = p->at[i - 1];
        p->at[i - 1] = story;
    }
}

static void start_day(struct stream *t)
{
    t->day++;
    open_stories(t);
    shuffle(t, &t->plan[t->day % STREAM_DAYS]);
    t->done = 0;
}

struct stream *stream_new(struct arena *arena, uint32_t a_day)
{
    struct stream *t = NEW(arena, struct stream, 1);

    t->arena = arena;
    t->a_day = a_day;
    t->random = 88172645463325252u;
    t->title.random = 3141592653589793u;
    t->text.random = 2718281828459045u;
    while (t->day < WARM_DAYS) {
        t->plan[t->day % STREAM_DAYS].count = 0;
        start_day(t);
    }
    return t;
}

uint32_t stream_next(struct stream *t, struct told_words *told)
{
    struct planned *p = &t->plan[t->day % STREAM_DAYS];
    uint32_t story;

    while (t->done == p->count) {
        p->count = 0;
        start_day(t);
        p = &t->plan[t->day % STREAM_DAYS];
    }
    story = p->at[t->done];
    make_report(t, story);
    *told = (struct told_words){
        .title = { t->title.text, t->title.len },
        .text = { t->text.text, t->text.len },
        .published = { .day = (int32_t)(FIRST_DAY + t->day),
                       .second = (int32_t)((uint64_t)t->done * 86400 / p->count),
                       .precision = INSTANT_DAY },
    };
    t->done++;
    return story;
}
