/* sql.h - SQLite spoken in our terms; for src/store only.
 *
 *     sqlite3_stmt *q = sql(s, "SELECT title FROM story WHERE nr = ?1");
 *
 *     sql_bind(q, "i", nr);
 *     while (sql_row(s, q))
 *         title = sql_str(arena, q, 0);
 *
 * Statements are prepared once a handle and reset when their last row was read; a loop
 * that is left early ends with sql_end.  A failing statement is remembered in s->err.
 */
#ifndef CORROB_STORE_SQL_H
#define CORROB_STORE_SQL_H

#include <jansson.h>
#include <sqlite3.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/table.h"
#include "corrob.h"
#include "store/store.h"
#include "store/tree.h"

#define SQL_STATEMENTS 160
#define PACK_REPORTS 32    /* whose readings are packed together, at most */
#define SQL_NULL INT64_MIN /* an integer that is bound as NULL */

/* A report that waits for its batch, in waiting_arena. */
struct waiting {
    const struct node *reading;
    struct str id, rest; /* rest: its line without the text */
    int64_t second;      /* of publication; INT64_MAX: not known */
};

struct store {
    sqlite3 *db;
    struct arena scratch; /* of one call of the interface */
    struct {
        const char *text;
        sqlite3_stmt *prepared;
    } statement[SQL_STATEMENTS];
    uint32_t statements;
    enum store_mode mode;
    bool writing; /* a transaction is open */
    bool added;   /* reports, since it was opened */
    struct arena waiting_arena;
    ARRAY(struct waiting) waiting;
    size_t waiting_bytes;
    int64_t begun;      /* the batch: milliseconds of the monotonic clock */
    struct err err;     /* of the statement that failed first; read by sql_failed */
    struct corrob *c;   /* compares; opened when it is first needed */
    char policy[16];    /* that it compares under */
    struct buf *output; /* of the comparison that runs: one for each format */
    uint32_t outputs;
    ZSTD_CCtx *packer;
    ZSTD_DCtx *unpacker;
    ZSTD_CDict *packing, *packing_form;
    ZSTD_DDict *unpacking, *unpacking_form;
    int64_t pack; /* that was unpacked last, 0: none; its lines, a NUL behind each */
    struct str pack_lines;
    struct arena pack_arena;
    struct corrob_sorter *sorter; /* opened when the first report comes */
    int64_t epoch;        /* times that all was sorted anew, when it was opened */
    struct arena sharing; /* of `shared`: rows that facts share and that are known */
    struct table shared;
    struct arena sorting; /* of the transaction: which stories changed */
    ARRAY(int64_t) changed;
    int64_t kept_sorter; /* reports in the state that was kept last */
    char path[4096];
};

/* text is a literal: its address names it. */
sqlite3_stmt *sql(struct store *s, const char *text);
/* i int64_t (SQL_NULL), d double, t struct str (absent: NULL), s struct str (never NULL),
 * b struct str as a blob.  Strings must live until the statement was stepped. */
void sql_bind(sqlite3_stmt *q, const char *kinds, ...);
/* The next row; false at the end or on failure. */
bool sql_row(struct store *s, sqlite3_stmt *q);
void sql_end(sqlite3_stmt *q);
/* The next row of a page that has `count` of `limit` rows; at its end false, and *more
 * where the statement, which asks for one row more, has it. */
bool sql_next(struct store *s, sqlite3_stmt *q, uint32_t count, uint32_t limit,
              bool *more);
/* Runs a statement that gives no rows. */
bool sql_run(struct store *s, sqlite3_stmt *q);
/* Plain words for SQLite, any number of statements. */
bool sql_exec(struct store *s, const char *words);
struct str sql_str(struct arena *arena, sqlite3_stmt *q, int column);
/* The column's integer, or `otherwise` for NULL. */
int64_t sql_i64(sqlite3_stmt *q, int column, int64_t otherwise);
/* The integer of the one row that there is, or `otherwise`. */
int64_t sql_one(struct store *s, sqlite3_stmt *q, int64_t otherwise);
/* Hands the first failure since the last call to *err; false when there was one. */
bool sql_ok(struct store *s, struct err *err);

/* Begins a transaction where none is open. */
bool store_begin(struct store *s);
bool store_commit(struct store *s);
/* Whatever was written since store_begin is undone, the sorter read anew. */
void store_roll_back(struct store *s);
/* Raises the store's change count by one and tells it. */
int64_t store_next_change(struct store *s);
int64_t store_clock(void); /* milliseconds, monotonic */

/* pack.c: bytes made small for a column, and back.  A packed blob begins with the number
 * of its way of packing. */
struct str store_pack(struct arena *arena, struct store *s, struct str bytes);
bool store_unpack(struct arena *arena, struct store *s, struct str blob,
                  struct str *out);
