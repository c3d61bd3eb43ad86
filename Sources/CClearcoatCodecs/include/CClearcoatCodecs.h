// The only place in the package where setjmp and longjmp meet.
//
// libpng and libjpeg report errors by not returning. Swift cannot call setjmp and must never have
// one of its frames jumped over, so each function here is one whole operation: it sets its own
// landing place, calls the library, frees what it took and returns an ordinary result. There is no
// callback into Swift, no type of either library in this header, and nothing is kept between calls.
#ifndef CCLEARCOATCODECS_H
#define CCLEARCOATCODECS_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    CClearcoatCodecs_ok = 0,
    CClearcoatCodecs_truncated = 1,   // the file ends before the picture does
    CClearcoatCodecs_malformed = 2,   // broken in another way; the library's words are in the report
    CClearcoatCodecs_unsupported = 3, // a sound file of a kind that is not read
    CClearcoatCodecs_tooLarge = 4,    // more pixels, columns or rows than the limits allow
    CClearcoatCodecs_overLimit = 5,   // another limit, such as the number of scans
    CClearcoatCodecs_outOfMemory = 6,
    CClearcoatCodecs_cancelled = 7,
    CClearcoatCodecs_misuse = 8,      // the caller's buffers do not fit the picture: our own mistake
} CClearcoatCodecs_status;

/// How colours are stored in the file.
typedef enum {
    CClearcoatCodecs_gray = 0,
    CClearcoatCodecs_rgb = 1,
    CClearcoatCodecs_palette = 2,
    CClearcoatCodecs_ycc = 3,
    CClearcoatCodecs_cmyk = 4,
} CClearcoatCodecs_color;

/// What the header of a file says, before any sample is read.
typedef struct {
    uint32_t width;         // pixels, as stored
    uint32_t height;        // pixels, as stored
    uint32_t bitsPerSample; // 1, 2, 4, 8 or 16; of the index where there is a palette
    CClearcoatCodecs_color color;
    uint32_t hasAlpha;      // 1 when any pixel may be transparent
} CClearcoatCodecs_header;

/// What a file may ask for. Checked from its header, before memory is taken.
typedef struct {
    uint64_t maximumPixels;
    uint32_t maximumDimension; // columns, and rows
    uint32_t maximumScans;     // JPEG only
    uint32_t maximumChunkBytes; // PNG only: the most libpng may hold of one chunk
} CClearcoatCodecs_limits;

/// What happened, in the library's own words.
typedef struct {
    char message[200];   // why it failed; empty when it did not
    char warnings[2000]; // harmless complaints, one a line; a last line says when more were dropped
    uint32_t rowsGood;   // rows that were complete when it failed
} CClearcoatCodecs_report;

/// Where the samples go: rows from top to bottom without padding, 16-bit ones in the machine's order.
typedef struct {
    void *_Nullable planes[4]; // gray in [0]; or red, green, blue; [3] takes alpha, or is NULL: then the
                        // picture is laid over black
    uint32_t planeCount; // 1: gray, or the luma of a colour picture; 3: red, green, blue
    uint32_t bitsPerSample; // 8, or 16 for a 16-bit file: samples are never rescaled to the other
    size_t capacity;    // samples in each plane; must be width * height
    // Sums over cells of 4 x 4 pixels, added to what is there: red, green and blue, or Y, Cb and Cr where the file
    // stores those. NULL, or beside one plane of a picture in colour; inks have none.
    uint32_t *_Nullable colourSums[3];
    size_t colourCapacity; // cells in each plane; must be those of the whole picture
} CClearcoatCodecs_output;

/// A flag that one thread raises and a decoder in another polls between rows.
typedef struct CClearcoatCodecs_flag CClearcoatCodecs_flag;
/// A flag that nobody has raised. It raises itself after so many looks at it; never when negative.
CClearcoatCodecs_flag *_Nullable CClearcoatCodecs_makeFlag(int64_t looks);
void CClearcoatCodecs_raiseFlag(CClearcoatCodecs_flag *_Nonnull flag);
int CClearcoatCodecs_isFlagRaised(const CClearcoatCodecs_flag *_Nonnull flag);
void CClearcoatCodecs_destroyFlag(CClearcoatCodecs_flag *_Nonnull flag);

/// Reads what stands before the first sample and checks it against the limits.
CClearcoatCodecs_status CClearcoatCodecs_readPNGHeader(
    const uint8_t *_Nonnull bytes, size_t count, const CClearcoatCodecs_limits *_Nonnull limits,
    CClearcoatCodecs_header *_Nonnull header, CClearcoatCodecs_report *_Nonnull report);
