/* Bytes of libFuzzer's making, sent to a server on a loopback port; the first one says where they are cut in two. */
#include "../CHTTPServerTests/fixture.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long the server may be silent, in milliseconds: it waits for a second half that does not come. */
enum { SILENCE = 20 };

static void check(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static int connect_to(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "no connection");
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    /* No port is left waiting behind thousands of connections. */
    struct linger linger = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static struct fixture *fixture;
    if (fixture == NULL) fixture = fixture_start(NULL, NULL);
    if (size == 0) return 0;
    size_t first = (size - 1) * bytes[0] / 255;
    int fd = connect_to(fixture->port);
    bool is_open = send(fd, bytes + 1, first, MSG_NOSIGNAL) >= 0;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (first < size - 1) poll(&ready, 1, 1);
    if (is_open) send(fd, bytes + 1 + first, size - 1 - first, MSG_NOSIGNAL);
    shutdown(fd, SHUT_WR);
    char answer[4096];
    for (bool is_first = true; poll(&ready, 1, SILENCE) > 0; is_first = false) {
        ssize_t count = recv(fd, answer, sizeof answer, 0);
        if (count <= 0) break;
        check(!is_first || count < 7 || memcmp(answer, "HTTP/1.", 7) == 0, "the answer is no response");
    }
    close(fd);
    return 0;
}
