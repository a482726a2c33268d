/* One request after another on a connection: what libmicrohttpd calls, on its threads.
 *
 * For each request it calls chs_on_target with the request target, chs_on_request when the headers are
 * there, again for each piece of a body, once more when all has arrived, and chs_on_completed when the
 * response is sent or the connection broke. A response to a request without a body is queued on the
 * second call: queued on the first, it closes the connection, which is right for malformed requests only. */
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
    server->connection_count++;
    pthread_mutex_unlock(&server->connections_lock);
}

static void unlink_exchange(chs_server *server, chs_exchange *exchange) {
    pthread_mutex_lock(&server->connections_lock);
    if (exchange->next != NULL) exchange->next->previous = exchange->previous;
    if (exchange->previous != NULL)
        exchange->previous->next = exchange->next;
    else
        server->connections = exchange->next;
    server->connection_count--;
    pthread_mutex_unlock(&server->connections_lock);
}

static void drop_body(chs_exchange *exchange) {
    free(exchange->body);
    if (exchange->capacity > 0) atomic_fetch_sub(&exchange->server->body_memory, exchange->capacity);
    exchange->body = NULL;
    exchange->capacity = exchange->request.body_length = 0;
}

/* Frees what one request took. */
static void reset(chs_exchange *exchange) {
    drop_body(exchange);
    free(exchange->target);
    exchange->target = NULL;
    exchange->slot = NULL;
    exchange->failed = exchange->started = exchange->responded = false;
    exchange->head = (struct head){0};
    exchange->discarded = 0;
    exchange->status = 0;
    exchange->sent = 0;
    exchange->request_id[0] = '\0';
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
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        exchange->socket = info != NULL ? info->connect_fd : -1;
        atomic_init(&exchange->busy, false);
        atomic_init(&exchange->idle_since, chs_now());
        link_exchange(server, exchange);
    } else if (*socket_context != NULL) {
        chs_exchange *exchange = *socket_context;
        unlink_exchange(server, exchange);
        reset(exchange);
        free(exchange);
        *socket_context = NULL;
    }
}

/* Ends the query behind its '?', so that libmicrohttpd does not take it apart: it would keep a record for
 * each
 * '&', and where those use up the connection's memory, as a query of 2 KB can, 0.9.75 gives no answer. It
 * lends us the target as it received it, in memory that it is about to write to itself. */
static void hide_query(const char *target) {
    const char *query = strchr(target, '?');
    if (query != NULL && query[1] != '\0') *(char *)(uintptr_t)(query + 1) = '\0';
}

void *chs_on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)context;
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL) return NULL;
    reset(exchange);
    exchange->began = chs_now();
    if (atomic_load_explicit(&exchange->waiting_since, memory_order_relaxed) == 0)
        atomic_store_explicit(&exchange->waiting_since, exchange->began, memory_order_relaxed);
    atomic_store_explicit(&exchange->busy, true, memory_order_release);
    chs_scan_target(exchange, target);
    /* libmicrohttpd cuts the target up in place; what we need whole, we copy now. */
    if (exchange->target_is_marked) {
        size_t size = exchange->target_length + 1;
        exchange->target = malloc(2 * size);
        exchange->failed = exchange->target == NULL;
        if (!exchange->failed) memcpy(exchange->target, target, size);
        if (exchange->server->library_is_known) hide_query(target);
    }
    return NULL;
}

size_t chs_route_of(const chs_exchange *exchange) {
    chs_fault fault = exchange->request.fault;
    bool has_route = fault != CHS_NOT_FOUND && fault < CHS_BAD_REQUEST;
    return has_route ? exchange->request.route : exchange->server->config.route_count;
}

/* Counts and logs a request that was answered. */
static void report(const chs_exchange *exchange, int64_t nanoseconds) {
    const chs_config *config = &exchange->server->config;
    chs_count(exchange, nanoseconds);
    if (config->log == NULL) return;
    const chs_log_entry entry = {
        .method = chs_method_name(exchange->method),
        .route = chs_route_of(exchange),
        .status = exchange->status,
        .bytes = exchange->sent,
        .microseconds = (uint64_t)nanoseconds / 1000,
        .request_id = exchange->request_id[0] != '\0' ? exchange->request_id : NULL,
    };
    config->log(config->context, &entry);
}

void chs_on_completed(void *context, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how) {
    (void)context, (void)request, (void)how;
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL) return;
    int64_t now = chs_now();
    if (exchange->responded) report(exchange, now - exchange->began);
    reset(exchange);
    atomic_store_explicit(&exchange->idle_since, now, memory_order_relaxed);
    atomic_store_explicit(&exchange->waiting_since, 0, memory_order_relaxed);
    atomic_store_explicit(&exchange->served, exchange->served + 1, memory_order_relaxed);
    atomic_store_explicit(&exchange->busy, false, memory_order_release);
}

size_t chs_scheme_length(const char *target) {
    return strncasecmp(target, "http://", 7) == 0 ? 7 : strncasecmp(target, "https://", 8) == 0 ? 8 : 0;
}

/* The path of a target in absolute form, which a server must take (RFC 9112, section 3.2.2); other
 * targets unchanged. */
