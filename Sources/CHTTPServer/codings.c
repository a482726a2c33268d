#include "codings.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A weight as `struct codings` has it: "0", "0.5", "1.000", with at most three decimals; 0 for anything else.
 */
static unsigned short weight(const char *text, size_t length) {
    if (length == 0 || length > sizeof "1.000" - 1) return 0;
    if (text[0] != '0' && text[0] != '1') return 0;
    if (length > 1 && text[1] != '.') return 0;
    unsigned value = text[0] == '1' ? 1000 : 0;
    unsigned unit = 100;
    for (size_t i = 2; i < length; i++, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        value += (unsigned)(text[i] - '0') * unit;
    }
    return value <= 1000 ? (unsigned short)(value + 1) : 0;
}

static bool is(const char *text, size_t length, const char *name) {
    return length == strlen(name) && strncasecmp(text, name, length) == 0;
}

static void read_coding(struct codings *codings, const char *text, size_t length) {
    static const char blanks[] = " \t;";
    size_t name = strcspn(text, " \t;,");
    const char *rest = text + name + strspn(text + name, blanks);
    const char *end = text + length;
    unsigned short of_name = 1001;
    if (rest < end) {
        while (end > rest && (end[-1] == ' ' || end[-1] == '\t')) end--;
        bool has_weight = end - rest > 2 && (rest[0] == 'q' || rest[0] == 'Q') && rest[1] == '=';
        of_name = has_weight ? weight(rest + 2, (size_t)(end - rest) - 2) : 0;
    }
    if (of_name == 0) return;
    if (is(text, name, "gzip") || is(text, name, "x-gzip")) codings->gzip = of_name;
    if (is(text, name, "identity")) codings->identity = of_name;
    if (is(text, name, "*")) codings->any = of_name;
}

void chs_read_codings(struct codings *codings, const char *value) {
    for (const char *p = value; *p != '\0';) {
        p += strspn(p, " \t,");
        size_t length = strcspn(p, ",");
        if (length > 0) read_coding(codings, p, length);
        p += length;
    }
}

bool chs_prefers_gzip(const struct codings *codings) {
    unsigned short gzip = codings->gzip != 0 ? codings->gzip : codings->any;
    return gzip > 1 && gzip >= codings->identity;
}
