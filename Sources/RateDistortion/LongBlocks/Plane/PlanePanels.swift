import IntervalArithmetic

/// The integrals over panels that a law's bounds in the plane are made of, enclosed, and the nodes' weights that stand for the source in
/// E[K(X - y)/Z].
///
/// As on the line (`LinePanels`): on a panel of half-width w the product rule errs, on an integrand bounded by M_i where one
/// coordinate is in an ellipse and the other real, by at most 2 w^2 (e_0 M_0 + e_1 M_1), e_i what the rule errs by for a bound of 1, because
/// the second rule is applied to exact integrals and has weights that sum to 2. The bounds are those of `PosteriorStrip` and of the
/// density's majorant.
///
/// *The error of E[K(X - y)/Z]* at a y is the sum of all panels' errors, each times what K(z - y) is at most there. With P the panels'
/// width and r the imaginary semi-axis, in kernel widths, a panel k away has |K| <= exp(-max(0, (|k| - 1) P - r)^2/2) in
/// either direction, which sums to at most 2 r/P + 5 + sqrt(2 pi)/P over all k: `spread` is its square.
///
/// *Dark panels* are those where the source is thin and Z far below what would make g = 1, 2 pi sigma^2 f, or where the rule's error
/// is worth more than the panel. They get a = d/(sigma^2 f) as what is outside has, and their -log Z is at most that of the one kernel that
/// is largest everywhere on them.
///
/// *Rounding*, u = 2^-53: an exponent E is off by 4 u E, two exponentials and their products by 20 u, adding n positive terms by n u,
/// so that Z is off by a relative (4 E + n + 80) u, E the largest exponent. Everything else is interval arithmetic.
struct PlanePanels {
  private(set) var expectation = Interval(0)
  private(set) var exponent = Interval(0)
  private(set) var probability = Interval(0)
  private(set) var square = Interval(0)
  /// From above, the probability over Z at every node, of the node itself.
  private(set) var weights: [Double]
  /// The panels' probabilities from above, mirror images included, band after band.
  private(set) var probabilities: [Double] = []
  private(set) var ratioError = 0.0
  /// The dark panels' probability, part of `probability`, and a bound on what they add to E[-log Z].
  private(set) var dark = (probability: Interval(0), cost: Interval(0))

  private let grid: PlaneGrid
  private let slope: Double
  private let scale: Double
  private let total: Interval
  private let atoms: (first: [Double], second: [Double], weights: [Double])
  /// Atoms by ascending second coordinate.
  private let order: [Int]
  private let rowPlaces: [Double]
  private let logarithms: [Double]
  private let spread: Double
  private var work = 0

  /// Atoms whose kernels could add up to no more than exp(-42) of a nearby one are left out.
  private static let depth = 42.0
  /// Pairs of panels and atoms in all: some ten seconds; laws that the search finds take a tenth of it.
  private static let mostWork = 20_000_000

  init(_ source: some PlaneSource, law: PlaneLaw, slope: Double, grid: PlaneGrid) throws(LawRefused) {
    self.grid = grid
    self.slope = slope
    scale = (2 * slope).squareRoot()
    atoms = law.atoms
    total = law.weights.reduce(0) { $0 + Interval($1) }
    let heights = atoms.second
    order = heights.indices.sorted { heights[$0] < heights[$1] }
    rowPlaces = order.map { heights[$0] }
    logarithms = atoms.weights.map { Double.log($0) }
    weights = [Double](repeating: 0, count: grid.count)
    // The largest imaginary semi-axis tried is 1.2 kernel widths.
    let p = grid.width * scale
    spread = (2.4 / p + 5 + 2.51 / p) * (2.4 / p + 5 + 2.51 / p)
    var largestRatio = 0.0
    for band in grid.bands {
      for panel in band.panels { largestRatio = worst(largestRatio, try add(source, band, panel)) }
    }
    ratioError = largestRatio * spread
  }

