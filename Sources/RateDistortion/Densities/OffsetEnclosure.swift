import IntervalArithmetic

/// Entropy and distortion of uniform-threshold quantizers of step s, averaged over the offset of their thresholds, enclosed: what
/// `OffsetAverages` are in floating point. With p(u) and D(u) of the cell [u, u + s], in nats and standard units,
///
///     I(X; X + U) = -(1/s) integral of p log p du,      E var(X | X + U) = (1/s) integral of D du.
///
/// **Stretches.** Let all but q of the probability, q tiny, lie on either side of L and of H, the ends of the support or beyond
/// the body. While one end of the cell is in [L, H] and the other is not, the latter is put at infinity: that changes p by at most q,
/// so -p log p by at most -q log q, and D by at most the second moment, about the far end of [L, H], of what lies beyond. Cells that
/// hold [L, H] have 0 <= -p log p <= 1 - p, whose integral is E(X - H)+ + E(L - X)+ at most, and var X - that moment <= D <= var X.
/// Cells beyond H have p(u) <= S(u) = P(X > u) <= 1/e: with A = E(X - H)+ and B = E(X - H)+^2/2, the integrals of S and of (u - H) S
/// there, S/A is a density of mean B/A, and no such density has more entropy than the exponential, so that
///
///     integral of -S log S du <= A (1 + log(B/A^2)),      integral of D du <= (s^2/4) A.
///
/// **Panels** (`PanelRule`) cover the rest between corners: the ends of cells run over pieces on which f is analytic. For an end e, a
/// disc |z - m| <= R about a panel's middle and M >= |f| near e + z - m, p' is f at one end less f at the other, so |p(z) - p(m)| <=
/// R sum of M; in a cell on one piece, with M >= |f| in a neighbourhood of the cell that is wider by delta, also R s M/delta (Cauchy).
/// Where that is theta p(m), theta < 1, p has no zero, |log p(z)| <= |log p(m)| - log(1 - theta), and p log p is analytic. With the
/// moments N_k of x - c about the middle cell's centroid c, N_1(m) = 0, D = N_2 - N_1^2/p is bounded in the same way; or by
/// s^3 M/12 + (s^2 M/4)^2/|p|. Panels are halved until theta is small and the rule's error negligible; where all of a panel is
/// negligible, as next to an end of the support at which p vanishes, -p log p and D are between 0 and what the largest p allows.
struct OffsetEnclosure<Density: ScalarDensity> {
  private let density: Density
  private let corners: [Double]
  private let step: Double
  private let variance: Interval
  /// L and H.
  private let low, high: Double
  /// What counts as negligible in each integral, for every unit of length.
  private var negligible = (entropy: 0.0, distortion: 0.0)
  private var sums = Integrals()

  /// The integrals of -p log p and of D.
  private struct Integrals {
    var entropy: Interval = 0
    var distortion: Interval = 0

    static func + (a: Integrals, b: Integrals) -> Integrals {
      Integrals(entropy: a.entropy + b.entropy, distortion: a.distortion + b.distortion)
    }
    static func * (a: Integrals, factor: Interval) -> Integrals {
      Integrals(entropy: a.entropy * factor, distortion: a.distortion * factor)
    }
  }

  /// The cells of a stretch: [u, infinity), (-infinity, u], or [u, u + s].
  private enum Cells { case from, upTo, between }

  /// I(X; X + U) in nats.
  private(set) var information: Interval = .entire
  /// E var(X | X + U).
  private(set) var conditional: Interval = .entire

