#include "deflate.h"
#include "report.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/// Filtered bytes that share a code: enough that its 150 bytes do not count, few enough for the cache.
enum { blockBytes = 1 << 17 };

struct fastWriter {
    struct bitWriter bits;
    uint8_t *chunk;    // where the chunk being written begins, its length
    uint8_t *filtered; // a block, and room for the row that fills it
    size_t used;
    struct run *runs;
    uint8_t *rows[2]; // the row as stored, and the one above
    uLong checksum;   // of the zlib stream
};

static void store32(uint8_t *bytes, uint32_t value) {
    for (int index = 0; index < 4; index++) bytes[index] = (uint8_t)(value >> (24 - 8 * index));
}

static int hasRoom(const struct fastWriter *writer, size_t count) {
    return (size_t)(writer->bits.end - writer->bits.next) >= count;
}

static int beginChunk(struct fastWriter *writer, const char *name) {
    if (!hasRoom(writer, 8)) return 0;
    writer->chunk = writer->bits.next;
    memcpy(writer->chunk + 4, name, 4);
    writer->bits.next += 8;
    return 1;
}

static int endChunk(struct fastWriter *writer) {
    if (!hasRoom(writer, 4)) return 0;
    size_t length = (size_t)(writer->bits.next - writer->chunk) - 8;
    store32(writer->chunk, (uint32_t)length);
    store32(writer->bits.next, (uint32_t)crc32(0, writer->chunk + 4, (uInt)(length + 4)));
    writer->bits.next += 4;
    return 1;
}

static int putChunk(struct fastWriter *writer, const char *name, const uint8_t *bytes, size_t count) {
    if (!beginChunk(writer, name) || !hasRoom(writer, count)) return 0;
    if (count > 0) memcpy(writer->bits.next, bytes, count);
    writer->bits.next += count;
    return endChunk(writer);
}

static int putHeader(struct fastWriter *writer, const CClearcoatCodecs_input *input) {
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    uint8_t header[13] = {0};
    if (!hasRoom(writer, sizeof signature)) return 0;
    memcpy(writer->bits.next, signature, sizeof signature);
    writer->bits.next += sizeof signature;
    store32(header, input->width);
    store32(header + 4, input->height);
    header[8] = (uint8_t)input->bitsPerSample;
    header[9] = input->planeCount == 3 ? 2 : 0;
    return putChunk(writer, "IHDR", header, sizeof header);
}

/// Compresses what was gathered into a chunk of its own. Bits that do not fill a byte stay for the next.
static int putBlock(struct fastWriter *writer, int isFirst, int isLast) {
    static const uint8_t zlibHeader[2] = {0x78, 0x01};
    writer->checksum = adler32(writer->checksum, writer->filtered, (uInt)writer->used);
    if (!beginChunk(writer, "IDAT") || !hasRoom(writer, 16)) return 0;
    if (isFirst) {
        memcpy(writer->bits.next, zlibHeader, 2);
        writer->bits.next += 2;
    }
    if (!writeBlock(&writer->bits, writer->filtered, writer->used, isLast, writer->runs)) return 0;
    writer->used = 0;
    if (isLast) {
        if (!finishBits(&writer->bits) || !hasRoom(writer, 4)) return 0;
        store32(writer->bits.next, (uint32_t)writer->checksum);
        writer->bits.next += 4;
    }
    return endChunk(writer);
}

/// A row in PNG's order: RGB together, high byte first.
static void loadRow(const CClearcoatCodecs_input *input, size_t y, uint8_t *row) {
    size_t width = input->width;
    if (input->planeCount == 3) {
        loadRGBRow(input, y, row);
    } else if (input->bitsPerSample == 8) {
        memcpy(row, (const uint8_t *)input->planes[0] + y * width, width);
    } else {
        const uint16_t *samples = (const uint16_t *)input->planes[0] + y * width;
        for (size_t x = 0; x < width; x++) {
            row[x * 2] = (uint8_t)(samples[x] >> 8);
            row[x * 2 + 1] = (uint8_t)samples[x];
        }
    }
}

static int putRows(struct fastWriter *writer, const CClearcoatCodecs_input *input, size_t rowBytes) {
    int isFirst = 1;
    for (size_t y = 0; y < input->height; y++) {
        uint8_t *restrict row = writer->rows[y & 1];
        const uint8_t *restrict above = writer->rows[~y & 1]; // zeros at first
        uint8_t *restrict target = writer->filtered + writer->used;
        loadRow(input, y, row);
        *target++ = 2; // the difference to the row above
        for (size_t index = 0; index < rowBytes; index++) target[index] = (uint8_t)(row[index] - above[index]);
        writer->used += rowBytes + 1;
        int isLast = y + 1 == input->height;
        if (!isLast && writer->used < blockBytes) continue;
        if (!putBlock(writer, isFirst, isLast)) return 0;
        isFirst = 0;
    }
    return 1;
}

CClearcoatCodecs_status CClearcoatCodecs_encodeFastPNG(const CClearcoatCodecs_input *input,
                                                       const CClearcoatCodecs_block *blocks, size_t blockCount,
                                                       uint8_t *bytes, size_t capacity, size_t *written,
                                                       CClearcoatCodecs_report *report) {
    size_t rowBytes = (size_t)input->width * input->planeCount * (input->bitsPerSample / 8);
    size_t filteredBytes = blockBytes + rowBytes + 1;
    struct fastWriter writer = {.bits = {.next = bytes, .end = bytes + capacity}, .checksum = adler32(0, NULL, 0)};
    clearReport(report);
    *written = 0;
    writer.filtered = malloc(filteredBytes);
    writer.runs = malloc(runCapacity(filteredBytes) * sizeof *writer.runs);
    writer.rows[0] = calloc(rowBytes, 1);
    writer.rows[1] = calloc(rowBytes, 1);
    CClearcoatCodecs_status status = CClearcoatCodecs_outOfMemory;
    if (writer.filtered && writer.runs && writer.rows[0] && writer.rows[1]) {
        int isDone = putHeader(&writer, input);
        for (size_t index = 0; isDone && index < blockCount; index++)
            isDone = putChunk(&writer, blocks[index].type, blocks[index].bytes, blocks[index].count);
        isDone = isDone && putRows(&writer, input, rowBytes) && putChunk(&writer, "IEND", NULL, 0);
        status = isDone ? CClearcoatCodecs_ok : CClearcoatCodecs_malformed;
        if (isDone) *written = (size_t)(writer.bits.next - bytes);
        else keepMessage(report, "the encoded picture does not fit its buffer");
    }
    free(writer.filtered);
    free(writer.runs);
    free(writer.rows[0]);
    free(writer.rows[1]);
    return status;
}
