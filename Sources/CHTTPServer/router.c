/* Which route takes a path, and which paths have an answer that never changes. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

bool chs_make_route(const chs_route *from, struct route *to) {
    to->template = strdup(from->template);
    if (to->template == NULL) return false;
    const char *brace = strchr(to->template, '{');
    to->has_parameter = brace != NULL;
    to->literal_length = brace != NULL ? (size_t)(brace - to->template) : strlen(to->template);
    to->methods = from->methods;
    static const char *const allow[] = {"OPTIONS", "GET, HEAD, OPTIONS", "POST, OPTIONS",
                                        "GET, HEAD, POST, OPTIONS"};
    to->allow = allow[from->methods & (CHS_GET | CHS_POST)];
    to->options = NULL;
    return true;
}

void chs_free_route(struct route *route) {
    free(route->template);
    if (route->options != NULL) MHD_destroy_response(route->options);
}

/* The part of `path` that the parameter stands for, "" where there is none; NULL if it does not match. */
static const char *match(const struct route *route, const char *path) {
    if (strncmp(path, route->template, route->literal_length) != 0) return NULL;
    const char *rest = path + route->literal_length;
    if (!route->has_parameter) return *rest == '\0' ? rest : NULL;
    return *rest != '\0' && strchr(rest, '/') == NULL ? rest : NULL;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* Decodes %XX (RFC 3986, section 2.1) into `to`, which may not overlap. False at a bad escape, or one that
 * hides '/' or NUL. */
static bool percent_decode(const char *text, char *to) {
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_digit(from[1]);
        int low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0) return false;
        char byte = (char)(high << 4 | low);
        if (byte == '\0' || byte == '/') return false;
        *to++ = byte;
        from += 2;
    }
    *to = '\0';
    return true;
}

/* How many bytes the UTF-8 sequence at `s` has; 0 if it is none (RFC 3629, section 4). Stops at NUL. */
static size_t utf8_sequence(const unsigned char *s) {
    if (s[0] < 0x80) return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
    size_t length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    unsigned char least = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char most = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < least || s[1] > most) return 0;
    for (size_t i = 2; i < length; i++)
        if (s[i] < 0x80 || s[i] > 0xBF) return 0;
    return length;
}

static bool is_utf8(const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0') {
        size_t length = utf8_sequence(s);
        if (length == 0) return false;
        s += length;
    }
    return true;
}

static unsigned method_bit(const char *method) {
    if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0) return CHS_GET;
    if (strcmp(method, MHD_HTTP_METHOD_POST) == 0) return CHS_POST;
    return 0;
}

void chs_route_request(const chs_server *server, const char *method, char *room, chs_request *request) {
    request->method = method_bit(method);
    request->fault = CHS_NOT_FOUND;
    for (size_t i = 0; i < server->config.route_count; i++) {
        const struct route *route = &server->routes[i];
        const char *rest = match(route, request->path);
        if (rest == NULL) continue;
        request->route = i;
        if (strcmp(method, MHD_HTTP_METHOD_HEAD) == 0 ? (route->methods & CHS_GET) == 0
                                                      : (route->methods & request->method) == 0)
            request->fault = CHS_METHOD_NOT_ALLOWED;
        else
            request->fault = CHS_NO_FAULT;
        if (!route->has_parameter) return;
        bool escaped = room != NULL && strchr(rest, '%') != NULL;
        request->parameter = escaped ? room : rest;
        if ((escaped && !percent_decode(rest, room)) || !is_utf8(request->parameter)) {
            request->parameter = NULL;
            if (request->fault == CHS_NO_FAULT) request->fault = CHS_BAD_PATH;
        }
        return;
    }
}

/* The slot where `path` stands, or the empty one where it would go. */
static struct slot *probe(struct slot *slots, size_t count, const char *path) {
    size_t i = chs_hash(path, strlen(path)) & (count - 1);
    while (slots[i].path != NULL && strcmp(slots[i].path, path) != 0) i = (i + 1) & (count - 1);
    return &slots[i];
}

struct slot *chs_find_slot(const chs_server *server, const char *path) {
    if (server->slot_count == 0) return NULL;
    struct slot *slot = probe(server->slots, server->slot_count, path);
    return slot->path != NULL ? slot : NULL;
}

/* Keeps the table at most half full. */
static bool grow(chs_server *server) {
    if (server->slots_used * 2 < server->slot_count) return true;
    size_t count = server->slot_count == 0 ? 64 : server->slot_count * 2;
    struct slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < server->slot_count; i++) {
        char *path = server->slots[i].path;
        if (path != NULL) probe(slots, count, path)->path = path;
    }
    free(server->slots);
    server->slots = slots;
    server->slot_count = count;
    return true;
}

bool chs_add_slot(chs_server *server, const char *path) {
    if (!grow(server)) return false;
    struct slot *slot = probe(server->slots, server->slot_count, path);
    if (slot->path != NULL) return true;
    slot->path = strdup(path);
    if (slot->path == NULL) return false;
    server->slots_used++;
    return true;
}
