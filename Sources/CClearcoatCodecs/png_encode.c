#include "report.h"
#include "rows.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

struct pngWriter {
    png_structp png;
    png_infop info;
    uint8_t *bytes; // the caller's
    size_t capacity;
    size_t written;
    CClearcoatCodecs_report *report;
    uint8_t *row;
};

static void fail(png_structp png, png_const_charp message) {
    struct pngWriter *writer = png_get_error_ptr(png);
    keepMessage(writer->report, message);
    png_longjmp(png, 1);
}

static void warn(png_structp png, png_const_charp message) {
    struct pngWriter *writer = png_get_error_ptr(png);
    keepWarning(writer->report, message);
}

static void writeBytes(png_structp png, png_bytep source, size_t length) {
    struct pngWriter *writer = png_get_io_ptr(png);
    if (length > writer->capacity - writer->written) png_error(png, "the encoded picture does not fit its buffer");
    memcpy(writer->bytes + writer->written, source, length);
    writer->written += length;
}

static void flush(png_structp png) { (void)png; }

/// How much is compressed before it becomes a chunk: large, so that there are few.
enum { chunkBytes = 1 << 18 };

/// Writes the whole file. Jumps when libpng fails.
static CClearcoatCodecs_status writeAll(struct pngWriter *writer, const CClearcoatCodecs_input *input,
                                        CClearcoatCodecs_compression compression,
                                        const CClearcoatCodecs_block *blocks, size_t blockCount) {
    png_structp png = writer->png;
    int isColor = input->planeCount == 3;
    size_t sampleBytes = input->bitsPerSample / 8;
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, writer->info, input->width, input->height, (int)input->bitsPerSample,
                 isColor ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, compression.level);
    png_set_compression_strategy(png, compression.strategy);
    png_set_compression_mem_level(png, 9);
    png_set_compression_buffer_size(png, chunkBytes);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, compression.filters ? compression.filters : PNG_NO_FILTERS);
    png_write_info(png, writer->info);
    for (size_t index = 0; index < blockCount; index++)
        png_write_chunk(png, (png_const_bytep)blocks[index].type, blocks[index].bytes, blocks[index].count);
    if (!isColor && sampleBytes == 2) png_set_swap(png); // ours are in the machine's order
    if (isColor) {
        writer->row = malloc(input->width * sampleBytes * 3);
        if (!writer->row) return CClearcoatCodecs_outOfMemory;
    }
    for (size_t y = 0; y < input->height; y++) {
        const uint8_t *row = (const uint8_t *)input->planes[0] + y * input->width * sampleBytes;
        if (isColor) {
            loadRGBRow(input, y, writer->row);
            row = writer->row;
        }
        png_write_row(png, row);
    }
    png_write_end(png, writer->info);
    return CClearcoatCodecs_ok;
}

static CClearcoatCodecs_status land(struct pngWriter *writer, const CClearcoatCodecs_input *input,
                                    CClearcoatCodecs_compression compression,
                                    const CClearcoatCodecs_block *blocks, size_t blockCount) {
    if (setjmp(png_jmpbuf(writer->png))) return CClearcoatCodecs_malformed;
    return writeAll(writer, input, compression, blocks, blockCount);
}

CClearcoatCodecs_status CClearcoatCodecs_encodePNG(const CClearcoatCodecs_input *input,
                                                   CClearcoatCodecs_compression compression,
                                                   const CClearcoatCodecs_block *blocks, size_t blockCount,
                                                   uint8_t *bytes, size_t capacity, size_t *written,
                                                   CClearcoatCodecs_report *report) {
    struct pngWriter writer = {.bytes = bytes, .capacity = capacity, .report = report};
    CClearcoatCodecs_status status = CClearcoatCodecs_outOfMemory;
    clearReport(report);
    *written = 0;
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, fail, warn);
    if (writer.png) writer.info = png_create_info_struct(writer.png);
    if (writer.info) {
        png_set_write_fn(writer.png, &writer, writeBytes, flush);
        status = land(&writer, input, compression, blocks, blockCount);
    }
    if (writer.png) png_destroy_write_struct(&writer.png, &writer.info);
    free(writer.row);
    if (status == CClearcoatCodecs_ok) *written = writer.written;
    return status;
}
