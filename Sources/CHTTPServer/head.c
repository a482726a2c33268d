/* Is a request as RFC 9112 has it?
 *
 * libmicrohttpd takes much that the RFC forbids. Where a proxy in front reads such a request in another way,
 * the two disagree about where it ends, and what one takes for a body the other takes for a request. So what
 * the library shows on its first call is checked here, in one pass over the headers; an answer that is queued
 * on that call closes the connection as well.
 *
 * Some of what 0.9.75 takes it does not show: NUL, a lone LF, a folded line, several blanks in the request
 * line. But it leaves every string where it received it, so each begins where the last one and its CRLF end,
 * unless there was more or less than that in between. That is looked at with addresses alone: no byte is read
 * that is not in one of the library's strings. Later versions leave other gaps, and refuse all this when they
 * are asked to be strict: see library.c. */
#define _GNU_SOURCE /* strcasestr */

#include "request.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Where a byte may be. */
enum {
    TOKEN = 1,  /* names of methods and headers (RFC 9110, section 5.6.2) */
    TARGET = 2, /* a URI without a fragment (RFC 3986, section 2) */
    HOST = 4,   /* a name in place of an address (RFC 3986, section 3.2.2), but for the comma of a list */
    MARK = 8    /* not a place: the target cannot be used as it stands */
};

static const unsigned char places[256] = {
    ['!'] = TOKEN | TARGET | HOST,
    ['#'] = TOKEN,
    ['$'] = TOKEN | TARGET | HOST,
    ['%'] = TOKEN | TARGET | HOST | MARK,
    ['&' ... '\''] = TOKEN | TARGET | HOST,
    ['(' ... ')'] = TARGET | HOST,
    ['*' ... '+'] = TOKEN | TARGET | HOST,
    [','] = TARGET,
    ['-' ... '.'] = TOKEN | TARGET | HOST,
    ['/'] = TARGET,
    ['0' ... '9'] = TOKEN | TARGET | HOST,
    [':'] = TARGET,
    [';'] = TARGET | HOST,
    ['='] = TARGET | HOST,
    ['?'] = TARGET | MARK,
    ['@'] = TARGET,
    ['A' ... 'Z'] = TOKEN | TARGET | HOST,
    ['['] = TARGET,
    [']'] = TARGET,
    ['^'] = TOKEN,
    ['_'] = TOKEN | TARGET | HOST,
    ['`'] = TOKEN,
    ['a' ... 'z'] = TOKEN | TARGET | HOST,
    ['|'] = TOKEN,
    ['~'] = TOKEN | TARGET | HOST,
};

static bool is_token(const char *bytes, size_t length) {
    unsigned common = TOKEN;
    for (size_t i = 0; i < length; i++) common &= places[(unsigned char)bytes[i]];
    return length > 0 && common != 0;
}

/* May these bytes be the value of a header (RFC 9110, section 5.5)? Written so that a compiler makes it take
 * sixteen at a time: it sees most of every request. */
static bool is_value(const char *bytes, size_t length) {
    unsigned char wrong = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        wrong |= (unsigned char)(((c < ' ') & (c != '\t')) | (c == 0x7F));
    }
    return wrong == 0;
}

void chs_scan_target(chs_exchange *exchange, const char *target) {
    unsigned common = TARGET, seen = 0;
    const char *p = target;
    for (; *p != '\0'; p++) {
        unsigned place = places[(unsigned char)*p];
        common &= place;
        seen |= place;
    }
    exchange->target_length = (size_t)(p - target);
    exchange->target_is_bad = common == 0;
    exchange->target_is_marked = (seen & MARK) != 0;
}

static bool refuse(chs_exchange *exchange, chs_fault fault, chs_reason reason) {
    exchange->request.fault = fault;
    exchange->request.reason = reason;
    return false;
}

static bool is_ipv6(const char *text, size_t length) {
    char copy[INET6_ADDRSTRLEN];
    struct in6_addr address;
    if (length >= sizeof copy) return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return inet_pton(AF_INET6, copy, &address) == 1;
}

static const char *skip_name(const char *p, const char *end) {
    while (p < end && (places[(unsigned char)*p] & HOST) != 0) {
        if (*p == '%' && (!isxdigit((unsigned char)p[1]) || !isxdigit((unsigned char)p[2]))) break;
        p++;
    }
    return p;
}

/* Is it a host, which may not be empty, with or without a port (RFC 9110, sections 4.2.1 and 7.2)? */
static bool is_authority(const char *text, size_t length) {
    const char *end = text + length, *p;
    if (length > 0 && *text == '[') {
        p = memchr(text, ']', length);
        if (p == NULL || !is_ipv6(text + 1, (size_t)(p - text) - 1)) return false;
        p++;
    } else {
        p = skip_name(text, end);
    }
    if (p == text || p == end) return p != text;
    if (*p++ != ':') return false;
    unsigned port = 0;
    for (; p < end && isdigit((unsigned char)*p) && port <= UINT16_MAX; p++)
        port = port * 10 + (unsigned)(*p - '0');
    return p == end && port <= UINT16_MAX;
}

