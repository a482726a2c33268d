/* What a drain, and a stop, do to those who are connected. */
#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* In the middle of a request: the server has read its headers and waits for "hello". */
static struct client in_flight(uint16_t port) {
    struct client client = client_open(port);
    client_send_text(
        &client, "POST /post?%41 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    struct reply interim = client_receive(&client, false);
    CHECK_NUMBER(interim.status, 100);
    reply_free(&interim);
    return client;
}

static void draining_counts_what_is_in_flight(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    struct client idle = client_open(fixture->port);
    struct reply reply = client_ask(&idle, "GET /items HTTP/1.1\r\nHost: a\r\n");
    reply_free(&reply);
    struct client clients[3];
    for (int i = 0; i < 3; i++) clients[i] = in_flight(fixture->port);
    CHECK_NUMBER(chs_drain(fixture->server, 0), 3);
    CHECK_NUMBER(chs_drain(fixture->server, 20), 3);
    fixture_stop(fixture); /* with requests in flight */
    CHECK(client_is_closed(&idle));
    client_close(&idle);
    for (int i = 0; i < 3; i++) {
        CHECK(client_is_closed(&clients[i]));
        client_close(&clients[i]);
    }
}

static void *drain(void *context) {
    struct fixture *fixture = context;
    return (void *)(uintptr_t)(chs_drain(fixture->server, 60000) + 1);
}

static void draining_waits(void) {
    struct fixture *fixture = fixture_start(NULL, (const char *const[]){"/items", NULL});
    struct client unfinished = in_flight(fixture->port);
    struct client idle = client_open(fixture->port);
    struct reply first = client_ask(&idle, "GET /items HTTP/1.1\r\nHost: a\r\n");
    reply_free(&first);
    pthread_t thread;
    int64_t begin = now_ms();
    pthread_create(&thread, NULL, drain, fixture);
    /* Until the answers say that it drains: kept ones, too. */
    for (bool closes = false; !closes;) {
        struct reply reply = client_ask(&idle, "GET /items HTTP/1.1\r\nHost: a\r\n");
        CHECK_TEXT(reply.body, "route=1 fault=none method=1 path=/items");
        const char *connection = reply_header(&reply, "Connection");
        closes = reply.status != 200 || (connection != NULL && strcmp(connection, "close") == 0);
        reply_free(&reply);
        pause_ms(1);
    }
    CHECK(client_is_closed(&idle));
    client_close(&idle);
    client_send_text(&unfinished, "hello");
    struct reply reply = client_receive(&unfinished, false);
    CHECK_TEXT(reply.body, "route=3 fault=none method=2 path=/post query=%41 body=5:hello");
    CHECK_TEXT(reply_header(&reply, "Connection"), "close");
    reply_free(&reply);
    CHECK(client_is_closed(&unfinished));
    client_close(&unfinished);
    void *left = NULL;
    pthread_join(thread, &left);
    CHECK_NUMBER((uintptr_t)left, 1);
    CHECK(now_ms() - begin < 30000); /* no longer than it must, though it may take a minute */
    fixture_stop(fixture);
}

static atomic_int entered;
static atomic_bool released;

/* Holds its thread until it is released. */
static void hold(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context, (void)request;
    atomic_fetch_add(&entered, 1);
    while (!atomic_load(&released)) pause_ms(1);
    chs_respond(exchange, 200, NULL, 0, "answer", 6);
}

static void *stop(void *context) {
    fixture_stop(context);
    return NULL;
}

/* For longer than stopping waits for connections, so that the library has to end them itself. */
static void a_server_is_stopped_while_it_answers(void) {
    atomic_store(&entered, 0);
    atomic_store(&released, false);
    struct fixture *fixture = fixture_start(&(chs_config){.handler = hold}, NULL);
    struct client client = client_open(fixture->port);
    client_send_text(&client, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
    while (atomic_load(&entered) == 0) pause_ms(1);
    pthread_t thread;
    pthread_create(&thread, NULL, stop, fixture);
    pause_ms(1500);
    atomic_store(&released, true);
    pthread_join(thread, NULL);
    CHECK(client_is_closed(&client));
    client_close(&client);
}

/* Connects only to see whether it can. */
static bool is_refused(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool refused = connect(fd, (const struct sockaddr *)&address, sizeof address) != 0;
    close(fd);
    return refused;
}

/* Connections that were opened, and requests that were sent, before the drain began, while all threads were
 * busy: they are answered, and nobody else gets in meanwhile. With few connections allowed they still wait to
 * be accepted. */
static void draining_serves_what_has_come(unsigned max_connections) {
    enum { THREADS = 2, WAITING = 20 };
    atomic_store(&entered, 0);
    atomic_store(&released, false);
    struct fixture *fixture = fixture_start(
        &(chs_config){.threads = THREADS, .max_connections = max_connections, .handler = hold}, NULL);
    struct client clients[THREADS + WAITING];
    /* Which thread has a connection the library decides, so more than one may come to the same. */
    for (int i = 0; i < THREADS + WAITING; i++) {
        clients[i] = client_open(fixture->port);
        client_send_text(&clients[i], "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
        if (i == THREADS - 1)
            while (atomic_load(&entered) == 0) pause_ms(1);
    }
    pthread_t thread;
    pthread_create(&thread, NULL, drain, fixture);
    bool is_closed = false;
    for (int64_t end = now_ms() + 5000; !is_closed && now_ms() < end;) {
        is_closed = is_refused(fixture->port);
        pause_ms(5);
    }
    CHECK(is_closed); /* to others, though those who wait are not accepted yet */
    atomic_store(&released, true);
    for (int i = 0; i < THREADS + WAITING; i++) {
        struct reply reply = client_receive(&clients[i], false);
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
        client_close(&clients[i]);
    }
    void *left = NULL;
    pthread_join(thread, &left);
    CHECK_NUMBER((uintptr_t)left, 1);
    fixture_stop(fixture);
}

/* As a process does that is told to end. */
static void *drain_and_stop(void *context) {
    void *left = drain(context);
    fixture_stop(context);
    return left;
}

/* A request may be on its way for longer than an idle connection is waited for, if it is the first. */
static void draining_serves_who_has_just_connected(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    struct client client = client_open(fixture->port), silent = client_open(fixture->port);
    int64_t begin = now_ms();
    pthread_t thread;
    pthread_create(&thread, NULL, drain_and_stop, fixture);
    pause_ms(1200);
    struct reply reply = client_ask(&client, "GET /items HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(reply.status, 200);
    CHECK_TEXT(reply_header(&reply, "Connection"), "close");
    reply_free(&reply);
    CHECK(client_is_closed(&silent)); /* who never asks is not waited for as long as the drain may take */
    void *left = NULL;
    pthread_join(thread, &left);
    CHECK_NUMBER((uintptr_t)left, 1);
    CHECK(now_ms() - begin < 30000);
    client_close(&client);
    client_close(&silent);
}

static void draining_does_not_wait_for_idle_connections(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    struct client clients[6];
    for (int i = 0; i < 6; i++) {
        clients[i] = client_open(fixture->port);
        if (i % 2 == 0) continue;
        struct reply reply = client_ask(&clients[i], "GET /items HTTP/1.1\r\nHost: a\r\n");
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
    }
    int64_t begin = now_ms();
    CHECK_NUMBER(chs_drain(fixture->server, 60000), 0);
    CHECK_NUMBER(chs_drain(fixture->server, 60000), 0); /* there is nothing left to do */
    CHECK(now_ms() - begin < 10000);
    CHECK(is_refused(fixture->port));
    fixture_stop(fixture);
    for (int i = 0; i < 6; i++) client_close(&clients[i]);
}

/* Asks until an answer says that it is the last one; NULL if each request got its answer. One that is sent
 * only after 150 ms, for want of a processor, may cross the close of a connection that is idle. */
static void *ask_to_the_end(void *context) {
    struct client *client = context;
    for (int64_t answered = now_ms();;) {
        client_send_text(client, "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
        bool is_late = now_ms() - answered > 150;
        struct reply reply = client_receive(client, false);
        answered = now_ms();
        const char *connection = reply_header(&reply, "Connection");
        bool is_lost = reply.status != 200 && !(reply.head == NULL && is_late);
        bool is_last = reply.status == 0 || (connection != NULL && strcmp(connection, "close") == 0);
        reply_free(&reply);
        if (is_lost || is_last) return is_lost ? client : NULL;
    }
}

static void draining_loses_no_answer(void) {
    enum { ASKERS = 6 };
    for (int round = 0; round < 10; round++) {
        struct fixture *fixture =
            fixture_start(&(chs_config){.threads = 4}, (const char *const[]){"/items", NULL});
        struct client clients[ASKERS];
        pthread_t threads[ASKERS];
        for (int i = 0; i < ASKERS; i++) clients[i] = client_open(fixture->port);
        for (int i = 0; i < ASKERS; i++) pthread_create(&threads[i], NULL, ask_to_the_end, &clients[i]);
        pause_ms(20);
        CHECK_NUMBER(chs_drain(fixture->server, 60000), 0);
        for (int i = 0; i < ASKERS; i++) {
            void *lost = NULL;
            pthread_join(threads[i], &lost);
            CHECK(lost == NULL);
            client_close(&clients[i]);
        }
        fixture_stop(fixture);
    }
}

void test_ending(void) {
    draining_counts_what_is_in_flight();
    a_server_is_stopped_while_it_answers();
    draining_waits();
    draining_serves_what_has_come(1000);
    draining_serves_what_has_come(4);
    draining_serves_who_has_just_connected();
    draining_does_not_wait_for_idle_connections();
    draining_loses_no_answer();
}
