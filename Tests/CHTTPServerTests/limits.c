/* What holds while clients are slow or greedy: timeouts, and the memory of bodies. */
#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Each beginning on a fresh connection and on one that has served; with silence after it, and dripping. */
static void open_slow(uint16_t port, struct slow slow[SLOW]) {
    for (size_t i = 0; i < SLOW; i++) {
        slow[i] = (struct slow){.client = client_open(port), .drips = i / BEGINNINGS % 2 == 1};
        if (i >= SLOW / 2) CHECK(client_serves(&slow[i].client));
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
            if (!client_is_closed_now(&slow[i].client)) continue;
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
    CHECK(client_serves(&kept));
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
    CHECK(client_serves(&silent));
    CHECK(client_serves(&kept));
    struct reply reply = client_receive(&reader, false);
    CHECK_NUMBER(reply.length, LONG_ANSWER);
    reply_free(&reply);
    CHECK(client_serves(&reader));
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
    for (int i = 0; i < 2; i++) CHECK(client_serves(client));
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
        CHECK(client_serves(&late));

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

void test_limits(void) {
    half_requests_time_out();
    slow_requests_are_timed_one_by_one();
    who_has_finished_is_not_waited_for();
    bodies_share_their_memory();
    a_body_may_outgrow_the_memory();
}
