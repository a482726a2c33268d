/* The phrase files of Sources/SMTPExplain/Phrases, embedded by the compiler. */
#ifndef CPHRASES_H
#define CPHRASES_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/* One file, UTF-8; static, not NUL-terminated. */
typedef struct {
    const char *language; /* As the file is named: "en". */
    const unsigned char *bytes;
    size_t size;
} phrase_file;

/* The file of that number from 0 on; NULL behind the last one. */
const phrase_file *_Nullable phrase_file_at(size_t number);

#pragma clang assume_nonnull end

#endif
