/* Sends lookups at a steady pace, whether or not earlier ones are answered, and prints how long they took:
 * the median, the 99th percentile and the longest, in microseconds.
 *
 *     probe PORT PATH COUNT INTERVAL_US CONNECTIONS
 *
 * A connection has one lookup at a time. When all wait for answers, the next lookup waits for one of them;
 * its time runs from when it was due all the same. */
#define _GNU_SOURCE /* ppoll */
#include <poll.h>
#include <stdbool.h>
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

enum { MOST_CONNECTIONS = 64, MOST_BYTES = 65536 };

/* A connection, and the lookup that it waits for. */
struct lookup {
    bool waits;
    int64_t due;
    size_t filled; /* bytes of the response so far */
    char response[MOST_BYTES];
};

static struct lookup lookups[MOST_CONNECTIONS];
static struct pollfd sockets[MOST_CONNECTIONS];
static size_t connections;

static void fail(const char *what) {
    fprintf(stderr, "probe: %s\n", what);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int dial(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) fail("cannot connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* Is the response there to its end? */
static bool is_whole(const struct lookup *lookup) {
    const char *end = strstr(lookup->response, "\r\n\r\n");
    if (end == NULL) return false;
    const char *length = strstr(lookup->response, "Content-Length: ");
    if (strncmp(lookup->response, "HTTP/1.1 200 ", 13) != 0 || length == NULL)
        fail("not the response awaited");
    size_t body = strtoul(length + strlen("Content-Length: "), NULL, 10);
    return lookup->filled == (size_t)(end + 4 - lookup->response) + body;
}

/* Reads what has come; true if that ends the lookup. */
static bool receive(size_t i) {
    struct lookup *lookup = &lookups[i];
    size_t room = MOST_BYTES - 1 - lookup->filled;
    ssize_t count = read(sockets[i].fd, lookup->response + lookup->filled, room);
    if (count <= 0) fail("no whole response");
    lookup->filled += (size_t)count;
    lookup->response[lookup->filled] = '\0';
    lookup->waits = !is_whole(lookup);
    return !lookup->waits;
}

/* The connection after `last` that waits for nothing, or the number of connections where none is. */
static size_t next_idle(size_t last) {
    for (size_t i = 1; i <= connections; i++)
        if (!lookups[(last + i) % connections].waits) return (last + i) % connections;
    return connections;
}

/* Waits until a response has come, or `due`; for a response alone where no connection is idle. */
static void wait_until(int64_t due, bool any_idle) {
    int64_t left = due - now();
    if (left < 0) left = 0;
    struct timespec time = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
    if (ppoll(sockets, connections, any_idle ? &time : NULL, NULL) < 0) fail("cannot poll");
}

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int main(int count, char **arguments) {
    if (count != 6) fail("usage: probe PORT PATH COUNT INTERVAL_US CONNECTIONS");
    uint16_t port = (uint16_t)strtoul(arguments[1], NULL, 10);
    size_t wanted = strtoul(arguments[3], NULL, 10);
    int64_t interval = strtol(arguments[4], NULL, 10) * 1000;
    connections = strtoul(arguments[5], NULL, 10);
    if (wanted == 0 || connections == 0 || connections > MOST_CONNECTIONS) fail("a number is out of range");

    char request[512];
    int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", arguments[2]);
    if (size < 0 || (size_t)size >= sizeof request) fail("the path is too long");
    for (size_t i = 0; i < connections; i++) sockets[i] = (struct pollfd){.fd = dial(port), .events = POLLIN};
    int64_t *times = calloc(wanted, sizeof *times);
    if (times == NULL) fail("out of memory");

    int64_t due = now();
    size_t sent = 0, done = 0, at = 0;
    while (done < wanted) {
        size_t idle = sent < wanted ? next_idle(at) : connections;
        if (idle < connections && now() >= due) {
            at = idle;
            lookups[at].waits = true;
            lookups[at].due = due;
            lookups[at].filled = 0;
            if (write(sockets[at].fd, request, (size_t)size) != size) fail("cannot send");
            sent++;
            due += interval;
            continue;
        }
        wait_until(due, idle < connections);
        for (size_t i = 0; i < connections; i++)
            if (sockets[i].revents != 0 && receive(i)) times[done++] = now() - lookups[i].due;
    }
    qsort(times, wanted, sizeof *times, compare);
    printf("%.1f %.1f %.1f\n", (double)times[wanted / 2] / 1e3, (double)times[wanted * 99 / 100] / 1e3,
           (double)times[wanted - 1] / 1e3);
    return 0;
}
