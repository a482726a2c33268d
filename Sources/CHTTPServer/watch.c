/* A thread that closes connections whose request does not arrive in time, and cleans up behind a crowd.
 *
 * libmicrohttpd's own timeout counts from the last byte, so a client that drips one now and then would hold
 * a connection for ever. And where 0.9.75 reads the last bytes of a client when their end is there as well,
 * it does not see that end. The thread only shuts sockets down, under the lock that a connection needs to
 * end, so it cannot hit a descriptor that stands for another one by now; libmicrohttpd then closes it as if
 * the client had gone. */
#include "internal.h"

#include <errno.h>
#include <linux/tcp.h>
#include <malloc.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* How often it looks, and how exactly the kernel dates the last byte. */
enum { PERIOD_MS = 100, SLACK_MS = 20 };

/* So many connections take memory that is worth to be given back. */
enum { CROWD = 256 };

/* A connection that has waited for so long makes room when all are taken, or when its client has finished. */
enum { SPARED_MS = 1000 };

/* The state of a socket whose other end sends no more; linux/tcp.h does not name it. */
enum { CLOSE_WAIT = 8 };

static const int64_t MS = 1000 * 1000;

int64_t chs_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 * MS + now.tv_nsec;
}

static bool ask_kernel(const chs_exchange *exchange, struct tcp_info *info) {
    socklen_t size = sizeof *info;
    memset(info, 0, size);
    return getsockopt(exchange->socket, IPPROTO_TCP, TCP_INFO, info, &size) == 0;
}

/* Has something arrived since the last request was answered? What the library has read, but not yet shown
 * us, is the beginning of a request line. */
static bool has_begun(const chs_exchange *exchange, const struct tcp_info *info, int64_t now) {
    if (atomic_load_explicit(&exchange->served, memory_order_relaxed) == 0)
        return info->tcpi_bytes_received > 0;
    int64_t last = now - info->tcpi_last_data_recv * MS;
    return last > atomic_load_explicit(&exchange->idle_since, memory_order_relaxed) + SLACK_MS * MS;
}

/* Has the client said that it sends no more, and the library read all that it sent? */
static bool has_finished(const chs_exchange *exchange, const struct tcp_info *info) {
    char byte;
    return info->tcpi_state == CLOSE_WAIT && recv(exchange->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static bool is_busy(const chs_exchange *exchange) {
    return atomic_load_explicit(&exchange->busy, memory_order_acquire);
}

bool chs_is_idle(const chs_exchange *exchange, int64_t now) {
    struct tcp_info info;
    return !is_busy(exchange) && (!ask_kernel(exchange, &info) || !has_begun(exchange, &info, now));
}

/* Sets the time from which a request is waited for, unless the connection's own thread has just set it. */
static void set_waiting(chs_exchange *exchange, int64_t from, int64_t to) {
    atomic_compare_exchange_strong_explicit(&exchange->waiting_since, &from, to, memory_order_relaxed,
                                            memory_order_relaxed);
}

static void watch(chs_exchange *exchange, int64_t now, bool is_full) {
    int64_t limit = exchange->server->config.request_timeout * 1000 * MS;
    int64_t since = atomic_load_explicit(&exchange->waiting_since, memory_order_relaxed);
    struct tcp_info info;
    if (since == ARRIVED || !ask_kernel(exchange, &info)) return;
    bool is_idle = !is_busy(exchange) && !has_begun(exchange, &info, now);
    if (is_idle) {
        if (since > 0) set_waiting(exchange, since, 0);
        since = atomic_load_explicit(&exchange->idle_since, memory_order_relaxed);
    } else if (since == 0) {
        set_waiting(exchange, 0, now);
        return;
    }
    int64_t waited = now - since;
    bool is_late = !is_idle && limit > 0 && waited > limit;
    bool is_spare = waited > SPARED_MS * MS && ((is_idle && is_full) || has_finished(exchange, &info));
    if (is_late || is_spare) shutdown(exchange->socket, SHUT_RDWR);
}

/* Waits for the next round; false when the server ends. */
static bool next_round(chs_server *server) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += PERIOD_MS * MS;
    until.tv_sec += until.tv_nsec / (1000 * MS);
    until.tv_nsec %= 1000 * MS;
    int result = 0;
    while (!server->ends && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&server->watch_end, &server->connections_lock, &until);
    return !server->ends;
}

/* Gives memory back to the system when most of many connections have gone: freed piece by piece, it would
 * stay with the process. */
static void trim(unsigned connections, unsigned *most) {
    if (connections > *most) *most = connections;
    if (*most < CROWD || connections > *most / 4) return;
    malloc_trim(0);
    *most = connections;
}

static void *run(void *context) {
    chs_server *server = context;
    unsigned most = 0;
    pthread_mutex_lock(&server->connections_lock);
    while (next_round(server)) {
        int64_t now = chs_now();
        bool is_full = chs_is_full(server);
        for (chs_exchange *e = server->connections; e != NULL; e = e->next) watch(e, now, is_full);
        trim(server->connection_count, &most);
    }
    pthread_mutex_unlock(&server->connections_lock);
    return NULL;
}

bool chs_start_watching(chs_server *server) {
    errno = pthread_create(&server->watcher, NULL, run, server);
    server->is_watched = errno == 0;
    return server->is_watched;
}

void chs_stop_watching(chs_server *server) {
    if (!server->is_watched) return;
    pthread_mutex_lock(&server->connections_lock);
    server->ends = true;
    pthread_cond_signal(&server->watch_end);
    pthread_mutex_unlock(&server->connections_lock);
    pthread_join(server->watcher, NULL);
    server->is_watched = false;
}
