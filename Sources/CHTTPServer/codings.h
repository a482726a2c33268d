/* Which content codings a client takes (RFC 9110, section 12.5.3). */
#ifndef CHS_CODINGS_H
#define CHS_CODINGS_H

#include <stdbool.h>

/* The weights that Accept-Encoding gives, in thousandths; one more, so that 0 means: not named. */
struct codings {
    unsigned short gzip;
    unsigned short identity;
    unsigned short any; /* "*" */
};

/* Reads one Accept-Encoding; where there are several, each adds to the others. What is malformed in it is
 * passed over. */
void chs_read_codings(struct codings *codings, const char *value);
/* Does the client take gzip, and not rather have the bytes as they are? */
bool chs_prefers_gzip(const struct codings *codings);

#endif
