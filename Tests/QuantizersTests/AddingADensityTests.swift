import Foundation
import IntervalArithmetic
import RateDistortion
import Testing

// The recipe of "Adding a density", done twice: a density of two modes, which has no theorem but its symmetry, and one that is
// log-concave without being symmetric. A density and its source are what stands in the first part of this file, and nothing else.

/// Two standard normal densities about -3 and 3, half each.
///
/// Symmetric, with two modes: f(0) is 0.022 times what it is at 3. Not unimodal, so not log-concave.
struct BimodalDensity: StandardDensity, SymmetricDensity {
  init() {}

  var name: String { "bimodal" }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var reach: Double { 39 }
  var corners: [Double] { [] }

  func variance<Number: RealNumber>(as number: Number.Type) -> Number { 10 }
  /// By mpmath, 30 digits: -2 quad(f log f, [0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30]).
  func differentialEntropy<Number: RealNumber>(as number: Number.Type) -> Number {
    Number(2.10823646623375) + .uncertainty(1e-14)
  }
  /// 2 ln 2 of one component, in variances of 10.
  var initialSaving: Double { 0.2 * natsPerBit }

  func density<Number: RealNumber>(_ x: Number) -> Number {
    let right = Number.exp(-Number.squared(x - 3) / 2)
    let left = Number.exp(-Number.squared(x + 3) / 2)
    return (right + left) / (2 * Number.sqrt(2 * Number.pi))
  }

  func radius(at m: Double) -> Double { 4 / (4 + m.magnitude) }

  /// That of the worse component: the ratio is a mean of the components' own.
  func growth(at m: Double) -> Double {
    let rho = radius(at: m)
    return exp((m.magnitude + 3) * rho + rho * rho / 2) * (1 + 0x1p-40)
  }

  /// Each component's series, (k + 1) h_(k+1) = -a h_k - h_(k-1) about a from its middle, weighted with its share of f.
  func series<Number: RealNumber>(at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>) {
    let c = Number(m) + shift
    for k in 1..<max(1, g.count) { g[k] = 0 }
    for middle in [3, -3] as [Number] {
      let share: Number = 1 / (1 + .exp(-2 * middle * c))
      let a = c - middle
      var (previous, current) = (Number(0), Number(1))
      for k in 1..<max(1, g.count) {
        (previous, current) = (current, -(a * current + previous) / Number(k))
        g[k] = g[k] + share * current
      }
    }
  }

  var tailStart: Double { 5 }

  func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let parts = [a - 3, a + 3].map { start -> QuantizationCell<Number> in
      let part = GaussianDensity().tail(from: start, as: Number.self)
      return QuantizationCell(
        probability: part.probability / 2, anchor: a, offset: part.offset, distortion: part.distortion / 2)
    }
    return parts[0].union(with: parts[1])
  }
}

struct Bimodal: ScaleFamily {
  let scaled: ScaledDensity<BimodalDensity>
  static let description = SourceDescription(
    name: "bimodal", definition: "N(-3, 1) or N(3, 1), half each", distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "a test of the recipe",
    parameters: [ParameterDescription("scale", help: "scale", domain: .positive(default: 1))])
  init(scaled: ScaledDensity<BimodalDensity>) { self.scaled = scaled }
}

/// exp(-x)/1.5 to the right of 0, exp(2 x)/1.5 to the left: the law of E1 - E2/2 with two standard exponential variables.
///
/// log f rises with slope 2 and falls with slope 1: concave.
struct SkewedDensity: StandardDensity, LogConcaveDensity {
  init() {}

  var name: String { "skewed" }
  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var reach: Double { 340 }
  var corners: [Double] { [0] }
  var mode: Double { 0 }

  func mean<Number: RealNumber>(as number: Number.Type) -> Number { Number(1) / 2 }
  func variance<Number: RealNumber>(as number: Number.Type) -> Number { Number(5) / 4 }
  func differentialEntropy<Number: RealNumber>(as number: Number.Type) -> Number { 1 + .log(Number(3) / 2) }
  var initialSaving: Double { .infinity }

  /// The right branch is the smaller one on the right, the left one on the left: |x| (3 - sign x)/2 without a branch.
  func density<Number: RealNumber>(_ x: Number) -> Number {
    let magnitude = Number.sqrt(Number.squared(x))
    return 2 * Number.exp((x - 3 * magnitude) / 2) / 3
  }

