#define _GNU_SOURCE /* asprintf */

#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kept[] = {"/", "/items", "/items/7", "/items/7?pretty", "/post", "/nothing", NULL};

static int calls(struct fixture *fixture) {
    return atomic_load(&fixture->calls);
}

/* Asks, and checks status and body. */
static void expect(struct fixture *fixture, const char *request, int status, const char *body) {
    struct reply reply = ask(fixture->port, request);
    CHECK_NUMBER(reply.status, status);
    CHECK_TEXT(reply.body, body);
    reply_free(&reply);
}

static void the_first_answer_is_kept(void) {
    struct fixture *fixture = fixture_start(NULL, kept);
    const char *told = "route=2 fault=none method=1 path=/items/7 parameter=7";
    for (int i = 0; i < 5; i++) expect(fixture, "GET /items/7 HTTP/1.1\r\nHost: a\r\n", 200, told);
    CHECK_NUMBER(calls(fixture), 1);
    expect(fixture, "HEAD /items/7 HTTP/1.1\r\nHost: a\r\n", 200, "");
    expect(fixture, "GET /items/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n", 304, "");
    expect(fixture, "GET http://host/items/7 HTTP/1.1\r\nHost: a\r\n", 200, told);
    CHECK_NUMBER(calls(fixture), 1);

    const char *pretty = "route=2 fault=none method=1 path=/items/7 parameter=7 query=pretty";
    for (int i = 0; i < 3; i++) expect(fixture, "GET /items/7?pretty HTTP/1.1\r\nHost: a\r\n", 200, pretty);
    CHECK_NUMBER(calls(fixture), 2);

    /* Other requests for it, and other paths, are not answered with it. */
    expect(fixture, "GET /items/7? HTTP/1.1\r\nHost: a\r\n", 200,
           "route=2 fault=none method=1 path=/items/7 parameter=7 query=");
    expect(fixture, "GET /items/%37 HTTP/1.1\r\nHost: a\r\n", 200,
           "route=2 fault=none method=1 path=/items/%37 parameter=7");
    expect(fixture, "PUT /items/7 HTTP/1.1\r\nHost: a\r\n", 200,
           "route=2 fault=method method=0 path=/items/7 parameter=7");
    expect(fixture, "OPTIONS /items/7 HTTP/1.1\r\nHost: a\r\n", 204, "");
    expect(fixture, "GET /items/8 HTTP/1.1\r\nHost: a\r\n", 200,
           "route=2 fault=none method=1 path=/items/8 parameter=8");
    expect(fixture, "GET /items/8 HTTP/1.1\r\nHost: a\r\n", 200,
           "route=2 fault=none method=1 path=/items/8 parameter=8");
    CHECK_NUMBER(calls(fixture), 7);
    fixture_stop(fixture);
}

static void what_no_route_takes_is_not_kept(void) {
    struct fixture *fixture = fixture_start(NULL, kept);
    for (int i = 1; i < 4; i++) {
        expect(fixture, "GET /nothing HTTP/1.1\r\nHost: a\r\n", 200,
               "fault=not-found method=1 path=/nothing");
        expect(fixture, "GET /post HTTP/1.1\r\nHost: a\r\n", 200, "route=3 fault=method method=1 path=/post");
        CHECK_NUMBER(calls(fixture), 2 * i);
    }
    fixture_stop(fixture);
}

static void only_status_200_is_kept(void) {
    struct fixture *fixture = fixture_start(NULL, kept);
    const char *told = "route=1 fault=none method=1 path=/items";
    atomic_store(&fixture->status, 503);
    expect(fixture, "GET /items HTTP/1.1\r\nHost: a\r\n", 503, told);
    expect(fixture, "GET /items HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n", 503, told);
    CHECK_NUMBER(calls(fixture), 2);
    atomic_store(&fixture->status, 200);
    expect(fixture, "HEAD /items HTTP/1.1\r\nHost: a\r\n", 200, "");
    CHECK_NUMBER(calls(fixture), 3);
    atomic_store(&fixture->status, 503);
    expect(fixture, "GET /items HTTP/1.1\r\nHost: a\r\n", 200, told);
    CHECK_NUMBER(calls(fixture), 3);
    fixture_stop(fixture);
}

