/* One request after another on a connection. */
#ifndef CHS_REQUEST_H
#define CHS_REQUEST_H

#include "budget.h"
#include "bytes.h"
#include "codings.h"
#include "counts.h"
#include "library.h"
#include "routes.h"
#include "settings.h"
#include "turns.h"

/* What all requests share. */
struct service {
    struct settings settings;
    struct routes routes;
    struct budget budget;
    struct counts counts;
    _Atomic(struct certificate *) certificate; /* NULL: no TLS */
    atomic_uint connections;
    _Atomic(uint64_t) closings[CHS_CLOSINGS];
    atomic_bool draining; /* answers ask the client to close */
    atomic_bool ending;   /* no more work is begun */
    bool has_tls;
    const struct library *library; /* that runs */
};

/* What one pass over the headers found; the strings are libmicrohttpd's. */
struct head {
    const char *host; /* NULL: none */
    size_t host_length;
    const char *content_length;    /* NULL: none */
    const char *transfer_encoding; /* NULL: none; otherwise, past chs_check_head, chunked */
    const char *expect;            /* NULL: none */
    const char *if_none_match;     /* the first one; NULL: none */
    bool has_more_conditions;      /* more than one If-None-Match */
    struct codings codings;        /* that the client takes */
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
    struct service *service;
    struct turns *turns; /* of the worker */
    struct turn turn;
    struct MHD_Connection *connection;

    /* For other threads to see. Times are those of chs_now. */
    atomic_bool busy;               /* between the request line and the end of the response */
    _Atomic(int64_t) waiting_since; /* the first byte of a request; 0: none has come; or ARRIVED */
    _Atomic(int64_t) idle_since;    /* the end of the last response, or of the handshake, or the beginning */
    _Atomic(int64_t) due;           /* until when the response must have been taken; 0: there is none */
    _Atomic(unsigned) served;       /* requests, so far */
    atomic_bool is_shaking;         /* a TLS handshake has begun, and not ended */

    int64_t began;                        /* when the request line was there */
    unsigned char method;                 /* an index into those that are counted */
    unsigned status;                      /* of the response that was queued */
    uint64_t sent;                        /* bytes of its body */
    int64_t time_left;                    /* to take it, while it stands in line; 0: it does not */
    char request_id[MOST_REQUEST_ID + 1]; /* empty: none */
    struct slot *slot;                    /* where the answer is kept, if it is one that never changes */
    char *target; /* owned: the request target, where it has a '?' or '%', and room for a parameter */
    size_t target_length;
    bool target_is_bad;    /* has a byte that no target has */
    bool target_is_marked; /* has a '?' or '%' */
    bool failed;           /* memory ran out: close the connection */
    bool started;          /* libmicrohttpd has shown us the headers */
    bool responded;
    bool is_crowded; /* there was no room for the answer */
    bool streams;    /* the answer is still in the making */
    struct head head;
    size_t discarded; /* bytes of a body that nobody wants */
    chs_request request;
    char *body; /* owned: capacity bytes, request.body_length used */
    size_t capacity;
    struct bytes gzip;  /* of the answer that is to be kept; empty: none */
    size_t answer_size; /* claimed for the answer */
    size_t held;        /* claimed by the handler */
};

/* The state of a connection; NULL where memory ran out when it began. */
chs_exchange *chs_exchange_of(struct MHD_Connection *connection);
/* Frees what one request took. */
void chs_reset(chs_exchange *exchange);
/* Nobody reads the body any more. */
void chs_drop_body(chs_exchange *exchange);
/* Counts a connection that is closed without a whole answer. */
void chs_count_closing(struct service *service, chs_closing why);
/* What libmicrohttpd calls, on its threads. */
void *chs_on_target(void *service, const char *target, struct MHD_Connection *connection);
enum MHD_Result chs_on_request(void *service, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request);
void chs_on_completed(void *service, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how);

/* head.c */
/* Notes the length of a request target and what is in it. */
void chs_scan_target(chs_exchange *exchange, const char *target);
/* Reads the headers; false, with the fault of the request set, where it is not as RFC 9112 has it. The
 * strings are those of libmicrohttpd's first call. */
bool chs_check_head(chs_exchange *exchange, const char *method, const char *path, const char *version);
/* The same for what stands behind a chunked body. */
bool chs_check_trailers(chs_exchange *exchange);

/* etag.c */
/* The same bytes have the same ETag, so every replica gives the same. */
void chs_make_etag(const void *body, size_t length, char etag[ETAG_SIZE]);
/* Does the client's If-None-Match have `etag`? (RFC 9110, section 13.1.2) */
bool chs_client_has(const chs_exchange *exchange, const char *etag);

/* response.c */
/* Makes the answers to OPTIONS; false when memory runs out. */
bool chs_prepare_options(struct service *service);
/* Answers OPTIONS with one of those. MHD_NO, here and below, makes libmicrohttpd close the connection. */
enum MHD_Result chs_queue_options(chs_exchange *exchange, struct MHD_Response *prepared);
/* Answers with what is kept, or 304 to a client that has it. */
enum MHD_Result chs_queue_kept(chs_exchange *exchange, const struct kept *kept);
/* Queues a response of so many bytes, 0 where their number is not known yet, to the request. */
enum MHD_Result chs_queue(chs_exchange *exchange, unsigned status, struct MHD_Response *response,
                          size_t length);
/* Adds those of the server, these, and those that depend on the request; false when memory runs out. */
bool chs_add_headers(struct MHD_Response *response, const chs_exchange *exchange, unsigned status,
                     const chs_header *headers, size_t count);
/* The longer an answer, the longer its client may take; in nanoseconds. */
int64_t chs_time_to_take(size_t length);

/* tls.c */
chs_status chs_use_certificate(struct service *service, const char *certificate, const char *key);
void chs_free_certificates(struct service *service);
/* What GnuTLS is to call for the certificate of a handshake, a gnutls_certificate_retrieve_function2. */
void *chs_handshake_callback(void);

#endif
