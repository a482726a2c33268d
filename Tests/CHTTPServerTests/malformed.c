/* Requests that are not as RFC 9112 has them, each on a connection of its own, and what each must get. */
#include "check.h"
#include "client.h"
#include "fixture.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* In place of a status: the connection is closed without an answer. The RFC has a server answer 400 to a bad
 * request line, but only SHOULD (RFC 9112, section 3). */
enum { CLOSED = 1 };

struct row {
    const char *what, *section; /* "9112 5.1" is section 5.1 of RFC 9112 */
    const char *bytes;
    size_t length;
    const char *again; /* follows `bytes` so many times, and then `tail`, where it is not NULL */
    size_t times;
    const char *tail;
    int wanted[4];   /* any of these, up to the first 0 */
    bool stays;      /* what is wrong leaves no doubt about where the request ends: the connection may stay */
    bool finishes;   /* nothing more is sent */
    int also;        /* or this from libmicrohttpd 1.0.1, which is as good */
    const char *why; /* it does not get what it should: why that cannot be helped, and with which version */
    bool is_answered; /* with `why`: but it gets one of the statuses */
};

#define ROW(what, section, bytes, ...)                                                                       \
    { what, section, bytes, sizeof(bytes) - 1, __VA_ARGS__ }
#define WITH(...) .wanted = {__VA_ARGS__}
#define BAD WITH(400)
#define LONG(what, section, bytes, again, times, tail, ...)                                                  \
    { what, section, bytes, sizeof(bytes) - 1, again, times, tail, __VA_ARGS__ }
#define LINE(what, section, line, ...) ROW(what, section, line "\r\nHost: a\r\n\r\n", __VA_ARGS__)
#define HEADER(what, section, line, ...)                                                                     \
    ROW(what, section, "GET /items HTTP/1.1\r\nHost: a\r\n" line "\r\n\r\n", __VA_ARGS__)
#define HOST(what, section, value, ...)                                                                      \
    ROW(what, section, "GET /items HTTP/1.1\r\nHost: " value "\r\n\r\n", __VA_ARGS__)
/* 35 bytes that are a body to one reader, and a request to another. */
#define THEN "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
#define FRAME(what, section, headers, ...)                                                                   \
    ROW(what, section, "POST /post HTTP/1.1\r\nHost: a\r\n" headers "\r\n\r\n" THEN, __VA_ARGS__)
#define CHUNKS "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
#define CHUNK(what, section, body, ...) ROW(what, section, CHUNKS body, __VA_ARGS__)

#define TWICE                                                                                                \
    .is_answered = true, .why = "libmicrohttpd 0.9.75 sends the head of its own answer to a bad "            \
                                "Content-Length twice"
/* 1.0.1 answers a line that is none only where it begins with a common method. */
#define OR_CLOSED .also = CLOSED
#define UNSEEN_CHUNKS .why = "libmicrohttpd 0.9.75 does not show what stands between chunks"
#define NUL_LF .why = "libmicrohttpd 0.9.75 takes NUL LF for CRLF, and leaves two NULs in place of either"

