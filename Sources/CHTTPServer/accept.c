/* A thread that takes connections and hands them to the workers.
 *
 * libmicrohttpd could listen itself, but 0.9.75 cannot safely be made to stop: while its threads are busy,
 * MHD_quiesce_daemon now and then finds the socket gone that it wants to remove, and aborts. So it gets no
 * listening socket, and a limit that it never reaches: the limit is kept here, for all threads together. */
#define _GNU_SOURCE /* accept4 */

#include "internal.h"

#include <errno.h>
#include <linux/filter.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

/* Until it is looked again whether there is room. */
enum { WAIT_MS = 5 };

static bool reserve(chs_server *server) {
    pthread_mutex_lock(&server->connections_lock);
    bool has_room = !chs_is_full(server);
    if (has_room) server->handed++;
    pthread_mutex_unlock(&server->connections_lock);
    return has_room;
}

void chs_forget_handed(chs_server *server) {
    pthread_mutex_lock(&server->connections_lock);
    server->handed--;
    pthread_mutex_unlock(&server->connections_lock);
}

bool chs_is_full(const chs_server *server) {
    return server->connection_count + server->handed >= server->connection_limit;
}

bool chs_take_connections(chs_server *server) {
    while (reserve(server)) {
        struct sockaddr_storage address;
        socklen_t length = sizeof address;
        int fd =
            accept4(server->listener, (struct sockaddr *)&address, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        int error = errno;
        if (fd >= 0) {
            chs_hand_over(server, fd, &address);
            continue;
        }
        chs_forget_handed(server);
        if (error == EAGAIN) return true;
        /* Any other error is that of one connection, or of a system that may recover. */
        if (error != ECONNABORTED && error != EINTR) return false;
    }
    return false;
}

static void *run(void *context) {
    chs_server *server = context;
    struct pollfd listener = {.fd = server->listener, .events = POLLIN};
    while (atomic_load(&server->listens))
        if (chs_take_connections(server))
            poll(&listener, 1, -1);
        else
            chs_pause_ms(WAIT_MS);
    return NULL;
}

bool chs_start_accepting(chs_server *server) {
    atomic_store(&server->listens, true);
    errno = pthread_create(&server->acceptor, NULL, run, server);
    if (errno == 0) return true;
    atomic_store(&server->listens, false);
    return false;
}

void chs_refuse_handshakes(chs_server *server) {
    enum { FLAGS = 13, SYN = 0x02, ACK = 0x10 }; /* of a TCP header, RFC 9293, section 3.1 */
    struct sock_filter drop_first_packets[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, SYN | ACK),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYN, 0, 1), /* SYN alone: the next, else the one behind it */
        BPF_STMT(BPF_RET | BPF_K, 0),                   /* nothing of the packet is kept */
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),          /* all of it */
    };
    const struct sock_fprog program = {sizeof drop_first_packets / sizeof *drop_first_packets,
                                       drop_first_packets};
    (void)setsockopt(server->listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

void chs_stop_accepting(chs_server *server) {
    if (!atomic_exchange(&server->listens, false)) return;
    shutdown(server->listener, SHUT_RDWR); /* wakes the thread as well */
    pthread_join(server->acceptor, NULL);
}

void chs_pause_ms(long ms) {
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000 * 1000}, NULL);
}
