/* One request after another on a connection: what libmicrohttpd calls, on its threads.
 *
 * For each request it calls chs_on_target with the request target, chs_on_request when the headers are
 * there, again for each piece of a body, once more when all has arrived, and chs_on_completed when the
 * response is sent or the connection broke. A response to a request without a body is queued on the
 * second call: queued on the first, it closes the connection, which is right for malformed requests only. */
#include "request.h"

#include <stdlib.h>
#include <string.h>

/* A body that nobody wants is read, so that the client gets its answer and keeps its connection, unless
 * it is larger than this. */
enum { MOST_DISCARDED = 16 * 1024 * 1024 };

/* Of a body, which grows by doubling as it comes, whatever length it announces. */
enum { LEAST_CAPACITY = 512 };

chs_exchange *chs_exchange_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

void chs_drop_body(chs_exchange *exchange) {
    free(exchange->body);
    chs_give_back(&exchange->service->budget, exchange->capacity);
    exchange->body = NULL;
    exchange->capacity = exchange->request.body_length = 0;
}

void chs_reset(chs_exchange *exchange) {
    chs_drop_body(exchange);
    chs_give_back(&exchange->service->budget, exchange->answer_size);
    chs_give_back(&exchange->service->budget, exchange->held);
    exchange->answer_size = exchange->held = 0;
    free(exchange->gzip.start);
    exchange->gzip = (struct bytes){NULL, 0};
    free(exchange->target);
    exchange->target = NULL;
    exchange->slot = NULL;
    exchange->failed = exchange->started = exchange->responded = false;
    exchange->is_crowded = exchange->streams = false;
    exchange->turn.is_granted = false;
    exchange->head = (struct head){0};
    exchange->discarded = 0;
    exchange->status = 0;
    exchange->sent = 0;
    exchange->time_left = 0;
    exchange->request_id[0] = '\0';
    exchange->request = (chs_request){.path = "", .route = exchange->service->routes.count};
}

bool chs_hold(chs_exchange *exchange, size_t size) {
    if (!chs_claim(&exchange->service->budget, exchange->held, exchange->held + size)) return false;
    exchange->held += size;
    return true;
}

void chs_count_closing(struct service *service, chs_closing why) {
    atomic_fetch_add_explicit(&service->closings[why], 1, memory_order_relaxed);
}

/* Ends the query behind its '?', so that libmicrohttpd does not take it apart: it would keep a record for
 * each '&', and where those use up the connection's memory, as a query of 2 KB can, 0.9.75 gives no answer.
 * It lends us the target as it received it, in memory that it is about to write to itself. */
static void hide_query(const char *target) {
    const char *query = strchr(target, '?');
    if (query != NULL && query[1] != '\0') *(char *)(uintptr_t)(query + 1) = '\0';
}

void *chs_on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)context;
    chs_exchange *exchange = chs_exchange_of(connection);
    if (exchange == NULL) return NULL;
    chs_reset(exchange);
    exchange->turns->has_called = true;
    exchange->began = chs_now();
    if (atomic_load_explicit(&exchange->waiting_since, memory_order_relaxed) == 0)
        atomic_store_explicit(&exchange->waiting_since, exchange->began, memory_order_relaxed);
    atomic_store_explicit(&exchange->is_shaking, false, memory_order_relaxed);
    atomic_store_explicit(&exchange->busy, true, memory_order_release);
    chs_scan_target(exchange, target);
    /* libmicrohttpd cuts the target up in place; what we need whole, we copy now. */
    if (exchange->target_is_marked) {
        size_t size = exchange->target_length + 1;
        exchange->target = malloc(2 * size);
        exchange->failed = exchange->target == NULL;
        if (!exchange->failed) memcpy(exchange->target, target, size);
        if (exchange->service->library->hides_query) hide_query(target);
    }
    return NULL;
}

/* Counts and logs a request that was answered. */
static void report(const chs_exchange *exchange, int64_t nanoseconds) {
    struct service *service = exchange->service;
    size_t route = exchange->request.route;
    chs_count(&service->counts, route, exchange->method, exchange->status, nanoseconds);
    if (service->settings.log == NULL) return;
    const chs_log_entry entry = {
        .method = chs_method_name(exchange->method),
        .route = route,
        .status = exchange->status,
        .bytes = exchange->sent,
        .microseconds = (uint64_t)nanoseconds / 1000,
        .request_id = exchange->request_id[0] != '\0' ? exchange->request_id : NULL,
    };
    service->settings.log(service->settings.context, &entry);
}