  /// What the panel's rule errs by on K/Z at most.
  private mutating func add(_ source: some PlaneSource, _ band: PlaneGrid.Band, _ panel: Int) throws(LawRefused)
    -> Double
  {
    let half = grid.width / 2
    let w = half * scale
    let (x, y) = ((Double(panel) + 0.5) * grid.width, band.low + half)
    let near = near(x, y, w)
    work += near.atoms.count + 16
    guard work <= Self.mostWork else { throw LawRefused("there are too many points within reach of each other") }
    let center = center(x, y, near)
    let density = source.approximateDensity(x, y)
    let isDark = density < 1e-7 * source.largestDensity && !(2 * Double.pi * density < 3 * center.z * scale * scale)
    guard !isDark, let errors = errors(source, (x, y), half, center, near),
      errors.ratio * spread < max(1e-7, 400 * density * half * half)
    else {
      addDark(source, band, panel, exponent: near.exponent)
      return 0
    }
    let n = grid.rule.nodes.count
    let relative = (4 * near.largest + Double(near.atoms.count) + 80) * 0x1p-53
    guard relative < 1e-6 else { throw LawRefused("the law leaves part of the source out of reach of its points") }
    var z = [Double](repeating: 0, count: n * n)
    var e = z
    kernels(band, panel, near.atoms, &z, &e)
    let area = Interval.squared(Interval(grid.width) / 2) * 2
    var own = Interval(0)
    for i in 0..<n {
      for j in 0..<n {
        let (u, v) = (grid.columns[panel * n + j], band.rows[i])
        let sum = z[i * n + j]
        guard sum > 1e-280, sum < 1e280 else {
          throw LawRefused("the law leaves part of the source out of reach of its points")
        }
        let mass = area * Interval(grid.rule.weights[i]) * Interval(grid.rule.weights[j]) * source.density(u, v)
        let mixture = Interval.hull(sum * (1 - relative), sum * (1 + relative) + near.rest)
        let moment = Interval.hull(
          e[i * n + j] * (1 - relative), e[i * n + j] * (1 + relative) + near.rest * near.largest)
        own = own + mass
        expectation = expectation - mass * .log(mixture)
        exponent = exponent + mass * moment / mixture
        square = square + mass * (.squared(Interval(u)) + .squared(Interval(v)))
        let ratio = (mass / mixture).upper / 2
        guard ratio < 1e280 else { throw LawRefused("the law leaves part of the source out of reach of its points") }
        weights[grid.index(band, panel: panel, row: i, column: j)] = ratio
      }
    }
    own = own + .uncertainty(2 * errors.probability)
    probability = probability + own
    expectation = expectation + .uncertainty(2 * errors.expectation)
    exponent = exponent + .uncertainty(2 * errors.exponent)
    square = square + .uncertainty(2 * errors.square)
    probabilities.append(own.upper)
    return errors.ratio
  }

  /// Adds a panel of which only its probability and one kernel count.
  private mutating func addDark(_ source: some PlaneSource, _ band: PlaneGrid.Band, _ panel: Int, exponent: Double) {
    probabilities.append(0)
    let n = grid.rule.nodes.count
    let half = grid.width / 2
    let (x, y) = ((Double(panel) + 0.5) * grid.width, band.low + half)
    let area = Interval.squared(Interval(grid.width) / 2) * 2
    var own = Interval(0)
    var moment = Interval(0)
    for i in 0..<n {
      for j in 0..<n {
        let (u, v) = (grid.columns[panel * n + j], band.rows[i])
        let mass = area * Interval(grid.rule.weights[i]) * Interval(grid.rule.weights[j]) * source.density(u, v)
        own = own + mass
        moment = moment + mass * (.squared(Interval(u)) + .squared(Interval(v)))
      }
    }
    var error = (probability: 0.0, square: 0.0)
    for isFirst in [true, false] {
      var best = (probability: Double.infinity, square: Double.infinity)
      for ratio in [1, 1.6, 2.5] {
        let unit = density(source, (x, y), isFirst: isFirst, imaginary: ratio)
        if unit.error < best.probability { best = (unit.error, unit.error * unit.distance * unit.distance) }
      }
      error = (error.probability + best.probability, error.square + best.square)
    }
    own = own + .uncertainty(2 * error.probability)
    probability = probability + own
    square = square + moment + .uncertainty(2 * error.square)
    let bound = Interval(max(0, own.upper))
    dark.probability = dark.probability + bound
    dark.cost = dark.cost + bound * Interval(max(0, exponent * (1 + 1e-9)))
  }

