/* html_parts.h - the sections of a story in the HTML report; for html*.c only.
 *
 * Each writes one <section> with its heading, or nothing when it has nothing to show.
 * Ids: s1 is the first story and s1-tolls … its sections, f12 the twelfth finding where
 * it is told in full, r3 a report's sources, n40 a cited sentence, e55 a cited span.
 */
#ifndef CORROB_REPORT_HTML_PARTS_H
#define CORROB_REPORT_HTML_PARTS_H

#include "report/html_out.h"

/* How many findings of each kind and standing a story has. */
struct tally {
    uint32_t kind[3];
    uint32_t status[5];
};
struct tally tally_of(const struct story *story);

/* <section id="s1-tolls"><h3>…</h3>: key is "tolls", heading ours. */
void html_section_open(const struct html *h, uint32_t story, const char *key,
                       const char *heading);

/* place: from 1, as the stories are shown. */
void html_story(const struct html *h, uint32_t story, uint32_t place);
void html_standings(const struct html *h, uint32_t story);
void html_ledger(const struct html *h, uint32_t story);
void html_timeline(const struct html *h, uint32_t story);
void html_statements(const struct html *h, uint32_t story);
void html_actors(const struct html *h, uint32_t story);
void html_places(const struct html *h, uint32_t story);
void html_origin_list(const struct html *h, uint32_t story);
void html_versions(const struct html *h, uint32_t story);
void html_sources(const struct html *h, uint32_t story);

#endif