static void tags_are_compared(void) {
    struct fixture *fixture = fixture_start(NULL, kept);
    static const char *const paths[] = {"/items/7", "/items/8", "/items/7?x"}; /* kept, and not */
    static const struct {
        const char *value; /* with %s for the tag without its quotes */
        int status;
    } cases[] = {
        {"\"%s\"", 304},
        {"W/\"%s\"", 304},
        {"*", 304},
        {" * ", 304},
        {"\"a\", \"%s\"", 304},
        {"\"a,b\" , W/\"%s\",\"c\"", 304},
        {",,\"%s\"", 304},
        {"a, \"%s\"", 304},
        {"%s", 200},
        {"\"%s", 200},
        {"\"x%s\"", 200},
        {"\"%sx\"", 200},
        {"\"\"", 200},
        {"", 200},
        {"W/", 200},
        {"\"", 200},
        {"\"a", 200},
        {",", 200},
        {"\"*\"", 200},
        {"w/\"a\"", 200},
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char request[512], value[256], other[512];
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n", paths[i]);
        struct reply full = ask(fixture->port, request);
        const char *tag = reply_header(&full, "ETag");
        char bare[64] = "";
        if (CHECK(tag != NULL && strlen(tag) == 18)) snprintf(bare, sizeof bare, "%.*s", 16, tag + 1);
        for (size_t j = 0; j < sizeof cases / sizeof *cases; j++) {
            const char *place = strstr(cases[j].value, "%s");
            if (place != NULL)
                snprintf(value, sizeof value, "%.*s%s%s", (int)(place - cases[j].value), cases[j].value, bare,
                         place + 2);
            else
                snprintf(value, sizeof value, "%s", cases[j].value);
            snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\n", paths[i],
                     value);
            struct reply reply = ask(fixture->port, request);
            if (!CHECK_NUMBER(reply.status, cases[j].status)) fprintf(stderr, "  %s %s\n", paths[i], value);
            CHECK_NUMBER(reply.length, cases[j].status == 304 ? 0 : full.length);
            reply_free(&reply);
        }
        snprintf(request, sizeof request,
                 "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"a\"\r\nIf-None-Match: \"%s\"\r\n", paths[i],
                 bare);
        snprintf(other, sizeof other, "GET %s HTTP/1.1\r\nHost: a\r\nIf-Match: \"%s\"\r\nX-None-Match: *\r\n",
                 paths[i], bare);
        struct reply unasked = ask(fixture->port, other);
        CHECK_NUMBER(unasked.status, 200);
        reply_free(&unasked);
        struct reply second = ask(fixture->port, request);
        CHECK_NUMBER(second.status, 304);
        reply_free(&second);
        reply_free(&full);
    }
    fixture_stop(fixture);
}

/* Of the answer's headers and of the server's, a kept answer or not. */
static void a_304_has_the_headers_that_say_so(void) {
    struct fixture *fixture = fixture_start(NULL, kept);
    static const char *const requests[] = {
        "GET /items/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n",
        "GET /items/7 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\nX-Request-Id: b\r\n",
        "GET /items/8 HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n",
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct reply reply = ask(fixture->port, requests[i]);
        CHECK_NUMBER(reply.status, 304);
        CHECK_TEXT(reply_header(&reply, "X-Server"), "yes");
        CHECK_TEXT(reply_header(&reply, "X-Answer"), "one");
        CHECK(reply_header(&reply, "Content-Type") == NULL);
        CHECK(reply_header(&reply, "ETag") != NULL);
        reply_free(&reply);
    }
    fixture_stop(fixture);
}

/* As many as make the table grow several times. */
static void many_paths_are_kept(void) {
    enum { PATHS = 1000 };
    char *paths[PATHS + 1];
    for (int i = 0; i < PATHS; i++)
        if (asprintf(&paths[i], "/items/%d", i) < 0) abort();
    paths[PATHS] = NULL;
    struct fixture *fixture = fixture_start(NULL, (const char *const *)paths);
    struct client client = client_open(fixture->port);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < PATHS; i++) {
            char request[64], told[128];
            snprintf(request, sizeof request, "GET /items/%d HTTP/1.1\r\nHost: a\r\n", i);
            snprintf(told, sizeof told, "route=2 fault=none method=1 path=/items/%d parameter=%d", i, i);
            struct reply reply = client_ask(&client, request);
            CHECK_TEXT(reply.body, told);
            reply_free(&reply);
        }
    }
    CHECK_NUMBER(calls(fixture), PATHS);
    client_close(&client);
    fixture_stop(fixture);
    for (int i = 0; i < PATHS; i++) free(paths[i]);
}

/* Slow enough for several threads to be at it at once. */
static void nap(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)request;
    atomic_fetch_add((atomic_int *)context, 1);
    pause_ms(20);
    chs_respond(exchange, 200, NULL, 0, "answer", 6);
}

static void *ask_often(void *context) {
    struct fixture *fixture = context;
    for (int i = 0; i < 20; i++) {
        struct reply reply = ask(fixture->port, "GET /items HTTP/1.1\r\nHost: a\r\n");
        /* CHECK is for one thread. */
        bool right = reply.status == 200 && strcmp(reply.body, "answer") == 0;
        reply_free(&reply);
        if (!right) return fixture;
    }
    return NULL;
}

static void one_of_several_first_answers_is_kept(void) {
    for (int round = 0; round < 10; round++) {
        atomic_int napped = 0;
        struct fixture *fixture =
            fixture_start(&(chs_config){.threads = 4, .handler = nap, .context = &napped}, kept);
        pthread_t threads[8];
        for (int i = 0; i < 8; i++) pthread_create(&threads[i], NULL, ask_often, fixture);
        for (int i = 0; i < 8; i++) {
            void *wrong = NULL;
            pthread_join(threads[i], &wrong);
            CHECK(wrong == NULL);
        }
        /* At most one a thread: those that came later found an answer. */
        CHECK(atomic_load(&napped) >= 1 && atomic_load(&napped) <= 4);
        fixture_stop(fixture);
    }
}

