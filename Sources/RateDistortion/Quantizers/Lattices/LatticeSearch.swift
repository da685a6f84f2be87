import IntervalArithmetic

/// The step and the offset at which a lattice has a distortion or a rate, in floating point.
///
/// Each offset has its H and D at steps in a fixed ratio, which a memo keeps, and a polynomial between them. The offset that is
/// best by the polynomials has its root found by Newton's method. That D and H are monotone in the step is not assumed: what is found is a code,
/// and another may be better.
struct LatticeSearch: Sendable {
  private let source: BentGaussian
  private let lattice: PlaneLattice
  /// The steps that are looked at.
  let steps: ClosedRange<Double>
  private let performances = Memo<Place, LatticePerformance>(capacity: 16_384)
  private let known = Memo<Target, Found?>()

  init(_ lattice: PlaneLattice, of source: BentGaussian) {
    self.source = source
    self.lattice = lattice
    steps = LatticeQuantizer.steps(of: lattice, source)
  }

  /// The best code that meets a target, a rate in nats; nil if the finest ones are too coarse, or the coarsest too fine for a rate.
  func found(_ target: Target) -> Found? { known.value(of: target) { best(target) } }

  /// A step of the grid, from the largest on, at one of the offsets.
  private struct Place: Hashable {
    var offset: Int
    var index: Int
  }

  /// A code, what it achieves, and -dH/dD along its step in nats.
  struct Found: Sendable {
    var code: LatticeQuantizer
    var performance: LatticePerformance
    var slope: Double?
  }

  /// The logarithm of the ratio of steps.
  private static let ratio = 0.09
  private var last: Int {
    Int((Double.log(steps.upperBound / steps.lowerBound) / Self.ratio).rounded(.down))
  }

  private func logStep(_ index: Int) -> Double { Double.log(steps.upperBound) - Self.ratio * Double(index) }

  private func code(_ logStep: Double, _ offset: Int) -> LatticeQuantizer {
    let step = min(max(Double.exp(logStep), steps.lowerBound), steps.upperBound)
    return LatticeQuantizer(lattice, step: step, offset: lattice.offsets[offset])
  }

  private func performance(_ place: Place) -> LatticePerformance {
    performances.value(of: place) { LatticePerformance(code(logStep(place.index), place.offset), of: source) }
  }

  /// By how much a code is too coarse for a target: of D, or of H.
  private func surplus(_ performance: LatticePerformance, _ target: Target) -> Double {
    switch target {
    case .distortion(let distortion): Double.log(performance.distortion / distortion)
    case .rate(let nats): (nats - performance.entropy) / (1 + nats)
    }
  }

  /// The coarsest index, from where cells are small on, at which an offset is fine enough; nil if none is.
  private func crossing(_ offset: Int, _ target: Target) -> Int? {
    let guess: Double
    switch target {
    case .distortion(let distortion):
      guess = (Double.log(distortion / (2 * lattice.loss.normalizedSecondMoment.midpoint)) - lattice.logArea) / 2
    case .rate(let nats): guess = (source.differentialEntropy.midpoint - lattice.logArea - nats) / 2
    }
    func isFine(_ index: Int) -> Bool { surplus(performance(Place(offset: offset, index: index)), target) <= 0 }
    var index = min(max(0, Int(((logStep(0) - guess) / Self.ratio).rounded(.up)) + 1), last)
    while !isFine(index) {
      guard index < last else { return nil }
      index += 1
    }
    while index > 0, isFine(index - 1) { index -= 1 }
    return index
  }

  /// The polynomial through six neighbouring places of anything, by the logarithm of the step.
  private func interpolation(
    _ offset: Int, around index: Int, _ value: (LatticePerformance) -> Double
  ) -> Interpolation {
    let first = min(max(0, index - 3), max(0, last - 5))
    let indices = Array(first...min(last, first + 5))
    return Interpolation(
      indices.map(logStep), indices.map { value(performance(Place(offset: offset, index: $0))) })
  }

