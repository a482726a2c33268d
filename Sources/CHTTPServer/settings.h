/* The server's own copy of its configuration. */
#ifndef CHS_SETTINGS_H
#define CHS_SETTINGS_H

#include "CHTTPServer.h"

#include <stdbool.h>

/* Headers of which all strings are owned. */
struct headers {
    chs_header *list; /* points into `texts` */
    size_t count;
    char **texts; /* owned, and each of them: name and value of each header */
    size_t text_count;
};

/* As chs_config, which says what each means. The routes are in struct routes, the memory is in
 * struct budget. */
struct settings {
    char *host;
    char *tls_certificate, *tls_key; /* NULL: none */
    struct headers headers, preflight;
    uint16_t port;
    unsigned threads, max_connections, max_connections_per_ip;
    unsigned idle_timeout, request_timeout, response_timeout;
    size_t max_body;
    chs_handler handler;
    void (*log)(void *context, const chs_log_entry *entry);
    void *context; /* borrowed */
};

/* False when memory runs out; what was copied is to be freed in any case. */
bool chs_copy_settings(struct settings *settings, const chs_config *config);
void chs_free_settings(struct settings *settings);

#endif
