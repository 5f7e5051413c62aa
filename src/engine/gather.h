/* gather.h - the readings of a job's inputs, all of them kept until its end. */
#ifndef CORROB_ENGINE_GATHER_H
#define CORROB_ENGINE_GATHER_H

#include "engine/engine.h"

struct gathered {
    struct corrob *c;
    struct arena *arena; /* lives as long as they */
    ARRAY(struct reading *) at;
};

/* Inputs that fail are told to the user.  False with c->err set when the job can't go on. */
bool gather(struct gathered *g, const char *const *inputs, size_t count);
void gather_release(struct gathered *g);

#endif
