/* notify.h - word to systemd about a service's state (sd_notify(3)), without a library.
 *
 *     notify("READY=1\nSTATUS=40 feeds");
 *
 * One datagram to the socket that $NOTIFY_SOCKET names; nothing where there is none.
 */
#ifndef CORROB_CLI_NOTIFY_H
#define CORROB_CLI_NOTIFY_H

void notify(const char *state);

#endif
