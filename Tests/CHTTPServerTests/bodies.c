#include "check.h"
#include "client.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char declared[] = "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n";
static const char chunked[] = "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

/* Does the connection still serve? */
static void expect_service(struct client *client) {
    struct reply reply = client_ask(client, "GET /items HTTP/1.1\r\nHost: a\r\n");
    CHECK_TEXT(reply.body, "route=1 fault=none method=1 path=/items");
    reply_free(&reply);
}

static void expect(struct client *client, const char *told) {
    struct reply reply = client_receive(client, false);
    CHECK_NUMBER(reply.status, 200);
    CHECK_TEXT(reply.body, told);
    reply_free(&reply);
}

static void bodies_reach_the_handler(uint16_t port) {
    struct client client = client_open(port);
    const char *told = "route=3 fault=none method=2 path=/post body=5:hello";
    client_send_text(&client, "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    expect(&client, told);
    client_send_text(&client, "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
    expect(&client, "route=3 fault=none method=2 path=/post");
    client_send_text(&client, chunked);
    client_send_text(&client, "2\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n");
    expect(&client, told);
    client_send_text(&client, chunked);
    client_send_text(&client, "0\r\n\r\n");
    expect(&client, "route=3 fault=none method=2 path=/post");
    client_send_text(&client,
                     "POST /both/%41?q HTTP/1.1\r\nHost: a\r\nX-Test: t\r\nContent-Length: 5\r\n\r\nhello");
    expect(&client, "route=5 fault=none method=2 path=/both/%41 parameter=A query=q header=t body=5:hello");
    expect_service(&client);
    client_close(&client);
}

static void bytes_come_one_by_one(uint16_t port) {
    struct client client = client_open(port);
    const char *requests[] = {
        "POST /post?%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /post?%41 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
        "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
    };
    for (size_t i = 0; i < 2; i++) {
        for (const char *p = requests[i]; *p != '\0'; p++) client_send(&client, p, 1);
        expect(&client, "route=3 fault=none method=2 path=/post query=%41 body=5:hello");
    }
    client_close(&client);
}

static void any_bytes_are_a_body(uint16_t port) {
    struct client client = client_open(port);
    char body[256], head[128];
    for (int i = 0; i < 256; i++) body[i] = (char)i;
    int length = snprintf(head, sizeof head, declared, sizeof body);
    client_send(&client, head, (size_t)length);
    client_send(&client, body, sizeof body);
    struct reply reply = client_receive(&client, false);
    const char *told = "route=3 fault=none method=2 path=/post body=256:";
    CHECK_NUMBER(reply.length, strlen(told) + sizeof body);
    CHECK(reply.length > sizeof body &&
          memcmp(reply.body + reply.length - sizeof body, body, sizeof body) == 0);
    reply_free(&reply);
    client_close(&client);
}

/* Sends a body of that many bytes. */
static void send_body(struct client *client, size_t length, bool in_chunks) {
    char head[128];
    char *body = calloc(1, length + 1);
    if (body == NULL) abort();
    memset(body, 'x', length);
    snprintf(head, sizeof head, in_chunks ? chunked : declared, length);
    client_send_text(client, head);
    for (size_t sent = 0; in_chunks && sent < length;) {
        size_t count = length - sent < 1000 ? length - sent : 1000;
        snprintf(head, sizeof head, "%zx\r\n", count);
        client_send_text(client, head);
        client_send(client, body, count);
        client_send_text(client, "\r\n");
        sent += count;
    }
    if (in_chunks)
        client_send_text(client, "0\r\n\r\n");
    else
        client_send(client, body, length);
    free(body);
}

static void large_bodies_grow(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.max_body = 1000000}, NULL);
    struct client client = client_open(fixture->port);
    static const size_t lengths[] = {1, 2047, 2048, 4096, 4097, 65536, 999999, 1000000};
    for (size_t i = 0; i < 2 * sizeof lengths / sizeof *lengths; i++) {
        send_body(&client, lengths[i / 2], i % 2 == 1);
        struct reply reply = client_receive(&client, false);
        char told[128];
        int prefix =
            snprintf(told, sizeof told, "route=3 fault=none method=2 path=/post body=%zu:", lengths[i / 2]);
        CHECK_NUMBER(reply.length, lengths[i / 2] + (size_t)prefix);
        CHECK(reply.body != NULL && strncmp(reply.body, told, (size_t)prefix) == 0);
        reply_free(&reply);
    }
    client_close(&client);
    fixture_stop(fixture);
}