  /// What the rule errs by on the density alone in one direction, and the largest distance from the origin that counts.
  ///
  /// - Parameter imaginary: the ellipse's semi-axis in half-widths.
  private func density(
    _ source: some PlaneSource, _ middle: (Double, Double), isFirst: Bool, imaginary: Double
  ) -> (error: Double, distance: Double) {
    let half = grid.width / 2
    let r = imaginary * half * (1 + 1e-9)
    let a = half * (1 + imaginary * imaginary).squareRoot() * (1 + 1e-9)
    let density =
      isFirst
      ? source.majorant((middle.0 - a)...(middle.0 + a), r, (middle.1 - half)...(middle.1 + half), 0)
      : source.majorant((middle.0 - half)...(middle.0 + half), 0, (middle.1 - a)...(middle.1 + a), r)
    let displacement = (8 * abs(isFirst ? middle.0 : middle.1) / half + 16) * 0x1p-53
    let error = 2 * half * half * density * grid.rule.error(imaginary: imaginary, displacement: displacement)
    return (error, abs(middle.0) + abs(middle.1) + 2 * a + r)
  }

  /// The atoms that count on a panel.
  private struct Near {
    var atoms: [Int]
    /// One atom's kernel is at least exp(-exponent) everywhere on the panel.
    var exponent: Double
    /// The distance from the panel's middle up to which they count, in kernel widths.
    var reach: Double
    /// The largest exponent of one that counts, and what the others add to Z at most.
    var largest: Double
    var rest: Double
    var isAll: Bool
  }

  private func near(_ x: Double, _ y: Double, _ w: Double) -> Near {
    let corner = w * 1.4142135623730951
    // The kernel that is largest everywhere on the panel: of the atoms in rows nearby, then of all if there are none.
    func largestKernel(_ indices: ArraySlice<Int>) -> Double {
      var exponent = Double.infinity
      for j in indices {
        let (u, v) = ((atoms.first[j] - x) * scale, (atoms.second[j] - y) * scale)
        let distance = (u * u + v * v).squareRoot() + corner
        let own = distance * distance / 2 - logarithms[j]
        if own < exponent { exponent = own }
      }
      return exponent
    }
    let close = range(y, 3 / scale)
    var exponent = largestKernel(order[close])
    if !(exponent < 60) { exponent = largestKernel(order[...]) }
    let reach = ((2 * (exponent + Double.log(total.upper) + Self.depth)).squareRoot() + corner) * (1 + 1e-9)
    var kept: [Int] = []
    for j in order[range(y, reach / scale)] {
      let (u, v) = ((atoms.first[j] - x) * scale, (atoms.second[j] - y) * scale)
      if u * u + v * v <= reach * reach { kept.append(j) }
    }
    let cut = (reach - corner) * (reach - corner) / 2 * (1 - 1e-9)
    let isAll = kept.count == order.count
    return Near(
      atoms: kept, exponent: exponent, reach: reach, largest: (reach + corner) * (reach + corner) / 2,
      rest: isAll ? 0 : total.upper * Double.exp(-cut) * (1 + 1e-9), isAll: isAll)
  }

