/* The certificate that TLS handshakes get, which may be replaced while the server runs. */
#include "internal.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include <string.h>

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

chs_status chs_replace_certificate(chs_server *server, const char *chain, const char *key) {
    struct certificate *certificate = calloc(1, sizeof *certificate);
    if (certificate == NULL) return CHS_OUT_OF_MEMORY;
    if (!belong_together(chain, key) || !read_certificate(certificate, chain, key)) {
        free_certificate(certificate);
        return CHS_BAD_CERTIFICATE;
    }
    certificate->older = atomic_load_explicit(&server->certificate, memory_order_relaxed);
    atomic_store_explicit(&server->certificate, certificate, memory_order_release);
    return CHS_OK;
}

void chs_free_certificates(chs_server *server) {
    struct certificate *next = atomic_load(&server->certificate);
    while (next != NULL) {
        struct certificate *certificate = next;
        next = certificate->older;
        free_certificate(certificate);
    }
}

int chs_on_handshake(gnutls_session_t session, const gnutls_datum_t *authorities, int authority_count,
                     const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
                     unsigned *length, gnutls_privkey_t *key) {
    (void)authorities, (void)authority_count, (void)algorithms, (void)algorithm_count;
    struct MHD_Connection *connection = gnutls_session_get_ptr(session); /* libmicrohttpd has put it there */
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    const chs_exchange *exchange = info != NULL ? info->socket_context : NULL;
    if (exchange == NULL) return -1;
    struct certificate *certificate =
        atomic_load_explicit(&exchange->server->certificate, memory_order_acquire);
    *chain = certificate->chain;
    *length = certificate->length;
    *key = certificate->key;
    return 0;
}
