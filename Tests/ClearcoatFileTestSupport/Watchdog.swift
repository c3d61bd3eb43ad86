import Foundation

/// After how many minutes a suite is given up. CLEARCOAT_WATCHDOG raises it where everything is slow, as under a
/// sanitizer.
package let watchdogMinutes =
    ProcessInfo.processInfo.environment["CLEARCOAT_WATCHDOG"].flatMap { Int($0) } ?? 1
