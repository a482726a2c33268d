/* What holds while clients are slow, many or greedy: timeouts, the memory of bodies, the number of
 * connections. */
#include "check.h"
#include "client.h"
#include "fixture.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void pause_ms(long ms) {
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

static bool serves(struct client *client) {
    struct reply reply = client_ask(client, "GET /items HTTP/1.1\r\nHost: a\r\n");
    bool serves = reply.status == 200;
    reply_free(&reply);
    return serves;
}

/* MARK: - The time that a request may take to arrive */

/* More than the buffers of both ends hold. */
enum { LONG_ANSWER = 32000000 };

static void handle_timely(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    size_t length = request->query != NULL ? LONG_ANSWER : 1;
    char *answer = calloc(1, length);
    if (answer == NULL) abort();
    chs_respond(exchange, 200, NULL, 0, answer, length);
    free(answer);
}

/* None is a whole request, whatever many x follow. */
static const char *const beginnings[] = {
    "G",
    "GET /ite",
    "GET /items HTTP/1.1\r\nHost: a\r\nX-Tes",
    "GET /items HTTP/1.1\r\nHost: a\r\n",
    "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nhello",
    "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n200\r\nhello",
    "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nhello",
};

enum { BEGINNINGS = sizeof beginnings / sizeof *beginnings, SLOW = 4 * BEGINNINGS };

struct slow {
    struct client client;
    bool drips, is_closed;
};

static bool is_closed_now(const struct client *client) {
    char byte;
    ssize_t count = recv(client->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN);
}

/* Each beginning on a fresh connection and on one that has served; with silence after it, and dripping. */
static void open_slow(uint16_t port, struct slow slow[SLOW]) {
    for (size_t i = 0; i < SLOW; i++) {
        slow[i] = (struct slow){.client = client_open(port), .drips = i / BEGINNINGS % 2 == 1};
        if (i >= SLOW / 2) CHECK(serves(&slow[i].client));
    }
    pause_ms(50); /* what follows an answer at once passes for a part of its request */
}

/* Drips until all are closed, at most for 10 s; when the first and the last one were. */
static void wait_until_closed(struct slow slow[SLOW], int64_t *first, int64_t *last) {
    size_t closed = 0;
    *first = 0;
    for (*last = now_ms(); closed < SLOW && now_ms() < *last + 10000; pause_ms(20)) {
        for (size_t i = 0; i < SLOW; i++) {
            if (slow[i].is_closed) continue;
            if (slow[i].drips) client_send_text(&slow[i].client, "x");
            if (!is_closed_now(&slow[i].client)) continue;
            slow[i].is_closed = true;
            *last = now_ms();
            if (closed++ == 0) *first = *last;
        }
    }
}

static void half_requests_time_out(void) {
    struct fixture *fixture =
        fixture_start(&(chs_config){.request_timeout = 3, .handler = handle_timely}, NULL);
    struct client silent = client_open(fixture->port), kept = client_open(fixture->port),
                  reader = client_open(fixture->port);
    CHECK(serves(&kept));
    client_send_text(&reader, "GET /items?long HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(!client_is_closed(&reader)); /* its answer, which takes long to make, has begun */
    struct slow slow[SLOW];
    open_slow(fixture->port, slow);
    int64_t begin = now_ms(), first, last;
    for (size_t i = 0; i < SLOW; i++) client_send_text(&slow[i].client, beginnings[i % BEGINNINGS]);
    wait_until_closed(slow, &first, &last);
    for (size_t i = 0; i < SLOW; i++) {
        if (!CHECK(slow[i].is_closed))
            fprintf(stderr, "  %s%s: %s\n", i >= SLOW / 2 ? "kept" : "fresh",
                    slow[i].drips ? ", dripping" : "", beginnings[i % BEGINNINGS]);
        client_close(&slow[i].client);
    }
    CHECK(first - begin >= 3000);
    CHECK(last - begin < 15000); /* some 3,150, on a machine that has nothing else to do */

    /* Nobody else was hit: not those that had asked for nothing, nor the one that reads slowly. */
    CHECK(serves(&silent));
    CHECK(serves(&kept));
    struct reply reply = client_receive(&reader, false);
    CHECK_NUMBER(reply.length, LONG_ANSWER);
    reply_free(&reply);
    CHECK(serves(&reader));
    client_close(&silent);
    client_close(&kept);
    client_close(&reader);
    fixture_stop(fixture);
}

/* Each request of a connection has its own time: together they may take longer. */
static void slow_requests_are_timed_one_by_one(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.request_timeout = 3}, NULL);
    struct client client = client_open(fixture->port);
    for (int i = 0; i < 4; i++) {
        client_send_text(&client, "GET /items HTTP/1.1\r\n");
        pause_ms(900);
        struct reply reply = client_ask(&client, "Host: a\r\n");
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
    }
    client_close(&client);
    fixture_stop(fixture);
}

