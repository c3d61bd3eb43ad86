#include "colour.h"
#include "report.h"
#include "rows.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

/// Everything one operation owns; freed on every path by the function that made it.
struct pngReader {
    png_structp png;
    png_infop info;
    const uint8_t *next; // the bytes not read yet
    size_t left;
    size_t count; // bytes in the whole file
    CClearcoatCodecs_report *report;
    CClearcoatCodecs_status failure; // what the next jump means
    uint8_t *samples; // one row, or the whole picture where it is interlaced
    uint8_t *expanded; // one row of RGBA, where there is a palette
    uint8_t colors[256][4]; // RGBA
    int colorCount;         // 0 where there is no palette
};

static void fail(png_structp png, png_const_charp message) {
    struct pngReader *reader = png_get_error_ptr(png);
    keepMessage(reader->report, message);
    png_longjmp(png, 1);
}

/// Complaints that leave every sample as it was stored. Any other is about image data, and an error.
static int isHarmless(const char *message) {
    // Chunks whose name starts with a small letter do not hold image data, except transparency.
    if (message[0] >= 'a' && message[0] <= 'z') return strncmp(message, "tRNS", 4) != 0;
    return strstr(message, "Too much image data") || strstr(message, "Extra compressed data") ||
           strstr(message, "PLTE: ignored in grayscale PNG");
}

static void warn(png_structp png, png_const_charp message) {
    struct pngReader *reader = png_get_error_ptr(png);
    if (!isHarmless(message)) fail(png, message);
    keepWarning(reader->report, message);
}

static void readBytes(png_structp png, png_bytep target, size_t length) {
    struct pngReader *reader = png_get_io_ptr(png);
    if (length > reader->left) {
        reader->failure = CClearcoatCodecs_truncated;
        png_error(png, "the file ends before the picture does");
    }
    memcpy(target, reader->next, length);
    reader->next += length;
    reader->left -= length;
}

static int openReader(struct pngReader *reader, const uint8_t *bytes, size_t count,
                      CClearcoatCodecs_report *report) {
    memset(reader, 0, sizeof *reader);
    clearReport(report);
    reader->next = bytes;
    reader->left = reader->count = count;
    reader->report = report;
    reader->failure = CClearcoatCodecs_malformed;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, warn);
    if (!reader->png) return 0;
    reader->info = png_create_info_struct(reader->png);
    if (!reader->info) return 0;
    png_set_read_fn(reader->png, reader, readBytes);
    return 1;
}

static void closeReader(struct pngReader *reader) {
    if (reader->png) png_destroy_read_struct(&reader->png, &reader->info, NULL);
    free(reader->samples);
    free(reader->expanded);
}

/// Deflate cannot expand more than this: 258 bytes from two bits.
enum { maximumExpansion = 1032 };

