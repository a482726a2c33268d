#include "check.h"
#include "client.h"
#include "clock.h"
#include "fixture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void starts_fail_cleanly(void) {
    struct fixture *running = fixture_start(NULL, NULL);
    static const struct {
        const char *host;
        chs_status status;
    } cases[] = {
        {"127.0.0.1", CHS_ADDRESS_IN_USE},
        {"192.0.2.1", CHS_BAD_HOST}, /* for documentation, so no machine has it */
        {"not a host", CHS_BAD_HOST},
        {"", CHS_BAD_HOST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture = {0};
        chs_config config = fixture_config(&fixture);
        config.host = cases[i].host;
        config.port = running->port;
        chs_server *server = chs_create(&config);
        if (!CHECK(server != NULL)) continue;
        CHECK_NUMBER(chs_start(server), cases[i].status);
        CHECK_NUMBER(chs_drain(server, 1000), 0);
        chs_destroy(server);
    }
    fixture_stop(running);
}

/* Starts servers with ever fewer descriptors to be had; how many failed without saying that, or did not fail
 * though there was none at all. */
static int start_with_few_descriptors(void) {
    enum { ENOUGH = 30 };
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int first = dup(STDERR_FILENO);
        close(first);
        struct fixture fixture = {0};
        chs_config config = fixture_config(&fixture);
        int wrong = 0;
        for (int left = ENOUGH; left >= 0; left--) {
            rlim_t limit = (rlim_t)(first + left);
            if (setrlimit(RLIMIT_NOFILE, &(struct rlimit){limit, limit}) != 0) _exit(100);
            chs_server *server = chs_create(&config);
            if (server == NULL) _exit(101);
            errno = 0;
            chs_status status = chs_start(server);
            bool says_why = status == CHS_SYSTEM_ERROR && errno == EMFILE;
            if (!(left == ENOUGH ? status == CHS_OK : says_why || (status == CHS_OK && left > 0))) wrong++;
            chs_destroy(server);
        }
        _exit(wrong);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_port_is_free_after_its_server(void) {
    struct fixture fixture = {0};
    atomic_init(&fixture.status, 200);
    chs_config config = fixture_config(&fixture);
    for (int i = 0; i < 3; i++) {
        chs_server *server = chs_create(&config);
        if (server == NULL) abort();
        CHECK_NUMBER(chs_start(server), CHS_OK);
        config.port = chs_port(server);
        struct reply reply = ask(config.port, "GET / HTTP/1.1\r\nHost: a\r\n");
        CHECK_NUMBER(reply.status, 200);
        reply_free(&reply);
        chs_destroy(server);
    }
}

static void a_server_may_be_freed_unused(void) {
    struct fixture fixture = {0};
    chs_config config = fixture_config(&fixture);
    chs_server *server = chs_create(&config);
    if (!CHECK(server != NULL)) return;
    CHECK_NUMBER(chs_keep(server, "/items"), CHS_OK);
    CHECK_NUMBER(chs_keep(server, "/items"), CHS_OK);
    CHECK_NUMBER(chs_port(server), 0);
    chs_destroy(server);
}

/* The caller's strings are gone when they are used. */
static void the_configuration_is_copied(void) {
    struct fixture fixture = {0};
    atomic_init(&fixture.status, 200);
    chs_config config = fixture_config(&fixture);
    char *words[] = {strdup("127.0.0.1"), strdup("/copied/{x}"), strdup("X-Copied"), strdup("value"),
                     strdup("X-Pre"),     strdup("flight"),      strdup("/copied/1")};
    const chs_route route = {words[1], CHS_GET};
    const chs_header header = {words[2], words[3], true}, preflight = {words[4], words[5], false};
    config.host = words[0];
    config.routes = &route;
    config.route_count = 1;
    config.headers = &header;
    config.preflight = &preflight;
    chs_server *server = chs_create(&config);
    if (server == NULL || chs_keep(server, words[6]) != CHS_OK) abort();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        memset(words[i], '#', strlen(words[i]));
        free(words[i]);
    }
    CHECK_NUMBER(chs_start(server), CHS_OK);
    for (int i = 0; i < 2; i++) {
        struct reply reply = ask(chs_port(server), "GET /copied/1 HTTP/1.1\r\nHost: a\r\n");
        CHECK_TEXT(reply.body, "route=0 fault=none method=1 path=/copied/1 parameter=1");
        CHECK_TEXT(reply_header(&reply, "X-Copied"), "value");
        reply_free(&reply);
    }
    struct reply options = ask(chs_port(server), "OPTIONS /copied/1 HTTP/1.1\r\nHost: a\r\n");
    CHECK_TEXT(reply_header(&options, "X-Pre"), "flight");
    reply_free(&options);
    CHECK_NUMBER(atomic_load(&fixture.calls), 1);
    chs_destroy(server);
}

static void a_handler_without_an_answer_closes_the_connection(void) {
    struct fixture *fixture = fixture_start(NULL, (const char *const[]){"/items", NULL});
    atomic_store(&fixture->status, 0);
    static const char *const requests[] = {
        "GET /items HTTP/1.1\r\nHost: a\r\n\r\n", "GET /items/%41 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"};
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        struct client client = client_open(fixture->port);
        client_send_text(&client, requests[i]);
        CHECK(client_is_closed(&client));
        client_close(&client);
    }
    CHECK_NUMBER(atomic_load(&fixture->calls), 4);
    fixture_stop(fixture);
}

static void connections_come_and_go(void) {
    struct fixture *fixture = fixture_start(&(chs_config){.max_connections = 50}, NULL);
    for (int i = 0; i < 1000; i++) {
        struct client client = client_open(fixture->port);
        if (i % 3 == 0) client_send_text(&client, "GET /items/%4");
        if (i % 3 == 1) {
            struct reply reply = client_ask(&client, "GET /items/%41 HTTP/1.1\r\nHost: a\r\n");
            CHECK_NUMBER(reply.status, 200);
            reply_free(&reply);
        }
        client_reset(&client);
    }
    struct reply reply = ask(fixture->port, "GET /items HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(reply.status, 200);
    reply_free(&reply);
    fixture_stop(fixture);
}

/* Stops servers to which requests come that libmicrohttpd itself refuses; 0 if that ends well. */
static int stop_amid_malformed_requests(void) {
    static const char *const malformed[] = {
        "GET /items HTTP/1.1\r\n\r\n", "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"};
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL) _exit(2);
        for (int i = 0; i < 20; i++) {
            struct fixture *fixture = fixture_start(NULL, NULL);
            for (int j = 0; j < 200; j++) {
                struct client client = client_open(fixture->port);
                client_send_text(&client, malformed[j % 3]);
                client_close(&client);
            }
            fixture_stop(fixture);
        }
        _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

void test_life(void) {
    starts_fail_cleanly();
    CHECK_NUMBER(start_with_few_descriptors(), 0);
    a_port_is_free_after_its_server();
    a_server_may_be_freed_unused();
    the_configuration_is_copied();
    a_handler_without_an_answer_closes_the_connection();
    connections_come_and_go();
    CHECK_NUMBER(stop_amid_malformed_requests(), 0);
}
