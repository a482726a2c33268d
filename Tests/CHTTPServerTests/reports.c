/* What the server tells of its requests: their ids, counts and log entries. */
#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* MARK: - Request ids */

#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define TRACEPARENT "traceparent: 00-" TRACE "-00f067aa0ba902b7-01"

static char hundred_and_twenty_eight[] =
    "X-Request-Id: "
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012"
    "345678901234567890123456789012345678";

static void ids_come_back_with_every_answer(void) {
    struct fixture *fixture = fixture_start(NULL, (const char *const[]){"/items", NULL});
    static const struct {
        const char *request;
        int status;
    } cases[] = {
        {"GET /items HTTP/1.1\r\nHost: a\r\n", 200}, /* the first, which is kept */
        {"GET /items HTTP/1.1\r\nHost: a\r\n", 200}, /* the kept one */
        {"HEAD /items HTTP/1.1\r\nHost: a\r\n", 200},
        {"GET /items HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n", 304},
        {"GET /items/7 HTTP/1.1\r\nHost: a\r\n", 200}, /* a fresh one */
        {"GET /items/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n", 304},
        {"POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n", 200},
        {"OPTIONS /items HTTP/1.1\r\nHost: a\r\n", 204},
        {"OPTIONS * HTTP/1.1\r\nHost: a\r\n", 204},
        {"GET /nothing HTTP/1.1\r\nHost: a\r\n", 200},
        {"PUT /items HTTP/1.1\r\nHost: a\r\n", 200},
        {"POST /post HTTP/1.1\r\nHost: a\r\n", 200}, /* lacks a length */
        {"POST /post HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n", 200},
        {"GET /items HTTP/1.1\r\nHost: a b\r\n", 400},
        {"GET /items#fragment HTTP/1.1\r\nHost: a\r\n", 400},
        {"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n", 400},
    };
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        char request[512];
        bool has_id = i % 2 == 0;
        snprintf(request, sizeof request, "%s%s", cases[i / 2].request,
                 has_id ? "X-Request-Id: id-1\r\n" : "");
        struct reply reply = ask(fixture->port, request);
        CHECK_NUMBER(reply.status, cases[i / 2].status);
        if (!CHECK_TEXT(reply_header(&reply, "X-Request-Id"), has_id ? "id-1" : NULL))
            fprintf(stderr, "  %s\n", cases[i / 2].request);
        reply_free(&reply);
    }
    fixture_stop(fixture);
}

