/* Making responses that are there as a whole, some of them once for all. */
#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What "OPTIONS *" answers. */
#define ANY_METHOD "GET, HEAD, POST, OPTIONS"

int64_t chs_time_to_take(size_t length) {
    return (int64_t)length * (CHS_SECOND / (64 * 1024));
}

/* The answer to these closes the connection: where the request ends is in doubt. */
static bool closes_connection(chs_fault fault) {
    switch (fault) {
    case CHS_BAD_REQUEST:
    case CHS_NOT_IMPLEMENTED:
    case CHS_TARGET_TOO_LONG:
    case CHS_HEADERS_TOO_LARGE: return true;
    case CHS_NO_FAULT:
    case CHS_NOT_FOUND:
    case CHS_MOVED:
    case CHS_METHOD_NOT_ALLOWED:
    case CHS_BAD_PATH:
    case CHS_LENGTH_REQUIRED:
    case CHS_BODY_TOO_LARGE:
    case CHS_NO_ROOM: return false;
    }
    return true;
}

static bool add_headers(struct MHD_Response *response, unsigned status, const chs_header *headers,
                        size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (status == MHD_HTTP_NOT_MODIFIED && !headers[i].is_in_304) continue;
        if (MHD_add_response_header(response, headers[i].name, headers[i].value) != MHD_YES) return false;
    }
    return true;
}

/* A response with the server's headers, these and an ETag if there is one; NULL when memory runs out. */
static struct MHD_Response *make_response(const struct service *service, unsigned status,
                                          const chs_header *headers, size_t count, const void *body,
                                          size_t length, enum MHD_ResponseMemoryMode mode, const char *etag) {
    const struct headers *common = &service->settings.headers;
    /* libmicrohttpd takes a pointer to mutable bytes, but copies from it or leaves them alone. */
    struct MHD_Response *response = MHD_create_response_from_buffer(length, (void *)(uintptr_t)body, mode);
    if (response == NULL) return NULL;
    if (add_headers(response, status, common->list, common->count) &&
        add_headers(response, status, headers, count) &&
        (etag == NULL || MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag) == MHD_YES))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

/* Where a path with a slash too many should have gone. A route takes it, so it cannot begin with "//", and
 * lead to another host. */
static bool add_location(struct MHD_Response *response, const chs_request *request) {
    char location[CHS_MOST_TARGET + 1];
    const char *query = request->query;
    int length = (int)strlen(request->path) - 1;
    snprintf(location, sizeof location, "%.*s%s%s", length, request->path, query != NULL ? "?" : "",
             query != NULL ? query : "");
    return MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, location) == MHD_YES;
}

/* Adds what depends on the exchange rather than on the answer. */
static bool add_exchange_headers(struct MHD_Response *response, const chs_exchange *exchange) {
    const struct service *service = exchange->service;
    chs_fault fault = exchange->request.fault;
    if (fault == CHS_METHOD_NOT_ALLOWED) {
        const char *allow = service->routes.list[exchange->request.route].allow;
        if (MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow) != MHD_YES) return false;
    }
    if (fault == CHS_MOVED && !add_location(response, &exchange->request)) return false;
    if (exchange->request_id[0] != '\0' &&
        MHD_add_response_header(response, "X-Request-Id", exchange->request_id) != MHD_YES)
        return false;
    bool closes = closes_connection(fault) || atomic_load_explicit(&service->draining, memory_order_relaxed);
    return !closes || MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
}

/* Does the response to this request differ from that to others in its headers? */
static bool needs_own(const chs_exchange *exchange) {
    return exchange->request_id[0] != '\0' ||
           atomic_load_explicit(&exchange->service->draining, memory_order_relaxed);
}

/* From now on the client has its time to take the response. */
static void set_due(chs_exchange *exchange, size_t length) {
    int64_t timeout = exchange->service->settings.response_timeout * CHS_SECOND;
    if (timeout == 0) return;
    /* What has no body was whole when its request line was there. */
    int64_t now = exchange->request.method == CHS_POST ? chs_now() : exchange->began;
    atomic_store_explicit(&exchange->due, now + timeout + chs_time_to_take(length), memory_order_relaxed);
}

