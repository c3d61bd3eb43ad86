// Shows ThreadSanitizer what it cannot see: how a contended lock of Swift's `Mutex` changes hands.
//
// The quick path of `Mutex` is compiled into our code and understood. Where two threads meet, it calls into a library that
// is not instrumented, and everything the lock protects is then reported as a race. This is preloaded into the tests
// and stands between the two. Eight threads that count under one `Mutex` gave three reports without it and none
// with it (Swift 6.3.1).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// There in instrumented programs alone; this is loaded into others as well.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

SWIFT void lockSlow(uint32_t thread, SELF void *word) __asm__(LOCK);
SWIFT void lockSlow(uint32_t thread, SELF void *word) {
    SWIFT void (*next)(uint32_t, SELF void *) = dlsym(RTLD_NEXT, LOCK);
    next(thread, word);
    if (__tsan_acquire) __tsan_acquire(word);
}

SWIFT void unlockSlow(SELF void *word) __asm__(UNLOCK);
SWIFT void unlockSlow(SELF void *word) {
    SWIFT void (*next)(SELF void *) = dlsym(RTLD_NEXT, UNLOCK);
    if (__tsan_release) __tsan_release(word);
    next(word);
}
