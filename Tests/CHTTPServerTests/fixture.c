#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the answers call each fault, and whether it is one of the request itself, whatever its route. */
static const struct {
    const char *name;
    bool is_malformed;
} faults[] = {
    [CHS_NO_FAULT] = {"none", false},
    [CHS_NOT_FOUND] = {"not-found", false},
    [CHS_MOVED] = {"moved", false},
    [CHS_METHOD_NOT_ALLOWED] = {"method", false},
    [CHS_BAD_PATH] = {"path", false},
    [CHS_LENGTH_REQUIRED] = {"length", false},
    [CHS_BODY_TOO_LARGE] = {"too-large", false},
    [CHS_NO_ROOM] = {"memory", false},
    [CHS_BAD_REQUEST] = {"bad", true},
    [CHS_NOT_IMPLEMENTED] = {"unimplemented", true},
    [CHS_TARGET_TOO_LONG] = {"target", true},
    [CHS_HEADERS_TOO_LARGE] = {"headers", true},
};

/* Answers in words: route, fault, path, parameter, query, X-Test, body. */
static void handle(void *context, const chs_request *request, chs_exchange *exchange) {
    struct fixture *fixture = context;
    atomic_fetch_add(&fixture->calls, 1);
    unsigned status = (unsigned)atomic_load(&fixture->status);
    if (status == 0) return;
    if (faults[request->fault].is_malformed) status = 400;
    const char *header = chs_request_header(exchange, "x-test");
    char *answer = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&answer, &size);
    if (out == NULL) abort();
    if (request->route < ROUTES) fprintf(out, "route=%zu ", request->route);
    fprintf(out, "fault=%s method=%u path=%s", faults[request->fault].name, request->method, request->path);
    if (request->parameter != NULL) fprintf(out, " parameter=%s", request->parameter);
    if (request->query != NULL) fprintf(out, " query=%s", request->query);
    if (header != NULL) fprintf(out, " header=%s", header);
    if (request->body != NULL) {
        fprintf(out, " body=%zu:", request->body_length);
        fwrite(request->body, 1, request->body_length, out);
    }
    fclose(out);
    const chs_header headers[] = {{"Content-Type", "text/plain", false}, {"X-Answer", "one", true}};
    chs_respond(exchange, status, headers, 2, answer, size);
    chs_respond(exchange, 500, NULL, 0, "a second answer", 15); /* has no effect */
    free(answer);
}

chs_config fixture_config(struct fixture *fixture) {
    static const chs_route routes[ROUTES] = {
        [INDEX] = {"/", CHS_GET},
        [LIST] = {"/items", CHS_GET},
        [ITEM] = {"/items/{id}", CHS_GET},
        [POST] = {"/post", CHS_POST},
        [BOTH] = {"/both", CHS_GET | CHS_POST},
        [LAST] = {"/both/{of}", CHS_GET | CHS_POST},
    };
    static const chs_header headers[] = {{"X-Server", "yes", true}};
    static const chs_header preflight[] = {{"X-Preflight", "yes", false}};
    return (chs_config){
        .host = "127.0.0.1",
        .threads = 2,
        .max_body = 1000,
        .idle_timeout = 600, /* a minute is not enough where much else runs */
        .max_connections = 1000,
        .routes = routes,
        .route_count = ROUTES,
        .headers = headers,
        .header_count = 1,
        .preflight = preflight,
        .preflight_count = 1,
        .handler = handle,
        .context = fixture,
    };
}

struct fixture *fixture_start(const chs_config *change, const char *const *keep) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (fixture == NULL) abort();
    atomic_init(&fixture->status, 200);
    chs_config config = fixture_config(fixture);
    if (change != NULL) {
        if (change->threads != 0) config.threads = change->threads;
        if (change->max_body != 0) config.max_body = change->max_body;
        if (change->memory != 0) config.memory = change->memory;
        if (change->idle_timeout != 0) config.idle_timeout = change->idle_timeout;
        if (change->response_timeout != 0) config.response_timeout = change->response_timeout;
        if (change->request_timeout != 0) config.request_timeout = change->request_timeout;
        if (change->max_connections != 0) config.max_connections = change->max_connections;
        if (change->max_connections_per_ip != 0)
            config.max_connections_per_ip = change->max_connections_per_ip;
        if (change->handler != NULL) config.handler = change->handler;
        if (change->log != NULL) config.log = change->log;
        if (change->context != NULL) config.context = change->context;
    }
    fixture->server = chs_create(&config);
    if (fixture->server == NULL) abort();
    for (; keep != NULL && *keep != NULL; keep++)
        if (chs_keep(fixture->server, *keep) != CHS_OK) abort();
    if (chs_start(fixture->server) != CHS_OK) {
        perror("chs_start");
        exit(2);
    }
    fixture->port = chs_port(fixture->server);
    return fixture;
}

void fixture_stop(struct fixture *fixture) {
    chs_destroy(fixture->server);
    free(fixture);
}
