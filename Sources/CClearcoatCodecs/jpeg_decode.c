#include "colour.h"
#include "jpeg_error.h"
#include "rows.h"

#include <string.h>

#ifndef JCS_EXTENSIONS
#error "libjpeg-turbo is needed: it writes four bytes a pixel"
#endif

/// Everything one operation owns.
struct jpegReader {
    struct jpeg_decompress_struct info;
    struct jpegError error;
    struct jpeg_progress_mgr progress;
    const CClearcoatCodecs_limits *limits;
    CClearcoatCodecs_flag *cancellation;
    uint32_t componentsSeen; // one bit for each that any scan brought
};

/// Called by libjpeg between rows of blocks while it gathers scans: the place to give up.
static void watchProgress(j_common_ptr common) {
    j_decompress_ptr info = (j_decompress_ptr)common;
    struct jpegReader *reader = common->client_data;
    for (int index = 0; index < info->comps_in_scan; index++)
        reader->componentsSeen |= 1u << info->cur_comp_info[index]->component_index;
    if (isCancelled(reader->cancellation)) failJPEG(common, CClearcoatCodecs_cancelled, "");
    if ((uint32_t)info->input_scan_number > reader->limits->maximumScans)
        failJPEG(common, CClearcoatCodecs_overLimit, "too many scans");
}

static void openReader(struct jpegReader *reader, const CClearcoatCodecs_limits *limits,
                       CClearcoatCodecs_flag *cancellation, CClearcoatCodecs_report *report) {
    memset(reader, 0, sizeof *reader);
    reader->info.err = prepareJPEGError(&reader->error, report);
    reader->limits = limits;
    reader->cancellation = cancellation;
}

/// Whether so few bytes can hold the picture. Every block of a sequential picture takes two bits at
/// least, and every block of a progressive one's first component takes one.
static int hasEnoughBytes(const struct jpeg_decompress_struct *info, size_t count) {
    uint64_t bits = 0;
    int counted = info->progressive_mode ? 1 : info->num_components;
    for (int index = 0; index < counted; index++) {
        const jpeg_component_info *component = &info->comp_info[index];
        bits += (uint64_t)component->width_in_blocks * component->height_in_blocks;
    }
    return (info->progressive_mode ? bits : bits * 2) / 8 <= count;
}

/// Reads up to the first scan. Jumps when libjpeg fails.
static void readHeader(struct jpegReader *reader, const uint8_t *bytes, size_t count,
                       CClearcoatCodecs_header *header) {
    struct jpeg_decompress_struct *info = &reader->info;
    j_common_ptr common = (j_common_ptr)info;
    jpeg_create_decompress(info);
    info->client_data = reader;
    jpeg_mem_src(info, bytes, count);
    jpeg_read_header(info, TRUE);
    header->width = info->image_width;
    header->height = info->image_height;
    header->bitsPerSample = (uint32_t)info->data_precision;
    if (!isWithin(reader->limits, header->width, header->height))
        failJPEG(common, CClearcoatCodecs_tooLarge, "");
    if (info->arith_code)
        failJPEG(common, CClearcoatCodecs_unsupported, "arithmetic coding, in which lost data cannot be noticed");
    switch (info->jpeg_color_space) {
    case JCS_GRAYSCALE: header->color = CClearcoatCodecs_gray; break;
    case JCS_RGB: header->color = CClearcoatCodecs_rgb; break;
    case JCS_YCbCr: header->color = CClearcoatCodecs_ycc; break;
    case JCS_CMYK:
    case JCS_YCCK: header->color = CClearcoatCodecs_cmyk; break;
    default: failJPEG(common, CClearcoatCodecs_unsupported, "neither gray, RGB, YCbCr, CMYK nor YCCK");
    }
    if (!hasEnoughBytes(info, count))
        failJPEG(common, CClearcoatCodecs_truncated, "too few bytes for a picture of this size");
}

static CClearcoatCodecs_status landHeader(struct jpegReader *reader, const uint8_t *bytes, size_t count,
                                          CClearcoatCodecs_header *header) {
    if (setjmp(reader->error.landing)) return reader->error.failure;
    readHeader(reader, bytes, count, header);
    return CClearcoatCodecs_ok;
}

CClearcoatCodecs_status CClearcoatCodecs_readJPEGHeader(const uint8_t *bytes, size_t count,
                                                        const CClearcoatCodecs_limits *limits,
                                                        CClearcoatCodecs_header *header,
                                                        CClearcoatCodecs_report *report) {
    struct jpegReader reader;
    memset(header, 0, sizeof *header);
    openReader(&reader, limits, NULL, report);
    CClearcoatCodecs_status status = landHeader(&reader, bytes, count, header);
    jpeg_destroy_decompress(&reader.info);
    return status;
}

