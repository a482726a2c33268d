/* The socket that clients connect to. */
#ifndef CHS_LISTENER_H
#define CHS_LISTENER_H

#include "CHTTPServer.h"

#include <stdbool.h>

/* A listening socket on the first address of the host that works, in `listener`. */
chs_status chs_listen(const char *host, uint16_t port, int *listener);
/* 0 where it cannot be told. */
uint16_t chs_port_of(int listener);
/* Lets nobody begin to connect, while those who have begun can finish, and are taken. Without it, those who
 * connect between the last that is taken and the end of the listening socket would be accepted, and reset.
 * Who comes now tries again a second later, and is refused. Does nothing without the kernel's socket filters.
 */
void chs_refuse_handshakes(int listener);
/* How many wait to be accepted. */
unsigned chs_count_waiting(int listener);

#endif
