/* The data files of Sources/SMTPExplain, embedded by the compiler: its phrases, and the names of HTML's
 * characters. */
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

/* Messages/entities.tsv, ASCII; static, not NUL-terminated. */
const unsigned char *html_entities(void);
size_t html_entities_size(void);

#pragma clang assume_nonnull end

#endif
