#include "bare.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

struct header {
    char *name, *value;
};

struct answer {
    unsigned status;
    struct header *headers;
    size_t header_count;
    char *body;
    size_t length;
    struct MHD_Response *prepared; /* for requests without a body */
};

/* The body of one POST. */
struct upload {
    char *bytes;
    size_t length, capacity;
};

/* One thread serves, so `next` needs no lock. */
static struct answer *answers;
static size_t answer_count, next;
static bare_work *work;

/* Stands for the body of a request that has none. */
static struct upload no_upload;

static void fail(const char *what) {
    fprintf(stderr, "bare: %s\n", what);
    exit(1);
}

static void *must(void *pointer) {
    if (pointer == NULL) fail("out of memory, or the file of answers is cut short");
    return pointer;
}

static struct MHD_Response *make_response(const struct answer *answer, enum MHD_ResponseMemoryMode mode) {
    struct MHD_Response *response = MHD_create_response_from_buffer(answer->length, answer->body, mode);
    if (response == NULL) return NULL;
    for (size_t i = 0; i < answer->header_count; i++) {
        const struct header *header = &answer->headers[i];
        if (MHD_add_response_header(response, header->name, header->value) == MHD_YES) continue;
        MHD_destroy_response(response);
        return NULL;
    }
    return response;
}

static struct header read_header(FILE *file) {
    char line[1024];
    must(fgets(line, sizeof line, file));
    line[strcspn(line, "\n")] = '\0';
    char *colon = must(strchr(line, ':'));
    *colon = '\0';
    return (struct header){.name = must(strdup(line)), .value = must(strdup(colon + 2))};
}

void bare_read(const char *path) {
    FILE *file = must(fopen(path, "rb"));
    struct answer answer = {0};
    while (fscanf(file, "%u %zu %zu\n", &answer.status, &answer.header_count, &answer.length) == 3) {
        answer.headers = must(calloc(answer.header_count + 1, sizeof *answer.headers));
        for (size_t i = 0; i < answer.header_count; i++) answer.headers[i] = read_header(file);
        answer.body = must(malloc(answer.length + 1));
        if (fread(answer.body, 1, answer.length, file) != answer.length) fail("an answer is cut short");
        answer.prepared = must(make_response(&answer, MHD_RESPMEM_PERSISTENT));
        answers = must(realloc(answers, (answer_count + 1) * sizeof *answers));
        answers[answer_count++] = answer;
    }
    fclose(file);
    if (answer_count == 0) fail("no answers");
}

static bool append(struct upload *upload, const char *bytes, size_t count) {
    if (count > upload->capacity - upload->length) {
        size_t capacity = upload->capacity == 0 ? 4096 : upload->capacity;
        while (capacity - upload->length < count) capacity *= 2;
        char *grown = realloc(upload->bytes, capacity);
        if (grown == NULL) return false;
        upload->bytes = grown;
        upload->capacity = capacity;
    }
    memcpy(upload->bytes + upload->length, bytes, count);
    upload->length += count;
    return true;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *bytes, size_t *count,
                                  void **request) {
    (void)context, (void)path, (void)version;
    if (*request == NULL) {
        /* A response queued on this first call would close the connection. */
        bool has_body = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
        *request = has_body ? calloc(1, sizeof(struct upload)) : &no_upload;
        return *request != NULL ? MHD_YES : MHD_NO;
    }
    if (*count > 0) {
        size_t arrived = *count;
        *count = 0;
        return append(*request, bytes, arrived) ? MHD_YES : MHD_NO;
    }
    const struct answer *answer = &answers[next];
    const struct upload *upload = *request;
    if (work != NULL) work(upload->bytes, upload->length, next);
    next = (next + 1) % answer_count;
    if (*request == &no_upload) return MHD_queue_response(connection, answer->status, answer->prepared);
    struct MHD_Response *response = make_response(answer, MHD_RESPMEM_MUST_COPY);
    if (response == NULL) return MHD_NO;
    enum MHD_Result queued = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response); /* our reference only; the queue holds its own */
    return queued;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode how) {
    (void)context, (void)connection, (void)how;
    struct upload *upload = *request;
    if (upload == NULL || upload == &no_upload) return;
    free(upload->bytes);
    free(upload);
    *request = NULL;
}

const char *bare_body(size_t answer, size_t *length) {
    if (answer >= answer_count) return NULL;
    *length = answers[answer].length;
    return answers[answer].body;
}

void bare_serve(uint16_t port, bare_work *for_each) {
    work = for_each;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_END);
    if (daemon == NULL) fail("cannot listen");
    for (;;) pause();
}
