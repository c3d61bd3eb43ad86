#include "CClearcoatMemory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void CClearcoatMemory_share(void) {
#ifdef __GLIBC__
    // By default every thread has a heap of its own. An inspection moves from thread to thread and leaves
    // its planes behind in each: twice the memory, at the same speed.
    mallopt(M_ARENA_MAX, 1);
    // Bands and pictures come from that heap too, and what one frees the next one takes without a page
    // fault.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 48 << 20);
#endif
}
