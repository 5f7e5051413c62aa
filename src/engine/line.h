/* line.h - one report through the line of stages: record -> page -> article -> text -> facts.
 *
 * A reading owns the arena in which all its stages live; nothing of it is shared, so
 * readings are made side by side by worker threads.
 */
#ifndef CORROB_ENGINE_LINE_H
#define CORROB_ENGINE_LINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "fact/fact.h"
#include "page/source.h"

/* Memory that one report may take: no page of a newsroom comes near. */
#define READING_BUDGET ((size_t)512 << 20)

/* What reading needs besides the bytes; read-only, shared by threads. */
struct line_tools {
    struct text_tools text;
    struct fact_tools fact;
    struct page_hints hints; /* for reports that don't tell */
    bool text_only;          /* stage text is the last: no facts are asked for */
};

struct reading {
    struct arena arena;
    struct source_record record;
    struct page page;
    struct article article;
    struct text text;
    struct facts facts;
    struct buf out; /* what is printed of it */
    bool ok;
    struct err err; /* why not */
};

void reading_init(struct reading *r);
/* Its memory comes from where that of `like` does; see arena_init_like. */
void reading_init_like(struct reading *r, const struct arena *like);
void reading_release(struct reading *r);
/* Takes back all that was read, keeps some memory for the next. */
void reading_reset(struct reading *r);
/* Runs the stages over r->record.  False with r->err set when the record holds no
 * report, when the budget is spent, or
 * when there is no model. */
bool reading_run(struct reading *r, const struct line_tools *tools);

#endif