/// How many rows libjpeg is asked for at once when they go straight to their place.
enum { rowsAtOnce = 16 };

static void readGrayRows(struct jpegReader *reader, const CClearcoatCodecs_output *output) {
    struct jpeg_decompress_struct *info = &reader->info;
    while (info->output_scanline < info->output_height) {
        JSAMPROW rows[rowsAtOnce];
        JDIMENSION count = 0;
        while (count < rowsAtOnce && info->output_scanline + count < info->output_height) {
            rows[count] = (uint8_t *)output->planes[0] + (size_t)(info->output_scanline + count) * info->output_width;
            count++;
        }
        if (isCancelled(reader->cancellation)) failJPEG((j_common_ptr)info, CClearcoatCodecs_cancelled, "");
        jpeg_read_scanlines(info, rows, count);
        reader->error.report->rowsGood = info->output_scanline;
    }
}

static void readColorRows(struct jpegReader *reader, const CClearcoatCodecs_output *output) {
    struct jpeg_decompress_struct *info = &reader->info;
    size_t width = info->output_width;
    JSAMPARRAY row = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, (JDIMENSION)(width * 4), 1);
    while (info->output_scanline < info->output_height) {
        if (isCancelled(reader->cancellation)) failJPEG((j_common_ptr)info, CClearcoatCodecs_cancelled, "");
        size_t y = info->output_scanline;
        jpeg_read_scanlines(info, row, 1);
        if (info->out_color_space == JCS_CMYK)
            storeCMYKRow(output, y, width, row[0], info->saw_Adobe_marker);
        else
            storeRGBXRow(output, y, width, (const uint32_t *)(const void *)row[0]); // libjpeg aligns its rows
        reader->error.report->rowsGood = info->output_scanline;
    }
}

/// Reads gray and adds up the colours, a row at a time and with all three interleaved: for pictures whose colours are
/// stored in an unusual way.
static void readGrayAndColourRows(struct jpegReader *reader, const CClearcoatCodecs_output *output) {
    struct jpeg_decompress_struct *info = &reader->info;
    size_t width = info->output_width;
    JSAMPARRAY row = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, (JDIMENSION)(width * 3), 1);
    while (info->output_scanline < info->output_height) {
        if (isCancelled(reader->cancellation)) failJPEG((j_common_ptr)info, CClearcoatCodecs_cancelled, "");
        size_t y = info->output_scanline;
        jpeg_read_scanlines(info, row, 1);
        if (info->out_color_space == JCS_YCbCr) {
            uint8_t *restrict gray = (uint8_t *)output->planes[0] + y * width;
            const uint8_t *restrict samples = row[0];
            for (size_t x = 0; x < width; x++) gray[x] = samples[x * 3];
        } else {
            storeRow(output, y, width, 3, row[0]);
        }
        addColourRow(output, y, width, 3, row[0]);
        reader->error.report->rowsGood = info->output_scanline;
    }
}

/// Whether Y has every pixel and Cb and Cr each have one sample for one or two of them in each direction.
static int hasUsualSampling(const struct jpeg_decompress_struct *info) {
    if (info->jpeg_color_space != JCS_YCbCr) return 0;
    for (int component = 0; component < 3; component++) {
        int across = info->comp_info[component].h_samp_factor, down = info->comp_info[component].v_samp_factor;
        int most = component == 0 ? 1 : 2;
        if (info->max_h_samp_factor % across || info->max_v_samp_factor % down) return 0;
        if (info->max_h_samp_factor / across > most || info->max_v_samp_factor / down > most) return 0;
    }
    return 1;
}

