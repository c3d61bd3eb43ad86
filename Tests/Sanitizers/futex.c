// Shows ThreadSanitizer what it cannot see: that a contended lock of Swift's `Mutex` is handed over by the kernel.
//
// The library that holds `Mutex` is not instrumented. Its quick path is compiled into our code and understood; where two
// threads meet, it calls futex(FUTEX_LOCK_PI), and everything the lock protects is then reported as a race. This is
// preloaded into the tests and tells of these calls. Eight threads that count under one `Mutex` gave three reports
// without it and none with it (Swift 6.3.1).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

// There in instrumented programs alone; this is loaded into others as well.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

long syscall(long number, ...) {
    static long (*next)(long, ...);
    if (!next) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    long arguments[6];
    va_list list;
    va_start(list, number);
    for (int index = 0; index < 6; index++) arguments[index] = va_arg(list, long);
    va_end(list);

    void *word = (void *)arguments[0];
    int operation = number == SYS_futex ? (int)arguments[1] & FUTEX_CMD_MASK : -1;
    if (operation == FUTEX_UNLOCK_PI && __tsan_release) __tsan_release(word);
    long result = next(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    if ((operation == FUTEX_LOCK_PI || operation == FUTEX_TRYLOCK_PI) && result == 0 && __tsan_acquire)
        __tsan_acquire(word);
    return result;
}
