/* Making responses, ETags and conditional answers. */
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The most bytes of a streamed body made at a time. */
enum { STREAM_BLOCK = 16 * 1024 };

/* FNV-1a, 64 bits: the same on every machine, so every replica gives the same ETag. */
uint64_t chs_hash(const void *bytes, size_t length) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char *p = bytes, *end = p + length; p < end; p++) hash = (hash ^ *p) * 0x100000001b3;
    return hash;
}

static void make_etag(const void *body, size_t length, char etag[ETAG_SIZE]) {
    snprintf(etag, ETAG_SIZE, "\"%016" PRIx64 "\"", chs_hash(body, length));
}

static bool add_headers(struct MHD_Response *response, const chs_header *headers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (MHD_add_response_header(response, headers[i].name, headers[i].value) != MHD_YES) return false;
    return true;
}

/* The headers that a 304 has as well: a client keeps the others (RFC 9110, section 15.4.5). Browsers want to
 * be allowed to see any response. */
static bool add_headers_of_304(struct MHD_Response *response, const chs_header *headers, size_t count) {
    static const char *const names[] = {MHD_HTTP_HEADER_CACHE_CONTROL, MHD_HTTP_HEADER_VARY,
                                        MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN};
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            if (strcasecmp(headers[i].name, names[n]) == 0 && !add_headers(response, &headers[i], 1))
                return false;
    return true;
}

/* A response with the server's headers, these and an ETag if there is one; NULL when memory runs out. */
static struct MHD_Response *make_response(const chs_server *server, unsigned status,
                                          const chs_header *headers, size_t count, const void *body,
                                          size_t length, enum MHD_ResponseMemoryMode mode, const char *etag) {
    const chs_config *config = &server->config;
    bool (*add)(struct MHD_Response *, const chs_header *, size_t) =
        status == MHD_HTTP_NOT_MODIFIED ? add_headers_of_304 : add_headers;
    /* libmicrohttpd takes a pointer to mutable bytes, but copies from it or leaves them alone. */
    struct MHD_Response *response = MHD_create_response_from_buffer(length, (void *)(uintptr_t)body, mode);
    if (response == NULL) return NULL;
    if (add(response, config->headers, config->header_count) && add(response, headers, count) &&
        (etag == NULL || MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag) == MHD_YES))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

/* Does the list of entity tags `list` have `etag`, weak ones included, or is it "*"? */
static bool list_has(const char *list, const char *etag) {
    size_t length = strlen(etag);
    for (const char *p = list; *p != '\0';) {
        p += strspn(p, " \t,");
        if (*p == '*') return true;
        if (p[0] == 'W' && p[1] == '/') p += 2;
        if (strncmp(p, etag, length) == 0) return true;
        if (*p == '"') { /* a comma may stand inside an entity tag */
            const char *close = strchr(p + 1, '"');
            if (close == NULL) return false;
            p = close + 1;
        } else {
            p += strcspn(p, ",");
        }
    }
    return false;
}

struct search {
    const char *etag;
    bool found;
};

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct search *search = context;
    if (value == NULL || strcasecmp(name, MHD_HTTP_HEADER_IF_NONE_MATCH) != 0) return MHD_YES;
    search->found = list_has(value, search->etag);
    return search->found ? MHD_NO : MHD_YES;
}

/* Does the client's If-None-Match have `etag`? (RFC 9110, section 13.1.2) */
static bool client_has(const chs_exchange *exchange, const char *etag) {
    const struct head *head = &exchange->head;
    if (head->if_none_match == NULL) return false;
    if (!head->has_more_conditions) return list_has(head->if_none_match, etag);
    struct search search = {etag, false};
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, look, &search);
    return search.found;
}

/* Adds what depends on the exchange rather than on the answer. */
static bool add_exchange_headers(struct MHD_Response *response, const chs_exchange *exchange) {
    const chs_server *server = exchange->server;
    chs_fault fault = exchange->request.fault;
    if (fault == CHS_METHOD_NOT_ALLOWED) {
        const char *allow = server->routes[exchange->request.route].allow;
        if (MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow) != MHD_YES) return false;
    }
    if (exchange->request_id[0] != '\0' &&
        MHD_add_response_header(response, "X-Request-Id", exchange->request_id) != MHD_YES)
        return false;
    bool closes = fault >= CHS_BAD_REQUEST || atomic_load_explicit(&server->draining, memory_order_relaxed);
    return !closes || MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
}

/* Does the response to this request differ from that to others in its headers? */
static bool needs_own(const chs_exchange *exchange) {
    return exchange->request_id[0] != '\0' ||
           atomic_load_explicit(&exchange->server->draining, memory_order_relaxed);
}

/* Queues it; MHD_NO, which makes libmicrohttpd close the connection, where that fails. */
static enum MHD_Result queue(chs_exchange *exchange, unsigned status, struct MHD_Response *response,
                             size_t length) {
    exchange->status = status;
    exchange->sent = chs_method_index(MHD_HTTP_METHOD_HEAD) == exchange->method ? 0 : length;
    exchange->responded = MHD_queue_response(exchange->connection, status, response) == MHD_YES;
    return exchange->responded ? MHD_YES : MHD_NO;
}

static enum MHD_Result copy_header(void *to, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    return MHD_add_response_header(to, name, value);
}

/* Queues a copy of a shared response, of which `body` is the body, with what this exchange adds. */
static enum MHD_Result queue_copy(chs_exchange *exchange, unsigned status, struct MHD_Response *shared,
                                  void *body, size_t length) {
    struct MHD_Response *own = MHD_create_response_from_buffer(length, body, MHD_RESPMEM_PERSISTENT);
    if (own == NULL) return MHD_NO;
    MHD_get_response_headers(shared, copy_header, own);
    if (add_exchange_headers(own, exchange)) queue(exchange, status, own, length);
    MHD_destroy_response(own);
    return exchange->responded ? MHD_YES : MHD_NO;
}