  func radius(at m: Double) -> Double { m > 0 ? 4 : 2 }
  func growth(at m: Double) -> Double { 55 }

  func series<Number: RealNumber>(at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>) {
    for k in 1..<max(1, g.count) { g[k] = g[k - 1] * Number(m > 0 ? -1 : 2) / Number(k) }
  }

  var tailStart: Double { 0 }
  func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let p = 2 * Number.exp(-Number(a)) / 3
    return QuantizationCell(probability: p, anchor: a, offset: 1, distortion: p)
  }

  var lowerTailStart: Double { 0 }
  func lowerTail<Number: RealNumber>(upTo b: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let p = Number.exp(2 * Number(b)) / 3
    return QuantizationCell(probability: p, anchor: b, offset: Number(-1) / 2, distortion: p / 4)
  }
}

struct Skewed: ScaleFamily {
  let scaled: ScaledDensity<SkewedDensity>
  static let description = SourceDescription(
    name: "skewed", definition: "E1 - E2/2", distortionMeasure: .sumOfSquaredErrors, components: 1,
    reference: "a test of the recipe",
    parameters: [ParameterDescription("scale", help: "scale", domain: .positive(default: 1))])
  init(scaled: ScaledDensity<SkewedDensity>) { self.scaled = scaled }
}

