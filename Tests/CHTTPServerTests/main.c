/* Tests of the C module without Swift, to be run under sanitizers: `make libraries`. */
#include "check.h"

#include "CHTTPServer.h"

#include <stdio.h>
#include <string.h>

static int passed, failed, known;

static bool count(bool ok, const char *file, int line) {
    ok ? passed++ : failed++;
    if (!ok) fprintf(stderr, "%s:%d: ", file, line);
    return ok;
}

bool check(bool ok, const char *what, const char *file, int line) {
    if (!count(ok, file, line)) fprintf(stderr, "not so: %s\n", what);
    return ok;
}

bool check_known(bool ok, const char *what, const char *file, int line) {
    if (ok) return check(ok, what, file, line);
    known++;
    printf("%s:%d: known issue: %s\n", file, line, what);
    return ok;
}

bool check_number(long long got, long long wanted, const char *what, const char *file, int line) {
    bool ok = count(got == wanted, file, line);
    if (!ok) fprintf(stderr, "%s is %lld, not %lld\n", what, got, wanted);
    return ok;
}

bool check_text(const char *got, const char *wanted, const char *what, const char *file, int line) {
    bool ok = count(got == NULL || wanted == NULL ? got == wanted : strcmp(got, wanted) == 0, file, line);
    if (!ok)
        fprintf(stderr, "%s is \"%s\", not \"%s\"\n", what, got ? got : "(null)", wanted ? wanted : "(null)");
    return ok;
}

bool library_is(const char *version) {
    return strcmp(chs_library_version(), version) == 0;
}

bool concerns_library(const char *why) {
    static const char name[] = "libmicrohttpd ";
    if (why == NULL || strncmp(why, name, sizeof name - 1) != 0) return why != NULL;
    const char *rest = why + sizeof name - 1;
    size_t length = strlen(chs_library_version());
    bool is_any = strspn(rest, "0123456789") == 0;
    return is_any || (strncmp(rest, chs_library_version(), length) == 0 && rest[length] == ' ');
}

int main(void) {
    test_routing();
    test_keeping();
    test_bodies();
    test_streams();
    test_malformed();
    test_unusual();
    test_limits();
    test_connections();
    test_fairness();
    test_reports();
    test_life();
    test_ending();
    printf("libmicrohttpd %s: ", chs_library_version());
    if (known > 0) printf("%d known issues, ", known);
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
