/* The least that libmicrohttpd can do with a request, to compare the service with: it looks at no path and no
 * header. Each request gets the next of the answers in a file, which bench.py took from the service.
 *
 * An answer in the file is a line "STATUS HEADERS LENGTH", a line "Name: value" for each header, the body.
 * What goes wrong ends the program with a word on standard error. */
#ifndef BARE_H
#define BARE_H

#include <stddef.h>
#include <stdint.h>

/* What is to be done for a request with this body before it gets the answer of this number; on the server's
 * thread. */
typedef void bare_work(const char *body, size_t length, size_t answer);

/* Reads the answers, once. */
void bare_read(const char *path);
/* The body of an answer, which nobody changes or frees; NULL behind the last one. */
const char *bare_body(size_t answer, size_t *length);
/* Serves on 127.0.0.1 for ever; `work` may be NULL. */
void bare_serve(uint16_t port, bare_work *work);

#endif
