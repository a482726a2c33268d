#include "listener.h"

#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What a connection may keep in the kernel that is not on its way yet: a client that takes nothing costs no
 * more. */
enum { UNSENT = 32 * 1024 };

/* These hold for every connection that is accepted. Answers are sent in one piece, so that there is nothing
 * to collect: TCP shall not wait for the client to acknowledge the end of a TLS handshake first. */
static bool set_options(int fd, int family) {
    int on = 1, off = 0, unsent = UNSENT;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
           setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
           setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent) == 0 &&
           (family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0);
}

/* A listening socket on one address; -1 with errno set. */
static int listen_on(int family, const struct sockaddr *address, socklen_t length) {
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    if (set_options(fd, family) && bind(fd, address, length) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static chs_status status_of_errno(void) {
    switch (errno) {
    case EADDRINUSE: return CHS_ADDRESS_IN_USE;
    case EACCES: return CHS_NOT_PERMITTED;
    case EADDRNOTAVAIL: return CHS_BAD_HOST;
    case ENOMEM: return CHS_OUT_OF_MEMORY;
    default: return CHS_SYSTEM_ERROR;
    }
}

chs_status chs_listen(const char *host, uint16_t port, int *listener) {
    char digits[6];
    snprintf(digits, sizeof digits, "%u", (unsigned)port);
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *addresses = NULL;
    if (getaddrinfo(host, digits, &hints, &addresses) != 0) return CHS_BAD_HOST;
    *listener = -1;
    for (struct addrinfo *a = addresses; a != NULL && *listener < 0; a = a->ai_next)
        *listener = listen_on(a->ai_family, a->ai_addr, a->ai_addrlen);
    freeaddrinfo(addresses);
    /* A machine without IPv6 still has the IPv4 half of "every address". */
    if (*listener < 0 && errno == EAFNOSUPPORT && strcmp(host, "::") == 0) {
        struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
        *listener = listen_on(AF_INET, (const struct sockaddr *)&any, sizeof any);
    }
    return *listener >= 0 ? CHS_OK : status_of_errno();
}

uint16_t chs_port_of(int listener) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(listener, (struct sockaddr *)&address, &length) != 0) return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

void chs_refuse_handshakes(int listener) {
    int nowhere = INT_MAX; /* no interface has this number */
    (void)setsockopt(listener, SOL_SOCKET, SO_BINDTOIFINDEX, &nowhere, sizeof nowhere);
}

/* Of a socket that listens, tcpi_unacked is the length of its queue; not every kernel fills it in. */
unsigned chs_count_waiting(int listener) {
    struct pollfd watched = {.fd = listener, .events = POLLIN};
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (poll(&watched, 1, 0) <= 0) return 0;
    bool is_known = getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_unacked > 0;
    return is_known ? info.tcpi_unacked : 1;
}
