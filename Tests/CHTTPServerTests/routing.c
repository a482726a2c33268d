#include "check.h"
#include "client.h"
#include "fixture.h"

#include <stdio.h>
#include <string.h>

/* What the handler is told about a request line. */
static void requests_reach_the_handler(uint16_t port) {
    static const struct {
        const char *method, *target;
        int status;
        const char *told;
    } cases[] = {
        {"GET", "/", 200, "route=0 fault=none method=1 path=/"},
        {"GET", "/items", 200, "route=1 fault=none method=1 path=/items"},
        {"GET", "/items?", 200, "route=1 fault=none method=1 path=/items query="},
        {"GET", "/items?a=%41&b=?", 200, "route=1 fault=none method=1 path=/items query=a=%41&b=?"},
        {"GET", "/items/7", 200, "route=2 fault=none method=1 path=/items/7 parameter=7"},
        {"GET", "/items/7?x", 200, "route=2 fault=none method=1 path=/items/7 parameter=7 query=x"},
        {"GET", "/items/a%20%C3%A9", 200,
         "route=2 fault=none method=1 path=/items/a%20%C3%A9 parameter=a \xC3\xA9"},
        {"GET", "/items/%37?%37", 200, "route=2 fault=none method=1 path=/items/%37 parameter=7 query=%37"},
        {"GET", "/items/%f0%9f%92%8c", 200,
         "route=2 fault=none method=1 path=/items/%f0%9f%92%8c parameter=\xF0\x9F\x92\x8C"},
        {"GET", "/both/x", 200, "route=5 fault=none method=1 path=/both/x parameter=x"},
        {"GET", "http://host:80/items/7?x", 200,
         "route=2 fault=none method=1 path=/items/7 parameter=7 query=x"},
        {"GET", "https://host", 200, "route=0 fault=none method=1 path=/"},
        {"GET", "http://host?x", 200, "route=0 fault=none method=1 path=/ query=x"},
        {"GET", "/nothing?x", 200, "fault=not-found method=1 path=/nothing query=x"},
        {"GET", "/items/", 200, "route=1 fault=moved method=1 path=/items/"},
        {"GET", "/items/7/?x", 200, "route=2 fault=moved method=1 path=/items/7/ query=x"},
        {"PUT", "/post/", 200, "route=3 fault=moved method=0 path=/post/"},
        {"GET", "/items/7//", 200, "fault=not-found method=1 path=/items/7//"},
        {"GET", "/nothing/", 200, "fault=not-found method=1 path=/nothing/"},
        {"GET", "//items/", 200, "fault=not-found method=1 path=//items/"},
        {"GET", "/items/7/8", 200, "fault=not-found method=1 path=/items/7/8"},
        {"GET", "/itemsx", 200, "fault=not-found method=1 path=/itemsx"},
        {"GET", "/Items", 200, "fault=not-found method=1 path=/Items"},
        {"DELETE", "/nothing", 200, "fault=not-found method=0 path=/nothing"},
        {"POST", "/nothing", 200, "fault=not-found method=2 path=/nothing"},
        {"OPTIONS", "/nothing", 200, "fault=not-found method=0 path=/nothing"},
        {"POST", "/items", 200, "route=1 fault=method method=2 path=/items"},
        {"get", "/items", 200, "route=1 fault=method method=0 path=/items"},
        {"PUT", "/items/7", 200, "route=2 fault=method method=0 path=/items/7 parameter=7"},
        {"GET", "/post", 200, "route=3 fault=method method=1 path=/post"},
        {"POST", "/post", 200, "route=3 fault=length method=2 path=/post"},
    };
    struct client client = client_open(port);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[256];
        snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: a\r\n", cases[i].method, cases[i].target);
        struct reply reply = client_ask(&client, request);
        CHECK_NUMBER(reply.status, cases[i].status);
        CHECK_TEXT(reply.body, cases[i].told);
        CHECK_TEXT(reply_header(&reply, "X-Server"), "yes");
        CHECK_TEXT(reply_header(&reply, "X-Answer"), "one");
        CHECK_TEXT(reply_header(&reply, "X-Preflight"), NULL);
        reply_free(&reply);
    }
    client_close(&client);
}

static void bad_parameters_are_faults(uint16_t port) {
    static const char *const bad[] = {
        "%",      "%4",           "%zz",          "%4z",          "%z4",       "a%",        "%%41",
        "%2f",    "%2F",          "x%2fy",        "%00",          "x%00",      "%ff",       "%80",
        "%c3",    "%c3%28",       "%c0%af",       "%c1%81",       "%e0%80",    "%e0%80%af", "%ed%a0%80",
        "%e2%82", "%f0%80%80%80", "%f5%80%80%80", "%f4%90%80%80", "%f0%9f%92",
    };
    struct client client = client_open(port);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char request[256], told[256];
        snprintf(request, sizeof request, "GET /items/%s HTTP/1.1\r\nHost: a\r\n", bad[i]);
        snprintf(told, sizeof told, "route=2 fault=path method=1 path=/items/%s", bad[i]);
        struct reply reply = client_ask(&client, request);
        CHECK_TEXT(reply.body, told);
        reply_free(&reply);
    }
    client_close(&client);
}