/* Lines alike packed together, and back, a NUL behind each. */
struct str store_pack_lines(struct arena *arena, struct store *s,
                            const struct str *line, uint32_t lines);
bool store_unpack_lines(struct arena *arena, struct store *s, struct str blob,
                        struct str *lines);
/* Puts the readings of n reports from `first` on, and one of them back: a view that is
 * good until the next call. */
bool store_put_pack(struct store *s, int64_t first, const struct str *rest, uint32_t n);
bool store_rest(struct store *s, int64_t report, struct str *rest);
void store_close_pack(struct store *s);
/* A line without its "text" (and the text decoded), and the line again. */
bool store_cut(struct arena *arena, struct str line, struct str *rest);
struct str store_join(struct arena *arena, struct str rest, struct str text);

/* add.c: the batch.  put: into rows, within the open transaction. */
bool store_put_waiting(struct store *s);
void store_drop_waiting(struct store *s);
bool store_waits(const struct store *s, struct str id);
/* store.c: whether a report has a row. */
bool store_is_in(struct store *s, struct str id);

/* What a report is sorted by; absent: not known. */
struct sorted {
    struct str title, text, published, kind;
};

/* article.c: whether a report is a later version of one that is in. */
struct version {
    int64_t address; /* a hash; SQL_NULL: leads to no article */
    int64_t article; /* the first of its versions; SQL_NULL: it is none */
    int64_t story;   /* of that one; 0 */
};
struct version store_find_article(struct store *s, struct str url,
                                  const struct sorted *words);

/* sort.c: a report that is on its way in: its story, and what it changes in others. */
struct arrival {
    struct version version;
    int64_t story;
    uint32_t number; /* of the sorter */
    struct corrob_step step[CORROB_STEPS_MAX];
    size_t steps;
};
/* The sorter takes it; then, once it has its row, the rest of its steps are made.  The
 * stories that this changed are brought up to date by store_renew, once a transaction. */
bool store_arrive(struct store *s, const struct sorted *words, struct arrival *out);
bool store_settle(struct store *s, int64_t report, const struct arrival *arrival);
bool store_renew(struct store *s);
/* Sorts all reports anew, in the order of turns or by publication; stories keep their
 * numbers where they can. */
bool store_sort_turns(struct store *s, bool by_publication);
/* Before a store is closed: a small one is sorted by publication. */
bool store_tidy(struct store *s);
/* Keeps the sorter's state when much came since it was kept last; `now`: in any case. */
bool store_keep_sorter(struct store *s, bool now);
void store_drop_sorter(struct store *s);

/* seats.c: the sorter's gangs as stories.  The story of a gang, 0 on failure. */
int64_t store_seat(struct store *s, uint32_t gang);
/* A step that is no arrival. */
bool store_step(struct store *s, const struct corrob_step *step);
/* Marks a story as changed in this transaction. */
void store_changed(struct store *s, int64_t story);
/* A report of the sorter and its gang. */
struct seated {
    int64_t report, story; /* the story that it was in */
    int64_t article;       /* the first of its versions; 0: itself */
    int64_t label;         /* of its pin; 0: none */
    uint32_t gang;         /* of the sorter */
    uint32_t key;          /* reports of one key are one story */
};
/* All reports have new keys: stories keep their numbers where most of their reports stay
 * together.  home: by gang, the key of what the gang seats, or NO_KEY.  Reorders `all`. */
#define NO_KEY UINT32_MAX
bool store_reseat(struct store *s, struct seated *all, uint32_t count,
                  const uint32_t *home, uint32_t gangs);
/* sort.c: the same after users have ruled. */
bool store_reseat_all(struct store *s);

/* ruling.c: what holds of all rulings takes effect; in the transaction that is open. */
bool store_follow_rulings(struct store *s);
/* A line that tells which origin a user put its report in. */
struct str store_pinned(struct arena *arena, struct store *s, struct str id,
                        struct str line);

/* facts.c: the rows of figure, event and statement of one reading. */
bool store_facts(struct store *s, int64_t report, const struct node *reading);

/* review.c: a report's line with what was decided on its facts, for the comparison. */
struct str store_reviewed(struct arena *arena, struct store *s, struct str id,
                          struct str line);

/* alert.c: raises what the rules see new in the comparison `json` of a story, before it
 * takes the place of the one that is kept; in the transaction that is open. */
bool store_raise(struct arena *arena, struct store *s, int64_t story, struct str json);

/* A member as a view into jansson's memory; absent when it is no string. */
struct str store_member(const json_t *object, const char *name);

/* compare.c: the situation of reports given by their lines; html may be NULL. */
bool store_compare_lines(struct arena *arena, struct store *s, struct str lines,
                         struct str policy, struct str *json, struct str *html);
/* outline.c: what is shown of a comparison in lists; from the situation's JSON. */
bool store_outline(struct store *s, int64_t story, int64_t change, struct str json);

#endif
