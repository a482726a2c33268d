/* Tests of the C module without Swift, to be run under sanitizers: `make sanitize`. */
#include "check.h"

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

int main(void) {
    test_routing();
    test_keeping();
    test_bodies();
    test_streams();
    test_malformed();
    test_unusual();
    test_limits();
    test_fairness();
    test_reports();
    test_life();
    if (known > 0) printf("%d known issues, ", known);
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