CClearcoatCodecs_status CClearcoatCodecs_readJPEGHeader(
    const uint8_t *_Nonnull bytes, size_t count, const CClearcoatCodecs_limits *_Nonnull limits,
    CClearcoatCodecs_header *_Nonnull header, CClearcoatCodecs_report *_Nonnull report);

/// Decodes the whole picture into the caller's planes; on failure their content is undefined.
CClearcoatCodecs_status CClearcoatCodecs_decodePNG(
    const uint8_t *_Nonnull bytes, size_t count, const CClearcoatCodecs_limits *_Nonnull limits,
    const CClearcoatCodecs_output *_Nonnull output, CClearcoatCodecs_flag *_Nullable cancellation,
    CClearcoatCodecs_report *_Nonnull report);
CClearcoatCodecs_status CClearcoatCodecs_decodeJPEG(
    const uint8_t *_Nonnull bytes, size_t count, const CClearcoatCodecs_limits *_Nonnull limits,
    const CClearcoatCodecs_output *_Nonnull output, CClearcoatCodecs_flag *_Nullable cancellation,
    CClearcoatCodecs_report *_Nonnull report);

/// A PNG chunk or JPEG segment to be written before the samples, as it is.
typedef struct {
    char type[4];  // PNG: the chunk's name
    int32_t marker; // JPEG: the marker's code
    const uint8_t *_Nullable bytes;
    size_t count;
} CClearcoatCodecs_block;

/// The picture to encode: one or three planes of `width * height` samples of 8 or 16 bits.
typedef struct {
    const void *_Nullable planes[3];
    uint32_t planeCount;    // 1 or 3
    uint32_t bitsPerSample; // 8 or 16; JPEG takes 8 only
    uint32_t width;
    uint32_t height;
} CClearcoatCodecs_input;

/// How hard to compress a PNG, in zlib's and libpng's own numbers.
typedef struct {
    int32_t level;    // 0...9
    int32_t strategy; // Z_DEFAULT_STRATEGY and so on
    int32_t filters;  // PNG_FILTER_UP and so on, or 0 for none
} CClearcoatCodecs_compression;

/// Encodes into `bytes` and says in `written` how many were needed; fails when `capacity` is too small.
CClearcoatCodecs_status CClearcoatCodecs_encodePNG(
    const CClearcoatCodecs_input *_Nonnull input, CClearcoatCodecs_compression compression,
    const CClearcoatCodecs_block *_Nullable blocks, size_t blockCount,
    uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull written,
    CClearcoatCodecs_report *_Nonnull report);

/// The same, several times as fast: every row as its difference to the one above, compressed by an
/// encoder that knows only runs and frequencies.
CClearcoatCodecs_status CClearcoatCodecs_encodeFastPNG(
    const CClearcoatCodecs_input *_Nonnull input,
    const CClearcoatCodecs_block *_Nullable blocks, size_t blockCount,
    uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull written,
    CClearcoatCodecs_report *_Nonnull report);

/// Begins a fast PNG of 8-bit colour that is encoded band by band: everything before the samples.
CClearcoatCodecs_status CClearcoatCodecs_beginColorPNG(
    uint32_t width, uint32_t height, const CClearcoatCodecs_block *_Nullable blocks, size_t blockCount,
    uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull written);

/// Encodes the next rows of it; the last ones end the file. A pixel has red in its lowest byte, then green and
/// blue, and zero in its highest. The pixels are replaced by what was compressed.
///
/// `above` is the row before the first of these, black before a picture's first. `checksum` is 1 before the
/// first band and is to be handed on from each to the next. 5 bytes a pixel, 16 a row and 1024 for the band
/// are always enough room.
CClearcoatCodecs_status CClearcoatCodecs_encodeColorBand(
    uint32_t *_Nonnull pixels, const uint32_t *_Nonnull above, size_t width, size_t rows,
    int isFirst, int isLast, uint32_t *_Nonnull checksum,
    uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull written);

/// What a JPEG's encoder is asked for.
typedef struct {
    int32_t quality;            // 1...100
    int32_t progressive;        // 0 or 1
    int32_t horizontalSampling; // luma samples for one of chroma: 1 or 2
    int32_t verticalSampling;
    int32_t densityUnit;        // JFIF: 0 none, 1 per inch, 2 per centimetre
    uint16_t densityX;
    uint16_t densityY;
} CClearcoatCodecs_jpegOptions;

CClearcoatCodecs_status CClearcoatCodecs_encodeJPEG(
    const CClearcoatCodecs_input *_Nonnull input, CClearcoatCodecs_jpegOptions options,
    const CClearcoatCodecs_block *_Nullable blocks, size_t blockCount,
    uint8_t *_Nonnull bytes, size_t capacity, size_t *_Nonnull written,
    CClearcoatCodecs_report *_Nonnull report);

#endif
