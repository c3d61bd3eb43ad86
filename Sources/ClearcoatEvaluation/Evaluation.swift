package import ClearcoatInspection

/// How an inspection compares with the truth about a data set: what `evaluation.json` says.
package struct Evaluation: Sendable, Hashable, Codable {
    /// The version of this format. Within it, keys are only ever added.
    package var schemaVersion = 1
    package var generator: InspectionRecord.Generator
    package var dataset: DatasetSummary
    /// The recipes by which the pictures were inspected; one, unless records of several are mixed.
    package var recipes: [InspectionRecord.RecipeIdentity]
    /// The rule by which findings and defects are matched.
    package var matching: MatchingRule
    /// What could not be scored, and why. Nothing is left out in silence.
    package var failures: [DatasetProblem]
    package var verdicts: VerdictTable
    package var pictures: PictureScores
    package var detection: DetectionScores
    /// What is said of pixels; null without masks.
    @Nullable package var pixels: PixelSection?
    /// What defects are called; null when no place of a defect is known.
    @Nullable package var classes: ConfusionMatrix?
    /// How well sizes are measured; null when no place of a defect is known.
    @Nullable package var sizes: SizeSection?

    /// What was scored.
    package struct DatasetSummary: Sendable, Hashable, Codable {
        package var name: String
        package var layout: Dataset.Layout
        /// Pictures that the data set lists.
        package var listed: Int
        /// Pictures that were scored.
        package var scored: Int
        package var good: Int
        package var defective: Int
        /// Defective pictures of which nobody says where the defects are: they count for verdicts and picture
        /// scores alone.
        package var defectiveWithoutPlace: Int
        /// Defects whose place is known.
        package var defects: Int
        /// The surface that was looked at; null without a scale.
        @Nullable package var squareMetres: Double?
    }

    /// How well the score of a picture tells defective ones from good ones.
    package struct PictureScores: Sendable, Hashable, Codable {
        /// All defective pictures against all good ones.
        package var all: Ranked
        /// Those of each kind against all good ones.
        package var byLabel: [String: Ranked]
    }

    /// Measures of a ranking; null unless there are both kinds.
    package struct Ranked: Sendable, Hashable, Codable {
        package var positives: Int
        package var negatives: Int
        @Nullable package var auroc: Double?
        @Nullable package var averagePrecision: Double?
        @Nullable package var f1Max: F1Max?
    }

    /// What is found and what is found where nothing is.
    package struct DetectionScores: Sendable, Hashable, Codable {
        package var found: Proportion
        /// Of those of at least 4 px and 5 sigma, where the truth says so.
        @Nullable package var foundOfVisible: Proportion?
        package var byClass: [String: Proportion]
        package var byPaint: [String: Proportion]
        package var curves: [DetectionCurve]
        /// On pictures without a defect.
        package var falseAlarmsOnGood: FalseAlarms
        /// On all pictures whose defects are known by place.
        package var falseAlarms: FalseAlarms
        package var falseAlarmsByPaint: [String: FalseAlarms]
        package var freeResponse: FreeResponse
    }

    /// Findings where nothing is.
    package struct FalseAlarms: Sendable, Hashable, Codable {
        package var perImage: EventRate
        /// Null without a scale.
        @Nullable package var perSquareMetre: EventRate?
    }

    /// Measures of pixels.
    package struct PixelSection: Sendable, Hashable, Codable {
        /// What a pixel's score is.
        package var score: ScoreSource
        @Nullable package var all: PixelScores?
        /// The defects of each kind of picture, with all good pictures.
        package var byLabel: [String: PixelScores]
        /// The pixels of findings and those of defects: in both over in either; null when there are none.
        @Nullable package var iouOfFindings: Double?

        /// Where the score of a pixel comes from.
        package enum ScoreSource: String, Sendable, Hashable, Codable {
            /// The detectors' answer, in units of the threshold.
            case response
            /// Findings and near misses of the records.
            case marks
        }
    }

    /// How well sizes are measured.
    package struct SizeSection: Sendable, Hashable, Codable {
        /// The size that the record states and limits are asked about.
        @Nullable package var stated: SizeErrors?
        /// The record's length of long defects and diameter of compact ones, as the truth has it: without the
        /// error of taking one for the other.
        @Nullable package var likeForLike: SizeErrors?
    }
}
