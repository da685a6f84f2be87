import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Realistic codes of the uniform scalar whose cells begin at a random place.
@Suite("staggered cells of a uniform scalar")
struct StaggeredCellsTests {
  private static func curve() throws -> Curve { try KnownSource(UniformScalar()).curve(named: .realismShared) }

  /// H in bits, D, and how the reproduction is distributed over ten parts, by sums over the place where cells begin.
  private static func simulated(cells: Int) -> (rate: Double, distortion: Double, parts: [Double]) {
    var (rate, distortion, parts) = (0.0, 0.0, [Double](repeating: 0, count: 10))
    let (steps, k) = (4_000, Double(cells))
    for step in 0..<steps {
      let u = (Double(step) + 0.5) / Double(steps)
      var ends = [0.0] + (0..<cells).map { (u + Double($0)) / k } + [1]
      ends = ends.map { min(max($0, 0), 1) }
      for (index, (low, high)) in zip(ends, ends.dropFirst()).enumerated() {
        let place = index == 0 ? u * u / (2 * k) : index == cells ? 1 - (1 - u) * (1 - u) / (2 * k) : (low + high) / 2
        rate -= (high - low) * log2(high - low)
        distortion += (pow(high - place, 3) - pow(low - place, 3)) / 3
        parts[min(9, Int(place * 10))] += high - low
      }
    }
    return (rate / Double(steps), distortion / Double(steps), parts.map { $0 / Double(steps) })
  }

  @Test("entropy, distortion and the law of the reproduction, by sums", arguments: [1, 2, 3, 8, 33])
  func sums(cells: Int) throws {
    let (rate, distortion, parts) = Self.simulated(cells: cells)
    let point = try Self.curve().point(atDistortion: Double(5 * cells - 2) / Double(60 * cells * cells * cells))
    #expect(abs(point.rate - rate) < 1e-4 && abs(point.distortion / distortion - 1) < 1e-4)
    #expect(parts.allSatisfy { abs($0 - 0.1) < 1e-3 }, "\(parts)")
  }

  @Test("known values, convexity, and limits at both ends")
  func values() throws {
    let curve = try Self.curve()
    #expect(abs(try curve.point(atDistortion: 8.0 / 480).rate - 1.3607) < 1e-4)
    #expect(abs(try curve.point(atDistortion: 38.0 / 30720).rate - 3.0902) < 1e-4)
    #expect(try curve.bound(atDistortion: 1.0 / 6 + 1e-15).value == 0)
    let hull = try KnownSource(UniformScalar()).curve(named: .timeSharing)
    var last = Double.infinity
    for exponent in stride(from: -1.0, to: -300, by: -1.37) {
      let distortion = pow(10, exponent)
      let bound = try curve.bound(atDistortion: distortion)
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
      #expect(bound.kind == .upper && proved.upper <= bound.rate.upper && bound.rate.width < 1e-10, "\(distortion)")
      #expect(bound.value >= (try hull.point(atDistortion: distortion).rate) - 1e-12)
      #expect(abs(try curve.point(atRate: bound.value).distortion / distortion - 1) < 1e-9, "\(distortion)")
      last = bound.value - (try hull.point(atDistortion: distortion).rate)
    }
    #expect(abs(last) < 1e-9, "realism costs nothing at high rate: \(last)")
    // Chords lie above.
    for step in 1..<200 {
      let (a, b) = (0.16 * Double(step) / 200, 0.16 * Double(step + 2) / 200)
      let middle = try curve.point(atDistortion: (a + b) / 2).rate
      #expect(middle <= (try curve.point(atDistortion: a).rate + curve.point(atDistortion: b).rate) / 2 + 1e-12)
    }
  }

  @Test("codes that are none prove nothing")
  func forged() throws {
    let curve = try Self.curve()
    for (fewer, more, weight) in [
      (1.5, 2.0, 0.5), (-1, 2, 0.5), (1, 2, -0.1), (1, 2, 1.1), (1, 2, .nan), (.nan, 2, 0.5), (1, .infinity, 0.5),
    ] {
      let codes = StaggeredCodes(fewer: fewer, more: more, weight: weight)
      #expect(try curve.proved(by: codes, atDistortion: 0.02).upper == .infinity, "\(codes)")
    }
    // More of the coarser code has too much distortion.
    let codes = try #require(curve.bound(atDistortion: 0.02).evidence as? StaggeredCodes)
    let less = StaggeredCodes(fewer: codes.fewer, more: codes.more, weight: codes.weight * 0.999)
    #expect(try curve.proved(by: less, atDistortion: 0.02).upper == .infinity)
  }

  @Test("points of uniform scalars with shared randomness are judged from both sides")
  func judgement() throws {
    let judged = try #require(KnownSource(UniformScalar()).judgement(at: .sharedRandomness))
    #expect(judged.judgement.converse.name == .timeSharing && judged.judgement.achievable.name == .realismShared)
  }
}
