/* Making responses, ETags and conditional answers. */
#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* FNV-1a, 64 bits: the same on every machine, so every replica gives the same ETag. */
uint64_t chs_hash(const void *bytes, size_t length) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char *p = bytes, *end = p + length; p < end; p++) hash = (hash ^ *p) * 0x100000001b3;
    return hash;
}

void chs_make_etag(const void *body, size_t length, char etag[ETAG_SIZE]) {
    snprintf(etag, ETAG_SIZE, "\"%016" PRIx64 "\"", chs_hash(body, length));
}

static bool add_headers(struct MHD_Response *response, const chs_header *headers, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (MHD_add_response_header(response, headers[i].name, headers[i].value) != MHD_YES) return false;
    return true;
}

struct MHD_Response *chs_make_response(const chs_server *server, const chs_header *headers, size_t count,
                                       const void *body, size_t length) {
    /* libmicrohttpd takes a pointer to mutable bytes, but copies from it. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(length, (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
    if (response == NULL) return NULL;
    if (add_headers(response, server->config.headers, server->config.header_count) &&
        add_headers(response, headers, count))
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

bool chs_client_has(struct MHD_Connection *connection, const char *etag) {
    struct search search = {etag, false};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, look, &search);
    return search.found;
}

/* Adds what depends on the exchange rather than on the answer. */
static bool add_exchange_headers(struct MHD_Response *response, const chs_exchange *exchange) {
    const chs_server *server = exchange->server;
    if (exchange->request.fault == CHS_METHOD_NOT_ALLOWED) {
        const char *allow = server->routes[exchange->request.route].allow;
        if (MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allow) != MHD_YES) return false;
    }
    return !atomic_load_explicit(&server->draining, memory_order_relaxed) ||
           MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
}

enum MHD_Result chs_queue(chs_exchange *exchange, unsigned status, struct MHD_Response *response) {
    exchange->responded = MHD_queue_response(exchange->connection, status, response) == MHD_YES;
    return exchange->responded ? MHD_YES : MHD_NO;
}

void chs_respond(chs_exchange *exchange, unsigned status, const chs_header *headers, size_t count,
                 const void *body, size_t length) {
    if (exchange->responded) return;
    char etag[ETAG_SIZE] = "";
    if (exchange->request.method == CHS_GET && status == MHD_HTTP_OK) {
        chs_make_etag(body, length, etag);
        if (chs_client_has(exchange->connection, etag)) {
            status = MHD_HTTP_NOT_MODIFIED;
            length = 0;
        }
    }
    struct MHD_Response *response = chs_make_response(exchange->server, headers, count, body, length);
    if (response == NULL) return;
    if ((etag[0] == '\0' || MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag) == MHD_YES) &&
        add_exchange_headers(response, exchange))
        chs_queue(exchange, status, response);
    MHD_destroy_response(response); /* our reference only; the queue holds its own */
}

const char *chs_request_header(chs_exchange *exchange, const char *name) {
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}
