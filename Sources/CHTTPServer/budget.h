/* Lowest floor: the memory that request bodies and answers may hold, of all connections together. */
#ifndef CHS_BUDGET_H
#define CHS_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Of the budget the last quarter is for what is no larger than SMALL, and half of that for what is TINY, as
 * one explanation is: bulk never takes the last of it. */
enum { CHS_TINY = 4 * 1024, CHS_SMALL = 16 * 1024 };

struct budget {
    _Atomic(size_t) held;
    size_t limit; /* 0: none */
};

/* Something that holds `before` bytes, 0 for a new one, wants to hold `after`, which is more. False where
 * there is no room: then it still holds what it held. Any thread, as chs_give_back. */
bool chs_claim(struct budget *budget, size_t before, size_t after);
void chs_give_back(struct budget *budget, size_t size);

#endif
