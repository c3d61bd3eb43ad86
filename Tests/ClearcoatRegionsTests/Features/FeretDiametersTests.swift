import ClearcoatImage
import ClearcoatRegions
import Foundation
import Testing

@Suite struct FeretDiametersTests {
    /// A caliper turned in small steps reads nothing shorter or longer, and comes close to both.
    @Test func noOtherDirectionIsShorterOrLonger() {
        for region in randomRegions(seed: 17).filter({ $0.pixelCount > 3 }).prefix(150) {
            let feret = FeretDiameters(of: region)
            let points = region.convexFilled.convexHull(of: .sideMiddles)
            func reading(at angle: Double) -> Double {
                let along = points.map { $0.x * cos(angle) + $0.y * sin(angle) }
                return (along.max() ?? 0) - (along.min() ?? 0)
            }
            let readings = (0..<360).map { reading(at: Double($0) * .pi / 360) }
            #expect(readings.allSatisfy { $0 >= feret.minimum - 1e-9 && $0 <= feret.maximum + 1e-9 })
            #expect(agree(reading(at: feret.minimumDirection), feret.minimum))
            #expect(agree(reading(at: feret.maximumDirection), feret.maximum))
        }
    }

    @Test func diagonalLinePointsDownRight() {
        let feret = FeretDiameters(of: Region(drawn: "#...", ".#..", "..#.", "...#"))
        #expect(feret.maximumDirection > 0.6 && feret.maximumDirection < 1)
        #expect(agree(feret.minimumDirection, -.pi / 4))
        #expect(agree(feret.minimum, 0.5.squareRoot()))
    }

    @Test func rectangleIsAsWideAsItsShorterSide() {
        let feret = FeretDiameters(of: Region(drawn: "#######", "#######", "#######"))
        #expect(feret.minimum == 3 && feret.minimumDirection == .pi / 2)
        #expect(agree(feret.maximum, (49.0 + 4).squareRoot()))
    }
}
