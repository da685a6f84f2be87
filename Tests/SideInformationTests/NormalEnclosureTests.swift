import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// What the enclosures of codes with side information are made of, each by itself.
@Suite("normal tails, cells and panels")
struct NormalEnclosureTests {
  @Test("Q(x) holds 28 digits: a relative 1e-13 up to 10, at nodes, beside them and halfway between")
  func tails() throws {
    let rows = try ProofObjects.read().tails
    #expect(rows.count == 200)
    for row in rows {
      let tail = NormalTailEnclosure.tail(at: row.at)
      #expect(row.tail.isBetween(tail.lower, and: tail.upper), "\(row): \(tail)")
      if row.at <= 10 { #expect(tail.width <= 1e-13 * row.tail.value, "\(row): \(tail)") }
    }
    #expect(NormalTailEnclosure.tail(at: 40).lower == 0 && NormalTailEnclosure.tail(at: 40).upper < 1e-23)
    #expect(NormalTailEnclosure.tail(at: -40).upper <= 1 && NormalTailEnclosure.tail(at: -40).lower > 1 - 1e-15)
  }

  @Test("Q(x) and f(x) in floating point: a relative 3e-14 from 28 digits and from the enclosed density, up to 10")
  func series() throws {
    for row in try ProofObjects.read().tails where row.at >= 0 && row.at <= 10 {
      let (tail, density) = NormalSeries.values(at: row.at)
      #expect(abs(tail / row.tail.value - 1) < 3e-14, "\(row): \(tail)")
      let enclosed: Interval = GaussianDensity().density(Interval(row.at))
      #expect(abs(density / enclosed.midpoint - 1) < 3e-15 * (1 + row.at * row.at), "\(row): \(density)")
    }
    // Ends of the nodes' cells, where the series is longest, and the first place without one.
    for index in 0..<320 {
      let x = (Double(index) + 0.5) / 32
      let (left, right) = (NormalSeries.values(at: x.nextDown), NormalSeries.values(at: x))
      #expect(abs(left.tail / right.tail - 1) < 6e-14 && abs(left.density / right.density - 1) < 3e-14, "\(x)")
    }
    #expect(NormalSeries.values(at: 10).tail < NormalSeries.values(at: 10.0.nextDown).tail * (1 + 6e-14))
    #expect(NormalSeries.values(at: .nan).tail.isNaN && NormalSeries.values(at: 1000) == (0, 0))
  }

  @Test("over an interval Q is the hull of its values: it falls", arguments: 1...50)
  func intervals(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let a = generator.uniform(-9...9)
    let b = a + generator.uniform(0...2)
    let whole = NormalTailEnclosure.tail(.hull(a, b))
    for _ in 0..<20 { #expect(NormalTailEnclosure.tail(at: generator.uniform(a...b)).isSubset(of: whole)) }
    #expect(
      whole.upper == NormalTailEnclosure.tail(at: a).upper && whole.lower == NormalTailEnclosure.tail(at: b).lower)
  }

  @Test(
    "probabilities between two places hold 28 digits; cells in floating point are within 1e-9 of them, narrow or wide")
  func cells() throws {
    let rows = try ProofObjects.read().normalCells
    #expect(rows.count == 80)
    for row in rows {
      let p = EnclosedTails.between(EnclosedTails(Interval(row.a)), EnclosedTails(Interval(row.b)))
      #expect(row.probability.isBetween(p.lower, and: p.upper), "\(row): \(p)")
      // Both tails are below 1, so that only a cell between them loses digits.
      #expect(p.width <= 1e-14 + 1e-13 * row.probability.value, "\(row): \(p)")
      let cell = NormalCell(from: NormalCellEnd(row.a), to: NormalCellEnd(row.b))
      // Wide cells lose some 12 (1 + a^2)/width^2 of rounding, at most 4e3 ulps of the narrowest here.
      let lost = row.b - row.a < NormalCell.narrow ? 1e-13 : 3e-15 * (1 + max(row.a * row.a, row.b * row.b)) * 50
      #expect(abs(cell.probability / row.probability.value - 1) <= lost, "\(row)")
      #expect(abs(cell.centroid - row.centroid.value) <= lost * (1 + abs(row.a)), "\(row)")
      #expect(abs(cell.distortion / row.distortion.value - 1) <= lost * 10, "\(row)")
    }
  }

  @Test("integrals of h and S over a panel hold 28 digits of mpmath's quadrature, to 1e-12")
  func panels() throws {
    let rows = try ProofObjects.read().panels
    #expect(rows.count == 24)
    for row in rows {
      var panel = PanelEnclosure()
      panel.thresholds = row.thresholds.map { Interval($0) }
      panel.labels = row.labels
      panel.labelCount = Set(row.labels).count
      let weight = EnclosedAverage.normalWeight(Interval(row.spread))
      let integrals = panel.integrals(
        center: Interval(row.center), radius: Interval(row.radius), weight: weight, tolerance: (1e-14, 1e-14))
      let values = panel.values(at: Interval(row.center))
      for (enclosure, truth) in [
        (integrals.entropy, row.entropy), (integrals.resolved, row.resolved), (values.entropy, row.entropyAtCenter),
        (values.resolved, row.resolvedAtCenter),
      ] {
        #expect(truth.isBetween(enclosure.lower, and: enclosure.upper), "\(row): \(enclosure)")
        #expect(enclosure.width <= 1e-12, "\(row): \(enclosure)")
      }
    }
  }
}
