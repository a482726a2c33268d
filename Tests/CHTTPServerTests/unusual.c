/* Requests that few clients send and RFC 9112 allows: what is strict with malformed ones must take these. */
#include "check.h"
#include "client.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    const char *what, *section;
    const char *bytes;
    size_t length;
    const char *again; /* follows `bytes` so many times, and then `tail`, where it is not NULL */
    size_t times;
    const char *tail;
    const char *told; /* the bodies of the answers, with a bar between them */
    const char *why;  /* it is refused: why that cannot be helped, and with which version */
};

#define ROW(what, section, bytes, ...)                                                                       \
    { what, section, bytes, sizeof(bytes) - 1, __VA_ARGS__ }
#define LONG(what, section, bytes, again, times, tail, ...)                                                  \
    { what, section, bytes, sizeof(bytes) - 1, again, times, tail, __VA_ARGS__ }
#define GET "GET /items HTTP/1.1\r\nHost: a\r\n"
#define HEADER(what, section, line) ROW(what, section, GET line "\r\n\r\n", .told = ITEMS)
#define HOST(what, section, value)                                                                           \
    ROW(what, section, "GET /items HTTP/1.1\r\nHost: " value "\r\n\r\n", .told = ITEMS)
#define CHUNKS "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
#define ITEMS "route=1 fault=none method=1 path=/items"
#define EMPTY "route=3 fault=none method=2 path=/post"
#define HELLO EMPTY " body=5:hello"
#define UNTRIMMED .why = "libmicrohttpd 0.9.75 takes the blanks behind a value for a part of it"

