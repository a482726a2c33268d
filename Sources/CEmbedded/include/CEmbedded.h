/* Files of the repository that the service serves as they are, embedded by the compiler. */
#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/* openapi.yaml; static, not NUL-terminated. */
const unsigned char *embedded_openapi(void);
size_t embedded_openapi_size(void);

/* A file of the lookup page. All of it is static. */
typedef struct {
    const char *name;           /* as "page.css" */
    const unsigned char *bytes; /* not NUL-terminated */
    size_t size;
} embedded_file;

/* The files in Sources/CEmbedded/page, page.html first. */
const embedded_file *embedded_page_files(void);
size_t embedded_page_file_count(void);

#pragma clang assume_nonnull end

#endif
