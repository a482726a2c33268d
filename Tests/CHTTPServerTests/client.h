/* A blocking client: sends any bytes, reads responses one after another. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct client {
    int fd;
    char *received; /* owned; what has come and was not read */
    size_t length, capacity;
};

struct reply {
    int status;    /* 0: the connection was closed before a response was whole */
    char *head;    /* owned: the status line and headers */
    char *body;    /* owned, with a NUL behind it */
    size_t length; /* of the body */
};

/* Connects to a port of this machine, or ends the program. */
struct client client_open(uint16_t port);
/* The same from 127.0.0.`host`. */
struct client client_open_from(uint16_t port, uint8_t host);
void client_close(struct client *client);
/* As a client that crashes does. */
void client_reset(struct client *client);
/* False where the server takes no more. */
bool client_send(struct client *client, const void *bytes, size_t length);
bool client_send_text(struct client *client, const char *text);
/* Says that nothing more will be sent. */
void client_finish(struct client *client);
/* The next response; that to a HEAD has no body. Yours to reply_free. */
struct reply client_receive(struct client *client, bool head);
/* Waits until the server closes the connection; false if it sends something instead. */
bool client_is_closed(struct client *client);
/* Has the server closed the connection, with nothing left to read? Does not wait. */
bool client_is_closed_now(const struct client *client);

/* The response to a request; `request` lacks only the empty line at its end. */
struct reply client_ask(struct client *client, const char *request);
/* Is a lookup on this connection answered with 200? */
bool client_serves(struct client *client);
/* As client_ask, on a connection of its own. */
struct reply ask(uint16_t port, const char *request);

/* The value of a header, NULL if absent; `name` in the case in which it is sent. Valid until the next call
 * on this thread. */
const char *reply_header(const struct reply *reply, const char *name);
void reply_free(struct reply *reply);

#endif
