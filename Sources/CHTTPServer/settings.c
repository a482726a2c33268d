#include "settings.h"

#include <stdlib.h>
#include <string.h>

static bool copy_headers(struct headers *to, const chs_header *headers, size_t count) {
    to->list = calloc(count + 1, sizeof *to->list);
    to->texts = calloc(2 * count + 1, sizeof *to->texts);
    if (to->list == NULL || to->texts == NULL) return false;
    to->text_count = 2 * count;
    for (; to->count < count; to->count++) {
        char **texts = &to->texts[2 * to->count];
        const chs_header *header = &headers[to->count];
        texts[0] = strdup(header->name);
        texts[1] = strdup(header->value);
        to->list[to->count] = (chs_header){texts[0], texts[1], header->is_in_304};
        if (texts[0] == NULL || texts[1] == NULL) return false;
    }
    return true;
}

static void free_headers(struct headers *headers) {
    for (size_t i = 0; i < headers->text_count; i++) free(headers->texts[i]);
    free(headers->texts);
    free(headers->list);
}

static bool copy_text(char **to, const char *text) {
    *to = text != NULL ? strdup(text) : NULL;
    return text == NULL || *to != NULL;
}

bool chs_copy_settings(struct settings *settings, const chs_config *config) {
    *settings = (struct settings){
        .port = config->port,
        .threads = config->threads,
        .max_connections = config->max_connections,
        .max_connections_per_ip = config->max_connections_per_ip,
        .idle_timeout = config->idle_timeout,
        .request_timeout = config->request_timeout,
        .response_timeout = config->response_timeout,
        .max_body = config->max_body,
        .handler = config->handler,
        .log = config->log,
        .context = config->context,
    };
    return copy_text(&settings->host, config->host) &&
           copy_text(&settings->tls_certificate, config->tls_certificate) &&
           copy_text(&settings->tls_key, config->tls_key) &&
           copy_headers(&settings->headers, config->headers, config->header_count) &&
           copy_headers(&settings->preflight, config->preflight, config->preflight_count);
}

void chs_free_settings(struct settings *settings) {
    free(settings->host);
    free(settings->tls_certificate);
    free(settings->tls_key);
    free_headers(&settings->headers);
    free_headers(&settings->preflight);
}