  /// The places in `order` of atoms whose second coordinate is within a distance.
  private func range(_ y: Double, _ distance: Double) -> Range<Int> {
    func place(_ value: Double) -> Int {
      var (low, high) = (0, rowPlaces.count)
      while low < high {
        let middle = (low + high) / 2
        if rowPlaces[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let low = place(y - distance)
    return low..<max(low, place((y + distance).nextUp))
  }

  /// The posterior at a panel's middle.
  private struct Center {
    var z = 0.0
    var mean = (0.0, 0.0)
    var terms: [(weight: Double, first: Double, second: Double)] = []
  }

  private func center(_ x: Double, _ y: Double, _ near: Near) -> Center {
    var center = Center()
    center.terms.reserveCapacity(near.atoms.count)
    for j in near.atoms {
      let (u, v) = ((atoms.first[j] - x) * scale, (atoms.second[j] - y) * scale)
      let kernel = atoms.weights[j] * Double.exp(-(u * u + v * v) / 2)
      center.z += kernel
      center.mean.0 += kernel * u
      center.mean.1 += kernel * v
      center.terms.append((kernel, u, v))
    }
    center.mean.0 /= center.z
    center.mean.1 /= center.z
    return center
  }

  /// Z and the sum of kernels times their exponents at a panel's nodes.
  private func kernels(
    _ band: PlaneGrid.Band, _ panel: Int, _ near: [Int], _ z: inout [Double], _ e: inout [Double]
  ) {
    let n = grid.rule.nodes.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n) { lists in
      z.withUnsafeMutableBufferPointer { z in
        e.withUnsafeMutableBufferPointer { e in
          for j in near {
            for k in 0..<n {
              let u = grid.columns[panel * n + k] - atoms.first[j]
              let v = band.rows[k] - atoms.second[j]
              lists[k] = slope * (u * u)
              lists[n + k] = slope * (v * v)
              lists[2 * n + k] = Double.exp(-lists[k])
              lists[3 * n + k] = atoms.weights[j] * Double.exp(-lists[n + k])
            }
            for i in 0..<n {
              let (row, exponent) = (lists[3 * n + i], lists[n + i])
              for k in 0..<n {
                let kernel = row * lists[2 * n + k]
                z[i * n + k] += kernel
                e[i * n + k] += kernel * (lists[k] + exponent)
              }
            }
          }
        }
      }
    }
  }

  /// What the product rule errs by on a panel at most; nil where no neighbourhood without a zero of Z is found.
  private func errors(
    _ source: some PlaneSource, _ middle: (Double, Double), _ half: Double, _ center: Center, _ near: Near
  ) -> PanelErrors? {
    guard center.z > 1e-280, center.z < 1e280 else { return nil }
    let w = half * scale
    let logLeftOut =
      near.isAll ? -.infinity : Double.log(total.upper / center.z) - near.reach * near.reach / 2 + 1e-6
    var sum = PanelErrors()
    for direction in 0..<2 {
      let isFirst = direction == 0
      let offset = isFirst ? center.mean : (center.mean.1, center.mean.0)
      let posterior = PosteriorStrip.Center(
        logarithm: Double.log(center.z), offset: (abs(offset.0), abs(offset.1)),
        terms: center.terms.map {
          let (a, b) = (abs($0.first - center.mean.0), abs($0.second - center.mean.1))
          return isFirst ? ($0.weight, a, b) : ($0.weight, b, a)
        }, reach: near.reach, logLeftOut: logLeftOut)
      var best: PanelErrors?
      for imaginary in [1.3 * w, 1.6 * w, 2 * w, 1.1 * w, 0.9 * w, 0.7 * w] where imaginary <= 1.2 {
        let real = (w * w + imaginary * imaginary).squareRoot() * (1 + 1e-9)
        guard let strip = PosteriorStrip(posterior, along: real, across: w, imaginary: imaginary) else { continue }
        let unit = density(source, middle, isFirst: isFirst, imaginary: imaginary / w)
        let errors = PanelErrors(
          expectation: unit.error * strip.logarithm, exponent: unit.error * strip.moment,
          ratio: unit.error * strip.ratio,
          probability: unit.error, square: unit.error * unit.distance * unit.distance)
        guard errors.expectation < .infinity, errors.ratio < .infinity else { continue }
        if errors.ratio < best?.ratio ?? .infinity { best = errors }
        if let best, best.ratio < 1e-11 { break }
      }
      guard let best else { return nil }
      sum.expectation += best.expectation
      sum.exponent += best.exponent
      sum.ratio += best.ratio
      sum.probability += best.probability
      sum.square += best.square
    }
    return sum
  }
}
