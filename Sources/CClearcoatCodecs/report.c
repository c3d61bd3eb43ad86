#include "report.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct CClearcoatCodecs_flag {
    atomic_int raised;
    atomic_llong looksLeft; // negative: nobody counts
};

CClearcoatCodecs_flag *CClearcoatCodecs_makeFlag(int64_t looks) {
    CClearcoatCodecs_flag *flag = malloc(sizeof *flag);
    if (flag) {
        atomic_init(&flag->raised, 0);
        atomic_init(&flag->looksLeft, looks);
    }
    return flag;
}

void CClearcoatCodecs_raiseFlag(CClearcoatCodecs_flag *flag) {
    atomic_store_explicit(&flag->raised, 1, memory_order_relaxed);
}

int CClearcoatCodecs_isFlagRaised(const CClearcoatCodecs_flag *flag) {
    return atomic_load_explicit(&flag->raised, memory_order_relaxed);
}

void CClearcoatCodecs_destroyFlag(CClearcoatCodecs_flag *flag) { free(flag); }

int isCancelled(CClearcoatCodecs_flag *cancellation) {
    if (!cancellation) return 0;
    if (atomic_load_explicit(&cancellation->looksLeft, memory_order_relaxed) >= 0 &&
        atomic_fetch_sub_explicit(&cancellation->looksLeft, 1, memory_order_relaxed) == 0)
        CClearcoatCodecs_raiseFlag(cancellation);
    return CClearcoatCodecs_isFlagRaised(cancellation);
}

void clearReport(CClearcoatCodecs_report *report) {
    report->message[0] = 0;
    report->warnings[0] = 0;
    report->rowsGood = 0;
}

void keepMessage(CClearcoatCodecs_report *report, const char *text) {
    if (report->message[0]) return;
    size_t length = strnlen(text, sizeof report->message - 1);
    memcpy(report->message, text, length);
    report->message[length] = 0;
}

void keepWarning(CClearcoatCodecs_report *report, const char *text) {
    static const char more[] = "further warnings were dropped\n";
    size_t used = strlen(report->warnings);
    size_t length = strlen(text);
    if (length == 0 || strstr(report->warnings, text)) return;
    if (used + length + 1 + sizeof more > sizeof report->warnings) {
        if (!strstr(report->warnings, more)) memcpy(report->warnings + used, more, sizeof more);
        return;
    }
    memcpy(report->warnings + used, text, length);
    memcpy(report->warnings + used + length, "\n", 2);
}

int isWithin(const CClearcoatCodecs_limits *limits, uint64_t width, uint64_t height) {
    // Both sides come from 32-bit fields, so the product cannot overflow.
    return width <= limits->maximumDimension && height <= limits->maximumDimension &&
           width * height <= limits->maximumPixels;
}

int fits(const CClearcoatCodecs_output *output, uint64_t width, uint64_t height, uint32_t bits) {
    if (output->capacity != width * height || output->bitsPerSample != bits) return 0;
    if (output->planeCount != 1 && output->planeCount != 3) return 0;
    for (uint32_t plane = 0; plane < output->planeCount; plane++)
        if (!output->planes[plane]) return 0;
    return 1;
}