  /// The averages at a step, a positive finite number.
  init(_ density: Density, step: Double) {
    self.density = density
    corners = density.corners
    self.step = step
    variance = density.variance(as: Interval.self)
    (low, high) = density.body(leaving: 1e-17 * min(1, step) / (1 + 1e-3 * step))
    let expected = density.offsetAverages(step: step)
    let length = min(step, high - low) + (high - low)
    negligible = (1e-13 * step * expected.information / length, 1e-13 * step * expected.conditional / length)
    let (left, right) = (beyond(.left), beyond(.right))
    let whole = Interval(high) - Interval(low)
    let moved = min(step, high - low)
    // Cells with one end in [L, H]: by symmetry those of one side count twice.
    let cut = step < high - low ? high - step : low
    add(.from, from: cut, to: high, times: density.isSymmetric ? 2 : 1)
    if !density.isSymmetric { add(.upTo, from: low, to: step < high - low ? low + step : high, times: 1) }
    for outside in [left, right] where outside.probability.upper > 0 {
      let q = outside.probability.upper
      sums.entropy =
        sums.entropy + Interval(moved) * .hull(Interval.xlogx(Interval(q)).lower, -Interval.xlogx(Interval(q)).lower)
      sums.distortion = sums.distortion + Interval(moved) * .hull(-outside.moment.upper, outside.moment.upper)
      sums = sums + outside.tail
    }
    if step < high - low {
      add(.between, from: density.isSymmetric ? -step / 2 : low, to: cut, times: density.isSymmetric ? 2 : 1)
      // Stretches meet at numbers rounded off: slivers of an ulp, in which -p log p < 1 and D <= s^2 p/4.
      let sliver = 4 * Double(2 + corners.count) * (step + max(-low, high)).ulp
      sums.entropy = sums.entropy + .hull(-sliver, sliver)
      let most = sliver * step * step
      sums.distortion = sums.distortion + .hull(-most, most)
    } else {
      let inner = Interval(step) - whole
      sums.entropy = sums.entropy + .hull(0, (left.mean + right.mean).upper)
      sums.distortion =
        sums.distortion + inner * .hull(max(0, (variance - left.moment - right.moment).lower), variance.upper)
    }
    information = .hull(max(0, (sums.entropy / Interval(step)).lower), (sums.entropy / Interval(step)).upper)
    conditional = .hull(max(0, (sums.distortion / Interval(step)).lower), (sums.distortion / Interval(step)).upper)
  }

  // MARK: Beyond the body

  /// What lies beyond L or H: q, E(X - H)+, the second moment about the far end of [L, H], and the integrals over cells that lie
  /// there wholly.
  private func beyond(_ side: Side) -> (probability: Interval, mean: Interval, moment: Interval, tail: Integrals) {
    let (end, far) = side == .right ? (high, low) : (low, high)
    let cell: QuantizationCell<Interval> =
      side == .right ? density.cell(from: end, to: .infinity) : density.cell(from: -.infinity, to: end)
    let p = cell.probability
    guard p.upper > 0 else { return (0, 0, 0, Integrals()) }
    let mean = p * cell.centroid(from: end) * (side == .right ? 1 : -1)
    let half = cell.distortion(about: end) / 2
    // A (1 + log(B/A^2)), without a quotient of numbers near underflow.
    let entropy = mean * (1 + .log(half)) - 2 * .xlogx(mean)
    let isSmall = p.upper < 0.36
    return (
      p, .hull(0, mean.upper), cell.distortion(about: far),
      Integrals(
        entropy: isSmall ? .hull(0, entropy.upper) : .entire,
        distortion: .hull(0, (Interval.squared(Interval(step)) / 4 * mean).upper))
    )
  }

  // MARK: Panels

  /// Adds the integrals over a stretch, cut where an end of the cell meets a corner.
  private mutating func add(_ cells: Cells, from start: Double, to end: Double, times count: Int) {
    var cuts = corners + (cells == .between ? corners.map { $0 - step } : [])
    cuts = [start] + Set(cuts).filter { $0 > start && $0 < end }.sorted() + [end]
    var stretch = Integrals()
    var panels: [(from: Double, to: Double)] = []
    for (a, b) in zip(cuts, cuts.dropFirst()) where b > a {
      let parts = max(1, (b - a).rounded(.up))
      for part in 1...Int(parts) {
        panels.append(
          (panels.last.map { $0.to } ?? start, part == Int(parts) ? b : a + (b - a) * (Double(part) / parts)))
      }
    }
    // From the end that cells share: what lies beyond a panel is known when its turn comes.
    var beyond: QuantizationCell<Interval>? =
      switch cells {
      case .from: density.cell(from: end, to: .infinity)
      case .upTo: density.cell(from: -.infinity, to: start)
      case .between: nil
      }
    for (a, b) in cells == .from ? panels.reversed() : panels {
      stretch = stretch + panel(cells, a, b, &beyond, in: nil, depth: 0)
    }
    sums = sums + stretch * Interval(count)
  }

