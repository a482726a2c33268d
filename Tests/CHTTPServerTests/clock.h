#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

/* Milliseconds of a clock that never goes back. */
int64_t now_ms(void);
void pause_ms(long ms);

#endif