static const struct row rows[] = {
    ROW("an empty line before the request", "9112 2.2", "\r\n" GET "\r\n", .told = ITEMS),
    ROW("two empty lines between requests", "9112 2.2", GET "\r\n\r\n\r\n" GET "\r\n",
        .told = ITEMS "|" ITEMS,
        .why = "libmicrohttpd 1.0.1 skips one empty line, as RFC 9112 asks for, not two"),
    ROW("three requests at once", "9112 9.3.2", GET "\r\nHEAD /items HTTP/1.1\r\nHost: a\r\n\r\n" GET "\r\n",
        .told = ITEMS "||" ITEMS),
    ROW("a request behind a body", "9112 6.3", CHUNKS "5\r\nhello\r\n0\r\n\r\n" GET "\r\n",
        .told = HELLO "|" ITEMS),
    ROW("HEAD", "9110 9.3.2", "HEAD /items HTTP/1.1\r\nHost: a\r\n\r\n", .told = ""),
    ROW("OPTIONS for the server", "9112 3.2.4", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", .told = ""),
    ROW("OPTIONS for a path", "9110 9.3.7", "OPTIONS /post HTTP/1.1\r\nHost: a\r\n\r\n", .told = ""),
    ROW("a URI for a target", "9112 3.2.2", "GET http://a/items HTTP/1.1\r\nHost: a\r\n\r\n", .told = ITEMS),
    ROW("a URI with another host than Host", "9112 3.2.2",
        "GET http://b:80/items HTTP/1.1\r\nHost: a\r\n\r\n", .told = ITEMS),
    ROW("a URI with its scheme in capitals", "9110 4.2.3", "GET HTTPS://a/items HTTP/1.1\r\nHost: a\r\n\r\n",
        .told = ITEMS),
    ROW("a URI with an address of version 6", "3986 3.2.2",
        "GET http://[2001:db8::1]:8080/items HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n", .told = ITEMS),
    ROW("a URI without path", "9112 3.2.1", "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n",
        .told = "route=0 fault=none method=1 path=/"),
    ROW("every character that a path may have", "3986 3.3",
        "GET /items/a-._~!$&'()*+,;=:@%C3%A9 HTTP/1.1\r\nHost: a\r\n\r\n",
        .told = "route=2 fault=none method=1 path=/items/a-._~!$&'()*+,;=:@%C3%A9 "
                "parameter=a-._~!$&'()*+,;=:@\xC3\xA9"),
    ROW("a query in a query", "3986 3.4", "GET /items?a=/?b&&=c+d%20 HTTP/1.1\r\nHost: a\r\n\r\n",
        .told = ITEMS " query=a=/?b&&=c+d%20"),
    ROW("an empty segment", "3986 3.3", "GET //items HTTP/1.1\r\nHost: a\r\n\r\n",
        .told = "fault=not-found method=1 path=//items"),
    LONG("a target of 8000 bytes", "9112 3", "GET /", "x", 7998,
         " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", .told = NULL),
    LONG("a query of 4000 parts", "3986 3.4", "GET /items?", "&x", 4000, " HTTP/1.1\r\nHost: a\r\n\r\n",
         .told = NULL),
    LONG("headers of 16 000 bytes", "9110 5.4", GET "X: ", "x", 16000, "\r\n\r\n", .told = ITEMS),
    LONG("two hundred headers", "9110 5.4", GET, "X: y\r\n", 200, "\r\n", .told = ITEMS),
    ROW("HTTP/1.0 without Host", "9112 3.2", "GET /items HTTP/1.0\r\n\r\n", .told = ITEMS),
    ROW("HTTP/1.0 on a connection to be kept", "9112 9.3",
        "GET /items HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" GET "\r\n", .told = ITEMS "|" ITEMS),
    ROW("HTTP/1.0 with a body", "9112 6.3", "POST /post HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello",
        .told = HELLO),
    ROW("a later minor version", "9110 6.2", "GET /items HTTP/1.2\r\nHost: a\r\n\r\n", .told = ITEMS),
    HOST("a Host with a port", "9110 7.2", "localhost:8080"),
    HOST("a Host with an empty port", "3986 3.2.3", "a:"),
    HOST("a Host in capitals", "9110 4.2.3", "EXAMPLE.COM"),
    HOST("a Host that ends with a point", "3986 3.2.2", "example.com.:65535"),
    HOST("an address of version 4", "3986 3.2.2", "127.0.0.1:8080"),
    HOST("an address of version 6", "3986 3.2.2", "[::1]"),
    HOST("an address of version 6 with a port", "3986 3.2.2", "[::ffff:127.0.0.1]:8080"),
    HOST("every character that a name may have but the comma", "3986 3.2.2", "a-._~!$&'()*+;=%C3%A9"),
    HOST("blanks around Host", "9112 5.1", " \t a \t "),
    HEADER("tabs in a value", "9110 5.5", "X:\ta\tb\t"),
    HEADER("bytes over 0x7F in a value", "9110 5.5", "X: \xC3\xA9\xFF\x80"),
    HEADER("an empty value", "9110 5.5", "X:"),
    HEADER("a blank value", "9110 5.5", "X: \t "),
    HEADER("no space behind the colon", "9112 5.1", "X:y"),
    HEADER("colons in a value", "9110 5.5", "X: y: z:"),
    HEADER("every character that a name may have", "9110 5.6.2", "azAZ09!#$%&'*+-.^_`|~: y"),
    HEADER("the same header twice", "9110 5.3", "X: y\r\nX: z"),
    HEADER("cookies as they should not be", "6265 5.4", "Cookie: a=\"b\"; =; ;; c ; d=e=f"),
    HEADER("an expectation that nobody knows", "9110 10.1.1", "Expect: a-miracle"),
    HEADER("an offer of another protocol", "9110 7.8", "Connection: Upgrade\r\nUpgrade: h2c, websocket"),
    HEADER("the last words of a list", "9110 7.6.1",
           "Connection: keep-alive, ,X\r\nTE: trailers, gzip;q=0.5"),
    ROW("names in other letters", "9110 5.1",
        "POST /post HTTP/1.1\r\nhOST: a\r\ncontent-LENGTH: 5\r\n\r\nhello", .told = HELLO),
    ROW("a length with zeros before it", "9110 8.6",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0000000000000000000000005\r\n\r\nhello",
        .told = HELLO),
    ROW("a length of nothing", "9110 8.6", "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        .told = EMPTY),
    ROW("blanks before a length", "9112 5.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: \t 5\r\n\r\nhello", .told = HELLO),
    ROW("a space behind a length", "9112 5.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5 \r\n\r\nhello", .told = HELLO, UNTRIMMED),
    ROW("a body of GET that is a request", "9110 9.3.1",
        GET "Content-Length: 27\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" GET "\r\n",
        .told = ITEMS "|" ITEMS),
    ROW("chunks for GET", "9112 6.3", GET "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        .told = ITEMS),
    ROW("Chunked in other letters", "9112 7",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ChunKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        .told = HELLO),
    ROW("chunked without a space before it", "9112 5.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        .told = HELLO),
    ROW("a space behind chunked", "9112 5.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked \r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        .told = HELLO, UNTRIMMED),
    ROW("a list with empty members and chunked", "9110 5.6.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: , chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        .told = HELLO, .why = "libmicrohttpd knows the coding only where it stands alone"),
    ROW("chunks with extensions", "9112 7.1.1",
        CHUNKS "2;a=b\r\nhe\r\n3;c;d=\"e;\\\" f\"\r\nllo\r\n0;g=h\r\n\r\n", .told = HELLO,
        .why = "libmicrohttpd 1.0.1 counts a byte too few where a chunk has an extension, and refuses it"),
    ROW("a space before an extension", "9112 7.1.1", CHUNKS "5 ; a = b\r\nhello\r\n0\r\n\r\n", .told = HELLO,
        .why = "libmicrohttpd takes a space behind a chunk size for a part of it"),
    ROW("chunk sizes with zeros and capitals", "9112 7.1",
        CHUNKS "00000000000000000000005\r\nhello\r\nA\r\n, worldly!\r\n000\r\n\r\n",
        .told = EMPTY " body=15:hello, worldly!"),
    ROW("no chunk but the last", "9112 7.1", CHUNKS "0\r\n\r\n", .told = EMPTY),
    ROW("trailers", "9112 7.1.2",
        CHUNKS "5\r\nhello\r\n0\r\nX: y\r\nEmpty:\r\nTabs: \t\xFF\r\nContent-Length: 7\r\n\r\n" GET "\r\n",
        .told = HELLO "|" ITEMS),
    ROW("a body that waits to be asked for", "9110 10.1.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\nhello",
        .told = HELLO), /* whether the server still asks for what has come, is left to it */
};

static void send_row(struct client *client, const struct row *row) {
    client_send(client, row->bytes, row->length);
    if (row->again == NULL) return;
    for (size_t i = 0; i < row->times; i++) client_send_text(client, row->again);
    client_send_text(client, row->tail);
}

/* The bodies of as many answers as are wanted, with a bar between them, up to one that is none or refuses. */
static void receive_all(struct client *client, const struct row *row, char *told, size_t size) {
    const char *next = row->bytes;
    size_t length = 0;
    int count = 1;
    for (const char *p = row->told; p != NULL && *p != '\0'; p++) count += *p == '|';
    told[0] = '\0';
    for (int i = 0; i < count; i++) {
        struct reply reply = client_receive(client, strncmp(next, "HEAD ", 5) == 0);
        while (reply.status == 100) {
            reply_free(&reply);
            reply = client_receive(client, false);
        }
        if (reply.status != 0 && reply.status < 400)
            length += (size_t)snprintf(told + length, size - length, "%s%s", i > 0 ? "|" : "", reply.body);
        bool over = reply.status == 0 || reply.status >= 400 || length >= size;
        reply_free(&reply);
        if (over) break;
        const char *end = strstr(next, "\r\n\r\n");
        if (end != NULL) next = end + 4;
    }
}

void test_unusual(void) {
    struct fixture *fixture = fixture_start(NULL, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static char told[16384];
        const struct row *row = &rows[i];
        struct client client = client_open(fixture->port);
        send_row(&client, row);
        receive_all(&client, row, told, sizeof told);
        bool right = row->told != NULL ? strcmp(told, row->told) == 0 : told[0] != '\0';
        if (concerns_library(row->why)) {
            char known[256];
            snprintf(known, sizeof known, "%s (RFC %s): %s", row->what, row->section, row->why);
            CHECK_KNOWN(right, known);
        } else if (!CHECK(right)) {
            fprintf(stderr, "  %s (RFC %s): %s\n", row->what, row->section, told);
        }
        client_close(&client);
    }
    fixture_stop(fixture);
}
