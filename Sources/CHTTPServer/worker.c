/* The threads that serve.
 *
 * Each has a libmicrohttpd daemon of its own, waits until there is work for it, and lets it run. The library
 * has threads as well, but those of 0.9.75 wait inside MHD_epoll, which asks the kernel for 128 events and,
 * where it gets them all, asks again before it serves any: for as long as a timeout may be, everybody waits.
 * MHD_run never waits. */
#define _GNU_SOURCE /* pipe2 */

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A daemon whose memory holds no more of a chunk's size, and not its end, has work and does none: after so
 * many rounds it has to wait between them, until the client gives up or has run out of time. */
enum { MOST_FRUITLESS = 1000, PAUSE_MS = 1 };

/* Has the library called us in this round of the thread? */
static _Thread_local bool has_called;

void chs_note_call(void) {
    has_called = true;
}

/* What GnuTLS may speak. */
static const char TLS_VERSIONS[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* Of the library, for what it reads and writes: room for the longest head, for a record of each of its
 * headers, of which it may then have more than a hundred, and for the head of the response. It is cleared
 * after each request, so a connection that has served takes all of it. */
static const size_t CONNECTION_MEMORY = CHS_MOST_HEAD + 8192;

/* Paths are decoded by the router, which must see what was escaped. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context, (void)connection;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(chs_server *server) {
    const chs_config *config = &server->config;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)(uintptr_t)chs_on_handshake},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_VERSIONS},
        {MHD_OPTION_END, 0, NULL},
    };
    bool has_tls = config->tls_certificate != NULL;
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | (has_tls ? MHD_USE_TLS : 0), 0, NULL, NULL, chs_on_request,
        server, MHD_OPTION_URI_LOG_CALLBACK, chs_on_target, server, MHD_OPTION_NOTIFY_COMPLETED,
        chs_on_completed, server, MHD_OPTION_NOTIFY_CONNECTION, chs_on_connection, server,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, server,
        /* Strict, 0.9.75 refuses nothing that chs_check_head does not, but without an
         * answer or with one that has its head twice. */
        MHD_OPTION_STRICT_FOR_CLIENT, server->library_is_known ? 0 : 1, MHD_OPTION_CONNECTION_TIMEOUT,
        config->idle_timeout, MHD_OPTION_CONNECTION_LIMIT,
        server->connection_limit + 1, /* never reached: accept.c keeps the limit */
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, config->max_connections_per_ip,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_ARRAY, has_tls ? tls : tls + 2, MHD_OPTION_END);
}

/* Takes connections that were handed over; false at the end of the inbox. */
static bool take_handed(struct worker *worker) {
    int sockets[64];
    ssize_t size = read(worker->inbox, sockets, sizeof sockets);
    for (ssize_t i = 0; i < size / (ssize_t)sizeof *sockets; i++) {
        struct sockaddr_storage address;
        socklen_t length = sizeof address;
        /* A client that has gone by now has no address. The library closes what it does not take. */
        if (getpeername(sockets[i], (struct sockaddr *)&address, &length) != 0)
            close(sockets[i]);
        else
            MHD_add_connection(worker->daemon, sockets[i], (const struct sockaddr *)&address, length);
        atomic_fetch_sub(&worker->handed, 1);
        chs_forget_handed(worker->server);
    }
    return size != 0;
}

/* How long the daemon can wait, as poll has it. */
static int patience(struct MHD_Daemon *daemon, unsigned fruitless) {
    MHD_UNSIGNED_LONG_LONG ms;
    if (MHD_get_timeout(daemon, &ms) != MHD_YES) return -1;
    if (ms == 0) return fruitless < MOST_FRUITLESS ? 0 : PAUSE_MS;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

static void *run(void *context) {
    struct worker *worker = context;
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    struct pollfd watched[] = {
        {.fd = worker->inbox, .events = POLLIN},
        {.fd = MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, .events = POLLIN},
    };
    unsigned fruitless = 0; /* rounds in a row */
    for (bool is_open = true; is_open;) {
        /* Where there was work, there is likely to be more; to look costs as much as to ask. */
        if (fruitless > 0) poll(watched, 2, patience(worker->daemon, fruitless));
        if (watched[0].revents != 0 || atomic_load(&worker->handed) > 0) is_open = take_handed(worker);
        fruitless = watched[0].revents != 0 || watched[1].revents != 0 ? 0 : fruitless + 1;
        watched[0].revents = watched[1].revents = 0;
        has_called = false;
        MHD_run(worker->daemon);
        if (has_called) fruitless = 0;
    }
    MHD_stop_daemon(worker->daemon); /* here, as it may call us */
    worker->daemon = NULL;
    return NULL;
}

/* Whatever it has taken when it fails, end_worker gives back. */
static bool start_worker(chs_server *server, struct worker *worker) {
    int ends[2];
    *worker = (struct worker){.server = server, .inbox = -1, .outbox = -1};
    atomic_init(&worker->handed, 0);
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return false;
    worker->inbox = ends[0];
    worker->outbox = ends[1];
    worker->daemon = start_daemon(server);
    if (worker->daemon == NULL) return false;
    errno = pthread_create(&worker->thread, NULL, run, worker);
    return errno == 0;
}

/* Its thread has ended, or never begun. */
static void end_worker(struct worker *worker) {
    if (worker->daemon != NULL) MHD_stop_daemon(worker->daemon);
    if (worker->inbox >= 0) close(worker->inbox);
    if (worker->outbox >= 0) close(worker->outbox);
}

bool chs_start_workers(chs_server *server) {
    unsigned count = server->config.threads;
    server->workers = calloc(count, sizeof *server->workers);
    if (server->workers == NULL) return false;
    while (server->worker_count < count && start_worker(server, &server->workers[server->worker_count]))
        server->worker_count++;
    if (server->worker_count == count) return true;
    int error = errno;
    end_worker(&server->workers[server->worker_count]);
    chs_stop_workers(server);
    errno = error;
    return false;
}

void chs_stop_workers(chs_server *server) {
    while (server->worker_count > 0) {
        struct worker *worker = &server->workers[--server->worker_count];
        atomic_fetch_add(&worker->handed, 1); /* so that it looks, however busy it is, and finds the end */
        close(worker->outbox);
        worker->outbox = -1;
        pthread_join(worker->thread, NULL);
        end_worker(worker);
    }
    free(server->workers);
    server->workers = NULL;
}

/* Where connections of one address are counted, one worker has them all. */
static unsigned choose(const chs_server *server, int socket, const struct sockaddr_storage *address) {
    if (server->config.max_connections_per_ip == 0) return (unsigned)socket % server->worker_count;
    uint64_t hash =
        address->ss_family == AF_INET6
            ? chs_hash(&((const struct sockaddr_in6 *)address)->sin6_addr, sizeof(struct in6_addr))
            : chs_hash(&((const struct sockaddr_in *)address)->sin_addr, sizeof(struct in_addr));
    return (unsigned)(hash % server->worker_count);
}

void chs_hand_over(chs_server *server, int socket, const struct sockaddr_storage *address) {
    struct worker *worker = &server->workers[choose(server, socket, address)];
    atomic_fetch_add(&worker->handed, 1);
    /* So short a write is whole or fails; it fails where thousands wait. */
    if (write(worker->outbox, &socket, sizeof socket) == (ssize_t)sizeof socket) return;
    atomic_fetch_sub(&worker->handed, 1);
    close(socket);
    chs_forget_handed(server);
}
