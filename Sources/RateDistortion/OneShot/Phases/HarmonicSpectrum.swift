import IntervalArithmetic

/// The powers c_k > 0 of finitely many harmonics k of a function of period 1.
///
/// Shifted cyclically by a phase that is uniform, such a function has realisations whose squared distance is, at phases t
/// apart,
///
///     r(t) = 2 sum c_k (1 - cos 2 pi k t),
///
/// a sum of circles of squared radius c_k run through k times, and C = sum c_k. With x = pi p each of them contributes to an
/// arc of length p what the circle does at k p:
///
///     delta(p) = sum c_k (1 - sinc(k x)^2),      w(p) = sum 2 c_k sinc(k x) (sinc(k x) - cos(k x)),
///     c(p) = sum 2 c_k (1 - sinc(k x)),          p c'(p) = sum 2 c_k (sinc(k x) - cos(k x)).
///
/// **Which theorems hold** is decided by polynomials in y = cos 2 pi t on [-1, 1], because sin(2 pi k t) = U_{k-1}(y) sin(2 pi
/// t) with Chebyshev's polynomials of the second kind:
///
///     r'(t) = 4 pi sin(2 pi t) sum k c_k U_{k-1}(y),      r'''(t) = -16 pi^3 sin(2 pi t) sum k^3 c_k U_{k-1}(y).
///
/// r increases on [0, 1/2] iff the first sum is nowhere negative; r' is concave there, and then positive because it vanishes at
/// both ends, iff the second one is. For two harmonics 1 and 2 that is c_2 <= c_1/4, and c_2 <= c_1/16.
public struct HarmonicSpectrum: Sendable, Hashable {
  /// A harmonic and its power.
  public struct Harmonic: Sendable, Hashable {
    /// k >= 1.
    public let order: Int
    /// c_k > 0.
    public let power: Double
    /// How far the true c_k may be from it; 0 where the number itself is meant.
    let error: Double

    init(order: Int, power: Double, error: Double = 0) {
      self.order = order
      self.power = power
      self.error = error
    }
  }

  /// The harmonics, in the order of k.
  public let harmonics: [Harmonic]

  /// What sum k^2 c_k is at most over the harmonics that are left out; 0 where there are none.
  let tail: Double

  /// The largest k that is read.
  public static let largestOrder = 256

