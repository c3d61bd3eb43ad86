#include "rows.h"

#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "pixels of four bytes are read as little-endian numbers"
#endif

// Rec. 601 luma in 1/65536, rounded to nearest: the weights, and so the results, are those by which
// libjpeg turns RGB into Y. They add up to 65536, so gray stays gray; the sum of 16-bit samples and
// the half still fits 32 bits.
static inline uint32_t luma(uint32_t red, uint32_t green, uint32_t blue) {
    return (19595u * red + 38470u * green + 7471u * blue + 32768u) >> 16;
}

/// sample * alpha / 255, rounded to nearest.
static inline uint32_t scaled8(uint32_t sample, uint32_t alpha) {
    uint32_t product = sample * alpha + 128u;
    return (product + (product >> 8)) >> 8;
}

/// sample * alpha / 65535, rounded to nearest.
static inline uint32_t scaled16(uint32_t sample, uint32_t alpha) {
    return (sample * alpha + 32767u) / 65535u;
}

// The same five shapes for 8 and 16 bits; a macro, since C has no other way to write them once.
#define STORE_ROW(NAME, TYPE, SCALED)                                                              \
    static void NAME(const CClearcoatCodecs_output *output, size_t y, size_t width, int channels,  \
                     const TYPE *restrict row) {                                                   \
        size_t start = y * width;                                                                  \
        TYPE *restrict first = (TYPE *)output->planes[0] + start;                                  \
        TYPE *restrict alpha = output->planes[3] ? (TYPE *)output->planes[3] + start : NULL;       \
        int isOpaque = channels == 1 || channels == 3;                                             \
        if (isOpaque && alpha) memset(alpha, 0xff, width * sizeof(TYPE));                          \
        int isLaidOverBlack = !isOpaque && !alpha;                                                 \
        if (channels <= 2) {                                                                       \
            for (size_t x = 0; x < width; x++) {                                                   \
                uint32_t value = row[x * channels];                                                \
                if (isLaidOverBlack) value = SCALED(value, row[x * 2 + 1]);                        \
                first[x] = (TYPE)value;                                                            \
                if (alpha && !isOpaque) alpha[x] = row[x * 2 + 1];                                 \
            }                                                                                      \
            if (output->planeCount == 3) {                                                         \
                memcpy((TYPE *)output->planes[1] + start, first, width * sizeof(TYPE));            \
                memcpy((TYPE *)output->planes[2] + start, first, width * sizeof(TYPE));            \
            }                                                                                      \
        } else if (output->planeCount == 1) {                                                      \
            for (size_t x = 0; x < width; x++) {                                                   \
                const TYPE *pixel = row + x * channels;                                            \
                uint32_t red = pixel[0], green = pixel[1], blue = pixel[2];                        \
                if (isLaidOverBlack) {                                                             \
                    red = SCALED(red, pixel[3]);                                                   \
                    green = SCALED(green, pixel[3]);                                               \
                    blue = SCALED(blue, pixel[3]);                                                 \
                }                                                                                  \
                first[x] = (TYPE)luma(red, green, blue);                                           \
                if (alpha && !isOpaque) alpha[x] = pixel[3];                                       \
            }                                                                                      \
        } else {                                                                                   \
            TYPE *restrict second = (TYPE *)output->planes[1] + start;                             \
            TYPE *restrict third = (TYPE *)output->planes[2] + start;                              \
            for (size_t x = 0; x < width; x++) {                                                   \
                const TYPE *pixel = row + x * channels;                                            \
                if (isLaidOverBlack) {                                                             \
                    first[x] = (TYPE)SCALED(pixel[0], pixel[3]);                                   \
                    second[x] = (TYPE)SCALED(pixel[1], pixel[3]);                                  \
                    third[x] = (TYPE)SCALED(pixel[2], pixel[3]);                                   \
                } else {                                                                           \
                    first[x] = pixel[0];                                                           \
                    second[x] = pixel[1];                                                          \
                    third[x] = pixel[2];                                                           \
                    if (alpha && !isOpaque) alpha[x] = pixel[3];                                   \
                }                                                                                  \
            }                                                                                      \
        }                                                                                          \
    }