void chs_on_completed(void *context, struct MHD_Connection *connection, void **request,
                      enum MHD_RequestTerminationCode how) {
    (void)context, (void)request, (void)how;
    chs_exchange *exchange = chs_exchange_of(connection);
    if (exchange == NULL) return;
    int64_t now = chs_now();
    if (exchange->responded) report(exchange, now - exchange->began);
    chs_reset(exchange);
    atomic_store_explicit(&exchange->due, 0, memory_order_relaxed);
    atomic_store_explicit(&exchange->idle_since, now, memory_order_relaxed);
    atomic_store_explicit(&exchange->waiting_since, 0, memory_order_relaxed);
    atomic_store_explicit(&exchange->served, exchange->served + 1, memory_order_relaxed);
    atomic_store_explicit(&exchange->busy, false, memory_order_release);
}

/* The path of a target in absolute form, which a server must take (RFC 9112, section 3.2.2); other
 * targets unchanged. */
static const char *without_authority(const char *target) {
    size_t scheme = *target != '/' ? chs_scheme_length(target) : 0;
    if (scheme == 0) return target;
    const char *slash = strchr(target + scheme, '/');
    return slash != NULL ? slash : "/";
}

static size_t line_of(const chs_exchange *exchange) {
    return exchange->request.body_length <= CHS_SMALL ? SINGLES : BULK;
}

/* What takes long is counted: the answers to bodies. */
static void call_handler(chs_exchange *exchange) {
    const struct settings *settings = &exchange->service->settings;
    chs_request *request = &exchange->request;
    request->body = request->body_length > 0 ? exchange->body : NULL;
    size_t line = line_of(exchange);
    int64_t begin = request->body != NULL ? chs_now() : 0;
    settings->handler(settings->context, request, exchange);
    if (begin != 0) chs_end_turn(exchange->turns, line, begin);
}

static enum MHD_Result answer(chs_exchange *exchange) {
    call_handler(exchange);
    if (!exchange->streams) chs_drop_body(exchange);
    if (exchange->is_crowded) {
        exchange->request.fault = CHS_NO_ROOM;
        call_handler(exchange);
    }
    return exchange->responded ? MHD_YES : MHD_NO;
}

/* Where a client waits to be told to go on, though it has nothing to send, 0.9.75 takes the request behind it
 * for the missing body, and closes the connection: the library shall not see that it waits. */
static void settle_expectation(const chs_exchange *exchange) {
    const struct head *head = &exchange->head;
    bool has_body =
        head->transfer_encoding != NULL ||
        (head->content_length != NULL && strspn(head->content_length, "0") < strlen(head->content_length));
    if (head->expect != NULL && !has_body && exchange->service->library->hides_expectation)
        *(char *)(uintptr_t)head->expect = '\0';
}

/* Finds the fault of a body that is too large, or has no length. */
static enum MHD_Result judge_body(chs_exchange *exchange) {
    const struct head *head = &exchange->head;
    chs_request *request = &exchange->request;
    if (head->content_length == NULL) {
        if (head->transfer_encoding == NULL) request->fault = CHS_LENGTH_REQUIRED;
        return MHD_YES;
    }
    unsigned long long announced = strtoull(head->content_length, NULL, 10);
    if (announced <= exchange->service->settings.max_body) return MHD_YES;
    request->fault = CHS_BODY_TOO_LARGE;
    return head->expect != NULL || announced > MOST_DISCARDED ? answer(exchange) : MHD_YES;
}

static void note_request_id(chs_exchange *exchange) {
    const struct head *head = &exchange->head;
    if (head->request_id == NULL) return;
    memcpy(exchange->request_id, head->request_id, head->request_id_length);
    exchange->request_id[head->request_id_length] = '\0';
}

/* Reads the request line and headers. Queues nothing, but for a malformed request or a body that is not
 * worth waiting for. */
