// The four operations, powers and roots (IEEE 1788-2015, clause 10.5, the set-based operations).
//
// Priorities: containment; the narrowest result; few branches on the common path. A product or quotient picks by the
// signs of its arguments which two pairs of ends give the extremes, so only the product of two intervals that both
// straddle zero computes four products.

extension Interval {
  // MARK: Sums

  /// The set of all x + y.
  @inlinable
  public static func + (a: Interval, b: Interval) -> Interval {
    Interval(
      uncheckedLower: DirectedRounding.sumDown(a.lower, b.lower),
      upper: DirectedRounding.sumUp(a.upper, b.upper))
  }

  /// The set of all x - y. X - X is not 0: the two operands vary independently.
  @inlinable
  public static func - (a: Interval, b: Interval) -> Interval {
    Interval(
      uncheckedLower: DirectedRounding.sumDown(a.lower, -b.upper),
      upper: DirectedRounding.sumUp(a.upper, -b.lower))
  }

  /// The set of all -x.
  @inlinable
  public static prefix func - (a: Interval) -> Interval {
    Interval(uncheckedLower: -a.upper, upper: -a.lower)
  }

  // MARK: Products

  /// The set of all x y; [0, 0] times anything nonempty is [0, 0].
  @inlinable
  public static func * (a: Interval, b: Interval) -> Interval {
    guard let extremes = productExtremes(a, b) else { return productOfStraddling(a, b) }
    return Interval(
      uncheckedLower: DirectedRounding.productDown(extremes.lower.0, extremes.lower.1),
      upper: DirectedRounding.productUp(extremes.upper.0, extremes.upper.1))
  }

  /// Which ends to multiply for the least and the greatest product; none if both operands straddle zero or are empty.
  @inlinable
  static func productExtremes(_ a: Interval, _ b: Interval) -> (lower: (Double, Double), upper: (Double, Double))? {
    if a.lower >= 0 {
      return ((b.lower >= 0 ? a.lower : a.upper, b.lower), (b.upper <= 0 ? a.lower : a.upper, b.upper))
    }
    if a.upper <= 0 {
      return ((b.upper <= 0 ? a.upper : a.lower, b.upper), (b.lower >= 0 ? a.upper : a.lower, b.lower))
    }
    if b.lower >= 0 { return ((a.lower, b.upper), (a.upper, b.upper)) }
    if b.upper <= 0 { return ((a.upper, b.lower), (a.lower, b.lower)) }
    return nil
  }

