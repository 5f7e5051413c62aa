/* corrob.h - news reports in, what they report out: the public interface of libcorrob.
 *
 *     struct corrob_options options = { .format = "json", .published = "2022-01-07" };
 *     struct corrob *c;
 *
 *     if (corrob_open(&c, &options) == CORROB_OK)
 *         status = corrob_report(c, paths, count);
 *     fputs(corrob_message(c), stderr);
 *     corrob_close(c);
 *
 * A handle is used by one thread at a time; two handles know nothing of each other.
 * Strings given must outlive the handle; strings handed to callbacks are good during the
 * call.  No function prints or exits, and none touches the network unless options.fetch
 * is set.
 */
#ifndef CORROB_H
#define CORROB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#    define CORROB_API __attribute__((visibility("default")))
#else
#    define CORROB_API
#endif

#define CORROB_VERSION "0.1.0"

/* What a job ends with; also the exit status of the program.  Frozen. */
enum corrob_status {
    CORROB_OK = 0, /* all done */
    CORROB_FOUND =
        1, /* done, and something was found that was asked for (verify, audit, diff) */
    CORROB_FAILED = 2,  /* wrong use, or the job could not be done */
    CORROB_PARTIAL = 3, /* done, but some input failed: each was told to on_trouble */
};

struct corrob; /* a handle */

/* An input that could not be used: which, where in it (a line or byte; -1: not known),
 * the kind ("empty", "binary", "limit", …) and a line for the user. */
struct corrob_trouble {
    const char *input;
    int64_t at;
    const char *kind;
    const char *detail;
};

/* Where memory comes from, for callers who count, limit or place it: what reports are read
 * into, their facts, stories and what is written of them (libraries below, for JSON and
 * pages, have memory of their own).  take gives bytes aligned for anything, or NULL when
 * there are none left: a report that is being read is then a trouble of the kind "budget"
 * and the job goes on; where no report is in hand the process ends, as it does when malloc
 * fails.  give takes a block back, with the bytes that were asked for.  Several threads may
 * call at once unless options.threads is 1. */
struct corrob_memory {
    void *(*take)(void *context, size_t bytes);
    void (*give)(void *context, void *block, size_t bytes);
    void *context;
};

struct corrob_options {
    const char *format;       /* read: "jsonl" (default), "conllu"; report: "html"
                               * (default), "markdown", "json"; audit, diff: "text"
                               * (default), "markdown", "json"; explain: "text"
                               * (default), "json" */
    const char *input_format; /* NULL: by name and content; "text", "html", "jsonl",
                               * "conllu", "warc", "feed" */
    const char *published;    /* date of reports that don't tell theirs, ISO 8601 */
    const char *actors;       /* NULL: none; a file of the user's own actors, see
                               * docs/actors.md */
    const char *policy;       /* "range" (default), "acled", "ucdp", "majority" */
    bool one_story;           /* report: its reports are one story, as a sorter or a
                               * user has decided */
    bool clean;               /* set furniture aside in a JSON Lines "text", too */
    unsigned threads;         /* 0: one for each core */
    bool fetch;               /* inputs, and items of feeds, may be addresses: they are
                               * fetched, if the site's robots.txt lets us */
    bool allow_private;       /* addresses may lead into private networks */
    const struct corrob_memory *memory; /* NULL: malloc and free */
    const char *gazetteer; /* a file made by corrob_gazetteer_build; NULL: the one
                               * that is built in */

    /* Output, in order; returns false to stop the job (which then ends CORROB_FAILED). */
    bool (*on_output)(void *context, const char *bytes, size_t len);
    void (*on_trouble)(void *context, const struct corrob_trouble *trouble);
    /* Reports taken in so far, from time to time. */
    void (*on_progress)(void *context, uint64_t reports);
    void *context;
};

/* *out is set even on failure, for corrob_message; close it in any case. */
CORROB_API enum corrob_status corrob_open(struct corrob **out,
                                          const struct corrob_options *options);
CORROB_API void corrob_close(struct corrob *c);
/* Files in folders and records in archives that the last job passed over: they tell of
 * no report. */
CORROB_API uint64_t corrob_skipped(const struct corrob *c);
/* Why the last call on this handle failed: one line, "" when it did not. */
CORROB_API const char *corrob_message(const struct corrob *c);

/* Inputs are paths of files and folders, "-" for standard input, or addresses (see
 * options.fetch). */

/* Each report by itself, in the order of the inputs. */
CORROB_API enum corrob_status corrob_read(struct corrob *c, const char *const *inputs,
                                          size_t count);
/* One report in memory, as it was taken from somewhere; only bytes and input are needed.
 * Strings are NUL-terminated; those that are NULL are not known. */
struct corrob_page {
    const char *bytes;
    size_t len;
    const char *input;     /* what it is called in the output and in troubles */
    const char *media;     /* "text/html", "text/plain"; else the bytes tell */
    const char *charset;   /* what the server said */
    const char *url;       /* where it lies */
    const char *fetched;   /* when it was taken, ISO 8601 */
    const char *title;     /* what led to it says, a feed, say */
    const char *published; /* the same */
};

