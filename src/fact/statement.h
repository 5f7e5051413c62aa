/* statement.h - who said what: direct, indirect and mixed speech. */
#ifndef CORROB_FACT_STATEMENT_H
#define CORROB_FACT_STATEMENT_H

#include "fact/fact.h"

void statements_read(struct arena *arena, const struct fact_tools *tools,
                     struct facts *facts);

#endif