/* Clients that send something and hang up at once, in the middle of a request or behind a whole one. */
static void who_has_finished_is_not_waited_for(void) {
    enum { TIMES = 40 };
    static const char *const sent[] = {
        "G",
        "GET /items HTTP/1.1\r\nHost: a\r\nX-Tes",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nhello",
        "GET /items HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    struct fixture *fixture = fixture_start(NULL, NULL);
    struct client clients[4 * TIMES];
    for (size_t i = 0; i < 4 * TIMES; i++) {
        clients[i] = client_open(fixture->port);
        client_send_text(&clients[i], sent[i % 4]);
        client_finish(&clients[i]);
    }
    for (size_t i = 0; i < 4 * TIMES; i++) {
        if (i % 4 == 3) {
            struct reply reply = client_receive(&clients[i], false);
            CHECK_NUMBER(reply.status, 200);
            reply_free(&reply);
        }
        CHECK(client_is_closed(&clients[i]));
        client_close(&clients[i]);
    }
    fixture_stop(fixture);
}

/* MARK: - The memory of all bodies */

static const char first_half[] = "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello";

static struct client begin_body(uint16_t port) {
    struct client client = client_open(port);
    client_send_text(&client, first_half);
    return client;
}

/* The server's only thread has read what was sent before, once it has answered two requests. */
static void settle(struct client *client) {
    for (int i = 0; i < 2; i++) CHECK(serves(client));
}

/* Ends the request, and checks its fault. */
static void end_body(struct client *client, const char *fault) {
    char told[128];
    client_send_text(client, "world");
    struct reply reply = client_receive(client, false);
    snprintf(told, sizeof told, "route=3 fault=%s method=2 path=/post%s", fault,
             strcmp(fault, "none") == 0 ? " body=10:helloworld" : "");
    CHECK_TEXT(reply.body, told);
    reply_free(&reply);
}

static void bodies_share_their_memory(void) {
    enum { ROOM = 3 }; /* each takes 512 bytes */
    struct fixture *fixture =
        fixture_start(&(chs_config){.threads = 1, .max_body = 100000, .memory = ROOM * 512 + 511}, NULL);
    struct client other = client_open(fixture->port), clients[ROOM];
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < ROOM; i++) clients[i] = begin_body(fixture->port);
        settle(&other);
        struct client late = begin_body(fixture->port);
        end_body(&late, "memory");
        CHECK(serves(&late));

        /* One gives its memory back by ending, others by breaking: there is room for as many again. */
        end_body(&clients[0], "none");
        settle(&other);
        client_send_text(&late, first_half);
        settle(&other);
        client_reset(&clients[1]);
        settle(&other);
        struct client next = begin_body(fixture->port);
        settle(&other);
        client_finish(&clients[2]);
        settle(&other);
        client_send_text(&clients[0], first_half);
        settle(&other);
        struct client beyond = begin_body(fixture->port);
        end_body(&beyond, "memory");
        end_body(&late, "none");
        end_body(&next, "none");
        end_body(&clients[0], "none");
        client_close(&clients[0]);
        client_close(&clients[2]);
        client_close(&late);
        client_close(&next);
        client_close(&beyond);
    }
    client_close(&other);
    fixture_stop(fixture);
}

static const char *name_fault(const chs_request *request) {
    return request->fault == CHS_NO_FAULT ? "none" : request->fault == CHS_NO_ROOM ? "memory" : "too-large";
}