enum MHD_Result chs_queue_kept(chs_exchange *exchange, const struct kept *kept) {
    bool has = client_has(exchange, kept->etag);
    unsigned status = has ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    struct MHD_Response *response = has ? kept->not_modified : kept->full;
    size_t length = has ? 0 : kept->length;
    return needs_own(exchange) ? queue_copy(exchange, status, response, kept->body, length)
                               : queue(exchange, status, response, length);
}

void chs_free_kept(struct kept *kept) {
    if (kept == NULL) return;
    if (kept->full != NULL) MHD_destroy_response(kept->full);
    if (kept->not_modified != NULL) MHD_destroy_response(kept->not_modified);
    free(kept->body);
    free(kept);
}

/* Makes an answer and puts it in the slot, unless another thread was first. Returns what is there then;
 * NULL when memory runs out. */
static const struct kept *keep(const chs_server *server, struct slot *slot, const chs_header *headers,
                               size_t count, const void *body, size_t length) {
    struct kept *kept = calloc(1, sizeof *kept);
    if (kept == NULL) return NULL;
    make_etag(body, length, kept->etag);
    kept->length = length;
    kept->body = malloc(length + 1);
    if (kept->body != NULL) {
        memcpy(kept->body, body, length);
        kept->full = make_response(server, MHD_HTTP_OK, headers, count, kept->body, length,
                                   MHD_RESPMEM_PERSISTENT, kept->etag);
        kept->not_modified = make_response(server, MHD_HTTP_NOT_MODIFIED, headers, count, NULL, 0,
                                           MHD_RESPMEM_PERSISTENT, kept->etag);
    }
    if (kept->full == NULL || kept->not_modified == NULL) {
        chs_free_kept(kept);
        return NULL;
    }
    struct kept *first = NULL;
    if (atomic_compare_exchange_strong_explicit(&slot->kept, &first, kept, memory_order_acq_rel,
                                                memory_order_acquire))
        return kept;
    chs_free_kept(kept);
    return first;
}

void chs_respond(chs_exchange *exchange, unsigned status, const chs_header *headers, size_t count,
                 const void *body, size_t length) {
    if (exchange->responded) return;
    if (exchange->slot != NULL && status == MHD_HTTP_OK) {
        const struct kept *kept = keep(exchange->server, exchange->slot, headers, count, body, length);
        if (kept != NULL) chs_queue_kept(exchange, kept);
        return;
    }
    char etag[ETAG_SIZE];
    bool is_tagged = exchange->request.method == CHS_GET && status == MHD_HTTP_OK;
    if (is_tagged) make_etag(body, length, etag);
    if (is_tagged && client_has(exchange, etag)) {
        status = MHD_HTTP_NOT_MODIFIED;
        length = 0;
    }
    struct MHD_Response *response = make_response(exchange->server, status, headers, count, body, length,
                                                  MHD_RESPMEM_MUST_COPY, is_tagged ? etag : NULL);
    if (response == NULL) return;
    if (add_exchange_headers(response, exchange)) queue(exchange, status, response, length);
    MHD_destroy_response(response); /* our reference only; the queue holds its own */
}

/* A body in the making. */
struct stream {
    chs_producer produce;
    void (*release)(void *context);
    void *context;
    chs_exchange *exchange; /* borrowed: lives as long as the response is sent */
};

static ssize_t read_stream(void *from, uint64_t position, char *buffer, size_t size) {
    (void)position;
    chs_note_call();
    struct stream *stream = from;
    size_t count = stream->produce(stream->context, buffer, size);
    stream->exchange->sent += count;
    return count > 0 ? (ssize_t)count : MHD_CONTENT_READER_END_OF_STREAM;
}

static void free_stream(void *from) {
    struct stream *stream = from;
    stream->release(stream->context);
    free(stream);
}

void chs_respond_stream(chs_exchange *exchange, unsigned status, const chs_header *headers, size_t count,
                        chs_producer produce, void (*release)(void *context), void *context) {
    struct stream *stream = exchange->responded ? NULL : malloc(sizeof *stream);
    if (stream == NULL) {
        release(context);
        return;
    }
    *stream = (struct stream){produce, release, context, exchange};
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, stream, free_stream);
    if (response == NULL) {
        free_stream(stream);
        return;
    }
    const chs_config *config = &exchange->server->config;
    if (add_headers(response, config->headers, config->header_count) &&
        add_headers(response, headers, count) && add_exchange_headers(response, exchange))
        queue(exchange, status, response, 0);
    MHD_destroy_response(response);
}

struct MHD_Response *chs_make_options(const chs_server *server, const char *allow) {
    struct MHD_Response *response =
        make_response(server, MHD_HTTP_NO_CONTENT, server->config.preflight, server->config.preflight_count,
                      NULL, 0, MHD_RESPMEM_PERSISTENT, NULL);
    if (response == NULL) return NULL;
    if (MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow) == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, allow) == MHD_YES)
        return response;
    MHD_destroy_response(response);
    return NULL;
}

enum MHD_Result chs_queue_options(chs_exchange *exchange, struct MHD_Response *prepared) {
    return needs_own(exchange) ? queue_copy(exchange, MHD_HTTP_NO_CONTENT, prepared, NULL, 0)
                               : queue(exchange, MHD_HTTP_NO_CONTENT, prepared, 0);
}

const char *chs_request_header(chs_exchange *exchange, const char *name) {
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}