static void give_both(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)request;
    (void)context;
    if (chs_is_kept(exchange)) chs_offer_gzip(exchange, "zip", 3);
    chs_offer_gzip(exchange, "another", 7); /* has no effect */
    chs_respond(exchange, 200, NULL, 0, "as it is", 8);
}

/* Asks for a path and checks which variant comes, by GET and HEAD, and that its ETag brings a 304. */
static void expect_variant(struct fixture *fixture, const char *path, const char *headers, bool gzip) {
    char request[512];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n%s", path, headers);
    struct reply full = ask(fixture->port, request);
    bool right = CHECK_TEXT(full.body, gzip ? "zip" : "as it is");
    const char *coding = reply_header(&full, "Content-Encoding");
    right &= CHECK((coding != NULL && strcmp(coding, "gzip") == 0) == gzip);
    char tag[64];
    const char *sent = reply_header(&full, "ETag");
    snprintf(tag, sizeof tag, "%s", sent != NULL ? sent : "");
    snprintf(request, sizeof request, "HEAD %s HTTP/1.1\r\nHost: a\r\n%s", path, headers);
    struct reply head = ask(fixture->port, request);
    right &= CHECK_NUMBER(head.length, 0);
    right &= CHECK_TEXT(reply_header(&head, "Content-Length"), gzip ? "3" : "8");
    right &= CHECK_TEXT(reply_header(&head, "ETag"), tag);
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\nX-Request-Id: b\r\n%s", path, tag, headers);
    struct reply has = ask(fixture->port, request);
    right &= CHECK_NUMBER(has.status, 304);
    right &= CHECK_TEXT(reply_header(&has, "ETag"), tag);
    right &= CHECK(reply_header(&has, "Content-Encoding") == NULL);
    if (strcmp(path, "/items") == 0) {
        right &= CHECK_TEXT(reply_header(&full, "Vary"), "Accept-Encoding");
        right &= CHECK_TEXT(reply_header(&has, "Vary"), "Accept-Encoding");
    }
    if (!right) fprintf(stderr, "  %s %s\n", path, headers);
    reply_free(&full);
    reply_free(&head);
    reply_free(&has);
}

static void the_coding_is_chosen(void) {
    static const struct {
        const char *headers;
        bool gzip;
    } cases[] = {
        {"", false},
        {"Accept-Encoding: gzip\r\n", true},
        {"Accept-Encoding: GZip\r\n", true},
        {"Accept-Encoding: x-gzip\r\n", true},
        {"Accept-Encoding: gzip, deflate, br, zstd\r\n", true},
        {"Accept-Encoding: br;q=1.0, gzip;q=0.8, *;q=0.1\r\n", true},
        {"Accept-Encoding: gzip ; q=0.001\r\n", true},
        {"Accept-Encoding: *\r\n", true},
        {"Accept-Encoding: identity;q=0.5, *\r\n", true},
        {"Accept-Encoding: identity, gzip\r\n", true},
        {"Accept-Encoding: deflate\r\nAccept-Encoding: gzip\r\n", true},
        {"Accept-Encoding: ,,gzip,\r\n", true},
        {"Accept-Encoding: gzip;q=1.000\r\n", true},
        {"Accept-Encoding:\r\n", false},
        {"Accept-Encoding: identity\r\n", false},
        {"Accept-Encoding: br\r\n", false},
        {"Accept-Encoding: gzip;q=0\r\n", false},
        {"Accept-Encoding: gzip;q=0.000, *\r\n", false},
        {"Accept-Encoding: *;q=0\r\n", false},
        {"Accept-Encoding: identity;q=1, gzip;q=0.5\r\n", false},
        {"Accept-Encoding: gzip;q=2\r\n", false},
        {"Accept-Encoding: gzip;q=0.0001\r\n", false},
        {"Accept-Encoding: gzip;q=\r\n", false},
        {"Accept-Encoding: gzip;level=9\r\n", false},
        {"Accept-Encoding: gzipped\r\n", false},
        {"Accept-Encoding: notgzip\r\n", false},
        {"Accept-Encoding: gzip x\r\n", false},
        {"Accept: gzip\r\n", false},
    };
    struct fixture *fixture = fixture_start(&(chs_config){.handler = give_both}, kept);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_variant(fixture, "/items", cases[i].headers, cases[i].gzip);
        expect_variant(fixture, "/items/8", cases[i].headers, false); /* is not kept */
    }
    fixture_stop(fixture);
}

void test_keeping(void) {
    the_coding_is_chosen();
    the_first_answer_is_kept();
    what_no_route_takes_is_not_kept();
    only_status_200_is_kept();
    tags_are_compared();
    a_304_has_the_headers_that_say_so();
    many_paths_are_kept();
    one_of_several_first_answers_is_kept();
}
