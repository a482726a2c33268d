/* The certificate that TLS handshakes get, which may be replaced while the server runs. */
#include "request.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Longer chains are refused. */
enum { MOST_CERTIFICATES = 16 };

struct certificate {
    struct certificate *older; /* the one that this one replaced */
    gnutls_privkey_t key;
    unsigned length;
    gnutls_pcert_st chain[MOST_CERTIFICATES];
};

/* GnuTLS takes pointers to mutable bytes, but only reads them. */
static gnutls_datum_t datum(const char *text) {
    return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)text, .size = (unsigned)strlen(text)};
}

static void free_certificate(struct certificate *certificate) {
    for (unsigned i = 0; i < certificate->length; i++) gnutls_pcert_deinit(&certificate->chain[i]);
    if (certificate->key != NULL) gnutls_privkey_deinit(certificate->key);
    free(certificate);
}

/* Are they a certificate, with its chain, and the key that belongs to it? */
static bool belong_together(const char *chain, const char *key) {
    gnutls_certificate_credentials_t credentials;
    if (gnutls_certificate_allocate_credentials(&credentials) < 0) return false;
    gnutls_datum_t chain_datum = datum(chain), key_datum = datum(key);
    int result =
        gnutls_certificate_set_x509_key_mem(credentials, &chain_datum, &key_datum, GNUTLS_X509_FMT_PEM);
    gnutls_certificate_free_credentials(credentials);
    return result >= 0;
}

static bool read_certificate(struct certificate *certificate, const char *chain, const char *key) {
    gnutls_datum_t chain_datum = datum(chain), key_datum = datum(key);
    unsigned length = MOST_CERTIFICATES;
    if (gnutls_pcert_list_import_x509_raw(certificate->chain, &length, &chain_datum, GNUTLS_X509_FMT_PEM,
                                          GNUTLS_X509_CRT_LIST_FAIL_IF_UNSORTED) < 0)
        return false;
    certificate->length = length;
    return gnutls_privkey_init(&certificate->key) >= 0 &&
           gnutls_privkey_import_x509_raw(certificate->key, &key_datum, GNUTLS_X509_FMT_PEM, NULL, 0) >= 0;
}

chs_status chs_use_certificate(struct service *service, const char *chain, const char *key) {
    struct certificate *certificate = calloc(1, sizeof *certificate);
    if (certificate == NULL) return CHS_OUT_OF_MEMORY;
    if (!belong_together(chain, key) || !read_certificate(certificate, chain, key)) {
        free_certificate(certificate);
        return CHS_BAD_CERTIFICATE;
    }
    certificate->older = atomic_load_explicit(&service->certificate, memory_order_relaxed);
    atomic_store_explicit(&service->certificate, certificate, memory_order_release);
    return CHS_OK;
}

void chs_free_certificates(struct service *service) {
    struct certificate *next = atomic_load(&service->certificate);
    while (next != NULL) {
        struct certificate *certificate = next;
        next = certificate->older;
        free_certificate(certificate);
    }
}

/* What the client sends from now on is a request. In TLS 1.3 the server has nothing more to say before it, so
 * that the kernel waits 40 ms for something to acknowledge the client's last words with, and most clients
 * send no request until then (Nagle's algorithm): they are acknowledged at once. */
static int end_handshake(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                         const gnutls_datum_t *message) {
    (void)type, (void)when, (void)message;
    chs_exchange *exchange = chs_exchange_of(gnutls_session_get_ptr(session));
    if (incoming == 0 || exchange == NULL) return 0;
    int on = 1;
    (void)setsockopt(gnutls_transport_get_int(session), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    atomic_store_explicit(&exchange->idle_since, chs_now(), memory_order_relaxed);
    atomic_store_explicit(&exchange->is_shaking, false, memory_order_release);
    return 0;
}

/* libmicrohttpd has put its connection into the session. */
static int on_handshake(gnutls_session_t session, const gnutls_datum_t *authorities, int authority_count,
                        const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
                        unsigned *length, gnutls_privkey_t *key) {
    (void)authorities, (void)authority_count, (void)algorithms, (void)algorithm_count;
    const chs_exchange *exchange = chs_exchange_of(gnutls_session_get_ptr(session));
    if (exchange == NULL) return -1;
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST, end_handshake);
    struct certificate *certificate =
        atomic_load_explicit(&exchange->service->certificate, memory_order_acquire);
    *chain = certificate->chain;
    *length = certificate->length;
    *key = certificate->key;
    return 0;
}

void *chs_handshake_callback(void) {
    return (void *)(uintptr_t)on_handshake;
}
