import IntervalArithmetic

/// A way to send realisations of a source in the plane to symbols.
///
/// **What a conformer asserts.** Its sums enclose the moments of the symbols, and what may move between them.
public protocol PlaneEncoder: Sendable {
  /// How many symbols there are.
  var symbolCount: Int { get }
  /// Other things that can be counted in it, each with its name.
  var counts: [(name: String, count: Int)] { get }
  /// The moments of the symbols.
  func sums(on plane: BentPlane) -> PlaneSums
  /// What is sent at a place, in floating point.
  func symbol(at place: SIMD2<Double>) -> Int
  /// A code with this encoder, written down.
  func certificate(of code: PlaneCode) -> any Evidence
}

/// What of the plane each symbol owns, and what may belong to another.
public struct PlaneSums: Sendable {
  /// A part of the plane that one symbol owns nominally and another one may own.
  struct Open: Sendable {
    var owner: Int
    var other: Int
    /// Its probability at most.
    var probability: Double
    /// Where it lies.
    var first: Interval
    var second: Interval
  }

  /// Places about which moments are taken, symbol by symbol: near the centroids, so that nothing cancels.
  var anchors: [SIMD2<Double>]
  var moments: [PlaneMoments]
  var open: [Open] = []
}

extension PlaneSums {
  /// The probabilities, and how they move: each open part from its owner to the other symbol, up to all of it.
  var masses: CodeMasses {
    CodeMasses(
      nominal: moments.map(\.probability), displacements: open.map { .hull(0, $0.probability) },
      sides: open.map { (left: $0.other, right: $0.owner) })
  }

  /// The probability of what may be another symbol's, in floating point.
  var undecided: Double {
    // A part that may go to several symbols stands there once for each, one behind the other.
    var sum = 0.0
    for (part, before) in zip(open, [nil] + open.map { Optional($0) })
    where !(before?.owner == part.owner && before?.first == part.first && before?.second == part.second) {
      sum += part.probability
    }
    return sum
  }

  /// The distortion with a reproduction for each symbol: linear in what moves, at a place x by |x - y_other|^2 - |x - y_owner|^2.
  func distortion(about reproductions: [(Interval, Interval)]) -> EnclosedValue {
    let parts = zip(moments, zip(anchors, reproductions)).map { (moments, place) -> Interval in
      let (anchor, y) = place
      let moved = moments.moved(y.0 - Interval(anchor.x), y.1 - Interval(anchor.y))
      return .max(0, moved.square)
    }
    return EnclosedValue(moving(parts.reduce(0, +), about: reproductions))
  }

  /// The distortion with centroids.
  ///
  /// It is the least over all reproductions. With a_s in their place, next to the nominal centroids, it is less than what the
  /// distortion about them is by the sum of P'_s |c'_s - a_s|^2, for which P'_s (c'_s - a_s) is the integral of x - a_s over what s
  /// has nominally and gains, less that over what it loses. What a symbol has is at most the integral of |x - a_s|^2 over what it may
  /// have.
  func distortionWithCentroids(_ masses: CodeMasses) -> EnclosedValue {
    let centred = recentred
    let places = centred.anchors
    var moments = centred.moments.map { ($0.first, $0.second) }
    var most = centred.moments.map { Interval(max(0, $0.square.upper)) }
    for part in open {
      let probability = Interval.hull(0, part.probability)
      for (symbol, sign) in [(part.other, Interval(1)), (part.owner, Interval(-1))] {
        let (x, y) = (part.first - Interval(places[symbol].x), part.second - Interval(places[symbol].y))
        moments[symbol].0 = moments[symbol].0 + sign * probability * x
        moments[symbol].1 = moments[symbol].1 + sign * probability * y
        if sign.lower > 0 {
          most[symbol] = most[symbol] + Interval(part.probability) * Interval((.squared(x) + .squared(y)).upper)
        }
      }
    }
    var way: Interval = 0
    for (symbol, moment) in moments.enumerated() {
      let least = masses.probabilities[symbol].lower
      let square = Interval.squared(moment.0) + .squared(moment.1)
      way = way + .hull(0, min(most[symbol].upper, least > 0 ? (square / Interval(least)).upper : .infinity))
    }
    let sum = centred.moving(
      centred.moments.reduce(0) { $0 + .max(0, $1.square) },
      about: places.map { (Interval($0.x), Interval($0.y)) })
    // By the nominal centroids, in floating point.
    let nominal = centred.moments.reduce(0.0) { total, moments in
      let (p, x, y) = (moments.probability.midpoint, moments.first.midpoint, moments.second.midpoint)
      return total + max(0, moments.square.midpoint) - (p > Self.least ? (x * x + y * y) / p : 0)
    }
    let lower = sum.form.map { ThresholdForm(constant: $0.constant - way, slopes: $0.slopes) }
    let range = lower?.range(over: masses.displacements).intersection(with: .hull(0, .infinity))
    return EnclosedValue(max(0, nominal), range ?? sum.everywhere - way, form: lower)
  }

  /// The probability from which on an anchor is moved to the centroid.
  private static let least = 1e-12

  /// The same with anchors at the nominal centroids, as well as doubles have them.
  private var recentred: PlaneSums {
    var sums = self
    for (symbol, moments) in moments.enumerated() where moments.probability.midpoint > Self.least {
      let p = moments.probability.midpoint
      let anchor = anchors[symbol] + SIMD2(moments.first.midpoint / p, moments.second.midpoint / p)
      sums.anchors[symbol] = anchor
      sums.moments[symbol] = moments.moved(
        Interval(anchor.x) - Interval(anchors[symbol].x), Interval(anchor.y) - Interval(anchors[symbol].y))
    }
    return sums
  }

  /// A distortion as a function of what moves.
  private func moving(_ nominal: Interval, about places: [(Interval, Interval)]) -> MovingSum {
    let slopes = open.map { part -> Interval in
      let (a, b) = (places[part.other], places[part.owner])
      // |x - a|^2 - |x - b|^2.
      return (b.0 - a.0) * (2 * part.first - a.0 - b.0) + (b.1 - a.1) * (2 * part.second - a.1 - b.1)
    }
    let form = ThresholdForm(constant: nominal, slopes: slopes)
    let range = form.range(over: open.map { .hull(0, $0.probability) })
    return MovingSum(nominal: nominal, everywhere: range.intersection(with: .hull(0, .infinity)), form: form)
  }
}
