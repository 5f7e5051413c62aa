/* visit.h - one request being answered: what every page is given; for src/serve only. */
#ifndef CORROB_SERVE_VISIT_H
#define CORROB_SERVE_VISIT_H

#include <jansson.h>

#include "serve/markup.h"
#include "serve/request.h"
#include "store/store.h"

#define BODY_MAX ((size_t)256 << 20)

struct house; /* what all visits share: token of forms, names of assets */

struct answer {
    unsigned status;
    const char *type;     /* media type */
    const char *location; /* of a redirection */
    const char *cookie;
    const char *disposition; /* of a file to be kept: Content-Disposition */
    bool keep;               /* an asset: its address changes with its content */
    bool fresh;              /* never to be kept */
    struct buf body;
};

struct visit {
    struct arena *arena;
    struct store *store;
    const struct house *house;
    struct request request;
    struct str who; /* the name that the visitor gave last; absent: none */
    struct answer answer;
    struct err err;
};

typedef void page(struct visit *v);

/* pages_*.c: each answers one address and its .json twin. */
page page_stories, page_story, page_ledger, page_report, page_search, page_conflicts,
    page_origins, page_sources, page_map, page_actors, page_events, page_help,
    page_review, page_reviews, page_export, page_alerts, page_rulings, page_watch;

/* Finds the page of a request and lets it answer; 404 when there is none. */
void visit_answer(struct visit *v);
/* Status and media type of a page that is there. */
void visit_type(struct visit *v);
void visit_missing(struct visit *v, const char *what);
void visit_failed(struct visit *v);
/* What was asked can't be done, and why. */
void visit_refused(struct visit *v, unsigned status, const char *why);
/* Answers by sending the visitor on (303). */
void visit_go_to(struct visit *v, const char *address);

/* ---- the frame of a page ---- */

enum place_in_house {
    AT_STORIES,
    AT_CONFLICTS,
    AT_SEARCH,
    AT_MAP,
    AT_SOURCES,
    AT_REVIEW,
    AT_ALERTS,
    AT_WATCH,
    AT_ELSEWHERE,
};

/* Opens <main>; the heading is the page's h1. */
struct markup frame_open(struct visit *v, struct str title, enum place_in_house at);
void frame_close(struct visit *v, struct markup *m);
/* The line of links between the pages of one story; `at` is one of their addresses. */
void frame_story(struct visit *v, struct markup *m, const struct store_story *story,
                 const char *at);
/* The same with the story's counts and the choice of policies: head of its pages. */
void story_head(struct visit *v, struct markup *m, const struct store_story *story,
                const char *at);
/* The story's title, as the situation report has it. */
struct str title_of(const struct store_story *story, const json_t *situation);
/* A chart of a toll's steps, or nothing when it didn't move; `number` tells charts of one
 * page apart. */
void ledger_steps(struct visit *v, struct markup *m, const json_t *findings,
                  struct str measure, struct str counted, uint32_t number);
/* The address of an asset, with its content's hash. */
const char *house_asset(const struct house *house, const char *name);
const char *house_csrf(const struct house *house);

/* Links to the story in the shapes of other tools. */
void say_exports(struct visit *v, struct markup *m, int64_t story);

/* ---- words.c: what several pages say ---- */

/* Unix seconds. */
int64_t now_seconds(void);
/* "9 Oct 2029, 14:05" in UTC, as <time>; nothing for 0. */
void say_time(struct markup *m, int64_t seconds, bool clock);
/* "2029-10-09" -> <time>9 Oct 2029</time>; other strings as they are. */
void say_day(struct markup *m, struct str iso);
/* "26", "24–99", "at least 26", "up to 40"; -1 is open on that side. */
void say_interval(struct markup *m, int64_t low, int64_t high);
/* "1 report", "14 reports" */
void say_count(struct markup *m, int64_t n, const char *what);
/* "displaced, people" -> "Displaced, people" */
void say_capital(struct markup *m, struct str s);
/* 3000 -> "3,000" */
void say_number(struct markup *m, int64_t n);
/* The mark and word of a standing. */
void say_status(struct markup *m, struct str status);
/* A letter for an origin: 0 -> A, 26 -> AA. */
void say_origin(struct markup *m, int64_t origin);
/* The outlet's name, its domain, or "no outlet named". */
struct str outlet_of(const struct store_report *r);
/* <form method=post action=…> with the token that proves it's ours. */
void form_open(struct visit *v, struct markup *m, const char *action);
/* <input type=hidden> */
void field_hidden(struct markup *m, const char *name, struct str value);
/* Percent-encoded, all but letters and digits. */
void say_percent(struct buf *b, struct str s);
/* The outlet for a reader: its name, or that none is named and which file it was. */
void say_outlet(struct markup *m, const struct store_report *r);
/* A link to the next page of a list, with all arguments of this one but `next`. */
void say_next(struct visit *v, struct markup *m, const char *next);
/* The same for lists paged by number; 0: there is no next page. */
void say_older(struct visit *v, struct markup *m, int64_t next);
/* What the next page of a list is named by: the number of the last row; 0: none. */
#define NEXT_OF(list) ((list)->more ? (list)->row.at[(list)->row.count - 1].nr : 0)
/* The value of a JSON member as a view. */
struct str member(const json_t *object, const char *name);
int64_t member_i64(const json_t *object, const char *name, int64_t otherwise);
bool member_is(const json_t *object, const char *name, const char *value);
/* /report/ID#START-END, the sentence in context. */
void link_to_span(struct markup *m, struct str report, int64_t start, int64_t end,
                  struct str text);
/* <thead> with these column heads. */
void say_heads(struct markup *m, const char *const *words, size_t count);
void say_op(struct markup *m, struct str op, int64_t low, int64_t high);
/* Opens a <table> in a part of the page that scrolls by itself: two elements. */
void open_scroll(struct markup *m, const char *label, const char *table_class);
/* Steps of a toll drawn small. */
void spark(struct visit *v, struct markup *m, const struct store_story *story);

/* The situation of the story that the path names, parsed; NULL when it was answered
 * otherwise (missing, failed).  The caller gives it back with json_decref. */
json_t *visit_situation(struct visit *v, struct str number, struct store_story *story,
                        struct store_situation *made);
void visit_json(struct visit *v, json_t *value); /* takes value over */
/* The twin of a page of a list: `rows` as a member of `object`, and "next" where it is not
 * 0.  Takes both over. */
void visit_list(struct visit *v, json_t *object, const char *name, json_t *rows,
                int64_t next);
/* An absent string is an empty one. */
json_t *json_of(struct str s);

#endif
