#define _GNU_SOURCE /* memmem */

#include "client.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what) {
    perror(what);
    exit(2);
}

struct client client_open(uint16_t port) {
    return client_open_from(port, 1);
}

struct client client_open_from(uint16_t port, uint8_t host) {
    struct client client = {.fd = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct sockaddr_in own = {.sin_family = AF_INET};
    own.sin_addr.s_addr = htonl(0x7F000000U + host);
    /* A guard against hanging only. */
    struct timeval limit = {.tv_sec = 30};
    int on = 1;
    if (client.fd < 0 || setsockopt(client.fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
        setsockopt(client.fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) != 0 ||
        setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
        (host != 1 && bind(client.fd, (const struct sockaddr *)&own, sizeof own) != 0) ||
        connect(client.fd, (const struct sockaddr *)&address, sizeof address) != 0)
        die("connect");
    return client;
}

void client_close(struct client *client) {
    close(client->fd);
    free(client->received);
    *client = (struct client){.fd = -1};
}

void client_reset(struct client *client) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    client_close(client);
}

void client_finish(struct client *client) {
    shutdown(client->fd, SHUT_WR);
}

bool client_send(struct client *client, const void *bytes, size_t length) {
    for (const char *p = bytes; length > 0;) {
        ssize_t count = send(client->fd, p, length, MSG_NOSIGNAL);
        if (count <= 0) return false;
        p += count;
        length -= (size_t)count;
    }
    return true;
}

bool client_send_text(struct client *client, const char *text) {
    return client_send(client, text, strlen(text));
}

/* Receives what there is; false at the end of the connection. */
static bool fill(struct client *client) {
    if (client->capacity - client->length < 65536) {
        client->capacity += 65536;
        client->received = realloc(client->received, client->capacity);
        if (client->received == NULL) die("realloc");
    }
    ssize_t count = recv(client->fd, client->received + client->length, client->capacity - client->length, 0);
    if (count < 0 && errno == EAGAIN) die("nothing came for half a minute");
    if (count <= 0) return false;
    client->length += (size_t)count;
    return true;
}

/* Takes the first bytes away; they are yours to free, with a NUL behind them. */
static char *take(struct client *client, size_t length) {
    char *taken = malloc(length + 1);
    if (taken == NULL) die("malloc");
    if (length > 0) memcpy(taken, client->received, length);
    taken[length] = '\0';
    client->length -= length;
    if (client->length > 0) memmove(client->received, client->received + length, client->length);
    return taken;
}

/* How many bytes there are up to the end of `mark`, received if need be; 0 if the connection ends first. */
static size_t find(struct client *client, const char *mark) {
    for (;;) {
        char *at = client->length > 0 ? memmem(client->received, client->length, mark, strlen(mark)) : NULL;
        if (at != NULL) return (size_t)(at - client->received) + strlen(mark);
        if (!fill(client)) return 0;
    }
}

static bool receive_bytes(struct client *client, size_t count) {
    while (client->length < count)
        if (!fill(client)) return false;
    return true;
}

static bool receive_chunks(struct client *client, struct reply *reply) {
    size_t capacity = 65536, count = 1;
    reply->body = calloc(1, capacity);
    while (count > 0) {
        size_t line = find(client, "\r\n");
        if (line == 0) return false;
        char *size = take(client, line);
        count = strtoul(size, NULL, 16);
        free(size);
        if (!receive_bytes(client, count + 2)) return false;
        while (capacity < reply->length + count + 1) reply->body = realloc(reply->body, capacity *= 2);
        if (reply->body == NULL) die("realloc");
        char *chunk = take(client, count + 2);
        memcpy(reply->body + reply->length, chunk, count);
        reply->length += count;
        reply->body[reply->length] = '\0';
        free(chunk);
    }
    return true;
}

struct reply client_receive(struct client *client, bool head) {
    struct reply reply = {0};
    size_t length = find(client, "\r\n\r\n");
    if (length == 0) return reply;
    reply.head = take(client, length);
    int status = atoi(reply.head + strlen("HTTP/1.1 "));
    const char *coding = reply_header(&reply, "Transfer-Encoding");
    bool whole = true;
    if (head || status < 200 || status == 204 || status == 304) {
        reply.body = take(client, 0);
    } else if (coding != NULL && strcmp(coding, "chunked") == 0) {
        whole = receive_chunks(client, &reply);
    } else {
        const char *stated = reply_header(&reply, "Content-Length");
        reply.length = stated != NULL ? strtoul(stated, NULL, 10) : 0;
        whole = stated != NULL && receive_bytes(client, reply.length);
        if (whole) reply.body = take(client, reply.length);
    }
    if (whole) reply.status = status;
    return reply;
}

bool client_is_closed(struct client *client) {
    return client->length == 0 && !fill(client);
}

bool client_is_closed_now(const struct client *client) {
    char byte;
    ssize_t count = recv(client->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN);
}

struct reply client_ask(struct client *client, const char *request) {
    client_send_text(client, request);
    client_send_text(client, "\r\n");
    return client_receive(client, strncmp(request, "HEAD ", 5) == 0);
}

bool client_serves(struct client *client) {
    struct reply reply = client_ask(client, "GET /items HTTP/1.1\r\nHost: a\r\n");
    bool serves = reply.status == 200;
    reply_free(&reply);
    return serves;
}

struct reply ask(uint16_t port, const char *request) {
    struct client client = client_open(port);
    struct reply reply = client_ask(&client, request);
    client_close(&client);
    return reply;
}

const char *reply_header(const struct reply *reply, const char *name) {
    static _Thread_local char value[16384];
    char line[256];
    snprintf(line, sizeof line, "\r\n%s: ", name);
    const char *at = reply->head != NULL ? strstr(reply->head, line) : NULL;
    if (at == NULL) return NULL;
    at += strlen(line);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\r"), at);
    return value;
}

void reply_free(struct reply *reply) {
    free(reply->head);
    free(reply->body);
    *reply = (struct reply){0};
}
