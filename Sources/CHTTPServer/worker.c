/* What a worker does in its rounds.
 *
 * The library has threads as well, but those of 0.9.75 wait inside MHD_epoll, which asks the kernel for 128
 * events and, where it gets them all, asks again before it serves any: for as long as a timeout may be,
 * everybody waits. MHD_run never waits. The library could also listen itself, but 0.9.75 cannot safely be
 * made to stop: while its threads are busy, MHD_quiesce_daemon now and then finds the socket gone that it
 * wants to remove, and aborts. */
#define _GNU_SOURCE /* accept4 */

#include "workers.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* A daemon whose memory holds no more of a chunk's size, and not its end, has work and does none: after so
 * many rounds it has to wait between them, longer each time, until the client gives up or has run out of
 * time. */
enum { MOST_FRUITLESS = 2, LONGEST_PAUSE_MS = 32 };

/* A worker takes at most so many new connections in a round: in a flood a round is tens of milliseconds long,
 * and whoever wants to be served waits behind all who came before. One that has so many more than the others
 * on average lets the others go first, as who keeps a connection stays with its worker: a few would else all
 * be one worker's, and wait for each other. Where there is no room, all wait a little. */
enum { ACCEPTED = 256, AHEAD = 1, WAIT_MS = 5 };

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

/* MHD_USE_NO_THREAD_SAFETY, which 0.9.75 does not know and its header lacks: each daemon has one thread.
 * Later versions would else keep a new connection back until the next MHD_run, and it would not count before.
 */
static const unsigned ONE_THREAD = 1U << 19;

/* The state of the connection that the library has just taken; NULL when memory runs out. */
static struct connection *begin_connection(struct worker *worker, struct MHD_Connection *mhd) {
    struct connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL || worker->arrival == NULL) {
        free(connection);
        return NULL;
    }
    connection->socket = worker->arrival->socket;
    connection->address = worker->arrival->address;
    worker->arrival = NULL;
    chs_exchange *exchange = &connection->exchange;
    exchange->service = worker->workers->service;
    exchange->turns = &worker->turns;
    exchange->turn.connection = exchange->connection = mhd;
    atomic_init(&exchange->idle_since, chs_now());
    atomic_init(&exchange->is_shaking, exchange->service->has_tls);
    chs_link(worker->workers->connections, connection);
    atomic_fetch_add_explicit(&worker->connections, 1, memory_order_relaxed);
    return connection;
}

static void end_connection(struct worker *worker, struct connection *connection) {
    chs_unlink(worker->workers->connections, connection);
    atomic_fetch_sub_explicit(&worker->connections, 1, memory_order_relaxed);
    chs_reset(&connection->exchange);
    free(connection);
}

/* One without a state is closed by chs_on_request. */
static void on_connection(void *context, struct MHD_Connection *mhd, void **kept,
                          enum MHD_ConnectionNotificationCode what) {
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *kept = begin_connection(context, mhd);
    } else if (*kept != NULL) {
        end_connection(context, *kept);
        *kept = NULL;
    }
}

static struct MHD_Daemon *start_daemon(struct worker *worker) {
    struct service *service = worker->workers->service;
    const struct settings *settings = &service->settings;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_CERT_CALLBACK, 0, chs_handshake_callback()},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_VERSIONS},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | ONE_THREAD;
    return MHD_start_daemon(
        flags | (service->has_tls ? MHD_USE_TLS : 0), 0, NULL, NULL, chs_on_request, service,
        MHD_OPTION_URI_LOG_CALLBACK, chs_on_target, service, MHD_OPTION_NOTIFY_COMPLETED, chs_on_completed,
        service, MHD_OPTION_NOTIFY_CONNECTION, on_connection, worker, MHD_OPTION_UNESCAPE_CALLBACK,
        keep_escapes, NULL, MHD_OPTION_STRICT_FOR_CLIENT, service->library->is_strict ? 1 : 0,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_timeout, MHD_OPTION_CONNECTION_LIMIT,
        worker->workers->connections->limit + 1, /* never reached: the limit is kept in connections.c */
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_ARRAY, service->has_tls ? tls : tls + 2, MHD_OPTION_END);
}

