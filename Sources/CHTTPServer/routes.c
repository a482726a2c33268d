#include "routes.h"

#include "bytes.h"

#include <stdlib.h>
#include <string.h>

static bool copy_route(const chs_route *from, struct route *to) {
    static const char *const allow[] = {"OPTIONS", "GET, HEAD, OPTIONS", "POST, OPTIONS",
                                        "GET, HEAD, POST, OPTIONS"};
    const char *brace = strchr(from->template, '{');
    *to = (struct route){
        .template = strdup(from->template),
        .has_parameter = brace != NULL,
        .literal_length = brace != NULL ? (size_t)(brace - from->template) : strlen(from->template),
        .methods = from->methods,
        .allow = allow[from->methods & (CHS_GET | CHS_POST)],
    };
    return to->template != NULL;
}

bool chs_copy_routes(struct routes *routes, const chs_route *from, size_t count) {
    routes->list = calloc(count + 1, sizeof *routes->list);
    if (routes->list == NULL) return false;
    for (; routes->count < count; routes->count++)
        if (!copy_route(&from[routes->count], &routes->list[routes->count])) return false;
    return true;
}

static void free_variant(struct variant *variant) {
    if (variant->full != NULL) MHD_destroy_response(variant->full);
    if (variant->not_modified != NULL) MHD_destroy_response(variant->not_modified);
    free(variant->body.start);
}

void chs_free_kept(struct kept *kept) {
    if (kept == NULL) return;
    free_variant(&kept->plain);
    free_variant(&kept->gzip);
    free(kept);
}

void chs_free_routes(struct routes *routes) {
    for (size_t i = 0; i < routes->count; i++) {
        free(routes->list[i].template);
        if (routes->list[i].options != NULL) MHD_destroy_response(routes->list[i].options);
    }
    free(routes->list);
    for (size_t i = 0; i < routes->slot_count; i++) {
        free(routes->slots[i].target);
        chs_free_kept(atomic_load(&routes->slots[i].kept));
    }
    free(routes->slots);
    if (routes->any_options != NULL) MHD_destroy_response(routes->any_options);
}

static bool matches(const struct route *route, const char *path, size_t length) {
    size_t literal = route->literal_length;
    if (length < literal || memcmp(path, route->template, literal) != 0) return false;
    if (!route->has_parameter) return length == literal;
    return length > literal && memchr(path + literal, '/', length - literal) == NULL;
}

/* The index of the route that takes the first `length` bytes of the path; the count of routes where none
 * does. */
static size_t find(const struct routes *routes, const char *path, size_t length) {
    size_t i = 0;
    while (i < routes->count && !matches(&routes->list[i], path, length)) i++;
    return i;
}

static unsigned method_bit(const char *method) {
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0) return CHS_GET;
    if (strcmp(method, MHD_HTTP_METHOD_POST) == 0) return CHS_POST;
    return 0;
}

void chs_route_request(const struct routes *routes, const char *method, char *room, chs_request *request) {
    size_t length = strlen(request->path);
    request->method = method_bit(method);
    request->route = find(routes, request->path, length);
    if (request->route == routes->count) {
        bool has_slash = length > 0 && request->path[length - 1] == '/';
        if (has_slash) request->route = find(routes, request->path, length - 1);
        request->fault = request->route < routes->count ? CHS_MOVED : CHS_NOT_FOUND;
        return;
    }
    const struct route *route = &routes->list[request->route];
    request->fault = (route->methods & request->method) == 0 ? CHS_METHOD_NOT_ALLOWED : CHS_NO_FAULT;
    if (!route->has_parameter) return;
    const char *rest = request->path + route->literal_length;
    bool escaped = room != NULL && strchr(rest, '%') != NULL;
    request->parameter = escaped ? room : rest;
    if ((escaped && !chs_percent_decode(rest, room)) || !chs_is_utf8(request->parameter)) {
        request->parameter = NULL;
        if (request->fault == CHS_NO_FAULT) request->fault = CHS_BAD_PATH;
    }
}

/* The slot where `target` stands, or the empty one where it would go. */
static struct slot *probe(struct slot *slots, size_t count, const char *target) {
    size_t i = chs_hash(target, strlen(target)) & (count - 1);
    while (slots[i].target != NULL && strcmp(slots[i].target, target) != 0) i = (i + 1) & (count - 1);
    return &slots[i];
}

struct slot *chs_find_slot(const struct routes *routes, const char *target) {
    if (routes->slot_count == 0) return NULL;
    struct slot *slot = probe(routes->slots, routes->slot_count, target);
    return slot->target != NULL ? slot : NULL;
}

/* Keeps the table at most half full. */
static bool grow(struct routes *routes) {
    if (routes->slots_used * 2 < routes->slot_count) return true;
    size_t count = routes->slot_count == 0 ? 64 : routes->slot_count * 2;
    struct slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < routes->slot_count; i++) {
        char *target = routes->slots[i].target;
        if (target != NULL) probe(slots, count, target)->target = target;
    }
    free(routes->slots);
    routes->slots = slots;
    routes->slot_count = count;
    return true;
}

bool chs_add_slot(struct routes *routes, const char *target) {
    if (!grow(routes)) return false;
    struct slot *slot = probe(routes->slots, routes->slot_count, target);
    if (slot->target != NULL) return true;
    slot->target = strdup(target);
    if (slot->target == NULL) return false;
    routes->slots_used++;
    return true;
}
