/* report_fixture.h - a situation filled by hand, for the tests of the reports.
 *
 * Country, people, outlets and texts are invented.  It has each standing, each form of
 * interval and statement, a copied text, a report in Spanish, an expected and a denied
 * event, an input that failed, and a page that tries to smuggle markup.
 */
#ifndef CORROB_TESTS_REPORT_FIXTURE_H
#define CORROB_TESTS_REPORT_FIXTURE_H

#include <stdlib.h>

#include "base/arena.h"
#include "story/story.h"

#define FIXTURE_REPORTS 7

struct fixture {
    struct arena *arena;
    struct facts *facts[FIXTURE_REPORTS];
    struct text *text[FIXTURE_REPORTS];
    struct article *article[FIXTURE_REPORTS];
    uint32_t reports;
    struct situation s;
    int32_t monday; /* 5 March 2029 */
};

/* Sentences end at ". ", ".” " and at the ends of paragraphs: enough for these texts. */
static inline bool fixture_ends(struct str s, size_t i)
{
    struct str rest = str_after(s, i);

    return str_starts(rest, STR(". ")) || str_starts(rest, STR("\n\n")) ||
           rest.len == 1;
}

static inline void fixture_sentences(struct fixture *f, struct text *t)
{
    struct str s = t->article->text;
    uint32_t start = 0, paragraph = 0;

    for (size_t i = 0; i < s.len; i++) {
        bool gap = str_starts(str_after(s, i), STR("\n\n"));

        if (!fixture_ends(s, i))
            continue;
        *PUSH(f->arena, &t->sentence) = (struct sentence){
            .start = start,
            .end = (uint32_t)(gap ? i : i + 1),
            .paragraph = paragraph,
        };
        start = (uint32_t)i + 2;
        paragraph += gap;
        i += 1;
    }
}

struct fixture_report {
    const char *input, *outlet, *title, *url, *language, *published, *byline, *text;
};

static inline uint32_t fixture_report(struct fixture *f, struct fixture_report r)
{
    struct page *page = NEW(f->arena, struct page, 1);
    struct article *a = NEW(f->arena, struct article, 1);
    struct text *t = NEW(f->arena, struct text, 1);
    struct facts *facts = NEW(f->arena, struct facts, 1);

    page->input = str_from(r.input);
    page->id = str_from(r.input);
    a->page = page;
    a->outlet = str_from(r.outlet);
    a->title = str_from(r.title);
    a->url = str_from(r.url);
    a->language = str_from(r.language);
    a->text = str_from(r.text);
    if (r.byline)
        *PUSH(f->arena, &a->byline) = str_from(r.byline);
    if (instant_from_iso(str_from(r.published), &a->published))
        a->published_from = DATE_FROM_META;
    t->article = a;
    fixture_sentences(f, t);
    facts->text = t;
    f->text[f->reports] = t;
    f->article[f->reports] = a;
    f->facts[f->reports] = facts;
    return f->reports++;
}

/* The place of words in a report; they must be there. */
static inline struct span fixture_span(const struct fixture *f, uint32_t report,
                                       const char *words)
{
    struct str text = f->text[report]->article->text;
    size_t at = str_find(text, str_from(words));

    if (at == STR_NPOS) {
        fprintf(stderr, "fixture: \"%s\" is not in report %u\n", words, report);
        abort();
    }
    return (struct span){ (uint32_t)at, (uint32_t)(at + strlen(words)) };
}

static inline uint32_t fixture_sentence(const struct fixture *f, uint32_t report,
                                        struct span span)
{
    const struct text *t = f->text[report];

    for (uint32_t i = 0; i < t->sentence.count; i++)
        if (t->sentence.at[i].start <= span.start && span.start < t->sentence.at[i].end)
            return i;
    abort();
}

static inline struct evidence *fixture_cite(struct fixture *f, struct finding *to,
                                            uint32_t report, const char *words,
                                            const char *claimant)
{
    struct evidence *e = PUSH(f->arena, &to->evidence);
    struct span span = fixture_span(f, report, words);

    *e = (struct evidence){
        .report = report,
        .start = span.start,
        .end = span.end,
        .sentence = fixture_sentence(f, report, span),
        .claimant = str_from(claimant),
        .fact = FACT_NONE,
    };
    return e;
}

