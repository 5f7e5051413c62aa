/* Reports that arrive one at a time: stories, their steps, and the state as bytes. */
#include "story/cool.h"

#include "base/buf.h"
#include "check.h"
#include "corrob.h"

static const char dam[] =
    "A dam on the Tesna river burst before dawn after four days of heavy rain, sending "
    "a wall of water through the town of Halvery and killing at least nine people, the "
    "emergency service said. Dozens of people were missing. The Orlesk dam, an earth "
    "embankment 34 metres high, gave way at 3:20 a.m., Colonel Brid Aske said.";
static const char dam_later[] =
    "The toll of the Orlesk dam burst above Halvery has risen to nineteen, Colonel "
    "Brid "
    "Aske of the emergency service said. The embankment on the Tesna river gave way "
    "after days of rain and a wall of water swept through the town.";
static const char strike[] =
    "Dockers in the port of Kellmouth walked out over pay, leaving forty ships at "
    "anchor. The union of harbour workers rejected an offer by the port authority, its "
    "leader Mara Quill said, and talks were broken off late in the evening.";
static const char strike_later[] =
    "Ships are still waiting off Kellmouth as dockers strike over pay. Mara Quill, who "
    "leads the union of harbour workers, said no offer by the port authority was on "
    "the "
    "table, and talks would not be resumed.";

struct arrival {
    const char *title, *text, *published;
    uint32_t story;
    enum step_kind step;
};

static const struct arrival arrivals[] = {
    { "Dam bursts above Halvery", dam, "2031-05-06", 0, STEP_OPENED },
    { "Dockers walk out in Kellmouth", strike, "2031-05-06", 1, STEP_OPENED },
    { "Orlesk dam toll rises to nineteen", dam_later, "2031-05-06", 0, STEP_JOINED },
    { "Kellmouth dockers stay out", strike_later, "2031-05-07", 1, STEP_JOINED },
};

static uint32_t add(struct sorter *s, const struct arrival *a)
{
    struct told_words told = { str_from(a->title), str_from(a->text), { 0 }, false };

    instant_from_iso(str_from(a->published), &told.published);
    return sorter_add(s, &told);
}

static bool put(void *context, const void *bytes, size_t len)
{
    buf_str(context, (struct str){ bytes, len });
    return true;
}

static struct str saved(struct arena *arena, const struct sorter *s)
{
    struct buf b = buf_new(arena, SIZE_MAX);

    CHECK(sorter_save(s, put, &b), "saved");
    return buf_view(&b);
}

static void arrivals_make_stories(void)
{
    struct sorter *s = sorter_new();

    for (uint32_t i = 0; i < COUNT(arrivals); i++) {
        uint32_t r = add(s, &arrivals[i]);

        CHECK(r == i, "report %u is %u", i, r);
        CHECK(sorter_story(s, r) == arrivals[i].story, "report %u in story %u", i,
              sorter_story(s, r));
        CHECK(s->steps == 1 && s->step[0].kind == arrivals[i].step &&
                  s->step[0].report == r && s->step[0].story == arrivals[i].story,
              "report %u: %u steps, kind %d", i, s->steps, (int)s->step[0].kind);
    }
    sorter_free(s);
}

/* A sorter that is saved after any report goes on as the one that was not. */
static void state_survives(void)
{
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (uint32_t stop = 0; stop <= COUNT(arrivals); stop++) {
        struct sorter *s = sorter_new(), *loaded;
        struct str a, b;
        struct err err;

        for (uint32_t i = 0; i < stop; i++)
            add(s, &arrivals[i]);
        a = saved(&arena, s);
        loaded = sorter_load(a, &err);
        CHECK(loaded, "loaded after %u", stop);
        if (!loaded) {
            sorter_free(s);
            continue;
        }
        for (uint32_t i = stop; i < COUNT(arrivals); i++) {
            add(s, &arrivals[i]);
            add(loaded, &arrivals[i]);
        }
        a = saved(&arena, s);
        b = saved(&arena, loaded);
        CHECK(str_eq(a, b), "the same after %u", stop);
        sorter_free(s);
        sorter_free(loaded);
    }
    arena_release(&arena);
}