/* MARK: - New connections */

/* What a worker waits for. */
enum { LIBRARY, BELL, LISTENER, AWAITED };

/* Has it more connections than the others, who might take the next one? */
static bool is_ahead(const struct worker *worker) {
    const struct service *service = worker->workers->service;
    unsigned own = atomic_load_explicit(&worker->connections, memory_order_relaxed);
    unsigned all = atomic_load_explicit(&service->connections, memory_order_relaxed);
    return own > all / service->settings.threads + AHEAD;
}

/* Gives the library a connection for which a place is kept. */
static void add_connection(struct worker *worker, int fd, const struct sockaddr_storage *from,
                           socklen_t length) {
    struct connections *connections = worker->workers->connections;
    const struct arrival arrival = {fd, chs_address_of(from)};
    if (chs_claim_share(connections, arrival.address)) {
        worker->arrival = &arrival;
        /* The library closes what it does not take. */
        (void)MHD_add_connection(worker->daemon, fd, (const struct sockaddr *)from, length);
        if (worker->arrival == NULL) return;
        worker->arrival = NULL;
        chs_give_up_share(connections, arrival.address);
    } else {
        chs_count_closing(worker->workers->service, CHS_CLOSED_ADDRESS_LIMIT);
        close(fd);
    }
    chs_end_reservation(connections);
}

/* Takes one; false where there is none, or no room for it. */
static bool take_connection(struct worker *worker) {
    struct connections *connections = worker->workers->connections;
    if (!chs_reserve(connections)) {
        worker->accepts_at = chs_now() + WAIT_MS * CHS_MS;
        return false;
    }
    struct sockaddr_storage from;
    socklen_t length = sizeof from;
    int fd =
        accept4(worker->workers->listener, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
        add_connection(worker, fd, &from, length);
        return true;
    }
    int error = errno;
    chs_end_reservation(connections);
    if (error == ECONNABORTED || error == EINTR) return true;
    /* Any other error is one of a system that may recover. */
    if (error != EAGAIN) worker->accepts_at = chs_now() + WAIT_MS * CHS_MS;
    return false;
}

/* Of the workers that wait at the listener, the kernel wakes the first for each connection that comes; who
 * goes there stands behind the others. */
static void go_to_listener(struct worker *worker) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data.u32 = LISTENER};
    worker->is_at_listener = epoll_ctl(worker->events, EPOLL_CTL_ADD, worker->workers->listener, &event) == 0;
}

static void leave_listener(struct worker *worker) {
    (void)epoll_ctl(worker->events, EPOLL_CTL_DEL, worker->workers->listener, NULL);
    worker->is_at_listener = false;
}

static void take_connections(struct worker *worker) {
    for (unsigned taken = 0; taken < ACCEPTED; taken++) {
        if (!take_connection(worker)) return;
        if (!is_ahead(worker)) continue;
        leave_listener(worker);
        return; /* its next round begins with going there again */
    }
}

/* MARK: - Rounds */

/* How long the worker can wait for something to happen, as epoll_wait has it. */
static int patience(const struct worker *worker, int64_t now, bool waits_to_accept, unsigned fruitless) {
    if (chs_has_waiting(&worker->turns)) return 0;
    MHD_UNSIGNED_LONG_LONG ms;
    int most = waits_to_accept ? (int)((worker->accepts_at - now) / CHS_MS) + 1 : INT_MAX;
    bool has_timeout = MHD_get_timeout(worker->daemon, &ms) == MHD_YES;
    if (has_timeout && ms == 0) {
        if (fruitless < MOST_FRUITLESS) return 0;
        unsigned pause = 1 + fruitless / 64; /* the library's own answers take some of these rounds */
        return pause < LONGEST_PAUSE_MS ? (int)pause : LONGEST_PAUSE_MS;
    }
    if (!has_timeout) return most < INT_MAX ? most : -1;
    return ms < (unsigned)most ? (int)ms : most;
}