static enum MHD_Result begin(chs_exchange *exchange, const char *path, const char *method,
                             const char *version) {
    const struct routes *routes = &exchange->service->routes;
    chs_request *request = &exchange->request;
    exchange->method = chs_method_index(method);
    bool is_sound = chs_check_head(exchange, method, path, version);
    note_request_id(exchange);
    struct slot *slot = NULL;
    char *room = NULL;
    if (exchange->target != NULL) {
        slot = chs_find_slot(routes, exchange->target);
        room = exchange->target + exchange->target_length + 1;
        char *query = strchr(exchange->target, '?');
        if (query != NULL) *query++ = '\0';
        request->query = query;
        path = exchange->target;
    }
    request->path = without_authority(path);
    if (!is_sound) return answer(exchange);
    settle_expectation(exchange);
    chs_route_request(routes, method, room, request);
    if (request->fault != CHS_NO_FAULT) return MHD_YES;
    if (request->method == CHS_POST) return judge_body(exchange);
    exchange->slot = exchange->target != NULL ? slot : chs_find_slot(routes, request->path);
    return MHD_YES;
}

/* Makes room for `count` more bytes of the body; false, with the fault set, where there is none. */
static bool make_room(chs_exchange *exchange, size_t count) {
    size_t needed = exchange->request.body_length + count;
    if (needed <= exchange->capacity) return true;
    size_t capacity = exchange->capacity == 0 ? LEAST_CAPACITY : exchange->capacity * 2;
    while (capacity < needed) capacity *= 2;
    struct budget *budget = &exchange->service->budget;
    bool fits = chs_claim(budget, exchange->capacity, capacity);
    char *body = fits ? realloc(exchange->body, capacity) : NULL;
    if (body == NULL) {
        if (fits) chs_give_back(budget, capacity - exchange->capacity);
        exchange->request.fault = CHS_NO_ROOM;
        return false;
    }
    exchange->body = body;
    exchange->capacity = capacity;
    return true;
}

static enum MHD_Result receive(chs_exchange *exchange, const char *bytes, size_t count) {
    chs_request *request = &exchange->request;
    bool wanted = request->fault == CHS_NO_FAULT && request->method == CHS_POST;
    if (wanted && count > exchange->service->settings.max_body - request->body_length)
        request->fault = CHS_BODY_TOO_LARGE;
    else if (wanted && make_room(exchange, count)) {
        memcpy(exchange->body + request->body_length, bytes, count);
        request->body_length += count;
        return MHD_YES;
    }
    chs_drop_body(exchange);
    exchange->discarded += count;
    return exchange->discarded <= MOST_DISCARDED ? MHD_YES : MHD_NO;
}

static enum MHD_Result finish(chs_exchange *exchange, const char *method) {
    const struct routes *routes = &exchange->service->routes;
    chs_request *request = &exchange->request;
    atomic_store_explicit(&exchange->waiting_since, ARRIVED, memory_order_relaxed);
    if (exchange->head.transfer_encoding != NULL && !chs_check_trailers(exchange)) return answer(exchange);
    if (exchange->slot != NULL) {
        const struct kept *kept = atomic_load_explicit(&exchange->slot->kept, memory_order_acquire);
        if (kept != NULL) return chs_queue_kept(exchange, kept);
    }
    if (strcmp(method, MHD_HTTP_METHOD_OPTIONS) == 0) {
        if (strcmp(request->path, "*") == 0) return chs_queue_options(exchange, routes->any_options);
        /* Every route has OPTIONS; no browser follows a redirect of the question whether it may ask. */
        if (request->fault == CHS_METHOD_NOT_ALLOWED || request->fault == CHS_MOVED) {
            request->fault = CHS_NO_FAULT;
            return chs_queue_options(exchange, routes->list[request->route].options);
        }
    }
    if (request->body_length > 0 &&
        !chs_take_turn(exchange->turns, line_of(exchange), &exchange->turn, false))
        return MHD_YES; /* the library calls again when it is this one's turn */
    return answer(exchange);
}

enum MHD_Result chs_on_request(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **request) {
    (void)request;
    const struct service *service = context;
    chs_exchange *exchange = chs_exchange_of(connection);
    if (exchange == NULL || exchange->failed) return MHD_NO;
    if (atomic_load_explicit(&service->ending, memory_order_relaxed)) return MHD_NO;
    exchange->turns->has_called = true;
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
