package import Clearcoat
import ClearcoatImage
import ClearcoatInspection
import ClearcoatRegions
package import ClearcoatReports
import SystemPackage

/// Scores a data set: inspects every picture, or takes the records that are there.
package struct EvaluationRun: Sendable {
    private let inspector: Inspector
    private let earlier: ResultsReader?
    private let rule: MatchingRule

    /// - Parameters:
    ///   - inspector: what inspects; its recipe is what is scored.
    ///   - earlier: results to take records from instead of inspecting. Their pixels are scored by findings and
    ///     near misses alone.
    package init(inspector: Inspector, earlier: ResultsReader? = nil, rule: MatchingRule = MatchingRule()) {
        var options = inspector.options
        options.keepsPictures = earlier == nil
        options.isReproducible = true
        self.inspector = Inspector(recipe: inspector.recipe, options: options)
        self.earlier = earlier
        self.rule = rule
    }

    /// Scores all pictures of a data set, so many at a time as the inspector has jobs.
    ///
    /// - Parameters:
    ///   - name: what the results call the data set.
    ///   - report: called after each picture with how many are done.
    /// - Throws: `CancellationError`.
    /// - Complexity: memory for so many pictures as are in flight, and what is said of all.
    package func run(
        on dataset: Dataset,
        name: String,
        report: (Int) -> Void = { _ in }
    ) async throws -> Evaluation {
        let workers = inspector.options.jobs
        let scores = OrderedMap(
            AsyncCaptures(dataset.pictures),
            workers: workers,
            inFlight: workers + 2
        ) { picture in
            await score(picture)
        }
        var results: [PictureResult] = []
        var failures = dataset.problems
        var recipes: [InspectionRecord.RecipeIdentity] = []
        var pixels = PixelCounts(earlier == nil ? .response : .marks)
        var done = 0
        for await score in scores {
            switch score {
            case .scored(let score):
                results.append(score.result)
                if !recipes.contains(score.recipe) { recipes.append(score.recipe) }
                if let scoring = score.pixels {
                    let label = score.result.isDefective ? score.result.label : nil
                    pixels.add(scoring, defects: score.defects, label: label)
                }
            case .failed(let problem): failures.append(problem)
            }
            done += 1
            report(done)
        }
        try Task.checkCancellation()
        return Evaluation(
            of: results,
            pixels: pixels,
            dataset: dataset,
            name: name,
            recipes: recipes,
            failures: failures,
            rule: rule,
            generator: Inspector.generator
        )
    }

    /// One picture's outcome.
    private enum Step: Sendable {
        case scored(Score)
        case failed(DatasetProblem)
    }

    private struct Score: Sendable {
        var result: PictureResult
        var recipe: InspectionRecord.RecipeIdentity
        /// Nil when nobody says where the defects are.
        var pixels: PixelScoring?
        var defects: [Region]
    }

    private func score(_ picture: Dataset.Picture) async -> Step {
        do {
            let (record, image) = try await record(of: picture)
            let size = Rectangle(x: 0, y: 0, width: record.capture.width, height: record.capture.height)
            let truth = try PictureTruth(picture.truth, label: picture.label, bounds: size)
            var pixels: PixelScoring?
            if truth.defects != nil {
                if let image {
                    let scale = record.capture.mmPerPixel.flatMap { PhysicalScale(mmPerPixel: $0) }
                    let inspection = try Inspection(recipe: inspector.recipe, scale: scale)
                    pixels = PixelScoring(try await inspection.responses(on: image), record: record)
                } else {
                    pixels = PixelScoring(record)
                }
            }
            let result = PictureResult(record, truth, label: picture.label, rule: rule)
            return .scored(
                Score(
                    result: result,
                    recipe: record.recipe,
                    pixels: pixels,
                    defects: Self.disjoint(truth.defects?.map(\.region) ?? [])
                )
            )
        } catch let failure as CaptureFailure {
            return .failed(DatasetProblem(name: picture.id, message: failure.message))
        } catch {
            return .failed(DatasetProblem(name: picture.id, message: "\(error)"))
        }
    }

    /// The record of a picture, and the picture when it was inspected now.
    private func record(of picture: Dataset.Picture) async throws -> (InspectionRecord, GrayImage?) {
        if let earlier {
            guard let bytes = try earlier.file(Array("records/\(picture.id).json".utf8)) else {
                throw TruthError(description: "the results have no record of it")
            }
            return (try RecordCoder.record(from: bytes), nil)
        }
        switch await inspector.inspect(Capture(file: picture.path, id: picture.id)) {
        case .inspected(let record, let image): return (record, image)
        case .failed(let failure): throw failure
        }
    }

    /// The regions without what an earlier one holds already: annotations may overlap, and a pixel counts once.
    private static func disjoint(_ regions: [Region]) -> [Region] {
        var taken: [Region] = []
        for region in regions {
            var runs = region.runs
            for other in taken where !other.boundingBox.intersection(region.boundingBox).isEmpty {
                runs = runs.flatMap { $0.without(other) }
            }
            if !runs.isEmpty { taken.append(Region(runs: runs)) }
        }
        return taken
    }
}

extension Run {
    /// The pieces that a region does not hold.
    fileprivate func without(_ region: Region) -> [Run] {
        var pieces: [Run] = []
        var next = start
        for run in region.runs where run.row == row && run.end > start && run.start < end {
            if run.start > next { pieces.append(Run(row: row, start: next, end: run.start)) }
            next = max(next, run.end)
        }
        if next < end { pieces.append(Run(row: row, start: next, end: end)) }
        return pieces
    }
}
