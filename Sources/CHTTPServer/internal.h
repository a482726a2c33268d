/* What the files of this module share. Nothing here is part of the contract. */
#ifndef CHTTPSERVER_INTERNAL_H
#define CHTTPSERVER_INTERNAL_H

#include "CHTTPServer.h"

#include <gnutls/abstract.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include <microhttpd.h>

/* "0123456789abcdef" in quotes, and NUL. */
#define ETAG_SIZE 19

/* What "OPTIONS *" answers. */
#define ANY_METHOD "GET, HEAD, POST, OPTIONS"

/* An answer that never changes. Immutable, so all threads share it. */
struct kept {
    struct MHD_Response *full;
    struct MHD_Response *not_modified;
    char etag[ETAG_SIZE];
    void *body; /* owned; `full` is made of it */
    size_t length;
};

/* A path whose answer never changes, and that answer once the first request has made it. */
struct slot {
    char *path; /* NULL: the slot is empty */
    _Atomic(struct kept *) kept;
};

struct route {
    char *template;
    size_t literal_length; /* bytes before the parameter; all of the template where there is none */
    bool has_parameter;
    unsigned methods;
    const char *allow;            /* static */
    struct MHD_Response *options; /* made by chs_start */
};

/* What one pass over the headers found; the strings are libmicrohttpd's. */
struct head {
    const char *host; /* NULL: none */
    size_t host_length;
    const char *content_length;    /* NULL: none */
    const char *transfer_encoding; /* NULL: none; otherwise, past chs_check_head, chunked */
    bool expects;                  /* has Expect */
    const char *if_none_match;     /* the first one; NULL: none */
    bool has_more_conditions;      /* more than one If-None-Match */
    const char *request_id;        /* NULL: none */
    size_t request_id_length;
};

/* In place of the time at which a request began: all of it is there. */
#define ARRIVED INT64_C(-1)

/* Longer ids are ignored. */
#define MOST_REQUEST_ID 128

/* The state of one connection, used by the thread that serves it; reused for each of its requests, so
 * that a request allocates nothing of ours unless it has a query, an escape or a body. */
struct chs_exchange {
    chs_server *server;
    chs_exchange *next, *previous; /* guarded by server->connections_lock */
    atomic_bool busy;              /* between the request line and the end of the response */
    /* Times of chs_now. */
    _Atomic(int64_t) waiting_since; /* the first byte of a request; 0: none has come; or ARRIVED */
    _Atomic(int64_t) idle_since;    /* the end of the last response, or the connection's beginning */
    _Atomic(unsigned) served;       /* requests, so far */
    int socket;

    struct MHD_Connection *connection;
    int64_t began;                        /* when the request line was there */
    unsigned char method;                 /* an index into those that are counted */
    unsigned status;                      /* of the response that was queued */
    uint64_t sent;                        /* bytes of its body */
    char request_id[MOST_REQUEST_ID + 1]; /* empty: none */
    struct slot *slot;                    /* where the answer is kept, if it is one that never changes */
    char *target; /* owned: the request target, where it has a '?' or '%', and room for a parameter */
    size_t target_length;
    bool target_is_bad;    /* has a byte that no target has */
    bool target_is_marked; /* has a '?' or '%' */
    bool failed;           /* memory ran out: close the connection */
    bool started;          /* libmicrohttpd has shown us the headers */
    bool responded;
    struct head head;
    size_t discarded; /* bytes of a body that nobody wants */
    chs_request request;
    char *body; /* owned: capacity bytes, request.body_length used */
    size_t capacity;
};

/* A thread that serves connections, with a daemon of its own, which no other thread touches while it runs. */
struct worker {
    chs_server *server;
    struct MHD_Daemon *daemon;
    int inbox, outbox;  /* a pipe: the sockets that it is to serve; the thread ends where the inbox does */
    atomic_uint handed; /* sockets in the pipe */
    pthread_t thread;
};

struct chs_server {
    chs_config config; /* host, routes, headers and preflight are owned copies */
    struct route *routes;
    struct slot *slots; /* hash table; its size is a power of two, and it does not change after the start */
    size_t slot_count, slots_used;

    struct worker *workers;
    unsigned worker_count;                     /* of those that run */
    bool library_is_known;                     /* see chs_library_is_known */
    _Atomic(struct certificate *) certificate; /* NULL: no TLS */
    int listener;                              /* -1: none; the library does not know it */
    struct MHD_Response *any_options;          /* to "OPTIONS *" */
    atomic_bool draining;
    _Atomic(size_t) body_memory; /* bytes of all bodies that are held */
    unsigned connection_limit;

    pthread_mutex_t connections_lock; /* guards what follows */
    chs_exchange *connections;
    unsigned connection_count;
    unsigned handed; /* connections on their way to a worker */
    struct thread_counts *counts;
    bool ends;
    pthread_cond_t watch_end;

