import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of samples: of their empirical law, proved, and of the law behind them, estimated.
@Suite("Samples")
struct SamplesTests {
  static func normal(_ generator: inout SeededGenerator) -> Double {
    (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * Double.pi * generator.unit())
  }

  /// n Gaussian points of R^d.
  static func gaussian(_ count: Int, dimension: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count * dimension).map { _ in normal(&generator) }
  }

  static func source(_ rows: [Double], dimension: Int) throws -> KnownSource {
    KnownSource(Samples(try SampleSet(rows: rows, dimension: dimension)))
  }

  static func entropy(_ p: Double) -> Double { p > 0 && p < 1 ? -p * log2(p) - (1 - p) * log2(1 - p) : 0 }

  @Test("two values, one three times as often: R = h(1/4) - h(D) with the samples as reproductions")
  func binary() throws {
    let source = try Self.source([1, 0, 0, 0], dimension: 1)
    let sides = try source.curves(named: .shannon)
    for distortion in [0.01, 0.1, 0.2] {
      let truth = Self.entropy(0.25) - Self.entropy(distortion)
      let (lower, upper) = (
        try sides[0].bound(atDistortion: distortion), try sides[1].bound(atDistortion: distortion)
      )
      #expect(lower.rate.lower <= truth + 1e-13 && truth <= upper.rate.upper + 1e-13)
      #expect(upper.rate.upper - lower.rate.lower < 1e-8)
      #expect(try sides[0].proved(by: lower.evidence, atDistortion: distortion).lower == lower.rate.lower)
    }
    #expect(abs(try sides[0].point(atDistortion: 0).rate - Self.entropy(0.25)) < 1e-12)
  }

  /// R(D) + beta D, nats, of points on a line with reproductions on a fine grid, by Blahut and Arimoto's iteration, and D.
  static func free(_ points: [Double], slope: Double) -> (rate: Double, distortion: Double) {
    let grid = (0...400).map { points[0] + (points[points.count - 1] - points[0]) * Double($0) / 400 }
    var law = [Double](repeating: 1 / Double(grid.count), count: grid.count)
    var (rate, distortion) = (0.0, 0.0)
    for _ in 0..<4_000 {
      var next = [Double](repeating: 0, count: grid.count)
      (rate, distortion) = (0, 0)
      for x in points {
        let terms = zip(law, grid).map { $0 * exp(-slope * (x - $1) * (x - $1)) }
        let sum = terms.reduce(0, +)
        rate -= log(sum) / Double(points.count)
        for (j, term) in terms.enumerated() {
          next[j] += term / sum / Double(points.count)
          distortion += term / sum * (x - grid[j]) * (x - grid[j]) / Double(points.count)
        }
      }
      law = next
    }
    return ((rate - slope * distortion) / log(2), distortion)
  }

  @Test("with reproductions anywhere the rate lies between shannon-free and shannon, and not at either")
  func freeReproductions() throws {
    let points = [-1.5, -1, -0.2, 0.3, 0.9, 2]
    let source = try Self.source(points, dimension: 1)
    let free = try source.curve(named: CurveName(rawValue: "shannon-free"))
    #expect(free.kind == .lower)
    let upper = try source.curves(named: .shannon)[1]
    for slope in [1.0, 2, 6] {
      let truth = Self.free(points, slope: slope)
      let bound = try free.bound(atDistortion: truth.distortion)
      #expect(bound.rate.lower < truth.rate && truth.rate - bound.rate.lower < 0.5 + 0.1)
      #expect(try upper.bound(atDistortion: truth.distortion).rate.upper > truth.rate + 1e-4)
      // The very bound is proved again, and not at a smaller rate's distortion.
      #expect(try free.proved(by: bound.evidence, atDistortion: truth.distortion).lower == bound.rate.lower)
      #expect(try free.proved(by: bound.evidence, atDistortion: 2 * truth.distortion).lower < bound.rate.lower)
    }
  }

  @Test("forged evidence of shannon-free proves nothing: another curve, another distortion, a law that is none")
  func forged() throws {
    let source = try Self.source([-1.5, -1, -0.2, 0.3, 0.9, 2], dimension: 1)
    let free = try source.curve(named: CurveName(rawValue: "shannon-free"))
    let form = try free.bound(atDistortion: 0.05).evidence.form
    #expect(form.type == "inherited")
    var forms: [EvidenceForm] = []
    for (name, value) in [("curve", "shannon-free"), ("at", "D/2"), ("at", "2 D")] {
      var other = form
      let place = try #require(other.members.firstIndex { $0.name == name })
      other.members[place].value = .text(value)
      forms.append(other)
    }
    var inner = try form.part("claim")
    let weights = try #require(inner.members.firstIndex { $0.name == "weights" })
    inner.members[weights].value = .numbers(try inner.numbers("weights").map { -$0 })
    var other = form
    let place = try #require(other.members.firstIndex { $0.name == "claim" })
    other.members[place].value = .form(inner)
    forms.append(other)
    for form in forms {
      let evidence = try free.evidence(from: form)
      #expect(try free.proved(by: evidence, atDistortion: 0.05) == .hull(0, .infinity), "\(form)")
    }
    // A heavier law proves less and no more than the truth.
    inner.members[weights].value = .numbers(try inner.numbers("weights").map { $0 == 0 ? 0 : abs($0) * 3 })
    other.members[place].value = .form(inner)
    let honest = try free.bound(atDistortion: 0.05).rate.lower
    #expect(try free.proved(by: free.evidence(from: other), atDistortion: 0.05).lower <= honest + 1e-12)
  }

  static let estimates = ["shannon-estimate-lower", "shannon-estimate", "shannon-estimate-upper"]
    .map { CurveName(rawValue: $0) }

  /// How many of the repetitions have an interval that contains R(D) at each of some distortions.
  static func contained(
    _ distortions: [Double], repetitions: Int, truth: (Double) -> Double, draw: (UInt64) throws -> KnownSource
  ) throws -> [Int] {
    var counts = distortions.map { _ in 0 }
    for seed in 0..<repetitions {
      let source = try draw(UInt64(1_000 + seed))
      let curves = try estimates.map { try source.curve(named: $0) }
      for (index, distortion) in distortions.enumerated() {
        let rates = try curves.map { try $0.point(atDistortion: distortion).rate }
        #expect(rates[0] <= rates[1] && rates[1] <= rates[2])
        if rates[0] <= truth(distortion), truth(distortion) <= rates[2] { counts[index] += 1 }
      }
    }
    return counts
  }

  @Test(
    "of Gaussians in the plane the interval contains log2(2/D) in at least 95 of 100 repetitions, and is as wide as said on average"
  )
  func coverage() throws {
    // 10^4 samples a hundred times in the long run, six times with a third of them in a short one.
    let count = Campaign.cases(3_000, long: 10_000)
    let repetitions = Campaign.cases(6, long: 100)
    let distortions = [1.5, 1, 0.5, 0.25, 0.1]
    var widths: [Double] = []
    let counts = try Self.contained(distortions, repetitions: repetitions, truth: { max(0, log2(2 / $0)) }) { seed in
      let source = try Self.source(Self.gaussian(count, dimension: 2, seed: seed), dimension: 2)
      let curves = try Self.estimates.map { try source.curve(named: $0) }
      let (low, high) = (
        try curves[0].point(atDistortion: 0.5).rate, try curves[2].point(atDistortion: 0.5).rate
      )
      widths.append(high - low)
      return source
    }
    // Of single halves it is up to twice the mean.
    let mean = widths.reduce(0, +) / Double(widths.count)
    #expect(mean < (Campaign.isLong ? 0.4 : 0.6) && widths.allSatisfy { $0 < 2 * mean }, "\(mean): \(widths)")
    for (distortion, found) in zip(distortions, counts) {
      #expect(found * 100 >= repetitions * (Campaign.isLong ? 95 : 83), "\(found) of \(repetitions) at \(distortion)")
    }
  }

  @Test("of other laws too: uniform on a line and a mixture, against R(D) as this program proves it")
  func otherLaws() throws {
    let repetitions = Campaign.cases(4, long: 40)
    let mixture: SourceParameters = [
      "weights": .numbers([0.4, 0.6], columns: 2), "means": .numbers([-2, 1], columns: 2),
      "deviations": .numbers([0.5, 0.8], columns: 2),
    ]
    let laws: [(KnownSource, (inout SeededGenerator) -> Double)] = [
      (try KnownSource(Catalogue.source(named: "uniform")), { ($0.unit() - 0.5) * 12.0.squareRoot() }),
      (
        try KnownSource(Catalogue.source(named: "gaussian-mixture"), mixture),
        { generator in
          generator.unit() < 0.4 ? -2 + 0.5 * Self.normal(&generator) : 1 + 0.8 * Self.normal(&generator)
        }
      ),
    ]
    for (law, draw) in laws {
      let known = try law.curves(named: .shannon)
      let variance = known[1].largestDistortion
      var generator = SeededGenerator(seed: 77)
      // In the source's own units, whatever its scale.
      let probe = (0..<20_000).map { _ in draw(&generator) }
      let mean = probe.reduce(0, +) / 20_000
      let spread = probe.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
      let scale = law.description.name == "uniform" ? (variance / spread).squareRoot() : 1
      if scale == 1 { #expect(abs(variance / spread - 1) < 0.05) }
      let distortions = [0.6, 0.2, 0.05].map { $0 * variance }
      let counts = try Self.contained(
        distortions, repetitions: repetitions, truth: { (try? known[1].point(atDistortion: $0).rate) ?? .nan }
      ) { seed in
        var generator = SeededGenerator(seed: seed)
        return try Self.source((0..<4_000).map { _ in scale * draw(&generator) }, dimension: 1)
      }
      for found in counts { #expect(found * 100 >= repetitions * 75, "\(law.description.name): \(counts)") }
    }
  }

  @Test(
    "samples s times as far apart have the same rates at s^2 times the distortion, and the order of rows does not matter much"
  )
  func scaling() throws {
    let points = Self.gaussian(800, dimension: 2, seed: 5)
    let (small, large) = (
      try Self.source(points, dimension: 2), try Self.source(points.map { 1e20 * $0 + 3e20 }, dimension: 2)
    )
    for name in Self.estimates {
      let (a, b) = (try small.curve(named: name), try large.curve(named: name))
      #expect(abs(a.largestDistortion / b.largestDistortion * 1e40 - 1) < 1e-6)
      for distortion in [0.6, 1.3] {
        let difference =
          try a.point(atDistortion: distortion).rate - b.point(atDistortion: distortion * 1e40).rate
        #expect(abs(difference) < 1e-6)
      }
    }
  }

  @Test("the same bytes each time, an estimate falls with the distortion, and points of a rate lie on it")
  func shape() throws {
    let points = Self.gaussian(1_000, dimension: 1, seed: 9)
    let (one, two) = (try Self.source(points, dimension: 1), try Self.source(points, dimension: 1))
    for name in Self.estimates {
      let (a, b) = (try one.curve(named: name), try two.curve(named: name))
      #expect(a.kind == .estimate)
      var last = Double.infinity
      for step in 1...60 {
        let distortion = Double(step) / 40
        guard let point = try? a.point(atDistortion: distortion) else {
          #expect(distortion < a.range.leastDistortion)
          continue
        }
        #expect(point.rate == (try b.point(atDistortion: distortion).rate))
        #expect(point.rate <= last && point.rate >= 0)
        last = point.rate
        if point.rate > 0.01 {
          #expect(abs(try a.point(atRate: point.rate).distortion - distortion) < 1e-9)
        }
      }
      #expect(last == 0)
      // A rate near log2 n is refused.
      #expect(throws: DomainError.self) { try a.point(atRate: 9) }
    }
  }

  @Test("an estimate claims nothing, whatever evidence says")
  func estimatesProveNothing() throws {
    let source = try Self.source(Self.gaussian(400, dimension: 1, seed: 3), dimension: 1)
    for name in Self.estimates {
      let curve = try source.curve(named: name)
      let bound = try curve.bound(atDistortion: 0.4)
      #expect(bound.evidence.form.type == "held-out-sample")
      #expect(try curve.proved(by: bound.evidence, atDistortion: 0.4) == .hull(0, .infinity))
      #expect(throws: MalformedEvidence.self) { try curve.evidence(from: EvidenceForm("held-out-sample", [])) }
    }
  }

  @Test("too few for an estimate have the empirical law alone, too many the estimate; remarks say so")
  func whatIsLeftOut() throws {
    let few = try Self.source(Self.gaussian(20, dimension: 2, seed: 1), dimension: 2)
    #expect(few.curves.map(\.name.rawValue) == ["shannon", "shannon", "shannon-free"])
    #expect(few.remarks.contains { $0.contains("need 200 of them") })
    let many = try Self.source(Self.gaussian(5_000, dimension: 1, seed: 1), dimension: 1)
    #expect(many.curves.map(\.name) == [Self.estimates[1], Self.estimates[0], Self.estimates[2]])
    #expect(many.remarks.contains { $0.contains("up to 4096 different samples") })
    #expect(try many.judgement.converse.bound(atDistortion: 0.1).rate == .hull(0, 0))
    // 5000 samples of few values have an empirical law that is computed.
    let dice = try Self.source((0..<5_000).map { Double($0 % 6) }, dimension: 1)
    #expect(abs(try dice.curves(named: .shannon)[0].bound(atDistortion: 0).rate.lower - log2(6)) < 1e-3)
  }

  @Test("heavy tails are said, and a sample that outweighs all others is refused")
  func tails() throws {
    var generator = SeededGenerator(seed: 12)
    // Student's t with 3 degrees: no fourth moment.
    let heavy = (0..<2_000).map { _ in
      Self.normal(&generator)
        / ((0..<3).reduce(0.0) { sum, _ in sum + pow(Self.normal(&generator), 2) } / 3).squareRoot()
    }
    #expect(try Self.source(heavy, dimension: 1).remarks.contains { $0.contains("fourth") })
    var wild = Self.gaussian(1_000, dimension: 1, seed: 2)
    wild[17] = 1e9
    #expect(throws: SampleError.outlier(row: 17, share: 1)) {
      do {
        _ = try SampleSet(rows: wild, dimension: 1)
      } catch SampleError.outlier(let row, let share) {
        #expect(share > 0.99)
        throw SampleError.outlier(row: row, share: 1)
      }
    }
  }

  @Test("what is wrong with points is said")
  func faults() throws {
    let nine = [Double](repeating: 1, count: 90)
    #expect(throws: SampleError.dimension(9)) { try SampleSet(rows: nine, dimension: 9) }
    #expect(throws: SampleError.dimension(0)) { try SampleSet(rows: [], dimension: 0) }
    #expect(throws: SampleError.ragged(numbers: 3, dimension: 2)) { try SampleSet(rows: [1, 2, 3], dimension: 2) }
    #expect(throws: SampleError.tooFew(2, dimension: 2)) { try SampleSet(rows: [1, 2, 3, 4], dimension: 2) }
    #expect(throws: SampleError.tooFew(0, dimension: 1)) { try SampleSet(rows: [], dimension: 1) }
    #expect(throws: SampleError.constant) { try SampleSet(rows: [0.1, 0.1, 0.1], dimension: 1) }
    #expect(throws: SampleError.value(1e101, row: 1, column: 0)) { try SampleSet(rows: [0, 1e101], dimension: 1) }
    let many = [Double](repeating: 0, count: SampleSet.largestCount + 1)
    #expect(throws: SampleError.tooMany(SampleSet.largestCount + 1)) { try SampleSet(rows: many, dimension: 1) }
    #expect(throws: SampleError.self) { try SampleSet(rows: [0, .nan, 1], dimension: 1) }
    for error in [SampleError.constant, .dimension(9), .tooFew(1, dimension: 2), .outlier(row: 0, share: 0.7)] {
      #expect(!error.description.isEmpty)
    }
  }

  @Test("points without noise, on a line in space or in few places, have estimates that are numbers")
  func degenerate() throws {
    let onLine: [Double] = (0..<600).flatMap { index -> [Double] in [Double(index % 100), 2 * Double(index % 100), 5] }
    let inFour: [Double] = (0..<600).flatMap { index -> [Double] in [Double(index % 2), Double(index / 2 % 2)] }
    for (rows, dimension) in [(onLine, 3), (inFour, 2)] {
      let source = try Self.source(rows, dimension: dimension)
      for name in Self.estimates {
        let curve = try source.curve(named: name)
        #expect(curve.largestDistortion.isFinite && curve.largestDistortion > 0)
        let distortion = max(curve.largestDistortion / 2, curve.range.leastDistortion)
        #expect(try curve.point(atDistortion: distortion).rate.isFinite)
      }
    }
  }
}
