#include "CEmbedded.h"

static const unsigned char openapi[] = {
#embed "../../openapi.yaml"
};

const unsigned char *embedded_openapi(void) {
    return openapi;
}

size_t embedded_openapi_size(void) {
    return sizeof openapi;
}

static const unsigned char page[] = {
#embed "page.html"
};

const unsigned char *embedded_page(void) {
    return page;
}

size_t embedded_page_size(void) {
    return sizeof page;
}
