/* What the files of this module share. Nothing here is part of the contract. */
#ifndef CHTTPSERVER_INTERNAL_H
#define CHTTPSERVER_INTERNAL_H

#include "CHTTPServer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

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

/* The state of one connection, used by the thread that serves it; reused for each of its requests, so
 * that a request allocates nothing of ours unless it has a query, an escape or a body. */
struct chs_exchange {
    chs_server *server;
    chs_exchange *next, *previous; /* guarded by server->connections_lock */
    atomic_bool busy;              /* between the first byte of a request and the end of its response */

    struct MHD_Connection *connection;
    struct slot *slot; /* where the answer is kept, if it is one that never changes */
    char *target;      /* owned: the request target, where it has a '?' or '%', and room for a parameter */
    bool failed;       /* memory ran out: close the connection */
    bool started;      /* libmicrohttpd has shown us the headers */
    bool responded;
    size_t discarded; /* bytes of a body that nobody wants */
    chs_request request;
    char *body; /* owned: capacity bytes, request.body_length used */
    size_t capacity;
};

struct chs_server {
    chs_config config; /* host, routes, headers and preflight are owned copies */
    struct route *routes;
    struct slot *slots; /* hash table; its size is a power of two, and it does not change after the start */
    size_t slot_count, slots_used;

    struct MHD_Daemon *daemon;
    int listener;                     /* -1: none */
    struct MHD_Response *any_options; /* to "OPTIONS *" */
    atomic_bool draining;
    pthread_mutex_t connections_lock;
    chs_exchange *connections;
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

/* response.c */
uint64_t chs_hash(const void *bytes, size_t length);
/* A response with the server's headers and these; NULL when memory runs out. The body is copied. */
struct MHD_Response *chs_make_response(const chs_server *server, const chs_header *headers, size_t count,
                                       const void *body, size_t length);
/* The answer to OPTIONS; NULL when memory runs out. */
struct MHD_Response *chs_make_options(const chs_server *server, const char *allow);
/* Answers OPTIONS with what was prepared, or with one that closes the connection while draining. */
enum MHD_Result chs_queue_options(chs_exchange *exchange, struct MHD_Response *prepared, const char *allow);
/* Answers with what is kept, or 304 to a client that has it. */
enum MHD_Result chs_queue_kept(chs_exchange *exchange, const struct kept *kept);
/* Takes NULL too. */
void chs_free_kept(struct kept *kept);
/* Queues it; MHD_NO, which makes libmicrohttpd close the connection, where that fails. */
enum MHD_Result chs_queue(chs_exchange *exchange, unsigned status, struct MHD_Response *response);

/* exchange.c: what libmicrohttpd calls, on its threads */
void *chs_on_target(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result chs_on_request(void *server, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request);
void chs_on_completed(void *server, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how);
void chs_on_connection(void *server, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode what);

#endif
