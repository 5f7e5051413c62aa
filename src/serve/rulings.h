/* rulings.h - forms that part or join reports, on the pages of a story; for src/serve only.
 *
 *     rulings_open(v, m, "origin");
 *     ... rulings_tick(m, id, title) beside each report ...
 *     rulings_close(m, true);
 */
#ifndef CORROB_SERVE_RULINGS_H
#define CORROB_SERVE_RULINGS_H

#include "serve/visit.h"

/* scope: "story" or "origin". */
void rulings_open(struct visit *v, struct markup *m, const char *scope);
/* A box to choose a report by. */
void rulings_tick(struct markup *m, struct str id, struct str title);
/* The buttons: apart, together. */
void rulings_close(struct markup *m, bool origins);

#endif
