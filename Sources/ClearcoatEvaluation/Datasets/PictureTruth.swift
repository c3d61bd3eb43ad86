import Clearcoat
package import ClearcoatImage
package import ClearcoatRegions
import ClearcoatSimulator
import FoundationEssentials
import SystemPackage

/// What is really in a picture.
package struct PictureTruth: Sendable {
    /// Whether something is wrong with it.
    package var isDefective: Bool
    /// Where; nil when nobody says.
    package var defects: [Defect]?
    /// The paint, when the truth names it.
    package var paint: String?
    /// The scale, when the truth names it.
    package var mmPerPixel: Double?

    /// One defect as it really is.
    package struct Defect: Sendable {
        /// Its pixels.
        package var region: Region
        /// What it is, in the data set's words.
        package var className: String?
        /// The length when at least three times the width, else the diameter of the disc of equal area.
        package var sizePx: Double
        /// Whether ``sizePx`` is the length.
        package var isElongated: Bool
        /// Its contrast over the noise from pixel to pixel, when known.
        package var snr: Double?
    }
}

extension PictureTruth.Defect {
    /// A defect known by its pixels only: length is the largest distance across them, width is area over it.
    package init(_ region: Region, className: String?) {
        let length = FeretDiameters(of: region).maximum
        let area = Double(region.pixelCount)
        let isElongated = length >= 3 * area / max(length, 1)
        self.init(
            region: region,
            className: className,
            sizePx: isElongated ? length : 2 * (area / .pi).squareRoot(),
            isElongated: isElongated,
            snr: nil
        )
    }
}

/// Why the truth about a picture could not be read.
package struct TruthError: Error, CustomStringConvertible {
    package let description: String
}

extension PictureTruth {
    /// Reads the truth about a picture of this size.
    package init(
        _ source: Dataset.TruthSource,
        label: String?,
        bounds: Rectangle
    ) throws(TruthError) {
        switch source {
        case .clean: self.init(isDefective: false, defects: [])
        case .defective: self.init(isDefective: true, defects: nil)
        case .mask(let path):
            let found = regions(
                in: try Self.reading { () throws(TruthMaskError) in
                    try TruthMaskFile.defects(path, in: bounds)
                }
            )
            // A mask of nothing in a folder of defects says that nobody has drawn it.
            let isUnknown = found.isEmpty && label != nil
            self.init(
                isDefective: label != nil || !found.isEmpty,
                defects: isUnknown ? nil : found.map { Defect($0, className: label) }
            )
        case .annotated(let annotations):
            let found = annotations.map { ($0.region(in: bounds), $0.name) }
            let known = found.compactMap { region, name in region.map { Defect($0, className: name) } }
            self.init(isDefective: true, defects: known.count == found.count ? known : nil)
        case .simulated(let json, let labels):
            try self.init(simulated: json, labels: labels, bounds: bounds)
        }
    }

    private init(simulated json: FilePath, labels: FilePath, bounds: Rectangle) throws(TruthError) {
        let truth: GroundTruth
        do {
            let bytes = try FileContents.read(json, limit: 1 << 26)
            truth = try JSONDecoder().decode(GroundTruth.self, from: Data(bytes))
        } catch {
            throw TruthError(description: "\(json.string) is not the truth about a simulated panel")
        }
        let image = try Self.reading { () throws(TruthMaskError) in
            try TruthMaskFile.numbers(labels, in: bounds)
        }
        var defects: [Defect] = []
        let mm = truth.mmPerPixel
        for defect in truth.defects {
            let region = Self.region(
                of: UInt8(truncatingIfNeeded: defect.id),
                in: image,
                box: defect.boundingBox
            )
            // Painted over by a later one.
            guard let region else { continue }
            let isElongated = defect.lengthMm >= 3 * defect.widthMm
            let diameter = 2 * (Double(defect.areaPx) / .pi).squareRoot()
            defects.append(
                Defect(
                    region: region,
                    className: defect.defectClass.rawValue,
                    sizePx: isElongated ? defect.lengthMm / mm : diameter,
                    isElongated: isElongated,
                    snr: defect.snr
                )
            )
        }
        self.init(
            isDefective: !truth.defects.isEmpty,
            defects: defects,
            paint: truth.paint?.rawValue,
            mmPerPixel: mm
        )
    }

    /// The pixels with a value.
    private static func region(of value: UInt8, in image: Image<UInt8>, box: Rectangle) -> Region? {
        let box = box.intersection(image.bounds)
        var runs: [Run] = []
        for y in box.rows {
            for x in box.columns where image[x, y] == value { runs.append(Run(row: y, start: x, end: x + 1)) }
        }
        return runs.isEmpty ? nil : Region(runs: runs)
    }

    private static func reading<Value>(_ read: () throws(TruthMaskError) -> Value) throws(TruthError) -> Value
    {
        do throws(TruthMaskError) {
            return try read()
        } catch {
            throw TruthError(description: "\(error)")
        }
    }
}
