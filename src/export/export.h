/* export.h - a situation in the shapes that other tools read.
 *
 *     export_write(arena, &out, situation, bytes, &(struct export_options){ EXPORT_UCDP })
 *
 * Headers always; a cell that a spreadsheet would run as a formula gets an apostrophe
 * before it.  What a shape asks for and a situation doesn't know stays empty.  How much
 * of the reports' words goes along is the user's choice, for rights.
 */
#ifndef CORROB_EXPORT_EXPORT_H
#define CORROB_EXPORT_EXPORT_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

/* name, enumerator, what it is */
#define EXPORT_FORMATS(X)                                                         \
    X("csv", CSV, "findings, a row each")                                         \
    X("tsv", TSV, "the same, tab-separated")                                      \
    X("evidence", EVIDENCE, "a row for each sentence that speaks for or against") \
    X("reports", REPORTS, "a row for each report")                                \
    X("datapackage", DATAPACKAGE, "Frictionless descriptor of those tables")      \
    X("hxl", HXL, "tolls with the HXL tag row of humanitarian data")              \
    X("ucdp", UCDP, "UCDP GED shape: best, low, high")                            \
    X("acled", ACLED,                                                             \
      "ACLED shape: the most conservative count, dispute in the notes")           \
    X("polecat", POLECAT, "POLECAT shape")                                        \
    X("gdelt-events", GDELT_EVENTS, "GDELT 2 Events shape, with a header")        \
    X("gdelt-mentions", GDELT_MENTIONS, "GDELT 2 Mentions shape, with a header")  \
    X("plover", PLOVER, "PLOVER JSON Lines")                                      \
    X("geojson", GEOJSON, "what has a place, or none, as features")               \
    X("annotations", ANNOTATIONS, "W3C Web Annotations with quote and position")  \
    X("markdown", MARKDOWN, "findings as a list with their sentences")            \
    X("bundle", BUNDLE, "zip: situation, tables, cited texts, hashes")

enum export_format {
#define X(name, id, what) EXPORT_##id,
    EXPORT_FORMATS(X)
#undef X
};

enum export_text { EXPORT_TEXT_SENTENCE, EXPORT_TEXT_NONE, EXPORT_TEXT_FULL };

struct export_options {
    enum export_format format;
    enum export_text text;
};

bool export_format_find(struct str name, enum export_format *out);
bool export_text_find(struct str name, enum export_text *out);
/* bytes: the situation as it was read, for the bundle. */
bool export_write(struct arena *arena, struct buf *out, const json_t *situation,
                  struct str bytes, const struct export_options *options,
                  struct err *err);

#endif
