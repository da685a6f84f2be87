import Foundation
import IntervalArithmetic
import TestSupport
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude
private let smallest = Double.leastNonzeroMagnitude

/// A function over intervals, the same over floating point, and how many steps wide it may be at a point.
struct ElementaryFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let interval: @Sendable (Interval) -> Interval
  let double: @Sendable (Double) -> Double
  /// The largest width at a point, in steps.
  let width: Int
  /// Whether the C library is called once and nothing else is done.
  let isDirect: Bool

  var testDescription: String { name }

  static let all = [
    ElementaryFunction(name: "log", interval: Interval.log, double: Double.log, width: 6, isDirect: true),
    ElementaryFunction(name: "log1p", interval: Interval.log1p, double: Double.log1p, width: 6, isDirect: true),
    ElementaryFunction(name: "exp", interval: Interval.exp, double: Double.exp, width: 6, isDirect: true),
    ElementaryFunction(name: "expm1", interval: Interval.expm1, double: Double.expm1, width: 6, isDirect: true),
    ElementaryFunction(name: "sin", interval: Interval.sin, double: Double.sin, width: 6, isDirect: true),
    ElementaryFunction(name: "cos", interval: Interval.cos, double: Double.cos, width: 6, isDirect: true),
    ElementaryFunction(name: "sinc", interval: Interval.sinc, double: Double.sinc, width: 14, isDirect: false),
    ElementaryFunction(
      name: "oneMinusSinc", interval: Interval.oneMinusSinc, double: Double.oneMinusSinc, width: 30, isDirect: false),
    ElementaryFunction(
      name: "sincMinusCos", interval: Interval.sincMinusCos, double: Double.sincMinusCos, width: 30, isDirect: false),
    ElementaryFunction(name: "xlogx", interval: Interval.xlogx, double: Double.xlogx, width: 14, isDirect: false),
  ]
}

extension IEEE1788 {
  @Suite("10.5.3 and 10.6.1, elementary functions: exp, log, sin, cos, expm1, logp1")
  struct ElementaryFunctions {
    @Test("contain the value to 40 digits, and are narrow", arguments: ElementaryFunction.all)
    func oracle(function: ElementaryFunction) throws {
      let entries = try IntervalOracle.values(function.name)
      #expect(entries.count >= 800)
      for entry in entries {
        let x = entry.argument
        let value = function.interval(Interval(x))
        #expect(value.lower <= entry.lower && entry.upper <= value.upper, "\(function.name)(\(x)) = \(value)")
        // Far from 0 the sinc family is a difference of larger terms, and a sine may be as small as the error of a large
        // angle.
        let isNarrow =
          steps(across: value) <= function.width || (abs(x) > 1 && !function.isDirect && value.width <= 1e-15)
          || (abs(x) > ElementaryFunctionAssumption.angleLimit && value.width <= 1e-23 + 8 * value.magnitude.ulp)
        #expect(isNarrow, "\(function.name)(\(x)) = \(value), \(steps(across: value)) steps wide")
        if entry.lower == entry.upper { #expect(value.isPoint, "\(function.name)(\(x)) = \(value)") }
      }
    }

    @Test(
      "the assumption holds with a margin: the C library is within one step",
      arguments: ElementaryFunction.all.filter(\.isDirect))
    func assumption(function: ElementaryFunction) throws {
      let entries = try IntervalOracle.values(function.name)
      for entry in entries {
        let value = function.double(entry.argument)
        let isLargeAngle =
          ["sin", "cos"].contains(function.name) && entry.argument.magnitude > ElementaryFunctionAssumption.angleLimit
        let slack = isLargeAngle ? ElementaryFunctionAssumption.largeAngleError / 1024 : 0
        #expect(
          entry.lower.nextDown - slack <= value && value <= entry.upper.nextUp + slack,
          "\(function.name)(\(entry.argument))")
      }
      #expect(ElementaryFunctionAssumption.ulps >= 2)
    }

    @Test(
      "over intervals they are the range from mpmath, corner values included, to a few steps",
      arguments: ElementaryFunction.all)
    func ranges(function: ElementaryFunction) throws {
      let rows = try IntervalOracle.ranges(function.name)
      #expect(rows.count == 240)
      for row in rows {
        let x = try Interval(row.low, row.high)
        let result = function.interval(x)
        guard let range = row.range else {
          #expect(result.isEmpty, "\(function.name)(\(x)) = \(result)")
          continue
        }
        let what: Comment = "\(function.name)(\(x)) = \(result), not [\(range.lower), \(range.upper)]"
        #expect(result.lower <= range.lower && range.upper <= result.upper, what)
        // As near as at points: so many steps, or an absolute 1e-15 where terms of order 1 cancel or an angle is large.
        let isFar = { (a: Double, b: Double) in
          a.isInfinite || b.isInfinite
            ? a != b && !(abs(a) >= 0x1p1023 || abs(b) >= 0x1p1023)
            : abs(steps(from: a, to: b)) > function.width && abs(a - b) > 2e-15
        }
        #expect(!isFar(result.lower, range.lower) && !isFar(result.upper, range.upper), what)
      }
    }

