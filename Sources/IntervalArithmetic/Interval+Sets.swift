// Intervals as sets and as unknown numbers: what is in them, how they lie, how large they are.
//
// Priorities: no predicate answers "certainly" unless it is proved; sizes are rounded so that they still hold.
//
// IEEE 1788 calls for vacuous truth: the empty set precedes everything. Here every certain or possible comparison with
// the empty interval is false, because a comparison is the last line of a proof and the empty interval is an evaluation
// that went outside a function's domain. Set relations (`isSubset`, `isInterior`, `isDisjoint`) follow the standard.

extension Interval {
  // MARK: Kinds

  /// Whether there is no member.
  @inlinable
  public var isEmpty: Bool { lower.isNaN }

  /// Whether every real number is a member.
  @inlinable
  public var isEntire: Bool { lower == -.infinity && upper == .infinity }

  /// Whether there is exactly one member.
  @inlinable
  public var isPoint: Bool { lower == upper }

  /// Whether it is nonempty and both ends are finite.
  @inlinable
  public var isBounded: Bool { lower > -.infinity && upper < .infinity }

  // MARK: Order

  /// Whether every member of this interval is less than every member of the other.
  @inlinable
  public func certainlyLess(than other: Interval) -> Bool { upper < other.lower }

  /// Whether some member of this interval is less than some member of the other.
  @inlinable
  public func possiblyLess(than other: Interval) -> Bool { lower < other.upper }

  /// Whether no member of this interval exceeds a member of the other.
  @inlinable
  public func certainlyLessOrEqual(to other: Interval) -> Bool { upper <= other.lower }

  /// Whether some member of this interval does not exceed some member of the other.
  @inlinable
  public func possiblyLessOrEqual(to other: Interval) -> Bool { lower <= other.upper }

  // MARK: Membership

  /// Whether the number is a member; infinities never are.
  @inlinable
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper && value.isFinite
  }

  /// Whether every member is a member of the other.
  @inlinable
  public func isSubset(of other: Interval) -> Bool {
    (other.lower <= lower && upper <= other.upper) || isEmpty
  }

  /// Whether every member has a neighbourhood in the other: strictly inside at each end, except where both are
  /// unbounded.
  @inlinable
  public func isInterior(to other: Interval) -> Bool {
    ((other.lower < lower || other.lower == -.infinity) && (upper < other.upper || other.upper == .infinity)
      && !other.isEmpty) || isEmpty
  }

  /// Whether there is no common member.
  @inlinable
  public func isDisjoint(with other: Interval) -> Bool {
    !(lower <= other.upper && other.lower <= upper)
  }

  // MARK: Set operations

  /// The smallest interval that holds both.
  @inlinable
  public func hull(with other: Interval) -> Interval {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Interval(uncheckedLower: Swift.min(lower, other.lower), upper: Swift.max(upper, other.upper))
  }

  /// The common members.
  @inlinable
  public func intersection(with other: Interval) -> Interval {
    isDisjoint(with: other)
      ? .empty : Interval(uncheckedLower: Swift.max(lower, other.lower), upper: Swift.min(upper, other.upper))
  }

  // MARK: Sizes

  /// A finite number in the middle: 0 for `entire`, the largest finite number of the right sign if one end is infinite,
  /// not a number if empty. Always a member (rounding to nearest is monotone).
  @inlinable
  public var midpoint: Double {
    if isBounded {
      let half = 0.5 * lower + 0.5 * upper
      // Halving is inexact only for subnormal ends, and then the plain sum cannot overflow.
      return half.magnitude > 0x1p-1000 ? half : 0.5 * (lower + upper)
    }
    if isEmpty { return .nan }
    if isEntire { return 0 }
    return lower == -.infinity ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }

  /// Where to halve a bounded interval in a search: the midpoint or, if the ends have one sign and are more than a
  /// factor 2^10 apart, about the geometric mean, so that [1e-300, 1] takes ten steps to get down to scale and not a
  /// thousand.
  @inlinable
  var splittingPoint: Double {
    let least = mignitude
    let greatest = magnitude
    guard least > 0 && greatest * 0x1p-10 > least else { return midpoint }
    let mean = least.squareRoot() * greatest.squareRoot()
    return lower > 0 ? mean : -mean
  }

  /// upper - lower, rounded up; not a number if empty.
  @inlinable
  public var width: Double {
    isBounded ? DirectedRounding.sumUp(upper, -lower) : (isEmpty ? .nan : .infinity)
  }

  /// The largest distance of a member from `midpoint`, rounded up; not a number if empty.
  @inlinable
  public var radius: Double {
    guard isBounded else { return isEmpty ? .nan : .infinity }
    let center = midpoint
    return Swift.max(DirectedRounding.sumUp(center, -lower), DirectedRounding.sumUp(upper, -center))
  }

  /// The largest absolute value of a member; not a number if empty.
  @inlinable
  public var magnitude: Double { Swift.max(lower.magnitude, upper.magnitude) }

  /// The smallest absolute value of a member; not a number if empty.
  @inlinable
  public var mignitude: Double {
    contains(0) ? 0 : Swift.min(lower.magnitude, upper.magnitude)
  }
}