  @usableFromInline
  static func productOfStraddling(_ a: Interval, _ b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return .empty }
    return Interval(
      uncheckedLower: Swift.min(
        DirectedRounding.productDown(a.lower, b.upper), DirectedRounding.productDown(a.upper, b.lower)),
      upper: Swift.max(
        DirectedRounding.productUp(a.lower, b.lower), DirectedRounding.productUp(a.upper, b.upper)))
  }

  /// The set of all x y + z, each end rounded once if all are bounded.
  @inlinable
  public static func fma(_ a: Interval, _ b: Interval, _ c: Interval) -> Interval {
    // An infinite end could meet a zero, and 0 times infinity is 0 here; the plain operations know that.
    guard a.isBounded && b.isBounded && !c.isEmpty else { return a * b + c }
    guard let extremes = productExtremes(a, b) else {
      return Interval(
        uncheckedLower: Swift.min(
          DirectedRounding.fusedDown(a.lower, b.upper, c.lower), DirectedRounding.fusedDown(a.upper, b.lower, c.lower)),
        upper: Swift.max(
          DirectedRounding.fusedUp(a.lower, b.lower, c.upper), DirectedRounding.fusedUp(a.upper, b.upper, c.upper)))
    }
    return Interval(
      uncheckedLower: DirectedRounding.fusedDown(extremes.lower.0, extremes.lower.1, c.lower),
      upper: DirectedRounding.fusedUp(extremes.upper.0, extremes.upper.1, c.upper))
  }

  // MARK: Quotients

  /// The set of all x / y with y not 0.
  ///
  /// | divisor         | dividend > 0   | dividend < 0    | [0, 0] | 0 and others        |
  /// |-----------------|----------------|-----------------|--------|---------------------|
  /// | without 0       | bounded        | bounded         | 0      | bounded             |
  /// | [0, c], [-c, 0] | half a line    | half a line     | 0      | half a line or all  |
  /// | 0 inside        | entire         | entire          | 0      | entire              |
  /// | [0, 0]          | empty          | empty           | empty  | empty               |
  @inlinable
  public static func / (a: Interval, b: Interval) -> Interval {
    if b.lower > 0 {
      return Interval(
        uncheckedLower: DirectedRounding.quotientDown(a.lower, a.lower >= 0 ? b.upper : b.lower),
        upper: DirectedRounding.quotientUp(a.upper, a.upper >= 0 ? b.lower : b.upper))
    }
    if b.upper < 0 {
      return Interval(
        uncheckedLower: DirectedRounding.quotientDown(a.upper, a.upper >= 0 ? b.upper : b.lower),
        upper: DirectedRounding.quotientUp(a.lower, a.lower >= 0 ? b.lower : b.upper))
    }
    return quotientByZero(a, b)
  }

  @usableFromInline
  static func quotientByZero(_ a: Interval, _ b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty || (b.lower == 0 && b.upper == 0) { return .empty }
    if a.lower == 0 && a.upper == 0 { return Interval(uncheckedLower: 0, upper: 0) }
    if b.lower == 0 {
      if a.lower >= 0 {
        return Interval(uncheckedLower: DirectedRounding.quotientDown(a.lower, b.upper), upper: .infinity)
      }
      if a.upper <= 0 {
        return Interval(uncheckedLower: -.infinity, upper: DirectedRounding.quotientUp(a.upper, b.upper))
      }
    }
    if b.upper == 0 {
      if a.lower >= 0 {
        return Interval(uncheckedLower: -.infinity, upper: DirectedRounding.quotientUp(a.lower, b.lower))
      }
      if a.upper <= 0 {
        return Interval(uncheckedLower: DirectedRounding.quotientDown(a.upper, b.lower), upper: .infinity)
      }
    }
    return .entire
  }

  // MARK: Powers and roots

  /// The set of all x^2.
  @inlinable
  public static func squared(_ x: Interval) -> Interval {
    let least = x.mignitude
    let greatest = x.magnitude
    return Interval(
      uncheckedLower: DirectedRounding.productDown(least, least),
      upper: DirectedRounding.productUp(greatest, greatest))
  }

  /// The set of all sqrt(x) with x >= 0; empty if no member is.
  @inlinable
  public static func sqrt(_ x: Interval) -> Interval {
    guard x.upper >= 0 else { return .empty }
    return Interval(
      uncheckedLower: x.lower > 0 ? DirectedRounding.rootDown(x.lower) : 0,
      upper: DirectedRounding.rootUp(x.upper))
  }

  /// The set of all x^n; x^0 is 1 for every x, and a negative power leaves out x = 0.
  ///
  /// By repeated squaring of the ends, so |n| = 2, 3, 4 cost 1, 2, 2 products an end; each product widens by one ulp.
  @inlinable
  public static func pow(_ x: Interval, _ n: Int) -> Interval {
    if x.isEmpty { return .empty }
    if n < 0 { return 1 / naturalPower(x, n.magnitude) }
    return naturalPower(x, n.magnitude)
  }

  @inlinable
  static func naturalPower(_ x: Interval, _ n: UInt) -> Interval {
    if n == 0 { return 1 }
    let isEven = n & 1 == 0
    // Odd powers are increasing, and |x|^n is on nonnegative numbers.
    if isEven {
      return Interval(uncheckedLower: powerDown(x.mignitude, n), upper: powerUp(x.magnitude, n))
    }
    return Interval(
      uncheckedLower: x.lower >= 0 ? powerDown(x.lower, n) : -powerUp(-x.lower, n),
      upper: x.upper >= 0 ? powerUp(x.upper, n) : -powerDown(-x.upper, n))
  }

  /// x^n rounded down, x >= 0, n >= 1: every partial product is at most the real one, because all are nonnegative.
  @inlinable
  static func powerDown(_ x: Double, _ n: UInt) -> Double {
    repeatedSquaring(x, n, DirectedRounding.productDown)
  }

  @inlinable
  static func powerUp(_ x: Double, _ n: UInt) -> Double {
    repeatedSquaring(x, n, DirectedRounding.productUp)
  }

  @inlinable
  static func repeatedSquaring(_ x: Double, _ n: UInt, _ product: (Double, Double) -> Double) -> Double {
    var result = 1.0
    var square = x
    var bits = n
    while true {
      if bits & 1 == 1 { result = product(result, square) }
      bits >>= 1
      if bits == 0 { return result }
      square = product(square, square)
    }
  }

  // MARK: Absolute value and extremes

  /// The set of all |x|.
  @inlinable
  public static func abs(_ x: Interval) -> Interval {
    Interval(uncheckedLower: x.mignitude, upper: x.magnitude)
  }

  /// The set of all min(x, y).
  @inlinable
  public static func min(_ a: Interval, _ b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return .empty }
    return Interval(uncheckedLower: Swift.min(a.lower, b.lower), upper: Swift.min(a.upper, b.upper))
  }

  /// The set of all max(x, y).
  @inlinable
  public static func max(_ a: Interval, _ b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return .empty }
    return Interval(uncheckedLower: Swift.max(a.lower, b.lower), upper: Swift.max(a.upper, b.upper))
  }
}
