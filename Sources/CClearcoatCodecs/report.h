// What every operation here does with messages, limits and cancellation.
#ifndef REPORT_H
#define REPORT_H

#include "CClearcoatCodecs.h"

/// Empties a report at the start of an operation.
void clearReport(CClearcoatCodecs_report *report);
/// Keeps the library's reason for the failure; the first one counts.
void keepMessage(CClearcoatCodecs_report *report, const char *text);
/// Adds a harmless complaint as one more line, once; what does not fit is dropped, and that is said.
void keepWarning(CClearcoatCodecs_report *report, const char *text);
/// Whether a picture of this size is within the limits.
int isWithin(const CClearcoatCodecs_limits *limits, uint64_t width, uint64_t height);
/// Whether the caller's planes fit a picture of this size and depth.
int fits(const CClearcoatCodecs_output *output, uint64_t width, uint64_t height, uint32_t bits);
/// Whether somebody asked for the operation to stop.
int isCancelled(CClearcoatCodecs_flag *cancellation);

#endif
