#ifndef CCLEARCOATMEMORY_H
#define CCLEARCOATMEMORY_H

/// Makes freed memory serve the next picture, whichever thread asks for it. For the start of a program, not
/// for a library: it changes the allocator of the whole process.
void CClearcoatMemory_share(void);

#endif
