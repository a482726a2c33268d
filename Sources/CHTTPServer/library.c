#include "library.h"

#include "CHTTPServer.h"

#include <microhttpd.h>
#include <string.h>

/* Those of Debian 12 and 13. With a new one: add a line, run `make libraries` with it, and write down in the
 * tests what cannot be helped; when they pass, it is proven. */
static const struct library known[] = {
    /* Strict, it refuses nothing that chs_check_head does not, but without an answer or with one that has its
     * head twice. */
    {.version = "0.9.75",
     .is_proven = true,
     .lines_follow = true,
     .hides_query = true,
     .hides_expectation = true},
    /* Not strict, it takes folded headers and lone LFs, and shows none of them. */
    {.version = "1.0.1", .is_proven = true, .is_strict = true, .hides_query = true},
};

/* What is taken out of its sight is memory that it lends as const: only where that was tried. */
static const struct library unknown = {.version = "unknown", .is_strict = true};

const struct library *chs_library(void) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(MHD_get_version(), known[i].version) == 0) return &known[i];
    return &unknown;
}

const char *chs_library_version(void) {
    return MHD_get_version();
}

bool chs_library_is_proven(void) {
    return chs_library()->is_proven;
}
