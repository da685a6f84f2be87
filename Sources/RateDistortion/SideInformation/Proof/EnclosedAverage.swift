import IntervalArithmetic

/// The averages of h(M) and S(M) over M ~ N(0, tau^2) for cells on the line, enclosed panel by panel (`PanelEnclosure`), and
/// what was left out on the way:
///
/// - Thresholds further than 9.4 from m are not seen: the cells beyond take over each other's probability e = Q(9.4) < 3e-21
///   a side. True label probabilities differ by parts of sum at most 2e, which changes h by no more than 2e + 2e log(n/e) for n
///   labels, below 2e-18 for a million, and for equal steps w >= 0.005, whose masses fall like exp(-9.4 j w), below 5e-17; and S by
///   at most 4 E[W^2; |W| > 9.4] + 8e 9.6^2 < 1e-17.
/// - |M| > 9 tau has the probability 2.3e-19, and h is at most 14 there (log of a million labels; equal steps: 8).
///
/// Together `missing` = 1e-16 in h and in S covers this.
package struct EnclosedAverage {
  /// E h(M) in nats.
  var entropy: Interval = 0
  /// E S(M); the distortion is 1 less this, in units of sigma^2_{X|Y}.
  var resolved: Interval = 0

  /// See above.
  static let missing = 1e-16
  /// How far thresholds are seen.
  static let reach = 9.4
  /// The width that panels start with.
  static let panelWidth = 1.0 / 2

  /// The thresholds in reach of every place in a panel, and the labels of the cells between.
  typealias Cells = (_ low: Double, _ high: Double, _ into: inout PanelEnclosure) -> Void

  /// What widths per weight need no halving.
  let tolerance: (entropy: Double, resolved: Double)
  private var panel = PanelEnclosure()

  /// - Parameter distortion: about 1 - E S(M), of which the tolerance is 1e-12.
  init(distortion: Double) {
    tolerance = (1e-12, 1e-12 * max(distortion, 1e-4))
  }

  /// The average where tau is 0.
  mutating func addAll(_ cells: Cells) {
    cells(0, 0, &panel)
    let values = panel.values(at: 0)
    (entropy, resolved) = (values.entropy, values.resolved)
    widen()
  }

  /// Adds the integral over m from `first` to `last` times `spacing` times `unit`: panels a power of two wide, in a unit that
  /// is a single number known to a few ulps.
  mutating func add(
    panels range: Range<Int>, spacing: Double, unit: Interval, weight: PanelEnclosure.Weight,
    _ cells: Cells
  ) {
    let radius = Interval(spacing / 2) * unit
    for index in range {
      let center = Interval((Double(index) + 0.5) * spacing) * unit
      cells((center - radius).lower, (center + radius).upper, &panel)
      // What is one cell from everywhere in the panel: h = S = 0 but for what is missing.
      guard panel.labelCount > 1 else { continue }
      let part = panel.integrals(center: center, radius: radius, weight: weight, tolerance: tolerance)
      entropy = entropy + part.entropy
      resolved = resolved + part.resolved
    }
  }

  /// The largest power of two that is at most a number > 0.
  static func powerOfTwo(upTo value: Double) -> Double {
    Double(sign: .plus, exponent: max(value.exponent, -1000), significand: 1)
  }

  /// Multiplies by what an integral over a part stands for.
  mutating func scale(by factor: Interval) {
    entropy = entropy * factor
    resolved = resolved * factor
  }

  /// Adds what was left out.
  mutating func widen() {
    entropy = entropy + .uncertainty(Self.missing)
    resolved = resolved + .uncertainty(Self.missing)
  }

  /// The density of N(0, tau^2), or its sum over shifts by multiples of a period; off the real line it grows by exp(y^2/(2
  /// tau^2)).
  package static func normalWeight(_ spread: Interval, period: Interval? = nil) -> PanelEnclosure.Weight {
    let density = { (place: Interval) -> Interval in
      guard let period else { return GaussianDensity().density(place / spread) / spread }
      // Both ends of the shifts in reach of 9 tau from anywhere in a period.
      let last = (9 * spread.upper / period.lower).rounded(.up) + 1
      var sum: Interval = 0
      var shift = -last
      while shift <= last {
        sum = sum + GaussianDensity().density((place + Interval(shift) * period) / spread)
        shift += 1
      }
      return sum / spread
    }
    return PanelEnclosure.Weight(density: density, growth: (1 / Interval.squared(spread)).upper)
  }
}