/* The same for a figure, whose number words stand in the cited words. */
static inline struct figure *fixture_count(struct fixture *f, struct finding *to,
                                           uint32_t report, const char *words,
                                           const char *number, const char *claimant)
{
    struct evidence *e = fixture_cite(f, to, report, words, claimant);
    struct figure *figure = PUSH(f->arena, &f->facts[report]->figure);
    struct str said = str_slice(f->text[report]->article->text, e->start, e->end);
    size_t at = str_find(said, str_from(number));

    if (at == STR_NPOS)
        abort();
    e->fact = f->facts[report]->figure.count - 1;
    figure->start = e->start;
    figure->end = e->end;
    figure->low = to->figure.low;
    figure->high = to->figure.high;
    figure->num_start = e->start + (uint32_t)at;
    figure->num_end = figure->num_start + (uint32_t)strlen(number);
    return figure;
}

static inline struct finding *fixture_finding(struct fixture *f, uint32_t story,
                                              enum finding_kind kind,
                                              enum status status, const char *summary)
{
    struct finding *n = PUSH(f->arena, &f->s.story.at[story].findings);

    n->kind = kind;
    n->status = status;
    n->summary = str_from(summary);
    n->superseded_by = FACT_NONE;
    n->origins = 1;
    n->claimants = 1;
    n->figure.day = n->figure.as_of = DATE_NONE;
    n->figure.period_begin = n->figure.period_end = DATE_NONE;
    n->event.day = n->event.end_day = DATE_NONE;
    return n;
}

struct fixture_count {
    enum measure measure;
    const char *class_name;
    int64_t low, high;
    const char *op;
};

static inline struct finding *fixture_figure(struct fixture *f, enum status status,
                                             const char *summary,
                                             struct fixture_count c)
{
    struct finding *n = fixture_finding(f, 0, FINDING_FIGURE, status, summary);

    n->figure.measure = c.measure;
    n->figure.class_name = str_from(c.class_name);
    n->figure.low = n->figure.shown_low = c.low;
    n->figure.high = n->figure.shown_high = c.high;
    n->figure.op = str_from(c.op);
    return n;
}

static const char fixture_wire[] =
    "At least nine people were killed when a ferry capsized off Greve on Monday, the "
    "coast guard said. Dozens were missing.\n\n"
    "The coast guard said about 340 passengers had been aboard. Three of the dead were "
    "children.\n\n"
    "\"We are looking for every one of them. We will not stop at nightfall,\" Captain "
    "Ilva Morn, who leads the search, told reporters. President Dorn Hale is expected "
    "in "
    "Greve on Wednesday.\n\n"
    "A ferry sank on the same route in 1994, killing 61 people.";

static const char fixture_courier[] =
    "The coast guard raised its count to 23 dead on Tuesday. The hospital in Greve "
    "said "
    "it had received 41 bodies.\n\n"
    "More than 3,000 people searched the shore, the mayor said. Up to 60 people were "
    "still missing, according to the coast guard.\n\n"
    "Harbour master Pell Anson denied that the ship had left port overloaded. \"She "
    "was "
    "within her limits,\" he said.\n\n"
    "The operator, Sundline, suspended all sailings on Tuesday.";

static const char fixture_herald[] =
    "Hospital officials in Greve put the dead at 41. Survivors said the ferry was "
    "overloaded.\n\n"
    "Sundline stopped its other ferries on Tuesday, port workers said. Between 20 and "
    "30 "
    "crew & staff were questioned.\n\n"
    "The coast guard counted 14 passengers and nine sailors among the dead.";

static inline void fixture_texts(struct fixture *f)
{
    static const char copy[] = "At least nine persons were killed when a ferry "
                               "capsized off Greve on Monday, the "
                               "coast guard said. Dozens were missing.";
    static const char hostile[] = "Prices for bread & milk <b>rose</b> by 4 percent. "
                                  "It's \"normal\", a trader said.";
    const struct fixture_report reports[FIXTURE_REPORTS] = {
        { "in/wire.txt", "Strand News Agency", "Ferry capsizes off Greve, nine dead",
          "https://strand.example/wire?a=1&b=2", "en", "2029-03-05T14:10:00+02:00",
          "Ana Fell", fixture_wire },
        { "in/herald-1.html", "Greve Herald", "Nine dead in ferry accident",
          "http://herald.example/1", "en", "2029-03-05T15:00:00+02:00", NULL, copy },
        { "in/courier.html", "Cape Courier", "Ferry toll: coast guard 23, hospital 41",
          "https://courier.example/ferry", "en", "2029-03-06T18:30:00Z", "Jon Teal",
          fixture_courier },
        { "in/herald-2.html", "Greve Herald", "Hospital counts 41 dead",
          "javascript:alert(1)", "en", "2029-03-06", NULL, fixture_herald },
        { "in/diario.html", "Diario del Cabo",
          "Se hunde un transbordador frente a Greve", "https://diario.example/", "es",
          "2029-03-06", NULL, "Un transbordador se hundió el lunes frente a Greve." },
        { "in/<evil> \"page\".html", "", "</title><script>alert('x')</script>",
          "https://x.example/\" onclick=\"alert(1)", "en", "", NULL, hostile },
        { "in/empty.txt", "Greve Herald", "", "", "", "", NULL, "" },
    };

    for (uint32_t i = 0; i < FIXTURE_REPORTS; i++)
        fixture_report(f, reports[i]);
}

