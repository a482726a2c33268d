/* A thread that ends connections that have had their time, makes room, and cleans up behind a crowd.
 *
 * libmicrohttpd's own timeout counts from the last byte, so a client that drips one now and then, or takes
 * one, would hold a connection for ever. And where 0.9.75 reads the last bytes of a client when their end is
 * there as well, it does not see that end. The thread only shuts sockets down, under the lock that a
 * connection needs to end, so it cannot hit a descriptor that stands for another one by now; libmicrohttpd
 * then closes it as if the client had gone. */
#include "connections.h"
#include "listener.h"

#include <errno.h>
#include <linux/tcp.h>
#include <malloc.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

/* How often it looks, how soon it makes room again, and how exactly the kernel dates the last byte. */
enum { PERIOD_MS = 100, ROOM_MS = 5, SLACK_MS = 20 };

/* A connection that has waited for so long makes room, or goes when its client has finished. */
enum { SPARED_MS = 1000 };

/* What was not read for so long never will be. */
enum { STUCK_MS = 2000 };

/* An address with so many connections without a whole request is not spared when room is wanted. */
enum { GREEDY = 64 };

/* The state of a socket whose other end sends no more; linux/tcp.h does not name it. */
enum { CLOSE_WAIT = 8 };

/* The memory that goes back to the system at once, when so much less is held than there was. */
static const size_t TRIMMED = 16 * 1024 * 1024;

/* What a connection is taken to hold, beside bodies and answers. */
static const size_t CONNECTION_SIZE = 26 * 1024;

static bool ask_kernel(const struct connection *connection, struct tcp_info *info) {
    socklen_t size = sizeof *info;
    memset(info, 0, size);
    return getsockopt(connection->socket, IPPROTO_TCP, TCP_INFO, info, &size) == 0;
}

static int64_t load(const _Atomic(int64_t) *time) {
    return atomic_load_explicit(time, memory_order_relaxed);
}

static bool is_shaking(const struct connection *connection) {
    return atomic_load_explicit(&connection->exchange.is_shaking, memory_order_acquire);
}

/* Has something arrived since the last request was answered? What the library has read, but not yet shown
 * us, is the beginning of a request line, or of a handshake. */
static bool has_begun(const struct connection *connection, const struct tcp_info *info, int64_t now) {
    const chs_exchange *exchange = &connection->exchange;
    bool is_fresh = atomic_load_explicit(&exchange->served, memory_order_relaxed) == 0;
    if (is_shaking(connection) || (is_fresh && !exchange->service->has_tls))
        return info->tcpi_bytes_received > 0;
    return now - info->tcpi_last_data_recv * CHS_MS > load(&exchange->idle_since) + SLACK_MS * CHS_MS;
}

