/* What the command needs of TLS beside the server: to look at a certificate before the start, and to ask a
 * running server. Keeps nothing; any thread may call. */
#ifndef CTLS_H
#define CTLS_H

#include <stddef.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/* Do these PEM texts, which end with NUL, make a certificate and its key? NULL if so; otherwise why not, in
 * static words. */
const char *_Nullable tls_fault(const char *certificate, const char *key);

/* Sends a request over TLS on a connected socket, which stays the caller's, and reads what comes first of the
 * answer into `answer`. Returns its length, or -1. The server's certificate is not verified: who asks whether
 * the service on this machine lives knows whom it asks, by a name that no certificate has. */
ssize_t tls_ask(int socket, const char *request, size_t length, char *answer, size_t size);

#pragma clang assume_nonnull end

#endif