/* The request target has one of four forms (RFC 9112, section 3.2). `path` lacks the query. */
static bool check_target(chs_exchange *exchange, const char *method, const char *path) {
    if (exchange->target_length > CHS_MOST_TARGET)
        return refuse(exchange, CHS_TARGET_TOO_LONG, CHS_REASON_NONE);
    if (exchange->target_is_bad) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_TARGET);
    if (strcmp(method, MHD_HTTP_METHOD_CONNECT) == 0)
        return refuse(exchange, CHS_NOT_IMPLEMENTED, CHS_REASON_CONNECT);
    if (*path == '/') return true;
    if (*path == '*')
        return (exchange->target_length == 1 && strcmp(method, MHD_HTTP_METHOD_OPTIONS) == 0) ||
               refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_TARGET_ASTERISK);
    size_t scheme = chs_scheme_length(path);
    if (scheme == 0) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_TARGET_FORM);
    return is_authority(path + scheme, strcspn(path + scheme, "/")) ||
           refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_TARGET_HOST);
}

/* One pass over headers or trailers. */
struct pass {
    struct head *head; /* NULL for trailers, of which none matters */
    bool follow;       /* the strings must follow each other */
    uintptr_t end;     /* of the line before; 0 before the first trailer */
    chs_reason reason; /* why it ended early */
};

static enum MHD_Result end_pass(struct pass *pass, chs_reason reason) {
    pass->reason = reason;
    return MHD_NO;
}

static bool is(const char *name, const char *wanted) {
    return strcasecmp(name, wanted) == 0;
}

/* Can it be echoed and logged without a second thought? No mail address can, for want of an @. */
static bool is_request_id(const char *text, size_t length) {
    if (length == 0 || length > MOST_REQUEST_ID) return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && strchr("-_.:/+=", text[i]) == NULL) return false;
    return true;
}

/* Version, trace id, parent id and flags (W3C Trace Context, section 3.2.2). A later version may have more.
 */
static bool is_traceparent(const char *text, size_t length) {
    static const char pattern[] = "xx-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxx-xx";
    if (length < sizeof pattern - 1 || strncmp(text, "ff", 2) == 0) return false;
    for (size_t i = 0; pattern[i] != '\0'; i++)
        if (pattern[i] == '-' ? text[i] != '-' : strchr("0123456789abcdef", text[i]) == NULL) return false;
    bool is_whole =
        length == sizeof pattern - 1 || (strncmp(text, "00", 2) != 0 && text[sizeof pattern - 1] == '-');
    return is_whole && strspn(text + 3, "0") < 32;
}

static size_t without_blanks(const char *value, size_t length) {
    while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t')) length--;
    return length;
}

/* Remembers the headers that matter to this module. */
static enum MHD_Result note(struct pass *pass, const char *name, size_t length, const char *value,
                            size_t value_length) {
    struct head *head = pass->head;
    switch (length) {
    case sizeof MHD_HTTP_HEADER_HOST - 1:
        if (!is(name, MHD_HTTP_HEADER_HOST)) break;
        if (head->host != NULL) return end_pass(pass, CHS_REASON_HOST_REPEATED);
        head->host = value;
        head->host_length = without_blanks(value, value_length);
        break;
    case sizeof MHD_HTTP_HEADER_ACCEPT_ENCODING - 1:
        if (is(name, MHD_HTTP_HEADER_ACCEPT_ENCODING)) chs_read_codings(&head->codings, value);
        break;
    case sizeof "X-Request-Id" - 1:
        if (!is(name, "X-Request-Id")) break;
        value_length = without_blanks(value, value_length);
        if (is_request_id(value, value_length)) {
            head->request_id = value;
            head->request_id_length = value_length;
        }
        break;
    case sizeof "traceparent" - 1:
        if (is(name, "traceparent") && head->request_id == NULL &&
            is_traceparent(value, without_blanks(value, value_length))) {
            head->request_id = value + 3;
            head->request_id_length = 32;
        }
        break;
    case sizeof MHD_HTTP_HEADER_EXPECT - 1:
        if (is(name, MHD_HTTP_HEADER_EXPECT)) head->expect = value;
        break;
    case sizeof MHD_HTTP_HEADER_IF_NONE_MATCH - 1:
        if (!is(name, MHD_HTTP_HEADER_IF_NONE_MATCH)) break;
        head->has_more_conditions = head->if_none_match != NULL;
        if (head->if_none_match == NULL) head->if_none_match = value;
        break;
    case sizeof MHD_HTTP_HEADER_CONTENT_LENGTH - 1:
        if (!is(name, MHD_HTTP_HEADER_CONTENT_LENGTH)) break;
        if (head->content_length != NULL) return end_pass(pass, CHS_REASON_LENGTH_REPEATED);
        head->content_length = value;
        break;
    case sizeof MHD_HTTP_HEADER_TRANSFER_ENCODING - 1:
        if (!is(name, MHD_HTTP_HEADER_TRANSFER_ENCODING)) break;
        if (head->transfer_encoding != NULL) return end_pass(pass, CHS_REASON_CODING_REPEATED);
        head->transfer_encoding = value;
        break;
    default: break;
    }
    return MHD_YES;
}