/* Has the client said that it sends no more, and the library read all that it sent? */
static bool has_finished(const struct connection *connection, const struct tcp_info *info) {
    char byte;
    return info->tcpi_state == CLOSE_WAIT && recv(connection->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static bool is_busy(const struct connection *connection) {
    return atomic_load_explicit(&connection->exchange.busy, memory_order_acquire);
}

bool chs_is_idle(const struct connection *connection, int64_t now) {
    struct tcp_info info;
    if (is_busy(connection)) return false;
    return is_shaking(connection) || !ask_kernel(connection, &info) || !has_begun(connection, &info, now);
}

int64_t chs_last_byte(const struct connection *connection, int64_t now) {
    struct tcp_info info;
    if (!ask_kernel(connection, &info) || info.tcpi_bytes_received == 0) return 0;
    return now - info.tcpi_last_data_recv * CHS_MS;
}

/* Sets the time from which a request is waited for, unless the connection's own thread has just set it. */
static void set_waiting(struct connection *connection, int64_t from, int64_t to) {
    atomic_compare_exchange_strong_explicit(&connection->exchange.waiting_since, &from, to,
                                            memory_order_relaxed, memory_order_relaxed);
}

static void end(struct connection *connection) {
    connection->has_ended = true;
    shutdown(connection->socket, SHUT_RDWR);
}

/* The same, for a reason that the operator wants to know. */
static void end_because(struct connection *connection, chs_closing why) {
    if (!connection->has_ended) chs_count_closing(connection->exchange.service, why);
    end(connection);
}

/* Is there something that its worker had the time to read, but did not? Then the library has no room for it:
 * it waits for the end of a chunk's size that is longer than its memory, and looks for it again and again. */
static bool is_stuck(const struct connection *connection, const struct tcp_info *info, int64_t now) {
    int unread = 0;
    int64_t looked = load(&connection->exchange.turns->began);
    return now - info->tcpi_last_data_recv * CHS_MS + STUCK_MS * CHS_MS < looked &&
           ioctl(connection->socket, FIONREAD, &unread) == 0 && unread > 0;
}

/* Has something come since its worker was last ready to read it? */
static bool has_unseen(const struct connection *connection, int64_t now) {
    int64_t looked = load(&connection->exchange.turns->began);
    return chs_last_byte(connection, now) + SLACK_MS * CHS_MS > looked && now - looked > SLACK_MS * CHS_MS;
}

/* The response must have been taken, or the request have arrived, in time. */
static void watch(struct connection *connection, int64_t now) {
    chs_exchange *exchange = &connection->exchange;
    int64_t limit = exchange->service->settings.request_timeout * CHS_SECOND;
    int64_t since = load(&exchange->waiting_since), due = load(&exchange->due);
    if (due != 0 && now > due) end_because(connection, CHS_CLOSED_RESPONSE_TIMEOUT);
    struct tcp_info info;
    if (since == ARRIVED || !ask_kernel(connection, &info)) return;
    bool is_idle = !is_busy(connection) && !has_begun(connection, &info, now);
    if (is_idle) {
        if (since > 0) set_waiting(connection, since, 0);
        since = load(&exchange->idle_since);
    } else if (since == 0) {
        set_waiting(connection, 0, now);
        return;
    }
    if (!is_idle && ((limit > 0 && now - since > limit) || is_stuck(connection, &info, now)))
        end_because(connection, CHS_CLOSED_REQUEST_TIMEOUT);
    else if (now - since > SPARED_MS * CHS_MS && has_finished(connection, &info))
        end(connection);
}

/* MARK: - Making room
 *
 * When all connections are taken and somebody waits for one, those on which no request is whole make room. */

/* Whose connections, and for how long they have waited. */
struct victims {
    bool is_of_one_address;
    uint64_t address;
    int64_t least_wait;
};

/* How long it has waited for a whole request; -1 where it has one, or has been ended before. */
static int64_t waited(const struct connection *connection, int64_t now) {
    int64_t since = load(&connection->exchange.waiting_since);
    if (since == ARRIVED || connection->has_ended) return -1;
    int64_t from = since > 0 ? since : load(&connection->exchange.idle_since);
    return now > from ? now - from : 0;
}

static bool is_among(const struct victims *victims, const struct connection *connection) {
    return !victims->is_of_one_address || connection->address == victims->address;
}

/* The address that has most of the connections that wait, if these are many. Counted are buckets of
 * addresses, which differ each time, and within the fullest bucket the address that has the majority. */
static bool find_greedy(const struct connections *connections, int64_t now, uint64_t *address) {
    enum { BUCKETS = 1024 };
    unsigned counts[BUCKETS] = {0}, fullest = 0, votes = 0;
    uint64_t salt = (uint64_t)now;
    for (const struct connection *c = connections->oldest; c != NULL; c = c->newer) {
        uint64_t salted = c->address ^ salt;
        unsigned bucket = (unsigned)(chs_hash(&salted, sizeof salted) % BUCKETS);
        if (waited(c, now) >= 0 && ++counts[bucket] > counts[fullest]) fullest = bucket;
    }
    if (counts[fullest] < GREEDY) return false;
    for (const struct connection *c = connections->oldest; c != NULL; c = c->newer) {
        uint64_t salted = c->address ^ salt;
        if (waited(c, now) < 0 || chs_hash(&salted, sizeof salted) % BUCKETS != fullest) continue;
        if (votes == 0) *address = c->address;
        votes = votes == 0 || c->address == *address ? votes + 1 : votes - 1;
    }
    return votes > 0;
}

/* Those that have waited for at least half as long as the one that has waited longest, and, unless they are
 * greedy, a second. */
static struct victims choose(const struct connections *connections, int64_t now) {
    struct victims victims = {0};
    victims.is_of_one_address = find_greedy(connections, now, &victims.address);
    int64_t longest = 0;
    for (const struct connection *c = connections->oldest; c != NULL; c = c->newer)
        if (is_among(&victims, c) && waited(c, now) > longest) longest = waited(c, now);
    victims.least_wait = longest / 2;
    if (!victims.is_of_one_address && victims.least_wait < SPARED_MS * CHS_MS)
        victims.least_wait = SPARED_MS * CHS_MS;
    return victims;
}

/* Ends up to `count` of them: of those that are idle, or of those whose request has begun. */
static unsigned end_some(struct connections *connections, const struct victims *victims, int64_t now,
                         bool idle, unsigned count) {
    unsigned ended = 0;
    for (struct connection *c = connections->oldest; c != NULL && ended < count; c = c->newer) {
        if (!is_among(victims, c) || waited(c, now) < victims->least_wait) continue;
        if (chs_is_idle(c, now) != idle || has_unseen(c, now)) continue;
        end_because(c, CHS_CLOSED_FOR_ROOM);
        ended++;
    }
    return ended;
}

/* How many have to go, so that all who wait find room. Who was asked to go is as good as gone, however long
 * its worker takes to see it, and who has been accepted, but is not among the others yet, is counted nowhere:
 * so a new connection costs no more than one. */
static unsigned count_excess(const struct connections *connections) {
    unsigned staying = 0, waiting = chs_count_waiting(connections->listener);
    for (const struct connection *c = connections->oldest; c != NULL; c = c->newer)
        if (!c->has_ended) staying++;
    return staying + waiting > connections->limit ? staying + waiting - connections->limit : 0;
}

/* A part at a time, as nobody comes or goes meanwhile. */
static void make_room(struct connections *connections) {
    unsigned count = count_excess(connections), part = 1 + connections->limit / 16;
    if (count == 0) return;
    if (count > part) count = part;
    int64_t now = chs_now();
    struct victims victims = choose(connections, now);
    unsigned ended = end_some(connections, &victims, now, true, count);
    if (ended < count) end_some(connections, &victims, now, false, count - ended);
}

/* MARK: - The thread */

/* Waits for the next look at all connections, and makes room meanwhile; false when the server ends. */
static bool next_look(struct connections *connections) {
    int64_t look = chs_now() + PERIOD_MS * CHS_MS, room = 0;
    for (;;) {
        int64_t now = chs_now();
        if (connections->ends) return false;
        if (now >= look) return true;
        if (connections->is_wanted && now >= room) {
            connections->is_wanted = false;
            make_room(connections);
            room = chs_now() + ROOM_MS * CHS_MS;
        }
        int64_t until = connections->is_wanted && room < look ? room : look;
        pthread_cond_timedwait(&connections->wanted, &connections->lock,
                               &(struct timespec){until / CHS_SECOND, until % CHS_SECOND});
    }
}

/* Gives memory back to the system when much less is held than at the most: freed piece by piece, it would
 * stay with the process. */
static void trim(struct connections *connections, size_t *most) {
    size_t held = connections->count * CONNECTION_SIZE + atomic_load(&connections->service->budget.held);
    if (held > *most) *most = held;
    if (*most < held + TRIMMED || held > *most / 2) return;
    *most = held;
    pthread_mutex_unlock(&connections->lock); /* it takes milliseconds */
    malloc_trim(0);
    pthread_mutex_lock(&connections->lock);
}

static void *run(void *context) {
    struct connections *connections = context;
    size_t most = 0;
    pthread_mutex_lock(&connections->lock);
    while (next_look(connections)) {
        int64_t now = chs_now();
        for (struct connection *c = connections->oldest; c != NULL; c = c->newer) watch(c, now);
        trim(connections, &most);
    }
    pthread_mutex_unlock(&connections->lock);
    return NULL;
}

bool chs_start_watching(struct connections *connections) {
    errno = pthread_create(&connections->watcher, NULL, run, connections);
    connections->is_watched = errno == 0;
    return connections->is_watched;
}

void chs_stop_watching(struct connections *connections) {
    if (!connections->is_watched) return;
    pthread_mutex_lock(&connections->lock);
    connections->ends = true;
    pthread_cond_signal(&connections->wanted);
    pthread_mutex_unlock(&connections->lock);
    pthread_join(connections->watcher, NULL);
    connections->is_watched = false;
}
