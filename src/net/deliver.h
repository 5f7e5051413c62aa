/* deliver.h - an alert brought to a file, a program or an address of this machine.
 *
 *     file:/var/log/alerts.jsonl         a line more
 *     command:/usr/local/bin/page-me     the line on its standard input
 *     http://127.0.0.1:9000/hook         the line as the body of a POST
 */
#ifndef CORROB_NET_DELIVER_H
#define CORROB_NET_DELIVER_H

#include "base/err.h"
#include "base/str.h"

/* Whether a target is one of the three.  No address but of this machine. */
bool deliver_known(struct str target, struct err *err);
/* line ends in a newline.  Each step waits at most ten seconds. */
bool deliver(struct str target, struct str line, struct err *err);

#endif
