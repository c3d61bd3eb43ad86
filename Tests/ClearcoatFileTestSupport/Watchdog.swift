import Foundation

/// After how many minutes a suite is given up. CLEARCOAT_WATCHDOG raises it where everything is slow, as under a
/// sanitizer.
package let watchdogMinutes =
    ProcessInfo.processInfo.environment["CLEARCOAT_WATCHDOG"].flatMap { Int($0) } ?? 1

/// Whether a sanitizer keeps books of its own beside every byte, so that memory says nothing.
package let isSanitized = ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains {
    ProcessInfo.processInfo.environment[$0] != nil
}