static void only_good_ids_are_taken(uint16_t port) {
    static const struct {
        const char *header, *id;
    } cases[] = {
        {"X-Request-Id: a", "a"},
        {"x-request-ID: a", "a"},
        {"X-Request-Id: AZaz09-_.:/+=", "AZaz09-_.:/+="},
        {"X-Request-Id: somebody@example.org", NULL},
        {"X-Request-Id: a~b", NULL},
        {"X-Request-Id:  \t a \t ", "a"},
        {hundred_and_twenty_eight, hundred_and_twenty_eight + sizeof "X-Request-Id: " - 1},
        {"X-Request-Id: a\r\nX-Request-Id: b", "b"},
        {"X-Request-Id:", NULL},
        {"X-Request-Id: a b", NULL},
        {"X-Request-Id: a\tb", NULL},
        {"X-Request-Id: a,b", NULL},
        {"X-Request-Id: \"a\"", NULL},
        {"X-Request-Id: <script>", NULL},
        {"X-Request-Id: a\\n", NULL},
        {"X-Request-Id: \xC3\xA4", NULL},
        {"X-Request-Ids: a", NULL},
        {TRACEPARENT, TRACE},
        {"TraceParent: 00-" TRACE "-00f067aa0ba902b7-00 ", TRACE},
        {"traceparent: 01-" TRACE "-00f067aa0ba902b7-01-more", TRACE},
        {"X-Request-Id: a\r\n" TRACEPARENT, "a"},
        {TRACEPARENT "\r\nX-Request-Id: a", "a"},
        {TRACEPARENT "\r\nX-Request-Id: a b", TRACE},
        {"traceparent: 00-" TRACE "-00f067aa0ba902b7", NULL},
        {"traceparent: 00-" TRACE "-00f067aa0ba902b7-01-more", NULL},
        {"traceparent: 01-" TRACE "-00f067aa0ba902b7-01more", NULL},
        {"traceparent: ff-" TRACE "-00f067aa0ba902b7-01", NULL},
        {"traceparent: 00_" TRACE "-00f067aa0ba902b7-01", NULL},
        {"traceparent: 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", NULL},
        {"traceparent: 00-zzf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", NULL},
        {"traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01", NULL},
        {"traceparent: 00-" TRACE, NULL},
        {"traceparent:", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[512];
        snprintf(request, sizeof request, "GET /items HTTP/1.1\r\nHost: a\r\n%s\r\n", cases[i].header);
        struct reply reply = ask(port, request);
        CHECK_NUMBER(reply.status, 200);
        if (!CHECK_TEXT(reply_header(&reply, "X-Request-Id"), cases[i].id))
            fprintf(stderr, "  %s\n", cases[i].header);
        reply_free(&reply);
    }
    char longer[256];
    snprintf(longer, sizeof longer, "GET /items HTTP/1.1\r\nHost: a\r\n%s9\r\n", hundred_and_twenty_eight);
    struct reply reply = ask(port, longer);
    CHECK_TEXT(reply_header(&reply, "X-Request-Id"), NULL);
    reply_free(&reply);
}

/* An id belongs to its request: the next one on the connection has its own, or none. */
static void ids_do_not_outlive_their_requests(uint16_t port) {
    struct client client = client_open(port);
    client_send_text(&client, "GET /items HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\r\n\r\n"
                              "GET /items HTTP/1.1\r\nHost: a\r\n\r\n"
                              "GET /items HTTP/1.1\r\nHost: a\r\nX-Request-Id: b\r\n\r\n");
    static const char *const ids[] = {"a", NULL, "b"};
    for (int i = 0; i < 3; i++) {
        struct reply reply = client_receive(&client, false);
        CHECK_TEXT(reply_header(&reply, "X-Request-Id"), ids[i]);
        reply_free(&reply);
    }
    client_close(&client);
}

/* MARK: - Counts */

struct tally {
    uint64_t visited[ROUTES + 1][2]; /* by route; of GET with 200, and of all else */
    uint64_t not_modified, teapots;  /* statuses */
    chs_durations durations[ROUTES + 1];
    unsigned connections;
};

static struct tally tally;

static void visit(void *context, const chs_request_count *count) {
    struct tally *to = context;
    bool is_plain = strcmp(count->method, "GET") == 0 && count->status == 200;
    to->visited[count->route][is_plain ? 0 : 1] += count->count;
    if (count->status == 304) to->not_modified += count->count;
    if (count->status == 418) to->teapots += count->count;
}

/* Answers GET / with 200 after taking the tally, anything without a route with 418, all else with 200. */
static void handle_counted(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    unsigned status = request->fault == CHS_NOT_FOUND ? 418 : 200;
    if (status == 200 && request->route == INDEX) {
        tally = (struct tally){0};
        chs_visit_counts(exchange, visit, &tally);
        for (size_t i = 0; i <= ROUTES; i++) chs_read_durations(exchange, i, &tally.durations[i]);
        tally.connections = chs_count_connections(exchange);
    }
    chs_respond(exchange, status, NULL, 0, "answer", 6);
}

enum { ASKERS = 6, TIMES = 100 };

static void *ask_counted(void *context) {
    struct fixture *fixture = context;
    struct client client = client_open(fixture->port);
    size_t answers = 0;
    for (int i = 0; i < TIMES; i++) {
        static const char *const requests[] = {
            "GET /items HTTP/1.1\r\nHost: a\r\n",   "GET /items HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n",
            "HEAD /items HTTP/1.1\r\nHost: a\r\n",  "GET /items/7 HTTP/1.1\r\nHost: a\r\n",
            "GET /nothing HTTP/1.1\r\nHost: a\r\n", "DELETE /both HTTP/1.1\r\nHost: a\r\n",
        };
        for (size_t j = 0; j < sizeof requests / sizeof *requests; j++) {
            struct reply reply = client_ask(&client, requests[j]);
            if (reply.status != 0) answers++;
            reply_free(&reply);
        }
    }
    client_close(&client);
    return (void *)answers;
}

static uint64_t count_durations(size_t route) {
    uint64_t count = 0;
    for (size_t i = 0; i <= CHS_DURATION_BOUNDS; i++) count += tally.durations[route].counts[i];
    return count;
}

/* Every request is counted once, though several threads count. */
static void counts_are_exact(void) {
    enum { EACH = ASKERS * TIMES };
    struct fixture *fixture = fixture_start(&(chs_config){.threads = 4, .handler = handle_counted},
                                            (const char *const[]){"/items", NULL});
    pthread_t threads[ASKERS];
    for (int i = 0; i < ASKERS; i++) pthread_create(&threads[i], NULL, ask_counted, fixture);
    for (int i = 0; i < ASKERS; i++) {
        void *answers = NULL;
        pthread_join(threads[i], &answers);
        CHECK_NUMBER((uintptr_t)answers, 6 * TIMES);
    }
    /* A request is counted when its answer is sent, which its client may see first. */
    struct client client = client_open(fixture->port);
    uint64_t tallies = 0, requests = 0;
    for (int i = 0; i < 1000 && requests < 6 * EACH; i++) {
        struct reply reply = client_ask(&client, "GET / HTTP/1.1\r\nHost: a\r\n");
        reply_free(&reply);
        tallies++;
        requests = 0;
        for (size_t route = LIST; route <= ROUTES; route++) requests += count_durations(route);
    }
    client_close(&client);
    CHECK_NUMBER(requests, 6 * EACH);
    CHECK_NUMBER(tally.visited[INDEX][0], tallies - 1);
    CHECK_NUMBER(tally.visited[LIST][0], EACH);
    CHECK_NUMBER(tally.visited[LIST][1], 2 * EACH);
    CHECK_NUMBER(tally.visited[ITEM][0], EACH);
    CHECK_NUMBER(tally.visited[BOTH][1], EACH);
    CHECK_NUMBER(tally.visited[ROUTES][1], EACH);
    CHECK_NUMBER(tally.not_modified, EACH);
    CHECK_NUMBER(tally.teapots, EACH);
    CHECK_NUMBER(count_durations(LIST), 3 * EACH);
    CHECK_NUMBER(count_durations(POST), 0);
    CHECK(tally.durations[LIST].seconds > 0 && tally.durations[LIST].seconds < 60);
    CHECK(tally.connections >= 1 && tally.connections <= ASKERS + 1);
    fixture_stop(fixture);
}

static void bounds_rise(void) {
    for (size_t i = 1; i < CHS_DURATION_BOUNDS; i++)
        CHECK(chs_duration_bounds[i] > chs_duration_bounds[i - 1]);
}

/* MARK: - The log */

enum { MOST_ENTRIES = 64 };

static struct {
    pthread_mutex_t lock;
    size_t count;
    struct {
        char method[16], request_id[64];
        size_t route;
        unsigned status;
        uint64_t bytes, microseconds;
    } entries[MOST_ENTRIES];
} written = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void log_entry(void *context, const chs_log_entry *entry) {
    (void)context;
    pthread_mutex_lock(&written.lock);
    size_t i = written.count < MOST_ENTRIES ? written.count++ : MOST_ENTRIES - 1;
    snprintf(written.entries[i].method, sizeof written.entries[i].method, "%s", entry->method);
    snprintf(written.entries[i].request_id, sizeof written.entries[i].request_id, "%s",
             entry->request_id != NULL ? entry->request_id : "none");
    written.entries[i].route = entry->route;
    written.entries[i].status = entry->status;
    written.entries[i].bytes = entry->bytes;
    written.entries[i].microseconds = entry->microseconds;
    pthread_mutex_unlock(&written.lock);
}

/* Waits until there are so many entries, at most for 20 s. */
static size_t wait_for_entries(size_t count) {
    size_t found = 0;
    for (int i = 0; i < 20000 && found < count; i++) {
        pthread_mutex_lock(&written.lock);
        found = written.count;
        pthread_mutex_unlock(&written.lock);
        if (found < count) pause_ms(1);
    }
    return found;
}

enum { STREAMED = 100000 };

static ssize_t produce(void *context, char *buffer, size_t size) {
    size_t *left = context, count = *left < size ? *left : size;
    memset(buffer, 'x', count);
    *left -= count;
    return (ssize_t)count;
}

/* Streams where there is a body, takes 20 ms where there is a query. */
static void handle_logged(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context;
    unsigned status = request->fault == CHS_NO_FAULT ? 200 : request->fault == CHS_NOT_FOUND ? 404 : 400;
    if (request->query != NULL) pause_ms(20);
    if (request->body == NULL) {
        chs_respond(exchange, status, NULL, 0, "answer", 6);
        return;
    }
    size_t *left = malloc(sizeof *left);
    if (left == NULL) abort();
    *left = STREAMED;
    chs_respond_stream(exchange, status, NULL, 0, produce, free, left);
}

static void every_answer_is_logged(void) {
    static const struct {
        const char *request, *method;
        size_t route;
        unsigned status;
        uint64_t bytes;
        const char *id;
    } cases[] = {
        {"GET /items HTTP/1.1\r\nHost: a\r\n\r\n", "GET", LIST, 200, 6, "none"},
        {"GET /items HTTP/1.1\r\nHost: a\r\nX-Request-Id: kept\r\n\r\n", "GET", LIST, 200, 6, "kept"},
        {"HEAD /items HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD", LIST, 200, 0, "none"},
        {"GET /items HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n", "GET", LIST, 304, 0, "none"},
        {"GET /items/secret HTTP/1.1\r\nHost: a\r\n\r\n", "GET", ITEM, 200, 6, "none"},
        {"HEAD /items/7 HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD", ITEM, 200, 0, "none"},
        {"GET /items/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n", "GET", ITEM, 304, 0, "none"},
        {"POST /post HTTP/1.1\r\nHost: a\r\nX-Request-Id: sent\r\nContent-Length: 5\r\n\r\nhello", "POST",
         POST, 200, STREAMED, "sent"},
        {"POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "POST", POST, 200, 6, "none"},
        {"OPTIONS /items HTTP/1.1\r\nHost: a\r\nX-Request-Id: o\r\n\r\n", "OPTIONS", LIST, 204, 0, "o"},
        {"PURGE /items HTTP/1.1\r\nHost: a\r\n\r\n", "other", LIST, 400, 6, "none"},
        {"GET /nothing HTTP/1.1\r\nHost: a\r\n" TRACEPARENT "\r\n\r\n", "GET", ROUTES, 404, 6, TRACE},
        {"GET /items?slow HTTP/1.1\r\nHost: a\r\n\r\n", "GET", LIST, 200, 6, "none"},
        {"GET /items HTTP/1.1\r\nHost: a b\r\nX-Request-Id: bad\r\n\r\n", "GET", ROUTES, 400, 6, "bad"},
    };
    enum { COUNT = sizeof cases / sizeof *cases };
    struct fixture *fixture = fixture_start(&(chs_config){.handler = handle_logged, .log = log_entry},
                                            (const char *const[]){"/items", NULL});
    struct client client = client_open(fixture->port);
    for (size_t i = 0; i < COUNT; i++) {
        client_send_text(&client, cases[i].request);
        struct reply reply = client_receive(&client, strcmp(cases[i].method, "HEAD") == 0);
        CHECK_NUMBER(reply.status, cases[i].status);
        CHECK_NUMBER(reply.length, cases[i].bytes);
        reply_free(&reply);
    }
    client_close(&client);
    if (!CHECK_NUMBER(wait_for_entries(COUNT), COUNT)) return;
    for (size_t i = 0; i < COUNT; i++) {
        CHECK_TEXT(written.entries[i].method, cases[i].method);
        CHECK_NUMBER(written.entries[i].route, cases[i].route);
        CHECK_NUMBER(written.entries[i].status, cases[i].status);
        CHECK_NUMBER(written.entries[i].bytes, cases[i].bytes);
        CHECK_TEXT(written.entries[i].request_id, cases[i].id);
        CHECK(written.entries[i].microseconds < 20000000);
        if (strstr(cases[i].request, "slow") != NULL) CHECK(written.entries[i].microseconds >= 20000);
    }

    /* One that was not whole has no answer and no entry; one whose answer broke off says what was made. */
    client = client_open(fixture->port);
    client_send_text(&client, "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell");
    client_close(&client);
    fixture_stop(fixture);
    CHECK_NUMBER(written.count, COUNT);
}

static void requests_without_host_are_reported(void) {
    static const char why[] =
        "libmicrohttpd 1.0.1 answers a request without Host itself, and does not show it";
    written.count = 0;
    struct fixture *fixture = fixture_start(&(chs_config){.handler = handle_logged, .log = log_entry}, NULL);
    struct reply reply = ask(fixture->port, "GET /items HTTP/1.1\r\nX-Request-Id: a\r\n");
    CHECK_NUMBER(reply.status, 400);
    const char *id = reply_header(&reply, "X-Request-Id");
    bool is_ours = id != NULL && strcmp(id, "a") == 0;
    reply_free(&reply);
    fixture_stop(fixture);
    is_ours = is_ours && written.count == 1 && written.entries[0].status == 400;
    if (concerns_library(why))
        CHECK_KNOWN(is_ours, why);
    else
        CHECK(is_ours);
}

void test_reports(void) {
    ids_come_back_with_every_answer();
    struct fixture *fixture = fixture_start(NULL, NULL);
    only_good_ids_are_taken(fixture->port);
    ids_do_not_outlive_their_requests(fixture->port);
    fixture_stop(fixture);
    counts_are_exact();
    bounds_rise();
    every_answer_is_logged();
    requests_without_host_are_reported();
}
