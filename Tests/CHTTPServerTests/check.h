/* The least that a test program needs: it goes on after a failed check, and counts. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
#define CHECK_NUMBER(got, wanted)                                                                            \
    check_number((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)
/* For a defect that is known, named by `what`: tells of it, and counts no failure. */
#define CHECK_KNOWN(condition, what) check_known((condition), what, __FILE__, __LINE__)
/* A NULL is equal to NULL only. */
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), #got, __FILE__, __LINE__)

bool check(bool passed, const char *what, const char *file, int line);
/* Is this reason, which begins with "libmicrohttpd" and maybe a version, one of the version that runs? */
bool concerns_library(const char *why);
/* Is it this version? */
bool library_is(const char *version);
bool check_known(bool passed, const char *what, const char *file, int line);
bool check_number(long long got, long long wanted, const char *what, const char *file, int line);
bool check_text(const char *got, const char *wanted, const char *what, const char *file, int line);

/* Each file's tests. */
void test_routing(void);
void test_keeping(void);
void test_bodies(void);
void test_streams(void);
void test_malformed(void);
void test_unusual(void);
void test_limits(void);
void test_connections(void);
void test_fairness(void);
void test_reports(void);
void test_life(void);
void test_ending(void);

#endif
