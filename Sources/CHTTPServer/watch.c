/* A thread that closes connections whose request does not arrive in time.
 *
 * libmicrohttpd's own timeout counts from the last byte, so a client that drips one now and then would hold
 * a connection for ever. The thread only shuts sockets down, under the lock that a connection needs to end,
 * so it cannot hit a descriptor that stands for another one by now; libmicrohttpd then closes it as if the
 * client had gone. */
#include "internal.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* How often it looks, and how exactly the kernel dates the last byte. */
enum { PERIOD_MS = 100, SLACK_MS = 20 };

/* When all connections are taken, one that has been idle for so long makes room. */
enum { SPARED_MS = 1000 };

static const int64_t MS = 1000 * 1000;

int64_t chs_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 * MS + now.tv_nsec;
}

/* Has something arrived since the last request was answered? What the library has read, but not yet shown
 * us, is the beginning of a request line. */
static bool has_begun(const chs_exchange *exchange, int64_t now) {
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(exchange->socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
    if (atomic_load_explicit(&exchange->served, memory_order_relaxed) == 0)
        return info.tcpi_bytes_received > 0;
    int64_t last = now - info.tcpi_last_data_recv * MS;
    return last > atomic_load_explicit(&exchange->idle_since, memory_order_relaxed) + SLACK_MS * MS;
}

bool chs_is_idle(const chs_exchange *exchange, int64_t now) {
    return !atomic_load_explicit(&exchange->busy, memory_order_acquire) && !has_begun(exchange, now);
}

/* Sets the time from which a request is waited for, unless the connection's own thread has just set it. */
static void set_waiting(chs_exchange *exchange, int64_t from, int64_t to) {
    atomic_compare_exchange_strong_explicit(&exchange->waiting_since, &from, to, memory_order_relaxed,
                                            memory_order_relaxed);
}

static void watch(chs_exchange *exchange, int64_t now, bool is_full) {
    const chs_config *config = &exchange->server->config;
    int64_t since = atomic_load_explicit(&exchange->waiting_since, memory_order_relaxed);
    if (chs_is_idle(exchange, now)) {
        if (since > 0) set_waiting(exchange, since, 0);
        int64_t idle = now - atomic_load_explicit(&exchange->idle_since, memory_order_relaxed);
        if (is_full && idle > SPARED_MS * MS) shutdown(exchange->socket, SHUT_RDWR);
    } else if (since == 0) {
        set_waiting(exchange, 0, now);
    } else if (since != ARRIVED && config->request_timeout > 0 &&
               now - since > config->request_timeout * 1000 * MS) {
        shutdown(exchange->socket, SHUT_RDWR);
    }
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

static void *run(void *context) {
    chs_server *server = context;
    pthread_mutex_lock(&server->connections_lock);
    while (next_round(server)) {
        int64_t now = chs_now();
        bool is_full = chs_is_full(server);
        for (chs_exchange *e = server->connections; e != NULL; e = e->next) watch(e, now, is_full);
    }
    pthread_mutex_unlock(&server->connections_lock);
    return NULL;
}

bool chs_start_watching(chs_server *server) {
    server->is_watched = pthread_create(&server->watcher, NULL, run, server) == 0;
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
