import ClearcoatCodecs
import ClearcoatImage
import ClearcoatInspection
import ClearcoatReports
import ClearcoatTestSupport
import Testing

@Suite struct AnnotatedPictureTests {
    @Test func aPictureWithoutFindingsKeepsItsPixels() throws {
        var generator = SplitMix64(seed: 61)
        let image = Image<UInt8>.random(width: 500, height: 90, using: &generator)
        let record = try SyntheticRecords.record(
            width: 500,
            height: 90,
            verdict: .accept,
            findings: [],
            using: &generator
        )
        let picture = AnnotatedPicture(of: record, on: .uint8(image)).rendered()
        #expect(picture.width == 500)
        #expect(picture.height > 110)
        for plane in [picture.red, picture.green, picture.blue] {
            #expect(plane.cropped(to: image.bounds) == image)
        }
    }

    /// Every pixel of every defect can be seen as the camera saw it, whatever is drawn around.
    @Test(arguments: [(640, 480, 12), (1000, 700, 40), (300, 900, 25)])
    func noDefectIsHidden(width: Int, height: Int, count: Int) throws {
        var panel = try SyntheticPanel(
            width: width,
            height: height,
            shade: 0.8,
            count: count,
            seed: UInt64(width)
        )
        panel.record.excluded = []
        guard case .uint8(let image) = panel.image else { return }
        let picture = AnnotatedPicture(of: panel.record, on: panel.image).rendered()
        var shown = 0
        var drawn = 0
        for finding in panel.record.findings {
            // Another defect's outline may cross this one; only its own and all labels must keep off.
            let others = panel.record.findings.filter { $0.id != finding.id }.map {
                $0.boundingBox.expanded(by: 12)
            }
            for y in finding.boundingBox.rows {
                for x in finding.boundingBox.columns
                where Polygons.contains(finding.contour, x: Double(x), y: Double(y))
                    && !others.contains(where: { $0.contains(x: x, y: y) })
                {
                    #expect(picture.red[x, y] == image[x, y] && picture.blue[x, y] == image[x, y])
                    shown += 1
                }
            }
            let ring = finding.boundingBox.expanded(by: 6).intersection(image.bounds)
            drawn += ring.rows.reduce(0) { sum, y in
                sum + ring.columns.count { picture.red[$0, y] != picture.blue[$0, y] }
            }
        }
        #expect(shown > 100)
        #expect(drawn > 20 * count)
    }

    @Test func everySizeCanBeDrawn() throws {
        var generator = SplitMix64(seed: 62)
        for (width, height) in [
            (0, 0), (0, 7), (7, 0), (1, 1), (2, 3), (64, 1), (1, 64), (419, 20), (420, 20),
        ] {
            let finding = SyntheticRecords.finding(
                1,
                box: Rectangle(x: 0, y: 0, width: 1, height: 1),
                using: &generator
            )
            let record = try SyntheticRecords.record(
                width: width,
                height: height,
                findings: [finding],
                using: &generator
            )
            let image = Image<UInt16>(width: width, height: height, filledWith: 900)
            let zone = Zone(
                name: "A",
                polygon: Polygon(corners: [Point(x: 0, y: 0), Point(x: 9, y: 0), Point(x: 9, y: 9)])
            )
            let annotated = AnnotatedPicture(
                of: record,
                on: .uint16(image),
                areas: .init(zones: [zone], ignore: [zone.area])
            )
            let picture = annotated.rendered()
            #expect((picture.width, picture.height) == (annotated.width, annotated.height))
            #expect(picture.width == max(width, 420))
            #expect(picture.height > height + 20)
            let small = AnnotatedPicture.thumbnail(of: picture, with: record)
            #expect(small.width <= 320 && small.height <= 240)
        }
    }

    @Test(arguments: [(5000, 3), (2, 4000), (1, 1)])
    func aStripHasAThumbnail(width: Int, height: Int) throws {
        var generator = SplitMix64(seed: 71)
        let record = try SyntheticRecords.record(
            width: width,
            height: height,
            verdict: .accept,
            findings: [],
            using: &generator
        )
        let image = Image<UInt8>(width: width, height: height, filledWith: 128)
        var pieces = try AnnotatedPicture(of: record, on: .uint8(image)).png(withThumbnail: true)
        while pieces.next() != nil {}
        let thumbnail = try #require(pieces.thumbnail)
        #expect(thumbnail.width >= 1 && thumbnail.height >= 1)
    }

