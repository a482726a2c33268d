/* Which route takes a path, and which targets have an answer that never changes. */
#ifndef CHS_ROUTES_H
#define CHS_ROUTES_H

#include "CHTTPServer.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <microhttpd.h>

/* "0123456789abcdef" in quotes, and NUL. */
#define ETAG_SIZE 19

/* Owned by what holds them. */
struct bytes {
    void *start; /* NULL: there are none */
    size_t length;
};

/* An answer in one content coding. */
struct variant {
    struct MHD_Response *full; /* NULL: there is no such variant */
    struct MHD_Response *not_modified;
    char etag[ETAG_SIZE];
    struct bytes body; /* `full` is made of it */
};

/* An answer that never changes. Immutable, so all threads share it. */
struct kept {
    struct variant plain;
    struct variant gzip;
};

/* A target whose answer never changes, and that answer once the first request has made it. */
struct slot {
    char *target; /* NULL: the slot is empty */
    _Atomic(struct kept *) kept;
};

struct route {
    char *template;
    size_t literal_length; /* bytes before the parameter; all of the template where there is none */
    bool has_parameter;
    unsigned methods;
    const char *allow;            /* static */
    struct MHD_Response *options; /* owned: to OPTIONS; NULL: not made yet */
};

/* Does not change after the start, but for what the slots keep. */
struct routes {
    struct route *list; /* tried in order */
    size_t count;
    struct slot *slots; /* hash table; its size is a power of two */
    size_t slot_count, slots_used;
    struct MHD_Response *any_options; /* owned: to "OPTIONS *" */
};

/* False when memory runs out; what was copied is to be freed in any case. */
bool chs_copy_routes(struct routes *routes, const chs_route *from, size_t count);
void chs_free_routes(struct routes *routes);

/* Fills route, fault and parameter of the request from its method and path; the route is their count where
 * none is found. `method` is as sent; `room` holds the decoded parameter, as long as the path, and may be
 * NULL where the path has no '%'. */
void chs_route_request(const struct routes *routes, const char *method, char *room, chs_request *request);

/* The slot for `target`; NULL if its answer may change. */
struct slot *chs_find_slot(const struct routes *routes, const char *target);
bool chs_add_slot(struct routes *routes, const char *target);
/* Takes NULL too. */
void chs_free_kept(struct kept *kept);

#endif
