/* checks.h - the three kinds of checks; for audit.c only.  Each appends to audit.check. */
#ifndef CORROB_AUDIT_CHECKS_H
#define CORROB_AUDIT_CHECKS_H

#include "audit/audit.h"
#include "audit/shelf.h"

void audit_figures(const struct shelf *shelf, struct audit *a);
void audit_quotations(const struct shelf *shelf, struct audit *a);
void audit_claims(const struct shelf *shelf, struct audit *a);

/* Whether a place of the brief lies between quotation marks. */
bool is_quoted(const struct sheet *s, uint32_t start, uint32_t end);
void add_witness(struct arena *arena, struct check *c, struct witness w);

#endif
