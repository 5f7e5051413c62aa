/* trained.h - the built-in model for tests of what reads trees. */
#ifndef CORROB_TESTS_TRAINED_H
#define CORROB_TESTS_TRAINED_H

#include <stdlib.h>

#include "model/model.h"
#include "text/text.h"

/* Tools that live as long as the test; without a model there is nothing to test. */
static inline const struct text_tools *trained_tools(void)
{
    static struct model model;
    static struct text_tools tools;
    struct err err;

    if (tools.model == NULL) {
        if (!model_open_built_in(&model, &err))
            abort();
        tools.model = &model;
    }
    return &tools;
}

#endif
