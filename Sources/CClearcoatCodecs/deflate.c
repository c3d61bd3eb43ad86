#include "deflate.h"

#include <stdlib.h>
#include <string.h>

enum {
    endOfBlock = 256,
    symbolCount = 286,   // 256 bytes, the end, 29 codes for lengths
    maximumLength = 12,  // bits of a code: four codes and what is left over always fit 64 bits
    shortestRun = 8,
    longestMatch = 258,
};

// RFC 1951, 3.2.5: the first length of each code from 257 on, and how many bits follow it.
static const uint16_t lengthBase[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                        31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t lengthExtra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

static int lengthCode(unsigned length) {
    int code = 28;
    while (lengthBase[code] > length) code--;
    return code;
}

/// The next piece of a run, none of which may be shorter than a match can be.
static unsigned nextMatch(unsigned left) {
    if (left <= longestMatch) return left;
    return left - longestMatch < 3 ? longestMatch - 3 : longestMatch;
}

static inline uint64_t load64(const void *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

size_t runCapacity(size_t count) { return count / shortestRun + 1; }

/// Finds runs by looking at eight bytes at a time, and counts all other bytes.
static size_t findRuns(const uint8_t *data, size_t count, struct run *runs, uint32_t frequencies[symbolCount]) {
    uint32_t tables[4][256] = {{0}}; // so that equal neighbours do not wait for each other
    size_t runCount = 0;
    size_t at = 0;
    while (at + 8 <= count) {
        uint64_t eight = load64(data + at);
        if (at > 0 && eight == data[at - 1] * 0x0101010101010101u) {
            size_t end = at + 8;
            while (end + 8 <= count && load64(data + end) == eight) end += 8;
            while (end < count && data[end] == data[at]) end++;
            runs[runCount++] = (struct run){(uint32_t)at, (uint32_t)(end - at)};
            for (unsigned left = (unsigned)(end - at); left > 0;) {
                unsigned length = nextMatch(left);
                frequencies[257 + lengthCode(length)]++;
                left -= length;
            }
            at = end;
            continue;
        }
        for (int index = 0; index < 8; index++) tables[index & 3][(eight >> (8 * index)) & 0xff]++;
        at += 8;
    }
    for (; at < count; at++) tables[0][data[at]]++;
    for (int byte = 0; byte < 256; byte++)
        frequencies[byte] += tables[0][byte] + tables[1][byte] + tables[2][byte] + tables[3][byte];
    return runCount;
}

static int compareWeights(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/// How many codes of each length Huffman's tree has, for `count` weights that ascend. After A. Moffat,
/// J. Katajainen, "In-place calculation of minimum-redundancy codes", WADS 1995, written with parents.
static void countLengths(const uint64_t *weights, int count, int numbers[64]) {
    uint64_t inner[symbolCount];
    int parents[2 * symbolCount], depths[2 * symbolCount];
    int leaf = 0, oldest = 0;
    for (int made = 0; made < count - 1; made++) {
        inner[made] = 0;
        for (int child = 0; child < 2; child++) {
            if (oldest >= made || (leaf < count && weights[leaf] <= inner[oldest])) {
                inner[made] += weights[leaf];
                parents[leaf++] = count + made;
            } else {
                inner[made] += inner[oldest];
                parents[count + oldest++] = count + made;
            }
        }
    }
    depths[2 * count - 2] = 0;
    for (int node = 2 * count - 3; node >= 0; node--) {
        depths[node] = depths[parents[node]] + 1;
        if (node < count) numbers[depths[node] < 63 ? depths[node] : 63]++;
    }
}

/// Code lengths up to `maximumLength`, short ones for the frequent; zero for what does not occur.
static void assignLengths(const uint32_t frequencies[symbolCount], uint8_t lengths[symbolCount]) {
    uint64_t sorted[symbolCount]; // weight above symbol
    uint64_t weights[symbolCount];
    int count = 0;
    memset(lengths, 0, symbolCount);
    for (int symbol = 0; symbol < symbolCount; symbol++)
        if (frequencies[symbol]) sorted[count++] = (uint64_t)frequencies[symbol] << 16 | (unsigned)symbol;
    qsort(sorted, (size_t)count, sizeof sorted[0], compareWeights);
    for (int index = 0; index < count; index++) weights[index] = sorted[index] >> 16;
    int numbers[64] = {0};
    countLengths(weights, count, numbers);

    // Codes that came out too long become as long as allowed; room for them is made by lengthening shorter
    // ones until the code is just complete again.
    for (int length = maximumLength + 1; length < 64; length++) numbers[maximumLength] += numbers[length];
    uint32_t used = 0;
    for (int length = 1; length <= maximumLength; length++) used += (uint32_t)numbers[length] << (maximumLength - length);
    for (; used > 1u << maximumLength; used--) {
        int length = maximumLength - 1;
        while (numbers[length] == 0) length--;
        numbers[maximumLength]--;
        numbers[length]--;
        numbers[length + 1] += 2;
    }
    int index = 0;
    for (int length = maximumLength; length > 0; length--)
        for (int left = numbers[length]; left > 0; left--) lengths[sorted[index++] & 0xffff] = (uint8_t)length;
}

/// A code as it is written, first bit lowest, and its length.
struct code {
    uint16_t bits;
    uint16_t length;
};

/// RFC 1951, 3.2.2: codes of one length are consecutive, in the order of their symbols.
static void assignCodes(const uint8_t lengths[symbolCount], struct code codes[symbolCount]) {
    unsigned next = 0;
    for (unsigned length = 1; length <= maximumLength; length++, next <<= 1) {
        for (int symbol = 0; symbol < symbolCount; symbol++) {
            if (lengths[symbol] != length) continue;
            unsigned reversed = 0;
            for (unsigned bit = 0; bit < length; bit++) reversed |= (next >> bit & 1) << (length - 1 - bit);
            codes[symbol] = (struct code){(uint16_t)reversed, (uint16_t)length};
            next++;
        }
    }
}

static inline void put(struct bitWriter *writer, uint64_t bits, unsigned count) {
    writer->bits |= bits << writer->count;
    writer->count += count;
}

/// Writes whole bytes. There must be room for eight, whatever is needed.
static inline void flush(struct bitWriter *writer) {
    memcpy(writer->next, &writer->bits, 8);
    writer->next += writer->count >> 3;
    writer->bits >>= writer->count & ~7u;
    writer->count &= 7;
}

/// A block's header: its code's lengths, each as four plain bits.
static void putHeader(struct bitWriter *writer, int isLast, const uint8_t lengths[symbolCount]) {
    put(writer, (uint64_t)(isLast != 0) | 2 << 1, 3);             // a block with its own code
    put(writer, (symbolCount - 257) | 0 << 5 | (19 - 4) << 10, 14); // 286 symbols, 1 distance, 19 lengths
    flush(writer);
    put(writer, 0, 9); // 16, 17 and 18, which repeat lengths, are not used
    flush(writer);
    for (int length = 0; length < 16; length++) put(writer, 4, 3);
    flush(writer);
    for (int symbol = 0; symbol < symbolCount; symbol++) {
        unsigned length = lengths[symbol];
        put(writer, (length & 1) << 3 | (length & 2) << 1 | (length & 4) >> 1 | length >> 3, 4);
        flush(writer);
    }
    put(writer, 8, 4); // the distance 1 has a code of one bit
    flush(writer);
}

static void putBytes(struct bitWriter *writer, const struct code codes[symbolCount], const uint8_t *bytes, size_t count) {
    struct bitWriter local = *writer; // in registers
    size_t at = 0;
    for (; at + 4 <= count; at += 4) {
        for (int index = 0; index < 4; index++) {
            struct code code = codes[bytes[at + (size_t)index]];
            put(&local, code.bits, code.length);
        }
        flush(&local);
    }
    for (; at < count; at++) {
        put(&local, codes[bytes[at]].bits, codes[bytes[at]].length);
        flush(&local);
    }
    *writer = local;
}

static void putRun(struct bitWriter *writer, const struct code codes[symbolCount], unsigned left) {
    while (left > 0) {
        unsigned length = nextMatch(left);
        int code = lengthCode(length);
        put(writer, codes[257 + code].bits, codes[257 + code].length);
        put(writer, length - lengthBase[code], lengthExtra[code]);
        put(writer, 0, 1); // the byte before
        flush(writer);
        left -= length;
    }
}

/// The code of a block from how often each symbol is. Returns 0 when there is no room for the block.
static int makeCodes(const struct bitWriter *writer, uint32_t frequencies[symbolCount], uint8_t lengths[symbolCount],
                     struct code codes[symbolCount]) {
    frequencies[endOfBlock] = 1;
    assignLengths(frequencies, lengths);
    assignCodes(lengths, codes);
    uint64_t bits = 8 * 256; // more than the header, and what a flush may touch
    for (int symbol = 0; symbol < symbolCount; symbol++) {
        unsigned extra = symbol > endOfBlock ? lengthExtra[symbol - 257] + 1u : 0;
        bits += (uint64_t)frequencies[symbol] * (lengths[symbol] + extra);
    }
    return bits / 8 <= (uint64_t)(writer->end - writer->next);
}

int writeBlock(struct bitWriter *writer, const uint8_t *data, size_t count, int isLast, struct run *runs) {
    uint32_t frequencies[symbolCount] = {0};
    uint8_t lengths[symbolCount];
    struct code codes[symbolCount] = {{0, 0}};
    size_t runCount = findRuns(data, count, runs, frequencies);
    if (!makeCodes(writer, frequencies, lengths, codes)) return 0;
    putHeader(writer, isLast, lengths);
    size_t at = 0;
    for (size_t index = 0; index < runCount; index++) {
        putBytes(writer, codes, data + at, runs[index].start - at);
        putRun(writer, codes, runs[index].length);
        at = (size_t)runs[index].start + runs[index].length;
    }
    putBytes(writer, codes, data + at, count - at);
    put(writer, codes[endOfBlock].bits, codes[endOfBlock].length);
    flush(writer);
    return 1;
}


int finishBits(struct bitWriter *writer) {
    if (writer->end - writer->next < 8) return 0;
    writer->count = (writer->count + 7) & ~7u;
    flush(writer);
    return 1;
}

/// Whether all three bytes of each of four pixels are the same, as in the gray parts of a colour picture.
static inline int areGray(const uint32_t *pixels) {
    uint32_t differences = 0;
    for (int index = 0; index < 4; index++) differences |= pixels[index] ^ (pixels[index] & 0xff) * 0x010101u;
    return differences == 0;
}

/// How many pixels from here on, the first four of which are gray, are equal to the first; 0 for fewer than four.
static inline size_t equalPixels(const uint32_t *pixels, size_t left) {
    if (load64(pixels) != load64(pixels + 2) || pixels[0] != pixels[1]) return 0;
    size_t count = 4;
    while (count < left && pixels[count] == pixels[0]) count++;
    return count;
}

/// Counts what `putPixels` writes for a row.
static void countPixels(const uint32_t *pixels, size_t width, uint32_t grays[256], uint32_t frequencies[symbolCount]) {
    size_t at = 0;
    while (at + 4 <= width) {
        size_t end = at + 4;
        if (areGray(pixels + at)) {
            size_t run = equalPixels(pixels + at, width - at);
            if (run == 0) {
                for (; at < end; at++) grays[pixels[at] & 0xff]++;
                continue;
            }
            grays[pixels[at] & 0xff]++;
            for (unsigned left = 3 * (unsigned)(run - 1); left > 0;) {
                unsigned length = nextMatch(left);
                frequencies[257 + lengthCode(length)]++;
                left -= length;
            }
            at += run;
            continue;
        }
        for (; at < end; at++)
            for (int shift = 0; shift < 24; shift += 8) frequencies[pixels[at] >> shift & 0xff]++;
    }
    for (; at < width; at++)
        for (int shift = 0; shift < 24; shift += 8) frequencies[pixels[at] >> shift & 0xff]++;
}

/// The codes of three equal bytes, one after the other.
struct triple {
    uint64_t bits;
    uint64_t length;
};

static inline void putPixel(struct bitWriter *writer, const struct code codes[symbolCount], uint32_t pixel) {
    for (int shift = 0; shift < 24; shift += 8) {
        struct code code = codes[pixel >> shift & 0xff];
        put(writer, code.bits, code.length);
    }
    flush(writer);
}

static inline void putTriple(struct bitWriter *writer, const struct triple triples[256], uint32_t pixel) {
    const struct triple *triple = &triples[pixel & 0xff];
    put(writer, triple->bits, (unsigned)triple->length);
    flush(writer);
}

static void putPixels(struct bitWriter *writer, const struct code codes[symbolCount], const struct triple triples[256],
                      const uint32_t *pixels, size_t width) {
    struct bitWriter local = *writer; // in registers
    size_t at = 0;
    put(&local, codes[2].bits, codes[2].length); // the row's filter: the difference to the row above
    flush(&local);
    while (at + 4 <= width) {
        size_t end = at + 4;
        if (areGray(pixels + at)) {
            size_t run = equalPixels(pixels + at, width - at);
            if (run == 0) {
                for (; at < end; at++) putTriple(&local, triples, pixels[at]);
                continue;
            }
            putTriple(&local, triples, pixels[at]);
            *writer = local;
            putRun(writer, codes, 3 * (unsigned)(run - 1));
            local = *writer;
            at += run;
            continue;
        }
        for (; at < end; at++) putPixel(&local, codes, pixels[at]);
    }
    for (; at < width; at++) putPixel(&local, codes, pixels[at]);
    *writer = local;
}

int writePixelBlock(struct bitWriter *writer, const uint32_t *pixels, size_t width, size_t rows, int isLast) {
    uint32_t frequencies[symbolCount] = {0}, grays[256] = {0};
    uint8_t lengths[symbolCount];
    struct code codes[symbolCount] = {{0, 0}};
    struct triple triples[256];
    for (size_t row = 0; row < rows; row++) countPixels(pixels + row * width, width, grays, frequencies);
    for (int byte = 0; byte < 256; byte++) frequencies[byte] += 3 * grays[byte];
    frequencies[2] += (uint32_t)rows;
    if (!makeCodes(writer, frequencies, lengths, codes)) return 0;
    for (int byte = 0; byte < 256; byte++) {
        uint64_t bits = codes[byte].bits, length = codes[byte].length;
        triples[byte] = (struct triple){bits | bits << length | bits << 2 * length, 3 * length};
    }
    putHeader(writer, isLast, lengths);
    for (size_t row = 0; row < rows; row++) putPixels(writer, codes, triples, pixels + row * width, width);
    put(writer, codes[endOfBlock].bits, codes[endOfBlock].length);
    flush(writer);
    return 1;
}

int alignBits(struct bitWriter *writer) {
    static const uint8_t empty[4] = {0x00, 0x00, 0xff, 0xff};
    if (writer->end - writer->next < 16) return 0;
    put(writer, 0, 3); // an empty block that is stored as it is, and not the last
    if (!finishBits(writer)) return 0;
    memcpy(writer->next, empty, sizeof empty);
    writer->next += sizeof empty;
    return 1;
}
