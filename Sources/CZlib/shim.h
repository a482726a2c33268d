#include <zlib.h>

/* inflateInit2 is a macro, which Swift does not see. 47: a zlib or gzip header, whichever comes. */
static inline int czlib_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 47);
}