STORE_ROW(storeRow8, uint8_t, scaled8)
STORE_ROW(storeRow16, uint16_t, scaled16)

void storeRow(const CClearcoatCodecs_output *output, size_t y, size_t width, int channels, const void *row) {
    if (output->bitsPerSample == 16) storeRow16(output, y, width, channels, row);
    else storeRow8(output, y, width, channels, row);
}

void storeRGBXRow(const CClearcoatCodecs_output *output, size_t y, size_t width, const uint32_t *row) {
    size_t start = y * width;
    uint8_t *restrict red = (uint8_t *)output->planes[0] + start;
    uint8_t *restrict green = (uint8_t *)output->planes[1] + start;
    uint8_t *restrict blue = (uint8_t *)output->planes[2] + start;
    for (size_t x = 0; x < width; x++) {
        // As one number: the compiler then takes sixteen pixels at a time, five times as fast.
        uint32_t pixel = row[x];
        red[x] = (uint8_t)pixel;
        green[x] = (uint8_t)(pixel >> 8);
        blue[x] = (uint8_t)(pixel >> 16);
    }
}

void storeCMYKRow(const CClearcoatCodecs_output *output, size_t y, size_t width, const uint8_t *row, int inverted) {
    // Without a profile, inks are taken as ideal filters: what one lets through the next one dims.
    uint8_t mask = inverted ? 0 : 255;
    size_t start = y * width;
    for (size_t x = 0; x < width; x++) {
        const uint8_t *pixel = row + x * 4;
        uint32_t black = pixel[3] ^ mask;
        uint32_t red = scaled8(pixel[0] ^ mask, black);
        uint32_t green = scaled8(pixel[1] ^ mask, black);
        uint32_t blue = scaled8(pixel[2] ^ mask, black);
        if (output->planeCount == 1) {
            ((uint8_t *)output->planes[0])[start + x] = (uint8_t)luma(red, green, blue);
        } else {
            ((uint8_t *)output->planes[0])[start + x] = (uint8_t)red;
            ((uint8_t *)output->planes[1])[start + x] = (uint8_t)green;
            ((uint8_t *)output->planes[2])[start + x] = (uint8_t)blue;
        }
    }
}

void loadRGBRow(const CClearcoatCodecs_input *input, size_t y, uint8_t *restrict row) {
    size_t width = input->width, start = y * width;
    if (input->bitsPerSample == 8) {
        const uint8_t *red = (const uint8_t *)input->planes[0] + start;
        const uint8_t *green = (const uint8_t *)input->planes[1] + start;
        const uint8_t *blue = (const uint8_t *)input->planes[2] + start;
        for (size_t x = 0; x < width; x++) {
            row[x * 3] = red[x];
            row[x * 3 + 1] = green[x];
            row[x * 3 + 2] = blue[x];
        }
    } else {
        for (size_t plane = 0; plane < 3; plane++) {
            const uint16_t *samples = (const uint16_t *)input->planes[plane] + start;
            for (size_t x = 0; x < width; x++) {
                row[(x * 3 + plane) * 2] = (uint8_t)(samples[x] >> 8);
                row[(x * 3 + plane) * 2 + 1] = (uint8_t)samples[x];
            }
        }
    }
}

void loadRGBXRow(const CClearcoatCodecs_input *input, size_t y, uint8_t *restrict row) {
    size_t width = input->width, start = y * width;
    const uint8_t *red = (const uint8_t *)input->planes[0] + start;
    const uint8_t *green = (const uint8_t *)input->planes[1] + start;
    const uint8_t *blue = (const uint8_t *)input->planes[2] + start;
    for (size_t x = 0; x < width; x++) {
        row[x * 4] = red[x];
        row[x * 4 + 1] = green[x];
        row[x * 4 + 2] = blue[x];
        row[x * 4 + 3] = 0;
    }
}
