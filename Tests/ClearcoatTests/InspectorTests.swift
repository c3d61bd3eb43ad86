import Clearcoat
import ClearcoatCodecs
import ClearcoatFileTestSupport
import ClearcoatImage
import ClearcoatInspection
import SystemPackage
import Testing

@Suite("Inspector", .timeLimit(.minutes(watchdogMinutes)))
struct InspectorTests {
    private func inspector(jobs: Int = 2, recipe: Recipe = Recipe()) -> Inspector {
        var options = InspectorOptions(jobs: jobs)
        options.isReproducible = true
        return Inspector(recipe: recipe, options: options)
    }

    private func code(of bytes: [UInt8], limits: DecodingLimits = DecodingLimits()) async -> CaptureFailure
        .Code?
    {
        var options = InspectorOptions()
        options.decodingLimits = limits
        let capture = Capture(id: "a.png", source: .bytes(bytes))
        guard case .failed(let failure) = await Inspector(options: options).inspect(capture) else {
            return nil
        }
        #expect(failure.captureID == "a.png")
        #expect(!failure.message.isEmpty)
        return failure.code
    }

    @Test("a record says what was inspected, by what and how")
    func record() async throws {
        let folder = try TemporaryFolder()
        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixel: 0.05)
        options.orientation = .rightTop
        let bytes = try ImageEncoder.png(TestPicture.image(width: 60, height: 40), options: options)
        let path = try folder.write(bytes, to: "sub/a.png")
        let capture = Capture(id: "left/a.png", source: .file(path), partID: "4711")
        guard case .inspected(let record, let picture) = await Inspector().inspect(capture) else {
            Issue.record("not inspected")
            return
        }
        #expect(record.capture.id == "left/a.png")
        #expect(record.capture.source == path.string)
        #expect(record.capture.partId == "4711")
        #expect(record.capture.sha256 == SHA256Digest(of: bytes).hexadecimal)
        #expect((record.capture.width, record.capture.height) == (40, 60))
        #expect(record.capture.orientation == 6)
        #expect(record.capture.scaleSource == "file")
        #expect(abs((record.capture.mmPerPixel ?? 0) - 0.05) < 1e-6)
        #expect(record.recipe.sha256 == SHA256Digest(of: Array(Recipe().yaml.utf8)).hexadecimal)
        #expect(picture?.bounds == Rectangle(x: 0, y: 0, width: 40, height: 60))
        #expect(record.timings != nil)
    }

    @Test("the hash is SHA-256 as everybody else computes it")
    func hash() {
        // FIPS 180-2, appendix B.1.
        #expect(
            SHA256Digest(of: Array("abc".utf8)).hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    @Test("reproducible records do not tell the time, and are equal")
    func reproducible() async throws {
        let capture = Capture(id: "a", source: .bytes(try TestPicture.png()))
        guard case .inspected(let first, _) = await inspector(jobs: 1).inspect(capture),
            case .inspected(let second, _) = await inspector(jobs: 5).inspect(capture)
        else {
            Issue.record("not inspected")
            return
        }
        #expect(first.timings == nil)
        #expect(first == second)
    }

    @Test("every way in which a file can be wrong has its code")
    func failures() async throws {
        let png = try TestPicture.png()
        let jpeg = try TestPicture.jpeg()
        #expect(await code(of: []) == .empty)
        #expect(await code(of: Array("hello world".utf8)) == .notAnImage)
        #expect(await code(of: Array(png.prefix(png.count / 2))) == .truncated)
        #expect(await code(of: Array(jpeg.prefix(jpeg.count / 2))) == .truncated)
        var broken = png
        broken[png.count / 2] ^= 0xff
        #expect(await code(of: broken) == .malformed)
        var limits = DecodingLimits()
        limits.maximumPixels = 1000
        #expect(await code(of: png, limits: limits) == .tooLarge)
        #expect(await code(of: png) == nil)
    }

    @Test("every error of the decoder has the code of its own name")
    func codes() {
        let errors: [ImageDecodingError] = [
            .unknownFormat(firstBytes: []), .unknownFormat(firstBytes: [1]),
            .truncated(.png, rowsGood: 1, of: 2), .malformed(.png, libraryMessage: ""),
            .unsupported(.jpeg, reason: ""), .tooLarge(width: 1, height: 1, maximumPixels: 0),
            .overLimit(.jpeg, reason: ""), .outOfMemory(width: 1, height: 1),
        ]
        for error in errors {
            let failure = CaptureFailure(of: Capture(id: "a", source: .bytes([])), error)
            #expect(failure.code.rawValue == error.code)
        }
    }

    @Test("a file over the limit is refused before it is read")
    func fileTooLarge() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(TestPicture.png(), to: "a.png")
        var options = InspectorOptions()
        options.maximumFileBytes = 100
        let outcome = await Inspector(options: options).inspect(Capture(file: path))
        guard case .failed(let failure) = outcome else {
            Issue.record("not refused")
            return
        }
        #expect(failure.code == .fileTooLarge)
    }

    @Test("millimetres without a scale are a failure, never a guess")
    func scale() async throws {
        let recipe = try Recipe(yaml: "limits: [{ size: \"> 0.5 mm\", verdict: reject }]", file: "mm.yaml")
        let inspector = inspector(recipe: recipe)
        #expect(inspector.missingScale != nil)
        let unscaled = Capture(id: "a", source: .bytes(try TestPicture.png()))
        #expect(inspector.statedScale(of: unscaled) == nil)
        guard case .failed(let failure) = await inspector.inspect(unscaled) else {
            Issue.record("judged without a scale")
            return
        }
        #expect(failure.code == .scaleUnknown)

        var options = PNGOptions()
        options.scale = PhysicalScale(mmPerPixel: 0.1)
        let bytes = try ImageEncoder.png(TestPicture.image(), options: options)
        let scaled = Capture(id: "b", source: .bytes(bytes))
        #expect(abs((inspector.statedScale(of: scaled)?.mmPerPixel ?? 0) - 0.1) < 1e-6)
        guard case .inspected(let record, _) = await inspector.inspect(scaled) else {
            Issue.record("not judged with a scale")
            return
        }
        #expect(record.capture.scaleSource == "file")
    }

    @Test("a stream gives an outcome for each capture, in order, whatever fails", arguments: [1, 2, 7])
    func stream(jobs: Int) async throws {
        let bytes = try (0..<12).map { index in
            index % 5 == 3 ? [UInt8(index)] : try TestPicture.png(seed: UInt64(index))
        }
        let captures = bytes.enumerated().map { Capture(id: "\($0)", source: .bytes($1)) }
        var ids: [String] = []
        var failed: [String] = []
        for await outcome in inspector(jobs: jobs).outcomes(of: captures) {
            switch outcome {
            case .inspected(let record, _): ids.append(record.capture.id)
            case .failed(let failure):
                ids.append(failure.captureID)
                failed.append(failure.captureID)
            }
        }
        #expect(ids == captures.map(\.id))
        #expect(failed == ["3", "8"])
    }

    @Test("a cancelled inspection is a failure that says so")
    func cancellation() async throws {
        let bytes = try TestPicture.png()
        let gate = Gate()
        let task = Task {
            await gate.pass()
            return await inspector().inspect(Capture(id: "a", source: .bytes(bytes)))
        }
        task.cancel()
        gate.open()
        guard case .failed(let failure) = await task.value else {
            Issue.record("not cancelled")
            return
        }
        #expect(failure.code == .cancelled)
    }

    @Test("pictures are left out when nobody wants them")
    func withoutPictures() async throws {
        var options = InspectorOptions()
        options.keepsPictures = false
        let capture = Capture(id: "a", source: .bytes(try TestPicture.png()))
        guard case .inspected(_, let picture) = await Inspector(options: options).inspect(capture) else {
            Issue.record("not inspected")
            return
        }
        #expect(picture == nil)
    }
}
