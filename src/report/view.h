/* view.h - a situation made ready to be shown: footnotes numbered, origins lettered.
 *
 *     struct view v = view_of(arena, &situation);
 *     view_note(&v, &evidence)        the number of the cited sentence, from 1
 *     view_origin(&v, report)         0 for origin A of its story
 *
 * A footnote is a sentence: what several facts cite gets one number.  Numbers ascend in
 * the order of the Sources sections (story as shown, report, sentence), so the list of sources
 * reads from top to bottom.  Within a sentence each cited span has an id of its own.
 */
#ifndef CORROB_REPORT_VIEW_H
#define CORROB_REPORT_VIEW_H

#include "story/story.h"

#define VIEW_NONE UINT32_MAX

/* A span that some finding cites. */
struct cite {
    uint32_t start, end; /* bytes of the report's text, inside its sentence */
    uint32_t sentence;
    uint32_t id; /* from 1, over the whole situation */
    bool figure; /* some finding takes a figure from it */
};

/* A cited sentence, and the findings that cite it. */
struct note {
    uint32_t sentence;
    uint32_t number;          /* from 1, over the whole situation */
    ARRAY(uint32_t) findings; /* numbers as view_finding gives them, ascending */
};

struct view_report {
    uint32_t story, origin;  /* indices; VIEW_NONE when the report is in no story */
    ARRAY(struct cite) cite; /* by start, the longer one first */
    ARRAY(struct note) note; /* by sentence */
};

struct view {
    struct arena *arena;
    const struct situation *s;
    struct view_report *report; /* s->reports of them */
    uint32_t *first_finding;    /* by story: the number of its first finding */
    uint32_t *order;            /* stories as they are shown: most reports first */
};

struct view view_of(struct arena *arena, const struct situation *s);

/* From 1, over the whole situation; finding is an index in story.finding. */
uint32_t view_finding(const struct view *v, uint32_t story, uint32_t finding);
/* Footnote number and span id of an evidence; 0 when its span doesn't resolve. */
uint32_t view_note(const struct view *v, const struct evidence *e);
uint32_t view_cite(const struct view *v, const struct evidence *e);

const struct article *view_article(const struct view *v, uint32_t report);
/* The outlet's name, or its domain, or "outlet not named". */
struct str view_outlet(const struct view *v, uint32_t report);
bool view_outlet_named(const struct view *v, uint32_t report);
/* The outlet's name where it has one, else the title: for short mentions. */
struct str view_short_name(const struct view *v, uint32_t report);
/* The report's title, or the name of its input. */
struct str view_title(const struct view *v, uint32_t report);
/* The story's title, or that of its first report. */
struct str view_story_title(const struct view *v, uint32_t story);
/* "A" … "Z", "AA" …: how a story's n-th origin is called. */
struct str view_letters(struct arena *arena, uint32_t n);
/* The distinct origins of a finding's supporting evidence, ascending. */
struct origins {
    ARRAY(uint32_t) at;
};
struct origins view_origins(const struct view *v, const struct finding *f);
/* The words of the number as the first supporting sentence states it ("at least nine"),
 * or absent: a derived figure, a bare plural ("rioters"). */
struct str view_stated(const struct view *v, const struct finding *f);
/* How the figure is put: denied, expected, …, as its first evidence has it. */
enum modality view_modality(const struct view *v, const struct finding *f);
/* The figures that a derived one is the sum of, as stated: "14 + nine". */
struct str view_parts(const struct view *v, const struct finding *f);
/* Who says so: the claimant of the first supporting evidence that names one; absent
 * when outlets say it in their own voice. */
struct str view_claimant(const struct finding *f);

/* First and last day of publication, DATE_NONE when no report has one. */
void view_published(const struct view *v, int32_t *first, int32_t *last);
/* How many different outlets the reports come from. */
uint32_t view_outlets(const struct view *v);
/* Whether an address may become a link: http or https, on one line. */
bool view_web_address(struct str url);

/* How early a finding is told: tolls 0, then events, statements, other figures. */
#define VIEW_WEIGHTS 4
uint32_t view_weight(const struct finding *f);
/* All that stands in one dispute: what is reached from a finding over `against`,
 * figures upwards.  Marks them in seen, one flag for each finding of the story. */
struct dispute {
    ARRAY(uint32_t) side;
};
struct dispute view_dispute(const struct view *v, uint32_t story, uint32_t finding,
                            bool *seen);

#endif
