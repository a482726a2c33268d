#include "check.h"
#include "client.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_int made, released;

/* The request's body, again and again. */
struct echo {
    const char *body; /* borrowed from the request, which stays until the end */
    size_t length, position, left;
    bool waits; /* for nothing, before each piece */
};

static ssize_t produce(void *context, char *buffer, size_t size) {
    struct echo *echo = context;
    size_t count = 0;
    echo->waits = !echo->waits;
    if (echo->waits) return CHS_NOTHING_YET;
    /* A little less than fits, so that pieces do not end where blocks do. */
    size_t most = size > 7 ? size - 7 : size;
    for (; count < most && echo->left > 0; count++, echo->left--) {
        buffer[count] = echo->body[echo->position];
        echo->position = (echo->position + 1) % echo->length;
    }
    return (ssize_t)count;
}

static void release(void *context) {
    atomic_fetch_add(&released, 1);
    free(context);
}

/* Streams as many bytes as the query says. */
static void handle(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    struct echo *echo = calloc(1, sizeof *echo);
    if (echo == NULL) abort();
    echo->body = request->body;
    echo->length = request->body_length;
    echo->left = request->query != NULL && request->body != NULL ? strtoul(request->query, NULL, 10) : 0;
    atomic_fetch_add(&made, 1);
    const chs_header header = {"Content-Type", "text/plain", false};
    chs_respond_stream(exchange, 200, &header, 1, produce, release, echo);
    chs_respond(exchange, 500, NULL, 0, "a second answer", 15); /* has no effect */
}

static void streams_are_sent_whole(uint16_t port) {
    static const size_t lengths[] = {0, 1, 16383, 16384, 16385, 1000000};
    struct client client = client_open(port);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char request[256];
        snprintf(request, sizeof request,
                 "POST /post?%zu HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", lengths[i]);
        client_send_text(&client, request);
        struct reply reply = client_receive(&client, false);
        CHECK_NUMBER(reply.status, 200);
        CHECK_NUMBER(reply.length, lengths[i]);
        CHECK_TEXT(reply_header(&reply, "Transfer-Encoding"), "chunked");
        CHECK_TEXT(reply_header(&reply, "Content-Type"), "text/plain");
        CHECK_TEXT(reply_header(&reply, "X-Server"), "yes");
        bool right = reply.body != NULL;
        for (size_t at = 0; right && at < reply.length; at++) right = reply.body[at] == "hello"[at % 5];
        CHECK(right);
        reply_free(&reply);
    }
    client_close(&client);
}

/* Leaves before, in the middle of, and at the end of the answer. */
static void clients_may_leave(uint16_t port) {
    for (int i = 0; i < 30; i++) {
        struct client client = client_open(port);
        client_send_text(&client,
                         "POST /post?50000000 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        if (i % 3 == 1) CHECK(!client_is_closed(&client));
        i % 2 == 0 ? client_close(&client) : client_reset(&client);
    }
}

/* One that does not take its answer leaves the thread to others. */
static void others_are_served_meanwhile(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 1, .handler = handle}, NULL);
    struct client slow = client_open(fixture->port);
    client_send_text(&slow, "POST /post?50000000 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(!client_is_closed(&slow)); /* it has begun */
    streams_are_sent_whole(fixture->port);
    struct reply reply = client_receive(&slow, false);
    CHECK_NUMBER(reply.length, 50000000);
    reply_free(&reply);
    client_close(&slow);
    fixture_stop(fixture);
}

void test_streams(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.handler = handle}, NULL);
    streams_are_sent_whole(fixture->port);
    clients_may_leave(fixture->port);
    streams_are_sent_whole(fixture->port);
    fixture_stop(fixture);
    others_are_served_meanwhile();
    CHECK(atomic_load(&made) > 18);
    CHECK_NUMBER(atomic_load(&released), atomic_load(&made));
}