bool chs_add_headers(struct MHD_Response *response, const chs_exchange *exchange, unsigned status,
                     const chs_header *headers, size_t count) {
    const struct headers *common = &exchange->service->settings.headers;
    return add_headers(response, status, common->list, common->count) &&
           add_headers(response, status, headers, count) && add_exchange_headers(response, exchange);
}

enum MHD_Result chs_queue(chs_exchange *exchange, unsigned status, struct MHD_Response *response,
                          size_t length) {
    exchange->status = status;
    exchange->sent = chs_method_index(MHD_HTTP_METHOD_HEAD) == exchange->method ? 0 : length;
    exchange->responded = MHD_queue_response(exchange->connection, status, response) == MHD_YES;
    /* What is refused before all of it has come is waited for no longer. */
    atomic_store_explicit(&exchange->waiting_since, ARRIVED, memory_order_relaxed);
    set_due(exchange, length);
    return exchange->responded ? MHD_YES : MHD_NO;
}

struct copy {
    struct MHD_Response *response;
    bool is_whole;
};

static enum MHD_Result copy_header(void *to, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct copy *copy = to;
    copy->is_whole = MHD_add_response_header(copy->response, name, value) == MHD_YES;
    return copy->is_whole ? MHD_YES : MHD_NO;
}

/* Queues a copy of a shared response, of which `body` is the body, with what this exchange adds. */
static enum MHD_Result queue_copy(chs_exchange *exchange, unsigned status, struct MHD_Response *shared,
                                  void *body, size_t length) {
    struct MHD_Response *own = MHD_create_response_from_buffer(length, body, MHD_RESPMEM_PERSISTENT);
    if (own == NULL) return MHD_NO;
    struct copy copy = {own, true};
    MHD_get_response_headers(shared, copy_header, &copy);
    if (copy.is_whole && add_exchange_headers(own, exchange)) chs_queue(exchange, status, own, length);
    MHD_destroy_response(own);
    return exchange->responded ? MHD_YES : MHD_NO;
}

enum MHD_Result chs_queue_kept(chs_exchange *exchange, const struct kept *kept) {
    bool zips = kept->gzip.full != NULL && chs_prefers_gzip(&exchange->head.codings);
    const struct variant *variant = zips ? &kept->gzip : &kept->plain;
    bool has = chs_client_has(exchange, variant->etag);
    unsigned status = has ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    struct MHD_Response *response = has ? variant->not_modified : variant->full;
    size_t length = has ? 0 : variant->body.length;
    return needs_own(exchange) ? queue_copy(exchange, status, response, variant->body.start, length)
                               : chs_queue(exchange, status, response, length);
}

bool chs_is_kept(const chs_exchange *exchange) {
    return exchange->slot != NULL;
}

/* Empty where memory runs out. */
static struct bytes copy_bytes(const void *start, size_t length) {
    struct bytes copy = {malloc(length + 1), length};
    if (copy.start != NULL && length > 0) memcpy(copy.start, start, length);
    return copy;
}

void chs_offer_gzip(chs_exchange *exchange, const void *body, size_t length) {
    if (exchange->slot == NULL || exchange->gzip.start != NULL) return;
    exchange->gzip = copy_bytes(body, length);
}

/* What one content coding adds to the headers. */
struct coding {
    const char *name; /* NULL: identity */
    bool varies;      /* there are others */
};

static bool add_vary(struct MHD_Response *response) {
    return MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING) ==
           MHD_YES;
}

/* Fills a variant of an answer, which takes over `body`; false when memory runs out. */
static bool make_variant(struct variant *variant, const struct service *service, struct coding coding,
                         const chs_header *headers, size_t count, struct bytes body) {
    variant->body = body;
    if (body.start == NULL) return false;
    chs_make_etag(body.start, body.length, variant->etag);
    variant->full = make_response(service, MHD_HTTP_OK, headers, count, body.start, body.length,
                                  MHD_RESPMEM_PERSISTENT, variant->etag);
    variant->not_modified = make_response(service, MHD_HTTP_NOT_MODIFIED, headers, count, NULL, 0,
                                          MHD_RESPMEM_PERSISTENT, variant->etag);
    if (variant->full == NULL || variant->not_modified == NULL) return false;
    if (coding.varies && !(add_vary(variant->full) && add_vary(variant->not_modified))) return false;
    return coding.name == NULL ||
           MHD_add_response_header(variant->full, MHD_HTTP_HEADER_CONTENT_ENCODING, coding.name) == MHD_YES;
}

