/* store.h - reports, what they state and the stories they form, kept in one SQLite file.
 *
 *     struct store *s;
 *
 *     if (store_open("news.db", STORE_WRITE, &s, &err))
 *         while (a line of corrob_read)
 *             store_add(s, line, &added, &err);      in whole or not at all
 *     store_flush(s, &err);                          what was added is safe now
 *     store_close(s);
 *
 * A report is known by its id, a hash of its bytes: adding it again changes nothing.  A
 * process that dies at any moment leaves a store that opens, without what was not
 * flushed.  A handle is used by one thread at a time; any number of handles and of
 * processes may be open on one file, and one of them writes at a time.
 *
 * Strings and arrays that functions give lie in the arena that they were given.
 */
#ifndef CORROB_STORE_STORE_H
#define CORROB_STORE_STORE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct store;

enum store_mode {
    STORE_READ,  /* must be there */
    STORE_WRITE, /* is made when it is missing, and brought up to date */
};

/* Where the store lies when no --db is given: $XDG_DATA_HOME/corrob/corrob.db, else
 * ~/.local/share/corrob/corrob.db; the folder is made.  False when there is no home. */
bool store_default_path(char *path, size_t size, struct err *err);

/* False with *err set; *out is NULL then. */
bool store_open(const char *path, enum store_mode mode, struct store **out,
                struct err *err);
/* Flushes; NULL is fine. */
void store_close(struct store *s);

/* ---- taking in ---- */

enum store_added {
    STORE_NEW,   /* it is in */
    STORE_KNOWN, /* it was in before: nothing changed */
};

/* Adds one report: a line of corrob_read (corrob.article/1).  Reports wait in memory,
 * unseen by all but store_has, until they are 1,024, or half a minute has passed, or
 * store_flush is called; then they go in by publication, in one transaction.  When that
 * fails, none of them is in. */
bool store_add(struct store *s, struct str line, enum store_added *did,
               struct err *err);
/* What was added so far is in, and survives anything. */
bool store_flush(struct store *s, struct err *err);
/* Whether a report is in or waits, by its id. */
bool store_has(struct store *s, struct str id);

/* Small bytes kept under a name ("feed:https://…"), within the same transaction as
 * reports, so that a feed's ETag is never ahead of its articles.  An empty value takes
 * the name away; store_memo gives an absent string for a name that is not there. */
bool store_memo_put(struct store *s, struct str key, struct str value, struct err *err);
struct str store_memo(struct arena *arena, struct store *s, struct str key);

/* ---- one report, one story ---- */

/* The line that was added, but for its id of a repetition ("…-2").  Absent: not there. */
struct str store_line(struct arena *arena, struct store *s, struct str id);

struct store_situation {
    struct str
        json; /* one corrob.situation/1 without "reports"; its story has one id */
    struct str html; /* the <article> of the story in the HTML report */
};

/* The story's reports compared under a policy ("acled"; absent: "range").  That of
 * "range" is kept, and made now when the reports changed since it was made last.  False when there is no such story, or when comparing failed. */
bool store_situation(struct arena *arena, struct store *s, int64_t story,
                     struct str policy, struct store_situation *out, struct err *err);
/* The readings of a story's reports, a line each, by publication; with the decisions on
 * their facts (store/review.h). */
struct str store_story_lines(struct arena *arena, struct store *s, int64_t story);
/* Makes the situation of the latest story that has none up to date.  False when all are
 * (*err is ERR_OK), or on failure. */
bool store_compare_next(struct arena *arena, struct store *s, int64_t *story,
                        struct err *err);

/* ---- lists ---- */

struct store_story {
    int64_t nr, first_at, last_at;                      /* Unix seconds, 0: not known */
    int64_t reports, origins, findings, conflicts, gap; /* -1: not compared yet */
    int64_t toll_low, toll_high; /* -1: none, or open on that side */
    struct str title, place, country, toll, steps;
    bool up_to_date;
};

/* What is asked of the list; absent and 0: all. */
struct store_stories_query {
    struct str country;
    int64_t since, until; /* of the latest report, Unix seconds */
    int64_t min_reports;
    bool conflicts;
    int64_t before_at, before_nr; /* the last row of the page before */
    uint32_t limit;
};

struct store_stories {
    ARRAY(struct store_story) row; /* latest first */
    bool more;
};

struct store_stories store_stories(struct arena *arena, struct store *s,
                                   const struct store_stories_query *query);
bool store_story(struct arena *arena, struct store *s, int64_t nr,
                 struct store_story *out);

struct store_report {
    int64_t nr, story, origin, published_at, added_at; /* story 0, origin -1: none */
    struct str id, input, url, outlet, domain, title, byline, published, language, kind;
    struct str marked; /* search: an extract, hits between U+0002 and U+0003 */
    uint32_t length;   /* code points of its text */
};

