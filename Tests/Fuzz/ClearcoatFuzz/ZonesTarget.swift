import ClearcoatImage
import ClearcoatInspection
import Dispatch
import Synchronization

/// Polygons with any numbers as corners: the rows of pixels that one covers are those whose centres it
/// contains, and an inspection with such zones ends.
///
/// A polygon is a byte with its number of corners, then two bytes a coordinate, or eight bytes where the first
/// byte of the input is odd.
struct ZonesTarget: FuzzTarget {
    static let triangle = Polygon(corners: [Point(x: 2, y: 1), Point(x: 20, y: 4), Point(x: 8.5, y: 14)])
    private static let width = 24
    private static let height = 16

    func run(_ bytes: [UInt8]) {
        var rest = bytes.dropFirst()
        let isWide = (bytes.first ?? 0) & 1 == 1
        var polygons: [Polygon] = []
        while let count = rest.popFirst(), polygons.count < 4 {
            let corners = (0..<Int(count % 32)).map { _ in
                Point(x: Self.coordinate(&rest, isWide), y: Self.coordinate(&rest, isWide))
            }
            polygons.append(Polygon(corners: corners))
        }
        for polygon in polygons { check(polygon) }
        checkUnion(of: polygons)
        // A hundred times as slow as the rest, so only one input in 64 goes there.
        if bytes.reduce(0, &+) % 64 == 0 { inspect(with: polygons) }
    }

    private static func coordinate(_ bytes: inout ArraySlice<UInt8>, _ isWide: Bool) -> Double {
        let number = (0..<(isWide ? 8 : 2)).reduce(UInt64(0)) { sum, _ in
            sum << 8 | UInt64(bytes.popFirst() ?? 0)
        }
        return isWide ? Double(bitPattern: number) : Double(Int16(truncatingIfNeeded: number)) / 64
    }

    private func check(_ polygon: Polygon) {
        for y in 0..<Self.height {
            let spans = polygon.spans(inRow: y, width: Self.width)
            for x in 0..<Self.width {
                let isCovered = spans.contains { $0.contains(x) }
                promise(
                    polygon.contains(Point(x: Double(x), y: Double(y))) == isCovered,
                    "\(x), \(y) in \(polygon)"
                )
            }
        }
    }

    private func checkUnion(of polygons: [Polygon]) {
        for y in 0..<Self.height {
            let spans = polygons.spans(inRow: y, width: Self.width)
            for (one, next) in zip(spans, spans.dropFirst()) {
                promise(one.upperBound < next.lowerBound, "apart")
            }
            let pixels = polygons.flatMap { $0.spans(inRow: y, width: Self.width).flatMap(Array.init) }
            promise(Set(pixels).sorted() == spans.flatMap(Array.init), "row \(y) of the union")
        }
    }

    private func inspect(with polygons: [Polygon]) {
        var recipe = Recipe()
        recipe.zones = polygons.prefix(2).enumerated().map { Zone(name: "\($0)", polygon: $1) }
        recipe.ignore = polygons.dropFirst(2).map { Area(polygon: $0) }
        let picture = GrayImage.uint8(ramp(UInt8.self, width: Self.width, height: Self.height))
        let share = Mutex(-1.0)
        waitFor { [recipe] in
            let content = try? await Inspection(recipe: recipe).run(on: picture)
            share.withLock { $0 = content?.quality.judgedShare ?? -1 }
        }
        promise(share.withLock { (0...1).contains($0) }, "a share of the picture is judged")
    }

    /// libFuzzer calls without a task.
    private func waitFor(_ work: @escaping @Sendable () async -> Void) {
        let isDone = DispatchSemaphore(value: 0)
        Task.detached {
            await work()
            isDone.signal()
        }
        isDone.wait()
    }

    func seeds() -> [[UInt8]] {
        func narrow(_ polygon: Polygon) -> [UInt8] {
            [UInt8(polygon.corners.count)]
                + polygon.corners.flatMap { [$0.x, $0.y] }.flatMap { value in
                    let number = Int16(value * 64)
                    return [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
                }
        }
        let wide = Self.triangle.corners.flatMap { [$0.x, $0.y] }.flatMap { value in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value.bitPattern >> $0) }
        }
        let triangle = narrow(Self.triangle)
        return [[0] + triangle, [2] + triangle + triangle + triangle, [1, 3] + wide]
    }

    let words = [
        "\u{3}", "\u{4}", "\u{7f}\u{f0}\0\0\0\0\0\0", "\0\0\0\0\0\0\0\0", "\0\u{40}", "\u{ff}\u{c0}",
    ]
    let maximumLength = 512
}
