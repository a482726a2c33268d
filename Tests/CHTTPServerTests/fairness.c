/* What one client may not take from the others: memory, time and connections. */
#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int ask_for_status(uint16_t port, const char *request) {
    struct reply reply = ask(port, request);
    int status = reply.status;
    reply_free(&reply);
    return status;
}

static bool serves(uint16_t port) {
    return ask_for_status(port, "GET /items HTTP/1.1\r\nHost: a\r\n") == 200;
}

/* An answer of as many bytes as the query says; 503 where there is no room. A body is streamed: 100 pieces
 * that take a millisecond each. */
static ssize_t produce(void *context, char *buffer, size_t size) {
    int *left = context;
    if (*left == 0) return 0;
    for (int64_t end = now_ms() + 1; now_ms() <= end;) {
    }
    memset(buffer, 'x', size);
    (*left)--;
    return (ssize_t)size;
}

static void handle(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    if (request->fault != CHS_NO_FAULT) {
        chs_respond(exchange, request->fault == CHS_NO_ROOM ? 503 : 400, NULL, 0, "no", 2);
        return;
    }
    if (request->body != NULL && request->query == NULL) {
        int *left = malloc(sizeof *left);
        if (left == NULL) abort();
        *left = 100;
        chs_respond_stream(exchange, 200, NULL, 0, produce, free, left);
        return;
    }
    size_t length = request->query != NULL ? strtoul(request->query, NULL, 10) : 2;
    char *answer = calloc(1, length + 1);
    if (answer == NULL) abort();
    chs_respond(exchange, 200, NULL, 0, answer, length);
    free(answer);
}

/* MARK: - Memory */

/* Answers that are not taken count, too; small ones have room of their own; all is given back. */
static void answers_share_the_memory(void) {
    enum { MIB = 1 << 20 };
    struct fixture *fixture =
        fixture_start(&(chs_config){.memory = 16 * MIB, .max_body = MIB, .handler = handle}, NULL);
    uint16_t port = fixture->port;
    for (int round = 0; round < 3; round++) {
        /* It has begun, so its answer is held; the kernel cannot take that much of it. */
        struct client reader = client_open(port);
        client_send_text(&reader, "GET /items?12000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(!client_is_closed(&reader));
        CHECK_NUMBER(ask_for_status(port, "GET /items?2000000 HTTP/1.1\r\nHost: a\r\n"), 503);
        CHECK_NUMBER(ask_for_status(port, "GET /items?16000 HTTP/1.1\r\nHost: a\r\n"), 200);
        CHECK_NUMBER(ask_for_status(port, "GET /items?1000 HTTP/1.1\r\nHost: a\r\n"), 200);
        struct reply reply = client_receive(&reader, false);
        CHECK_NUMBER(reply.length, 12000000);
        reply_free(&reply);
        client_close(&reader);
        int status = 0;
        for (int64_t end = now_ms() + 20000; status != 200 && now_ms() < end; pause_ms(5))
            status = ask_for_status(port, "GET /items?2000000 HTTP/1.1\r\nHost: a\r\n");
        CHECK_NUMBER(status, 200);
    }
    fixture_stop(fixture);
}

/* MARK: - The time that a response may take */

static atomic_int long_answers;

static void log_entry(void *context, const chs_log_entry *entry) {
    (void)context;
    if (entry->bytes == 200000) atomic_fetch_add(&long_answers, 1);
}

/* What the kernel has taken, it may still send when the connection is closed: the server's log tells when it
 * was. */
static void responses_are_taken_in_time(void) {
    struct fixture *fixture =
        fixture_start(&(chs_config){.response_timeout = 1, .handler = handle, .log = log_entry}, NULL);
    struct client slow = client_open(fixture->port), idle = client_open(fixture->port);
    int room = 4096;
    CHECK(setsockopt(slow.fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room) == 0);
    int64_t begin = now_ms();
    client_send_text(&slow, "GET /items?200000 HTTP/1.1\r\nHost: a\r\n\r\n"); /* has four seconds */
    /* It takes a byte now and then, by which it gets no more time. */
    for (char byte; atomic_load(&long_answers) == 0 && now_ms() < begin + 30000; pause_ms(20))
        (void)recv(slow.fd, &byte, 1, MSG_DONTWAIT);
    CHECK(now_ms() - begin >= 4000);
    CHECK(now_ms() - begin < 20000);
    client_close(&slow);

    /* Others have the time that they need, and who asks for nothing is not meant. */
    slow = client_open(fixture->port);
    client_send_text(&slow, "GET /items?32000000 HTTP/1.1\r\nHost: a\r\n\r\n");
    pause_ms(900);
    struct reply reply = client_receive(&slow, false);
    CHECK_NUMBER(reply.length, 32000000);
    reply_free(&reply);
    client_close(&slow);
    reply = client_ask(&idle, "GET /items HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    client_close(&idle);
    fixture_stop(fixture);
}

/* MARK: - Turns */

/* However many streams there are, others are served between their pieces, and each comes to its end. */
static void bulk_takes_turns(void) {
    enum { STREAMS = 60 };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 1, .handler = handle}, NULL);
    struct client streams[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
        streams[i] = client_open(fixture->port);
        client_send_text(&streams[i], "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    }
    /* Together they take six seconds or more. */
    int64_t longest = 0;
    for (int i = 0; i < 20; i++) {
        int64_t begin = now_ms();
        CHECK(serves(fixture->port));
        if (now_ms() - begin > longest) longest = now_ms() - begin;
    }
    CHECK(longest < 3000);
    for (int i = 0; i < STREAMS; i++) {
        struct reply reply = client_receive(&streams[i], false);
        CHECK_NUMBER(reply.status, 200);
        CHECK(reply.length > 100);
        reply_free(&reply);
        client_close(&streams[i]);
    }
    fixture_stop(fixture);
}

/* The server ends while many stand in line. */
static void a_line_may_be_left(void) {
    enum { STREAMS = 60 };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 2, .handler = handle}, NULL);
    struct client streams[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
        streams[i] = client_open(fixture->port);
        client_send_text(&streams[i], "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    }
    pause_ms(100);
    CHECK(chs_drain(fixture->server, 100) > 0);
    fixture_stop(fixture);
    for (int i = 0; i < STREAMS; i++) client_close(&streams[i]);
}

/* MARK: - Connections */

/* All are taken by one address, with requests that do not end: another one is served nevertheless, at once.
 */
static void half_requests_make_room(const char *half) {
    enum { LIMIT = 100, MORE = 300 };
    struct fixture *fixture = fixture_start(&(chs_config){.max_connections = LIMIT}, NULL);
    struct client greedy[MORE], others[3];
    for (int i = 0; i < 3; i++) {
        others[i] = client_open(fixture->port);
        client_send_text(&others[i], "GET /items HTTP/1.1\r\nHo");
    }
    pause_ms(100);
    for (int i = 0; i < MORE; i++) {
        greedy[i] = client_open_from(fixture->port, 2);
        client_send_text(&greedy[i], half);
    }
    for (int i = 0; i < 20; i++) {
        int64_t begin = now_ms();
        CHECK(serves(fixture->port));
        CHECK(now_ms() - begin < 10000); /* they would stay for minutes */
    }
    /* Those of other addresses, though they are older, were spared. */
    for (int i = 0; i < 3; i++) {
        struct reply reply = client_ask(&others[i], "st: a\r\n");
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
        client_close(&others[i]);
    }
    for (int i = 0; i < MORE; i++) client_close(&greedy[i]);
    fixture_stop(fixture);
}

/* A chunk's size that is longer than the library's memory never ends: the connection does, at the latest when
 * it idles out, and costs nothing.
 */
static void endless_chunk_sizes_are_ended(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 1, .idle_timeout = 3}, NULL);
    static char extension[30000];
    memset(extension, 'x', sizeof extension);
    struct client client = client_open(fixture->port);
    client_send_text(&client, "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;");
    client_send(&client, extension, sizeof extension);
    int64_t begin = now_ms();
    struct reply reply = client_receive(&client, false);
    CHECK(reply.status == 0 || reply.status >= 400);
    CHECK(now_ms() - begin < 15000);
    reply_free(&reply);
    client_close(&client);
    fixture_stop(fixture);
}

