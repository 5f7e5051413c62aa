/* phrase.h - facts in words for a reader: counts, intervals, days, standings.
 *
 *     11000                       "11,000"
 *     3001..open                  "3,001 or more"
 *     2029-10-09 .. 2029-10-12    "9–12 October 2029"
 *     STATUS_ATTESTED             "Attested"
 *
 * English, the same on every machine.  What is not known gives an empty string, never
 * a filler.
 */
#ifndef CORROB_REPORT_PHRASE_H
#define CORROB_REPORT_PHRASE_H

#include "base/buf.h"
#include "base/phrase_day.h"
#include "story/story.h"

/* "11,000"; "-3". */
void phrase_count(struct buf *b, int64_t n);
/* "4 origins", "1 origin": n with its noun, whose plural takes an s. */
void phrase_plural(struct buf *b, uint64_t n, const char *noun);
/* The unit of what is no toll: "crowns", "crown" for one; "USD", "days", "percent" as they
 * are. */
struct str phrase_unit(struct arena *arena, const struct finding_figure *f);
/* "26", "24–99", "3,001 or more", "up to 40"; "any number" when open on both sides. */
void phrase_interval(struct buf *b, int64_t low, int64_t high);
/* "9 October 2029, 11:40 UTC+2"; nothing when not known. */
void phrase_instant(struct buf *b, struct instant t);

/* "Corroborated" */
struct str phrase_status(enum status s);
/* "at least two independent voices state compatible facts" */
struct str phrase_status_meaning(enum status s);
/* "each figure stands as the interval that its words allow; …" */
struct str phrase_policy_meaning(enum policy p);
/* "Killed" */
struct str phrase_measure(enum measure m);
/* "Protesters" for "protester"; a class without an entry comes back as it is. */
struct str phrase_class(struct str class_name);
/* What kind of event it is, by its mode where that says more: "Arrest", "Assault". */
struct str phrase_event(const struct finding_event *e);
/* "expected", "denied"; nothing for MODALITY_ASSERTED. */
struct str phrase_modality(enum modality m);
/* "Spanish" for "es" or "es-MX"; the code itself when it has no entry. */
struct str phrase_language(struct str code);
/* "Person" */
struct str phrase_entity_type(enum entity_type t);
/* "within a city" and the like. */
struct str phrase_precision(enum place_precision p);

#endif
