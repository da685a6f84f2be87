import Foundation
import RateDistortion
import TestSupport
import Testing

/// Random operating points of every curve that comes from a table: sides in order, points as claimed, and tables around what is
/// solved at the very distortion.
@Suite("Tables of slopes at random distortions")
struct SlopeCampaignTests {
  static let names = ["laplace", "exponential", "logistic", "uniform", "gaussian-mixture", "banana", "sawbridge"]

  @Test("lower <= upper everywhere, and points are what bounds claim", arguments: names)
  func order(name: String) throws {
    let sides = try KnownSource(Catalogue.source(named: name)).curves(named: .shannon)
    var random = SeededGenerator(seed: 13)
    for _ in 0..<Campaign.cases(1_000, long: 15_000) {
      let rate = Double.random(in: -0.5...12, using: &random)
      let distortion = sides[1].largestDistortion * Double.exp(-2 * rate * natsPerBit)
      let (lower, upper) = (try sides[0].bound(atDistortion: distortion), try sides[1].bound(atDistortion: distortion))
      #expect(lower.value <= upper.value, "\(distortion)")
      let points = (try sides[0].point(atDistortion: distortion), try sides[1].point(atDistortion: distortion))
      #expect(abs(points.0.rate - lower.value) < 1e-9 && abs(points.1.rate - upper.value) < 1e-9, "\(distortion)")
      guard lower.value > 1e-3 else { continue }
      let back = (try sides[0].point(atRate: lower.value), try sides[1].point(atRate: upper.value))
      // Bounds and points may differ by 1e-9 bits, and so the way back by what these are worth in distortion.
      for (side, point) in [back.0, back.1].enumerated() {
        let slope = try #require(point.slope)
        #expect(abs(point.distortion - distortion) * slope < 1e-9, "side \(side) at \(distortion): \(point)")
      }
    }
  }

  @Test("what is solved at the very distortion lies between the table's sides", arguments: names)
  func precise(name: String) throws {
    let sides = try KnownSource(Catalogue.source(named: name)).curves(named: .shannon)
    var random = SeededGenerator(seed: 14)
    let isSlow = name == "banana" || name == "sawbridge"
    for _ in 0..<Campaign.cases(isSlow ? 1 : 3, long: isSlow ? 20 : 200) {
      let rate = Double.random(in: 0.1...(isSlow ? 1.2 : 6), using: &random)
      let distortion = try sides[0].point(atRate: rate).distortion
      let table = try sides.map { try $0.bound(atDistortion: distortion).value }
      let solved = try sides.map { try $0.precise.bound(atDistortion: distortion).value }
      #expect(table[0] <= solved[1] && solved[0] <= table[1], "\(name) at \(distortion): \(table) \(solved)")
      #expect(
        solved[0] >= table[0] - 1e-9 && solved[1] <= table[1] + 1e-9, "\(name) at \(distortion): \(table) \(solved)")
    }
  }
}
