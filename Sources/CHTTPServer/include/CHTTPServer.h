/* An HTTP/1.1 server: libmicrohttpd, wrapped, with routing.
 *
 * It knows methods, path templates and responses that never change. The first GET of such a path goes to
 * the handler, and its response is kept; from then on it is answered here, without calling anybody. Every
 * other request goes to the one handler, requests that no route takes included, so that one place words
 * every error.
 *
 * Who calls what: the owner calls chs_create, chs_keep, chs_start, chs_port, chs_drain and
 * chs_destroy, in that order and from one thread at a time. The handler runs on the server's own
 * threads, several at once; chs_respond and chs_request_header are for use inside it, on its thread.
 *
 * Strings end with NUL; those passed in are copied unless a comment says otherwise. */
#ifndef CHTTPSERVER_H
#define CHTTPSERVER_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct chs_server chs_server;
typedef struct chs_exchange chs_exchange;

typedef enum chs_status {
    CHS_OK = 0,
    CHS_OUT_OF_MEMORY,
    CHS_BAD_HOST, /* not an address of this machine, nor a name for one */
    CHS_ADDRESS_IN_USE,
    CHS_NOT_PERMITTED, /* e.g. a port below 1024 */
    CHS_SYSTEM_ERROR   /* errno says more */
} chs_status;

/* Methods, as bits: a route takes a set of them. GET brings HEAD, and every route has OPTIONS. */
enum { CHS_GET = 1, CHS_POST = 2 };

/* Why a request reached the handler although no route takes it as it stands. */
typedef enum chs_fault {
    CHS_NO_FAULT = 0,
    CHS_NOT_FOUND,          /* no template matches the path */
    CHS_METHOD_NOT_ALLOWED, /* the route does not take the method; Allow is added here */
    CHS_BAD_PATH,           /* a parameter with a bad escape, an escaped slash or NUL, or not UTF-8 */
    CHS_LENGTH_REQUIRED,    /* a POST with neither Content-Length nor Transfer-Encoding */
    CHS_BODY_TOO_LARGE      /* more than max_body bytes; the body was thrown away */
} chs_fault;

/* Both strings are borrowed for the call. */
typedef struct chs_header {
    const char *name;
    const char *value;
} chs_header;

/* A path: literal segments, then at most one parameter as the last segment: "/codes", "/codes/{code}". */
typedef struct chs_route {
    const char *template;
    unsigned methods;
} chs_route;

/* What a client asked. All of it is borrowed: valid until the handler returns. */
typedef struct chs_request {
    chs_fault fault;
    size_t route;                    /* index into chs_config.routes; meaningless with CHS_NOT_FOUND */
    unsigned method;                 /* CHS_GET also for HEAD; 0 for a method that is neither GET nor POST */
    const char *path;                /* as sent, without the query */
    const char *_Nullable parameter; /* percent-decoded UTF-8; NULL where the template has none */
    const char *_Nullable query;     /* as sent, without the '?'; NULL where there is none */
    const char *_Nullable body;      /* not NUL-terminated; NULL where empty */
    size_t body_length;
} chs_request;

/* Answers one request by calling chs_respond once before it returns; a handler that does not gets the
 * connection closed. */
typedef void (*chs_handler)(void *_Nullable context, const chs_request *request, chs_exchange *exchange);

typedef struct chs_config {
    const char *host;      /* an address or a name; "::" takes IPv4 as well */
    uint16_t port;         /* 0 picks a free one: see chs_port */
    unsigned threads;      /* at least 1 */
    size_t max_body;       /* bytes of one request body */
    unsigned idle_timeout; /* seconds without a byte until a connection is closed; 0: never */
    unsigned max_connections;
    const chs_route *routes; /* tried in order */
    size_t route_count;
    const chs_header *headers; /* added to every response */
    size_t header_count;
    const chs_header *preflight; /* added to answers to OPTIONS, beside Allow */
    size_t preflight_count;
    chs_handler handler;
    void *_Nullable context; /* borrowed: must stay valid until chs_destroy returns */
} chs_config;

/* Copies the configuration. NULL when memory runs out; otherwise yours to chs_destroy. */
chs_server *_Nullable chs_create(const chs_config *config);

/* Before chs_start: says that the answer to GET `path` (no query, spelled exactly so) never changes. The
 * first answer with status 200 is kept until chs_destroy, and so is the 304 to a client that has it. */
chs_status chs_keep(chs_server *server, const char *path);

/* Listens and serves on threads of its own until chs_destroy. On failure nothing is left running, errno
 * is that of the failed call, and the server is still yours to chs_destroy. */
chs_status chs_start(chs_server *server);

/* The port listened on, in host byte order; 0 before chs_start. */
uint16_t chs_port(const chs_server *server);

/* Stops listening, asks clients to close by answering with "Connection: close", and returns when no
 * request is in flight, at the latest after `timeout_ms`. Returns how many were still in flight. */
unsigned chs_drain(chs_server *server, unsigned timeout_ms);

/* Closes every connection, waits for running handlers, and frees the server. */
void chs_destroy(chs_server *server);

/* In a handler: the value of a request header, any letter case; NULL if absent. Borrowed until the
 * handler returns. */
const char *_Nullable chs_request_header(chs_exchange *exchange, const char *name);

/* In a handler: answers. Headers and body are copied. To a GET with status 200 it adds an ETag made from
 * the body, and answers 304 instead to a client that has them. */
void chs_respond(chs_exchange *exchange, unsigned status, const chs_header *_Nullable headers,
                 size_t header_count, const void *_Nullable body, size_t length);

/* Writes the next bytes of a response into `buffer`, at most `size`, and returns how many; 0 at the end.
 * Called on the server's thread whenever the client can take more; between two calls that thread serves
 * others, so a call should take milliseconds. May read the request's body, which stays until the end. */
typedef size_t (*chs_producer)(void *context, char *buffer, size_t size);

/* In a handler: as chs_respond, with a body that is made while it is sent. `release` is called once with
 * `context` when the response is sent, broken off, or could not be made; it must not use the request. */
void chs_respond_stream(chs_exchange *exchange, unsigned status, const chs_header *_Nullable headers,
                        size_t header_count, chs_producer produce, void (*release)(void *context),
                        void *context);

#pragma clang assume_nonnull end

#endif