static void bodies_over_the_limit_are_faults(uint16_t port) {
    static const size_t lengths[] = {1001, 2000, 100000, 3000000};
    struct client client = client_open(port);
    for (size_t i = 0; i < 2 * sizeof lengths / sizeof *lengths; i++) {
        send_body(&client, lengths[i / 2], i % 2 == 1);
        expect(&client, "route=3 fault=too-large method=2 path=/post");
        expect_service(&client);
    }
    send_body(&client, 1000, true);
    struct reply reply = client_receive(&client, false);
    CHECK(reply.body != NULL && strstr(reply.body, "fault=none") != NULL);
    reply_free(&reply);
    client_close(&client);

    /* These are not waited for. */
    static const char *const hopeless[] = {
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n",
    };
    for (size_t i = 0; i < 2; i++) {
        client = client_open(port);
        client_send_text(&client, hopeless[i]);
        expect(&client, "route=3 fault=too-large method=2 path=/post");
        CHECK(client_is_closed(&client));
        client_close(&client);
    }

    /* This one is not read to its end; what it gets is not said. */
    client = client_open(port);
    send_body(&client, 20000000, true);
    client_close(&client);
}

static void unwanted_bodies_are_passed_over(uint16_t port) {
    struct client client = client_open(port);
    client_send_text(&client, "PUT /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    expect(&client, "route=3 fault=method method=0 path=/post");
    client_send_text(&client, "GET /items HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    expect(&client, "route=1 fault=none method=1 path=/items");
    client_send_text(
        &client,
        "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    expect(&client, "fault=not-found method=2 path=/nothing");
    client_send_text(&client, "OPTIONS /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    struct reply options = client_receive(&client, false);
    CHECK_NUMBER(options.status, 204);
    reply_free(&options);
    expect_service(&client);
    client_close(&client);
}

static void a_client_may_ask_to_go_on(uint16_t port) {
    struct client client = client_open(port);
    for (int i = 0; i < 3; i++) {
        client_send_text(
            &client, "POST /post HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        struct reply interim = client_receive(&client, false);
        CHECK_NUMBER(interim.status, 100);
        reply_free(&interim);
        client_send_text(&client, "hello");
        expect(&client, "route=3 fault=none method=2 path=/post body=5:hello");
    }
    client_close(&client);
}

/* In the middle of a request, or with one that is none. */
static void broken_requests_harm_nobody(void) {
    static const char *const broken[] = {
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhello",
        "POST /post?%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhello",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nhello",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n500\r\nhello",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
        "GET /items/%41 HTTP/1.1\r\nHos",
        "GET /items/%41",
        "GET /items HTTP/1.1\r\n\r\n",
        "GET /it ems HTTP/1.1\r\nHost: a\r\n\r\n",
        "\x16\x03\x01\x02",
        "\r\n\r\n",
        "",
    };
    /* libmicrohttpd may notice the end of a connection only when it idles out. */
    struct fixture *fixture = fixture_start(&(chs_config){.idle_timeout = 1}, NULL);
    enum { COUNT = sizeof broken / sizeof *broken };
    struct client clients[COUNT];
    for (size_t i = 0; i < 20 * COUNT; i++) {
        struct client client = client_open(fixture->port);
        client_send_text(&client, broken[i % COUNT]);
        client_reset(&client);
    }
    for (size_t i = 0; i < COUNT; i++) {
        clients[i] = client_open(fixture->port);
        client_send_text(&clients[i], broken[i]);
        client_finish(&clients[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        struct reply reply = client_receive(&clients[i], false);
        CHECK(reply.status == 0 || reply.status >= 400);
        reply_free(&reply);
        client_close(&clients[i]);
    }
    struct client client = client_open(fixture->port);
    expect_service(&client);
    client_close(&client);
    fixture_stop(fixture);
}

void test_bodies(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    bodies_reach_the_handler(fixture->port);
    bytes_come_one_by_one(fixture->port);
    any_bytes_are_a_body(fixture->port);
    bodies_over_the_limit_are_faults(fixture->port);
    unwanted_bodies_are_passed_over(fixture->port);
    a_client_may_ask_to_go_on(fixture->port);
    fixture_stop(fixture);
    large_bodies_grow();
    broken_requests_harm_nobody();
}