/* The same as corrob_read for one page. */
CORROB_API enum corrob_status corrob_read_page(struct corrob *c,
                                               const struct corrob_page *page);
/* The main job: all reports side by side, one situation report. */
CORROB_API enum corrob_status corrob_report(struct corrob *c, const char *const *inputs,
                                            size_t count);
/* The same over reports that were read before: `lines` are lines that corrob_read wrote
 * (JSON Lines with a "text" will do, too), kept by a caller who wants stories compared
 * anew without the pages that they came from.  The reports keep their ids.  Each format
 * comes in pieces, in their order; where there are several, an on_output of no bytes ends
 * each.  NULL: options.format alone. */
CORROB_API enum corrob_status corrob_report_lines(struct corrob *c, const char *lines,
                                                  size_t len,
                                                  const char *const *formats,
                                                  size_t count);
/* A written brief (text, Markdown or HTML; "-": standard input) held against its sources:
 * each figure, quotation and attributed claim of it, whether a source says so, and what
 * they say instead.  Formats "text" (default), "markdown", "json".  CORROB_FOUND when
 * something is supported by no source. */
CORROB_API enum corrob_status corrob_audit(struct corrob *c, const char *brief,
                                           const char *const *sources, size_t count);
/* What changed between two situations (files of corrob_report, format "json"): stories,
 * tolls, claimants, conflicts.  With two days, "2022-01-07", the inputs are reports, and
 * what was out by the first day is held against what was out by the second.  Formats
 * "text" (default), "markdown", "json".  CORROB_FOUND when something changed. */
CORROB_API enum corrob_status corrob_diff(struct corrob *c, const char *const *inputs,
                                          size_t count, const char *from,
                                          const char *to);
/* A situation (a file of corrob_report, format "json") in the shape that another tool
 * reads: "csv", "tsv", "evidence", "reports", "datapackage", "hxl", "ucdp", "acled",
 * "polecat", "gdelt-events", "gdelt-mentions", "plover", "geojson", "annotations",
 * "markdown", "bundle".  How much of the reports' words goes along: "none", "sentence"
 * (default, NULL), "full". */
CORROB_API enum corrob_status corrob_export(struct corrob *c, const char *path,
                                            const char *shape, const char *text);
/* The same of a situation in memory. */
CORROB_API enum corrob_status corrob_export_bytes(struct corrob *c,
                                                  const char *situation, size_t len,
                                                  const char *shape, const char *text);
/* What one stage made of each input, as JSON: "page", "article", "raw", "text",
 * "facts". */
CORROB_API enum corrob_status corrob_show(struct corrob *c, const char *stage,
                                          const char *const *inputs, size_t count);
/* Why each fact of each input was read as it was: the entry of the lexicon, the words it
 * matched, what lost against it, how actors, times and places were told.  facts: those
 * asked for, "e0,f2" (e, f, s, t, a: events, figures, statements, times, entities, with
 * their numbers in corrob_read's output); words: those whose own words hold these; NULL:
 * all.  Formats "text" (default), "json" (a line each report).  CORROB_FAILED when no fact
 * is what was asked for. */
CORROB_API enum corrob_status corrob_explain(struct corrob *c, const char *facts,
                                             const char *words,
                                             const char *const *inputs, size_t count);
/* Whether each span of a file made by read or report resolves.  CORROB_FOUND when one
 * does not; each is told to on_trouble. */
CORROB_API enum corrob_status corrob_verify(struct corrob *c, const char *path);

struct corrob_gazetteer {
    uint64_t added, known, names; /* places new and known before, names read */
};

/* A gazetteer from GeoNames' dumps, the built-in one included (docs/gazetteer.md):
 * `places` is allCountries.txt or one country's file, `names` alternateNamesV2.txt or
 * NULL.  The file goes to on_output.  Rows of places of another shape are passed over and
 * told to on_trouble; CORROB_PARTIAL then, CORROB_FAILED when none fits. */
CORROB_API enum corrob_status corrob_gazetteer_build(struct corrob *c,
                                                     const char *places,
                                                     const char *names,
                                                     struct corrob_gazetteer *made);

#define CORROB_TEACHERS_MAX 8

struct corrob_training {
    const char *vectors; /* JSON file of word vectors */
    const char *weights; /* file for the weights as floats: read instead of training
                          * where it exists, else written after it; those of the
                          * teachers have .1, .2, ... behind the name; NULL: none */
    const char *texts;   /* CoNLL-U file whose words teachers analyse; NULL: none */
    unsigned teachers;   /* networks trained first, whose answers are learned, too:
                          * up to CORROB_TEACHERS_MAX; 0: none */
    unsigned epochs;     /* 0: as shipped */
    unsigned seed;       /* 0: as shipped */
    void (*on_line)(void *context, const char *line); /* progress; may be NULL */
};