struct store_reports {
    ARRAY(struct store_report) row;
    bool more;
};

/* Of a story, by publication. */
struct store_reports store_reports(struct arena *arena, struct store *s, int64_t story);
bool store_report(struct arena *arena, struct store *s, struct str id,
                  struct store_report *out);
struct str store_text(struct arena *arena, struct store *s, struct str id);
/* All versions of the article that a report is one of, oldest first; none when it is the
 * only one.  What changed between them stands in the story's situation. */
struct store_reports store_versions(struct arena *arena, struct store *s,
                                    struct str id);

/* Words, "phrases", AND OR NOT, prefix*, title:word as in FTS5; newest report first.
 * What FTS5 can't read as a query is taken as plain words.  before: nr of the last row
 * of the page before, 0: from the newest. */
struct store_reports store_search(struct arena *arena, struct store *s,
                                  struct str words, int64_t before, uint32_t limit);

struct store_conflict {
    int64_t story, n, low, high, gap; /* -1: none */
    struct str title;                 /* of the story */
    struct str kind, about, since, until;
    struct str sides; /* JSON: [{"finding","summary","claimant","report","as_of",…}] */
};

struct store_conflicts {
    ARRAY(struct store_conflict) row;
    bool more;
};

enum store_conflict_order { CONFLICTS_BY_GAP, CONFLICTS_BY_AGE, CONFLICTS_LATEST };

/* Of all stories that were compared, or of one (not 0). */
struct store_conflicts store_conflicts(struct arena *arena, struct store *s,
                                       int64_t story, enum store_conflict_order order,
                                       uint32_t skip, uint32_t limit);

struct store_source {
    struct str outlet, first, last;                     /* days of publication */
    int64_t reports, dated, recent_length, mean_length; /* code points of a text */
    int64_t compared,
        first_of_origin; /* reports in compared stories; first with a text */
};
struct store_sources {
    ARRAY(struct store_source) row; /* by reports, most first */
};
struct store_sources store_sources(struct arena *arena, struct store *s,
                                   uint32_t limit);

struct store_place {
    struct str name, country, precision;
    double lat, lon;
    bool located;
    int64_t events, stories,
        story;        /* one of the stories: that with the latest report */
    struct str title; /* of that story */
};
struct store_places {
    ARRAY(struct store_place) row; /* by events, most first */
};
/* Where events are said to have happened; `located` parts those on the map from those
 * with a name alone. */
struct store_places store_places(struct arena *arena, struct store *s, bool located,
                                 int64_t since, uint32_t limit);

/* ---- what a watch did ---- */

/* A line of its log, JSON; nr: where it stands in the log, or how often a feed failed in
 * a row. */
struct store_watch_line {
    int64_t nr;
    struct str line;
};
struct store_watch_lines {
    ARRAY(struct store_watch_line) row;
    bool more;
};
/* The newest lines are kept, some thousands, and of each feed its last one. */
bool store_watch_note(struct store *s, struct str line, struct err *err);
/* Newest first; before: lines older than this one, 0: from the newest on. */
struct store_watch_lines store_watch_log(struct arena *arena, struct store *s,
                                         int64_t before, uint32_t limit);
struct store_watch_lines store_watch_feeds(struct arena *arena, struct store *s,
                                           uint32_t limit);
/* The memo that holds the counts of the run: {"at":1893456000,"feeds":40,…}. */
#define STORE_WATCH_STATUS STR("watch:status")

/* ---- upkeep ---- */

struct store_counts {
    int64_t reports, stories, compared, conflicts, text_bytes, file_bytes;
};
struct store_counts store_counts(struct store *s);
/* Stories that wait to be compared; quickly, where store_counts reads every text. */
int64_t store_uncompared(struct store *s);
/* Grows with every change: the same number, the same store. */
int64_t store_change(struct store *s);

/* SQLite's own check, foreign keys, the index of words, counts; each fault is told. */
bool store_check(struct store *s, void (*tell)(void *context, const char *line),
                 void *context, struct err *err);
bool store_vacuum(struct store *s, struct err *err);
/* Sorts all reports into stories anew, by publication, as `report` does.  Stories keep
 * their numbers where most of their reports stay together.  A store of a thousand reports
 * or less does so by itself when it is closed and took them in another order. */
bool store_sort_anew(struct store *s, struct err *err);
/* Adds all reports of another store; then the decisions, rulings, searches, rules and
 * alerts of its users that are not here.  Of two decisions or rulings on one thing the
 * later one holds, whoever's it is.  Rules come without their targets; alerts of stories
 * that have no counterpart here are left out, and counted. */
struct store_merged {
    uint64_t added; /* reports that were new */
    uint64_t alerts_left;
};
bool store_merge(struct store *s, const char *other, struct store_merged *out,
                 struct err *err);

#endif
