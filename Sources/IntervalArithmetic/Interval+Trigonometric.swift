// Sine and cosine (IEEE 1788-2015, clause 10.5.3).
//
// Priorities: containment for every interval, however far from 0; a thin interval stays thin; two calls an interval.
//
// The values at both ends are the C library's. What needs a proof is only whether a multiple of pi/2 at which the
// function is 1 or -1 lies between.
//
// - Up to |x| = 2^26, the ends are divided by an enclosure of pi/2, and the integers between the quotients are counted.
//   An end too close to a multiple to tell counts as beyond it. The quotient is off by less than 2^-26 there, so 1 is
//   then taken for a number above 1 - 2^-51.
// - Beyond, if the interval is shorter than 3 < pi, by the sign of the derivative at both ends: at most one zero of it
//   fits in, so there is one exactly if the signs differ. (No `Double` is closer than 2^-61 to a nonzero multiple of
//   pi/2, and the C library is off by less than 2^-79 near one, so the signs are certain.)
// - Beyond, if it is longer, the result is [-1, 1], which may be too wide for lengths between 3 and 2 pi.

extension Interval {
  /// The set of all sin(x).
  @inlinable
  public static func sin(_ x: Interval) -> Interval {
    if x.lower == x.upper { return sinOfPoint(x.lower) }
    guard x.magnitude <= ElementaryFunctionAssumption.angleLimit else { return sinOfLarge(x) }
    let extrema = quarterTurns(in: x)
    return range(
      sinOfPoint(x.lower), sinOfPoint(x.upper),
      hasMaximum: extrema.contains(1, modulo: 4), hasMinimum: extrema.contains(3, modulo: 4))
  }

  /// The set of all cos(x).
  @inlinable
  public static func cos(_ x: Interval) -> Interval {
    if x.lower == x.upper { return cosOfPoint(x.lower) }
    guard x.magnitude <= ElementaryFunctionAssumption.angleLimit else { return cosOfLarge(x) }
    let extrema = quarterTurns(in: x)
    return range(
      cosOfPoint(x.lower), cosOfPoint(x.upper),
      hasMaximum: extrema.contains(0, modulo: 4), hasMinimum: extrema.contains(2, modulo: 4))
  }

  // MARK: Points

  @inlinable
  static func sinOfPoint(_ x: Double) -> Interval {
    if x.magnitude < 0x1p-26 {
      // x - x^3/6 is beyond the neighbour of x towards 0, for subnormal x too.
      if x == 0 { return 0 }
      return x > 0 ? Interval(uncheckedLower: x.nextDown, upper: x) : Interval(uncheckedLower: x, upper: x.nextUp)
    }
    return valueAtAngle(x, Double.sin(x))
  }

  @inlinable
  static func cosOfPoint(_ x: Double) -> Interval {
    x == 0 ? 1 : valueAtAngle(x, Double.cos(x))
  }

  @inlinable
  static func valueAtAngle(_ x: Double, _ computed: Double) -> Interval {
    let value =
      x.magnitude <= ElementaryFunctionAssumption.angleLimit
      ? ElementaryFunctionAssumption.enclosure(computed) : ElementaryFunctionAssumption.largeAngleEnclosure(computed)
    return Interval(uncheckedLower: clamped(value.lower, atLeast: -1), upper: clamped(value.upper, atMost: 1))
  }

  // MARK: Extrema

  /// The hull of the values at both ends and at the extrema between them.
  @inlinable
  static func range(_ a: Interval, _ b: Interval, hasMaximum: Bool, hasMinimum: Bool) -> Interval {
    Interval(
      uncheckedLower: hasMinimum ? -1 : Swift.min(a.lower, b.lower),
      upper: hasMaximum ? 1 : Swift.max(a.upper, b.upper))
  }

  /// All k for which k pi/2 may lie in the interval; |x| <= 2^26.
  @inlinable
  static func quarterTurns(in x: Interval) -> QuarterTurns {
    let turns = x * Interval(uncheckedLower: 0x1.45f306dc9c882p-1, upper: 0x1.45f306dc9c883p-1)
    return QuarterTurns(first: Int(turns.lower.rounded(.up)), last: Int(turns.upper.rounded(.down)))
  }

  /// A run of integers, possibly none.
  @usableFromInline
  struct QuarterTurns {
    @usableFromInline let first: Int
    @usableFromInline let last: Int

    @inlinable
    init(first: Int, last: Int) {
      self.first = first
      self.last = last
    }

    /// Whether one of them leaves the given remainder; the modulus is a power of two.
    @inlinable
    func contains(_ remainder: Int, modulo modulus: Int) -> Bool {
      first + ((remainder - first) & (modulus - 1)) <= last
    }
  }

  @usableFromInline
  static func sinOfLarge(_ x: Interval) -> Interval {
    guard x.width < 3 else { return unit(unless: x.isEmpty) }
    let slopes = (Double.cos(x.lower), Double.cos(x.upper))
    return range(
      sinOfPoint(x.lower), sinOfPoint(x.upper),
      hasMaximum: slopes.0 > 0 && slopes.1 < 0, hasMinimum: slopes.0 < 0 && slopes.1 > 0)
  }

  @usableFromInline
  static func cosOfLarge(_ x: Interval) -> Interval {
    guard x.width < 3 else { return unit(unless: x.isEmpty) }
    let slopes = (-Double.sin(x.lower), -Double.sin(x.upper))
    return range(
      cosOfPoint(x.lower), cosOfPoint(x.upper),
      hasMaximum: slopes.0 > 0 && slopes.1 < 0, hasMinimum: slopes.0 < 0 && slopes.1 > 0)
  }

  @usableFromInline
  static func unit(unless isEmpty: Bool) -> Interval {
    isEmpty ? .empty : Interval(uncheckedLower: -1, upper: 1)
  }
}
