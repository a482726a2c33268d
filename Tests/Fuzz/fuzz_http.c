/* Bytes of libFuzzer's making, sent to a server on a loopback port; the first one says where they are cut in
 * two. What comes back must be responses, and the server must end every connection whose client has finished.
 */
#include "../CHTTPServerTests/fixture.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Waiting is counted in waits, not by a clock: a process that is stopped loses one of them. Each is as long
 * as the server needs, if all is well. One that did not see the end of its client looks again after a second
 * or two, so the next inputs do not wait for it: up to PARKED connections stay behind. */
enum { WAIT_MS = 20, MOST_WAITS = 3000, PARKED = 256 };

/* Bytes of answers to one input, far more than any makes. */
enum { MOST_RECEIVED = 1 << 24 };

struct client {
    int socket;
    size_t received;
};

static void check(bool holds, const char *what) {
    if (holds) return;
    perror(what);
    abort();
}

static struct client connect_to(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "no connection");
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    /* No port is left waiting behind thousands of connections. */
    struct linger linger = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    return (struct client){.socket = fd};
}

/* Reads what the server sends, until it ends the connection, or nothing has come in `waits` waits. */
static bool is_ended(struct client *client, unsigned waits) {
    char answer[4096];
    struct pollfd ready = {.fd = client->socket, .events = POLLIN};
    while (waits > 0) {
        if (poll(&ready, 1, WAIT_MS) == 0) {
            waits--;
            continue;
        }
        ssize_t count = recv(client->socket, answer, sizeof answer, 0);
        if (count <= 0) {
            close(client->socket);
            return true;
        }
        bool is_response = client->received > 0 || count < 7 || memcmp(answer, "HTTP/1.", 7) == 0;
        check(is_response, "the answer is no response");
        client->received += (size_t)count;
        check(client->received < MOST_RECEIVED, "the answer has no end");
    }
    return false;
}

/* Leaves a connection for later, in the place of the oldest, which must be ended by now. */
static void park(struct client client) {
    static struct client parked[PARKED];
    static size_t next;
    struct client *oldest = &parked[next++ % PARKED];
    if (oldest->socket != 0) check(is_ended(oldest, MOST_WAITS), "a connection stays open");
    *oldest = client;
}

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Switches off what libFuzzer cannot do beside a server's threads. Its alarm interrupts a connect, and runs
 * on while the process is stopped. To look for leaks after an input it halts all threads, and for ever if the
 * process is stopped meanwhile; they are looked for at the end all the same. */
int LLVMFuzzerInitialize(int *count, char ***arguments) {
    static char no_alarm[] = "-timeout=0", no_leaks[] = "-detect_leaks=0";
    size_t given = (size_t)*count;
    char **all = calloc(given + 3, sizeof *all);
    check(all != NULL, "no memory");
    memcpy(all, *arguments, given * sizeof *all);
    all[given] = no_alarm;
    all[given + 1] = no_leaks;
    *arguments = all;
    *count += 2;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct fixture *fixture;
    if (fixture == NULL) fixture = fixture_start(NULL, NULL);
    if (size == 0) return 0;
    size_t first = (size - 1) * bytes[0] / 255;
    struct client client = connect_to(fixture->port);
    bool is_open = send(client.socket, bytes + 1, first, MSG_NOSIGNAL) >= 0;
    struct pollfd ready = {.fd = client.socket, .events = POLLIN};
    if (first < size - 1) poll(&ready, 1, 1);
    if (is_open) send(client.socket, bytes + 1 + first, size - 1 - first, MSG_NOSIGNAL);
    shutdown(client.socket, SHUT_WR);
    if (!is_ended(&client, 1)) park(client);
    return 0;
}