/* MARK: - Expectations */

static void who_has_nothing_to_send_is_answered(void) {
    static const char *const requests[] = {
        "GET /items HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        "HEAD /items HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n",
        "POST /post?1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
        "POST /post?1 HTTP/1.1\r\nHost: a\r\nContent-Length: 000\r\nExpect: 100-continue\r\n\r\n",
    };
    struct fixture *fixture = fixture_start(NULL, NULL);
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct client client = client_open(fixture->port);
        char both[512] = "";
        strcat(strcat(both, requests[i]), "GET /items HTTP/1.1\r\nHost: a\r\n\r\n");
        client_send_text(&client, both);
        for (int j = 0; j < 2; j++) {
            struct reply reply = client_receive(&client, j == 0 && i == 1);
            CHECK_NUMBER(reply.status, 200);
            reply_free(&reply);
        }
        client_close(&client);
    }
    fixture_stop(fixture);
}

/* MARK: - Connections that stay */

static void say_thread(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context, (void)request;
    pthread_t thread = pthread_self();
    chs_respond(exchange, 200, NULL, 0, &thread, sizeof thread);
}

/* Of a few clients that keep their connections, how many the same thread serves. */
static int most_of_one_thread(void) {
    enum { THREADS = 4, CLIENTS = 8 };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = THREADS, .handler = say_thread}, NULL);
    pause_ms(50); /* until all threads listen */
    struct client clients[CLIENTS];
    pthread_t threads[CLIENTS];
    int most = 0;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = client_open(fixture->port);
        struct reply reply = client_ask(&clients[i], "GET /items HTTP/1.1\r\nHost: a\r\n");
        CHECK_NUMBER(reply.length, sizeof threads[i]);
        memcpy(&threads[i], reply.body, sizeof threads[i]);
        reply_free(&reply);
        int same = 0;
        for (int j = 0; j <= i; j++) same += pthread_equal(threads[j], threads[i]) != 0;
        if (same > most) most = same;
    }
    for (int i = 0; i < CLIENTS; i++) client_close(&clients[i]);
    fixture_stop(fixture);
    return most;
}

/* Who comes while the other threads have no processor is one thread's, so there is more than one try. */
static void kept_connections_are_spread(void) {
    int tries = 5;
    while (most_of_one_thread() > 4 && --tries > 0) {
    }
    CHECK(tries > 0);
}

void test_fairness(void) {
    kept_connections_are_spread();
    answers_share_the_memory();
    responses_are_taken_in_time();
    bulk_takes_turns();
    a_line_may_be_left();
    half_requests_make_room("GET /items HTTP/1.1\r\nHost: a\r\nX-Ha");
    half_requests_make_room("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    half_requests_make_room("");
    endless_chunk_sizes_are_ended();
    who_has_nothing_to_send_is_answered();
}
