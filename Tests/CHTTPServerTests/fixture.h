/* A server whose handler says what it was asked. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "CHTTPServer.h"

#include <stdatomic.h>

enum { INDEX, LIST, ITEM, POST, BOTH, LAST, ROUTES };

struct fixture {
    chs_server *server;
    uint16_t port;
    atomic_int calls;  /* of the handler */
    atomic_int status; /* of its next answers; 0: it gives none */
};

/* Starts a server with the defaults of all tests, changed by what is not 0 in `change`, and with answers to
 * `keep` kept, a list that ends with NULL. Ends the program if that fails. */
struct fixture *fixture_start(const chs_config *change, const char *const *keep);
void fixture_stop(struct fixture *fixture);

/* The configuration that fixture_start begins with. */
chs_config fixture_config(struct fixture *fixture);

#endif
