/* The socket that clients connect to. */
#ifndef CHS_LISTENER_H
#define CHS_LISTENER_H

#include "CHTTPServer.h"

#include <stdbool.h>

/* A listening socket on the first address of the host that works, in `listener`. */
chs_status chs_listen(const char *host, uint16_t port, int *listener);
/* 0 where it cannot be told. */
uint16_t chs_port_of(int listener);
/* Refuses whoever begins to connect from now on, as a closed port does, while those who have begun can
 * finish, and are taken. Without it, those who connect between the last that is taken and the end of the
 * listening socket would be accepted, and reset. The socket is tied to a network interface that does not
 * exist: the kernel asks for its interface only where a handshake begins, and what is accepted is not tied.
 * Does nothing where a process without privileges may not do so, before Linux 5.7. */
void chs_refuse_handshakes(int listener);
/* How many wait to be accepted. */
unsigned chs_count_waiting(int listener);

#endif