/* Reports enough that lists are full and terms are forgotten that a report still has. */
static void put_crowd(struct sorter *s, uint32_t from, uint32_t to)
{
    static const char *const what[] = { "ferry",  "harbour", "strike", "flood",
                                        "bridge", "market",  "mine",   "railway" };

    for (uint32_t i = from; i < to; i++) {
        char title[80], text[240], day[24];
        struct arrival a = { title, text, day, 0, STEP_OPENED };

        snprintf(title, sizeof title, "%s of Dunmora %u", what[i % 8], i / 3);
        snprintf(text, sizeof text,
                 "The %s in Dunmora near the %s was closed, officer Kelstead%u said. "
                 "Some %u people of Velgrad%u waited at the %s of Tessask%u.",
                 what[i % 8], what[i / 8 % 8], i, i + 7, i / 5, what[i / 3 % 8],
                 i % 50);
        snprintf(day, sizeof day, "2031-%02u-%02u", 1 + i / 28, 1 + i % 28);
        add(s, &a);
    }
}

static struct sorter *reloaded(struct arena *arena, const struct sorter *s)
{
    struct err err = { 0 };
    struct sorter *loaded = sorter_load(saved(arena, s), &err);

    CHECK(loaded, "loaded: %s", err.detail);
    return loaded;
}

static void crowded_state_survives(void)
{
    struct sorter *s = sorter_new(), *loaded;
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    s->vocabulary.limit = s->vocabulary.count + 100;
    put_crowd(s, 0, 180);
    CHECK(s->vocabulary.reports < 180, "terms were forgotten");
    sorter_rest(s, 22350); /* 2031-03-12 */
    put_crowd(s, 180, 260);
    loaded = reloaded(&arena, s);
    if (loaded) {
        CHECK(str_eq(saved(&arena, s), saved(&arena, loaded)), "the same bytes");
        put_crowd(s, 260, 330);
        put_crowd(loaded, 260, 330);
        CHECK(str_eq(saved(&arena, s), saved(&arena, loaded)), "the same afterwards");
    }
    sorter_free(s);
    sorter_free(loaded);
    arena_release(&arena);
}

/* Each byte changed, each cut: refused, not believed. */
static void damage_is_seen(void)
{
    struct arena arena;
    struct sorter *s = sorter_new();
    struct str bytes;
    char *copy;

    arena_init(&arena, SIZE_MAX);
    add(s, &arrivals[0]);
    bytes = saved(&arena, s);
    copy = NEW(&arena, char, bytes.len);
    for (size_t i = 0; i < bytes.len; i += 97) {
        struct err err;
        struct sorter *loaded;

        memcpy(copy, bytes.ptr, bytes.len);
        copy[i] ^= 4;
        loaded = sorter_load((struct str){ copy, bytes.len }, &err);
        CHECK(!loaded, "byte %zu changed", i);
        sorter_free(loaded);
        loaded = sorter_load(str_slice(bytes, 0, i), &err);
        CHECK(!loaded, "cut at %zu", i);
        sorter_free(loaded);
    }
    sorter_free(s);
    arena_release(&arena);
}

static void old_stories_rest(void)
{
    struct sorter *s = sorter_new();
    struct arrival late = arrivals[2];

    add(s, &arrivals[0]);
    sorter_rest(s, 30000);
    late.published = "2052-05-09";
    CHECK(sorter_story(s, add(s, &late)) == 1, "a resting story takes no report");
    CHECK(sorter_story(s, 0) == 0 && s->chain[0].count == 1, "but keeps its own");
    sorter_free(s);
}

/* Reports on nothing in particular, so many that earlier stories go cold. */
static void pass_time(struct sorter *s, uint32_t chunks)
{
    for (uint32_t i = 0; i < chunks * CHUNK; i++) {
        char title[80], text[80], day[24];
        struct arrival a = { title, text, day, 0, STEP_OPENED };
        uint32_t n = s->reports;

        snprintf(title, sizeof title, "Notice %u of Marrow%u", n, n);
        snprintf(text, sizeof text, "Notice %u of Marrow%u for Pell%u and Tor%u.", n, n,
                 n, n * 7);
        snprintf(day, sizeof day, "2031-05-%02u", 8 + n / CHUNK);
        add(s, &a);
    }
}

static struct sorter *quick_sorter(uint32_t reports)
{
    struct sorter *s = sorter_new();

    s->pace = (struct pace){ .cool_reports = CHUNK,
                             .cool_days = 1,
                             .hot_reports = 8 * CHUNK,
                             .cold_reports = 6 * CHUNK };
    for (uint32_t i = 0; i < reports; i++)
        add(s, &arrivals[i]);
    return s;
}

