#include "jpeg_error.h"
#include "rows.h"

#include <string.h>

struct jpegWriter {
    struct jpeg_compress_struct info;
    struct jpegError error;
    struct jpeg_destination_mgr destination;
};

static void startOutput(j_compress_ptr info) { (void)info; }
static void finishOutput(j_compress_ptr info) { (void)info; }

/// The one buffer there is is full.
static boolean failFull(j_compress_ptr info) {
    failJPEG((j_common_ptr)info, CClearcoatCodecs_malformed, "the encoded picture does not fit its buffer");
}

static void setColors(struct jpegWriter *writer, const CClearcoatCodecs_input *input,
                      CClearcoatCodecs_jpegOptions options) {
    struct jpeg_compress_struct *info = &writer->info;
    int isColor = input->planeCount == 3;
    info->image_width = input->width;
    info->image_height = input->height;
    info->input_components = isColor ? 4 : 1;
    info->in_color_space = isColor ? JCS_EXT_RGBX : JCS_GRAYSCALE;
    jpeg_set_defaults(info);
    jpeg_set_quality(info, options.quality, TRUE);
    info->dct_method = JDCT_ISLOW;
    if (isColor) {
        info->comp_info[0].h_samp_factor = options.horizontalSampling;
        info->comp_info[0].v_samp_factor = options.verticalSampling;
    }
    if (options.progressive) jpeg_simple_progression(info);
    info->density_unit = (UINT8)options.densityUnit;
    info->X_density = options.densityX;
    info->Y_density = options.densityY;
}

/// Writes the whole file. Jumps when libjpeg fails.
static void writeAll(struct jpegWriter *writer, const CClearcoatCodecs_input *input,
                     CClearcoatCodecs_jpegOptions options, const CClearcoatCodecs_block *blocks,
                     size_t blockCount, uint8_t *bytes, size_t capacity) {
    struct jpeg_compress_struct *info = &writer->info;
    jpeg_create_compress(info);
    writer->destination.init_destination = startOutput;
    writer->destination.empty_output_buffer = failFull;
    writer->destination.term_destination = finishOutput;
    writer->destination.next_output_byte = bytes;
    writer->destination.free_in_buffer = capacity;
    info->dest = &writer->destination;
    setColors(writer, input, options);
    jpeg_start_compress(info, TRUE);
    for (size_t index = 0; index < blockCount; index++)
        jpeg_write_marker(info, blocks[index].marker, blocks[index].bytes, (unsigned)blocks[index].count);

    int isColor = input->planeCount == 3;
    JSAMPARRAY packed = NULL;
    if (isColor) packed = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, input->width * 4, 1);
    for (size_t y = 0; y < input->height; y++) {
        // libjpeg does not write to the row, it only forgot to say so.
        JSAMPROW row = (JSAMPROW)((const uint8_t *)input->planes[0] + y * input->width);
        if (isColor) {
            loadRGBXRow(input, y, packed[0]);
            row = packed[0];
        }
        jpeg_write_scanlines(info, &row, 1);
    }
    jpeg_finish_compress(info);
}

static CClearcoatCodecs_status land(struct jpegWriter *writer, const CClearcoatCodecs_input *input,
                                    CClearcoatCodecs_jpegOptions options, const CClearcoatCodecs_block *blocks,
                                    size_t blockCount, uint8_t *bytes, size_t capacity) {
    if (setjmp(writer->error.landing)) return writer->error.failure;
    writeAll(writer, input, options, blocks, blockCount, bytes, capacity);
    return CClearcoatCodecs_ok;
}

CClearcoatCodecs_status CClearcoatCodecs_encodeJPEG(const CClearcoatCodecs_input *input,
                                                    CClearcoatCodecs_jpegOptions options,
                                                    const CClearcoatCodecs_block *blocks, size_t blockCount,
                                                    uint8_t *bytes, size_t capacity, size_t *written,
                                                    CClearcoatCodecs_report *report) {
    struct jpegWriter writer;
    memset(&writer, 0, sizeof writer);
    writer.info.err = prepareJPEGError(&writer.error, report);
    *written = 0;
    CClearcoatCodecs_status status = land(&writer, input, options, blocks, blockCount, bytes, capacity);
    if (status == CClearcoatCodecs_ok) *written = capacity - writer.destination.free_in_buffer;
    jpeg_destroy_compress(&writer.info);
    return status;
}