    /// Labels that shrank with the picture could not be read: each is replaced by its number.
    @Test func aThumbnailHasNumbersThatCanBeRead() throws {
        var generator = SplitMix64(seed: 72)
        let finding = SyntheticRecords.finding(
            1,
            box: Rectangle(x: 700, y: 500, width: 60, height: 60),
            using: &generator
        )
        let record = try SyntheticRecords.record(
            width: 1600,
            height: 1200,
            findings: [finding],
            using: &generator
        )
        let image = Image<UInt8>(width: 1600, height: 1200, filledWith: 128)
        var pieces = try AnnotatedPicture(of: record, on: .uint8(image)).png(withThumbnail: true)
        while pieces.next() != nil {}
        let thumbnail = try #require(pieces.thumbnail)
        let green = thumbnail.green
        func longestDark(_ count: Int, _ sample: (Int) -> UInt8) -> Int {
            var run = 0
            return (0..<count).map { index in
                run = sample(index) < 60 ? run + 1 : 0
                return run
            }
            .max() ?? 0
        }
        let highest = (0..<green.width).map { x in longestDark(green.height) { green[x, $0] } }.max() ?? 0
        let widest = (0..<green.height).map { y in longestDark(green.width) { green[$0, y] } }.max() ?? 0
        // The dark box of a number is as high as a letter of nine pixels needs; the label was 5 high and 33 wide.
        #expect(highest >= 13)
        #expect(widest <= 26)
    }

    @Test func contoursThatCannotBeAreNotDrawn() throws {
        var generator = SplitMix64(seed: 63)
        let contours: [[[Double]]] = [
            [], [[5, 5]], [[5, 5], [9, 9]], [[1], [2, 3, 4]], [[-1e12, 0], [1e12, 1e12], [5, 1e300]],
            [[-50_000, -50_000], [90_000, -50_000], [90_000, 90_000]],
        ]
        let findings = contours.enumerated().map { index, contour in
            SyntheticRecords.finding(index + 1, contour: contour, using: &generator)
        }
        // The schema would refuse some of these; the picture must stand them all the same.
        let record = try SyntheticRecords.record(
            width: 100,
            height: 80,
            findings: findings,
            using: &generator
        )
        let image = Image<UInt8>(width: 100, height: 80, filledWith: 128)
        #expect(AnnotatedPicture(of: record, on: .uint8(image)).rendered().width == 420)
    }

    @Test func theSameRecordGivesTheSamePicture() throws {
        let panel = try SyntheticPanel(width: 400, height: 300, shade: 0.3, count: 30, seed: 64)
        let first = AnnotatedPicture(of: panel.record, on: panel.image, areas: panel.areas).rendered()
        #expect(first == AnnotatedPicture(of: panel.record, on: panel.image, areas: panel.areas).rendered())
    }

    /// The file holds the same picture, drawn in bands; several of them, the last not full.
    @Test(arguments: [(1300, 900, 40, false), (500, 1200, 9, true), (300, 200, 3, false)])
    func aFileDrawnInBandsHoldsThePicture(width: Int, height: Int, count: Int, is16Bit: Bool) throws {
        let panel = try SyntheticPanel(
            width: width,
            height: height,
            shade: 0.7,
            count: count,
            is16Bit: is16Bit,
            seed: UInt64(height)
        )
        let annotated = AnnotatedPicture(of: panel.record, on: panel.image, areas: panel.areas)
        let whole = annotated.rendered()
        var pieces = try annotated.png(withThumbnail: true)
        var file: [UInt8] = []
        while let piece = pieces.next() { file += piece }
        guard case .uint8(let decoded) = try ImageDecoder().decodeColor(file).pixels else {
            Issue.record("not 8 bits")
            return
        }
        #expect(decoded == whole)
        #expect(
            pieces.thumbnail == AnnotatedPicture.thumbnail(of: whole, with: panel.record, areas: panel.areas)
        )
        #expect(try annotated.png().thumbnail == nil)
    }

    @Test func excludedAreasAreOutlinedAndIgnoredOnesHatched() throws {
        var generator = SplitMix64(seed: 68)
        let box = Rectangle(x: 50, y: 40, width: 301, height: 201)
        // A slanted line's outline: most of its box is not touched.
        let contour: [[Double]] = [[50, 40], [60, 40], [350, 240], [340, 240]]
        func picture(_ reason: ExcludedArea.Reason) throws -> RGBImage<UInt8> {
            let record = try SyntheticRecords.record(
                width: 500,
                height: 300,
                verdict: .accept,
                findings: [],
                excluded: [
                    SyntheticRecords.excludedArea(reason, box: box, contour: contour, areaPx: 2000)
                ],
                using: &generator
            )
            let image = Image<UInt8>(width: 500, height: 300, filledWith: 90)
            return AnnotatedPicture(of: record, on: .uint8(image)).rendered()
        }
        let outlined = try picture(.longEdge).red
        // Along a side something is drawn, in the middle and in the box's corners nothing.
        #expect((100..<120).contains { outlined[50 + $0 * 29 / 20, 40 + $0] != 90 })
        #expect(outlined[200, 140] == 90)
        #expect((50..<120).allSatisfy { x in (180..<240).allSatisfy { outlined[x, $0] == 90 } })
        let hatched = try picture(.ignored).red
        #expect((196..<206).contains { hatched[$0, 140] != 90 })
    }

    @Test func thousandsOfFindingsAreDrawn() throws {
        let panel = try SyntheticPanel(width: 900, height: 700, shade: 0.6, count: 3000, seed: 65)
        let picture = AnnotatedPicture(of: panel.record, on: panel.image).rendered()
        #expect(picture.width == 900)
    }
}

