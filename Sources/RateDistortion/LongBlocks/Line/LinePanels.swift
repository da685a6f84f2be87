import IntervalArithmetic

/// The integrals over panels that a law's bounds are made of, enclosed: E[-log Z], the posterior's E[beta (X - Y)^2], P and E X^2,
/// and the points and weights that stand for the source in E[K(X - y)/Z].
///
/// A panel is at most one kernel width sigma wide and lies between corners of f. On it the integrands are analytic in the
/// neighbourhood in which Z has no zero (`PosteriorStrip`), and a proved rule of 16 nodes errs by at most what `PanelRule` says
/// for their bound there, which is some 1e-14; a panel where it is more is halved. Panels of a hundredth of a kernel width, as between
/// the corners of a table, have four nodes. What enters in floating point is the sum of
/// kernels at a node: with u = 2^-53, an exponent beta (x - y)^2 = E is off by 4 u E, exp by 6 u, a weight by 2^-48, and adding n
/// positive terms by n u, so that Z is off by a relative (4 E + n + 60) u at most, E the largest exponent. Atoms whose kernels
/// could add up to no more than exp(-40) of a nearby one are left out and bounded by their weight. Everything else is interval
/// arithmetic.
package struct LinePanels {
  /// From the left.
  package private(set) var panels: [LineMeasure.Panel] = []
  /// E[-log Z] over the panels.
  package private(set) var expectation = Interval(0)
  /// beta times the channel's distortion over the panels.
  package private(set) var exponent = Interval(0)
  /// P over the panels.
  package private(set) var probability = Interval(0)
  /// E X^2 over the panels.
  package private(set) var square = Interval(0)
  /// The nodes, increasing.
  package private(set) var nodes: [Double] = []
  /// From above, mass/Z at the nodes: sum of weights exp(-beta (x_i - y)^2) is E[K(X - y)/Z] to within `ratioError`.
  package private(set) var weights: [Double] = []
  package private(set) var ratioError = 0.0

  private let source: any LineSource
  private let atoms: LineAtoms
  private let slope: Double
  private let scale: Double
  private let rule: PanelRule
  /// How often every mass counts: twice for one half of a symmetric source. The weights above stand for one half.
  private let multiplicity: Double
  private var work = 0

  /// Kernels that are evaluated at most, some half a second; laws that the search finds take a hundredth of it.
  private static let mostWork = 30_000_000
  /// The error of a panel's integrals below which it is not halved, and the number of halvings.
  private static let (tolerance, depth) = (1e-13, 16)

  package init(
    _ source: any LineSource, atoms: LineAtoms, slope: Double, from low: Double, to high: Double, multiplicity: Double,
    rule: PanelRule
  ) throws(LawRefused) {
    self.source = source
    self.atoms = atoms
    self.slope = slope
    self.multiplicity = multiplicity
    self.rule = rule
    scale = (2 * slope).squareRoot()
    let cuts = [low] + source.corners.filter { $0 > low && $0 < high } + [high]
    for (a, b) in zip(cuts, cuts.dropFirst()) {
      let count = max(1, ((b - a) * scale).rounded(.up))
      guard count <= 40_000 else { throw LawRefused("the kernel is too narrow against the source: \(count) panels") }
      for k in stride(from: 0, to: count, by: 1) {
        try add(
          from: k == 0 ? a : a + (b - a) * (k / count), to: k + 1 == count ? b : a + (b - a) * ((k + 1) / count),
          depth: 0)
      }
    }
  }

  /// The kernels' sums at a place.
  private struct Sums {
    var z = 0.0
    var exponent = 0.0
  }

  private func sums(at x: Double, _ range: Range<Int>) -> Sums {
    var sums = Sums()
    atoms.points.withUnsafeBufferPointer { points in
      atoms.weights.withUnsafeBufferPointer { weights in
        for j in range {
          let distance = x - points[j]
          let exponent = slope * (distance * distance)
          let kernel = weights[j] * Double.exp(-exponent)
          sums.z += kernel
          sums.exponent += kernel * exponent
        }
      }
    }
    return sums
  }

  /// Which atoms count on a panel, and what those that do not add to Z at most.
  private func near(_ middle: Double, _ half: Double) -> (
    range: Range<Int>, reach: Double, largest: Double, rest: Double
  ) {
    let next = atoms.index(atLeast: middle)
    // Of the two neighbours' kernels the larger, everywhere on the panel: in kernel widths, exp(-v^2/2) times its weight.
    let w = half * scale
    var exponent = Double.infinity
    for j in [next - 1, next] where atoms.points.indices.contains(j) {
      let v = abs(atoms.points[j] - middle) * scale + w
      exponent = min(exponent, v * v / 2 + Double.log(atoms.total.upper / atoms.weights[j]))
    }
    // Beyond the reach all kernels together are exp(-40) of it.
    let reach = ((2 * exponent + 80).squareRoot() + w) * (1 + 1e-9)
    let range = atoms.index(atLeast: middle - reach / scale)..<atoms.index(atLeast: (middle + reach / scale).nextUp)
    let cut = (reach - w) * (reach - w) / 2 * (1 - 1e-9)
    let largest = (reach + w) * (reach + w) / 2
    let isAll = range.count == atoms.points.count
    return (range, reach, largest, isAll ? 0 : atoms.total.upper * Double.exp(-cut) * (1 + 1e-9))
  }

  private mutating func add(from low: Double, to high: Double, depth: Int) throws(LawRefused) {
    let middle = low + (high - low) / 2
    let half = (high - low) / 2
    let near = near(middle, half)
    // A panel of few atoms costs as much as sixteen.
    work += (near.range.count + 16) * (rule.nodes.count + 8)
    guard work <= Self.mostWork else { throw LawRefused("there are too many points and panels: more than 3e7 kernels") }
    guard middle > low, middle < high, let (errors, rule) = errors(middle, half, near.range, reach: near.reach) else {
      guard depth < Self.depth else { throw LawRefused("the law leaves part of the source out of reach of its points") }
      try add(from: low, to: middle, depth: depth + 1)
      try add(from: middle, to: high, depth: depth + 1)
      return
    }
    if max(errors.expectation, errors.ratio) > Self.tolerance, depth < Self.depth {
      try add(from: low, to: middle, depth: depth + 1)
      try add(from: middle, to: high, depth: depth + 1)
      return
    }
    let relative = (4 * near.largest + Double(near.range.count) + 60) * 0x1p-53
    let width = (Interval(high) - Interval(low)) / 2 * Interval(multiplicity)
    var own = Interval(0)
    for (node, weight) in zip(rule.nodes, rule.weights) {
      let x = middle + half * node
      let sums = sums(at: x, near.range)
      guard sums.z > 1e-280, sums.z < 1e280, relative < 1e-6 else {
        throw LawRefused("the law leaves part of the source out of reach of its points")
      }
      let z = Interval.hull(sums.z * (1 - relative), sums.z * (1 + relative) + near.rest)
      let exponent = Interval.hull(
        sums.exponent * (1 - relative), sums.exponent * (1 + relative) + near.rest * near.largest)
      let mass = width * Interval(weight) * source.density(Interval(x))
      own = own + mass
      expectation = expectation - mass * .log(z)
      self.exponent = self.exponent + mass * exponent / z
      square = square + mass * .squared(Interval(x))
      let ratio = (mass / z).upper / multiplicity
      guard ratio < 1e280 else { throw LawRefused("the law leaves part of the source out of reach of its points") }
      nodes.append(x)
      weights.append(ratio)
    }
    own = own + .uncertainty(errors.probability * multiplicity)
    probability = probability + own
    expectation = expectation + .uncertainty(errors.expectation * multiplicity)
    self.exponent = self.exponent + .uncertainty(errors.exponent * multiplicity)
    square = square + .uncertainty(errors.square * multiplicity)
    ratioError += errors.ratio
    panels.append(LineMeasure.Panel(low: low, high: high, probability: own.upper))
  }

  /// A rule of few nodes, for panels so narrow that it is as good as the other one.
  private static let (shortRule, shortPanel) = (PanelRule(nodes: 4), 0.01)

  /// What a rule errs by on a panel at most; nil where no neighbourhood without a zero of Z is found.
  private func errors(
    _ middle: Double, _ half: Double, _ range: Range<Int>, reach: Double
  ) -> (errors: PanelErrors, rule: PanelRule)? {
    let w = half * scale
    let rule = w <= Self.shortPanel ? Self.shortRule : rule
    var kernels: [(weight: Double, place: Double)] = []
    var (z, mean) = (0.0, 0.0)
    for j in range {
      let place = (atoms.points[j] - middle) * scale
      let kernel = atoms.weights[j] * Double.exp(-place * place / 2)
      kernels.append((kernel, place))
      z += kernel
      mean += kernel * place
    }
    mean /= z
    guard z > 1e-280, z < 1e280, mean.magnitude < .infinity else { return nil }
    let center = PosteriorStrip.Center(
      logarithm: Double.log(z), offset: (mean.magnitude, 0),
      terms: kernels.map { ($0.weight, abs($0.place - mean), 0) }, reach: reach,
      logLeftOut: range.count == atoms.points.count
        ? -.infinity : Double.log(atoms.total.upper / z) - reach * reach / 2 + 1e-6)
    // The nodes' places are rounded: relative to the half-width by 4 u of the panel's distance from 0 and as much again.
    let displacement = (8 * abs(middle) / half + 16) * 0x1p-53
    var best: PanelErrors?
    // The last two for what is narrow against the kernel: a panel that is halved for it gets a strip of its own width.
    for imaginary in [0.65, 0.9, 0.5, 0.35, 0.25, 0.15, 0.08, 3 * w, 1.5 * w] {
      let real = (w * w + imaginary * imaginary).squareRoot() * (1 + 1e-9)
      guard let strip = PosteriorStrip(center, along: real, across: 0, imaginary: imaginary) else { continue }
      let (a, b) = (real / scale * (1 + 1e-9), imaginary / scale * (1 + 1e-9))
      let density = source.majorant((middle - a)...(middle + a), imaginary: b, pieceOf: middle)
      let unit = half * density * rule.error(imaginary: imaginary / w, displacement: displacement)
      let distance = abs(middle) + a + b
      let errors = PanelErrors(
        expectation: unit * strip.logarithm, exponent: unit * strip.moment, ratio: unit * strip.ratio,
        probability: unit,
        square: unit * distance * distance)
      guard errors.expectation < .infinity, errors.ratio < .infinity else { continue }
      if errors.ratio + errors.expectation < (best.map { $0.ratio + $0.expectation } ?? .infinity) { best = errors }
      if let best, best.ratio + best.expectation < Self.tolerance { break }
    }
    return best.map { ($0, rule) }
  }
}
