/* Making, starting, draining and freeing a server. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* While draining, a connection on which nothing has come for so long is taken for idle, those who have begun
 * to connect get so long to finish, and it is looked again so often. */
enum { QUIET_MS = 200, ROUND_MS = 5 };

static void free_headers(const chs_header *headers, size_t count) {
    if (headers == NULL) return;
    for (size_t i = 0; i < count; i++) {
        free((void *)(uintptr_t)headers[i].name);
        free((void *)(uintptr_t)headers[i].value);
    }
    free((void *)(uintptr_t)headers);
}

/* A copy to be freed with free_headers, NULL when memory runs out. An empty list has one too. */
static const chs_header *copy_headers(const chs_header *headers, size_t count) {
    chs_header *copy = calloc(count + 1, sizeof *copy);
    if (copy == NULL) return NULL;
    for (size_t i = 0; i < count; i++) {
        copy[i].name = strdup(headers[i].name);
        copy[i].value = strdup(headers[i].value);
        if (copy[i].name == NULL || copy[i].value == NULL) {
            free_headers(copy, i + 1);
            return NULL;
        }
    }
    return copy;
}

static bool copy_config(chs_server *server, const chs_config *config) {
    chs_config *own = &server->config;
    *own = *config;
    own->route_count = 0;
    own->host = strdup(config->host);
    own->tls_certificate = config->tls_certificate != NULL ? strdup(config->tls_certificate) : NULL;
    own->tls_key = config->tls_key != NULL ? strdup(config->tls_key) : NULL;
    bool has_tls = (config->tls_certificate == NULL || own->tls_certificate != NULL) &&
                   (config->tls_key == NULL || own->tls_key != NULL);
    own->headers = copy_headers(config->headers, config->header_count);
    own->preflight = copy_headers(config->preflight, config->preflight_count);
    server->routes = calloc(config->route_count + 1, sizeof *server->routes);
    if (!has_tls || own->host == NULL || own->headers == NULL || own->preflight == NULL ||
        server->routes == NULL)
        return false;
    for (size_t i = 0; i < config->route_count; i++) {
        if (!chs_make_route(&config->routes[i], &server->routes[i])) return false;
        own->route_count++;
    }
    own->routes = NULL; /* server->routes has them */
    return true;
}

/* The condition's clock is that of chs_now. */
static bool init_lock(chs_server *server) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) return false;
    bool ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&server->watch_end, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    if (ok && pthread_mutex_init(&server->connections_lock, NULL) == 0) return true;
    if (ok) pthread_cond_destroy(&server->watch_end);
    return false;
}

chs_server *chs_create(const chs_config *config) {
    chs_server *server = calloc(1, sizeof *server);
    if (server == NULL) return NULL;
    server->listener = -1;
    atomic_init(&server->draining, false);
    atomic_init(&server->listens, false);
    atomic_init(&server->certificate, NULL);
    if (!init_lock(server)) {
        free(server);
        return NULL;
    }
    if (copy_config(server, config)) return server;
    chs_destroy(server);
    return NULL;
}

chs_status chs_keep(chs_server *server, const char *path) {
    return chs_add_slot(server, path) ? CHS_OK : CHS_OUT_OF_MEMORY;
}

static bool prepare_options(chs_server *server) {
    for (size_t i = 0; i < server->config.route_count; i++) {
        server->routes[i].options = chs_make_options(server, server->routes[i].allow);
        if (server->routes[i].options == NULL) return false;
    }
    server->any_options = chs_make_options(server, ANY_METHOD);
    return server->any_options != NULL;
}

/* A listening socket on one address; -1 with errno set. */
static int listen_on(int family, const struct sockaddr *address, socklen_t length) {
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    int on = 1, off = 0;
    bool ok = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0;
    if (family == AF_INET6) ok = ok && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0;
    if (ok && bind(fd, address, length) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static chs_status status_of_errno(void) {
    switch (errno) {
    case EADDRINUSE: return CHS_ADDRESS_IN_USE;
    case EACCES: return CHS_NOT_PERMITTED;
    case EADDRNOTAVAIL: return CHS_BAD_HOST;
    case ENOMEM: return CHS_OUT_OF_MEMORY;
    default: return CHS_SYSTEM_ERROR;
    }
}

/* Opens the listener on the first address of the host that works. */
static chs_status open_listener(chs_server *server) {
    char port[6];
    snprintf(port, sizeof port, "%u", (unsigned)server->config.port);
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *addresses = NULL;
    if (getaddrinfo(server->config.host, port, &hints, &addresses) != 0) return CHS_BAD_HOST;
    for (struct addrinfo *a = addresses; a != NULL && server->listener < 0; a = a->ai_next)
        server->listener = listen_on(a->ai_family, a->ai_addr, a->ai_addrlen);
    freeaddrinfo(addresses);
    /* A machine without IPv6 still has the IPv4 half of "every address". */
    if (server->listener < 0 && errno == EAFNOSUPPORT && strcmp(server->config.host, "::") == 0) {
        struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(server->config.port)};
        server->listener = listen_on(AF_INET, (const struct sockaddr *)&any, sizeof any);
    }
    return server->listener >= 0 ? CHS_OK : status_of_errno();
}

/* How many connections the descriptors allow, at most those configured. All that the system grants are taken;
 * some are left for the threads and for files. */
static unsigned limit_connections(const chs_config *config) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return config->max_connections;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return config->max_connections;
    rlim_t reserved = 16 + 4 * (rlim_t)config->threads;
    rlim_t allowed = limit.rlim_cur > reserved ? limit.rlim_cur - reserved : 1;
    return allowed < config->max_connections ? (unsigned)allowed : config->max_connections;
}