@Suite("a scalar density is one file")
struct AddingADensityTests {
  @Test("two modes: no converse but the Shannon lower bound, no best quantizer of N levels; what is achieved stays")
  func curvesOfTwoModes() throws {
    let source = try KnownSource(Bimodal.self)
    #expect(source.curves.filter { $0.name == .ecsq }.map(\.kind) == [.upper])
    #expect(!source.curves.contains { $0.name == .lloydMax })
    let schemes: [CurveName] = [
      .uniformThreshold, .deadZone, .ditheredRaw, .ditheredWiener, .ditheredMean, .highRate,
    ]
    for name in schemes { #expect(try source.curve(named: name).kind != .lower) }
    #expect(source.judgement.converse.name == .shannonLowerBound)
    #expect(source.judgement.achievable.name == .ecsq)
    // Every lower bound that there is holds for any density.
    #expect(Set(source.curves.filter { $0.kind == .lower }.map(\.name)) == [.shannonLowerBound, .shannon])
    // `EntropyConstrainedConverse` and `LloydMaxQuantizers` are not even compiled for it.
    #expect(!(BimodalDensity() is any UnimodalDensity))
  }

  @Test("one mode, log-concave, not symmetric: everything a density can have")
  func curvesOfOneMode() throws {
    let source = try KnownSource(Skewed.self)
    #expect(source.curves.filter { $0.name == .ecsq }.map(\.kind) == [.lower, .upper])
    #expect(source.curves.contains { $0.name == .lloydMax })
    #expect(source.judgement.converse.name == .ecsq)
  }

  @Test("cells of the new densities add up: probability 1, the mean, the variance, at any cut", arguments: 0..<20)
  func partitions(seed: Int) {
    func check(_ density: some ScalarDensity) {
      let cut = -6 + 0.6 * Double(seed) + 0.01
      let edges = [-.infinity, -8, min(cut, -0.5), cut, max(cut, 0.5), 9, .infinity].sorted()
      var whole: QuantizationCell<Interval> = density.cell(from: edges[0], to: edges[1])
      for (a, b) in zip(edges.dropFirst(), edges.dropFirst(2)) where a < b {
        whole = whole.union(with: density.cell(from: a, to: b))
      }
      #expect(whole.probability.contains(1) && whole.probability.width < 1e-13, "\(density.name): \(whole.probability)")
      let mean = density.mean(as: Interval.self)
      #expect(!whole.centroid.intersection(with: mean).isEmpty && whole.centroid.width < 1e-12)
      let variance = density.variance(as: Interval.self)
      #expect(!whole.distortion.intersection(with: variance).isEmpty && whole.distortion.width < 1e-11)
    }
    check(BimodalDensity())
    check(SkewedDensity())
  }

  @Test("steps of the skewed density are two geometric series")
  func skewedSteps() throws {
    let density = SkewedDensity()
    for step in [0.05, 0.7, 2.5] {
      let point = try UniformThresholdQuantizers(density).quantizer(step: step, parity: .midRise)
      var (entropy, distortion) = (0.0, 0.0)
      for (mass, rate) in [(2.0 / 3, 1.0), (1.0 / 3, 2.0)] {
        // Cells of width w = rate step of an exponential law: p_j = mass (1 - q) q^j.
        let w = rate * step
        let q = exp(-w)
        entropy -= mass * (log(mass * (1 - q)) - w * q / (1 - q))
        distortion += mass * (1 - w * w * q / ((1 - q) * (1 - q))) / (rate * rate)
      }
      #expect(abs(point.rate * natsPerBit - entropy) < 1e-11)
      #expect(abs(point.distortion / distortion - 1) < 1e-10)
    }
  }

  @Test("the integral of f^(1/3) by quadrature: (4.5/1.5^(1/3))^3/12 = 5.0625 for the skewed density")
  func panterDiteByQuadrature() throws {
    #expect(abs(SkewedDensity().panterDiteConstant / 5.0625 - 1) < 1e-10)
    let levels = 512
    let quantizer = try LloydMaxQuantizer(SkewedDensity(), levels: levels)
    #expect(abs(Double(levels * levels) * quantizer.distortion / 5.0625 - 1) < 0.02)
    let codepoints = quantizer.codepoints
    for (k, threshold) in quantizer.thresholds.enumerated() {
      #expect(abs(2 * threshold - codepoints[k] - codepoints[k + 1]) < 1e-9)
    }
  }

  @Test("averages over the offset are the mean of quantizers with shifted thresholds")
  func offsetAverages() throws {
    func check(_ density: some ScalarDensity, accuracy: Double) {
      let (step, count) = (1.3, 128)
      var (entropy, distortion) = (0.0, 0.0)
      for k in 0..<count {
        let thresholds = (-30...30).map { (Double($0) + (Double(k) + 0.5) / Double(count)) * step }
        for cell in density.cells(from: -.infinity, cutAt: thresholds, to: .infinity) {
          entropy += cell.entropy / Double(count)
          distortion += cell.distortion / Double(count)
        }
      }
      let averages = density.offsetAverages(step: step)
      #expect(abs(averages.information - entropy) < accuracy, "\(density.name)")
      #expect(abs(averages.conditional - distortion) < accuracy, "\(density.name)")
    }
    check(BimodalDensity(), accuracy: 1e-11)
    // A corner: the mean over offsets converges like 1/count^2.
    check(SkewedDensity(), accuracy: 1e-4)
  }

  @Test(
    "bounds hold up when evidence is written down and read back, and gaps are positive",
    arguments: [Bimodal.self, Skewed.self] as [any InformationSource.Type])
  func walk(type: any InformationSource.Type) throws {
    let source = try KnownSource(type, SourceParameters(["scale": "0.7"], of: type.description))
    let variance = try #require(source.curves.first { $0.name == .ecsq }).largestDistortion
    for curve in source.curves where curve.kind != .estimate && curve.name != .shannon {
      for share in [0.6, 0.05] {
        let distortion = share * variance
        let point = try curve.point(atDistortion: distortion)
        let bound = try curve.bound(atDistortion: distortion)
        #expect(abs(bound.value - point.rate) < 1e-5, "\(curve.name): \(bound.value) and \(point.rate)")
        let read = try curve.evidence(from: bound.evidence.form)
        let proved = try curve.proved(by: read, atDistortion: distortion)
        if curve.kind == .lower {
          #expect(proved.lower >= bound.value - 1e-9)
        } else {
          #expect(proved.upper <= bound.value + 1e-9)
        }
      }
    }
    let converse = source.judgement.converse
    let achievable = source.judgement.achievable
    for share in [0.7, 0.2, 0.01] {
      #expect(
        try converse.bound(atDistortion: share * variance).value
          <= achievable.bound(atDistortion: share * variance).value)
    }
    let gaps = try #require(source.gaps)
    #expect(gaps.schemes.first?.name == .ecsq)
    #expect(Set(gaps.limits.map(\.scheme)).isSubset(of: gaps.schemes.map(\.name)))
  }

