/* mail_date.h - dates as mail, RSS and HTTP write them, to ISO 8601.
 *
 *     "Mon, 02 May 2031 08:00:00 +0200"    2031-05-02T08:00:00+02:00
 *     "2 May 31 8:00 GMT"                  2031-05-02T08:00:00Z
 *     "Sunday, 06-Nov-94 08:49:37 GMT"     1994-11-06T08:49:37Z
 *
 * RFC 822, 850, 1123 and 5322.  The day of the week is not compared: feeds get it wrong.
 */
#ifndef CORROB_NET_MAIL_DATE_H
#define CORROB_NET_MAIL_DATE_H

#include "base/date.h"

/* False when s is no such date. */
bool instant_from_mail(struct str s, struct instant *out);

#endif
