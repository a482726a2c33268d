#include "connections.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

/* While draining, a connection on which nothing has come for so long is taken for idle. One that has never
 * asked for anything was opened for a request, which may have to cross the world, be lost and be sent again:
 * it gets so long from when it was accepted, and again from its last byte or the end of its TLS handshake. */
enum { QUIET_MS = 200, FRESH_MS = 3000 };

/* The condition's clock is that of chs_now. */
bool chs_init_connections(struct connections *connections, struct service *service) {
    connections->service = service;
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0) return false;
    bool ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&connections->wanted, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    if (ok && pthread_mutex_init(&connections->lock, NULL) == 0) return true;
    if (ok) pthread_cond_destroy(&connections->wanted);
    return false;
}

void chs_free_connections(struct connections *connections) {
    pthread_cond_destroy(&connections->wanted);
    pthread_mutex_destroy(&connections->lock);
}

uint64_t chs_address_of(const struct sockaddr_storage *address) {
    uint64_t number = 0;
    if (address->ss_family == AF_INET) {
        memcpy(&number, &((const struct sockaddr_in *)address)->sin_addr, sizeof(struct in_addr));
    } else if (address->ss_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)address)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six))
            memcpy(&number, &six->s6_addr[12], sizeof(struct in_addr));
        else
            memcpy(&number, six, sizeof number);
    }
    return number;
}

bool chs_reserve(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    bool has_room = connections->count + connections->arriving < connections->limit;
    if (has_room)
        connections->arriving++;
    else if (!connections->is_wanted) {
        connections->is_wanted = true;
        pthread_cond_signal(&connections->wanted);
    }
    pthread_mutex_unlock(&connections->lock);
    return has_room;
}

void chs_end_reservation(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    connections->arriving--;
    pthread_mutex_unlock(&connections->lock);
}

static bool has_shares(const struct connections *connections) {
    return connections->service->settings.max_connections_per_ip > 0;
}

/* Where the pointer to the share of this address is, or would be. */
static struct share **find_share(struct connections *connections, uint64_t address) {
    struct share **at = &connections->shares[chs_hash(&address, sizeof address) % SHARE_BUCKETS];
    while (*at != NULL && (*at)->address != address) at = &(*at)->next;
    return at;
}

static bool add_to_share(struct connections *connections, uint64_t address) {
    struct share **at = find_share(connections, address);
    if (*at == NULL) {
        *at = calloc(1, sizeof **at);
        if (*at == NULL) return false;
        (*at)->address = address;
    }
    if ((*at)->count == connections->service->settings.max_connections_per_ip) return false;
    (*at)->count++;
    return true;
}

static void take_from_share(struct connections *connections, uint64_t address) {
    struct share **at = find_share(connections, address), *share = *at;
    if (--share->count > 0) return;
    *at = share->next;
    free(share);
}

bool chs_claim_share(struct connections *connections, uint64_t address) {
    if (!has_shares(connections)) return true;
    pthread_mutex_lock(&connections->lock);
    bool is_claimed = add_to_share(connections, address);
    pthread_mutex_unlock(&connections->lock);
    return is_claimed;
}

void chs_give_up_share(struct connections *connections, uint64_t address) {
    if (!has_shares(connections)) return;
    pthread_mutex_lock(&connections->lock);
    take_from_share(connections, address);
    pthread_mutex_unlock(&connections->lock);
}

void chs_link(struct connections *connections, struct connection *connection) {
    pthread_mutex_lock(&connections->lock);
    connection->older = connections->newest;
    if (connections->newest != NULL)
        connections->newest->newer = connection;
    else
        connections->oldest = connection;
    connections->newest = connection;
    connections->count++;
    connections->arriving--;
    pthread_mutex_unlock(&connections->lock);
    atomic_fetch_add_explicit(&connections->service->connections, 1, memory_order_relaxed);
}

void chs_unlink(struct connections *connections, struct connection *connection) {
    pthread_mutex_lock(&connections->lock);
    if (connection->older != NULL)
        connection->older->newer = connection->newer;
    else
        connections->oldest = connection->newer;
    if (connection->newer != NULL)
        connection->newer->older = connection->older;
    else
        connections->newest = connection->older;
    connections->count--;
    if (has_shares(connections)) take_from_share(connections, connection->address);
    pthread_mutex_unlock(&connections->lock);
    atomic_fetch_sub_explicit(&connections->service->connections, 1, memory_order_relaxed);
}

void chs_close_all(struct connections *connections) {
    for (int64_t end = chs_now() + CHS_SECOND; chs_now() < end; chs_pause_ms(5)) {
        pthread_mutex_lock(&connections->lock);
        for (const struct connection *c = connections->oldest; c != NULL; c = c->newer)
            shutdown(c->socket, SHUT_RDWR);
        bool is_done = connections->count == 0 && connections->arriving == 0;
        pthread_mutex_unlock(&connections->lock);
        if (is_done) return;
    }
}

static bool is_in_flight(const struct connection *connection, int64_t now) {
    return !chs_is_idle(connection, now);
}

/* Might a request be on its way on this connection? */
static bool is_unsettled(const struct connection *connection, int64_t now) {
    const chs_exchange *exchange = &connection->exchange;
    bool is_fresh = atomic_load_explicit(&exchange->served, memory_order_relaxed) == 0;
    int64_t idle_since = atomic_load_explicit(&exchange->idle_since, memory_order_relaxed);
    int64_t quiet = (is_fresh ? FRESH_MS : QUIET_MS) * CHS_MS;
    int unread = 0;
    return is_in_flight(connection, now) || now - idle_since < quiet ||
           now - chs_last_byte(connection, now) < quiet ||
           (ioctl(connection->socket, FIONREAD, &unread) == 0 && unread > 0);
}

static unsigned count_connections(struct connections *connections,
                                  bool (*counts)(const struct connection *, int64_t)) {
    unsigned count = 0;
    int64_t now = chs_now();
    for (const struct connection *c = connections->oldest; c != NULL; c = c->newer)
        if (counts(c, now)) count++;
    return count;
}

unsigned chs_count_in_flight(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    unsigned count = count_connections(connections, is_in_flight);
    pthread_mutex_unlock(&connections->lock);
    return count;
}

/* Counts those that the library has not begun, too: their requests may have come. */
unsigned chs_count_unsettled(struct connections *connections) {
    pthread_mutex_lock(&connections->lock);
    unsigned count = connections->arriving + count_connections(connections, is_unsettled);
    pthread_mutex_unlock(&connections->lock);
    return count;
}