  private func panel(
    _ cells: Cells, _ a: Double, _ b: Double, _ beyond: inout QuantizationCell<Interval>?, in parent: CellRow?,
    depth: Int
  ) -> Integrals {
    let m = a + (b - a) / 2
    let r = (Interval(b) - Interval(a)) / 2
    let length = b - a
    let rule = corners.count > manyCorners && length < shortPanel ? shortOffsetRule : offsetRule
    let row = CellRow(density, cells, step: step, from: a, to: b, beyond: beyond, in: parent)
    let middle = row.cell(at: m)
    let radius = r.upper * rule.real
    let growth = growth(cells, middle, at: m, radius: radius)
    // The least of -p log p and of D is 0; the largest where p is largest, or where it is 1/e.
    let largest = min(1, middle.probability.upper + growth.probability)
    let crude = Integrals(
      entropy: .hull(0, -Interval.xlogx(Interval(min(largest, 0.36787944117144233))).lower + 1e-16),
      distortion: .hull(0, min(variance.upper, step * step / 4 * largest * (1 + 0x1p-40))))
    let isNegligible =
      crude.entropy.upper <= negligible.entropy && crude.distortion.upper <= negligible.distortion
    // Where no majorant is known no halving helps.
    let isHopeless = depth >= (growth.probability.isFinite ? 50 : 8) || !(m > a && m < b)
    if isNegligible || isHopeless {
      beyond = row.whole
      return crude * (2 * r)
    }
    let p = middle.probability.lower
    let theta = growth.probability / p
    if p > 0, theta < 0.9 {
      let rest = (1 - theta) * (1 - 0x1p-40)
      let entropy = middle.probability.upper * (1 + theta) * (-Double.log(p) - Double.log(rest))
      let distortion = min(
        growth.second + growth.first * growth.first / (p * rest), growth.cell + growth.lever * growth.lever / (p * rest)
      )
      // What halving makes smaller; rounding it does not.
      let isFine =
        rule.truncation * entropy * r.upper <= (negligible.entropy + 1e-13 * middle.entropy.upper) * length
        && rule.truncation * distortion * r.upper
          <= (negligible.distortion + 1e-13 * middle.distortion.upper) * length
      if isFine {
        let displacement = 2 * max(abs(a), abs(b)).ulp / r.lower
        let error = rule.rule.error(imaginary: rule.imaginary, displacement: displacement) * (1 + 0x1p-30)
        var sum = Integrals()
        let cells = row.cells(at: rule.rule.nodes.map { m + r.upper * $0 })
        for (cell, weight) in zip(cells, rule.rule.weights) {
          sum.entropy = .fma(Interval(weight), cell.entropy, sum.entropy)
          sum.distortion = .fma(Interval(weight), cell.distortion, sum.distortion)
        }
        sum.entropy = sum.entropy + .uncertainty(error * entropy)
        sum.distortion = sum.distortion + .uncertainty(error * distortion)
        beyond = row.whole
        return sum * r
      }
    }
    let halves = cells == .from ? [(m, b), (a, m)] : [(a, m), (m, b)]
    return halves.reduce(into: Integrals()) { $0 = $0 + panel(cells, $1.0, $1.1, &beyond, in: row, depth: depth + 1) }
  }

  /// How far p is from p(m) in the disc at most; bounds on |N_2| and |N_1| there, about the centroid of the cell at m; and on the
  /// integrals of |t^2 f(z + t)| and |t f(z + t)| over the cell, |t| <= s/2.
  private func growth(
    _ cells: Cells, _ cell: QuantizationCell<Interval>, at m: Double, radius: Double
  ) -> (probability: Double, second: Double, first: Double, cell: Double, lever: Double) {
    let ends = cells == .between ? [m, m + step] : [m]
    // An end rounded off stays within the disc made wider.
    let wide = radius * (1 + 0x1p-20) + 2 * max(abs(m), abs(m + (cells == .between ? step : 0))).ulp
    var (probability, first, second) = (0.0, 0.0, cell.distortion.upper)
    for end in ends {
      let most = density.majorant((end - wide)...(end + wide), imaginary: wide, pieceOf: end)
      let distance = cell.centroid(from: end).magnitude + wide
      probability += wide * most
      first += wide * most * distance
      second += wide * most * distance * distance
    }
    var (within, lever) = (Double.infinity, Double.infinity)
    if cells == .between, !corners.contains(where: { $0 > m && $0 < m + step }) {
      let center = m + step / 2
      let delta = density.radius(at: center) / 3
      let most = density.majorant(
        (m - wide - delta)...(m + step + wide + delta), imaginary: wide + delta, pieceOf: center)
      probability = min(probability, wide * step * most / delta)
      within = step * step * step / 12 * most
      lever = step * step / 4 * most
    }
    let margin = 1 + 0x1p-40
    return (probability * margin, second * margin, first * margin, within * margin, lever * margin)
  }

  /// The cells of a panel, from what they have in common.
  private struct CellRow {
    let density: Density
    let cells: Cells
    let step: Double
    /// The panel's ends, that towards the part which all cells share, and how far the part goes.
    private let from, to, inner, outer: Double
    private let shared: QuantizationCell<Interval>?

