/* An HTTP/1.1 server: libmicrohttpd, wrapped, with routing.
 *
 * It knows methods, path templates and responses that never change. The first GET of such a path goes to
 * the handler, and its response is kept; from then on it is answered here, without calling anybody. Every
 * other request goes to the one handler, requests that no route takes included, so that one place words
 * every error.
 *
 * Who calls what: the owner calls chs_create, chs_keep, chs_start, chs_port, chs_drain and
 * chs_destroy, in that order and from one thread at a time. The handler runs on the server's own
 * threads, several at once; chs_respond, chs_hold and chs_request_header are for use inside it, on its
 * thread.
 *
 * Strings end with NUL; those passed in are copied unless a comment says otherwise. */
#ifndef CHTTPSERVER_H
#define CHTTPSERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

typedef struct chs_server chs_server;
typedef struct chs_exchange chs_exchange;

typedef enum chs_status {
    CHS_OK = 0,
    CHS_OUT_OF_MEMORY,
    CHS_BAD_HOST, /* not an address of this machine, nor a name for one */
    CHS_ADDRESS_IN_USE,
    CHS_NOT_PERMITTED,   /* e.g. a port below 1024 */
    CHS_BAD_CERTIFICATE, /* no certificate and its key, in PEM */
    CHS_SYSTEM_ERROR     /* errno says more; EMFILE: there are too few descriptors to answer anybody */
} chs_status;

/* The version of the libmicrohttpd that runs; static. */
const char *chs_library_version(void);
/* Do all tests pass with it? */
bool chs_library_is_proven(void);

/* Methods, as bits: a route takes a set of them. GET brings HEAD, and every route has OPTIONS. */
enum { CHS_GET = 1, CHS_POST = 2 };

/* Why a request reached the handler although no route takes it as it stands. */
typedef enum chs_fault {
    CHS_NO_FAULT = 0,
    CHS_NOT_FOUND,          /* no template matches the path */
    CHS_MOVED,              /* but for the slash at its end a route takes the path; Location is added here */
    CHS_METHOD_NOT_ALLOWED, /* the route does not take the method; Allow is added here */
    CHS_BAD_PATH,           /* a parameter with a bad escape, an escaped slash or NUL, or not UTF-8 */
    CHS_LENGTH_REQUIRED,    /* a POST with neither Content-Length nor Transfer-Encoding */
    CHS_BODY_TOO_LARGE,     /* more than max_body bytes; the body was thrown away */
    CHS_NO_ROOM,            /* bodies and answers together have no more memory; the body was thrown away */
    /* These are about the request itself, whatever its route; the answer closes the connection. */
    CHS_BAD_REQUEST,      /* not as RFC 9112 has it: see chs_reason */
    CHS_NOT_IMPLEMENTED,  /* something of HTTP that this server does not do: see chs_reason */
    CHS_TARGET_TOO_LONG,  /* more than CHS_MOST_TARGET bytes */
    CHS_HEADERS_TOO_LARGE /* more than CHS_MOST_HEAD bytes with the request line */
} chs_fault;

/* What is wrong with a request, where its fault is CHS_BAD_REQUEST or CHS_NOT_IMPLEMENTED. Closed, so that
 * Swift has a sentence for each. */
typedef enum __attribute__((enum_extensibility(closed))) chs_reason {
    CHS_REASON_NONE = 0,
    CHS_REASON_METHOD,          /* is no token */
    CHS_REASON_TARGET,          /* has a byte that no URI has, or a fragment */
    CHS_REASON_TARGET_FORM,     /* none of the four of RFC 9112, section 3.2 */
    CHS_REASON_TARGET_ASTERISK, /* not alone, or not for OPTIONS */
    CHS_REASON_TARGET_HOST,
    CHS_REASON_LINES,        /* a NUL, a folded header, a lone LF, or blanks too many in the request line */
    CHS_REASON_HEADER_NAME,  /* is no token */
    CHS_REASON_HEADER_VALUE, /* has a control character */
    CHS_REASON_NO_HOST,
    CHS_REASON_HOST,
    CHS_REASON_HOST_REPEATED,
    CHS_REASON_LENGTH_REPEATED,
    CHS_REASON_LENGTH_AND_CODING,
    CHS_REASON_CODING, /* the last one, and only it, has to be chunked */
    CHS_REASON_CODING_REPEATED,
    CHS_REASON_CODING_IN_HTTP_1_0,
    /* With CHS_NOT_IMPLEMENTED. */
    CHS_REASON_CONNECT,
    CHS_REASON_UNKNOWN_CODING, /* others before chunked */
} chs_reason;