static const struct row request_lines[] = {
    ROW("no version, as in HTTP/0.9", "9112 3", "GET /items\r\n\r\n", BAD),
    LINE("no version before headers", "9112 3", "GET /items", BAD),
    LINE("only a method", "9112 3", "GET", WITH(400, CLOSED)),
    LINE("only a method and a space", "9112 3", "GET ", BAD),
    LINE("no method", "9112 3", "/items HTTP/1.1", BAD, OR_CLOSED),
    LINE("an empty method", "9112 3.1", " /items HTTP/1.1", WITH(400, CLOSED)),
    LINE("two spaces before the target", "9112 3", "GET  /items HTTP/1.1", BAD),
    LINE("two spaces behind the target", "9112 3", "GET /items  HTTP/1.1", BAD),
    LINE("a space behind the version", "9112 3", "GET /items HTTP/1.1 ", BAD),
    LINE("a tab behind the version", "9112 3", "GET /items HTTP/1.1\t", BAD),
    LINE("a tab before the target", "9112 3", "GET\t/items HTTP/1.1", BAD, OR_CLOSED),
    LINE("a tab behind the target", "9112 3", "GET /items\tHTTP/1.1", BAD),
    LINE("a vertical tab before the target", "9112 3", "GET\v/items HTTP/1.1", BAD, OR_CLOSED),
    LINE("a form feed behind the target", "9112 3", "GET /items\fHTTP/1.1", BAD, OR_CLOSED),
    LINE("a space before the method", "9112 2.2", " GET /items HTTP/1.1", WITH(400, CLOSED)),
    LINE("a tab before the method", "9112 2.2", "\tGET /items HTTP/1.1", BAD),
    LINE("a line of one space before the request", "9112 2.2", " \r\nGET /items HTTP/1.1", WITH(400, CLOSED)),
    LINE("a line of one CR before the request", "9112 2.2", "\r\r\nGET /items HTTP/1.1", WITH(400, CLOSED)),
    LINE("four parts", "9112 3", "GET /items HTTP/1.1 HTTP/1.1", BAD),
    LINE("a space in the target", "9112 3.2", "GET /items /x HTTP/1.1", BAD),
    LINE("@ in the method", "9110 9.1", "G@T /items HTTP/1.1", BAD),
    LINE("a colon in the method", "9110 9.1", "GET: /items HTTP/1.1", BAD),
    LINE("a comma in the method", "9110 9.1", "GET,POST /items HTTP/1.1", BAD),
    LINE("quotes around the method", "9110 9.1", "\"GET\" /items HTTP/1.1", BAD),
    LINE("a slash in the method", "9110 9.1", "GET/ /items HTTP/1.1", BAD),
    LINE("a bracket in the method", "9110 9.1", "GET[ /items HTTP/1.1", BAD),
    LINE("a brace in the method", "9110 9.1", "{GET} /items HTTP/1.1", BAD),
    LINE("a control character in the method", "9110 9.1", "G\001ET /items HTTP/1.1", BAD),
    LINE("a byte over 0x7F in the method", "9110 9.1", "G\xC3\x89T /items HTTP/1.1", BAD),
    LINE("NUL in the method", "9110 9.1", "GET\0 /items HTTP/1.1", BAD, OR_CLOSED),
    LINE("a method that nobody knows", "9110 9.1", "FROB /items HTTP/1.1", WITH(405, 501), .stays = true),
    LINE("a method in small letters", "9110 9.1", "get /items HTTP/1.1", WITH(405, 501), .stays = true),
    LINE("a method that is an escape", "9110 9.1", "G%45T /items HTTP/1.1", WITH(405, 501), .stays = true),
    LINE("TRACE", "9110 9.3.8", "TRACE /items HTTP/1.1", WITH(405, 501), .stays = true),
    LINE("HTTP in small letters", "9112 2.3", "GET /items http/1.1", BAD),
    LINE("HTTP in mixed letters", "9112 2.3", "GET /items Http/1.1", BAD),
    LINE("another protocol", "9112 2.3", "GET /items HTTPS/1.1", BAD),
    LINE("another protocol of four letters", "9112 2.3", "GET /items ICAP/1.1", BAD),
    LINE("a version without minor digit", "9112 2.3", "GET /items HTTP/1.", BAD),
    LINE("a version without major digit", "9112 2.3", "GET /items HTTP/.1", BAD),
    LINE("a version without point", "9112 2.3", "GET /items HTTP/11", BAD),
    LINE("a version of one digit", "9112 2.3", "GET /items HTTP/1", BAD),
    LINE("a version with two minor digits", "9112 2.3", "GET /items HTTP/1.10", BAD),
    LINE("a version with a leading zero", "9112 2.3", "GET /items HTTP/01.1", BAD),
    LINE("a version with a comma", "9112 2.3", "GET /items HTTP/1,1", BAD),
    LINE("a version with a sign", "9112 2.3", "GET /items HTTP/+1.1", BAD),
    LINE("a version with a letter", "9112 2.3", "GET /items HTTP/1.x", BAD),
    LINE("a version with a space", "9112 2.3", "GET /items HTTP/ 1.1", BAD),
    LINE("a version with a space before the slash", "9112 2.3", "GET /items HTTP /1.1", BAD),
    LINE("a version with a backslash", "9112 2.3", "GET /items HTTP\\1.1", BAD),
    LINE("a version with NUL", "9112 2.3", "GET /items HTTP/1.\0", BAD, OR_CLOSED),
    LINE("a version with NUL behind it", "9112 2.3", "GET /items HTTP/1.1\0", BAD, OR_CLOSED),
    LINE("version 0.9", "9110 2.5", "GET /items HTTP/0.9", WITH(505)),
    LINE("version 2.0", "9110 2.5", "GET /items HTTP/2.0", WITH(505)),
    LINE("version 9.9", "9110 2.5", "GET /items HTTP/9.9", WITH(505)),
    ROW("the preface of HTTP/2", "9110 2.5", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", WITH(505)),
    ROW("a lone LF behind the request line", "9112 2.2", "GET /items HTTP/1.1\nHost: a\r\n\r\n", BAD),
    ROW("a lone CR behind the request line", "9112 2.2", "GET /items HTTP/1.1\rHost: a\r\n\r\n", BAD),
    LINE("CR twice behind the request line", "9112 2.2", "GET /items HTTP/1.1\r", BAD),
    ROW("lone LFs in a request of HTTP/1.0", "9112 2.2", "GET /items HTTP/1.0\n\n", BAD),
    LINE("CR in the target", "9112 2.2", "GET /it\rems HTTP/1.1", BAD),
    LINE("NUL before the method", "9112 3", "\0GET /items HTTP/1.1", BAD, OR_CLOSED),
    LINE("a line that begins with NUL before the request", "9112 2.2", "\0x\r\nGET /items HTTP/1.1", BAD,
         OR_CLOSED, .why = "libmicrohttpd 0.9.75 takes a line that begins with NUL for an empty one"),
    ROW("TLS", "9112 3", "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00\r\n\r\n", WITH(400, CLOSED)),
    LONG("a method of 40 000 letters", "9110 9.1", "", "G", 40000, " /items HTTP/1.1\r\nHost: a\r\n\r\n",
         WITH(400, 414, 501), OR_CLOSED),
};

static const struct row targets[] = {
    LINE("a target of UTF-8", "3986 2", "GET /it\xC3\xA9ms HTTP/1.1", BAD),
    LINE("a byte over 0x7F in the target", "3986 2", "GET /items/\xFF HTTP/1.1", BAD),
    LINE("a byte over 0x7F in the query", "3986 2", "GET /items?\x80 HTTP/1.1", BAD),
    LINE("a control character in the target", "3986 2", "GET /items/\001 HTTP/1.1", BAD),
    LINE("a control character in the query", "3986 2", "GET /items?\x1F HTTP/1.1", BAD),
    LINE("DEL in the target", "3986 2", "GET /items/\x7F HTTP/1.1", BAD),
    LINE("a tab in the target", "3986 2", "GET /items/\tx HTTP/1.1", BAD),
    LINE("NUL in the target", "3986 2", "GET /items\0/x HTTP/1.1", BAD, OR_CLOSED),
    LINE("NUL behind the target", "3986 2", "GET /items\0 HTTP/1.1", BAD, OR_CLOSED),
    LINE("NUL in the query", "3986 2", "GET /items?x\0y HTTP/1.1", BAD, OR_CLOSED),
    LINE("a fragment", "9112 3.2", "GET /items#x HTTP/1.1", BAD),
    LINE("an empty fragment", "9112 3.2", "GET /items# HTTP/1.1", BAD),
    LINE("a fragment behind a query", "9112 3.2", "GET /items?x#y HTTP/1.1", BAD),
    LINE("a quote in the target", "3986 2", "GET /items/\" HTTP/1.1", BAD),
    LINE("angle brackets in the target", "3986 2", "GET /items/<x> HTTP/1.1", BAD),
    LINE("a backslash in the target", "3986 2", "GET \\items HTTP/1.1", BAD),
    LINE("a caret in the target", "3986 2", "GET /items/^ HTTP/1.1", BAD),
    LINE("a backquote in the target", "3986 2", "GET /items/` HTTP/1.1", BAD),
    LINE("braces in the target", "3986 2", "GET /items/{id} HTTP/1.1", BAD),
    LINE("a bar in the query", "3986 2", "GET /items?x|y HTTP/1.1", BAD),
    LINE("no slash", "9112 3.2.1", "GET items HTTP/1.1", BAD),
    LINE("only a query", "9112 3.2.1", "GET ?x HTTP/1.1", BAD),
    LINE("a path that goes up", "9112 3.2.1", "GET ../items HTTP/1.1", BAD),
    LINE("an escape that is cut off", "3986 2.1", "GET /items/% HTTP/1.1", BAD, .stays = true),
    LINE("an escape of one digit", "3986 2.1", "GET /items/%4 HTTP/1.1", BAD, .stays = true),
    LINE("an escape that is none", "3986 2.1", "GET /items/%zz HTTP/1.1", BAD, .stays = true),
    LINE("an escape with a sign", "3986 2.1", "GET /items/%+4 HTTP/1.1", BAD, .stays = true),
    LINE("an escape of UTF-16", "3986 2.1", "GET /items/%u0041 HTTP/1.1", BAD, .stays = true),
    LINE("an escaped NUL", "3986 7.3", "GET /items/%00 HTTP/1.1", BAD, .stays = true),
    LINE("an escaped byte that is no UTF-8", "3986 2.5", "GET /items/%FF HTTP/1.1", BAD, .stays = true),
    LINE("an escape that is none where nothing is", "3986 2.1", "GET /%zz HTTP/1.1", WITH(400, 404),
         .stays = true),
    LINE("GET *", "9112 3.2.4", "GET * HTTP/1.1", BAD),
    LINE("HEAD *", "9112 3.2.4", "HEAD * HTTP/1.1", BAD),
    LINE("DELETE *", "9112 3.2.4", "DELETE * HTTP/1.1", BAD),
    LINE("an asterisk with a query", "9112 3.2.4", "OPTIONS *?x HTTP/1.1", BAD),
    LINE("two asterisks", "9112 3.2.4", "OPTIONS ** HTTP/1.1", BAD),
    LINE("a host and port for GET", "9112 3.2.3", "GET a:80 HTTP/1.1", BAD),
    LINE("CONNECT", "9110 9.3.6", "CONNECT a:80 HTTP/1.1", WITH(400, 405, 501)),
    LINE("CONNECT with a path", "9110 9.3.6", "CONNECT /items HTTP/1.1", WITH(400, 405, 501)),
    ROW("CONNECT and what would go through the tunnel", "9110 9.3.6",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n" THEN, WITH(400, 405, 501)),
    LINE("a URI without host", "9110 4.2.1", "GET http:///items HTTP/1.1", BAD),
    LINE("a URI that ends before its host", "9110 4.2.1", "GET http:// HTTP/1.1", BAD),
    LINE("a URI with a query in place of a host", "9110 4.2.1", "GET http://?x HTTP/1.1", BAD),
    LINE("a URI with a port and no host", "9110 4.2.1", "GET http://:80/items HTTP/1.1", BAD),
    LINE("a URI with one slash", "9110 4.2.1", "GET http:/items HTTP/1.1", BAD),
    LINE("a URI with a user", "9110 4.2.4", "GET http://user@a/items HTTP/1.1", BAD),
    LINE("a URI with a user and password", "9110 4.2.4", "GET http://user:x@a/items HTTP/1.1", BAD),
    LINE("a URI with a port of letters", "3986 3.2.3", "GET http://a:b/items HTTP/1.1", BAD),
    LINE("a URI with a port that cannot be", "3986 3.2.3", "GET http://a:65536/items HTTP/1.1", BAD),
    LINE("a URI with an open bracket", "3986 3.2.2", "GET http://[::1/items HTTP/1.1", BAD),
    LINE("a URI with a bad address", "3986 3.2.2", "GET http://[::g]/items HTTP/1.1", BAD),
    LINE("a URI with two hosts", "3986 3.2.2", "GET http://a,b/items HTTP/1.1", BAD),
    LINE("a URI of another scheme", "9110 7.4", "GET ftp://a/items HTTP/1.1", WITH(400, 404, 421),
         .stays = true),
    LINE("a URI without authority", "9110 7.4", "GET mailto:a@b HTTP/1.1", WITH(400, 404, 421),
         .stays = true),
    LINE("a URI without scheme", "9112 3.2", "GET ://a/items HTTP/1.1", BAD),
    LONG("a target of 9000 bytes", "9112 3", "GET /", "x", 9000, " HTTP/1.1\r\nHost: a\r\n\r\n", WITH(414)),
    LONG("a query of 20 000 bytes", "9112 3", "GET /?", "x", 20000, " HTTP/1.1\r\nHost: a\r\n\r\n",
         WITH(414)),
    LONG("a target of 40 000 bytes", "9112 3", "GET /", "x", 40000, " HTTP/1.1\r\nHost: a\r\n\r\n",
         WITH(414)),
    LONG("a target without end", "9112 3", "GET /", "x", 200000, "", WITH(414)),
};

static const struct row headers[] = {
    HEADER("a space before the colon", "9112 5.1", "X : b", BAD),
    HEADER("a tab before the colon", "9112 5.1", "X\t: b", BAD),
    ROW("a space between Host and its colon", "9112 5.1", "GET /items HTTP/1.1\r\nHost : a\r\n\r\n", BAD),
    FRAME("a space between Content-Length and its colon", "9112 5.1", "Content-Length : 35", BAD),
    FRAME("a space between Transfer-Encoding and its colon", "9112 5.1", "Transfer-Encoding : chunked", BAD),
    HEADER("an empty name", "9112 5", ": b", BAD),
    HEADER("no colon", "9112 5", "X", BAD),
    HEADER("no colon, in a line of two words", "9112 5", "X b", BAD),
    HEADER("a space in a name", "9110 5.1", "X Y: b", BAD),
    HEADER("a slash in a name", "9110 5.1", "X/Y: b", BAD),
    HEADER("@ in a name", "9110 5.1", "X@Y: b", BAD),
    HEADER("a bracket in a name", "9110 5.1", "X[0]: b", BAD),
    HEADER("a parenthesis in a name", "9110 5.1", "X(: b", BAD),
    HEADER("a quote in a name", "9110 5.1", "\"X\": b", BAD),
    HEADER("a semicolon in a name", "9110 5.1", "X;: b", BAD),
    HEADER("= in a name", "9110 5.1", "X=Y: b", BAD),
    HEADER("a backslash in a name", "9110 5.1", "X\\: b", BAD),
    HEADER("a brace in a name", "9110 5.1", "{X: b", BAD),
    HEADER("a control character in a name", "9110 5.1", "X\001: b", BAD),
    HEADER("DEL in a name", "9110 5.1", "X\x7F: b", BAD),
    HEADER("UTF-8 in a name", "9110 5.1", "\xC3\x89: b", BAD),
    HEADER("NUL in a name", "9110 5.1", "X\0Y: b", BAD),
    HEADER("NUL at the start of a line", "9112 5", "\0X: b", BAD),
    HEADER("a line of NUL alone", "9112 5", "\0", BAD),
    ROW("NUL and LF in place of the empty line", "9112 2.1", "GET /items HTTP/1.1\r\nHost: a\r\n\0\n", BAD,
        NUL_LF),
    HEADER("NUL and LF in place of CRLF", "9112 2.2", "X: y\0\nZ: y", BAD, NUL_LF),
    HEADER("NUL in a value", "9110 5.5", "X: a\0b", BAD),
    HEADER("NUL at the end of a value", "9110 5.5", "X: a\0", BAD),
    HEADER("NUL in place of a value", "9110 5.5", "X:\0", BAD),
    HEADER("CR in a value", "9112 2.2", "X: a\rb", BAD),
    HEADER("CR at the end of a value", "9112 2.2", "X: a\r", BAD),
    HEADER("CR before a header in a value", "9112 2.2", "X: a\rContent-Length: 5", BAD),
    HEADER("CR in a name", "9112 2.2", "X\rY: b", BAD),
    HEADER("a control character in a value", "9110 5.5", "X: a\001b", BAD),
    HEADER("BEL in a value", "9110 5.5", "X: \a", BAD),
    HEADER("a vertical tab in a value", "9110 5.5", "X: a\vb", BAD),
    HEADER("a form feed before a value", "9110 5.5", "X:\fb", BAD),
    HEADER("ESC in a value", "9110 5.5", "X: \x1B[0m", BAD),
    HEADER("DEL in a value", "9110 5.5", "X: a\x7F", BAD),
    HEADER("a lone LF behind a header", "9112 2.2", "X: a\nY: b", BAD),
    ROW("a lone LF before the empty line", "9112 2.2", "GET /items HTTP/1.1\r\nHost: a\n\r\n", BAD),
    ROW("a lone LF in place of the empty line", "9112 2.2", "GET /items HTTP/1.1\r\nHost: a\r\n\n", BAD),
    ROW("a space before the first header", "9112 2.2", "GET /items HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n",
        BAD),
    ROW("a line of one space before the first header", "9112 2.2",
        "GET /items HTTP/1.1\r\n \r\nHost: a\r\n\r\n", BAD),
    HEADER("a folded header", "9112 5.2", "X: a\r\n b", BAD),
    HEADER("a header that is folded with a tab", "9112 5.2", "X: a\r\n\tb", BAD),
    HEADER("a header that is folded before its value", "9112 5.2", "X:\r\n b", BAD),
    HEADER("a header that is folded twice", "9112 5.2", "X: a\r\n b\r\n c", BAD),
    HEADER("a header with an empty fold", "9112 5.2", "X: a\r\n ", BAD),
    HEADER("a folded header before others", "9112 5.2", "X: a\r\n b\r\nY: c", BAD),
    HEADER("a header that is folded at a colon", "9112 5.2", "X: a\r\n Y: b", BAD),
    ROW("a folded Host", "9112 5.2", "GET /items HTTP/1.1\r\nHost:\r\n a\r\n\r\n", BAD),
    LONG("headers of 17 000 bytes", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\nX: ", "x", 17000,
         "\r\n\r\n", WITH(431)),
    LONG("headers of 31 000 bytes", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\nX: ", "x", 31000,
         "\r\n\r\n", WITH(431)),
    LONG("headers of 40 000 bytes", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\nX: ", "x", 40000,
         "\r\n\r\n", WITH(431)),
    LONG("headers that leave no room for the answer", "9110 5.4",
         "GET /items HTTP/1.1\r\nHost: a\r\nX: ", "x", 32300, "\r\n\r\n", WITH(431),
         .why = "libmicrohttpd 0.9.75 closes the connection where the request has used up its memory"),
    LONG("headers of more than 16 KiB with a body", "9110 5.4",
         "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\nX: ", "x", 17000, "\r\n\r\n" THEN,
         WITH(431)),
    LONG("a name of 20 000 bytes", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\n", "x", 20000,
         ": b\r\n\r\n", WITH(431)),
    LONG("a thousand headers", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\n", "X: y\r\n", 1000, "\r\n",
         WITH(431)),
    LONG("headers without end", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\n", "X: y\r\n", 20000, "",
         WITH(431)),
    LONG("a header without end", "9110 5.4", "GET /items HTTP/1.1\r\nHost: a\r\nX: ", "x", 200000, "",
         WITH(431)),
};

static const struct row hosts[] = {
    ROW("no Host", "9112 3.2", "GET /items HTTP/1.1\r\n\r\n", BAD),
    ROW("no Host, with a URI for a target", "9112 3.2", "GET http://a/items HTTP/1.1\r\nX: y\r\n\r\n", BAD),
    ROW("no Host, and a request behind it", "9112 3.2", "GET /items HTTP/1.1\r\n\r\n" THEN, BAD),
    HEADER("Host twice", "9112 3.2", "Host: a", BAD),
    HEADER("Host twice, in other letters", "9112 3.2", "hOST: a", BAD),
    HEADER("two Hosts", "9112 3.2", "Host: b", BAD),
    ROW("Host twice, in HTTP/1.0", "9112 3.2", "GET /items HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", BAD),
    HOST("an empty Host", "9110 4.2.1", "", BAD),
    HOST("a blank Host", "9110 4.2.1", "  \t", BAD),
    ROW("an empty Host, in HTTP/1.0", "9110 4.2.1", "GET /items HTTP/1.0\r\nHost:\r\n\r\n", BAD),
    HOST("a list of Hosts", "9110 7.2", "a, b", BAD),
    HOST("a list of Hosts without spaces", "9110 7.2", "a,b", BAD),
    HOST("a Host of two words", "9110 7.2", "a b", BAD),
    HOST("a Host of two words and a tab", "9110 7.2", "a\tb", BAD),
    HOST("a user in Host", "9110 7.2", "user@a", BAD),
    HOST("a user and password in Host", "9110 7.2", "user:x@a", BAD),
    HOST("a path in Host", "9110 7.2", "a/items", BAD),
    HOST("a query in Host", "9110 7.2", "a?x", BAD),
    HOST("a fragment in Host", "9110 7.2", "a#x", BAD),
    HOST("a URI in Host", "9110 7.2", "http://a", BAD),
    HOST("quotes around Host", "9110 7.2", "\"a\"", BAD),
    HOST("angle brackets around Host", "9110 7.2", "<a>", BAD),
    HOST("a backslash in Host", "9110 7.2", "a\\b", BAD),
    HOST("UTF-8 in Host", "9110 7.2", "\xC3\xA9", BAD),
    HOST("a bad escape in Host", "3986 2.1", "a%zz", BAD),
    HOST("an escape that is cut off in Host", "3986 2.1", "a%4", BAD),
    HOST("a port of letters", "3986 3.2.3", "a:http", BAD),
    HOST("a negative port", "3986 3.2.3", "a:-1", BAD),
    HOST("a port that cannot be", "3986 3.2.3", "a:65536", BAD),
    HOST("a port of many digits", "3986 3.2.3", "a:99999999999999999999", BAD),
    HOST("two ports", "3986 3.2.3", "a:80:80", BAD),
    HOST("a space before the port", "3986 3.2.3", "a: 80", BAD),
    HOST("only a port", "9110 4.2.1", ":80", BAD),
    HOST("an address of version 6 without brackets", "3986 3.2.2", "::1", BAD),
    HOST("an open bracket", "3986 3.2.2", "[::1", BAD),
    HOST("empty brackets", "3986 3.2.2", "[]", BAD),
    HOST("a bad address of version 6", "3986 3.2.2", "[::g]", BAD),
    HOST("an address of version 4 in brackets", "3986 3.2.2", "[127.0.0.1]", BAD),
    HOST("something behind an address", "3986 3.2.2", "[::1]x", BAD),
    HOST("an address that is too long", "3986 3.2.2",
         "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001]", BAD),
    ROW("a bad Host in HTTP/1.0", "9112 3.2", "GET /items HTTP/1.0\r\nHost: a/b\r\n\r\n", BAD),
};

static const struct row framing[] = {
    FRAME("a length with a plus", "9112 6.3", "Content-Length: +35", BAD, TWICE),
    FRAME("a length with a minus", "9112 6.3", "Content-Length: -35", BAD, TWICE),
    FRAME("a length of minus nothing", "9112 6.3", "Content-Length: -0", BAD, TWICE),
    FRAME("a length in hexadecimal", "9112 6.3", "Content-Length: 0x23", BAD, TWICE),
    FRAME("a length of letters", "9112 6.3", "Content-Length: abc", BAD, TWICE),
    FRAME("a length that ends in letters", "9112 6.3", "Content-Length: 35b", BAD, TWICE),
    FRAME("a length of two words", "9112 6.3", "Content-Length: 3 5", BAD, TWICE),
    FRAME("a length with a point", "9112 6.3", "Content-Length: 35.0", BAD, TWICE),
    FRAME("a length with an exponent", "9112 6.3", "Content-Length: 3e1", BAD, TWICE),
    FRAME("a length with an underscore", "9112 6.3", "Content-Length: 3_5", BAD, TWICE),
    FRAME("a length in quotes", "9112 6.3", "Content-Length: \"35\"", BAD, TWICE),
    FRAME("a length and a vertical tab", "9112 6.3", "Content-Length: \v35", BAD, TWICE),
    FRAME("a length in digits of another script", "9112 6.3", "Content-Length: \xD9\xA3\xD9\xA5", BAD, TWICE),
    FRAME("an empty length", "9112 6.3", "Content-Length:", BAD, TWICE),
    FRAME("a list of one length", "9112 6.3", "Content-Length: 35,", BAD, TWICE),
    FRAME("a list of equal lengths", "9112 6.3", "Content-Length: 35, 35", BAD, TWICE),
    FRAME("a list of two lengths", "9112 6.3", "Content-Length: 0, 35", BAD, TWICE),
    FRAME("a length that no 64 bits hold", "9112 6.3", "Content-Length: 18446744073709551616", WITH(400, 413),
          TWICE),
    FRAME("a length of many digits", "9112 6.3", "Content-Length: 99999999999999999999999999999999",
          WITH(400, 413), TWICE),
    FRAME("a length that 64 bits just hold", "9110 15.5.14", "Content-Length: 18446744073709551615",
          WITH(400, 413)),
    FRAME("NUL in a length", "9110 5.5",
          "Content-Length: 3\0"
          "5",
          BAD),
    FRAME("NUL behind a length", "9110 5.5", "Content-Length: 35\0", BAD),
    FRAME("two equal lengths", "9112 6.3", "Content-Length: 35\r\nContent-Length: 35", BAD),
    FRAME("two lengths", "9112 6.3", "Content-Length: 35\r\nContent-Length: 0", BAD),
    FRAME("two lengths, nothing first", "9112 6.3", "Content-Length: 0\r\nContent-Length: 35", BAD),
    FRAME("two lengths in other letters", "9112 6.3", "Content-Length: 0\r\ncontent-length: 35", BAD),
    FRAME("two lengths, the second bad", "9112 6.3", "Content-Length: 35\r\nContent-Length: x", BAD),
    FRAME("a folded length", "9112 5.2", "Content-Length: 3\r\n 5", BAD),
    FRAME("a length that is folded before its value", "9112 5.2", "Content-Length:\r\n 35", BAD, TWICE),
    ROW("a length of GET that is bad", "9112 6.3",
        "GET /items HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n" THEN, BAD, TWICE),
    FRAME("a length before chunks", "9112 6.1", "Content-Length: 35\r\nTransfer-Encoding: chunked", BAD),
    FRAME("a length behind chunks", "9112 6.1", "Transfer-Encoding: chunked\r\nContent-Length: 35", BAD),
    FRAME("a bad length beside chunks", "9112 6.1", "Transfer-Encoding: chunked\r\nContent-Length: x", BAD),
    FRAME("no length beside chunks", "9112 6.1", "Transfer-Encoding: chunked\r\nContent-Length:", BAD),
    ROW("a length of nothing beside chunks", "9112 6.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n" THEN,
        BAD),
    ROW("a length that ends inside the chunks", "9112 6.1",
        "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "23\r\n" THEN "\r\n0\r\n\r\n",
        BAD),
    FRAME("chunked twice", "9112 6.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", BAD),
    FRAME("chunked, then identity", "9112 6.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
          BAD),
    FRAME("identity, then chunked", "9112 6.1", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
          WITH(400, 501)),
    FRAME("chunked, then a coding that is none", "9112 6.1",
          "Transfer-Encoding: chunked\r\nTransfer-encoding: cow", BAD),
    FRAME("a list of chunked twice", "9112 6.1", "Transfer-Encoding: chunked, chunked", BAD),
    FRAME("gzip alone", "9112 6.3", "Transfer-Encoding: gzip", WITH(400, 501)),
    FRAME("gzip, then chunked", "9112 6.1", "Transfer-Encoding: gzip, chunked", WITH(501), .also = 400),
    FRAME("three codings", "9112 6.1", "Transfer-Encoding: gzip,deflate , chunked", WITH(501), .also = 400),
    FRAME("chunked, then gzip", "9112 6.3", "Transfer-Encoding: chunked, gzip", BAD),
    FRAME("identity", "9112 6.3", "Transfer-Encoding: identity", WITH(400, 501)),
    FRAME("identity in a list with chunked", "9112 6.1", "Transfer-Encoding: identity, chunked",
          WITH(400, 501)),
    FRAME("a coding that begins with chunked", "9112 6.3", "Transfer-Encoding: chunkedx", WITH(400, 501)),
    FRAME("a coding that ends with chunked", "9112 6.3", "Transfer-Encoding: xchunked", WITH(400, 501)),
    FRAME("chunked with a parameter", "9112 7.1", "Transfer-Encoding: chunked;q=1", WITH(400, 501)),
    FRAME("chunked in quotes", "9112 7", "Transfer-Encoding: \"chunked\"", WITH(400, 501)),
    FRAME("chunked of two words", "9112 7", "Transfer-Encoding: chunked x", WITH(400, 501)),
    FRAME("an empty coding", "9112 7", "Transfer-Encoding:", BAD),
    FRAME("a vertical tab before chunked", "9110 5.5", "Transfer-Encoding: \vchunked", BAD),
    FRAME("a vertical tab behind chunked", "9110 5.5", "Transfer-Encoding: chunked\v", BAD),
    FRAME("a control character before chunked", "9110 5.5", "Transfer-Encoding:\001chunked", BAD),
    FRAME("NUL behind chunked", "9110 5.5", "Transfer-Encoding: chunked\0", BAD),
    FRAME("NUL behind the name of the coding header", "9110 5.1", "Transfer-Encoding\0: chunked", BAD),
    FRAME("CR behind chunked", "9112 2.2", "Transfer-Encoding: chunked\r", BAD),
    FRAME("chunked and bytes over 0x7F", "9112 7", "Transfer-Encoding: chunked\xA0", WITH(400, 501)),
    FRAME("chunked behind a lone LF", "9112 2.2", "X: y\nTransfer-Encoding: chunked", BAD),
    FRAME("chunked behind a lone CR", "9112 2.2", "X: y\rTransfer-Encoding: chunked", BAD),
    FRAME("chunked in a folded line", "9112 5.2", "X: y\r\n Transfer-Encoding: chunked", BAD),
    FRAME("a fold before chunked", "9112 5.2", "Transfer-Encoding:\r\n chunked", BAD),
    FRAME("a fold with a tab before chunked", "9112 5.2", "Transfer-Encoding: \r\n\tchunked", BAD),
    FRAME("a fold behind chunked", "9112 5.2", "Transfer-Encoding: chunked\r\n , gzip", BAD),
    FRAME("a fold inside chunked", "9112 5.2", "Transfer-Encoding: chun\r\n ked", BAD),
    FRAME("an empty fold behind chunked", "9112 5.2", "Transfer-Encoding: chunked\r\n ", BAD),
    FRAME("a folded coding beside a length", "9112 5.2",
          "Content-Length: 35\r\nTransfer-Encoding:\r\n chunked", BAD),
    ROW("chunks in HTTP/1.0", "9112 6.1",
        "POST /post HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" THEN, BAD),
    ROW("chunks in HTTP/1.0 on a connection to be kept", "9112 6.1",
        "POST /post HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" THEN,
        BAD),
    ROW("a bad coding of GET", "9112 6.3",
        "GET /items HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n" THEN, WITH(400, 501)),
    ROW("a header that only looks like the coding", "9112 6.3",
        "POST /post HTTP/1.1\r\nHost: a\r\nTransfer_Encoding: chunked\r\n\r\n", WITH(411), .stays = true),
    ROW("neither length nor chunks", "9110 15.5.12", "POST /post HTTP/1.1\r\nHost: a\r\n\r\n", WITH(411),
        .stays = true),
};

static const struct row bodies[] = {
    CHUNK("a chunk size of letters", "9112 7.1", "xyz\r\n", BAD),
    CHUNK("a chunk size that ends in letters", "9112 7.1", "5g\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with 0x", "9112 7.1", "0x5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a negative chunk size", "9112 7.1", "-5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with a plus", "9112 7.1", "+5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a space before a chunk size", "9112 7.1", " 5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a space behind a chunk size", "9112 7.1", "5 \r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a tab behind a chunk size", "9112 7.1", "5\t\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a vertical tab before a chunk size", "9112 7.1", "\v5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size of two words", "9112 7.1", "5 x\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with a comma", "9112 7.1", "5,x\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with a point", "9112 7.1", "5.0\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with an underscore", "9112 7.1", "0_5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size with NUL", "9112 7.1", "5\0\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size in UTF-8", "9112 7.1", "\xD9\xA5\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("no chunk size", "9112 7.1", "\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("an extension without a chunk size", "9112 7.1", ";x=y\r\nhello\r\n0\r\n\r\n", BAD),
    CHUNK("a chunk size that no 64 bits hold", "9112 7.1", "10000000000000005\r\nhello\r\n0\r\n\r\n",
          WITH(400, 413)),
    CHUNK("a chunk size of many digits", "9112 7.1",
          "ffffffffffffffffffffffffffffffffffffffffffffffff\r\nhello\r\n0\r\n\r\n", WITH(400, 413)),
    LONG("a chunk size without end", "9112 7.1", CHUNKS, "0", 70000, "5\r\nhello\r\n0\r\n\r\n",
         WITH(400, 413, CLOSED)), /* 0.9.75 reads no further; the request runs out of time */
    CHUNK("a body that is none", "9112 7.1", "hello", BAD),
    CHUNK("more bytes than the chunk size says", "9112 7.1", "5\r\nhello!\r\n0\r\n\r\n", BAD),
    CHUNK("no CRLF behind a chunk", "9112 7.1", "5\r\nhello0\r\n\r\n", BAD),
    CHUNK("two bytes in place of CRLF behind a chunk", "9112 7.1", "5\r\nhelloXX0\r\n\r\n", BAD),
    CHUNK("a lone CR behind a chunk", "9112 7.1", "5\r\nhello\r0\r\n\r\n", BAD),
    CHUNK("a lone CR behind a chunk size", "9112 7.1", "5\rhello\r\n0\r\n\r\n", BAD),
    CHUNK("a request behind a chunk", "9112 7.1", "5\r\nhello" THEN, BAD),
    CHUNK("a lone LF behind a chunk size", "9112 7.1", "5\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a lone LF behind a chunk", "9112 7.1", "5\r\nhello\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a lone LF behind the last chunk size", "9112 7.1", "5\r\nhello\r\n0\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a lone LF at the end of a body", "9112 7.1", "5\r\nhello\r\n0\r\n\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a chunk that is one byte too short", "9112 7.1", "5\r\nhell\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a lone LF in an extension", "9112 7.1.1", "5;x\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("a lone CR in an extension", "9112 7.1.1", "5;x\ry\r\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("NUL in an extension", "9112 7.1.1", "5;x\0\r\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("an extension without a name", "9112 7.1.1", "5;=y\r\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    CHUNK("an empty extension", "9112 7.1.1", "5;\r\nhello\r\n0\r\n\r\n", BAD, UNSEEN_CHUNKS),
    LONG("an extension without end", "9112 7.1.1", CHUNKS "5;x=", "y", 70000, "\r\nhello\r\n0\r\n\r\n",
         WITH(400, 413), .why = "libmicrohttpd answers 500 where its memory holds no whole extension"),
    CHUNK("a space before the colon of a trailer", "9112 7.1.2", "0\r\nX : y\r\n\r\n" THEN, BAD),
    CHUNK("a trailer without colon", "9112 7.1.2", "0\r\nX\r\n\r\n" THEN, BAD),
    CHUNK("a second trailer without colon", "9112 7.1.2", "0\r\nX: y\r\nX\r\n\r\n" THEN, BAD),
    CHUNK("a trailer without name", "9112 7.1.2", "0\r\n: y\r\n\r\n" THEN, BAD),
    CHUNK("a bracket in the name of a trailer", "9112 7.1.2", "0\r\nX[: y\r\n\r\n" THEN, BAD),
    CHUNK("a control character in a trailer", "9112 7.1.2", "0\r\nX: \001\r\n\r\n" THEN, BAD),
    CHUNK("CR in a trailer", "9112 7.1.2", "0\r\nX: y\rZ: y\r\n\r\n" THEN, BAD),
    CHUNK("NUL in a trailer before another", "9112 7.1.2", "0\r\nX: y\0\r\nZ: y\r\n\r\n" THEN, BAD),
    CHUNK("a lone LF behind a trailer before another", "9112 7.1.2", "0\r\nX: y\nZ: y\r\n\r\n" THEN, BAD),
    CHUNK("a folded trailer", "9112 5.2", "0\r\nX: y\r\n z\r\n\r\n" THEN, BAD),
    CHUNK("a request in place of trailers", "9112 7.1.2", "0\r\n" THEN, BAD),
    LONG("trailers without end", "9110 5.4", CHUNKS "0\r\n", "X: y\r\n", 20000, "", WITH(431)),
    LONG("a trailer without end", "9110 5.4", CHUNKS "0\r\nX: ", "x", 70000, "", WITH(431)),
    LONG("chunks of too much", "9110 15.5.14", CHUNKS, "5\r\nhello\r\n", 201, "0\r\n\r\n", WITH(413),
         .stays = true),
    LONG("a body of too much", "9110 15.5.14",
         "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", "x", 1001, "", WITH(413),
         .stays = true),
    FRAME("a length of too much to wait for", "9110 15.5.14", "Content-Length: 99999999999", WITH(413)),
    FRAME("a body of too much that waits to be asked for", "9110 10.1.1",
          "Content-Length: 5000\r\nExpect: 100-continue", WITH(413, 417)),
    ROW("a body that is cut off", "9112 8", "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell",
        WITH(400, CLOSED), .finishes = true),
    CHUNK("a chunk that is cut off", "9112 8", "5\r\nhell", WITH(400, CLOSED), .finishes = true),
    CHUNK("chunks that are cut off", "9112 8", "5\r\nhello\r\n", WITH(400, CLOSED), .finishes = true),
    CHUNK("chunks without the empty line at the end", "9112 8", "5\r\nhello\r\n0\r\n", WITH(400, CLOSED),
          .finishes = true),
    ROW("headers that are cut off", "9112 8", "GET /items HTTP/1.1\r\nHost: a\r\n", WITH(400, CLOSED),
        .finishes = true),
    ROW("a request line that is cut off", "9112 8", "GET /items HT", WITH(400, CLOSED), .finishes = true),
    CHUNK("an extension that some end at LF, with a chunk for others behind it", "9112 7.1.1",
          "2;\n26\r\nxx\r\n0\r\n\r\n" THEN, BAD),
};

/* What the handler is asked for, past what a malformed request hides. */
static void handle(void *context, const chs_request *request, chs_exchange *exchange) {
    static const unsigned statuses[] = {200, 404, 308, 405, 400, 411, 413, 503, 400, 501, 414, 431};
    if (strcmp(request->path, "/smuggled") == 0) atomic_fetch_add((atomic_int *)context, 1);
    chs_respond(exchange, statuses[request->fault], NULL, 0, "answer", 6);
}

struct outcome {
    int status; /* CLOSED without an answer; 0: neither came in time */
    int heads;
    bool stays; /* the connection does not close */
};

static const char good[] = "GET /items HTTP/1.1\r\nHost: a\r\n";

static void send_row(struct client *client, const struct row *row) {
    /* The server may close before all is sent. */
    bool open = client_send(client, row->bytes, row->length);
    if (row->again != NULL) {
        size_t size = strlen(row->again) * row->times;
        char *bytes = malloc(size);
        if (bytes == NULL) abort();
        for (size_t i = 0; i < row->times; i++)
            memcpy(bytes + i * strlen(row->again), row->again, strlen(row->again));
        open = open && client_send(client, bytes, size) && client_send_text(client, row->tail);
        free(bytes);
    }
    if (row->finishes) client_finish(client);
}

/* Is this a whole answer of the handler's, on a connection that it leaves open? */
static bool leaves_open(const char *received) {
    const char *body = strstr(received, "\r\n\r\n");
    return body != NULL && strcmp(body + 4, "answer") == 0 && strstr(received, "Connection: close") == NULL;
}

static struct outcome receive_outcome(struct client *client) {
    char received[16384];
    size_t length = 0;
    struct outcome outcome = {.stays = true};
    const struct timeval limit = {.tv_sec = 3};
    setsockopt(client->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    received[0] = '\0';
    while (!leaves_open(received) && length < sizeof received - 1) {
        ssize_t count = recv(client->fd, received + length, sizeof received - 1 - length, 0);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) break;
        outcome.stays = count > 0;
        if (count <= 0) break;
        length += (size_t)count;
        received[length] = '\0';
    }
    for (const char *p = received; (p = strstr(p, "HTTP/1.1 ")) != NULL; p++)
        outcome.heads += isdigit((unsigned char)p[sizeof "HTTP/1.1 " - 1]) != 0; /* a page may name it, too */
    if (strncmp(received, "HTTP/1.1 ", 9) == 0)
        outcome.status = atoi(received + 9);
    else if (!outcome.stays)
        outcome.status = CLOSED;
    return outcome;
}

static bool is_wanted(const struct row *row, int status) {
    for (size_t i = 0; i < sizeof row->wanted / sizeof *row->wanted && row->wanted[i] != 0; i++)
        if (row->wanted[i] == status) return true;
    return row->also != 0 && row->also == status && library_is("1.0.1");
}

static bool is_served(struct client *client) {
    struct reply reply = client_ask(client, good);
    bool served = reply.status == 200;
    reply_free(&reply);
    return served;
}

/* Sends a request that is to be refused, and a good one on a connection of its own. */
static void expect_row(const struct row *row, uint16_t port, atomic_int *smuggled) {
    struct client client = client_open(port);
    send_row(&client, row);
    struct outcome outcome = receive_outcome(&client);
    /* What follows on a connection that stays open must be understood as it was meant. */
    bool ends = !outcome.stays || (row->stays && is_served(&client));
    bool answered = is_wanted(row, outcome.status) && ends && atomic_load(smuggled) == 0;
    bool right = answered && outcome.heads == (outcome.status == CLOSED ? 0 : 1);
    if (concerns_library(row->why)) {
        char known[256];
        snprintf(known, sizeof known, "%s (RFC %s): %s", row->what, row->section, row->why);
        CHECK_KNOWN(right, known);
        right = !row->is_answered || CHECK(answered);
    } else {
        CHECK(right);
    }
    client_close(&client);
    client = client_open(port);
    right = CHECK(is_served(&client)) && right;
    client_close(&client);
    if (!right)
        fprintf(stderr, "  %s (RFC %s): status %d, %d heads, %s, %d smuggled\n", row->what, row->section,
                outcome.status, outcome.heads, outcome.stays ? "open" : "closed", atomic_load(smuggled));
    atomic_store(smuggled, 0);
}

static void malformed_requests_are_refused(void) {
    static const struct {
        const struct row *rows;
        size_t count;
    } tables[] = {
        {request_lines, sizeof request_lines / sizeof *request_lines},
        {targets, sizeof targets / sizeof *targets},
        {headers, sizeof headers / sizeof *headers},
        {hosts, sizeof hosts / sizeof *hosts},
        {framing, sizeof framing / sizeof *framing},
        {bodies, sizeof bodies / sizeof *bodies},
    };
    atomic_int smuggled = 0;
    chs_config config = {.handler = handle, .context = &smuggled, .request_timeout = 1};
    struct fixture *fixture = fixture_start(&config, NULL);
    /* libmicrohttpd may notice the end of a connection only when it idles out. */
    config.idle_timeout = 1;
    struct fixture *impatient = fixture_start(&config, NULL);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (size_t j = 0; j < tables[i].count; j++) {
            const struct row *row = &tables[i].rows[j];
            expect_row(row, row->finishes ? impatient->port : fixture->port, &smuggled);
        }
    }
    fixture_stop(impatient);
    fixture_stop(fixture);
}

#define ALPHANUMERIC "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* Every byte that there is, in every place; those that mean something there stand in the tables above. */
static void bytes_are_where_they_may_be(void) {
    static const struct {
        const char *what, *section, *before, *behind, *allowed, *left_out;
        int status; /* with an allowed byte */
    } places[] = {
        {"a byte in the method", "9110 5.6.2", "G", "T /items HTTP/1.1\r\nHost: a\r\n\r\n",
         ALPHANUMERIC "!#$%&'*+-.^_`|~", "\nE", 405},
        {"a byte in the target", "3986 2", "GET /items/a", "b HTTP/1.1\r\nHost: a\r\n\r\n",
         ALPHANUMERIC "-._~:?[]@!$&'()*+,;=", "%/", 200},
        {"a byte in the name of a header", "9110 5.6.2", "GET /items HTTP/1.1\r\nHost: a\r\nX",
         "Y: z\r\n\r\n", ALPHANUMERIC "!#$%&'*+-.^_`|~:", "", 200},
        {"a byte in Host", "3986 3.2.2", "GET /items HTTP/1.1\r\nHost: a", "b\r\n\r\n",
         ALPHANUMERIC "-._~!$&'()*+;=", "", 200},
        {"a byte in a value", "9110 5.5", "GET /items HTTP/1.1\r\nHost: a\r\nX: a", "b\r\n\r\n", NULL, "",
         200},
    };
    atomic_int smuggled = 0;
    chs_config config = {.handler = handle, .context = &smuggled, .request_timeout = 1};
    struct fixture *fixture = fixture_start(&config, NULL);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (int byte = 0; byte < 256; byte++) {
            if (byte != 0 && strchr(places[i].left_out, byte) != NULL) continue;
            char request[128];
            int length =
                snprintf(request, sizeof request, "%s%c%s", places[i].before, byte, places[i].behind);
            bool allowed = places[i].allowed == NULL ? (byte >= ' ' && byte != 0x7F) || byte == '\t'
                                                     : byte != 0 && strchr(places[i].allowed, byte) != NULL;
            struct row row = {places[i].what, places[i].section, request, (size_t)length, .stays = allowed};
            row.wanted[0] = allowed ? places[i].status : 400;
            if (!allowed) row.also = CLOSED;
            expect_row(&row, fixture->port, &smuggled);
        }
    }
    fixture_stop(fixture);
}

void test_malformed(void) {
    malformed_requests_are_refused();
    bytes_are_where_they_may_be();
}