static const char *without_authority(const char *target) {
    size_t scheme = *target != '/' ? chs_scheme_length(target) : 0;
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

/* Reads the request line and headers. Queues nothing, but for a malformed request or a body that is not
 * worth waiting for. */
static enum MHD_Result begin(chs_exchange *exchange, const char *path, const char *method,
                             const char *version) {
    chs_server *server = exchange->server;
    chs_request *request = &exchange->request;
    exchange->method = chs_method_index(method);
    bool is_sound = chs_check_head(exchange, method, path, version);
    const struct head *head = &exchange->head;
    if (head->request_id != NULL) {
        memcpy(exchange->request_id, head->request_id, head->request_id_length);
        exchange->request_id[head->request_id_length] = '\0';
    }
    char *room = NULL;
    if (exchange->target != NULL) {
        room = exchange->target + strlen(exchange->target) + 1;
        char *query = strchr(exchange->target, '?');
        if (query != NULL) *query++ = '\0';
        request->query = query;
        path = exchange->target;
    }
    request->path = without_authority(path);
    if (!is_sound) return answer(exchange);
    chs_route_request(server, method, room, request);
    if (request->fault == CHS_NO_FAULT && request->method == CHS_GET && request->query == NULL)
        exchange->slot = chs_find_slot(server, request->path);
    if (request->method != CHS_POST || request->fault != CHS_NO_FAULT) return MHD_YES;

    if (head->content_length == NULL) {
        if (head->transfer_encoding == NULL) request->fault = CHS_LENGTH_REQUIRED;
        return MHD_YES;
    }
    unsigned long long announced = strtoull(head->content_length, NULL, 10);
    if (announced <= server->config.max_body) return MHD_YES;
    request->fault = CHS_BODY_TOO_LARGE;
    return head->expects || announced > MOST_DISCARDED ? answer(exchange) : MHD_YES;
}

/* Makes room for `count` more bytes of the body; false, with the fault set, where all bodies together may not
 * have them. */
static bool make_room(chs_exchange *exchange, size_t count) {
    chs_server *server = exchange->server;
    size_t needed = exchange->request.body_length + count;
    if (needed <= exchange->capacity) return true;
    size_t capacity = exchange->capacity < 2048 ? 4096 : exchange->capacity * 2;
    while (capacity < needed) capacity *= 2;
    size_t more = capacity - exchange->capacity, limit = server->config.body_memory;
    bool fits = atomic_fetch_add(&server->body_memory, more) + more <= limit || limit == 0;
    char *body = fits ? realloc(exchange->body, capacity) : NULL;
    if (body == NULL) {
        atomic_fetch_sub(&server->body_memory, more);
        exchange->request.fault = CHS_BODIES_TOO_LARGE;
        return false;
    }
    exchange->body = body;
    exchange->capacity = capacity;
    return true;
}

static enum MHD_Result receive(chs_exchange *exchange, const char *bytes, size_t count) {
    chs_request *request = &exchange->request;
    bool wanted = request->fault == CHS_NO_FAULT && request->method == CHS_POST;
    if (wanted && count > exchange->server->config.max_body - request->body_length)
        request->fault = CHS_BODY_TOO_LARGE;
    else if (wanted && make_room(exchange, count)) {
        memcpy(exchange->body + request->body_length, bytes, count);
        request->body_length += count;
        return MHD_YES;
    }
    drop_body(exchange);
    exchange->discarded += count;
    return exchange->discarded <= MOST_DISCARDED ? MHD_YES : MHD_NO;
}

static enum MHD_Result finish(chs_exchange *exchange, const char *method) {
    chs_server *server = exchange->server;
    atomic_store_explicit(&exchange->waiting_since, ARRIVED, memory_order_relaxed);
    if (exchange->head.transfer_encoding != NULL && !chs_check_trailers(exchange)) return answer(exchange);
    if (exchange->slot != NULL) {
        const struct kept *kept = atomic_load_explicit(&exchange->slot->kept, memory_order_acquire);
        if (kept != NULL) return chs_queue_kept(exchange, kept);
    }
    if (strcmp(method, MHD_HTTP_METHOD_OPTIONS) == 0) {
        if (strcmp(exchange->request.path, "*") == 0) return chs_queue_options(exchange, server->any_options);
        if (exchange->request.fault == CHS_METHOD_NOT_ALLOWED) {
            exchange->request.fault = CHS_NO_FAULT; /* every route has OPTIONS */
            return chs_queue_options(exchange, server->routes[exchange->request.route].options);
        }
    }
    return answer(exchange);
}

enum MHD_Result chs_on_request(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request) {
    (void)context, (void)request;
    chs_note_call();
    chs_exchange *exchange = exchange_of(connection);
    if (exchange == NULL || exchange->failed) return MHD_NO;
    if (!exchange->started) {
        exchange->started = true;
        return begin(exchange, path, method, version);
    }
    if (*upload_size > 0) {
        size_t count = *upload_size;
        *upload_size = 0;
        return receive(exchange, upload, count);
    }
    return exchange->responded ? MHD_YES : finish(exchange, method);
}