  @Test("all gaps but the staircase's tend to 0.2546 bits at high rate, for any density")
  func highRate() throws {
    for (gaps, limits) in [
      try (ScaledDensity(BimodalDensity(), scale: 2).gaps, ScaledDensity(BimodalDensity(), scale: 2).gapLimits),
      try (ScaledDensity(SkewedDensity(), scale: 2).gaps, ScaledDensity(SkewedDensity(), scale: 2).gapLimits),
    ] {
      let found = try gaps.gaps(atRate: 11)
      for limit in limits {
        let gap = try #require(found.first { $0.scheme == limit.scheme })
        #expect(abs(gap.bits - limit.highRateBits) < 5e-3, "\(gap)")
      }
    }
  }

  @Test("the converse of the skewed density comes within 1e-6 bits of its quantizer")
  func skewedConverse() throws {
    let source = try KnownSource(Skewed.self)
    let sides = try source.curves(named: .ecsq)
    for rate in [0.4, 1.3, 2.2] {
      let distortion = try sides[1].point(atRate: rate).distortion
      let (lower, upper) = (try sides[0].bound(atDistortion: distortion), try sides[1].bound(atDistortion: distortion))
      #expect(lower.value <= upper.value && upper.value - lower.value < 1.1e-6, "\(lower.value) \(upper.value)")
    }
  }
}

@Suite("what the theorem of one mode is needed for")
struct UnimodalityTests {
  @Test("the least value of a density on an interval: at an end with one mode, less than at both with two")
  func leastValue() {
    func ends(_ density: some ScalarDensity, _ a: Double, _ b: Double) -> Double {
      min(density.density(a), density.density(b))
    }
    #expect(BimodalDensity().density(0.0) < 0.03 * ends(BimodalDensity(), -3, 3))
    for k in 0..<400 {
      let (a, b) = (-4 + 0.01 * Double(k), 0.02 * Double(k % 37) + 0.3)
      for share in [0.1, 0.3, 0.5, 0.7, 0.9] {
        let x = a + share * b
        #expect(SkewedDensity().density(x) >= ends(SkewedDensity(), a, a + b) * (1 - 1e-14))
      }
    }
  }

  /// How far the cost of the cell from `a` on, interpolated linearly in F between two thresholds, lies above the cost itself, and
  /// what `EntropyConstrainedLowerBound` charges for it, the density's least value taken at the two thresholds.
  private func interpolation(
    _ density: some ScalarDensity, from a: Double, between low: Double, and high: Double, at b: Double, mu: Double
  ) -> (error: Double, charge: Double) {
    func cell(to b: Double) -> QuantizationCell<Double> { density.cell(from: a, to: b) }
    func cost(_ cell: QuantizationCell<Double>) -> Double { cell.distortion + mu * cell.entropy }
    let (left, middle, right) = (cell(to: low), cell(to: b), cell(to: high))
    let mass = right.probability - left.probability
    let share = (middle.probability - left.probability) / mass
    let least = min(density.density(low), density.density(high))
    let p = right.probability
    let below: QuantizationCell<Double> = density.cell(from: -.infinity, to: low)
    let curvature = min(p / (2 * least * least), 2 * (high - below.centroid) / least) - mu / p
    return (
      (1 - share) * cost(left) + share * cost(right) - cost(middle), mass * mass / 8 * max(0, curvature)
    )
  }

  @Test("the converse's charge for moving a threshold covers the error with one mode, and not across a valley")
  func charge() {
    func check(_ density: some UnimodalDensity) {
      for k in 0..<500 {
        let low = -3 + 0.012 * Double(k)
        let width = 0.02 * Double(1 + k % 50)
        let a = low - 0.1 * Double(1 + k % 31)
        for share in [0.2, 0.5, 0.8] {
          let (error, charge) = interpolation(
            density, from: a, between: low, and: low + width, at: low + share * width, mu: 0.01 * Double(1 + k % 7))
          #expect(error <= charge + 1e-14, "\(density.name): [\(low), \(low + width)]")
        }
      }
    }
    check(SkewedDensity())
    check(GaussianDensity())
    check(LogisticDensity())
    let valley = interpolation(BimodalDensity(), from: -.infinity, between: -3, and: 3, at: 0, mu: 0.1)
    #expect(valley.error > 1.2 * valley.charge, "\(valley)")
  }
}
