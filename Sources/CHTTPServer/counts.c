/* Counting requests and how long they took.
 *
 * Each thread counts for itself, so that counting shares nothing; whoever asks adds up what all of them have.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const methods[] = {"GET", "HEAD", "POST", "OPTIONS", "other"};
static const unsigned statuses[] = {200, 204, 304, 400, 404, 405, 411, 413, 414, 415, 431, 500, 501, 503, 0};

const double chs_duration_bounds[CHS_DURATION_BOUNDS] = {0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005,
                                                         0.001,   0.0025,   0.005,   0.01,   0.025,   0.05,
                                                         0.1,     0.25,     0.5,     1,      2.5,     10};

enum {
    METHODS = sizeof methods / sizeof *methods,
    STATUSES = sizeof statuses / sizeof *statuses,
};

typedef _Atomic(uint64_t) counter;

/* What one thread has counted for one route. */
struct route_counts {
    counter requests[METHODS][STATUSES];
    counter durations[CHS_DURATION_BOUNDS + 1]; /* the last is for what took longer */
    counter nanoseconds;
};

struct thread_counts {
    struct thread_counts *next;
    struct route_counts routes[]; /* one more than the server has, for requests without a route */
};

/* The counts of this thread, which serves one server as long as it lives. */
static _Thread_local struct thread_counts *own;

/* Only this thread writes, so no other write can come in between. */
static void add(counter *counter, uint64_t amount) {
    uint64_t count = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, count + amount, memory_order_relaxed);
}

static struct thread_counts *make_own(chs_server *server) {
    struct thread_counts *counts =
        calloc(1, sizeof *counts + (server->config.route_count + 1) * sizeof *counts->routes);
    if (counts == NULL) return NULL;
    pthread_mutex_lock(&server->connections_lock);
    counts->next = server->counts;
    server->counts = counts;
    pthread_mutex_unlock(&server->connections_lock);
    return counts;
}

unsigned char chs_method_index(const char *method) {
    unsigned char i = 0;
    while (i < METHODS - 1 && strcmp(method, methods[i]) != 0) i++;
    return i;
}

const char *chs_method_name(unsigned char index) {
    return methods[index];
}

static size_t status_index(unsigned status) {
    size_t i = 0;
    while (i < STATUSES - 1 && status != statuses[i]) i++;
    return i;
}

void chs_count(const chs_exchange *exchange, int64_t nanoseconds) {
    chs_server *server = exchange->server;
    if (own == NULL) own = make_own(server);
    if (own == NULL) return;
    struct route_counts *route = &own->routes[chs_route_of(exchange)];
    size_t i = 0;
    while (i < CHS_DURATION_BOUNDS && (double)nanoseconds > chs_duration_bounds[i] * 1e9) i++;
    add(&route->requests[exchange->method][status_index(exchange->status)], 1);
    add(&route->durations[i], 1);
    add(&route->nanoseconds, (uint64_t)nanoseconds);
}

void chs_visit_counts(chs_exchange *exchange, void (*visit)(void *context, const chs_request_count *count),
                      void *context) {
    chs_server *server = exchange->server;
    pthread_mutex_lock(&server->connections_lock);
    for (size_t route = 0; route <= server->config.route_count; route++)
        for (size_t method = 0; method < METHODS; method++)
            for (size_t status = 0; status < STATUSES; status++) {
                uint64_t count = 0;
                for (struct thread_counts *t = server->counts; t != NULL; t = t->next)
                    count += atomic_load_explicit(&t->routes[route].requests[method][status],
                                                  memory_order_relaxed);
                if (count > 0)
                    visit(context, &(chs_request_count){methods[method], route, statuses[status], count});
            }
    pthread_mutex_unlock(&server->connections_lock);
}

void chs_read_durations(chs_exchange *exchange, size_t route, chs_durations *durations) {
    chs_server *server = exchange->server;
    *durations = (chs_durations){0};
    uint64_t nanoseconds = 0;
    pthread_mutex_lock(&server->connections_lock);
    for (struct thread_counts *t = server->counts; t != NULL; t = t->next) {
        for (size_t i = 0; i <= CHS_DURATION_BOUNDS; i++)
            durations->counts[i] +=
                atomic_load_explicit(&t->routes[route].durations[i], memory_order_relaxed);
        nanoseconds += atomic_load_explicit(&t->routes[route].nanoseconds, memory_order_relaxed);
    }
    pthread_mutex_unlock(&server->connections_lock);
    durations->seconds = (double)nanoseconds / 1e9;
}

unsigned chs_count_connections(chs_exchange *exchange) {
    chs_server *server = exchange->server;
    pthread_mutex_lock(&server->connections_lock);
    unsigned count = server->connection_count;
    pthread_mutex_unlock(&server->connections_lock);
    return count;
}

void chs_free_counts(chs_server *server) {
    while (server->counts != NULL) {
        struct thread_counts *next = server->counts->next;
        free(server->counts);
        server->counts = next;
    }
}