/// Reads Y, Cb and Cr as they are stored, before colours are spread over their pixels and put beside Y: only sums
/// are made of them, and it takes a third of the time.
static void readStoredRows(struct jpegReader *reader, const CClearcoatCodecs_output *output) {
    struct jpeg_decompress_struct *info = &reader->info;
    size_t width = info->output_width, height = info->output_height;
    size_t rowsAtATime = (size_t)info->max_v_samp_factor * DCTSIZE;
    JSAMPARRAY planes[3];
    for (int component = 0; component < 3; component++) {
        const jpeg_component_info *stored = &info->comp_info[component];
        planes[component] = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE,
                                                    stored->width_in_blocks * DCTSIZE,
                                                    (JDIMENSION)(stored->v_samp_factor * DCTSIZE));
    }
    for (size_t top = 0; top < height; top += rowsAtATime) {
        if (isCancelled(reader->cancellation)) failJPEG((j_common_ptr)info, CClearcoatCodecs_cancelled, "");
        jpeg_read_raw_data(info, planes, (JDIMENSION)rowsAtATime);
        size_t count = height - top < rowsAtATime ? height - top : rowsAtATime;
        for (size_t row = 0; row < count; row++) {
            size_t y = top + row;
            memcpy((uint8_t *)output->planes[0] + y * width, planes[0][row], width);
            for (int component = 0; component < 3; component++) {
                const jpeg_component_info *stored = &info->comp_info[component];
                size_t across = (size_t)(info->max_h_samp_factor / stored->h_samp_factor);
                size_t down = (size_t)(info->max_v_samp_factor / stored->v_samp_factor);
                addPlaneRow(output, component, y, width, across, planes[component][row / down]);
            }
        }
        reader->error.report->rowsGood = (uint32_t)(top + count);
    }
}

// libjpeg is silent on parts of the picture that no scan brought: it fills them in.

/// Called when all scans of a picture that has several are gathered.
static void checkComponents(struct jpegReader *reader) {
    struct jpeg_decompress_struct *info = &reader->info;
    if (jpeg_has_multiple_scans(info) && reader->componentsSeen != (1u << info->num_components) - 1)
        failJPEG((j_common_ptr)info, CClearcoatCodecs_truncated, "a whole colour component is missing");
}

static void checkCoefficients(struct jpegReader *reader) {
    const struct jpeg_decompress_struct *info = &reader->info;
    if (!info->coef_bits) return; // not progressive
    for (int component = 0; component < info->num_components; component++)
        for (int coefficient = 0; coefficient < DCTSIZE2; coefficient++)
            if (info->coef_bits[component][coefficient] != 0)
                keepWarning(reader->error.report, "progressive scans are missing: the picture is less sharp than it was");
}

/// Reads the whole picture. Jumps when libjpeg fails.
static void readAll(struct jpegReader *reader, const uint8_t *bytes, size_t count,
                    const CClearcoatCodecs_output *output) {
    struct jpeg_decompress_struct *info = &reader->info;
    CClearcoatCodecs_header header = {0};
    readHeader(reader, bytes, count, &header);
    if (!fits(output, header.width, header.height, 8) || !fitsColour(output, header.width, header.height))
        failJPEG((j_common_ptr)info, CClearcoatCodecs_misuse, "");
    int isGray = output->planeCount == 1;
    int hasSums = output->colourSums[0] && (header.color == CClearcoatCodecs_ycc || header.color == CClearcoatCodecs_rgb);
    if (header.color == CClearcoatCodecs_cmyk) info->out_color_space = JCS_CMYK;
    else if (hasSums) info->out_color_space = info->jpeg_color_space;
    else info->out_color_space = isGray ? JCS_GRAYSCALE : JCS_EXT_RGBX;
    info->dct_method = JDCT_ISLOW;
    info->progress = &reader->progress;
    reader->progress.progress_monitor = watchProgress;
    int isRaw = hasSums && hasUsualSampling(info);
    info->raw_data_out = isRaw ? TRUE : FALSE;
    jpeg_start_decompress(info);
    checkComponents(reader);
    if (isRaw) readStoredRows(reader, output);
    else if (hasSums) readGrayAndColourRows(reader, output);
    else if (info->out_color_space == JCS_GRAYSCALE) readGrayRows(reader, output);
    else readColorRows(reader, output);
    checkCoefficients(reader);
    jpeg_finish_decompress(info); // reads to the end marker, so that a cut after the last row is noticed
}

static CClearcoatCodecs_status landPicture(struct jpegReader *reader, const uint8_t *bytes, size_t count,
                                           const CClearcoatCodecs_output *output) {
    if (setjmp(reader->error.landing)) return reader->error.failure;
    readAll(reader, bytes, count, output);
    return CClearcoatCodecs_ok;
}

CClearcoatCodecs_status CClearcoatCodecs_decodeJPEG(const uint8_t *bytes, size_t count,
                                                    const CClearcoatCodecs_limits *limits,
                                                    const CClearcoatCodecs_output *output,
                                                    CClearcoatCodecs_flag *cancellation,
                                                    CClearcoatCodecs_report *report) {
    struct jpegReader reader;
    openReader(&reader, limits, cancellation, report);
    CClearcoatCodecs_status status = landPicture(&reader, bytes, count, output);
    jpeg_destroy_decompress(&reader.info);
    return status;
}
