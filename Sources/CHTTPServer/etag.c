/* Entity tags, and who has what they stand for. */
#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void chs_make_etag(const void *body, size_t length, char etag[ETAG_SIZE]) {
    snprintf(etag, ETAG_SIZE, "\"%016" PRIx64 "\"", chs_hash(body, length));
}

/* Does the list of entity tags `list` have `etag`, weak ones included, or is it "*"? */
static bool list_has(const char *list, const char *etag) {
    size_t length = strlen(etag);
    for (const char *p = list; *p != '\0';) {
        p += strspn(p, " \t,");
        if (*p == '*') return true;
        if (p[0] == 'W' && p[1] == '/') p += 2;
        if (strncmp(p, etag, length) == 0) return true;
        if (*p == '"') { /* a comma may stand inside an entity tag */
            const char *close = strchr(p + 1, '"');
            if (close == NULL) return false;
            p = close + 1;
        } else {
            p += strcspn(p, ",");
        }
    }
    return false;
}

struct search {
    const char *etag;
    bool found;
};

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct search *search = context;
    if (value == NULL || strcasecmp(name, MHD_HTTP_HEADER_IF_NONE_MATCH) != 0) return MHD_YES;
    search->found = list_has(value, search->etag);
    return search->found ? MHD_NO : MHD_YES;
}

bool chs_client_has(const chs_exchange *exchange, const char *etag) {
    const struct head *head = &exchange->head;
    if (head->if_none_match == NULL) return false;
    if (!head->has_more_conditions) return list_has(head->if_none_match, etag);
    struct search search = {etag, false};
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, look, &search);
    return search.found;
}
