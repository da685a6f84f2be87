import IntervalArithmetic

/// What a law on the line proves of R(D) at a slope, from the law and the slope alone.
///
/// With Z(x) = sum of w exp(-beta (x - y)^2), the law's weight normalised to 1:
///
/// - *Upper.* The channel w exp(-beta (x - y)^2)/Z(x) has rate at most E[-log Z] - beta D at its own distortion D.
/// - *Lower.* Csiszar's dual with a = 1/Z, reduced where g(y) = E[exp(-beta (X - y)^2)/Z(X)] exceeds 1 (`DualWindow`), bounds
///   min R(D) + beta D by E[log a] - log c, c the supremum of E[a exp(-beta (X - y)^2)] over **all** y.
///
/// The line has three parts. *Panels* hold the integrals (`LinePanels`) and their nodes stand for the source in g
/// (`LineSupremum`). A *deep* part of a memoryless tail is in closed form (`DeepRow`). What a *light* tail leaves outside the
/// panels has the probability p that theirs lack of 1; there a(x) = d/(density of X/sigma) with d = 1e-12 adds d sqrt(2 pi) to g, and
/// Z is at least the kernel of an end's atom.
///
/// *Limits.* 1e-4 <= beta Var X <= 1e8, at most 4,096 atoms that increase, weights from 1e-200 to 1e200, 40,000 panels between corners
/// and 3e7 kernels. Whatever is outside is refused, as is every sum that is not a normal number.
///
/// - Source: Csiszar, "On the computation of rate-distortion functions", IEEE Trans. Inform. Theory 20 (1974) 122-124.
public struct LineProof: Sendable {
  /// What is proved.
  public let bounds: SlopeBounds
  /// An upper bound on g(y) for all y.
  public let supremum: Double

  package static let rule = PanelRule(nodes: 16)
  /// d.
  private static let outsideLevel = 1e-12
  private static let mostPoints = 4_096

  /// Evaluates a law.
  ///
  /// - Throws: `LawRefused` for a law or slope outside the limits.
  public init(_ source: some LineSource, slope: Double, law: LineLaw) throws(LawRefused) {
    try self.init(any: source, slope: slope, law: law)
  }

  private init(any source: any LineSource, slope: Double, law: LineLaw) throws(LawRefused) {
    try Self.check(source, slope: slope, law: law)
    let scale = (2 * slope).squareRoot()

    var decay: [Side: Double] = [:]
    for side in Side.allCases { if case .memoryless(let rate) = source.tail(side) { decay[side] = rate } }
    // Sixty kernel widths beyond where a deep part may begin.
    var rowEnd = 0.0
    for row in law.rows { rowEnd = max(rowEnd, abs(row.first) + (170 + (decay[row.side] ?? 0) / scale) / scale) }
    guard let atoms = LineAtoms(law, isSymmetric: source.isSymmetric, decay: decay, rowsUpTo: rowEnd) else {
      throw LawRefused("a row's points are not exact, or the source has no memoryless tail there")
    }

    // Where panels end on either side, and what is beyond.
    var (low, high) = (0.0, 0.0)
    var deep: [Side: DeepRow] = [:]
    // The largest density outside the panels.
    var outerDensity: Double?
    for side in Side.allCases where !(source.isSymmetric && side == .left) {
      let direction = side == .right ? 1.0 : -1.0
      let corner = (side == .right ? source.corners.last : source.corners.first) ?? source.mean.midpoint
      var end = corner
      if let row = law.rows.first(where: { $0.side == side }), let rate = decay[side] {
        guard direction * row.first >= direction * corner else {
          throw LawRefused("a row does not begin beyond the source's last corner")
        }
        var single = row
        if source.isSymmetric { single.weight /= 2 }
        let tail = try DeepRow(single, decay: rate, slope: slope, law: law, atoms: atoms) {
          source.density(Interval(direction * $0))
        }
        deep[side] = tail
        end = direction * tail.start
      } else {
        switch source.tail(side) {
        case .ends: break
        case .light(let cut): end = cut
        case .memoryless(let rate): end = corner + direction * 36 / rate
        }
        if source.tail(side) != .ends {
          end = Self.cut(source, atoms, from: end, towards: corner, scale: scale)
          outerDensity = worst(outerDensity ?? 0, source.density(Interval(end)).upper)
        }
      }
      if side == .right { high = end } else { low = end }
    }

    let multiplicity = source.isSymmetric ? 2.0 : 1.0
    let panels = try LinePanels(
      source, atoms: atoms, slope: slope, from: low, to: high, multiplicity: multiplicity, rule: Self.rule)

    var (expectation, dual) = (panels.expectation, panels.expectation.lower)
    var exponent = panels.exponent
    for tail in deep.values {
      expectation = expectation + Interval(tail.expectation) * Interval(multiplicity)
      dual = (Interval(dual) + Interval(tail.dual) * Interval(multiplicity)).lower
      exponent = exponent + tail.exponent * Interval(multiplicity)
    }
    var above = expectation.upper
    var outside = 0.0
    if let outerDensity {
      let left = Outside(panels, source, deep: deep.values.reduce(0) { $0 + $1.probability * Interval(multiplicity) })
      let cost = left.cost(atoms: atoms, slope: slope)
      above = (Interval(above) + Interval(cost)).upper
      exponent = exponent + .hull(0, max(0, cost + 1e-12))
      // log a = log d - log(f sigma).
      let logarithm = Interval.log(Interval(Self.outsideLevel) * Interval(scale) / Interval(outerDensity)).lower
      dual = (Interval(dual) + Interval(min(0, left.probability * logarithm))).lower
      outside = Self.outsideLevel * 2.51
    }
    above = (Interval(above) + .log(atoms.total)).upper

    let window = DualWindow(
      LineMeasure(
        nodes: panels.nodes, weights: panels.weights, panels: panels.panels, deep: deep,
        addition: panels.ratioError * multiplicity + outside, isSymmetric: source.isSymmetric),
      scale: scale)
    supremum = window.supremum
    let least = (Interval(dual) - Interval(window.loss)).lower
    let distortion = exponent / Interval(slope)
    guard above.isFinite, least.isFinite, distortion.isBounded else {
      throw LawRefused("the law proves nothing: a bound is not a finite number")
    }
    bounds = SlopeBounds(
      slope: slope, least: least, expectation: above, distortion: .hull(max(0, distortion.lower), distortion.upper))
  }