/* In bytes. The target may have what RFC 9112, section 3, asks for at least, and a little more. */
enum { CHS_MOST_TARGET = 8192, CHS_MOST_HEAD = 16384 };

/* Both strings are borrowed for the call. */
typedef struct chs_header {
    const char *name;
    const char *value;
    bool is_in_304; /* a 304 has it as well; its client keeps the others (RFC 9110, section 15.4.5) */
} chs_header;

/* A path: literal segments, then at most one parameter as the last segment: "/codes", "/codes/{code}". */
typedef struct chs_route {
    const char *template;
    unsigned methods;
} chs_route;

/* What a client asked. All of it is borrowed: valid until the handler returns. */
typedef struct chs_request {
    chs_fault fault;
    chs_reason reason;
    size_t route;                    /* index into chs_config.routes; route_count where no route was found */
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

/* A request that was answered. Borrowed for the call. */
typedef struct chs_log_entry {
    const char *method; /* "other" for one that is none of GET, HEAD, POST and OPTIONS */
    size_t route;       /* index into chs_config.routes; route_count where no route was found */
    unsigned status;
    uint64_t bytes; /* of the body that was sent */
    uint64_t microseconds;
    const char *_Nullable request_id;
} chs_log_entry;

typedef struct chs_config {
    const char *host;          /* an address or a name; "::" takes IPv4 as well */
    uint16_t port;             /* 0 picks a free one: see chs_port */
    unsigned threads;          /* at least 1 */
    size_t max_body;           /* bytes of one request body */
    size_t memory;             /* bytes of all bodies, and answers not yet taken, at a time; 0: no limit */
    unsigned idle_timeout;     /* seconds without a byte until a connection is closed; 0: never */
    unsigned request_timeout;  /* seconds from the first byte of a request to its last; 0: no limit */
    unsigned response_timeout; /* seconds to take a response, and one more for each 64 KiB; 0: no limit */
    unsigned max_connections;  /* less, if the process may not have as many descriptors */
    unsigned max_connections_per_ip;       /* 0: no limit */
    const char *_Nullable tls_certificate; /* PEM; NULL: no TLS */
    const char *_Nullable tls_key;         /* PEM */
    const chs_route *routes;               /* tried in order */
    size_t route_count;
    const chs_header *headers; /* added to every response */
    size_t header_count;
    const chs_header *preflight; /* added to answers to OPTIONS, beside Allow */
    size_t preflight_count;
    chs_handler handler;
    void (*_Nullable log)(void *_Nullable context, const chs_log_entry *entry); /* on the server's threads */
    void *_Nullable context; /* borrowed: must stay valid until chs_destroy returns */
} chs_config;

/* Copies the configuration. NULL when memory runs out; otherwise yours to chs_destroy. */
chs_server *_Nullable chs_create(const chs_config *config);

/* Before chs_start: says that the answer to GET `target`, a path with or without a query, spelled exactly so,
 * never changes. The first answer with status 200 is kept until chs_destroy, with its variant in gzip if
 * there is one, and so is the 304 to a client that has it. */
chs_status chs_keep(chs_server *server, const char *target);

/* Listens and serves on threads of its own until chs_destroy. On failure nothing is left running, errno
 * is that of the failed call, and the server is still yours to chs_destroy. */
chs_status chs_start(chs_server *server);

/* Handshakes from now on get this certificate, with its chain, and its key; both PEM. From any thread, one at
 * a time, between chs_start and chs_destroy; only for a server that was started with TLS. On failure the
 * server goes on with what it had. What is replaced stays until chs_destroy, as a handshake may still use it.
 */
chs_status chs_replace_certificate(chs_server *server, const char *certificate, const char *key);

/* The port listened on, in host byte order; 0 before chs_start. */
uint16_t chs_port(const chs_server *server);

/* How many connections there can be at a time: max_connections, or what the descriptors allow. After
 * chs_start. */
unsigned chs_connection_limit(const chs_server *server);

/* Takes the connections that clients have opened so far, stops listening, asks clients to close by answering
 * with "Connection: close", and returns when no request is in flight, and those who have just connected have
 * had some seconds to send theirs, at the latest after `timeout_ms`.
 * Returns how many were still in flight. */
unsigned chs_drain(chs_server *server, unsigned timeout_ms);

/* Closes every connection, waits for running handlers, and frees the server. */
void chs_destroy(chs_server *server);

/* In a handler: the value of a request header, any letter case; NULL if absent. Borrowed until the
 * handler returns. */
const char *_Nullable chs_request_header(chs_exchange *exchange, const char *name);

/* In a handler: counts `size` more bytes towards the memory limit, which what answers this request holds
 * until its response is sent or broken off. False where there is no room: then they are not counted. */
bool chs_hold(chs_exchange *exchange, size_t size);

/* In a handler: does the request ask for what chs_keep has named, whose answer is kept if its status is 200?
 */
bool chs_is_kept(const chs_exchange *exchange);

/* In a handler, before chs_respond, where the answer is kept: its body once more, compressed with gzip
 * (RFC 1952), for the clients that take that (RFC 9110, section 12.5.3). Both variants vary by
 * Accept-Encoding, and each has an ETag of its own. Copied. */
void chs_offer_gzip(chs_exchange *exchange, const void *body, size_t length);

/* In a handler: answers. Headers and body are copied. To a GET with status 200 it adds an ETag made from
 * the body, and answers 304 instead to a client that has them. */
void chs_respond(chs_exchange *exchange, unsigned status, const chs_header *_Nullable headers,
                 size_t header_count, const void *_Nullable body, size_t length);

/* What a producer returns that has worked, or waited, for nothing: it is asked again when others had their
 * turn. */
enum { CHS_NOTHING_YET = -1 };

/* Writes the next bytes of a response into `buffer`, at most `size`, and returns how many; 0 at the end.
 * Called on the server's thread whenever the client can take more; between two calls that thread serves
 * others, so a call should take milliseconds. May read the request's body, which stays until the end. */
typedef ssize_t (*chs_producer)(void *context, char *buffer, size_t size);

/* In a handler: as chs_respond, with a body that is made while it is sent. `release` is called once with
 * `context` when the response is sent, broken off, or could not be made; it must not use the request. */
void chs_respond_stream(chs_exchange *exchange, unsigned status, const chs_header *_Nullable headers,
                        size_t header_count, chs_producer produce, void (*release)(void *context),
                        void *context);

/* How often a combination of method, route and status was answered. */
typedef struct chs_request_count {
    const char *method; /* as in chs_log_entry */
    size_t route;       /* as in chs_log_entry */
    unsigned status;    /* 0: any beyond the first 47 different ones */
    uint64_t count;
} chs_request_count;

/* In seconds, rising. */
enum { CHS_DURATION_BOUNDS = 18 };
extern const double chs_duration_bounds[CHS_DURATION_BOUNDS];

/* How long the requests of a route took, from the request line to the end of the response. */
typedef struct chs_durations {
    uint64_t counts[CHS_DURATION_BOUNDS + 1]; /* up to each bound, but above the one before; the rest last */
    double seconds;                           /* all together */
} chs_durations;

/* In a handler: what the server has counted since its start. Only combinations that occurred are visited;
 * `visit` may not call back. */
void chs_visit_counts(chs_exchange *exchange, void (*visit)(void *context, const chs_request_count *count),
                      void *context);
void chs_read_durations(chs_exchange *exchange, size_t route, chs_durations *durations);
unsigned chs_count_connections(chs_exchange *exchange);

/* Why the server closed a connection without a whole answer. */
typedef enum chs_closing {
    CHS_CLOSED_REQUEST_TIMEOUT,  /* the request did not arrive in time */
    CHS_CLOSED_RESPONSE_TIMEOUT, /* the response was not taken in time */
    CHS_CLOSED_FOR_ROOM,         /* all connections were taken, and this one had waited longest */
    CHS_CLOSED_ADDRESS_LIMIT,    /* its address has max_connections_per_ip */
} chs_closing;
enum { CHS_CLOSINGS = CHS_CLOSED_ADDRESS_LIMIT + 1 };
uint64_t chs_count_closed(chs_exchange *exchange, chs_closing why);

#pragma clang assume_nonnull end

#endif
