import IntervalArithmetic

/// What a law in the plane proves of R(D) under squared error at a slope, from the law and the slope alone.
///
/// As on the line (`LineProof`): E[-log Z] and the channel's own distortion from above, Csiszar's dual from below, all of it over panels of
/// a grid (`PlanePanels`, `PlaneWindow`). What the panels leave out has the probability p and the second moment that theirs lack
/// of the whole; there, and on dark panels, a(x) = d/(density of X/sigma), d = 1e-9, adds 2 pi d to g.
///
/// *Limits.* 1e-3 <= beta Var X <= 1e4, at most 8,192 points, weights from 1e-200 to 1e200, 2.5e6 nodes, 2e7 pairs of panels and atoms.
///
/// - Source: Csiszar, "On the computation of rate-distortion functions", IEEE Trans. Inform. Theory 20 (1974) 122-124.
public struct PlaneProof: Sendable {
  /// What is proved.
  public let bounds: SlopeBounds
  /// An upper bound on g(y) for all y.
  public let supremum: Double

  private static let rule = PanelRule(nodes: 12)
  private static let outsideLevel = 1e-9
  /// exp(-23): what panels may leave out, of f's largest value.
  private static let negligible = 1.03e-10
  static let mostPoints = 8_192

  /// Evaluates a law.
  ///
  /// - Throws: `LawRefused` for a law or slope outside the limits.
  public init(_ source: some PlaneSource, slope: Double, law: PlaneLaw) throws(LawRefused) {
    try Self.check(source, slope: slope, law: law)
    let scale = (2 * slope).squareRoot()
    let width = min(0.75 / scale, source.scale)
    let grid = PlaneGrid(source, width: width, rule: Self.rule, negligible: Self.negligible)
    guard grid.count <= 2_500_000 else {
      throw LawRefused("the kernel is too narrow against the source: \(grid.count) nodes")
    }
    let law = Self.normalised(law)
    let panels = try PlanePanels(source, law: law, slope: slope, grid: grid)

    let total = law.weights.reduce(Interval(0)) { $0 + Interval($1) }
    let left = max(0, (1 - panels.probability).upper)
    let square = max(0, (source.square - panels.square).upper)
    let outside = Self.outside(law, slope: slope, probability: left, square: square) + panels.dark.cost
    let above = (panels.expectation + outside + .log(total)).upper

    let window = PlaneWindow(
      grid, weights: panels.weights, probabilities: panels.probabilities, scale: scale,
      addition: panels.ratioError, outside: Self.outsideLevel * 6.2832, floor: 1 + 1e-6, tolerance: 1e-6)
    supremum = window.supremum
    // log a = log d - log(sigma^2 f).
    let level = Interval.log(Interval(Self.outsideLevel) * 2 * Interval(slope) / Interval(source.largestDensity)).lower
    let absent = (Interval(left) + panels.dark.probability).upper
    let least =
      (Interval(panels.expectation.lower) + Interval(absent) * Interval(min(0, level)) - Interval(window.loss)).lower
    // The posterior mean of beta |x - y|^2 is at most -log Z: of the law, whose weight is 1 to within 1e-12.
    let exponent = panels.exponent + .hull(0, max(0, outside.upper + 1e-12))
    let distortion = exponent / Interval(slope)
    guard above.isFinite, least.isFinite, distortion.isBounded else {
      throw LawRefused("the law proves nothing: a bound is not a finite number")
    }
    bounds = SlopeBounds(
      slope: slope, least: least, expectation: above, distortion: .hull(max(0, distortion.lower), distortion.upper))
  }

  /// The law with weights that sum to 1 but for rounding; those below 1e-200 of the sum are left out.
  private static func normalised(_ law: PlaneLaw) -> PlaneLaw {
    let sum = law.weights.reduce(0, +)
    var result = PlaneLaw()
    for j in 0..<law.count where law.weights[j] / sum >= 1e-200 {
      result.append(law.first[j], law.second[j], law.weights[j] / sum)
    }
    return result
  }

  /// A bound on E[-log Z; A], A an event of probability at most P on which |X|^2 adds at most S to its mean: Z is at least one
  /// point's kernel, half the weight at either place, and by Minkowski's inequality E[|X - y|^2; A] <= (sqrt S + |y| sqrt P)^2.
  private static func outside(_ law: PlaneLaw, slope: Double, probability: Double, square: Double) -> Interval {
    var least = Double.infinity
    for j in 0..<law.count {
      let place = Interval.squared(Interval(law.first[j])) + .squared(Interval(law.second[j]))
      let distance = Interval.sqrt(Interval(square)) + .sqrt(place * Interval(probability))
      let weight = max(0, (-Interval.log(Interval(law.weights[j]) / 2)).upper)
      let cost = Interval(slope) * .squared(distance) + Interval(probability) * Interval(weight)
      if cost.upper < least { least = cost.upper }
    }
    return Interval(least)
  }

  /// Refuses a slope outside the limits.
  static func check(_ source: some PlaneSource, slope: Double) throws(LawRefused) {
    let steepness = slope * source.variance.midpoint
    guard steepness >= 1e-3, steepness <= 1e4 else {
      throw LawRefused("the slope times the variance is \(steepness), not from 1e-3 to 1e4")
    }
  }

  private static func check(_ source: some PlaneSource, slope: Double, law: PlaneLaw) throws(LawRefused) {
    try check(source, slope: slope)
    guard law.first.count == law.count, law.second.count == law.count, law.count >= 1, law.count <= mostPoints else {
      throw LawRefused("a law has as many weights as points, from 1 to \(mostPoints)")
    }
    guard law.weights.allSatisfy({ $0 >= 1e-200 && $0 <= 1e200 }) else {
      throw LawRefused("a weight is not from 1e-200 to 1e200")
    }
    guard law.first.allSatisfy({ $0 >= 0 && $0 <= 1e6 }), law.second.allSatisfy({ abs($0) <= 1e6 }) else {
      throw LawRefused("a point's first coordinate is negative, where each stands for two, or a point is beyond 1e6")
    }
  }
}
