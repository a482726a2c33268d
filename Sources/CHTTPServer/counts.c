/* Each thread counts for itself, so that counting shares nothing; whoever asks adds up what all of them have.
 */
#include "counts.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const methods[] = {"GET", "HEAD", "POST", "OPTIONS", "other"};

const double chs_duration_bounds[CHS_DURATION_BOUNDS] = {0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005,
                                                         0.001,   0.0025,   0.005,   0.01,   0.025,   0.05,
                                                         0.1,     0.25,     0.5,     1,      2.5,     10};

enum {
    METHODS = sizeof methods / sizeof *methods,
    STATUSES = 48, /* different ones; more than a server has */
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
    _Atomic(unsigned) statuses[STATUSES]; /* in the order in which they occurred; 0: no more */
    struct route_counts routes[];         /* one more than the server has, for requests without a route */
};

/* The counts of this thread, which serves one server as long as it lives. */
static _Thread_local struct thread_counts *own;

bool chs_init_counts(struct counts *counts, size_t routes) {
    counts->routes = routes;
    return pthread_mutex_init(&counts->lock, NULL) == 0;
}

void chs_free_counts(struct counts *counts) {
    while (counts->threads != NULL) {
        struct thread_counts *next = counts->threads->next;
        free(counts->threads);
        counts->threads = next;
    }
    pthread_mutex_destroy(&counts->lock);
}

/* Only this thread writes, so no other write can come in between. */
static void add(counter *counter, uint64_t amount) {
    uint64_t count = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, count + amount, memory_order_relaxed);
}

static uint64_t read_counter(counter *counter) {
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static struct thread_counts *make_own(struct counts *counts) {
    struct thread_counts *made = calloc(1, sizeof *made + (counts->routes + 1) * sizeof *made->routes);
    if (made == NULL) return NULL;
    pthread_mutex_lock(&counts->lock);
    made->next = counts->threads;
    counts->threads = made;
    pthread_mutex_unlock(&counts->lock);
    return made;
}

unsigned char chs_method_index(const char *method) {
    unsigned char i = 0;
    while (i < METHODS - 1 && strcmp(method, methods[i]) != 0) i++;
    return i;
}

const char *chs_method_name(unsigned char index) {
    return methods[index];
}

/* Where this thread counts the status; the last place where all are taken. */
static size_t status_index(unsigned status) {
    for (size_t i = 0; i < STATUSES - 1; i++) {
        unsigned known = atomic_load_explicit(&own->statuses[i], memory_order_relaxed);
        if (known == 0) atomic_store_explicit(&own->statuses[i], status, memory_order_relaxed);
        if (known == 0 || known == status) return i;
    }
    return STATUSES - 1;
}

void chs_count(struct counts *counts, size_t route, unsigned char method, unsigned status,
               int64_t nanoseconds) {
    if (own == NULL) own = make_own(counts);
    if (own == NULL) return;
    struct route_counts *it = &own->routes[route];
    size_t i = 0;
    while (i < CHS_DURATION_BOUNDS && (double)nanoseconds > chs_duration_bounds[i] * 1e9) i++;
    add(&it->requests[method][status_index(status)], 1);
    add(&it->durations[i], 1);
    add(&it->nanoseconds, (uint64_t)nanoseconds);
}

/* Of one method on one route, with one status, by all threads. */
static uint64_t sum(struct counts *counts, size_t route, size_t method, unsigned status) {
    uint64_t count = 0;
    for (struct thread_counts *t = counts->threads; t != NULL; t = t->next)
        for (size_t i = 0; i < STATUSES; i++)
            if (atomic_load_explicit(&t->statuses[i], memory_order_relaxed) == status)
                count += read_counter(&t->routes[route].requests[method][i]);
    return count;
}

/* Every status that a thread has counted, once each. Returns how many. */
static size_t list_statuses(struct counts *counts, unsigned *list, size_t most) {
    size_t count = 0;
    for (struct thread_counts *t = counts->threads; t != NULL; t = t->next)
        for (size_t i = 0; i < STATUSES; i++) {
            unsigned status = atomic_load_explicit(&t->statuses[i], memory_order_relaxed);
            size_t at = 0;
            while (at < count && list[at] != status) at++;
            if (at == count && count < most) list[count++] = status;
        }
    return count;
}

void chs_visit(struct counts *counts, void (*visit)(void *context, const chs_request_count *count),
               void *context) {
    unsigned statuses[2 * STATUSES];
    pthread_mutex_lock(&counts->lock);
    size_t status_count = list_statuses(counts, statuses, 2 * STATUSES);
    for (size_t route = 0; route <= counts->routes; route++)
        for (size_t method = 0; method < METHODS; method++)
            for (size_t i = 0; i < status_count; i++) {
                uint64_t count = sum(counts, route, method, statuses[i]);
                if (count > 0)
                    visit(context, &(chs_request_count){methods[method], route, statuses[i], count});
            }
    pthread_mutex_unlock(&counts->lock);
}

void chs_add_durations(struct counts *counts, size_t route, chs_durations *durations) {
    uint64_t nanoseconds = 0;
    pthread_mutex_lock(&counts->lock);
    for (struct thread_counts *t = counts->threads; t != NULL; t = t->next) {
        struct route_counts *it = &t->routes[route];
        for (size_t i = 0; i <= CHS_DURATION_BOUNDS; i++)
            durations->counts[i] += read_counter(&it->durations[i]);
        nanoseconds += read_counter(&it->nanoseconds);
    }
    pthread_mutex_unlock(&counts->lock);
    durations->seconds = (double)nanoseconds / 1e9;
}
