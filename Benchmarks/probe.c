/* Sends lookups at a steady pace and prints how long they took: the median, the 99th percentile and the
 * longest, in microseconds.
 *
 *     probe PORT PATH COUNT INTERVAL_US CONNECTIONS
 *
 * A lookup's time runs from when it was due, so that one that is held up counts for all that wait behind it.
 * The connections take turns: a server with several threads spreads them. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

enum { MOST_CONNECTIONS = 64 };

static void fail(const char *what) {
    fprintf(stderr, "probe: %s\n", what);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void wait_until(int64_t due) {
    struct timespec time = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) continue;
}

static int dial(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) fail("cannot connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* Reads one response to its end. */
static void receive(int fd) {
    static char buffer[65536];
    size_t filled = 0, whole = 0;
    while (whole == 0 || filled < whole) {
        ssize_t count = read(fd, buffer + filled, sizeof buffer - 1 - filled);
        if (count <= 0) fail("no whole response");
        filled += (size_t)count;
        buffer[filled] = '\0';
        const char *end = strstr(buffer, "\r\n\r\n");
        if (whole != 0 || end == NULL) continue;
        const char *length = strstr(buffer, "Content-Length: ");
        if (strncmp(buffer, "HTTP/1.1 200 ", 13) != 0 || length == NULL) fail("not the response awaited");
        whole = (size_t)(end + 4 - buffer) + strtoul(length + strlen("Content-Length: "), NULL, 10);
    }
}

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int main(int count, char **arguments) {
    if (count != 6) fail("usage: probe PORT PATH COUNT INTERVAL_US CONNECTIONS");
    uint16_t port = (uint16_t)strtoul(arguments[1], NULL, 10);
    size_t lookups = strtoul(arguments[3], NULL, 10);
    int64_t interval = strtol(arguments[4], NULL, 10) * 1000;
    size_t connections = strtoul(arguments[5], NULL, 10);
    if (lookups == 0 || connections == 0 || connections > MOST_CONNECTIONS) fail("a number is out of range");

    char request[512];
    int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", arguments[2]);
    if (size < 0 || (size_t)size >= sizeof request) fail("the path is too long");
    int fds[MOST_CONNECTIONS];
    for (size_t i = 0; i < connections; i++) fds[i] = dial(port);
    int64_t *times = calloc(lookups, sizeof *times);
    if (times == NULL) fail("out of memory");

    int64_t due = now();
    for (size_t i = 0; i < lookups; i++, due += interval) {
        wait_until(due);
        int fd = fds[i % connections];
        if (write(fd, request, (size_t)size) != size) fail("cannot send");
        receive(fd);
        times[i] = now() - due;
    }
    qsort(times, lookups, sizeof *times, compare);
    printf("%.1f %.1f %.1f\n", (double)times[lookups / 2] / 1e3, (double)times[lookups * 99 / 100] / 1e3,
           (double)times[lookups - 1] / 1e3);
    return 0;
}
