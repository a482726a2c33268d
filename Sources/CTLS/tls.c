#include "CTLS.h"

#include <gnutls/gnutls.h>
#include <string.h>

/* GnuTLS takes pointers to mutable bytes, but only reads them. */
static gnutls_datum_t datum(const char *text) {
    return (gnutls_datum_t){.data = (unsigned char *)(size_t)text, .size = (unsigned)strlen(text)};
}

const char *tls_fault(const char *certificate, const char *key) {
    gnutls_certificate_credentials_t credentials;
    int result = gnutls_certificate_allocate_credentials(&credentials);
    if (result < 0) return gnutls_strerror(result);
    gnutls_datum_t certificate_datum = datum(certificate), key_datum = datum(key);
    result =
        gnutls_certificate_set_x509_key_mem(credentials, &certificate_datum, &key_datum, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(credentials);
    return result < 0 ? gnutls_strerror(result) : NULL;
}

static ssize_t converse(gnutls_session_t session, const char *request, size_t length, char *answer,
                        size_t size) {
    int result;
    do result = gnutls_handshake(session);
    while (result < 0 && gnutls_error_is_fatal(result) == 0);
    if (result < 0 || gnutls_record_send(session, request, length) != (ssize_t)length) return -1;
    ssize_t count;
    do count = gnutls_record_recv(session, answer, size);
    while (count == GNUTLS_E_INTERRUPTED);
    return count < 0 ? -1 : count;
}

ssize_t tls_ask(int socket, const char *request, size_t length, char *answer, size_t size) {
    gnutls_certificate_credentials_t credentials;
    if (gnutls_certificate_allocate_credentials(&credentials) < 0) return -1;
    gnutls_session_t session;
    if (gnutls_init(&session, GNUTLS_CLIENT) < 0) {
        gnutls_certificate_free_credentials(credentials);
        return -1;
    }
    gnutls_transport_set_int(session, socket);
    gnutls_handshake_set_timeout(session, GNUTLS_DEFAULT_HANDSHAKE_TIMEOUT);
    ssize_t count = -1;
    if (gnutls_set_default_priority(session) >= 0 &&
        gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials) >= 0)
        count = converse(session, request, length, answer, size);
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(credentials);
    return count;
}
