/* Counting requests and how long they took. */
#ifndef CHS_COUNTS_H
#define CHS_COUNTS_H

#include "CHTTPServer.h"

#include <pthread.h>

/* What all threads have counted. */
struct counts {
    pthread_mutex_t lock; /* guards the list, not what is in it */
    struct thread_counts *threads;
    size_t routes;
};

bool chs_init_counts(struct counts *counts, size_t routes);
void chs_free_counts(struct counts *counts);

unsigned char chs_method_index(const char *method);
const char *chs_method_name(unsigned char index);

/* Counts a request that was answered. */
void chs_count(struct counts *counts, size_t route, unsigned char method, unsigned status,
               int64_t nanoseconds);

void chs_visit(struct counts *counts, void (*visit)(void *context, const chs_request_count *count),
               void *context);
void chs_add_durations(struct counts *counts, size_t route, chs_durations *durations);

#endif
