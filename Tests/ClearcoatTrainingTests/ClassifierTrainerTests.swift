import ClearcoatImage
import ClearcoatInspection
import ClearcoatTraining
import Testing

@Suite struct ClassifierTrainerTests {
    private func trainer(seed: Int = 1) -> ClassifierTrainer {
        var trainer = ClassifierTrainer()
        trainer.seed = seed
        trainer.recipeSHA256 = "abc"
        return trainer
    }

    @Test func learnsWhatCanBeLearntAndSaysSo() throws {
        let examples = try TrainingExamples.sample(pictures: 12, seed: 5)
        let model = try trainer().train(on: examples)
        #expect(model.classes == [.inclusion, .scratch])
        let training = model.training
        #expect(training.pictures == 12 && training.findings == 96 && training.folds == 5)
        #expect(training.falseFindings == 12 && training.missedDefects == 12)
        #expect(training.recipeSHA256 == "abc")
        #expect(training.importance[0].input == "elongation")
        let comparison = training.crossValidation
        // Elongations are 1 to 5 and 3.5 to 7.5: the best possible is right in 81 %, chance in 50 %.
        #expect(comparison.model.accuracy > 0.7 && comparison.model.accuracy < 0.95)
        #expect(comparison.rules.accuracy == 0.5)
        #expect(
            comparison.model.total == 96 && comparison.rules.total == 96 && comparison.together.total == 96
        )
        #expect(comparison.calibrationError < 0.15)
        // Beyond doubt.
        let inputs = model.inputs.map { $0 == .feature(.elongation) ? 7 : 0.5 }
        #expect(model.probabilities(inputs)[1] > 0.9)
        #expect(training.summary.contains("learnt from 96 findings on 12 pictures"))
    }

    @Test func isDeterministic() throws {
        let examples = try TrainingExamples.sample(pictures: 6, seed: 5)
        let model = try trainer().train(on: examples)
        #expect(try trainer().train(on: examples) == model)
        #expect(try trainer(seed: 2).train(on: examples) != model)
    }

    /// Labels that have nothing to do with what is measured, but are the same in each picture, with a value that
    /// tells the picture: whoever sees a picture in training knows its labels.
    @Test func noPictureIsInTrainingAndTestAtOnce() throws {
        var generator = SplitMix64(seed: 8)
        var examples = TrainingExamples()
        for _ in 0..<40 {
            let isScratch = generator.nextUnit() < 0.5
            let mark = generator.nextUnit() * 100
            let labels = Image<UInt8>(width: 20, height: 20, samples: Array(repeating: 1, count: 400))
            let finding = try Finding.sample(
                contour: [[5, 5], [9, 5], [9, 9]],
                features: [.elongation: mark]
            )
            let truth = TruthLabels(labels, classes: [1: isScratch ? .scratch : .dent])
            examples.add(Array(repeating: finding, count: 6), of: truth)
        }
        let model = try trainer().train(on: examples)
        #expect(model.training.crossValidation.model.accuracy < 0.7)
    }

    @Test func onOtherPicturesItIsHeldAgainstTheRules() throws {
        let trainer = trainer()
        let model = try trainer.train(on: .sample(pictures: 12, seed: 5))
        let comparison = trainer.test(model, on: try .sample(pictures: 5, seed: 6), called: "others")
        #expect(comparison.name == "others")
        #expect(comparison.model.total == 40)
        #expect(comparison.rules.right == 20)
        #expect(comparison.model.accuracy > 0.65)
        // At 0.5 of two classes the model always decides.
        #expect(comparison.together.right == comparison.model.right)
    }

    @Test func tooLittleIsRefused() throws {
        let trainer = trainer()
        #expect(throws: TrainingError.tooFewClasses([])) { try trainer.train(on: TrainingExamples()) }
        #expect(throws: TrainingError.tooFewFindings(16, needed: 20)) {
            try trainer.train(on: .sample(pictures: 2, seed: 1))
        }
        var one = TrainingExamples()
        let finding = try Finding.sample(contour: [[5, 5], [9, 5], [9, 9]])
        let labels = Image<UInt8>(width: 20, height: 20, samples: Array(repeating: 1, count: 400))
        one.add(Array(repeating: finding, count: 30), of: TruthLabels(labels, classes: [1: .dent]))
        #expect(throws: TrainingError.tooFewClasses([.dent])) { try trainer.train(on: one) }
        #expect("\(TrainingError.tooFewClasses([.dent]))".contains("class dent"))
    }
}
