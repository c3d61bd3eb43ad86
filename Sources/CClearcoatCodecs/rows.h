// One row of interleaved samples into separate planes, and back.
#ifndef ROWS_H
#define ROWS_H

#include "CClearcoatCodecs.h"

/// Takes a row of `channels` interleaved samples apart: gray, gray and alpha, RGB or RGBA, of the
/// output's depth, into row `y` of its planes. Alpha goes to its own plane, or is laid over black.
/// Gray from colour is luma.
void storeRow(const CClearcoatCodecs_output *output, size_t y, size_t width, int channels, const void *row);
/// The same for four bytes a pixel: red, green, blue and one that is ignored, the first one lowest.
void storeRGBXRow(const CClearcoatCodecs_output *output, size_t y, size_t width, const uint32_t *row);
/// The same for the inks cyan, magenta, yellow and black. Adobe stores them inverted: 255 is no ink.
void storeCMYKRow(const CClearcoatCodecs_output *output, size_t y, size_t width, const uint8_t *row, int inverted);

/// Puts three planes together as three samples a pixel; 16-bit ones in PNG's order, high byte first.
void loadRGBRow(const CClearcoatCodecs_input *input, size_t y, uint8_t *row);
/// Puts three 8-bit planes together as four bytes a pixel, the last one zero.
void loadRGBXRow(const CClearcoatCodecs_input *input, size_t y, uint8_t *row);

#endif
