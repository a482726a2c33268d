/* All connections: how many there are, whose they are, and which have had their time. */
#ifndef CHS_CONNECTIONS_H
#define CHS_CONNECTIONS_H

#include "request.h"

#include <sys/socket.h>

struct connection {
    chs_exchange exchange; /* first: what libmicrohttpd keeps for us is a pointer to either */
    struct connection *older, *newer;
    uint64_t address; /* of the client, as chs_address_of has it */
    int socket;
    bool has_ended; /* by us; guarded by the lock */
};

/* How many connections there are of one address; where the number is limited. */
struct share {
    struct share *next; /* in its bucket */
    uint64_t address;
    unsigned count; /* at least 1 */
};

enum { SHARE_BUCKETS = 1024 };

struct connections {
    struct service *service;
    int listener;         /* borrowed: where those wait who are not accepted */
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t wanted;
    struct connection *oldest, *newest;
    unsigned count;
    unsigned arriving; /* accepted or about to be, but not among the others yet */
    struct share *shares[SHARE_BUCKETS];
    unsigned limit;
    bool is_wanted; /* somebody waits for room */
    bool ends;
    pthread_t watcher;
    bool is_watched;
};

bool chs_init_connections(struct connections *connections, struct service *service);
void chs_free_connections(struct connections *connections);

/* One number for an IPv4 address, and for the network of an IPv6 address, which one client has all of (/64).
 */
uint64_t chs_address_of(const struct sockaddr_storage *address);
/* Keeps a place for one more. False, and room will be made soon, where all are taken. */
bool chs_reserve(struct connections *connections);
/* The one for which a place was kept will never arrive. */
void chs_end_reservation(struct connections *connections);
/* Counts one more of this address; false where it has as many as one may have, or memory runs out. */
bool chs_claim_share(struct connections *connections, uint64_t address);
void chs_give_up_share(struct connections *connections, uint64_t address);
/* It takes the place that was kept, and has its share of its address; with unlinking it both are free again.
 */
void chs_link(struct connections *connections, struct connection *connection);
void chs_unlink(struct connections *connections, struct connection *connection);
/* Ends every connection; a second at most. */
void chs_close_all(struct connections *connections);
/* How many connections have a request in flight. */
unsigned chs_count_in_flight(struct connections *connections);
/* How many have one, or might have one on its way. */
unsigned chs_count_unsettled(struct connections *connections);

/* watch.c */
/* Is there neither a request that is being answered nor the beginning of one? The lock is held. */
bool chs_is_idle(const struct connection *connection, int64_t now);
/* When the last byte came, as exactly as the kernel says it. */
int64_t chs_last_byte(const struct connection *connection, int64_t now);
bool chs_start_watching(struct connections *connections);
void chs_stop_watching(struct connections *connections);

#endif