/// Reads up to the first sample. Jumps when libpng fails.
static CClearcoatCodecs_status readHeader(struct pngReader *reader, const CClearcoatCodecs_limits *limits,
                                          CClearcoatCodecs_header *header) {
    png_structp png = reader->png;
    png_infop info = reader->info;
    // The limits are ours, checked once the header is read; libpng's would hide what is wrong.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(png, limits->maximumChunkBytes);
    // Text, density and profiles are read in Swift, which cannot be overrun; libpng steps over them.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, info);
    header->width = png_get_image_width(png, info);
    header->height = png_get_image_height(png, info);
    header->bitsPerSample = png_get_bit_depth(png, info);
    int type = png_get_color_type(png, info);
    header->color = type == PNG_COLOR_TYPE_PALETTE ? CClearcoatCodecs_palette
                    : type & PNG_COLOR_MASK_COLOR  ? CClearcoatCodecs_rgb
                                                   : CClearcoatCodecs_gray;
    header->hasAlpha = (type & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
    if (!isWithin(limits, header->width, header->height)) return CClearcoatCodecs_tooLarge;
    // A few bytes that claim a huge picture are found out before memory is taken for it.
    uint64_t pixels = (uint64_t)header->width * header->height;
    uint64_t bits = (uint64_t)header->bitsPerSample * png_get_channels(png, info);
    if (pixels * bits / 8 / maximumExpansion > reader->count) {
        keepMessage(reader->report, "too few bytes for a picture of this size");
        return CClearcoatCodecs_truncated;
    }
    return CClearcoatCodecs_ok;
}

static CClearcoatCodecs_status landHeader(struct pngReader *reader, const CClearcoatCodecs_limits *limits,
                                          CClearcoatCodecs_header *header) {
    if (setjmp(png_jmpbuf(reader->png))) return reader->failure;
    return readHeader(reader, limits, header);
}

CClearcoatCodecs_status CClearcoatCodecs_readPNGHeader(const uint8_t *bytes, size_t count,
                                                       const CClearcoatCodecs_limits *limits,
                                                       CClearcoatCodecs_header *header,
                                                       CClearcoatCodecs_report *report) {
    struct pngReader reader;
    CClearcoatCodecs_status status = CClearcoatCodecs_outOfMemory;
    memset(header, 0, sizeof *header);
    if (openReader(&reader, bytes, count, report)) status = landHeader(&reader, limits, header);
    closeReader(&reader);
    return status;
}

static void readPalette(struct pngReader *reader) {
    png_colorp colors = NULL;
    png_bytep alpha = NULL;
    int alphaCount = 0;
    png_get_PLTE(reader->png, reader->info, &colors, &reader->colorCount);
    png_get_tRNS(reader->png, reader->info, &alpha, &alphaCount, NULL);
    for (int index = 0; index < reader->colorCount; index++) {
        uint8_t *color = reader->colors[index];
        color[0] = colors[index].red;
        color[1] = colors[index].green;
        color[2] = colors[index].blue;
        color[3] = index < alphaCount ? alpha[index] : 255;
    }
}

/// Turns a row of indexes into RGBA. libpng would take black for an index without a colour, silently.
static const uint8_t *lookUp(struct pngReader *reader, const uint8_t *indexes, size_t width) {
    for (size_t x = 0; x < width; x++) {
        if (indexes[x] >= reader->colorCount) png_error(reader->png, "a colour is not in the palette");
        memcpy(reader->expanded + x * 4, reader->colors[indexes[x]], 4);
    }
    return reader->expanded;
}

/// Puts a row of samples, or of indexes, into its place.
static void storePNGRow(struct pngReader *reader, const CClearcoatCodecs_output *output, size_t y, size_t width,
                        int channels, const uint8_t *row) {
    if (reader->colorCount) {
        row = lookUp(reader, row, width);
        channels = 4;
    }
    storeRow(output, y, width, channels, row);
    if (output->colourSums[0] && channels >= 3) addColourRow(output, y, width, channels, row);
}

/// Reads all rows into the output. Jumps when libpng fails.
static CClearcoatCodecs_status readRows(struct pngReader *reader, const CClearcoatCodecs_header *header,
                                        const CClearcoatCodecs_output *output,
                                        CClearcoatCodecs_flag *cancellation) {
    png_structp png = reader->png;
    size_t width = header->width, height = header->height;
    if (header->color == CClearcoatCodecs_palette) {
        readPalette(reader);
        png_set_packing(png); // an index a byte
    } else {
        png_set_expand(png); // 1, 2 and 4 bits to the whole range of 8, keyed colours to alpha
        png_set_swap(png);   // the machine's byte order
    }
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
    uint32_t bits = png_get_bit_depth(png, reader->info);
    int channels = png_get_channels(png, reader->info);
    size_t rowBytes = png_get_rowbytes(png, reader->info);
    if (!fits(output, width, height, bits) || !fitsColour(output, width, height)) return CClearcoatCodecs_misuse;

    // Opaque gray goes straight to its place; anything else through a row, or the whole picture
    // where interlacing brings it in seven passes.
    int isDirect = channels == 1 && !reader->colorCount && output->planeCount == 1 && !output->planes[3];
    if (!isDirect) {
        reader->samples = malloc(rowBytes * (passes > 1 ? height : 1));
        if (!reader->samples) return CClearcoatCodecs_outOfMemory;
    }
    if (reader->colorCount) {
        reader->expanded = malloc(width * 4);
        if (!reader->expanded) return CClearcoatCodecs_outOfMemory;
    }
    for (int pass = 0; pass < passes; pass++) {
        int isLast = pass == passes - 1;
        for (size_t y = 0; y < height; y++) {
            if (isCancelled(cancellation)) return CClearcoatCodecs_cancelled;
            uint8_t *row = isDirect ? (uint8_t *)output->planes[0] + y * rowBytes
                                    : reader->samples + (passes > 1 ? y * rowBytes : 0);
            png_read_row(png, row, NULL);
            if (!isLast) continue;
            if (!isDirect) storePNGRow(reader, output, y, width, channels, row);
            reader->report->rowsGood = (uint32_t)y + 1;
        }
    }
    png_read_end(png, NULL); // the last checksum, and that the file is complete
    return CClearcoatCodecs_ok;
}

static CClearcoatCodecs_status landPicture(struct pngReader *reader, const CClearcoatCodecs_limits *limits,
                                           const CClearcoatCodecs_output *output,
                                           CClearcoatCodecs_flag *cancellation) {
    if (setjmp(png_jmpbuf(reader->png))) return reader->failure;
    CClearcoatCodecs_header header = {0};
    CClearcoatCodecs_status status = readHeader(reader, limits, &header);
    return status == CClearcoatCodecs_ok ? readRows(reader, &header, output, cancellation) : status;
}

CClearcoatCodecs_status CClearcoatCodecs_decodePNG(const uint8_t *bytes, size_t count,
                                                   const CClearcoatCodecs_limits *limits,
                                                   const CClearcoatCodecs_output *output,
                                                   CClearcoatCodecs_flag *cancellation,
                                                   CClearcoatCodecs_report *report) {
    struct pngReader reader;
    CClearcoatCodecs_status status = CClearcoatCodecs_outOfMemory;
    if (openReader(&reader, bytes, count, report))
        status = landPicture(&reader, limits, output, cancellation);
    closeReader(&reader);
    return status;
}