static const char dam_elsewhere[] =
    "A dam burst after days of heavy rain, sending a wall of water through a town "
    "before "
    "dawn and killing people, the emergency service said. Dozens were missing. The "
    "earth "
    "embankment, high above the river, gave way, an officer said.";

static void cold_stories_wake(void)
{
    struct sorter *s = quick_sorter(1);
    struct arrival late = { "Dam bursts above Halvery", dam, "2031-05-12", 0,
                            STEP_JOINED };
    CHECK(sorter_slip(s, 0)->view.marks > 2 * GIST_MARKS, "hot");
    pass_time(s, 4);
    CHECK(s->cooled > 0 && s->rested == 0, "%u chunks are cold", s->cooled);
    CHECK(sorter_slip(s, 0)->view.marks == 2 * GIST_MARKS, "%u marks are left",
          sorter_slip(s, 0)->view.marks);
    CHECK(sorter_story(s, add(s, &late)) == 0, "what it has kept wakes the story");
    CHECK(s->chain[0].latest == s->reports - 1, "it has a latest report again");
    pass_time(s, 8);
    CHECK(s->rested > 4, "%u chunks rest", s->rested);
    CHECK(!sorter_slip(s, 0)->view.mark, "no marks are left");
    CHECK(sorter_story(s, add(s, &late)) != 0, "a resting story takes no report");
    CHECK(sorter_story(s, 0) == 0 && s->chain[0].count == 2, "but keeps its own");
    sorter_free(s);
}

static void cold_stories_take_no_likeness(void)
{
    struct sorter *s = quick_sorter(1);
    struct arrival other = { "Dam bursts", dam_elsewhere, "2031-05-13", 0,
                             STEP_OPENED };

    pass_time(s, 4);
    CHECK(sorter_story(s, add(s, &other)) != 0, "a like report opens a story");
    sorter_free(s);
}

/* What is saved while stories are hot, cold or at rest goes on the same. */
static void cold_state_survives(void)
{
    struct sorter *s = quick_sorter(COUNT(arrivals));
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (int i = 0; i < 4; i++) {
        struct sorter *loaded = reloaded(&arena, s);

        if (!loaded)
            break;
        loaded->pace = s->pace;
        for (uint32_t k = 0; k < COUNT(arrivals); k++) {
            add(s, &arrivals[k]);
            add(loaded, &arrivals[k]);
        }
        pass_time(s, 3);
        pass_time(loaded, 3);
        CHECK(str_eq(saved(&arena, s), saved(&arena, loaded)), "the same after %u",
              s->reports);
        sorter_free(loaded);
    }
    sorter_free(s);
    arena_release(&arena);
}

/* Memory hangs on what is hot, not on all that ever came. */
static void memory_is_given_back(void)
{
    struct sorter *s = quick_sorter(COUNT(arrivals)),
                  *hot = quick_sorter(COUNT(arrivals));

    hot->pace = default_pace;
    pass_time(s, 10);
    pass_time(hot, 10);
    CHECK(sorter_memory(s) < sorter_memory(hot) - 4 * CHUNK * 200, "%zu of %zu bytes",
          sorter_memory(s), sorter_memory(hot));
    sorter_free(s);
    sorter_free(hot);
}

static void public_doors(void)
{
    struct corrob_sorter *s;
    struct corrob_told told = { "Dam bursts", dam, sizeof dam - 1, "2031-05-06", NULL };
    struct corrob_step step[CORROB_STEPS_MAX];
    uint32_t report = 7, member = 7;

    CHECK(corrob_sorter_open(&s) == CORROB_OK, "opened");
    CHECK(corrob_sorter_add(s, &told, &report) == CORROB_OK && report == 0, "added");
    CHECK(corrob_sorter_steps(s, step, CORROB_STEPS_MAX) == 1 &&
              step[0].kind == CORROB_OPENED && step[0].story == 0 &&
              step[0].other == CORROB_NONE,
          "one step");
    CHECK(corrob_sorter_members(s, 0, &member, 1) == 1 && member == 0, "its member");
    CHECK(corrob_sorter_members(s, 9, &member, 1) == 0, "no such story");
    CHECK(corrob_sorter_story(s, 9) == CORROB_NONE, "no such report");
    told.published = "yesterday";
    CHECK(corrob_sorter_add(s, &told, &report) == CORROB_FAILED &&
              corrob_sorter_message(s)[0],
          "no date");
    told.published = NULL;
    told.text = "caf\xe9";
    told.text_len = 4;
    CHECK(corrob_sorter_add(s, &told, &report) == CORROB_FAILED, "no UTF-8");
    CHECK(corrob_sorter_reports(s) == 1, "refused reports have no number");
    corrob_sorter_close(s);
    CHECK(corrob_sorter_load(&s, "corrobS\n", 8) == CORROB_FAILED &&
              corrob_sorter_message(s)[0],
          "no state");
    corrob_sorter_close(s);
}

