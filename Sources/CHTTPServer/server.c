/* Making, starting, draining and freeing a server, and what a handler asks of it. */
#include "listener.h"
#include "workers.h"

#include <malloc.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* While draining, those who have begun to connect get so long to finish, which is a round trip to the other
 * end of the world: a client takes itself for connected before we do. And it is looked again so often. */
enum { CONNECTING_MS = 500, LOOK_MS = 5 };

struct chs_server {
    struct service service;
    struct connections connections;
    struct workers workers;
    int listener; /* -1: none */
};

chs_server *chs_create(const chs_config *config) {
    chs_server *server = calloc(1, sizeof *server);
    if (server == NULL) return NULL;
    server->listener = server->workers.bell = -1;
    server->workers.service = &server->service;
    server->workers.connections = &server->connections;
    bool has_locks = chs_init_counts(&server->service.counts, config->route_count);
    if (has_locks && !chs_init_connections(&server->connections, &server->service)) {
        chs_free_counts(&server->service.counts);
        has_locks = false;
    }
    if (!has_locks) {
        free(server);
        return NULL;
    }
    if (chs_copy_settings(&server->service.settings, config) &&
        chs_copy_routes(&server->service.routes, config->routes, config->route_count)) {
        server->service.budget.limit = config->memory;
        return server;
    }
    chs_destroy(server);
    return NULL;
}

chs_status chs_keep(chs_server *server, const char *target) {
    return chs_add_slot(&server->service.routes, target) ? CHS_OK : CHS_OUT_OF_MEMORY;
}

/* How many connections the descriptors allow, at most those configured. All that the system grants are taken;
 * some are left for the threads and for files. */
static unsigned limit_connections(const struct settings *settings) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return settings->max_connections;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return settings->max_connections;
    rlim_t reserved = 16 + 4 * (rlim_t)settings->threads;
    rlim_t allowed = limit.rlim_cur > reserved ? limit.rlim_cur - reserved : 1;
    return allowed < settings->max_connections ? (unsigned)allowed : settings->max_connections;
}

/* Can another descriptor be opened, as each connection needs one? */
static bool has_room(const chs_server *server) {
    int spare = fcntl(server->listener, F_DUPFD_CLOEXEC, 0);
    if (spare < 0) return false;
    close(spare);
    return true;
}

/* New connections are refused from now on. */
static void stop_accepting(chs_server *server) {
    if (!atomic_exchange(&server->workers.accepts, false)) return;
    shutdown(server->listener, SHUT_RDWR);
}

static void stop(chs_server *server) {
    stop_accepting(server);
    chs_stop_watching(&server->connections);
    if (server->workers.count == 0) return;
    /* Every connection ends before the workers do: 0.9.75 can crash if it is stopped while a request comes
     * in. */
    atomic_store(&server->service.ending, true);
    chs_close_all(&server->connections);
    chs_stop_workers(&server->workers);
}

static chs_status prepare(struct service *service) {
    const char *certificate = service->settings.tls_certificate, *key = service->settings.tls_key;
    service->library = chs_library();
    service->has_tls = certificate != NULL && key != NULL;
    if (!chs_prepare_options(service)) return CHS_OUT_OF_MEMORY;
    return service->has_tls ? chs_use_certificate(service, certificate, key) : CHS_OK;
}

/* Each arena keeps what its thread once needed, and few threads need memory at the same moment. What is freed
 * at the end of an arena stays there for the next connection. The system would take it back from 128 KiB on:
 * then each connection cost two page faults, or none, by chance of what lay behind it. watch.c gives back
 * what a crowd leaves. */
static void tune_memory(unsigned threads) {
    enum { MIB = 1024 * 1024 };
    (void)mallopt(M_ARENA_MAX, (int)(threads + 1) / 2);
    (void)mallopt(M_TRIM_THRESHOLD, 8 * MIB);
    (void)mallopt(M_MMAP_THRESHOLD, 4 * MIB); /* the former would fix it at 128 KiB */
}

chs_status chs_start(chs_server *server) {
    const struct settings *settings = &server->service.settings;
    tune_memory(settings->threads);
    chs_status status = prepare(&server->service);
    if (status == CHS_OK) status = chs_listen(settings->host, settings->port, &server->listener);
    if (status != CHS_OK) return status;
    server->connections.limit = limit_connections(settings);
    server->workers.listener = server->connections.listener = server->listener;
    atomic_store(&server->workers.accepts, true);
    if (chs_start_workers(&server->workers) && chs_start_watching(&server->connections) && has_room(server))
        return CHS_OK;
    int error = errno;
    stop(server);
    errno = error;
    return CHS_SYSTEM_ERROR;
}

chs_status chs_replace_certificate(chs_server *server, const char *certificate, const char *key) {
    return chs_use_certificate(&server->service, certificate, key);
}

unsigned chs_connection_limit(const chs_server *server) {
    return server->connections.limit;
}

uint16_t chs_port(const chs_server *server) {
    return server->listener >= 0 ? chs_port_of(server->listener) : 0;
}

static bool is_accepting(const chs_server *server, int64_t began) {
    return atomic_load(&server->workers.accepts) &&
           (chs_now() < began + CONNECTING_MS * CHS_MS || chs_count_waiting(server->listener) > 0);
}

unsigned chs_drain(chs_server *server, unsigned timeout_ms) {
    if (server->workers.count == 0) return 0;
    int64_t began = chs_now(), deadline = began + timeout_ms * CHS_MS;
    /* First, so that whoever is told that an answer is the last gets no further connection. */
    if (atomic_load(&server->workers.accepts)) chs_refuse_handshakes(server->listener);
    atomic_store(&server->service.draining, true);
    while (is_accepting(server, began) && chs_now() < deadline) chs_pause_ms(LOOK_MS);
    stop_accepting(server);
    while (chs_count_unsettled(&server->connections) > 0) {
        if (chs_now() >= deadline) return chs_count_in_flight(&server->connections);
        chs_pause_ms(LOOK_MS);
    }
    return 0;
}

void chs_destroy(chs_server *server) {
    stop(server);
    if (server->listener >= 0) close(server->listener);
    chs_free_certificates(&server->service);
    chs_free_routes(&server->service.routes);
    chs_free_settings(&server->service.settings);
    chs_free_connections(&server->connections);
    chs_free_counts(&server->service.counts);
    free(server);
}

/* MARK: - For the handler */

const char *chs_request_header(chs_exchange *exchange, const char *name) {
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

void chs_visit_counts(chs_exchange *exchange, void (*visit)(void *context, const chs_request_count *count),
                      void *context) {
    chs_visit(&exchange->service->counts, visit, context);
}

void chs_read_durations(chs_exchange *exchange, size_t route, chs_durations *durations) {
    *durations = (chs_durations){0};
    chs_add_durations(&exchange->service->counts, route, durations);
}

uint64_t chs_count_closed(chs_exchange *exchange, chs_closing why) {
    return atomic_load_explicit(&exchange->service->closings[why], memory_order_relaxed);
}

unsigned chs_count_connections(chs_exchange *exchange) {
    return atomic_load_explicit(&exchange->service->connections, memory_order_relaxed);
}
