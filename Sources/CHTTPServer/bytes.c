#include "bytes.h"

#include <strings.h>
#include <time.h>

int64_t chs_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * CHS_SECOND + now.tv_nsec;
}

void chs_pause_ms(long ms) {
    nanosleep(&(struct timespec){.tv_nsec = ms * CHS_MS}, NULL);
}

uint64_t chs_hash(const void *bytes, size_t length) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char *p = bytes, *end = p + length; p < end; p++) hash = (hash ^ *p) * 0x100000001b3;
    return hash;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool chs_percent_decode(const char *text, char *to) {
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_digit(from[1]);
        int low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0) return false;
        char byte = (char)(high << 4 | low);
        if (byte == '\0' || byte == '/') return false;
        *to++ = byte;
        from += 2;
    }
    *to = '\0';
    return true;
}

/* How many bytes the UTF-8 sequence at `s` has; 0 if it is none. Stops at NUL. */
static size_t utf8_sequence(const unsigned char *s) {
    if (s[0] < 0x80) return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
    size_t length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    unsigned char least = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char most = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < least || s[1] > most) return 0;
    for (size_t i = 2; i < length; i++)
        if (s[i] < 0x80 || s[i] > 0xBF) return 0;
    return length;
}

bool chs_is_utf8(const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0') {
        size_t length = utf8_sequence(s);
        if (length == 0) return false;
        s += length;
    }
    return true;
}

size_t chs_scheme_length(const char *target) {
    return strncasecmp(target, "http://", 7) == 0 ? 7 : strncasecmp(target, "https://", 8) == 0 ? 8 : 0;
}