/* The latest whole date of a text stands in for the date that its report lacks. */
static void texts_name_days(void)
{
    static const struct {
        const char *text;
        int32_t year, month, day; /* 0: none */
    } named[] = {
        { "The dam above Halvery burst on May 6, 2031, the inquiry found.", 2031, 5,
          6 },
        { "Built on 3rd September 1988, it burst on 6 May 2031.", 2031, 5, 6 },
        { "Posted Tue., May 6th 2031 by the Courier.", 2031, 5, 6 },
        { "On May 6 the dam burst; 2031 people fled.", 0, 0, 0 },
        { "The dam burst in May 2031.", 0, 0, 0 },
        { "The form was dated 31 February 2031.", 0, 0, 0 },
        { "The mayor: 6, 2031 of them new.", 0, 0, 0 },
    };
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < COUNT(named); i++) {
        struct vocabulary v = vocabulary_new(&arena);
        struct told_words told = { .text = str_from(named[i].text) };
        struct view view = view_of_words(&arena, &arena, &v, &told);
        int32_t want = named[i].year
                           ? date_from_civil(named[i].year, (uint32_t)named[i].month,
                                             (uint32_t)named[i].day)
                           : DATE_NONE;

        CHECK(view.named == want && view.day == DATE_NONE, "%s", named[i].text);
        vocabulary_release(&v);
    }
    arena_release(&arena);
}

/* Days of the week that an opening tells, from Monday. */
static void openings_tell_days(void)
{
    static const struct {
        const char *text;
        unsigned days;
    } told[] = {
        { "The dam burst on Tuesday, officials said. By Sunday the town was dry.",
          0x42 },
        { "Shops shut on Mondays, the guild said.", 0x01 },
        { "Nothing happened in Halvery all week.", 0x00 },
    };
    struct arena arena;

    arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < COUNT(told); i++) {
        struct vocabulary v = vocabulary_new(&arena);
        struct told_words words = { .text = str_from(told[i].text) };

        CHECK(view_of_words(&arena, &arena, &v, &words).weekdays == told[i].days, "%s",
              told[i].text);
        vocabulary_release(&v);
    }
    arena_release(&arena);
}

/* Undated look-alikes whose texts name days far apart are less one than others. */
static void named_days_part(void)
{
    static const char *const texts[] = {
        "The port of Kellmouth was shut by a strike of dockers on 6 May 2031, its "
        "authority said.",
        "Dockers on strike shut the port of Kellmouth on 7 May 2031, the authority of "
        "the port said.",
        "Dockers on strike shut the port of Kellmouth on 7 May 2029, the authority of "
        "the port said.",
    };
    struct arena arena;
    struct vocabulary v;
    struct view view[3];

    arena_init(&arena, SIZE_MAX);
    v = vocabulary_new(&arena);
    for (int i = 0; i < 3; i++) {
        struct told_words told = { .text = str_from(texts[i]) };

        view[i] = view_of_words(&arena, &arena, &v, &told);
    }
    CHECK(pair_model_of(&view[0], &view[1]) == MODEL_UNDATED, "undated");
    CHECK(pair_logit(pair_models, &view[0], &view[1]) >
              pair_logit(pair_models, &view[0], &view[2]),
          "the same May is nearer than another year's");
    vocabulary_release(&v);
    arena_release(&arena);
}

int main(void)
{
    texts_name_days();
    named_days_part();
    openings_tell_days();
    arrivals_make_stories();
    state_survives();
    crowded_state_survives();
    damage_is_seen();
    old_stories_rest();
    cold_stories_wake();
    cold_stories_take_no_likeness();
    cold_state_survives();
    memory_is_given_back();
    public_doors();
    return check_done();
}
