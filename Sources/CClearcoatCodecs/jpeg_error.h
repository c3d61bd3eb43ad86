// libjpeg's error manager with its landing place, for both directions.
#ifndef JPEG_ERROR_H
#define JPEG_ERROR_H

#include "report.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

struct jpegError {
    struct jpeg_error_mgr base; // first, so that a pointer to one is a pointer to the other
    jmp_buf landing;
    CClearcoatCodecs_report *report;
    CClearcoatCodecs_status failure; // what the last jump means
};

/// Sets up `error` and returns what belongs into the `err` field of libjpeg's struct.
struct jpeg_error_mgr *prepareJPEGError(struct jpegError *error, CClearcoatCodecs_report *report);
/// Leaves the operation with a message of our own.
_Noreturn void failJPEG(j_common_ptr info, CClearcoatCodecs_status failure, const char *message);

#endif