static inline void fixture_stories(struct fixture *f)
{
    static const uint32_t origin_of[] = { 0, 0, 1, 2, 3 };
    struct story *one, *two, *three;
    struct origin *o;

    for (uint32_t i = 0; i < 3; i++)
        PUSH(f->arena, &f->s.story);
    one = &f->s.story.at[0];
    one->title = STR("Ferry capsizes off Greve");
    one->first_day = f->monday;
    one->last_day = f->monday + 1;
    for (uint32_t i = 0; i < 4; i++)
        PUSH(f->arena, &one->origins);
    for (uint32_t i = 0; i < 5; i++) {
        *PUSH(f->arena, &one->reports) = i;
        *PUSH(f->arena, &one->origins.at[origin_of[i]].reports) = i;
    }
    one->origins.at[0].why = STR("carries 97 % of the agency’s text");
    two = &f->s.story.at[1];
    two->title = STR("Bread <prices> & \"milk\"");
    two->first_day = two->last_day = DATE_NONE;
    *PUSH(f->arena, &two->reports) = 5;
    o = PUSH(f->arena, &two->origins);
    *PUSH(f->arena, &o->reports) = 5;
    three = &f->s.story.at[2];
    three->first_day = three->last_day = DATE_NONE;
    *PUSH(f->arena, &three->reports) = 6;
    o = PUSH(f->arena, &three->origins);
    *PUSH(f->arena, &o->reports) = 6;
}

static inline void fixture_copies(struct fixture *f)
{
    struct copy *c = PUSH(f->arena, &f->s.story.at[0].copies);
    struct passage *p;

    c->from = 0;
    c->to = 1;
    c->share = 0.97;
    p = PUSH(f->arena, &c->passages);
    p->from = (struct span){ 0, fixture_span(f, 0, "Dozens were missing.").end };
    p->to = (struct span){ 0, fixture_span(f, 1, "Dozens were missing.").end };
}

static inline void fixture_against(struct fixture *f, uint32_t a, uint32_t b)
{
    struct story *s = &f->s.story.at[0];

    *PUSH(f->arena, &s->findings.at[a].against) = b;
    *PUSH(f->arena, &s->findings.at[b].against) = a;
}

static inline void fixture_tolls(struct fixture *f)
{
    struct finding *n;

    n = fixture_figure(
        f, STATUS_SUPERSEDED,
        "at least nine people killed, according to the coast guard",
        (struct fixture_count){ MEASURE_KILLED, "people", 9, COUNT_OPEN, ">=9" });
    n->superseded_by = 1;
    n->figure.as_of = f->monday;
    fixture_count(f, n, 0, "At least nine people", "At least nine", "the coast guard");
    fixture_count(f, n, 1, "At least nine persons", "At least nine", "the coast guard");
    n = fixture_figure(
        f, STATUS_DISPUTED, "23 killed, according to the coast guard",
        (struct fixture_count){ MEASURE_KILLED, "people", 23, 23, "23" });
    n->figure.as_of = f->monday + 1;
    n->figure.place = STR("Greve");
    fixture_count(f, n, 2, "23 dead", "23", "the coast guard");
    fixture_count(f, n, 2, "41 bodies", "41", "the hospital in Greve");
    n->evidence.at[1].disputes = true;
    n = fixture_figure(
        f, STATUS_DISPUTED, "41 killed, according to the hospital in Greve",
        (struct fixture_count){ MEASURE_KILLED, "people", 41, 41, "41" });
    n->figure.as_of = f->monday + 1;
    n->origins = 2;
    fixture_count(f, n, 2, "41 bodies", "41", "the hospital in Greve");
    fixture_count(f, n, 3, "the dead at 41", "41", "hospital officials");
    fixture_against(f, 1, 2);
    n = fixture_figure(f, STATUS_SINGLE, "three children killed",
                       (struct fixture_count){ MEASURE_KILLED, "civilian", 3, 3, "3" });
    n->figure.group = STR("child");
    n->figure.subset = true;
    fixture_count(f, n, 0, "Three of the dead", "Three", "the coast guard");
    n = fixture_figure(
        f, STATUS_SINGLE, "14 passengers and nine sailors: 23 killed",
        (struct fixture_count){ MEASURE_KILLED, "people", 23, 23, "23" });
    n->figure.derived = true;
    fixture_count(f, n, 3, "14 passengers", "14", "the coast guard")->low = 14;
    fixture_count(f, n, 3, "nine sailors", "nine", "the coast guard")->low = 9;
    n = fixture_figure(
        f, STATUS_SINGLE, "61 people killed in 1994",
        (struct fixture_count){ MEASURE_KILLED, "people", 61, 61, "61" });
    n->figure.background = true;
    fixture_count(f, n, 0, "61 people", "61", NULL);
}

