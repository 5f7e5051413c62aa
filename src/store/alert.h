/* alert.h - rules that users keep, and what they raised.
 *
 *     struct store_rule rule = { .kind = STR("toll"), .measure = STR("killed"),
 *                                .least = 50, .who = STR("Ana") };
 *
 *     store_rule_put(s, &rule, &err);
 *     ... reports are added, their story is compared ...
 *     while (store_alert_next(arena, s, alert.nr, false, &alert))
 *         store_alert_done(s, alert.nr, NULL, &err);
 *
 * A rule looks at a story when it is compared anew, at what this comparison has and the
 * one before had not.  What it raises is written with the comparison, in one transaction:
 * a process that dies loses nothing and repeats nothing.  Delivery is tried until it was
 * told to have worked, so a target may hear of an alert twice when a process dies between
 * the two; the alert's number tells.
 */
#ifndef CORROB_STORE_ALERT_H
#define CORROB_STORE_ALERT_H

#include "store/store.h"

#define STORE_ALERT_TRIES 8 /* of a delivery, each later than the one before */

struct store_rule {
    int64_t nr, at, least, raised; /* raised: how often */
    struct str who, kind, measure, place, target;
    bool ended;
};
struct store_rules {
    ARRAY(struct store_rule) row; /* newest first */
};

struct store_alert {
    int64_t nr, at, rule, story, start, end, delivered_at, tries;
    struct str kind, words, title, report, quote, target, failure;
};
struct store_alerts {
    ARRAY(struct store_alert) row; /* newest first */
    bool more;
};

/* kind: toll (least or more of measure), rise (by least percent), claimant (a voice not
 * heard before in a story), conflict, story (a new one, at place).  False with *err told
 * where a rule makes no sense. */
bool store_rule_put(struct store *s, const struct store_rule *rule, struct err *err);
bool store_rule_end(struct store *s, int64_t nr, struct err *err);
struct store_rules store_rules(struct arena *arena, struct store *s);
/* Whether a rule is there that may raise something. */
bool store_has_rules(struct store *s);

struct store_alerts store_alerts(struct arena *arena, struct store *s, int64_t before,
                                 uint32_t limit);
/* The next alert behind `after` (its nr) that is to be delivered; after a failure only when
 * some time has passed, and STORE_ALERT_TRIES times, unless `now`.  False: none is. */
bool store_alert_next(struct arena *arena, struct store *s, int64_t after, bool now,
                      struct store_alert *out);
/* How its delivery went; failure NULL: well. */
bool store_alert_done(struct store *s, int64_t nr, const char *failure,
                      struct err *err);

/* ---- searches that users keep ---- */

struct store_saved {
    int64_t nr;
    struct str name, words;
};
struct store_saved_list {
    ARRAY(struct store_saved) row; /* by name */
};
bool store_search_keep(struct store *s, struct str name, struct str words,
                       struct str who, struct err *err);
bool store_search_drop(struct store *s, int64_t nr, struct err *err);
struct store_saved_list store_searches(struct arena *arena, struct store *s);

#endif