@Suite struct ToneCurveTests {
    @Test func aPictureOfEightBitsIsShownAsItIs() {
        let image = Image<UInt8>(width: 100, height: 1, samples: (0..<100).map { UInt8($0) })
        #expect((0..<256).allSatisfy { ToneCurve(for: .uint8(image)).shade(of: $0) == UInt8($0) })
    }

    @Test func aDarkPictureIsBrightenedInProportion() {
        let image = Image<UInt8>(width: 40, height: 1, samples: (0..<40).map { UInt8($0) })
        #expect(
            (0..<40).allSatisfy {
                ToneCurve(for: .uint8(image)).shade(of: $0) == UInt8((Double($0) * 230 / 39).rounded())
            }
        )
        let black = Image<UInt8>(width: 4, height: 4, filledWith: 0)
        #expect(ToneCurve(for: .uint8(black)).shade(of: 0) == 0)
    }

    @Test func sixteenBitsFillTheScreen() {
        let image = Image<UInt16>(width: 1000, height: 1, samples: (0..<1000).map { UInt16($0 * 4) })
        let tone = ToneCurve(for: .uint16(image))
        let shown = image.samples.map { tone.shade(of: Int($0)) }
        #expect(shown[0] == 0)
        #expect((227...233).contains(shown[995]))
        #expect(shown == shown.sorted())
    }
}

@Suite struct ShrinkingTests {
    @Test func eachPixelIsTheMeanOfThoseItStandsFor() {
        var generator = SplitMix64(seed: 66)
        let planes = (0..<3).map { _ in Image<UInt8>.random(width: 37, height: 31, using: &generator) }
        for factor in 1...9 {
            var shrinking = Shrinking(width: 35, height: 29, by: factor)
            for y in 0..<31 {
                let row = (0..<37).map { x in
                    planes.indices.reduce(UInt32(0)) { $0 | UInt32(planes[$1][x, y]) << (8 * UInt32($1)) }
                }
                shrinking.add(row[...])
            }
            let picture = shrinking.picture
            for (plane, small) in zip(planes, [picture.red, picture.green, picture.blue]) {
                #expect(small.width == 35 / factor && small.height == 29 / factor)
                for y in 0..<small.height {
                    for x in 0..<small.width {
                        var sum = 0
                        for v in 0..<factor {
                            for u in 0..<factor { sum += Int(plane[x * factor + u, y * factor + v]) }
                        }
                        #expect(Int(small[x, y]) == (sum + factor * factor / 2) / (factor * factor))
                    }
                }
            }
        }
    }
}

@Suite struct PolygonSpansTests {
    @Test func spansAreThePixelsInside() {
        var generator = SplitMix64(seed: 67)
        for _ in 0..<200 {
            let corners = (0..<Int.random(in: 3...8, using: &generator)).map { _ in
                Point(x: generator.nextUnit() * 50 - 10, y: generator.nextUnit() * 40 - 10)
            }
            // Any rows, as a band has them.
            let first = Int.random(in: 0..<20, using: &generator)
            let rows = first..<Int.random(in: first...20, using: &generator)
            var inside = Set<[Int]>()
            PolygonSpans.forEach(of: corners, width: 30, rows: rows) { y, columns in
                for x in columns { #expect(inside.insert([x, y]).inserted) }
            }
            for y in rows {
                for x in 0..<30 {
                    let expected = Polygons.contains(
                        corners.map { [$0.x, $0.y] },
                        x: Double(x),
                        y: Double(y)
                    )
                    #expect(inside.contains([x, y]) == expected)
                }
            }
        }
    }
}

@Suite struct ScaleBarTests {
    @Test(arguments: [
        (0.065, 4096, "50 mm", 769), (0.065, 640, "10 mm", 154), (0.001, 1000, "0.2 mm", 200),
        (3.0, 800, "500 mm", 167),
    ])
    func barsHaveRoundLengths(mmPerPixel: Double, width: Int, text: String, length: Int) {
        let bar = ScaleBar(
            mmPerPixel: mmPerPixel,
            pictureWidth: width,
            style: PictureStyle(width: width, height: width)
        )
        #expect(bar.text == text)
        #expect(bar.length == length)
    }

    @Test func withoutAScaleItIsInPixels() {
        let bar = ScaleBar(mmPerPixel: nil, pictureWidth: 640, style: PictureStyle(width: 640, height: 480))
        #expect(bar.text == "100 px")
        #expect(bar.length == 100)
    }
}
