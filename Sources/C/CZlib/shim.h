// zlib in single calls: deflateInit2 is a macro, which Swift can't call.
#pragma once
#include <string.h>
#include <zlib.h>

/// Bytes written to `out`, or 0 where they don't fit or memory is short.
static inline size_t vo_gzip(const unsigned char *bytes, size_t count, unsigned char *out, size_t room) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int ended = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    size_t written = ended ? stream.total_out : 0;
    deflateEnd(&stream);
    return written;
}

/// deflate without head and end, up to a full flush: bytes written to `out`, or 0 where they don't fit or memory is short.
static inline size_t vo_deflate_piece(const unsigned char *bytes, size_t count, unsigned char *out, size_t room) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int flushed = deflate(&stream, Z_FULL_FLUSH) == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
    size_t written = flushed ? stream.total_out : 0;
    deflateEnd(&stream);
    return written;
}

static inline unsigned long vo_crc32(unsigned long before, const unsigned char *bytes, size_t count) {
    return crc32(before, bytes, (uInt)count);
}

static inline unsigned long vo_crc32_combine(unsigned long first, unsigned long second, size_t count) {
    return crc32_combine(first, second, (z_off_t)count);
}