/* Says only whether there was a fault. */
static void handle_briefly(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    const char *fault = name_fault(request);
    chs_respond(exchange, 200, NULL, 0, fault, strlen(fault));
}

/* A body that outgrows what is left is given up, with all it had. */
static void a_body_may_outgrow_the_memory(void) {
    struct fixture *fixture = fixture_start(
        &(chs_config){.threads = 1, .max_body = 100000, .memory = 20000, .handler = handle_briefly}, NULL);
    static const size_t lengths[] = {16384, 16385, 50000, 16384, 8192, 100000, 100001, 16384};
    static char body[100001];
    memset(body, 'x', sizeof body);
    struct client client = client_open(fixture->port);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char head[128];
        snprintf(head, sizeof head, "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n",
                 lengths[i]);
        client_send_text(&client, head);
        client_send(&client, body, lengths[i]);
        struct reply reply = client_receive(&client, false);
        CHECK_TEXT(reply.body, lengths[i] > 100000 ? "too-large" : lengths[i] > 16384 ? "memory" : "none");
        reply_free(&reply);
    }
    client_close(&client);
    fixture_stop(fixture);
}

/* MARK: - The number of connections */

static void connections_of_one_address_are_limited(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.max_connections_per_ip = 3}, NULL);
    struct client clients[3];
    for (int i = 0; i < 3; i++) {
        clients[i] = client_open(fixture->port);
        CHECK(serves(&clients[i]));
    }
    for (int i = 0; i < 20; i++) {
        struct client beyond = client_open(fixture->port);
        CHECK(client_is_closed(&beyond));
        client_close(&beyond);
    }
    struct client elsewhere = client_open_from(fixture->port, 2);
    CHECK(serves(&elsewhere));
    client_close(&elsewhere);
    for (int i = 0; i < 3; i++) CHECK(serves(&clients[i]));

    /* The server learns only soon that one has gone. */
    client_close(&clients[0]);
    bool is_served = false;
    for (int64_t end = now_ms() + 20000; !is_served && now_ms() < end; pause_ms(5)) {
        clients[0] = client_open(fixture->port);
        is_served = serves(&clients[0]);
        if (!is_served) client_close(&clients[0]);
    }
    CHECK(is_served);
    for (int i = 0; i < 3; i++) client_close(&clients[i]);
    fixture_stop(fixture);
}

/* Never more and never fewer, though several threads take those of an address at the same moment. */
static void connections_of_one_address_are_counted_exactly(void) {
    enum { LIMIT = 3, CROWD = 12, ADDRESSES = 200 };
    struct fixture *fixture =
        fixture_start(&(chs_config){.threads = 4, .max_connections_per_ip = LIMIT}, NULL);
    for (uint8_t host = 2; host < 2 + ADDRESSES; host++) {
        struct client clients[CROWD];
        int served = 0;
        for (int i = 0; i < CROWD; i++) clients[i] = client_open_from(fixture->port, host);
        for (int i = 0; i < CROWD; i++) served += serves(&clients[i]);
        CHECK_NUMBER(served, LIMIT);
        for (int i = 0; i < CROWD; i++) client_close(&clients[i]);
    }
    fixture_stop(fixture);
}

