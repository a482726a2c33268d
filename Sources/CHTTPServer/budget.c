#include "budget.h"

bool chs_claim(struct budget *budget, size_t before, size_t after) {
    size_t more = after - before;
    size_t kept = after > CHS_SMALL ? budget->limit / 4 : after > CHS_TINY ? budget->limit / 8 : 0;
    if (atomic_fetch_add(&budget->held, more) + more <= budget->limit - kept || budget->limit == 0)
        return true;
    atomic_fetch_sub(&budget->held, more);
    return false;
}

void chs_give_back(struct budget *budget, size_t size) {
    if (size > 0) atomic_fetch_sub(&budget->held, size);
}