static inline void fixture_counts(struct fixture *f)
{
    struct finding *n;

    n = fixture_figure(
        f, STATUS_ATTESTED, "dozens missing, according to the coast guard",
        (struct fixture_count){ MEASURE_MISSING, "people", 24, 99, "dozens" });
    n->origins = 2;
    fixture_count(f, n, 0, "Dozens were missing", "Dozens", "the coast guard");
    n = fixture_figure(
        f, STATUS_SINGLE, "up to 60 missing",
        (struct fixture_count){ MEASURE_MISSING, "people", 1, 60, "<=60" });
    fixture_count(f, n, 2, "Up to 60 people", "Up to 60", "the coast guard");
    n = fixture_figure(
        f, STATUS_SINGLE, "more than 3,000 people searched the shore",
        (struct fixture_count){ MEASURE_CROWD, "people", 3001, COUNT_OPEN, ">3000" });
    fixture_count(f, n, 2, "More than 3,000 people", "More than 3,000", "the mayor");
    n = fixture_figure(
        f, STATUS_SINGLE, "about 340 passengers aboard",
        (struct fixture_count){ MEASURE_CROWD, "civilian", 306, 374, "~340" });
    n->figure.who = STR("passengers");
    fixture_count(f, n, 0, "about 340 passengers", "about 340", "the coast guard");
    n = fixture_figure(f, STATUS_SINGLE, "20 to 30 crew questioned",
                       (struct fixture_count){ MEASURE_OTHER, "", 20, 30, "20-30" });
    n->figure.who = STR("crew & staff");
    fixture_count(f, n, 3, "Between 20 and 30 crew & staff", "Between 20 and 30", NULL);
}

static inline void fixture_events(struct fixture *f)
{
    struct finding *n;

    n = fixture_finding(f, 0, FINDING_EVENT, STATUS_CORROBORATED,
                        "Sundline suspended all sailings");
    n->event.type = EVENT_RETREAT;
    n->event.day = f->monday + 1;
    n->origins = n->claimants = 2;
    fixture_cite(f, n, 2, "The operator, Sundline, suspended all sailings", NULL);
    fixture_cite(f, n, 3, "Sundline stopped its other ferries", "port workers");
    n = fixture_finding(f, 0, FINDING_EVENT, STATUS_SINGLE,
                        "President Dorn Hale visits Greve");
    n->event.type = EVENT_CONSULT;
    n->event.day = f->monday + 2;
    n->event.modality = MODALITY_EXPECTED;
    fixture_cite(f, n, 0, "President Dorn Hale is expected in Greve on Wednesday",
                 NULL);
    n = fixture_finding(f, 0, FINDING_EVENT, STATUS_ATTESTED,
                        "A ferry capsized off Greve");
    n->event.type = EVENT_INCIDENT;
    n->event.day = f->monday;
    n->origins = 2;
    fixture_cite(f, n, 0, "a ferry capsized off Greve on Monday", "the coast guard");
    fixture_cite(f, n, 1, "a ferry capsized off Greve on Monday", "the coast guard");
    n = fixture_finding(f, 0, FINDING_EVENT, STATUS_DISPUTED,
                        "The ship left port overloaded, denied by Pell Anson");
    n->event.type = EVENT_INCIDENT;
    n->event.modality = MODALITY_DENIED;
    fixture_cite(f, n, 2, "the ship had left port overloaded", "Pell Anson");
    fixture_cite(f, n, 3, "the ferry was overloaded", "survivors")->disputes = true;
    n = fixture_finding(f, 0, FINDING_EVENT, STATUS_SINGLE,
                        "A ferry sank on the same route");
    n->event.type = EVENT_INCIDENT;
    n->event.day = date_from_civil(1994, 6, 3);
    fixture_cite(f, n, 0, "A ferry sank on the same route in 1994", NULL);
}