static void idle_connections_make_room(void) {
    enum { LIMIT = 10, MORE = 6 };
    struct fixture *fixture = fixture_start(&(chs_config){.max_connections = LIMIT}, NULL);
    CHECK_NUMBER(chs_connection_limit(fixture->server), LIMIT);
    int64_t begin = now_ms();
    struct client busy = begin_body(fixture->port), idle[LIMIT - 1], more[MORE];
    for (int i = 0; i < LIMIT - 1; i++) {
        idle[i] = client_open(fixture->port);
        if (i > 0) CHECK(serves(&idle[i]));
    }
    for (int i = 0; i < MORE; i++) {
        more[i] = client_open(fixture->port);
        client_send_text(&more[i], "GET /items HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }
    for (int i = 0; i < MORE; i++) {
        struct reply reply = client_receive(&more[i], false);
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
        client_close(&more[i]);
    }
    CHECK(now_ms() - begin >= 1000); /* those that were idle for less than a second were spared */
    CHECK(now_ms() - begin < 20000);
    end_body(&busy, "none");
    /* No more had to go than were in the way. */
    int closed = 0;
    for (int i = 0; i < LIMIT - 1; i++) {
        if (is_closed_now(&idle[i]))
            closed++;
        else
            CHECK(serves(&idle[i]));
        client_close(&idle[i]);
    }
    CHECK(closed > 0 && closed <= MORE);
    client_close(&busy);
    fixture_stop(fixture);
}

/* A request for an item takes so long that those of a crowd come meanwhile. */
static void handle_with_pause(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    if (request->parameter != NULL) pause_ms(300);
    chs_respond(exchange, 200, NULL, 0, "ok", 2);
}

/* However slow a worker is to close what makes room, a new connection costs one that is idle; and none goes
 * where all are taken and nobody waits. */
static void a_new_connection_costs_one(void) {
    enum { LIMIT = 12 };
    struct fixture *fixture = fixture_start(
        &(chs_config){.threads = 1, .max_connections = LIMIT, .handler = handle_with_pause}, NULL);
    struct client idle[LIMIT];
    for (int i = 0; i < LIMIT; i++) {
        idle[i] = client_open(fixture->port);
        CHECK(serves(&idle[i]));
    }
    for (int i = 0; i < 12; i++) pause_ms(100); /* none is spared any more */
    for (int i = 0; i < LIMIT; i++) CHECK(!is_closed_now(&idle[i]));
    struct client new = client_open(fixture->port);
    pause_ms(2);
    client_send_text(&idle[LIMIT - 1], "GET /items/slow HTTP/1.1\r\nHost: a\r\n\r\n");
    client_send_text(&new, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    struct reply reply = client_receive(&new, false);
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    int closed = 0;
    for (int i = 0; i < LIMIT; i++) {
        if (is_closed_now(&idle[i])) closed++;
        client_close(&idle[i]);
    }
    CHECK_NUMBER(closed, 1);
    client_close(&new);
    fixture_stop(fixture);
}

/* Neither more nor fewer than there may be, however the server's threads share them. */
static void every_connection_may_be_used(void) {
    enum { LIMIT = 30 };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 4, .max_connections = LIMIT}, NULL);
    struct client clients[LIMIT];
    for (int i = 0; i < LIMIT; i++) {
        clients[i] = client_open(fixture->port);
        CHECK(serves(&clients[i]));
    }
    struct client beyond = client_open(fixture->port);
    client_send_text(&beyond, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    pause_ms(50);
    char byte;
    CHECK(recv(beyond.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN);
    for (int i = 0; i < LIMIT; i++) {
        CHECK(serves(&clients[i]));
        client_close(&clients[i]);
    }
    struct reply reply = client_receive(&beyond, false);
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    client_close(&beyond);
    fixture_stop(fixture);
}

/* Just as many requests as libmicrohttpd takes from the kernel at a time, and one before them. */
static void a_crowd_is_served(void) {
    enum { CROWD = 1 + 128 };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 1, .handler = handle_with_pause}, NULL);
    struct client clients[CROWD];
    for (size_t i = 0; i < CROWD; i++) {
        clients[i] = client_open(fixture->port);
        CHECK(serves(&clients[i]));
    }
    client_send_text(&clients[0], "GET /items/slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    pause_ms(50);
    for (size_t i = 1; i < CROWD; i++)
        client_send_text(&clients[i], "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    for (size_t i = 0; i < CROWD; i++) {
        struct reply reply = client_receive(&clients[i], false);
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
        client_close(&clients[i]);
    }
    fixture_stop(fixture);
}

void test_limits(void) {
    a_crowd_is_served();
    half_requests_time_out();
    slow_requests_are_timed_one_by_one();
    who_has_finished_is_not_waited_for();
    bodies_share_their_memory();
    a_body_may_outgrow_the_memory();
    connections_of_one_address_are_limited();
    connections_of_one_address_are_counted_exactly();
    idle_connections_make_room();
    a_new_connection_costs_one();
    every_connection_may_be_used();
}
