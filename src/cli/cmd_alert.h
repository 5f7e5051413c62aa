/* cmd_alert.h - corrob alert: rules kept, what they raised told and delivered. */
#ifndef CORROB_CLI_CMD_ALERT_H
#define CORROB_CLI_CMD_ALERT_H

#include <stdio.h>

#include "cli/options.h"
#include "corrob.h"
#include "store/store.h"

/* What `list` tells goes to `out`. */
enum corrob_status cmd_alert(const struct arguments *a, FILE *out);
/* Where rules are kept: compares stories that wait, for at most so long (0: all of them),
 * and delivers what was raised, for at most so long (0: a minute); the rest waits for the
 * next round.  Deliveries that fail are told on standard error. */
bool alert_work(struct store *s, int64_t most_ms, struct err *err);

#endif