  /// Where the panels of a light tail end: at most at `end`, but not where Z has fallen far below what would make g = 1 there,
  /// sigma f sqrt(2 pi). Any choice proves.
  private static func cut(
    _ source: any LineSource, _ atoms: LineAtoms, from end: Double, towards corner: Double, scale: Double
  ) -> Double {
    let step = (corner < end ? -0.25 : 0.25) / scale
    var x = end
    while (x + step < end) == (corner < x + step) {
      let range = atoms.index(atLeast: x - 12 / scale)..<atoms.index(atLeast: x + 12 / scale)
      var z = 0.0
      for j in range {
        let v = (x - atoms.points[j]) * scale
        z += atoms.weights[j] * Double.exp(-v * v / 2)
      }
      if 2.5 * source.density(x) < 1.5 * z * scale { break }
      x += step
    }
    return x
  }

  /// Refuses what is outside the limits.
  private static func check(_ source: any LineSource, slope: Double, law: LineLaw) throws(LawRefused) {
    let steepness = slope * source.variance.midpoint
    guard steepness >= 1e-4, steepness <= 1e8 else {
      throw LawRefused("the slope times the variance is \(steepness), not from 1e-4 to 1e8")
    }
    guard law.points.count == law.weights.count, !law.points.isEmpty, law.points.count <= mostPoints else {
      throw LawRefused("a law has as many weights as points, from 1 to \(mostPoints)")
    }
    guard (law.weights + law.rows.map(\.weight)).allSatisfy({ $0 >= 1e-200 && $0 <= 1e200 }) else {
      throw LawRefused("a weight is not from 1e-200 to 1e200")
    }
    guard law.points.allSatisfy({ abs($0) <= 1e150 }), zip(law.points, law.points.dropFirst()).allSatisfy({ $0 < $1 }),
      !source.isSymmetric || law.points.allSatisfy({ $0 >= 0 })
    else {
      throw LawRefused("the points do not increase, or are negative where each stands for two")
    }
    guard Set(law.rows.map(\.side)).count == law.rows.count,
      law.rows.allSatisfy({ $0.first.isFinite && $0.spacing > 0 }),
      !source.isSymmetric || law.rows.allSatisfy({ $0.side == .right })
    else {
      throw LawRefused("there is more than one row towards an end, or one on the left of a symmetric law")
    }
  }
}

/// What light tails leave outside the panels.
private struct Outside {
  /// An upper bound on the probability.
  let probability: Double
  /// An upper bound on E[X^2; outside].
  let square: Double

  /// The complement of what the panels and a deep part on the other side hold; beside a deep part its own second moment is not
  /// taken off, which leaves a bound.
  init(_ panels: LinePanels, _ source: any LineSource, deep: Interval) {
    probability = max(0, (1 - panels.probability - deep).upper)
    square = max(0, (source.variance + .squared(source.mean) - panels.square).upper)
  }

  /// An upper bound on E[-log Z; outside]: Z is at least the kernel of the first or the last atom, and (x - y)^2 <= 2 x^2 + 2 y^2.
  func cost(atoms: LineAtoms, slope: Double) -> Double {
    var greatest = 0.0
    for j in [0, atoms.points.count - 1] {
      let own = 2 * Interval(slope) * .squared(Interval(atoms.points[j])) - .log(Interval(atoms.weights[j]))
      greatest = worst(greatest, own.upper)
    }
    return (2 * Interval(slope) * Interval(square) + Interval(probability) * Interval(greatest)).upper
  }
}
