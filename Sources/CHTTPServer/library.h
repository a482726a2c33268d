/* The libmicrohttpd that runs, which need not be the one whose header was compiled against, and its ways. */
#ifndef CHS_LIBRARY_H
#define CHS_LIBRARY_H

#include <stdbool.h>

struct library {
    const char *version; /* as MHD_get_version has it */
    bool is_proven;      /* all tests pass with it */
    /* It is asked to refuse what RFC 9112 lets a server refuse, and does so before anything is seen here. */
    bool is_strict;
    /* It leaves every string of a request where it received it, so that what stands between two shows. */
    bool lines_follow;
    /* It keeps a record for each part of a query, in memory too small for them, and does not take the query
     * back: the query is taken out of its sight. */
    bool hides_query;
    /* It awaits a body wherever a client waits to be told to go on: the expectation is taken out of its sight
     * where there is none. */
    bool hides_expectation;
};

/* Its ways; where its version is not known, what is safe with any. */
const struct library *chs_library(void);

#endif
