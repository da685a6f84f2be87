import IntervalArithmetic
import TestSupport

extension SeededGenerator {
  /// Any finite double: all exponents, subnormals and zeros, small integers and neighbours of powers of two.
  mutating func anyDouble() -> Double {
    switch next() % 8 {
    case 0: return Double(Int(next() % 41) - 20)
    case 1: return Double(sign: next() & 1 == 0 ? .plus : .minus, exponent: Int(next() % 2000) - 1040, significand: 1)
    case 2: return moderateDouble().nextUp
    case 3, 4, 5: return moderateDouble()
    case 6: return Double(bitPattern: next() & 0x800F_FFFF_FFFF_FFFF)
    default:
      let x = Double(bitPattern: next())
      return x.isFinite ? x : .greatestFiniteMagnitude
    }
  }

  /// A double of either sign between 2^-20 and 2^20.
  mutating func moderateDouble() -> Double {
    let magnitude = Double(
      sign: .plus, exponent: Int(next() % 40) - 20, significand: Double.random(in: 1..<2, using: &self))
    return next() & 1 == 0 ? magnitude : -magnitude
  }

  /// A bounded interval of any kind: a point, a few ulps wide, or between two unrelated numbers.
  mutating func interval(_ number: (inout SeededGenerator) -> Double) -> Interval {
    let a = number(&self)
    switch next() % 4 {
    case 0: return Interval(a)
    case 1:
      var b = a
      for _ in 0..<(next() % 4) { b = b.nextUp }
      return b.isFinite ? Interval.hull(a, b) : Interval(a)
    default: return Interval.hull(a, number(&self))
    }
  }

  /// A member of a bounded interval; often an end.
  mutating func member(of interval: Interval) -> Double {
    switch next() % 4 {
    case 0: return interval.lower
    case 1: return interval.upper
    default:
      let t = Double.random(in: 0...1, using: &self)
      let x = interval.lower * (1 - t) + interval.upper * t
      return Swift.min(Swift.max(x, interval.lower), interval.upper)
    }
  }

  /// A part of a bounded interval.
  mutating func part(of interval: Interval) -> Interval {
    Interval.hull(member(of: interval), member(of: interval))
  }
}

/// How many steps from one double up to another; both finite.
func steps(from lower: Double, to upper: Double) -> Int {
  func rank(_ x: Double) -> Int {
    let bits = Int(Int64(bitPattern: x.bitPattern))
    return bits >= 0 ? bits : Int.min &- bits
  }
  let (difference, overflow) = rank(upper).subtractingReportingOverflow(rank(lower))
  return overflow ? Int.max : difference
}

/// The width of a bounded interval in steps between neighbouring doubles.
func steps(across interval: Interval) -> Int { steps(from: interval.lower, to: interval.upper) }

/// Whether an interval of a test is well formed: empty, or ordered ends that are numbers.
func isWellFormed(_ x: Interval) -> Bool {
  x.isEmpty ? x.upper.isNaN : x.lower <= x.upper && x.lower < .infinity && x.upper > -.infinity
}

/// An interval from two ends, for tables of cases; ends in the wrong order stop the test with the thrown error.
func interval(_ lower: Double, _ upper: Double) throws -> Interval { try Interval(lower, upper) }
