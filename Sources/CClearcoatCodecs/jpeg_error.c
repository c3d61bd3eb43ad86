#include "jpeg_error.h"

#include <jerror.h>
#include <string.h>

static CClearcoatCodecs_status meaning(int code) {
    switch (code) {
    case JERR_OUT_OF_MEMORY: return CClearcoatCodecs_outOfMemory;
    case JERR_IMAGE_TOO_BIG: return CClearcoatCodecs_overLimit;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:  // the bytes end
    case JWRN_HIT_MARKER: // the picture ends although the bytes do not
        return CClearcoatCodecs_truncated;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOTIMPL:
    case JERR_SOF_UNSUPPORTED: return CClearcoatCodecs_unsupported;
    default: return CClearcoatCodecs_malformed;
    }
}

/// Why libjpeg does not know a frame's kind, from the marker that starts it.
static const char *processName(int marker) {
    switch (marker) {
    case 0xc3: return "lossless coding";
    case 0xcb: return "lossless arithmetic coding";
    default: return "hierarchical coding";
    }
}

_Noreturn static void failWithCode(j_common_ptr info) {
    struct jpegError *error = (struct jpegError *)info->err;
    char text[JMSG_LENGTH_MAX];
    error->base.format_message(info, text);
    int isUnknownProcess = error->base.msg_code == JERR_SOF_UNSUPPORTED;
    keepMessage(error->report, isUnknownProcess ? processName(error->base.msg_parm.i[0]) : text);
    error->failure = meaning(error->base.msg_code);
    longjmp(error->landing, 1);
}

_Noreturn void failJPEG(j_common_ptr info, CClearcoatCodecs_status failure, const char *message) {
    struct jpegError *error = (struct jpegError *)info->err;
    keepMessage(error->report, message);
    error->failure = failure;
    longjmp(error->landing, 1);
}

/// Bytes between segments that no picture would miss. More than that is picture data which was not
/// used, as when the header lies about the height.
enum { harmlessExtraBytes = 64 };

/// Complaints that leave every sample as it was stored. Any other means lost image data.
static int isHarmless(const struct jpeg_error_mgr *error) {
    switch (error->msg_code) {
    case JWRN_EXTRANEOUS_DATA: return error->msg_parm.i[0] <= harmlessExtraBytes;
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:
    case JWRN_NOT_SEQUENTIAL: // some encoders leave bytes empty that baseline files do not need
        return 1;
    default: return 0;
    }
}

static void handleMessage(j_common_ptr info, int level) {
    struct jpegError *error = (struct jpegError *)info->err;
    if (level >= 0) return; // a trace, not a warning
    if (!isHarmless(&error->base)) failWithCode(info);
    char text[JMSG_LENGTH_MAX];
    error->base.format_message(info, text);
    keepWarning(error->report, text);
}

static void printNothing(j_common_ptr info) { (void)info; }

struct jpeg_error_mgr *prepareJPEGError(struct jpegError *error, CClearcoatCodecs_report *report) {
    clearReport(report);
    memset(error, 0, sizeof *error);
    jpeg_std_error(&error->base);
    error->base.error_exit = failWithCode;
    error->base.emit_message = handleMessage;
    error->base.output_message = printNothing;
    error->report = report;
    error->failure = CClearcoatCodecs_malformed;
    return &error->base;
}
