/* Responses whose body is made while it is sent, in turn with the other long work of their worker. */
#include "request.h"

#include <stdlib.h>

/* The most bytes of a streamed body made at a time for HTTP/1.0, which has no chunks; for others it is made
 * in the connection's memory. */
enum { STREAM_BLOCK = 1024 };

/* A body in the making. */
struct stream {
    chs_producer produce;
    void (*release)(void *context);
    void *context;
    chs_exchange *exchange; /* borrowed: lives as long as the response is sent */
};

/* Its client does not wait for us to take the response while we make it wait. */
static void stop_clock(chs_exchange *exchange) {
    int64_t due = atomic_load_explicit(&exchange->due, memory_order_relaxed);
    if (due == 0) return;
    exchange->time_left = due - chs_now();
    atomic_store_explicit(&exchange->due, 0, memory_order_relaxed);
}

/* It has got more to take. */
static void extend(chs_exchange *exchange, int64_t now, size_t count) {
    int64_t due = atomic_load_explicit(&exchange->due, memory_order_relaxed);
    if (due == 0 && exchange->time_left == 0) return;
    if (due == 0) due = now + exchange->time_left;
    exchange->time_left = 0;
    atomic_store_explicit(&exchange->due, due + chs_time_to_take(count), memory_order_relaxed);
}

static ssize_t read_stream(void *from, uint64_t position, char *buffer, size_t size) {
    struct stream *stream = from;
    chs_exchange *exchange = stream->exchange;
    exchange->turns->has_called = true;
    if (atomic_load_explicit(&exchange->service->ending, memory_order_relaxed))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (!chs_take_turn(exchange->turns, BULK, &exchange->turn, position > 0)) {
        stop_clock(exchange);
        return 0;
    }
    int64_t begin = chs_now();
    ssize_t count = stream->produce(stream->context, buffer, size);
    chs_end_turn(exchange->turns, BULK, begin);
    if (count == CHS_NOTHING_YET) {
        chs_pass_turn(exchange->turns, BULK, &exchange->turn);
        stop_clock(exchange);
        return 0;
    }
    extend(exchange, begin, (size_t)count);
    exchange->sent += (size_t)count;
    if (count > 0) return count;
    chs_drop_body(exchange);
    return MHD_CONTENT_READER_END_OF_STREAM;
}

static void free_stream(void *from) {
    struct stream *stream = from;
    stream->release(stream->context);
    free(stream);
}

void chs_respond_stream(chs_exchange *exchange, unsigned status, const chs_header *headers, size_t count,
                        chs_producer produce, void (*release)(void *context), void *context) {
    struct stream *stream = exchange->responded ? NULL : malloc(sizeof *stream);
    if (stream == NULL) {
        release(context);
        return;
    }
    *stream = (struct stream){produce, release, context, exchange};
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, stream, free_stream);
    if (response == NULL) {
        free_stream(stream);
        return;
    }
    if (chs_add_headers(response, exchange, status, headers, count)) chs_queue(exchange, status, response, 0);
    exchange->streams = exchange->responded;
    MHD_destroy_response(response);
}
