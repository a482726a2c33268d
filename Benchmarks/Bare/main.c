/* bare PORT ANSWERS */
#include "bare.h"

#include <stdlib.h>

int main(int count, char **arguments) {
    if (count != 3) return 64;
    bare_read(arguments[2]);
    bare_serve((uint16_t)strtoul(arguments[1], NULL, 10), NULL);
}