  /// A spectrum from its text, `1:1,3:0.012`.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless each part is a whole number k from 1 to 256, a colon and a power from
  ///   1e-100 to 1e100, and no k comes twice.
  public init(_ text: String) throws(DomainError) {
    var pairs: [(order: Int, power: Double)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: ":", omittingEmptySubsequences: false)
      guard sides.count == 2, let order = Int(sides[0]), (1...Self.largestOrder).contains(order),
        let power = Double(sides[1]), power > 0
      else {
        throw .parameterOutOfRange(
          name: "power", value: text,
          requirement:
            "a list K:POWER,K:POWER,... of harmonics K from 1 to \(Self.largestOrder) and powers from 1e-100 to 1e100")
      }
      pairs.append((order, power))
    }
    try self.init(pairs, parameter: "power")
  }

  /// A spectrum from harmonics and powers, of which those of 0 say nothing.
  ///
  /// - Parameter parameter: whose value they are, for errors.
  /// - Throws: `DomainError.parameterOutOfRange` unless harmonics are from 1 to 256 and none comes twice, powers are 0 or from 1e-100
  ///   to 1e100, and one of them is not 0.
  init(_ pairs: [(order: Int, power: Double)], parameter: String) throws(DomainError) {
    var harmonics: [Harmonic] = []
    for (order, power) in pairs.sorted(by: { $0.order < $1.order }) {
      guard (1...Self.largestOrder).contains(order) else {
        throw .parameterOutOfRange(
          name: parameter, value: "with a harmonic \(order)", requirement: "of harmonics from 1 to \(Self.largestOrder)"
        )
      }
      guard power == 0 || (power >= 1e-100 && power <= 1e100) else {
        throw .parameterOutOfRange(
          name: parameter, value: "with the power \(power.words) at harmonic \(order)",
          requirement: "of powers from 1e-100 to 1e100")
      }
      guard harmonics.last?.order != order else {
        throw .parameterOutOfRange(
          name: parameter, value: "with harmonic \(order) twice", requirement: "of harmonics that come once")
      }
      if power > 0 { harmonics.append(Harmonic(order: order, power: power)) }
    }
    guard !harmonics.isEmpty else {
      throw .parameterOutOfRange(
        name: parameter, value: "without any power", requirement: "of some power beyond its mean")
    }
    self.init(harmonics, tail: 0)
  }

  /// Enclosed powers, and what is left out.
  init(_ harmonics: [Harmonic], tail: Double) {
    self.harmonics = harmonics
    self.tail = tail
  }

  /// The spectrum as it is read.
  public var text: String { harmonics.map { "\($0.order):\($0.power.words)" }.joined(separator: ",") }

  /// The sum of the powers times a function of k.
  private func sum<Number: RealNumber>(_ part: (Number) -> Number) -> Number {
    var sum: Number = 0
    for harmonic in harmonics {
      var power = Number(harmonic.power)
      if harmonic.error > 0 { power = power + .uncertainty(harmonic.error) }
      sum = sum + power * part(Number(harmonic.order))
    }
    return sum
  }

  /// What harmonics beyond the last add that contribute at most b c_k (k x)^2/3 in absolute value: 1 - sinc^2 and sinc - cos are at
  /// most y^2/3, for sinc y - cos y = (1/y) int_0^y t sin t dt, and 1 - sinc y is at most y^2/6.
  private func rest<Number: RealNumber>(_ p: Number, times b: Number) -> Number {
    tail > 0 ? b * .squared(.pi * p) / 3 * .uncertainty(tail) : 0
  }

  /// C = Dmax, the sum of the powers.
  func distortionOfSilence<Number: RealNumber>() -> Number {
    let sum: Number = sum { _ in 1 }
    return tail > 0 ? sum + .uncertainty(tail) : sum
  }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    rest(p, times: 1)
      + sum { k in
        let u = Number.oneMinusSinc(.pi * k * p)
        return u * (2 - u)
      }
  }

  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    rest(p, times: 2)
      + sum { k in
        let x: Number = .pi * k * p
        return 2 * Number.sinc(x) * Number.sincMinusCos(x)
      }
  }

  func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    rest(p, times: 1) + sum { k in 2 * Number.oneMinusSinc(.pi * k * p) }
  }

  func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    rest(p, times: 2) + sum { k in 2 * Number.sincMinusCos(.pi * k * p) }
  }

  // MARK: Which theorems hold

  /// Whether r is proved to increase on [0, 1/2].
  public var isIncreasing: Bool { isNonnegative { k in k } }

  /// Whether r' is proved to be positive and concave on (0, 1/2).
  public var isConcave: Bool { isNonnegative { k in k * .squared(k) } }

  /// After so many terms of sums nothing counts as proved.
  private static let mostTerms = 12_800_000

  /// Whether sum f(k) c_k U_{k-1}(y) is proved to be nowhere negative on [-1, 1], by halving: on a piece of half-width h around
  /// m it is at least its value at m less h times sum f(k) c_k k (k^2 - 1)/3, as |U'_{k-1}| is greatest at the ends, where it
  /// is k (k^2 - 1)/3.
  private func isNonnegative(_ weight: (Interval) -> Interval) -> Bool {
    let weights = harmonics.map { (order: $0.order, weight: weight(Interval($0.order)) * Interval($0.power)) }
    let steepness = weights.reduce(Interval(0)) { sum, part in
      let k = Interval(part.order)
      return sum + part.weight * k * (.squared(k) - 1) / 3
    }
    // sum a_k U_{k-1}, by Clenshaw's recurrence.
    let value = { (y: Interval) in
      var (next, afterNext): (Interval, Interval) = (0, 0)
      var part = weights.count - 1
      for order in stride(from: weights.last?.order ?? 0, through: 1, by: -1) {
        var coefficient: Interval = 0
        if part >= 0, weights[part].order == order {
          coefficient = weights[part].weight
          part -= 1
        }
        (next, afterNext) = (coefficient + 2 * y * next - afterNext, next)
      }
      return next
    }
    var pieces = [Interval.hull(-1, 1)]
    var visited = 0
    while let piece = pieces.popLast() {
      visited += 1
      if value(piece).lower >= 0 { continue }
      let middle = value(Interval(piece.midpoint))
      if (middle - steepness * Interval(piece.radius)).lower >= 0 { continue }
      guard middle.upper >= 0, visited < Self.mostTerms / max(weights.last?.order ?? 1, 1), piece.width > 1e-12 else {
        return false
      }
      pieces.append(.hull(piece.lower, piece.midpoint))
      pieces.append(.hull(piece.midpoint, piece.upper))
    }
    return true
  }
}
