/* Long work in turn, so that a worker gets back to everybody else.
 *
 * A worker goes round: it serves whoever is ready, and then whoever is ready next. In each round it may do
 * some milliseconds of long work of a kind. Who comes when these are used up, or behind others who wait,
 * stands in line: its connection is suspended, which costs nothing, and resumed in a later round. */
#ifndef CHS_TURNS_H
#define CHS_TURNS_H

#include "bytes.h"

#include <stdatomic.h>

#include <microhttpd.h>

/* The kinds of long work. */
enum {
    SINGLES, /* to answer a request with a small body */
    BULK,    /* to answer one with a large body, or to make the next piece of a stream */
    LINES
};

/* A place in a line. */
struct turn {
    struct turn *next;
    struct MHD_Connection *connection;
    bool is_granted; /* it has waited: it may work */
};

struct line {
    struct turn *first, *last;
    int64_t spent; /* nanoseconds of work in this round */
};

/* Of one worker, for its thread alone. */
struct turns {
    struct line lines[LINES];
    bool has_called;        /* the library has called us in this round */
    _Atomic(int64_t) began; /* this round; for other threads to see */
};

/* May it work now? If not, it stands in line from now on, in front of the others if it `has_begun` its work.
 * To be asked in a callback in which the library lets a connection be suspended. */
bool chs_take_turn(struct turns *turns, size_t line, struct turn *turn, bool has_begun);
/* It can do nothing now: it stands in line from now on, behind the others. To be asked where the former is.
 */
void chs_pass_turn(struct turns *turns, size_t line, struct turn *turn);
/* It has worked since then, a time of chs_now. */
void chs_end_turn(struct turns *turns, size_t line, int64_t since);
/* Begins a round: resumes those whose turn it is; or all, where the server ends. */
void chs_begin_round(struct turns *turns, bool all);
bool chs_has_waiting(const struct turns *turns);

#endif