/* Trains the language model on the treebanks of a folder; the model file goes to
 * on_output.  Takes a quarter of an hour of one core, and as long again for each teacher. */
CORROB_API enum corrob_status corrob_train(struct corrob *c, const char *folder,
                                           const struct corrob_training *training);

/* ---- reports into stories, as they arrive ----
 *
 * A sorter takes reports one at a time and tells the story of each: reports on the same
 * happening share one.  It needs title, text and date, all of which corrob_read's lines
 * have, and no language model.  A later report can show that two stories are one or one
 * is two, so each arrival comes with the steps that it made.
 *
 *     struct corrob_sorter *s;
 *     struct corrob_told told = { "Dam bursts in Tarvo", text, len, "2022-01-07" };
 *
 *     corrob_sorter_open(&s);                    or corrob_sorter_load(&s, bytes, len)
 *     corrob_sorter_add(s, &told, &report);      reports are numbered 0, 1, 2, …
 *     n = corrob_sorter_steps(s, steps, CORROB_STEPS_MAX);
 *     corrob_sorter_save(s, put, context);       goes on later as if never stopped
 *
 * What a story says is then made of its own reports: corrob_report_lines, on a handle
 * opened with one_story.
 *
 * The same reports in the same order give the same stories, steps and bytes.  A report of
 * the last days takes some two kilobytes; stories that nobody tells of any more give
 * nearly all of that back by themselves, corrob_sorter_rest takes it at once.
 * A sorter is used by one thread at a time. */
struct corrob_sorter;

#define CORROB_NONE UINT32_MAX
#define CORROB_STEPS_MAX 40 /* of one report */
#define CORROB_REPORTS_MAX ((uint32_t)1 << 30)

/* A report for the sorter; strings are UTF-8 and needed during the call only. */
struct corrob_told {
    const char *title; /* NULL or "" where there is none */
    const char *text;
    size_t text_len;
    const char *published; /* ISO 8601; NULL or "": not known */
    /* The line's "kind".  A "listing", the titles of many reports, is a story of its own
     * that no report joins; NULL, "" and other kinds are sorted by their words. */
    const char *kind;
};

enum corrob_step_kind {
    CORROB_OPENED, /* report opened story */
    CORROB_JOINED, /* report joined story */
    CORROB_MERGED, /* all reports of `other` have gone into story; `other` is no more */
    CORROB_SPLIT,  /* report has left `other` for story, which may be new */
};

struct corrob_step {
    enum corrob_step_kind kind;
    uint32_t report;
    uint32_t story; /* stories are numbered 0, 1, 2, … and keep their numbers */
    uint32_t other; /* CORROB_NONE: none */
};

/* *out is set even on failure, for corrob_sorter_message; close it in any case. */
CORROB_API enum corrob_status corrob_sorter_open(struct corrob_sorter **out);
/* From what corrob_sorter_save wrote.  Any bytes may be given: damaged ones, or those of
 * another version, are refused (then sort the reports anew). */
CORROB_API enum corrob_status corrob_sorter_load(struct corrob_sorter **out,
                                                 const void *bytes, size_t len);
CORROB_API void corrob_sorter_close(struct corrob_sorter *s);
CORROB_API const char *corrob_sorter_message(const struct corrob_sorter *s);
/* Takes a report in and gives it its number.  Refused: text that is no UTF-8, a date
 * that is none.  A refused report has no number. */
CORROB_API enum corrob_status corrob_sorter_add(struct corrob_sorter *s,
                                                const struct corrob_told *told,
                                                uint32_t *report);
/* What the last report that was added changed, in order; how many steps there are. */
CORROB_API size_t corrob_sorter_steps(const struct corrob_sorter *s,
                                      struct corrob_step *out, size_t room);
/* Numbers given so far; some stories may since have merged into others. */
CORROB_API uint32_t corrob_sorter_reports(const struct corrob_sorter *s);
CORROB_API uint32_t corrob_sorter_stories(const struct corrob_sorter *s);
/* The story that a report is in now; CORROB_NONE when there is no such report. */
CORROB_API uint32_t corrob_sorter_story(const struct corrob_sorter *s, uint32_t report);
/* The reports of a story, the first `room` into out; how many there are (0: no such
 * story, or merged into another). */
CORROB_API size_t corrob_sorter_members(const struct corrob_sorter *s, uint32_t story,
                                        uint32_t *out, size_t room);
/* Lets stories rest that had no report since the day: they keep their reports, but take
 * no new ones.  Takes time in proportion to all reports: once a day, say. */
CORROB_API enum corrob_status corrob_sorter_rest(struct corrob_sorter *s,
                                                 const char *before);
/* The whole state, in pieces; put returns false to stop. */
CORROB_API enum corrob_status corrob_sorter_save(
    struct corrob_sorter *s, bool (*put)(void *context, const void *bytes, size_t len),
    void *context);

#ifdef __cplusplus
}
#endif

#endif
