/* The number of connections: how many there may be, of one address and of all, and who makes room. */
#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <errno.h>
#include <sys/socket.h>

static void connections_of_one_address_are_limited(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.max_connections_per_ip = 3}, NULL);
    struct client clients[3];
    for (int i = 0; i < 3; i++) {
        clients[i] = client_open(fixture->port);
        CHECK(client_serves(&clients[i]));
    }
    for (int i = 0; i < 20; i++) {
        struct client beyond = client_open(fixture->port);
        CHECK(client_is_closed(&beyond));
        client_close(&beyond);
    }
    struct client elsewhere = client_open_from(fixture->port, 2);
    CHECK(client_serves(&elsewhere));
    client_close(&elsewhere);
    for (int i = 0; i < 3; i++) CHECK(client_serves(&clients[i]));

    /* The server learns only soon that one has gone. */
    client_close(&clients[0]);
    bool is_served = false;
    for (int64_t end = now_ms() + 20000; !is_served && now_ms() < end; pause_ms(5)) {
        clients[0] = client_open(fixture->port);
        is_served = client_serves(&clients[0]);
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
        for (int i = 0; i < CROWD; i++) served += client_serves(&clients[i]);
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
    struct client busy = client_open(fixture->port), idle[LIMIT - 1], more[MORE];
    client_send_text(&busy, "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    for (int i = 0; i < LIMIT - 1; i++) {
        idle[i] = client_open(fixture->port);
        if (i > 0) CHECK(client_serves(&idle[i]));
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
    client_send_text(&busy, "world");
    struct reply reply = client_receive(&busy, false);
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    /* No more had to go than were in the way. */
    int closed = 0;
    for (int i = 0; i < LIMIT - 1; i++) {
        if (client_is_closed_now(&idle[i]))
            closed++;
        else
            CHECK(client_serves(&idle[i]));
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
        CHECK(client_serves(&idle[i]));
    }
    for (int i = 0; i < 12; i++) pause_ms(100); /* none is spared any more */
    for (int i = 0; i < LIMIT; i++) CHECK(!client_is_closed_now(&idle[i]));
    struct client new = client_open(fixture->port);
    pause_ms(2);
    client_send_text(&idle[LIMIT - 1], "GET /items/slow HTTP/1.1\r\nHost: a\r\n\r\n");
    client_send_text(&new, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    struct reply reply = client_receive(&new, false);
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    int closed = 0;
    for (int i = 0; i < LIMIT; i++) {
        if (client_is_closed_now(&idle[i])) closed++;
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
        CHECK(client_serves(&clients[i]));
    }
    struct client beyond = client_open(fixture->port);
    client_send_text(&beyond, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    pause_ms(50);
    char byte;
    CHECK(recv(beyond.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN);
    for (int i = 0; i < LIMIT; i++) {
        CHECK(client_serves(&clients[i]));
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
        CHECK(client_serves(&clients[i]));
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

void test_connections(void) {
    a_crowd_is_served();
    connections_of_one_address_are_limited();
    connections_of_one_address_are_counted_exactly();
    idle_connections_make_room();
    a_new_connection_costs_one();
    every_connection_may_be_used();
}