static enum MHD_Result check_line(void *context, enum MHD_ValueKind kind, const char *name, size_t length,
                                  const char *value, size_t value_length) {
    (void)kind;
    struct pass *pass = context;
    if (!is_token(name, length)) return end_pass(pass, CHS_REASON_HEADER_NAME);
    if (!is_value(value, value_length)) return end_pass(pass, CHS_REASON_HEADER_VALUE);
    if (pass->follow) {
        /* Between name and value the library has passed over the colon and blanks. */
        if ((pass->end != 0 && (uintptr_t)name != pass->end + 2) ||
            (uintptr_t)value <= (uintptr_t)name + length)
            return end_pass(pass, CHS_REASON_LINES);
        pass->end = (uintptr_t)value + value_length;
    }
    return pass->head != NULL ? note(pass, name, length, value, value_length) : MHD_YES;
}

/* Codings of which the last, and only the last, is chunked. */
static bool ends_in_chunked(const char *codings) {
    const char *comma = strrchr(codings, ',');
    if (comma == NULL) return false;
    const char *last = comma + 1 + strspn(comma + 1, " \t");
    return strcasecmp(last, "chunked") == 0 && strcasestr(codings, "chunked") == last;
}

/* Is it clear where the body ends? (RFC 9112, sections 6.1 to 6.3) The library has read Content-Length if
 * there is no Transfer-Encoding; it waits for ever behind one that it does not know. */
static bool check_framing(chs_exchange *exchange, bool is_1_0) {
    const struct head *head = &exchange->head;
    if (head->transfer_encoding == NULL) return true;
    if (is_1_0) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_CODING_IN_HTTP_1_0);
    if (head->content_length != NULL) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_LENGTH_AND_CODING);
    if (strcasecmp(head->transfer_encoding, "chunked") == 0) return true;
    if (ends_in_chunked(head->transfer_encoding))
        return refuse(exchange, CHS_NOT_IMPLEMENTED, CHS_REASON_UNKNOWN_CODING);
    return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_CODING);
}

/* The end of the request line, from where the strings follow each other; 0 if they do not. */
static uintptr_t request_line_end(const chs_exchange *exchange, const char *method, const char *path,
                                  const char *version) {
    uintptr_t target = (uintptr_t)method + strlen(method) + 1;
    bool follow = (uintptr_t)path == target && (uintptr_t)version == target + exchange->target_length + 1;
    return follow ? (uintptr_t)version + strlen(version) : 0;
}

static bool check_headers(chs_exchange *exchange, const char *method, const char *path, const char *version) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t size = info != NULL ? info->header_size : 0;
    if (size > CHS_MOST_HEAD) return refuse(exchange, CHS_HEADERS_TOO_LARGE, CHS_REASON_NONE);
    struct pass pass = {.head = &exchange->head, .follow = exchange->service->library->lines_follow};
    if (pass.follow) {
        pass.end = request_line_end(exchange, method, path, version);
        if (pass.end == 0) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_LINES);
    }
    MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, check_line, &pass);
    if (pass.reason != CHS_REASON_NONE) return refuse(exchange, CHS_BAD_REQUEST, pass.reason);
    /* behind the last line and its CRLF, an empty line */
    return !pass.follow || pass.end + 4 == (uintptr_t)method + size ||
           refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_LINES);
}

static bool check_method(chs_exchange *exchange, const char *method) {
    return is_token(method, strlen(method)) || refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_METHOD);
}

bool chs_check_head(chs_exchange *exchange, const char *method, const char *path, const char *version) {
    if (!check_method(exchange, method) || !check_target(exchange, method, path)) {
        /* for its request id, if it has one */
        struct pass pass = {.head = &exchange->head};
        MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, check_line, &pass);
        return false;
    }
    if (!check_headers(exchange, method, path, version)) return false;
    /* The library refuses 0.x, 2.0 and later; what is later than 1.1 is answered as 1.1
     * (RFC 9110, section 6.2). */
    bool is_1_0 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;
    const struct head *head = &exchange->head;
    if (head->host == NULL && !is_1_0) return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_NO_HOST);
    if (head->host != NULL && !is_authority(head->host, head->host_length))
        return refuse(exchange, CHS_BAD_REQUEST, CHS_REASON_HOST);
    return check_framing(exchange, is_1_0);
}

bool chs_check_trailers(chs_exchange *exchange) {
    struct pass pass = {.follow = exchange->service->library->lines_follow};
    MHD_get_connection_values_n(exchange->connection, MHD_FOOTER_KIND, check_line, &pass);
    return pass.reason == CHS_REASON_NONE || refuse(exchange, CHS_BAD_REQUEST, pass.reason);
}