    pthread_t watcher;
    bool is_watched;
    pthread_t acceptor;
    atomic_bool listens;
};

/* router.c */
bool chs_make_route(const chs_route *from, struct route *to);
void chs_free_route(struct route *route);
/* Fills route, fault and parameter of the request from its method and path. `method` is as sent; `room`
 * holds the decoded parameter, as long as the path, and may be NULL where the path has no '%'. */
void chs_route_request(const chs_server *server, const char *method, char *room, chs_request *request);
/* The slot for `path`; NULL if its answer may change. */
struct slot *chs_find_slot(const chs_server *server, const char *path);
bool chs_add_slot(chs_server *server, const char *path);

/* strict.c */
/* Is this the libmicrohttpd whose ways strict.c and exchange.c count on, 0.9.75? */
bool chs_library_is_known(void);
/* Notes the length of a request target and what is in it. */
void chs_scan_target(chs_exchange *exchange, const char *target);
/* Reads the headers; false, with the fault of the request set, where it is not as RFC 9112 has it. The
 * strings are those of libmicrohttpd's first call. */
bool chs_check_head(chs_exchange *exchange, const char *method, const char *path, const char *version);
/* The same for what stands behind a chunked body. */
bool chs_check_trailers(chs_exchange *exchange);

/* response.c */
uint64_t chs_hash(const void *bytes, size_t length);
/* The answer to OPTIONS; NULL when memory runs out. */
struct MHD_Response *chs_make_options(const chs_server *server, const char *allow);
/* Answers OPTIONS with what chs_make_options made. MHD_NO, here and below, makes libmicrohttpd close the
 * connection. */
enum MHD_Result chs_queue_options(chs_exchange *exchange, struct MHD_Response *prepared);
/* Answers with what is kept, or 304 to a client that has it. */
enum MHD_Result chs_queue_kept(chs_exchange *exchange, const struct kept *kept);
/* Takes NULL too. */
void chs_free_kept(struct kept *kept);

/* counts.c */
unsigned char chs_method_index(const char *method);
const char *chs_method_name(unsigned char index);
/* Counts the request that the exchange has just answered. */
void chs_count(const chs_exchange *exchange, int64_t nanoseconds);
void chs_free_counts(chs_server *server);

/* accept.c */
/* Are there as many connections as there may be? The lock is held. */
bool chs_is_full(const chs_server *server);
/* Takes the connections that clients have opened; false if some had to be left. */
bool chs_take_connections(chs_server *server);
/* One that was on its way to a worker has arrived, or never will. */
void chs_forget_handed(chs_server *server);
bool chs_start_accepting(chs_server *server);
/* Lets nobody begin to connect, while those who have begun can finish, and are taken. Without it, those who
 * connect between the last that is taken and the end of the listening socket would be accepted, and reset.
 * Who comes now tries again a second later, and is refused. Does nothing without the kernel's socket filters.
 */
void chs_refuse_handshakes(chs_server *server);
/* Refuses new connections from now on. */
void chs_stop_accepting(chs_server *server);
/* Less than a second. */
void chs_pause_ms(long ms);

/* tls.c */
void chs_free_certificates(chs_server *server);
/* What GnuTLS calls, on the threads of libmicrohttpd, for the certificate of a handshake. */
gnutls_certificate_retrieve_function2 chs_on_handshake;

/* worker.c */
/* To be called whenever the library calls us. */
void chs_note_call(void);
/* False, with errno set and nothing left running, where a thread or a daemon cannot be had. */
bool chs_start_workers(chs_server *server);
/* Ends the threads, and with them what connections are left. */
void chs_stop_workers(chs_server *server);
/* Gives the socket of a new connection, whose other end is at `address`, to a worker; or closes it. */
void chs_hand_over(chs_server *server, int socket, const struct sockaddr_storage *address);

/* watch.c */
/* Nanoseconds of a clock that never goes back. */
int64_t chs_now(void);
/* Has the connection neither a request that is being answered nor the beginning of one? The lock is held. */
bool chs_is_idle(const chs_exchange *exchange, int64_t now);
bool chs_start_watching(chs_server *server);
void chs_stop_watching(chs_server *server);

/* exchange.c */
/* The index of the request's route; the number of routes where it has none. */
size_t chs_route_of(const chs_exchange *exchange);
/* Of "http://" or "https://", in any letter case, at the start of a request target; 0: neither. */
size_t chs_scheme_length(const char *target);
/* What libmicrohttpd calls, on its threads. */
void *chs_on_target(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result chs_on_request(void *server, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request);
void chs_on_completed(void *server, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how);
void chs_on_connection(void *server, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode what);

#endif
