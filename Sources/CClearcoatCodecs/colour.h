// The colours of a picture, coarsely: sums over cells of 4 x 4 pixels.
#ifndef COLOUR_H
#define COLOUR_H

#include "CClearcoatCodecs.h"

/// Pixels a cell in each direction.
enum { colourSide = 4 };

/// Adds row `y` of three or four interleaved samples a pixel, of the output's depth, to the sums of its cells.
/// A fourth one is alpha: the picture is laid over black.
void addColourRow(const CClearcoatCodecs_output *output, size_t y, size_t width, int channels, const void *row);

/// Adds row `y` of one plane of 8 bits that has a sample for `across` pixels, one or two.
void addPlaneRow(const CClearcoatCodecs_output *output, int plane, size_t y, size_t width, size_t across,
                 const uint8_t *row);

/// Whether the sums, if any are asked for, have room for a picture of this size.
int fitsColour(const CClearcoatCodecs_output *output, size_t width, size_t height);

#endif
