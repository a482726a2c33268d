/* The threads that accept connections and serve them. */
#ifndef CHS_WORKERS_H
#define CHS_WORKERS_H

#include "connections.h"

/* A connection that was accepted. */
struct arrival {
    int socket;
    uint64_t address; /* as in struct connection */
};

/* A thread with a libmicrohttpd daemon of its own, which no other thread touches while it runs. */
struct worker {
    struct workers *workers;
    struct MHD_Daemon *daemon;
    int events;          /* an epoll set: that of the daemon, the bell and, while it accepts, the listener */
    bool is_at_listener; /* is that one in the set? */
    struct turns turns;
    const struct arrival *arrival; /* what the library is being given; NULL: nothing, or it has taken it */
    atomic_uint connections;       /* how many it has */
    int64_t accepts_at;            /* not before; a time of chs_now */
    bool has_yielded;              /* it has left a new connection to the others */
    pthread_t thread;
};

struct workers {
    struct service *service;
    struct connections *connections;
    struct worker *list;
    unsigned count;      /* of those that run */
    int listener;        /* borrowed; the library does not know it */
    int bell;            /* an eventfd that rings at the end */
    atomic_bool accepts; /* new connections */
};

/* False, with errno set and nothing left running, where a thread or a daemon cannot be had. */
bool chs_start_workers(struct workers *workers);
/* Ends the threads, and with them what connections are left. */
void chs_stop_workers(struct workers *workers);

#endif
