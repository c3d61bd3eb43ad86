import Synchronization

/// Which place in the results each watched file has. It keeps it whatever becomes of the file, so that a later
/// outcome replaces the earlier one.
final class WatchPlaces: Sendable {
    private let places: Mutex<[String: Int]>
    /// Places below this one belong to what earlier runs left.
    private let first: Int

    /// The places of earlier results, 0 and up.
    init(_ earlier: [String: Int]) {
        places = Mutex(earlier)
        first = earlier.count
    }

    /// The place of a file by its name in the results.
    ///
    /// - Parameter arrival: its number in the order of arrival, which decides when it has no place yet.
    func place(of id: String, arrival: Int) -> Int {
        places.withLock { places in
            if let place = places[id] { return place }
            places[id] = first + arrival
            return first + arrival
        }
    }
}
