/// A closed interval of real numbers with outward rounding: what is computed with it, is proved.
///
/// Priorities, in order:
///
/// 1. Containment. If x is in X and y in Y, then x op y is in X op Y, for every operation and every argument; where an
///    operation is undefined (log of -1) the value simply contributes nothing, as in IEEE 1788 set-based intervals.
/// 2. Tightness. + - * / and sqrt return the narrowest interval that `Double` ends allow, in all but underflowing
///    cases. Elementary functions are wider by the assumed error of the C library, `ElementaryFunctionAssumption`.
/// 3. Speed. A frozen pair of `Double`, no allocation, everything inlinable.
///
/// An infinite end means "unbounded on this side"; infinity is not a member. The empty interval is its own value (both
/// ends are not a number) and absorbs: any operation on it is empty. No nonempty interval has an end that is not a
/// number.
///
/// There is no `<`, because there are two answers: see `certainlyLess(than:)` and `possiblyLess(than:)`.
///
///     let third = Interval(1) / 3                 // [0.3333333333333333, 0.33333333333333337]
///     let cost = -Interval.log(third)             // contains log 3
///     cost.lower                                  // a proved lower bound
@frozen
public struct Interval: RealNumber, CustomStringConvertible {
  /// The largest `Double` proved to be at most every member; -infinity if there is none, not a number if empty.
  public let lower: Double
  /// The smallest `Double` proved to be at least every member; +infinity if there is none, not a number if empty.
  public let upper: Double

  /// The ends as they are, unchecked: lower <= upper, lower < infinity, upper > -infinity; or both not a number.
  @inlinable
  init(uncheckedLower lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// All real numbers from `lower` to `upper`.
  ///
  /// - Throws: `InvalidInterval` unless lower <= upper and a real number lies between them: an end that is not a
  ///   number, ends in the wrong order, and two equal infinities are refused. Where the order is not known, use
  ///   `hull(_:_:)`.
  @inlinable
  public init(_ lower: Double, _ upper: Double) throws(InvalidInterval) {
    guard lower <= upper && lower < .infinity && upper > -.infinity else {
      throw InvalidInterval(lower: lower, upper: upper)
    }
    self.init(uncheckedLower: lower, upper: upper)
  }

  /// The interval that holds `value` alone.
  ///
  /// An infinite value stands for a result that overflowed and gives everything beyond the largest finite number; a
  /// value that is not a number could be anything and gives `entire`.
  @inlinable
  public init(_ value: Double) {
    if value.isFinite {
      self.init(uncheckedLower: value, upper: value)
    } else {
      self = Interval.enclosing(nonfinite: value)
    }
  }

  @usableFromInline
  static func enclosing(nonfinite value: Double) -> Interval {
    if value.isNaN { return entire }
    let largest = Double.greatestFiniteMagnitude
    return value > 0
      ? Interval(uncheckedLower: largest, upper: value) : Interval(uncheckedLower: value, upper: -largest)
  }

  /// An integer, exactly if |n| <= 2^53; a larger one that is no `Double` gives the two around it.
  @inlinable
  @inline(__always)
  public init(_ value: Int) {
    if value.magnitude <= 1 << 53 {
      self.init(uncheckedLower: Double(value), upper: Double(value))
    } else {
      self = Interval.enclosing(large: value)
    }
  }

  @usableFromInline
  static func enclosing(large value: Int) -> Interval {
    let nearest = Double(value)
    return Int(exactly: nearest) == value
      ? Interval(uncheckedLower: nearest, upper: nearest)
      : Interval(uncheckedLower: nearest.nextDown, upper: nearest.nextUp)
  }

  /// An integer literal, as `init(_:)` of that integer.
  @inlinable
  @inline(__always)
  public init(integerLiteral value: Int64) {
    self.init(Int(value))
  }

  /// The smallest interval that holds both numbers, whichever is the larger; see `init(_:)` for infinite ones.
  @inlinable
  public static func hull(_ a: Double, _ b: Double) -> Interval {
    Interval(a).hull(with: Interval(b))
  }

  // MARK: Constants

  /// The circle constant, between two neighbouring numbers.
  @inlinable
  public static var pi: Interval {
    Interval(uncheckedLower: 0x1.921fb54442d18p+1, upper: 0x1.921fb54442d19p+1)
  }

  /// log 2, between two neighbouring numbers: divide nats by it to get bits.
  @inlinable
  public static var ln2: Interval {
    Interval(uncheckedLower: 0x1.62e42fefa39efp-1, upper: 0x1.62e42fefa39f0p-1)
  }

  /// No number at all.
  @inlinable
  public static var empty: Interval {
    Interval(uncheckedLower: .nan, upper: .nan)
  }

  /// Every real number.
  @inlinable
  public static var entire: Interval {
    Interval(uncheckedLower: -.infinity, upper: .infinity)
  }

  // MARK: Printing

  /// Both ends in the shortest form that reads back to the same `Double`: `[0.1, 0.2]`, `[empty]`.
  public var description: String {
    isEmpty ? "[empty]" : "[\(lower), \(upper)]"
  }
}

extension Interval: Equatable {
  /// The same set of numbers: both empty, or both ends equal (0 and -0 are one number).
  @inlinable
  public static func == (a: Interval, b: Interval) -> Bool {
    (a.lower == b.lower && a.upper == b.upper) || (a.isEmpty && b.isEmpty)
  }
}

/// Two numbers that are not the ends of an interval: in the wrong order, not a number, or the same infinity twice.
public struct InvalidInterval: Error, Equatable, CustomStringConvertible {
  /// The lower end that was asked for.
  public let lower: Double
  /// The upper end that was asked for.
  public let upper: Double

  /// The two ends that do not bound an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// A sentence for a person.
  public var description: String {
    "no interval has the lower end \(lower) and the upper end \(upper)"
  }
}
