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

static const unsigned char page_html[] = {
#embed "page/page.html"
};

static const unsigned char page_css[] = {
#embed "page/page.css"
};

static const unsigned char elements_js[] = {
#embed "page/elements.js"
};

static const unsigned char entry_js[] = {
#embed "page/entry.js"
};

static const unsigned char evidence_js[] = {
#embed "page/evidence.js"
};

static const unsigned char files_js[] = {
#embed "page/files.js"
};

static const unsigned char folding_js[] = {
#embed "page/folding.js"
};

static const unsigned char log_js[] = {
#embed "page/log.js"
};

static const unsigned char log_worker_js[] = {
#embed "page/log-worker.js"
};

static const unsigned char message_js[] = {
#embed "page/message.js"
};

static const unsigned char page_js[] = {
#embed "page/page.js"
};

static const unsigned char replies_js[] = {
#embed "page/replies.js"
};

static const unsigned char search_js[] = {
#embed "page/search.js"
};

static const unsigned char senders_js[] = {
#embed "page/senders.js"
};

static const unsigned char service_js[] = {
#embed "page/service.js"
};

static const unsigned char share_js[] = {
#embed "page/share.js"
};

static const unsigned char verdict_js[] = {
#embed "page/verdict.js"
};

static const unsigned char words_js[] = {
#embed "page/words.js"
};

static const embedded_file page_files[] = {
    {"page.html", page_html, sizeof page_html},
    {"page.css", page_css, sizeof page_css},
    {"elements.js", elements_js, sizeof elements_js},
    {"entry.js", entry_js, sizeof entry_js},
    {"evidence.js", evidence_js, sizeof evidence_js},
    {"files.js", files_js, sizeof files_js},
    {"folding.js", folding_js, sizeof folding_js},
    {"log.js", log_js, sizeof log_js},
    {"log-worker.js", log_worker_js, sizeof log_worker_js},
    {"message.js", message_js, sizeof message_js},
    {"page.js", page_js, sizeof page_js},
    {"replies.js", replies_js, sizeof replies_js},
    {"search.js", search_js, sizeof search_js},
    {"senders.js", senders_js, sizeof senders_js},
    {"service.js", service_js, sizeof service_js},
    {"share.js", share_js, sizeof share_js},
    {"verdict.js", verdict_js, sizeof verdict_js},
    {"words.js", words_js, sizeof words_js},
};

const embedded_file *embedded_page_files(void) {
    return page_files;
}

size_t embedded_page_file_count(void) {
    return sizeof page_files / sizeof page_files[0];
}
