/* One request after another on a connection: what libmicrohttpd calls, on its threads.
 *
 * For each request it calls chs_on_target with the request target, chs_on_request when the headers are
 * there, again for each piece of a body, once more when all has arrived, and chs_on_completed when the
 * response is sent or the connection broke. A response to a request without a body is queued on the
 * second call: queued on the first, it would close the connection. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A body that nobody wants is read, so that the client gets its answer and keeps its connection, unless
 * it is larger than this. */
enum { MOST_DISCARDED = 16 * 1024 * 1024 };

static chs_exchange *exchange_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

static void link_exchange(chs_server *server, chs_exchange *exchange) {
    pthread_mutex_lock(&server->connections_lock);
    exchange->next = server->connections;
    if (exchange->next != NULL) exchange->next->previous = exchange;
    server->connections = exchange;
    pthread_mutex_unlock(&server->connections_lock);
}

static void unlink_exchange(chs_server *server, chs_exchange *exchange) {
    pthread_mutex_lock(&server->connections_lock);
    if (exchange->next != NULL) exchange->next->previous = exchange->previous;
    if (exchange->previous != NULL)
        exchange->previous->next = exchange->next;
    else
        server->connections = exchange->next;
    pthread_mutex_unlock(&server->connections_lock);
}

/* Frees what one request took. */
static void reset(chs_exchange *exchange) {
    free(exchange->target);
    free(exchange->body);
    exchange->target = NULL;
    exchange->body = NULL;
    exchange->capacity = 0;
    exchange->slot = NULL;
    exchange->failed = exchange->started = exchange->responded = false;
    exchange->discarded = 0;
    exchange->request = (chs_request){.path = ""};
}

void chs_on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode what) {
    chs_server *server = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        chs_exchange *exchange = calloc(1, sizeof *exchange);
        *socket_context = exchange;
        if (exchange == NULL) return; /* chs_on_request closes the connection */
        exchange->server = server;
        exchange->connection = connection;
        atomic_init(&exchange->busy, false);
        link_exchange(server, exchange);
    } else if (*socket_context != NULL) {
        chs_exchange *exchange = *socket_context;
        unlink_exchange(server, exchange);
        reset(exchange);
        free(exchange);
        *socket_context = NULL;
    }
}

void *chs_on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)context;
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL) return NULL;
    reset(exchange);
    atomic_store_explicit(&exchange->busy, true, memory_order_relaxed);
    /* libmicrohttpd cuts the target up in place; what we need whole, we copy now. */
    if (strpbrk(target, "?%") != NULL) {
        size_t size = strlen(target) + 1;
        exchange->target = malloc(2 * size);
        exchange->failed = exchange->target == NULL;
        if (!exchange->failed) memcpy(exchange->target, target, size);
    }
    return NULL;
}

void chs_on_completed(void *context, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how) {
    (void)context, (void)request, (void)how;
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL) return;
    reset(exchange);
    atomic_store_explicit(&exchange->busy, false, memory_order_relaxed);
}

/* The path of a target in absolute form, which a server must take (RFC 9112, section 3.2.2); other
 * targets unchanged. */
static const char *without_authority(const char *target) {
    size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
                    : strncasecmp(target, "https://", 8) == 0 ? 8
                                                              : 0;
    if (scheme == 0) return target;
    const char *slash = strchr(target + scheme, '/');
    return slash != NULL ? slash : "/";
}

static enum MHD_Result answer(chs_exchange *exchange) {
    chs_server *server = exchange->server;
    chs_request *request = &exchange->request;
    request->body = request->body_length > 0 ? exchange->body : NULL;
    server->config.handler(server->config.context, request, exchange);
    return exchange->responded ? MHD_YES : MHD_NO;
}

