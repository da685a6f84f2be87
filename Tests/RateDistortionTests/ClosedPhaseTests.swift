import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("closed phases")
struct ClosedPhaseTests {
  @Test("E(D) of square and triangle wave is what quadrature of their templates and bisection give")
  func oracle() throws {
    let rows = try RealismOracle.rows(\.exact)
    #expect(rows.count == 20)
    for row in rows { #expect(try row.matches(.exact, width: 1e-12), "\(row)") }
  }

  private func phases() throws -> [any ConcavePhase] {
    try Catalogue.sources.compactMap { try KnownSource($0).source as? any ConcavePhase }
  }

  @Test("w = p delta', p c' = w of the centred cost, C - delta(p) = ((1 - p)/p)^2 (C - delta(1 - p)), in intervals too")
  func identities() throws {
    let sources = try phases()
    #expect(sources.count == 5)
    for source in sources {
      let largest = source.cellDistortion(1.0)
      for p in [0.013, 0.1, 0.31, 0.499, 0.4999999, 0.5, 0.5000001, 0.52, 0.77, 0.95] {
        let h = 1e-6 * p
        let derivative = { (f: (Double) -> Double) in p * (f(p + h) - f(p - h)) / (2 * h) }
        // At 1/2 the second derivative may jump.
        #expect(abs(derivative(source.cellDistortion) - source.logarithmicSlope(p)) < 5e-6 * largest)
        #expect(abs(derivative(source.centredDistortion) - source.centredSlope(p)) < 1e-8 * largest)
        let ratio = (1 - p) / p
        #expect(
          abs(largest - source.cellDistortion(p) - ratio * ratio * (largest - source.cellDistortion(1 - p))) < 1e-12)
        let box = Interval.hull(p - 1e-3, p + 1e-3)
        for place in [p - 1e-3, p - 3e-4, p, p + 6e-4, p + 1e-3] {
          #expect(source.cellDistortion(box).contains(source.cellDistortion(place)))
          #expect(source.logarithmicSlope(box).contains(source.logarithmicSlope(place)))
        }
        // Half the mean of r over two points, and r from the centre: r(t) = c(2 t) + w_c(2 t).
        let r = { (t: Double) in source.centredDistortion(2 * t) + source.centredSlope(2 * t) }
        if p <= 0.5 {
          let steps = 2_000
          let mean = (0..<steps).reduce(0.0) { sum, i in
            let u = (Double(i) + 0.5) / Double(steps)
            return sum + (1 - u) * r(p * u) / Double(steps)
          }
          #expect(abs(mean - source.cellDistortion(p)) < 1e-6 * largest)
        }
      }
      #expect(abs(source.cellSize(atDistortion: largest) - 1) < 1e-7)
      for share in [0.999, 0.6, 0.1, 1e-4] {
        let p = source.cellSize(atDistortion: share * largest)
        #expect(abs(source.cellDistortion(p) / (share * largest) - 1) < 1e-13)
      }
    }
  }

  @Test("the square wave is the sawbridge up to two cells: delta = 4 p/3, and one, two and four cells lie on a line")
  func squareWave() throws {
    let square = SquareWave()
    for p in [0.01, 0.2, 0.5] { #expect(abs(square.cellDistortion(p) - 8 * Sawbridge().cellDistortion(p)) < 1e-15) }
    let slope = { (cells: Double) in log2(cells) / (1 - square.cellDistortion(1 / cells)) }
    #expect(abs(slope(2) - slope(4)) < 1e-14 && slope(3) < slope(2))
    #expect(TimeSharing(source: square).firstVertex == 3)
    #expect(TimeSharing(source: TriangleWave()).firstVertex == 3)
  }

  @Test("a proof that runs out of boxes proves nothing")
  func boxLimit() {
    var proof = ClosedPhaseProof()
    proof.peaks = .hull(0.3, 0.31)
    proof.boxLimit = 10
    #expect(!proof.check().isProved)
  }

  @Test(
    "the inequality behind the proof holds for tents in a slice of places, and a stronger one does not",
    .enabled(if: Campaign.isLong))
  func proof() {
    var proof = ClosedPhaseProof()
    proof.peaks = .hull(0.3, 0.31)
    let check = proof.check()
    #expect(check.isProved && check.margin > 0 && check.boxes > 1_000)
    proof.peaks = .hull(0.12, 0.13)
    proof.factor = 1.05
    let stronger = proof.check()
    #expect(!stronger.isProved && !stronger.failure.isEmpty)
  }

  @Test("the inequality holds for all tents", .enabled(if: Campaign.isLong))
  func wholeProof() {
    let check = ClosedPhaseProof().check()
    #expect(check.isProved && check.margin > 0 && check.boxes > 1_000_000)
  }

  @Test("tents are what their definition integrates to", arguments: [0.05, 0.2, 0.25, 0.45])
  func tents(peak: Double) {
    let tent = TentPhase(peak: peak)
    func rise(_ t: Double) -> Double { t > 0.5 ? -rise(1 - t) : t < peak ? t / peak : (0.5 - t) / (0.5 - peak) }
    for p in [0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97] {
      let steps = 20_000
      let h = p / Double(steps)
      var (g, v, r) = (0.0, 0.0, 0.0)
      for i in 0..<steps {
        let t = (Double(i) + 0.5) * h
        g += t * (r + rise(t) * h / 2) * h
        v += t * t * rise(t) * h
        r += rise(t) * h
      }
      #expect(abs(tent.g(Interval(p)).midpoint - g / (p * p)) < 1e-6)
      #expect(abs(tent.v(Interval(p)).midpoint - v / (p * p)) < 1e-6)
      #expect(tent.g(Interval(p)).width < 1e-13 && tent.v(Interval(p)).width < 1e-13)
    }
  }
}