  /// What an offset comes to, by interpolation, and where.
  private struct Candidate {
    var offset: Int
    /// The coarsest index of the grid that is fine enough; 0 if all are.
    var index: Int
    var logStep: Double
    var cost: Double
  }

  private func candidate(_ offset: Int, _ target: Target) -> Candidate? {
    guard let index = crossing(offset, target) else { return nil }
    guard index > 0 else {
      if case .rate = target { return nil }
      return Candidate(
        offset: offset, index: 0, logStep: logStep(0), cost: cost(performance(Place(offset: offset, index: 0)), target))
    }
    let polynomial = interpolation(offset, around: index) { surplus($0, target) }
    let root = newtonRoot(in: bracket(index), from: logStep(index), resolution: 1e-12) { polynomial.value(at: $0) }
    return Candidate(
      offset: offset, index: index, logStep: root,
      cost: interpolation(offset, around: index) { cost($0, target) }.value(at: root).value)
  }

  /// Between an index and the next coarser one.
  private func bracket(_ index: Int) -> ClosedRange<Double> { logStep(index)...logStep(index - 1) }

  /// By how much of its cost a candidate may be misjudged by interpolation.
  private static let misjudgement = 1e-3

  /// The best candidate; those that interpolation cannot tell from it are compared by what they are.
  private func best(_ target: Target) -> Found? {
    let candidates = lattice.offsets.indices.compactMap { candidate($0, target) }
    guard let least = candidates.map(\.cost).min() else { return nil }
    let near = candidates.filter { $0.cost <= least * (1 + Self.misjudgement) }.map { found($0, target) }
    return near.min { cost($0.performance, target) < cost($1.performance, target) }
  }

  private func cost(_ performance: LatticePerformance, _ target: Target) -> Double {
    if case .rate = target { performance.distortion } else { performance.entropy }
  }

  /// What a candidate is, with its root to all digits.
  private func found(_ best: Candidate, _ target: Target) -> Found {
    guard best.index > 0 else {
      return Found(
        code: code(best.logStep, best.offset), performance: performance(Place(offset: best.offset, index: 0)),
        slope: nil)
    }
    // The interpolation is a good start, and its slope near enough for Newton's method.
    let slopes = interpolation(best.offset, around: best.index) { surplus($0, target) }
    let bracket = bracket(best.index)
    var x = best.logStep
    var performance = LatticePerformance(code(x, best.offset), of: source)
    for _ in 0..<8 {
      let residual = surplus(performance, target)
      guard abs(residual) > 1e-11 else { break }
      x = min(max(x - residual / max(slopes.value(at: x).slope, 1e-9), bracket.lowerBound), bracket.upperBound)
      performance = LatticePerformance(code(x, best.offset), of: source)
    }
    let rises = (
      entropy: interpolation(best.offset, around: best.index, \.entropy).value(at: x).slope,
      distortion: interpolation(best.offset, around: best.index, \.distortion).value(at: x).slope
    )
    let slope = -rises.entropy / rises.distortion
    return Found(
      code: code(x, best.offset), performance: performance, slope: slope.isFinite && slope > 0 ? slope : nil)
  }
}

/// A polynomial through a few places, in Newton's form.
private struct Interpolation {
  private let places: [Double]
  /// Divided differences.
  private var terms: [Double]

  init(_ places: [Double], _ values: [Double]) {
    self.places = places
    terms = values
    for order in stride(from: 1, to: places.count, by: 1) {
      for k in stride(from: places.count - 1, through: order, by: -1) {
        terms[k] = (terms[k] - terms[k - 1]) / (places[k] - places[k - order])
      }
    }
  }

  func value(at x: Double) -> (value: Double, slope: Double) {
    var (sum, slope) = (0.0, 0.0)
    for k in terms.indices.reversed() {
      slope = slope * (x - places[k]) + sum
      sum = sum * (x - places[k]) + terms[k]
    }
    return (sum, slope)
  }
}
