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

static int putHeader(struct fastWriter *writer, uint32_t width, uint32_t height, uint32_t bits, int isColor) {
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    uint8_t header[13] = {0};
    if (!hasRoom(writer, sizeof signature)) return 0;
    memcpy(writer->bits.next, signature, sizeof signature);
    writer->bits.next += sizeof signature;
    store32(header, width);
    store32(header + 4, height);
    header[8] = (uint8_t)bits;
    header[9] = isColor ? 2 : 0;
    return putChunk(writer, "IHDR", header, sizeof header);
}

/// Begins a chunk of compressed bytes, the first with zlib's header.
static int beginData(struct fastWriter *writer, int isFirst) {
    static const uint8_t zlibHeader[2] = {0x78, 0x01};
    if (!beginChunk(writer, "IDAT") || !hasRoom(writer, 16)) return 0;
    if (!isFirst) return 1;
    memcpy(writer->bits.next, zlibHeader, 2);
    writer->bits.next += 2;
    return 1;
}

/// Ends it, the last with zlib's checksum.
static int endData(struct fastWriter *writer, int isLast) {
    if (isLast) {
        if (!finishBits(&writer->bits) || !hasRoom(writer, 4)) return 0;
        store32(writer->bits.next, (uint32_t)writer->checksum);
        writer->bits.next += 4;
    }
    return endChunk(writer);
}

/// Compresses what was gathered into a chunk of its own. Bits that do not fill a byte stay for the next.
static int putBlock(struct fastWriter *writer, int isFirst, int isLast) {
    writer->checksum = adler32(writer->checksum, writer->filtered, (uInt)writer->used);
    if (!beginData(writer, isFirst)) return 0;
    if (!writeBlock(&writer->bits, writer->filtered, writer->used, isLast, writer->runs)) return 0;
    writer->used = 0;
    return endData(writer, isLast);
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
        int isDone = putHeader(&writer, input->width, input->height, input->bitsPerSample, input->planeCount == 3);
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

CClearcoatCodecs_status CClearcoatCodecs_beginColorPNG(uint32_t width, uint32_t height,
                                                       const CClearcoatCodecs_block *blocks, size_t blockCount,
                                                       uint8_t *bytes, size_t capacity, size_t *written) {
    struct fastWriter writer = {.bits = {.next = bytes, .end = bytes + capacity}};
    *written = 0;
    int isDone = putHeader(&writer, width, height, 8, 1);
    for (size_t index = 0; isDone && index < blockCount; index++)
        isDone = putChunk(&writer, blocks[index].type, blocks[index].bytes, blocks[index].count);
    if (isDone) *written = (size_t)(writer.bits.next - bytes);
    return isDone ? CClearcoatCodecs_ok : CClearcoatCodecs_misuse;
}

static void subtractRow(uint8_t *restrict row, const uint8_t *restrict above, size_t count) {
    for (size_t index = 0; index < count; index++) row[index] = (uint8_t)(row[index] - above[index]);
}

/// Each pixel becomes its difference, byte by byte, to the one above it.
static void subtractAbove(uint32_t *pixels, const uint32_t *above, size_t width, size_t rows) {
    for (size_t row = rows; row-- > 1;)
        subtractRow((uint8_t *)(pixels + row * width), (const uint8_t *)(pixels + (row - 1) * width), 4 * width);
    subtractRow((uint8_t *)pixels, (const uint8_t *)above, 4 * width);
}

enum { lanes = 4 };

/// Sums over pixels, for each of four lanes: of their bytes; of the sums before each; and of the sums inside each.
struct pixelSums {
    uint32_t bytes[lanes], before[lanes], inner[lanes];
};

static inline void addPixel(struct pixelSums *sums, int lane, uint32_t pixel) {
    uint32_t first = pixel & 0xff, second = (pixel >> 8) & 0xff, third = pixel >> 16;
    sums->before[lane] += sums->bytes[lane];
    sums->bytes[lane] += first + second + third;
    sums->inner[lane] += 3 * first + 2 * second + third;
}

/// zlib's checksum over filtered rows as they are stored: RFC 1950, 8.2. Each pixel adds the sum so far three
/// times to the sum of sums. Four pixels a step, each lane with its own sums, so that the compiler vectorises;
/// what the lanes before it add to each is put in afterwards.
static void addPixels(uint64_t *sum, uint64_t *sumOfSums, const uint32_t *pixels, size_t width) {
    enum { modulus = 65521, mostSteps = 2048 }; // 765 * 2048^2 / 2 fits 32 bits
    while (width > 0) {
        struct pixelSums sums = {{0}, {0}, {0}};
        size_t steps = width / lanes < mostSteps ? width / lanes : mostSteps;
        size_t step = steps > 0 ? lanes : 1;
        size_t count = steps > 0 ? steps * lanes : 1;
        for (size_t x = 0; x + lanes <= count; x += lanes)
            for (int lane = 0; lane < lanes; lane++) addPixel(&sums, lane, pixels[x + (size_t)lane]);
        if (steps == 0) addPixel(&sums, 0, pixels[0]);
        *sumOfSums += 3 * count * *sum;
        for (size_t lane = 0; lane < step; lane++) {
            uint64_t after = step * (uint64_t)sums.before[lane] + (step - 1 - lane) * sums.bytes[lane];
            *sumOfSums += 3 * after + sums.inner[lane];
            *sum += sums.bytes[lane];
        }
        *sum %= modulus;
        *sumOfSums %= modulus;
        pixels += count;
        width -= count;
    }
}

static uint32_t pixelChecksum(uint32_t checksum, const uint32_t *pixels, size_t width, size_t rows) {
    uint64_t sum = checksum & 0xffff, sumOfSums = checksum >> 16;
    for (size_t row = 0; row < rows; row++) {
        sum += 2; // the row's filter
        sumOfSums += sum;
        addPixels(&sum, &sumOfSums, pixels + row * width, width);
    }
    return (uint32_t)(sumOfSums % 65521 << 16 | sum % 65521);
}

CClearcoatCodecs_status CClearcoatCodecs_encodeColorBand(uint32_t *pixels, const uint32_t *above, size_t width,
                                                         size_t rows, int isFirst, int isLast, uint32_t *checksum,
                                                         uint8_t *bytes, size_t capacity, size_t *written) {
    struct fastWriter writer = {.bits = {.next = bytes, .end = bytes + capacity}};
    *written = 0;
    subtractAbove(pixels, above, width, rows);
    *checksum = pixelChecksum(*checksum, pixels, width, rows);
    writer.checksum = *checksum;
    int isDone = beginData(&writer, isFirst) && writePixelBlock(&writer.bits, pixels, width, rows, isLast)
                 && (isLast || alignBits(&writer.bits)) && endData(&writer, isLast)
                 && (!isLast || putChunk(&writer, "IEND", NULL, 0));
    if (isDone) *written = (size_t)(writer.bits.next - bytes);
    return isDone ? CClearcoatCodecs_ok : CClearcoatCodecs_misuse;
}
