/* item.h - the findings of a situation one by one, with what a row needs of each. */
#ifndef CORROB_EXPORT_ITEM_H
#define CORROB_EXPORT_ITEM_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "export/export.h"
#include "export/member.h"
#include "export/row.h"

struct place {
    struct str name, country, precision;
    bool located;
    double lat, lon;
};

struct item {
    const json_t *story, *finding, *body; /* body: its figure, event or statement */
    const json_t *evidence, *report;      /* the first supporting one */
    struct str kind;
    struct place place;
    struct str date, published; /* "2022-01-07", or absent */
};

struct exporter {
    struct arena *arena;
    struct buf *out;
    const json_t *situation;
    struct str bytes;
    enum export_text text;
    struct reports reports;
    ARRAY(struct item) item;
};

void items_gather(struct exporter *e);

/* A finding in one line.  That of a toll is ours; of others it is made of the report's
 * words, and stays behind with them. */
struct str item_summary(const struct exporter *e, const struct item *i);
/* What words of a report may go along: its cited words and their sentence. */
struct str item_quote(const struct exporter *e, const struct item *i);
struct str item_sentence(const struct exporter *e, const json_t *report,
                         const json_t *evidence);
/* The sentence's number in its report, from 1; 0: not found. */
int64_t sentence_number(const json_t *report, const json_t *evidence);
/* Where a report can be found: its address, or the path it came from. */
struct str report_address(const json_t *report);
/* The n-th of a finding's actors or recipients, or NULL. */
const json_t *party_at_side(const struct item *i, const char *side, size_t n);
/* All names of a side: "Interior Ministry; police". */
struct str side_names(struct arena *arena, const struct item *i, const char *side,
                      const char *member);
/* "20220107": the date, else the day of publication. */
struct str item_day(struct arena *arena, const struct item *i);
/* The year of a date, or absent. */
struct str year_of(struct str date);
/* A number of its own made of a finding's id of hex digits. */
int64_t item_serial(const struct item *i);
bool item_is_toll(const struct item *i, const char *measure);
void row_place(struct rows *r, const struct place *p); /* latitude, longitude */

/* One writer a format. */
void export_csv(struct exporter *e, char separator);
void export_evidence(struct exporter *e);
void export_reports(struct exporter *e);
void export_datapackage(struct exporter *e);
void export_hxl(struct exporter *e);
void export_ucdp(struct exporter *e);
void export_acled(struct exporter *e);
void export_polecat(struct exporter *e);
void export_gdelt_events(struct exporter *e);
void export_gdelt_mentions(struct exporter *e);
void export_plover(struct exporter *e);
void export_geojson(struct exporter *e);
void export_annotations(struct exporter *e);
void export_markdown(struct exporter *e);
bool export_bundle(struct exporter *e, struct err *err);

#endif
