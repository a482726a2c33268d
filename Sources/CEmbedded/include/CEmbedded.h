/* Files of the repository that the service serves as they are, embedded by the compiler. */
#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/* openapi.yaml; static, not NUL-terminated. */
const unsigned char *embedded_openapi(void);
size_t embedded_openapi_size(void);

/* page.html; static, not NUL-terminated. */
const unsigned char *embedded_page(void);
size_t embedded_page_size(void);

#pragma clang assume_nonnull end

#endif
