#include "check.h"
#include "client.h"
#include "fixture.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
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
    time_t begin = time(NULL);
    pthread_create(&thread, NULL, drain, fixture);
    /* Until the answers say that it drains: kept ones, too. */
    for (bool closes = false; !closes;) {
        struct reply reply = client_ask(&idle, "GET /items HTTP/1.1\r\nHost: a\r\n");
        CHECK_TEXT(reply.body, "route=1 fault=none method=1 path=/items");
        const char *connection = reply_header(&reply, "Connection");
        closes = reply.status != 200 || (connection != NULL && strcmp(connection, "close") == 0);
        reply_free(&reply);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
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
    CHECK(time(NULL) - begin < 30); /* no longer than it must, though it may take a minute */
    fixture_stop(fixture);
}

static atomic_int entered;
static atomic_bool released;

/* Holds its thread until it is released. */
static void hold(void *context, const chs_request *request, chs_exchange *exchange) {
    (void)context, (void)request;
    atomic_fetch_add(&entered, 1);
    while (!atomic_load(&released)) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
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
    while (atomic_load(&entered) == 0) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, stop, fixture);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 500000000}, NULL);
    atomic_store(&released, true);
    pthread_join(thread, NULL);
    CHECK(client_is_closed(&client));
    client_close(&client);
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
            while (atomic_load(&entered) == 0) nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    pthread_t thread;
    pthread_create(&thread, NULL, drain, fixture);
    bool is_closed = false;
    for (int64_t end = now_ms() + 5000; !is_closed && now_ms() < end;) {
        is_closed = is_refused(fixture->port);
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
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
    time_t begin = time(NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, drain_and_stop, fixture);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 200000000}, NULL);
    struct reply reply = client_ask(&client, "GET /items HTTP/1.1\r\nHost: a\r\n");
    CHECK_NUMBER(reply.status, 200);
    CHECK_TEXT(reply_header(&reply, "Connection"), "close");
    reply_free(&reply);
    CHECK(client_is_closed(&silent)); /* who never asks is not waited for as long as the drain may take */
    void *left = NULL;
    pthread_join(thread, &left);
    CHECK_NUMBER((uintptr_t)left, 1);
    CHECK(time(NULL) - begin < 30);
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
    time_t begin = time(NULL);
    CHECK_NUMBER(chs_drain(fixture->server, 60000), 0);
    CHECK_NUMBER(chs_drain(fixture->server, 60000), 0); /* there is nothing left to do */
    CHECK(time(NULL) - begin < 10);
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
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
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

void test_life(void) {
    starts_fail_cleanly();
    CHECK_NUMBER(start_with_few_descriptors(), 0);
    a_port_is_free_after_its_server();
    a_server_may_be_freed_unused();
    the_configuration_is_copied();
    a_handler_without_an_answer_closes_the_connection();
    connections_come_and_go();
    draining_counts_what_is_in_flight();
    a_server_is_stopped_while_it_answers();
    draining_waits();
    draining_serves_what_has_come(1000);
    draining_serves_what_has_come(4);
    draining_serves_who_has_just_connected();
    draining_does_not_wait_for_idle_connections();
    draining_loses_no_answer();
    CHECK_NUMBER(stop_amid_malformed_requests(), 0);
}