    init(
      _ density: Density, _ cells: Cells, step: Double, from a: Double, to b: Double,
      beyond: QuantizationCell<Interval>?, in parent: CellRow?
    ) {
      (self.density, self.cells, self.step, from, to) = (density, cells, step, a, b)
      switch cells {
      case .from: (inner, outer, shared) = (b, .infinity, beyond)
      case .upTo: (inner, outer, shared) = (a, -.infinity, beyond)
      case .between:
        (inner, outer) = (b, a + step)
        if let parent, let known = parent.shared {
          // The parts of a panel share more: what is between their ends and the panel's too.
          let right = Self.joined(density.cell(from: parent.outer, to: outer), known)
          shared = Self.joined(density.cell(from: inner, to: parent.inner), right)
        } else {
          shared = inner < outer ? density.cell(from: inner, to: outer) : nil
        }
      }
    }

    /// What lies beyond the next panel: this one, and what lies beyond it; of cells with two ends nothing.
    var whole: QuantizationCell<Interval>? {
      cells == .between ? nil : Self.joined(density.cell(from: from, to: to), shared)
    }

    /// The cell at u.
    func cell(at u: Double) -> QuantizationCell<Interval> { cells(at: [u])[0] }

    /// The cells at increasing places: each is the one before or after it and what lies between their ends.
    func cells(at places: [Double]) -> [QuantizationCell<Interval>] {
      switch cells {
      case .from: return leftParts(places)
      case .upTo:
        return rightParts(places, from: inner, shared)
      case .between:
        let ends = places.map { $0 + step }
        let found =
          shared == nil
          ? zip(places, ends).map { density.cell(from: $0, to: $1) }
          : zip(leftParts(places), rightParts(ends, from: outer, nil)).map { Self.joined($0, $1) }
        return found.indices.map { Self.widened(found[$0], density, from: places[$0], step: step, to: ends[$0]) }
      }
    }

    /// From each place to the shared part, with it.
    private func leftParts(_ places: [Double]) -> [QuantizationCell<Interval>] {
      var (end, beyond) = (inner, shared)
      var parts: [QuantizationCell<Interval>] = []
      for place in places.reversed() {
        let part = Self.joined(density.cell(from: place, to: end), beyond)
        parts.append(part)
        (end, beyond) = (place, part)
      }
      return parts.reversed()
    }

    /// From a start, with what lies before it, to each end.
    private func rightParts(
      _ ends: [Double], from start: Double, _ before: QuantizationCell<Interval>?
    ) -> [QuantizationCell<Interval>] {
      var (start, before) = (start, before)
      return ends.map { end in
        let part = Self.joined(density.cell(from: start, to: end), before)
        (start, before) = (end, part)
        return part
      }
    }

    private static func joined(
      _ part: QuantizationCell<Interval>, _ other: QuantizationCell<Interval>?
    ) -> QuantizationCell<Interval> {
      guard let other, other.probability.upper > 0 else { return part }
      return part.probability.upper > 0 ? part.union(with: other) : other
    }

    /// A cell [u, u + s] whose end is rounded off: what lies between it and u + s belongs to the cell or does not.
    private static func widened(
      _ cell: QuantizationCell<Interval>, _ density: Density, from u: Double, step: Double, to end: Double
    ) -> QuantizationCell<Interval> {
      let miss = (Interval(u) + Interval(step) - Interval(end)).magnitude
      guard miss > 0 else { return cell }
      var cell = cell
      let most = density.majorant((end - miss)...(end + miss), imaginary: 0, pieceOf: end) * (1 + 0x1p-20) * miss
      cell.probability = .hull(
        max(0, (cell.probability - Interval(most)).lower), (cell.probability + Interval(most)).upper)
      let change = most * .squared(cell.centroid(from: end).magnitude + miss) * (1 + 0x1p-20)
      cell.distortion = .hull(
        max(0, (cell.distortion - Interval(change)).lower), (cell.distortion + Interval(change)).upper)
      return cell
    }
  }
}

extension ScalarDensity {
  /// By panels (`OffsetEnclosure`).
  public func enclosedOffsetAverages(step: Double) -> (information: Interval, conditional: Interval) {
    let enclosure = OffsetEnclosure(self, step: step)
    return (enclosure.information, enclosure.conditional)
  }
}

/// The rule of a panel, the semi-axes of its ellipse in half panels, the one along the line rounded up, and about what it errs
/// by on a function bounded by 1 there, but for rounding.
private struct OffsetRule {
  let rule: PanelRule
  let imaginary, real, truncation: Double
}

private let offsetRule = OffsetRule(rule: PanelRule(nodes: 16), imaginary: 1.5, real: 1.803, truncation: 1.1e-16)
/// For the narrow panels between very many corners.
private let shortOffsetRule = OffsetRule(rule: PanelRule(nodes: 6), imaginary: 8, real: 8.063, truncation: 1.5e-14)
private let (shortPanel, manyCorners) = (0.05, 32)