static inline void fixture_said(struct fixture *f)
{
    struct finding *n;

    n = fixture_finding(f, 0, FINDING_STATEMENT, STATUS_SINGLE,
                        "Ilva Morn: “We are looking for every one of them. We will not "
                        "stop at nightfall”");
    n->statement.speaker = STR("Ilva Morn");
    n->statement.role = STR("head of the search");
    n->statement.form = STATEMENT_DIRECT;
    n->statement.text =
        STR("We are looking for every one of them. We will not stop at nightfall,");
    fixture_cite(f, n, 0,
                 "We are looking for every one of them. We will not stop at nightfall",
                 "Ilva Morn");
    n = fixture_finding(f, 0, FINDING_STATEMENT, STATUS_SINGLE,
                        "Pell Anson: “She was within her limits”");
    n->statement.speaker = STR("Pell Anson");
    n->statement.role = STR("harbour master");
    n->statement.text = STR("She was within her limits");
    fixture_cite(f, n, 2, "She was within her limits", "Pell Anson");
    n = fixture_finding(f, 0, FINDING_STATEMENT, STATUS_SINGLE,
                        "survivors: the ferry was overloaded");
    n->statement.form = STATEMENT_INDIRECT;
    n->statement.text = STR("the ferry was overloaded");
    fixture_cite(f, n, 3, "the ferry was overloaded", "survivors");
    n = fixture_finding(f, 1, FINDING_STATEMENT, STATUS_SINGLE, "It's \"normal\" <i>");
    n->statement.form = STATEMENT_MIXED;
    n->statement.speaker = STR("a \"trader\" <x>");
    n->statement.text = STR("It's \"normal\"");
    fixture_cite(f, n, 5, "It's \"normal\"", "a trader");
}

static inline void fixture_names(struct fixture *f)
{
    struct story *s = &f->s.story.at[0];

    *PUSH(f->arena, &s->actors) = (struct story_actor){
        { STR("Coast guard"), { 0 }, STR("XTA"), STR("GOV") }, ENTITY_ORGANIZATION, 9, 4
    };
    *PUSH(f->arena, &s->actors) =
        (struct story_actor){ { STR("Ilva Morn"), STR("head of the search"), STR("XTA"),
                                STR("GOV") },
                              ENTITY_PERSON,
                              2,
                              1 };
    *PUSH(f->arena,
          &s->places) = (struct story_place){ STR("Greve"), STR("XTA"), 43.5, 16.4,
                                              PLACE_CITY,   true,       7 };
    *PUSH(f->arena, &s->places) =
        (struct story_place){ STR("Cape Province"), STR("XTA"), 44.6, 15.2,
                              PLACE_REGION,         true,       2 };
    *PUSH(f->arena, &s->places) =
        (struct story_place){ STR("Iceland"), STR("ISL"), 65, -18,
                              PLACE_COUNTRY,  true,       1 };
    *PUSH(f->arena, &s->places) =
        (struct story_place){ .name = STR("Gull Rock"), .mentions = 1 };
}

/* What a test may change before the situation is shown. */
struct fixture_view {
    struct article *article[FIXTURE_REPORTS];
};

static inline struct situation fixture_situation_view(struct arena *arena,
                                                      struct fixture_view *view)
{
    struct fixture *f = NEW(arena, struct fixture, 1);
    const struct facts **report = NEW(arena, const struct facts *, FIXTURE_REPORTS);

    f->arena = arena;
    f->monday = date_from_civil(2029, 3, 5);
    fixture_texts(f);
    fixture_stories(f);
    fixture_copies(f);
    fixture_tolls(f);
    fixture_counts(f);
    fixture_events(f);
    fixture_said(f);
    fixture_names(f);
    for (uint32_t i = 0; i < FIXTURE_REPORTS; i++) {
        report[i] = f->facts[i];
        view->article[i] = f->article[i];
    }
    f->s.report = report;
    f->s.reports = FIXTURE_REPORTS;
    *PUSH(arena, &f->s.failed) =
        (struct failed_input){ STR("in/photo.jpg"), STR("the input is not text") };
    return f->s;
}

static inline struct situation fixture_situation(struct arena *arena)
{
    struct fixture_view view;

    return fixture_situation_view(arena, &view);
}

#endif
