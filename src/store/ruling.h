/* ruling.h - what users decide about stories and origins: these reports apart, those one.
 *
 *     struct store_choice c = { RULED_STORY, ids, 2, STR("Ana") };
 *
 *     store_rule_apart(s, &c, &nr, &err);                  out of their story
 *     store_rule_together(s, &c, &nr, &err);               their stories are one
 *     store_rule_undo(s, nr, STR("Ana"), &undo, &err);     as it was before
 *
 * A log that only grows; the last ruling on a report that was not undone holds.  Reports
 * that come in later join what resembles them, but never bring together what was ruled
 * apart nor part what was joined.  Later versions of an article go with the first.
 */
#ifndef CORROB_STORE_RULING_H
#define CORROB_STORE_RULING_H

#include "store/store.h"

enum ruled { RULED_STORY, RULED_ORIGIN };

struct store_choice {
    enum ruled scope;
    const struct str *id; /* of reports */
    uint32_t ids;
    struct str who;
};

/* The reports, which are some and not all of one story (or origin), become one of their
 * own.  False with *err set when they are not, and nothing has changed. */
bool store_rule_apart(struct store *s, const struct store_choice *c, int64_t *nr,
                      struct err *err);
/* The stories (or the origins, of one story) that the reports are in become one. */
bool store_rule_together(struct store *s, const struct store_choice *c, int64_t *nr,
                         struct err *err);
/* Takes a ruling back.  False when there is none, or it was taken back before. */
bool store_rule_undo(struct store *s, int64_t nr, struct str who, int64_t *undo,
                     struct err *err);

struct store_ruling {
    int64_t nr, at, undoes;                                    /* 0: undoes none */
    struct str who, scope, what, reports, before, after, rule; /* JSON: lists of ids */
    bool undone;
};

struct store_rulings {
    ARRAY(struct store_ruling) row; /* newest first */
    bool more;
};

/* before: nr of the last row of the page before, 0: from the newest. */
struct store_rulings store_rulings(struct arena *arena, struct store *s, int64_t before,
                                   uint32_t limit);

#endif
