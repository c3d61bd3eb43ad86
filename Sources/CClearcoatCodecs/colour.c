#include "colour.h"

#include "rows.h"

/// sample * alpha / maximum, rounded to nearest: as rows are laid over black.
static inline uint32_t scaled(uint32_t sample, uint32_t alpha, uint32_t maximum) {
    return (uint32_t)(((uint64_t)sample * alpha + maximum / 2) / maximum);
}

// The same for 8 and 16 bits; a macro, since C has no other way to write it once.
#define ADD_ROW(NAME, TYPE, MAXIMUM)                                                               \
    static void NAME(uint32_t *restrict first, uint32_t *restrict second, uint32_t *restrict third, \
                     size_t width, int channels, const TYPE *restrict row) {                       \
        size_t step = (size_t)channels;                                                            \
        for (size_t start = 0; start < width; start += colourSide) {                               \
            size_t count = width - start < colourSide ? width - start : colourSide;                \
            uint32_t sums[3] = {0, 0, 0};                                                          \
            for (size_t x = start; x < start + count; x++) {                                       \
                const TYPE *pixel = row + x * step;                                                \
                for (int channel = 0; channel < 3; channel++)                                      \
                    sums[channel] += channels == 4 && pixel[3] != (MAXIMUM)                        \
                                         ? scaled(pixel[channel], pixel[3], (MAXIMUM))             \
                                         : pixel[channel];                                         \
            }                                                                                      \
            *first++ += sums[0];                                                                   \
            *second++ += sums[1];                                                                  \
            *third++ += sums[2];                                                                   \
        }                                                                                          \
    }

ADD_ROW(addRow8, uint8_t, 255u)
ADD_ROW(addRow16, uint16_t, 65535u)

void addColourRow(const CClearcoatCodecs_output *output, size_t y, size_t width, int channels, const void *row) {
    size_t columns = (width + colourSide - 1) / colourSide;
    size_t start = y / colourSide * columns;
    uint32_t *first = output->colourSums[0] + start;
    uint32_t *second = output->colourSums[1] + start;
    uint32_t *third = output->colourSums[2] + start;
    if (output->bitsPerSample == 8) addRow8(first, second, third, width, channels, row);
    else addRow16(first, second, third, width, channels, row);
}

void addPlaneRow(const CClearcoatCodecs_output *output, int plane, size_t y, size_t width, size_t across,
                 const uint8_t *restrict row) {
    size_t columns = (width + colourSide - 1) / colourSide;
    uint32_t *restrict sums = output->colourSums[plane] + y / colourSide * columns;
    size_t whole = width / colourSide;
    if (across == 1) {
        for (size_t cell = 0; cell < whole; cell++) {
            const uint8_t *samples = row + cell * 4;
            sums[cell] += (uint32_t)samples[0] + samples[1] + samples[2] + samples[3];
        }
    } else {
        for (size_t cell = 0; cell < whole; cell++)
            sums[cell] += 2 * ((uint32_t)row[cell * 2] + row[cell * 2 + 1]);
    }
    for (size_t x = whole * colourSide; x < width; x++) sums[whole] += row[x / across];
}

int fitsColour(const CClearcoatCodecs_output *output, size_t width, size_t height) {
    size_t columns = (width + colourSide - 1) / colourSide, rows = (height + colourSide - 1) / colourSide;
    return !output->colourSums[0] || (output->planeCount == 1 && output->colourCapacity == columns * rows);
}
