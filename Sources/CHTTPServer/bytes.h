/* Lowest floor: bytes, their meaning in URIs, and the clock. Knows nothing of HTTP servers. */
#ifndef CHS_BYTES_H
#define CHS_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nanoseconds, to multiply with. */
#define CHS_MS INT64_C(1000000)
#define CHS_SECOND (1000 * CHS_MS)

/* Nanoseconds of a clock that never goes back. */
int64_t chs_now(void);
/* Less than a second. */
void chs_pause_ms(long ms);

/* FNV-1a, 64 bits: the same on every machine. */
uint64_t chs_hash(const void *bytes, size_t length);
/* Decodes %XX (RFC 3986, section 2.1) into `to`, which may not overlap and has room for as much as `text`.
 * False at a bad escape, or one that hides '/' or NUL. */
bool chs_percent_decode(const char *text, char *to);
/* RFC 3629, section 4. */
bool chs_is_utf8(const char *text);
/* Of "http://" or "https://", in any letter case, at the start of a request target; 0: neither. */
size_t chs_scheme_length(const char *target);

#endif