static void methods_are_told(uint16_t port) {
    static const struct {
        const char *path, *allow;
    } cases[] = {
        {"/", "GET, HEAD, OPTIONS"},
        {"/items/7", "GET, HEAD, OPTIONS"},
        {"/post", "POST, OPTIONS"},
        {"/both", "GET, HEAD, POST, OPTIONS"},
        {"/both/%zz", "GET, HEAD, POST, OPTIONS"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[256];
        snprintf(request, sizeof request, "PATCH %s HTTP/1.1\r\nHost: a\r\n", cases[i].path);
        struct reply refused = ask(port, request);
        CHECK_TEXT(reply_header(&refused, "Allow"), cases[i].allow);
        reply_free(&refused);
        snprintf(request, sizeof request, "OPTIONS %s HTTP/1.1\r\nHost: a\r\n", cases[i].path);
        struct reply options = ask(port, request);
        CHECK_NUMBER(options.status, 204);
        CHECK_TEXT(reply_header(&options, "Allow"), cases[i].allow);
        CHECK_TEXT(reply_header(&options, "Access-Control-Allow-Methods"), cases[i].allow);
        CHECK_TEXT(reply_header(&options, "X-Preflight"), "yes");
        CHECK_TEXT(reply_header(&options, "X-Server"), "yes");
        reply_free(&options);
    }
    struct reply slash = ask(port, "OPTIONS /post/?a HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(slash.status, 204);
    CHECK_TEXT(reply_header(&slash, "Allow"), "POST, OPTIONS");
    CHECK_TEXT(reply_header(&slash, "X-Preflight"), "yes");
    CHECK_TEXT(reply_header(&slash, "Location"), NULL);
    reply_free(&slash);
    struct reply any = ask(port, "OPTIONS * HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(any.status, 204);
    reply_free(&any);
    struct reply head = ask(port, "HEAD /post HTTP/1.1\r\nHost: a\r\n");
    CHECK_TEXT(reply_header(&head, "Allow"), "POST, OPTIONS");
    reply_free(&head);
}

static void a_slash_at_the_end_is_taken_off(uint16_t port) {
    static const struct {
        const char *target, *location;
    } cases[] = {
        {"/items/", "/items"},
        {"/items/7/", "/items/7"},
        {"/items/7/?a=/&b=?", "/items/7?a=/&b=?"},
        {"/items/?", "/items?"},
        {"/items/%zz/", "/items/%zz"},
        {"//", "/"},
        {"//?//other.example", "/?//other.example"},
        {"http://other.example/items/7/?x", "/items/7?x"},
        {"http://other.example//", "/"},
        {"/items", NULL},
        {"/items?x/", NULL},
        {"///", NULL},
        {"//other.example/", NULL},
        {"//other.example/items/", NULL},
        {"/other.example//", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[256];
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n", cases[i].target);
        struct reply reply = ask(port, request);
        CHECK_TEXT(reply_header(&reply, "Location"), cases[i].location);
        reply_free(&reply);
    }
}

/* As long as a target may be: its path and its query come back whole. */
static void a_long_target_is_redirected(uint16_t port) {
    enum { QUERY = CHS_MOST_TARGET - 8 };
    static char request[CHS_MOST_TARGET + 64], location[CHS_MOST_TARGET + 1], query[QUERY + 1];
    memset(query, '&', QUERY);
    snprintf(request, sizeof request, "GET /items/?%s HTTP/1.1\r\nHost: a\r\n", query);
    snprintf(location, sizeof location, "/items?%s", query);
    struct reply reply = ask(port, request);
    CHECK_NUMBER(reply.status, 200);
    CHECK_TEXT(reply_header(&reply, "Location"), location);
    reply_free(&reply);
}

static void headers_are_found_in_any_case(uint16_t port) {
    struct reply reply = ask(port, "GET / HTTP/1.1\r\nHost: a\r\nX-TEST: value\r\n");
    CHECK_TEXT(reply.body, "route=0 fault=none method=1 path=/ header=value");
    reply_free(&reply);
}

static void pipelined_requests_are_answered_in_order(uint16_t port) {
    struct client client = client_open(port);
    char request[256], told[256];
    for (int i = 0; i < 200; i++) {
        snprintf(request, sizeof request, "%s /items/%%3%d HTTP/1.1\r\nHost: a\r\n\r\n",
                 i % 3 == 0 ? "HEAD" : "GET", i % 10);
        client_send_text(&client, request);
    }
    for (int i = 0; i < 200; i++) {
        struct reply reply = client_receive(&client, i % 3 == 0);
        snprintf(told, sizeof told, "route=2 fault=none method=1 path=/items/%%3%d parameter=%d", i % 10,
                 i % 10);
        CHECK_TEXT(reply.body, i % 3 == 0 ? "" : told);
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
    }
    client_close(&client);
}

void test_routing(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    requests_reach_the_handler(fixture->port);
    bad_parameters_are_faults(fixture->port);
    methods_are_told(fixture->port);
    a_slash_at_the_end_is_taken_off(fixture->port);
    a_long_target_is_redirected(fixture->port);
    headers_are_found_in_any_case(fixture->port);
    pipelined_requests_are_answered_in_order(fixture->port);
    fixture_stop(fixture);
}