/* Can another descriptor be opened, as each connection needs one? */
static bool has_room(const chs_server *server) {
    int spare = fcntl(server->listener, F_DUPFD_CLOEXEC, 0);
    if (spare < 0) return false;
    close(spare);
    return true;
}

/* Ends every connection before the workers end: 0.9.75 can crash if it is stopped while a request comes in.
 * Waits a second at most. */
static void close_connections(chs_server *server) {
    for (int round = 0; round < 200; round++) {
        pthread_mutex_lock(&server->connections_lock);
        for (const chs_exchange *e = server->connections; e != NULL; e = e->next)
            shutdown(e->socket, SHUT_RDWR);
        bool is_done = server->connections == NULL && server->handed == 0;
        pthread_mutex_unlock(&server->connections_lock);
        if (is_done) return;
        chs_pause_ms(ROUND_MS);
    }
}

static void stop(chs_server *server) {
    chs_stop_accepting(server);
    chs_stop_watching(server);
    if (server->worker_count == 0) return;
    close_connections(server);
    chs_stop_workers(server);
}

chs_status chs_start(chs_server *server) {
    if (!prepare_options(server)) return CHS_OUT_OF_MEMORY;
    server->library_is_known = chs_library_is_known();
    const char *certificate = server->config.tls_certificate, *key = server->config.tls_key;
    chs_status status =
        certificate != NULL && key != NULL ? chs_replace_certificate(server, certificate, key) : CHS_OK;
    if (status == CHS_OK) status = open_listener(server);
    if (status != CHS_OK) return status;
    server->connection_limit = limit_connections(&server->config);
    if (chs_start_workers(server) && chs_start_watching(server) && chs_start_accepting(server) &&
        has_room(server))
        return CHS_OK;
    int error = errno;
    stop(server);
    errno = error;
    return CHS_SYSTEM_ERROR;
}

unsigned chs_connection_limit(const chs_server *server) {
    return server->connection_limit;
}

uint16_t chs_port(const chs_server *server) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (server->listener < 0 || getsockname(server->listener, (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

static bool is_in_flight(const chs_exchange *exchange, int64_t now) {
    return !chs_is_idle(exchange, now);
}

/* Might a request be on its way on this connection? */
static bool is_unsettled(const chs_exchange *exchange, int64_t now) {
    int unread = 0;
    int64_t quiet = now - atomic_load_explicit(&exchange->idle_since, memory_order_relaxed);
    return is_in_flight(exchange, now) || quiet < QUIET_MS * INT64_C(1000000) ||
           (ioctl(exchange->socket, FIONREAD, &unread) == 0 && unread > 0);
}

/* Counts those that the library has not begun, too: their requests may have come. */
static unsigned count_connections(chs_server *server, bool (*counts)(const chs_exchange *, int64_t)) {
    pthread_mutex_lock(&server->connections_lock);
    unsigned count = server->handed;
    int64_t now = chs_now();
    for (const chs_exchange *e = server->connections; e != NULL; e = e->next)
        if (counts(e, now)) count++;
    pthread_mutex_unlock(&server->connections_lock);
    return count;
}

unsigned chs_drain(chs_server *server, unsigned timeout_ms) {
    if (server->worker_count == 0) return 0;
    /* First, so that whoever is told that an answer is the last gets no further connection. */
    if (atomic_load(&server->listens)) chs_refuse_handshakes(server);
    atomic_store(&server->draining, true);
    unsigned waited = 0;
    for (; atomic_load(&server->listens) && (waited < QUIET_MS || !chs_take_connections(server)) &&
           waited < timeout_ms;
         waited += ROUND_MS)
        chs_pause_ms(ROUND_MS);
    chs_stop_accepting(server);
    for (; count_connections(server, is_unsettled) > 0 && waited < timeout_ms; waited += ROUND_MS)
        chs_pause_ms(ROUND_MS);
    return count_connections(server, is_in_flight);
}

static void free_slots(chs_server *server) {
    for (size_t i = 0; i < server->slot_count; i++) {
        free(server->slots[i].path);
        chs_free_kept(atomic_load(&server->slots[i].kept));
    }
    free(server->slots);
}

void chs_destroy(chs_server *server) {
    stop(server);
    if (server->listener >= 0) close(server->listener);
    free_slots(server);
    for (size_t i = 0; i < server->config.route_count; i++) chs_free_route(&server->routes[i]);
    free(server->routes);
    if (server->any_options != NULL) MHD_destroy_response(server->any_options);
    free_headers(server->config.headers, server->config.header_count);
    free_headers(server->config.preflight, server->config.preflight_count);
    free((void *)(uintptr_t)server->config.host);
    free((void *)(uintptr_t)server->config.tls_certificate);
    free((void *)(uintptr_t)server->config.tls_key);
    chs_free_certificates(server);
    chs_free_counts(server);
    pthread_cond_destroy(&server->watch_end);
    pthread_mutex_destroy(&server->connections_lock);
    free(server);
}