/* Waits, and says what has happened: a bit each. */
static unsigned wait_for_events(struct worker *worker, unsigned fruitless) {
    bool accepts = atomic_load_explicit(&worker->workers->accepts, memory_order_relaxed);
    int64_t now = worker->accepts_at != 0 ? chs_now() : 0;
    if (now >= worker->accepts_at) worker->accepts_at = 0;
    bool waits = accepts && worker->accepts_at != 0, listens = accepts && !waits;
    if (listens && !worker->is_at_listener) go_to_listener(worker);
    if (!listens && worker->is_at_listener) leave_listener(worker);
    struct epoll_event events[AWAITED];
    int count = epoll_wait(worker->events, events, AWAITED, patience(worker, now, waits, fruitless));
    unsigned happened = 0;
    for (int i = 0; i < count; i++) happened |= 1U << events[i].data.u32;
    return happened;
}

static void *run(void *context) {
    struct worker *worker = context;
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    unsigned fruitless = 0, happened = 0; /* rounds in a row; in the last one */
    while ((happened & 1U << BELL) == 0) {
        happened = wait_for_events(worker, fruitless);
        chs_begin_round(&worker->turns, false);
        if ((happened & 1U << LISTENER) != 0) take_connections(worker);
        MHD_run(worker->daemon);
        fruitless = happened != 0 || worker->turns.has_called ? 0 : fruitless + 1;
    }
    /* Here, as the library may call us. It must not stop with connections that are suspended. */
    chs_begin_round(&worker->turns, true);
    MHD_run(worker->daemon);
    MHD_stop_daemon(worker->daemon);
    worker->daemon = NULL;
    return NULL;
}

/* MARK: - Beginning and end */

static bool await(const struct worker *worker, int fd, unsigned what) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = what};
    return epoll_ctl(worker->events, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* The set of events, without the listener. */
static bool prepare_events(struct worker *worker) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    errno = ENOTSUP;
    if (info == NULL) return false;
    worker->events = epoll_create1(EPOLL_CLOEXEC);
    return worker->events >= 0 && await(worker, info->epoll_fd, LIBRARY) &&
           await(worker, worker->workers->bell, BELL);
}

static bool start_worker(struct workers *workers, struct worker *worker) {
    *worker = (struct worker){.workers = workers, .events = -1};
    worker->daemon = start_daemon(worker);
    if (worker->daemon == NULL) return false;
    if (prepare_events(worker) && (errno = pthread_create(&worker->thread, NULL, run, worker)) == 0)
        return true;
    int error = errno;
    MHD_stop_daemon(worker->daemon);
    if (worker->events >= 0) close(worker->events);
    errno = error;
    return false;
}

bool chs_start_workers(struct workers *workers) {
    unsigned count = workers->service->settings.threads;
    workers->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    workers->list = calloc(count, sizeof *workers->list);
    if (workers->bell >= 0 && workers->list != NULL)
        while (workers->count < count && start_worker(workers, &workers->list[workers->count]))
            workers->count++;
    if (workers->count == count) return true;
    int error = errno;
    chs_stop_workers(workers);
    errno = error;
    return false;
}

void chs_stop_workers(struct workers *workers) {
    if (workers->bell >= 0) eventfd_write(workers->bell, 1);
    for (; workers->count > 0; workers->count--) {
        struct worker *worker = &workers->list[workers->count - 1];
        pthread_join(worker->thread, NULL);
        close(worker->events);
    }
    free(workers->list);
    workers->list = NULL;
    if (workers->bell >= 0) close(workers->bell);
    workers->bell = -1;
}