/* Reads the request line and headers. Queues nothing, but for a body that is not worth waiting for. */
static enum MHD_Result begin(chs_exchange *exchange, const char *path, const char *method) {
    chs_server *server = exchange->server;
    chs_request *request = &exchange->request;
    char *room = NULL;
    if (exchange->target != NULL) {
        room = exchange->target + strlen(exchange->target) + 1;
        char *query = strchr(exchange->target, '?');
        if (query != NULL) *query++ = '\0';
        request->query = query;
        path = exchange->target;
    }
    request->path = without_authority(path);
    chs_route_request(server, method, room, request);
    if (request->fault == CHS_NO_FAULT && request->method == CHS_GET && request->query == NULL &&
        !atomic_load_explicit(&server->draining, memory_order_relaxed))
        exchange->slot = chs_find_slot(server, request->path);
    if (request->method != CHS_POST || request->fault != CHS_NO_FAULT) return MHD_YES;

    const char *length = chs_request_header(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (length == NULL) {
        if (chs_request_header(exchange, MHD_HTTP_HEADER_TRANSFER_ENCODING) == NULL)
            request->fault = CHS_LENGTH_REQUIRED;
        return MHD_YES;
    }
    unsigned long long announced = strtoull(length, NULL, 10);
    if (announced <= server->config.max_body) return MHD_YES;
    request->fault = CHS_BODY_TOO_LARGE;
    bool waits = chs_request_header(exchange, MHD_HTTP_HEADER_EXPECT) != NULL;
    return waits || announced > MOST_DISCARDED ? answer(exchange) : MHD_YES;
}

/* Appends to the body; false when memory runs out. */
static bool append(chs_exchange *exchange, const char *bytes, size_t count) {
    size_t length = exchange->request.body_length;
    if (count > exchange->capacity - length) {
        size_t capacity = exchange->capacity < 2048 ? 4096 : exchange->capacity * 2;
        while (capacity - length < count) capacity *= 2;
        char *body = realloc(exchange->body, capacity);
        if (body == NULL) return false;
        exchange->body = body;
        exchange->capacity = capacity;
    }
    memcpy(exchange->body + length, bytes, count);
    exchange->request.body_length = length + count;
    return true;
}

static enum MHD_Result receive(chs_exchange *exchange, const char *bytes, size_t count) {
    chs_request *request = &exchange->request;
    bool wanted = request->fault == CHS_NO_FAULT && request->method == CHS_POST;
    if (wanted && count <= exchange->server->config.max_body - request->body_length)
        return append(exchange, bytes, count) ? MHD_YES : MHD_NO;
    if (wanted) {
        request->fault = CHS_BODY_TOO_LARGE;
        request->body_length = 0;
    }
    exchange->discarded += count;
    return exchange->discarded <= MOST_DISCARDED ? MHD_YES : MHD_NO;
}

static enum MHD_Result finish(chs_exchange *exchange, const char *method) {
    chs_server *server = exchange->server;
    if (exchange->slot != NULL) {
        const struct kept *kept = atomic_load_explicit(&exchange->slot->kept, memory_order_acquire);
        if (kept != NULL) return chs_queue_kept(exchange, kept);
    }
    if (strcmp(method, MHD_HTTP_METHOD_OPTIONS) == 0) {
        if (strcmp(exchange->request.path, "*") == 0)
            return chs_queue_options(exchange, server->any_options, ANY_METHOD);
        if (exchange->request.fault == CHS_METHOD_NOT_ALLOWED) {
            const struct route *route = &server->routes[exchange->request.route];
            return chs_queue_options(exchange, route->options, route->allow);
        }
    }
    return answer(exchange);
}

enum MHD_Result chs_on_request(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request) {
    (void)context, (void)version, (void)request;
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL || exchange->failed) return MHD_NO;
    if (!exchange->started) {
        exchange->started = true;
        return begin(exchange, path, method);
    }
    if (*upload_size > 0) {
        size_t count = *upload_size;
        *upload_size = 0;
        return receive(exchange, upload, count);
    }
    return exchange->responded ? MHD_YES : finish(exchange, method);
}
