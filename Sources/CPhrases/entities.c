#include "CPhrases.h"

static const unsigned char entities[] = {
#embed "../SMTPExplain/Messages/entities.tsv"
};

const unsigned char *html_entities(void) {
    return entities;
}

size_t html_entities_size(void) {
    return sizeof entities;
}
