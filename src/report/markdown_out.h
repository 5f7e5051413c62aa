/* markdown_out.h - the forms that the Markdown report is made of; for markdown*.c only. */
#ifndef CORROB_REPORT_MARKDOWN_OUT_H
#define CORROB_REPORT_MARKDOWN_OUT_H

#include "report/phrase.h"
#include "report/view.h"

#define RAW(b, literal) buf_str((b), STR(literal))

struct markdown {
    struct buf *out;
    const struct view *view;
};

/* Foreign words on one line, with what Markdown and HTML would read as markup escaped. */
void markdown_text(struct buf *b, struct str s);
/* "Outlet: Title, time" of a report. */
void markdown_report(const struct markdown *m, uint32_t report);
/* "[^3][^7], against [^9]" */
void markdown_notes(const struct markdown *m, const struct finding *f);
/* "A, C": the origins that carry a finding. */
void markdown_origins(const struct markdown *m, const struct finding *f);
/* "- summary (A, C) [^3]" with so many blanks before it. */
void markdown_line(const struct markdown *m, uint32_t indent, const struct finding *f);

/* A table whose columns are padded to the same width, so that it reads as one in a
 * terminal too. */
struct markdown_table {
    uint32_t columns;
    const char *const *head; /* columns of them */
    const bool *right;       /* columns of them: numbers stand right */
    ARRAY(struct str) cells; /* row by row */
};
/* The next cell, written with buf_ functions and ended with markdown_cell. */
struct buf markdown_cell_open(const struct markdown *m);
void markdown_cell(const struct markdown *m, struct markdown_table *t, struct buf cell);
/* Writes the table, with an empty line after it. */
void markdown_table(const struct markdown *m, const struct markdown_table *t);

/* The sections of a story. */
void markdown_standings(const struct markdown *m, uint32_t story);
void markdown_ledger(const struct markdown *m, uint32_t story);
void markdown_timeline(const struct markdown *m, uint32_t story);
void markdown_statements(const struct markdown *m, uint32_t story);
void markdown_names(const struct markdown *m, uint32_t story);
void markdown_origin_list(const struct markdown *m, uint32_t story);
void markdown_versions(const struct markdown *m, uint32_t story);

#endif
