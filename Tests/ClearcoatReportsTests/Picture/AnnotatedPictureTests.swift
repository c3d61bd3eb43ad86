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
        let picture = AnnotatedPicture.draw(record, on: .uint8(image))
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
        let picture = AnnotatedPicture.draw(panel.record, on: panel.image)
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
            let picture = AnnotatedPicture.draw(
                record,
                on: .uint16(image),
                areas: .init(zones: [zone], ignore: [zone.polygon])
            )
            #expect(picture.width == max(width, 420))
            #expect(picture.height > height + 20)
            let small = AnnotatedPicture.thumbnail(of: picture, with: record)
            #expect(small.width <= 320 && small.height <= 240)
        }
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
        #expect(AnnotatedPicture.draw(record, on: .uint8(image)).width == 420)
    }

    @Test func theSameRecordGivesTheSamePicture() throws {
        let panel = try SyntheticPanel(width: 400, height: 300, shade: 0.3, count: 30, seed: 64)
        let first = AnnotatedPicture.draw(panel.record, on: panel.image, areas: panel.areas)
        #expect(first == AnnotatedPicture.draw(panel.record, on: panel.image, areas: panel.areas))
    }

    @Test func thousandsOfFindingsAreDrawn() throws {
        let panel = try SyntheticPanel(width: 900, height: 700, shade: 0.6, count: 3000, seed: 65)
        let picture = AnnotatedPicture.draw(panel.record, on: panel.image)
        #expect(picture.width == 900)
    }
}

@Suite struct ToneCurveTests {
    @Test func aPictureOfEightBitsIsShownAsItIs() {
        let image = Image<UInt8>(width: 100, height: 1, samples: (0..<100).map { UInt8($0) })
        #expect(ToneCurve.shown(.uint8(image)) == image)
    }

    @Test func aDarkPictureIsBrightenedInProportion() {
        let image = Image<UInt8>(width: 40, height: 1, samples: (0..<40).map { UInt8($0) })
        #expect(
            ToneCurve.shown(.uint8(image)).samples
                == (0..<40).map { UInt8((Double($0) * 230 / 39).rounded()) }
        )
        let black = Image<UInt8>(width: 4, height: 4, filledWith: 0)
        #expect(ToneCurve.shown(.uint8(black)) == black)
    }

    @Test func sixteenBitsFillTheScreen() {
        let image = Image<UInt16>(width: 1000, height: 1, samples: (0..<1000).map { UInt16($0 * 4) })
        let shown = ToneCurve.shown(.uint16(image)).samples
        #expect(shown[0] == 0)
        #expect((227...233).contains(shown[995]))
        #expect(shown == shown.sorted())
    }
}

@Suite struct ShrinkingTests {
    @Test func eachPixelIsTheMeanOfThoseItStandsFor() {
        var generator = SplitMix64(seed: 66)
        let plane = Image<UInt8>.random(width: 37, height: 29, using: &generator)
        for factor in 1...9 {
            let small = Shrinking.mean(of: plane, width: 35, height: 29, by: factor)
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

@Suite struct PolygonSpansTests {
    @Test func spansAreThePixelsInside() {
        var generator = SplitMix64(seed: 67)
        for _ in 0..<200 {
            let corners = (0..<Int.random(in: 3...8, using: &generator)).map { _ in
                Point(x: generator.nextUnit() * 50 - 10, y: generator.nextUnit() * 40 - 10)
            }
            var inside = Set<[Int]>()
            PolygonSpans.forEach(of: corners, width: 30, height: 20) { y, columns in
                for x in columns { #expect(inside.insert([x, y]).inserted) }
            }
            for y in 0..<20 {
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