    @Test("the constants are the neighbours of the real ones")
    func constants() {
      // The first 20 digits decide which doubles are the neighbours.
      #expect(Interval.pi.lower == 3.14159265358979311600 && Interval.pi.upper == Interval.pi.lower.nextUp)
      #expect(Interval.ln2.lower == 0.69314718055994528623 && Interval.ln2.upper == Interval.ln2.lower.nextUp)
      // sin is positive below pi and negative above; log 2 lies inside.
      #expect(
        Interval.sin(Interval(Interval.pi.lower)).lower > 0 && Interval.sin(Interval(Interval.pi.upper)).upper < 0)
      #expect(Interval.ln2.isSubset(of: Interval.log(2)))
      #expect(
        Interval.exp(Interval(Interval.ln2.lower)).lower <= 2 && Interval.exp(Interval(Interval.ln2.upper)).upper >= 2)
    }

    // MARK: Domains and ends

    @Test("logarithms cut off what is outside their domain")
    func logarithms() throws {
      #expect(Interval.log(1) == 0 && Interval.log1p(0) == 0 && Interval.log1p(Interval(-0.0)) == 0)
      #expect(Interval.log(0).isEmpty && Interval.log(-1).isEmpty && Interval.log(.empty).isEmpty)
      #expect(Interval.log1p(-1).isEmpty && Interval.log1p(-2).isEmpty && Interval.log1p(.empty).isEmpty)
      #expect(try Interval.log(interval(0, 1)) == interval(-infinity, 0))
      #expect(try Interval.log(interval(-5, 1)) == interval(-infinity, 0))
      #expect(try Interval.log(interval(1, infinity)) == interval(0, infinity))
      #expect(Interval.log(.entire) == .entire && Interval.log1p(.entire) == .entire)
      #expect(try Interval.log1p(interval(-1, 0)) == interval(-infinity, 0))
      #expect(try Interval.log1p(interval(-infinity, 0)) == interval(-infinity, 0))
      #expect(Interval.log1p(Interval(smallest)).upper == smallest && Interval.log1p(Interval(smallest)).lower >= 0)
      #expect(Interval.log(Interval(smallest)).contains(-744.4400719213812))
    }

    @Test("exponentials stay in their range and overflow outwards")
    func exponentials() throws {
      #expect(Interval.exp(0) == 1 && Interval.expm1(0) == 0 && Interval.expm1(Interval(-0.0)) == 0)
      #expect(try Interval.exp(.entire) == interval(0, infinity) && Interval.expm1(.entire) == interval(-1, infinity))
      #expect(
        Interval.exp(1000).upper == infinity && Interval.exp(1000).lower > 1e308 && Interval.exp(1000).lower < infinity)
      #expect(
        Interval.exp(-1000).lower == 0 && Interval.exp(-1000).upper > 0 && Interval.exp(-1000).upper <= 4 * smallest)
      #expect(Interval.exp(Interval(smallest)).lower == 1 && Interval.exp(Interval(-smallest)).upper == 1)
      #expect(Interval.expm1(-1000).lower == -1 && Interval.expm1(-1000).upper > -1)
      #expect(Interval.expm1(Interval(smallest)).lower == smallest)
      #expect(Interval.expm1(Interval(-smallest)).upper <= 0 && Interval.expm1(Interval(-smallest)).lower >= -smallest)
      #expect(try Interval.exp(interval(-infinity, 0)) == interval(0, 1))
      #expect(try Interval.exp(interval(0, infinity)) == interval(1, infinity))
      #expect(Interval.exp(.empty).isEmpty && Interval.expm1(.empty).isEmpty)
    }

    @Test("x log x has its minimum -1/e at 1/e and is 0 at 0 and 1")
    func xlogx() throws {
      #expect(
        Interval.xlogx(0) == 0 && Interval.xlogx(1) == 0 && Interval.xlogx(-1).isEmpty && Interval.xlogx(.empty).isEmpty
      )
      let whole = Interval.xlogx(try interval(0, 1))
      #expect(whole.upper == 0 && whole.lower <= -0.36787944117144233 && whole.lower > -0.3678794411714424)
      #expect(try Interval.xlogx(interval(-3, 1)) == whole)
      #expect(try Interval.xlogx(interval(0, infinity)).lower == whole.lower)
      #expect(
        try Interval.xlogx(interval(2, infinity)).lower > 1.38
          && Interval.xlogx(interval(2, infinity)).upper == infinity)
      let falling = Interval.xlogx(try interval(0.1, 0.3))
      #expect(falling.upper < -0.2302585 && falling.lower > -0.3611919)
      let rising = Interval.xlogx(try interval(0.5, 0.75))
      #expect(rising.lower > -0.3465736 && rising.upper < -0.2157615)
    }

    // MARK: Random members

    @Test("the value at a member is in the result for the interval", arguments: ElementaryFunction.all)
    func members(function: ElementaryFunction) {
      var samples = SeededGenerator(seed: 10)
      for _ in 0..<30_000 {
        let isPositive = function.name.hasPrefix("log") || function.name == "xlogx"
        let x = samples.interval { samples in
          let number = samples.next() & 1 == 0 ? samples.moderateDouble() : Double.random(in: -10...10, using: &samples)
          return isPositive ? number.magnitude : number
        }
        let member = samples.member(of: x)
        let (whole, part) = (function.interval(x), function.interval(Interval(member)))
        // Both contain the real value, so they meet.
        #expect(
          !whole.isDisjoint(with: part) && isWellFormed(whole), "\(function.name)(\(x)) = \(whole), \(member): \(part)")
      }
    }
  }
}