/* Makes an answer and puts it in the slot, unless another thread was first. Returns what is there then;
 * NULL when memory runs out. */
static const struct kept *keep(chs_exchange *exchange, const chs_header *headers, size_t count,
                               const void *body, size_t length) {
    const struct service *service = exchange->service;
    struct kept *kept = calloc(1, sizeof *kept);
    if (kept == NULL) return NULL;
    struct bytes gzip = exchange->gzip;
    exchange->gzip = (struct bytes){NULL, 0};
    bool has_gzip = gzip.start != NULL;
    bool is_made =
        !has_gzip || make_variant(&kept->gzip, service, (struct coding){"gzip", true}, headers, count, gzip);
    if (!is_made || !make_variant(&kept->plain, service, (struct coding){NULL, has_gzip}, headers, count,
                                  copy_bytes(body, length))) {
        chs_free_kept(kept);
        return NULL;
    }
    struct kept *first = NULL;
    if (atomic_compare_exchange_strong_explicit(&exchange->slot->kept, &first, kept, memory_order_acq_rel,
                                                memory_order_acquire))
        return kept;
    chs_free_kept(kept);
    return first;
}

/* Is there room for an answer of this size, until the client has taken it? What is said of a fault is short,
 * and always has some. */
static bool claim_answer(chs_exchange *exchange, size_t size) {
    if (exchange->request.fault != CHS_NO_FAULT) return true;
    if (!chs_claim(&exchange->service->budget, 0, size)) return false;
    exchange->answer_size = size;
    return true;
}

void chs_respond(chs_exchange *exchange, unsigned status, const chs_header *headers, size_t count,
                 const void *body, size_t length) {
    if (exchange->responded) return;
    if (exchange->slot != NULL && status == MHD_HTTP_OK) {
        const struct kept *kept = keep(exchange, headers, count, body, length);
        if (kept != NULL) chs_queue_kept(exchange, kept);
        return;
    }
    char etag[ETAG_SIZE];
    bool is_tagged = exchange->request.method == CHS_GET && status == MHD_HTTP_OK;
    if (is_tagged) chs_make_etag(body, length, etag);
    if (is_tagged && chs_client_has(exchange, etag)) {
        status = MHD_HTTP_NOT_MODIFIED;
        length = 0;
    }
    exchange->is_crowded = !claim_answer(exchange, length);
    if (exchange->is_crowded) return;
    struct MHD_Response *response = make_response(exchange->service, status, headers, count, body, length,
                                                  MHD_RESPMEM_MUST_COPY, is_tagged ? etag : NULL);
    if (response == NULL) return;
    if (add_exchange_headers(response, exchange)) chs_queue(exchange, status, response, length);
    MHD_destroy_response(response); /* our reference only; the queue holds its own */
}

static struct MHD_Response *make_options(const struct service *service, const char *allow) {
    const struct headers *preflight = &service->settings.preflight;
    struct MHD_Response *response = make_response(service, MHD_HTTP_NO_CONTENT, preflight->list,
                                                  preflight->count, NULL, 0, MHD_RESPMEM_PERSISTENT, NULL);
    if (response == NULL) return NULL;
    if (MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow) == MHD_YES &&
        MHD_add_response_header(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, allow) == MHD_YES)
        return response;
    MHD_destroy_response(response);
    return NULL;
}

bool chs_prepare_options(struct service *service) {
    struct routes *routes = &service->routes;
    for (size_t i = 0; i < routes->count; i++) {
        routes->list[i].options = make_options(service, routes->list[i].allow);
        if (routes->list[i].options == NULL) return false;
    }
    routes->any_options = make_options(service, ANY_METHOD);
    return routes->any_options != NULL;
}

enum MHD_Result chs_queue_options(chs_exchange *exchange, struct MHD_Response *prepared) {
    return needs_own(exchange) ? queue_copy(exchange, MHD_HTTP_NO_CONTENT, prepared, NULL, 0)
                               : chs_queue(exchange, MHD_HTTP_NO_CONTENT, prepared, 0);
}
