import IntervalArithmetic
import TestSupport
import Testing

extension IEEE1788 {
  /// Every operation on every pair of intervals between corner values: 0, -0, subnormal numbers, the largest, infinities, empty,
  /// entire. The exact result is the hull of the results at the ends, limits included; integers decide whether an end is the
  /// nearest number outside it.
  @Suite("10.5.3, forward-mode elementary functions: arithmetic, all corner values")
  struct CornerArithmetic {
    /// A real number, or an infinite limit: a sum of two, a product or a quotient.
    private enum Exact {
      case infinite(Bool)
      case sum(Double, Double)
      case product(Double, Double)
      case quotient(Double, Double)

      /// The sign of this number less q.
      func compared(to q: Double, _ exact: inout ExactSign) -> Int {
        switch self {
        case .infinite(let isPositive): return isPositive ? 1 : -1
        case .sum(let a, let b): return exact.of((a, 1), (b, 1), (-q, 1))
        case .product(let a, let b): return exact.of((a, b), (-q, 1))
        case .quotient(let a, let b): return (b > 0 ? 1 : -1) * exact.of((a, 1), (-q, b))
        }
      }

      func isLess(than other: Exact, _ exact: inout ExactSign) -> Bool {
        switch (self, other) {
        case (.infinite(let isPositive), .infinite(let other)): return !isPositive && other
        case (.infinite(let isPositive), _): return !isPositive
        case (_, .infinite(let isPositive)): return isPositive
        case (.sum(let a, let b), .sum(let c, let d)): return exact.of((a, 1), (b, 1), (-c, 1), (-d, 1)) < 0
        case (.product(let a, let b), .product(let c, let d)): return exact.of((a, b), (-c, d)) < 0
        case (.quotient(let a, let b), .quotient(let c, let d)):
          return ((b > 0) == (d > 0) ? 1 : -1) * exact.of((a, d), (-c, b)) < 0
        default: return false
        }
      }
    }

    /// a + b, where an infinite end is a limit.
    private func sum(_ a: Double, _ b: Double) -> Exact {
      a.isInfinite || b.isInfinite ? .infinite(a + b > 0) : .sum(a, b)
    }

    /// a b; 0 times an infinite end is 0, for the end is no member.
    private func product(_ a: Double, _ b: Double) -> Exact {
      if a == 0 || b == 0 { return .product(0, 0) }
      return a.isInfinite || b.isInfinite ? .infinite((a > 0) == (b > 0)) : .product(a, b)
    }

    /// a/b for b not 0, or b an end at 0 of a divisor on the side given.
    private func quotient(_ a: Double, _ b: Double, side: Bool) -> Exact {
      if a == 0 || b.isInfinite { return a.isInfinite ? .infinite((a > 0) == side) : .quotient(0, 1) }
      if a.isInfinite || b == 0 { return .infinite((a > 0) == side) }
      return .quotient(a, b)
    }

    /// Whether an interval is the hull of numbers, each end the nearest outside, or next to it where it is allowed to be.
    private func check(
      _ result: Interval, _ numbers: [Exact], _ exact: inout ExactSign, isTight: (Double) -> Bool = { _ in true }
    ) -> Bool {
      guard var least = numbers.first else { return result.isEmpty }
      var greatest = least
      for number in numbers.dropFirst() {
        if number.isLess(than: least, &exact) { least = number }
        if greatest.isLess(than: number, &exact) { greatest = number }
      }
      guard !result.isEmpty, isWellFormed(result) else { return false }
      return isNearest(below: least, result.lower, &exact, isTight)
        && isNearest(above: greatest, result.upper, &exact, isTight)
    }

    private func isNearest(below number: Exact, _ end: Double, _ exact: inout ExactSign, _ isTight: (Double) -> Bool)
      -> Bool
    {
      if case .infinite(let isPositive) = number { return end == (isPositive ? .greatestFiniteMagnitude : -.infinity) }
      if end == -.infinity { return number.compared(to: -.greatestFiniteMagnitude, &exact) < 0 }
      guard number.compared(to: end, &exact) >= 0 else { return false }
      let next = isTight(end) ? end.nextUp : end.nextUp.nextUp
      return next == .infinity || number.compared(to: next, &exact) < 0
    }

    private func isNearest(above number: Exact, _ end: Double, _ exact: inout ExactSign, _ isTight: (Double) -> Bool)
      -> Bool
    {
      if case .infinite(let isPositive) = number { return end == (isPositive ? .infinity : -.greatestFiniteMagnitude) }
      if end == .infinity { return number.compared(to: .greatestFiniteMagnitude, &exact) > 0 }
      guard number.compared(to: end, &exact) <= 0 else { return false }
      let next = isTight(end) ? end.nextDown : end.nextDown.nextDown
      return next == -.infinity || number.compared(to: next, &exact) > 0
    }

    /// Products and quotients below 2^-960, which an end at 0 may stand for, may be one number further out.
    private static func isLarge(_ x: Double) -> Bool { abs(x) > 0x1p-960 }

    private func ends(_ x: Interval) -> [Double] { [x.lower, x.upper] }

    /// Pairs of ends, for intervals that are not empty.
    private func pairs(_ x: Interval, _ y: Interval, _ number: (Double, Double) -> Exact) -> [Exact] {
      x.isEmpty || y.isEmpty ? [] : ends(x).flatMap { a in ends(y).map { b in number(a, b) } }
    }

    @Test("add, sub, neg: all pairs")
    func sums() {
      var exact = ExactSign()
      for (x, _) in Corners.sets {
        #expect(x.isEmpty ? (-x).isEmpty : (-x).lower == -x.upper && (-x).upper == -x.lower, "-\(x)")
        for (y, _) in Corners.sets {
          // The least sum is that of the least ends, also where the others are infinities of both signs.
          let sums = x.isEmpty || y.isEmpty ? [] : [sum(x.lower, y.lower), sum(x.upper, y.upper)]
          if !check(x + y, sums, &exact) { Issue.record("\(x) + \(y) = \(x + y)") }
          let differences = x.isEmpty || y.isEmpty ? [] : [sum(x.lower, -y.upper), sum(x.upper, -y.lower)]
          if !check(x - y, differences, &exact) { Issue.record("\(x) - \(y) = \(x - y)") }
        }
      }
    }

    @Test("mul, sqr, abs: all pairs")
    func products() {
      var exact = ExactSign()
      for (x, _) in Corners.sets {
        let mignitude = x.isEmpty || (x.lower <= 0 && x.upper >= 0) ? 0 : min(abs(x.lower), abs(x.upper))
        let squares = x.isEmpty ? [] : [product(mignitude, mignitude)] + ends(x).map { product($0, $0) }
        if !check(.squared(x), squares, &exact, isTight: Self.isLarge) {
          Issue.record("\(x)^2 = \(Interval.squared(x))")
        }
        let magnitude = Interval.abs(x)
        #expect(
          x.isEmpty
            ? magnitude.isEmpty : magnitude.lower == mignitude && magnitude.upper == max(abs(x.lower), abs(x.upper)),
          "|\(x)|")
        for (y, _) in Corners.sets {
          if !check(x * y, pairs(x, y, product), &exact, isTight: Self.isLarge) {
            Issue.record("\(x) * \(y) = \(x * y)")
          }
        }
      }
    }

    @Test("div: all pairs, among them divisors that end at 0, hold 0 inside, or are 0")
    func quotients() {
      var exact = ExactSign()
      for (x, _) in Corners.sets {
        for (y, _) in Corners.sets {
          let result = x / y
          // The divisor without 0: one part or two, each with ends that may be limits.
          var parts: [(Double, Double, Bool)] = []
          if !y.isEmpty, y.lower < 0 { parts.append((y.lower, min(y.upper, 0), false)) }
          if !y.isEmpty, y.upper > 0 { parts.append((max(y.lower, 0), y.upper, true)) }
          let numbers =
            x.isEmpty
            ? []
            : parts.flatMap { low, high, isPositive in
              ends(x).flatMap { a in [low, high].map { quotient(a, $0, side: isPositive) } }
                // 0 is a value wherever the dividend holds it.
                + (x.contains(0) ? [.quotient(0, 1)] : [])
            }
          let isTight = { (end: Double) in
            (Self.isLarge(end) || x == 0) && ends(x).allSatisfy { $0 == 0 || Self.isLarge($0) }
          }
          if !check(result, numbers, &exact, isTight: isTight) { Issue.record("\(x) / \(y) = \(result)") }
        }
      }
    }

    @Test("min, max: all pairs")
    func extremes() {
      for (x, _) in Corners.sets {
        for (y, _) in Corners.sets {
          let (least, greatest) = (Interval.min(x, y), Interval.max(x, y))
          if x.isEmpty || y.isEmpty {
            #expect(least.isEmpty && greatest.isEmpty, "\(x), \(y)")
          } else {
            #expect(least.lower == min(x.lower, y.lower) && least.upper == min(x.upper, y.upper), "\(x), \(y)")
            #expect(greatest.lower == max(x.lower, y.lower) && greatest.upper == max(x.upper, y.upper), "\(x), \(y)")
          }
        }
      }
    }

    @Test("sqrt: every corner interval; what is below 0 is left out")
    func roots() {
      var exact = ExactSign()
      for (x, _) in Corners.sets {
        let root = Interval.sqrt(x)
        guard !x.isEmpty, x.upper >= 0 else {
          #expect(root.isEmpty, "sqrt \(x)")
          continue
        }
        let lower = max(x.lower, 0)
        #expect(exact.of((root.lower, root.lower), (-lower, 1)) <= 0, "sqrt \(x)")
        #expect(exact.of((root.lower.nextUp, root.lower.nextUp), (-lower, 1)) > 0, "sqrt \(x)")
        guard x.upper < .infinity else {
          #expect(root.upper == .infinity, "sqrt \(x)")
          continue
        }
        #expect(exact.of((root.upper, root.upper), (-x.upper, 1)) >= 0, "sqrt \(x)")
        if root.upper > 0 {
          #expect(exact.of((root.upper.nextDown, root.upper.nextDown), (-x.upper, 1)) < 0, "sqrt \(x)")
        }
      }
    }

    @Test("fma: corner intervals in three places hold x y + z, rounded once")
    func fused() {
      var exact = ExactSign()
      var generator = SeededGenerator(seed: 32)
      for _ in 0..<Campaign.cases(40_000, long: 2_000_000) {
        let three = (0..<3).map { _ in Corners.sets[Int.random(in: Corners.sets.indices, using: &generator)].interval }
        let (x, y, z) = (three[0], three[1], three[2])
        let result = Interval.fma(x, y, z)
        guard !x.isEmpty, !y.isEmpty, !z.isEmpty else {
          #expect(result.isEmpty, "fma \(x), \(y), \(z)")
          continue
        }
        #expect(isWellFormed(result) && !result.isEmpty)
        for a in ends(x) where a.isFinite {
          for b in ends(y) where b.isFinite {
            for c in ends(z) where c.isFinite {
              let isLow = result.lower == -.infinity || exact.of((a, b), (c, 1), (-result.lower, 1)) >= 0
              let isHigh = result.upper == .infinity || exact.of((a, b), (c, 1), (-result.upper, 1)) <= 0
              #expect(isLow && isHigh, "fma \(x), \(y), \(z) = \(result)")
            }
          }
        }
        // No wider than the product and the sum one after the other, but for a step where a product is tiny or an end huge.
        let isTame =
          ends(z).allSatisfy { abs($0) < 0x1p1000 }
          && ends(x).allSatisfy { a in ends(y).allSatisfy { abs(a * $0) > 0x1p-960 && abs(a * $0) < 0x1p1000 } }
        let plain = x * y + z
        let limit = isTame ? plain : .hull(plain.lower.nextDown, plain.upper.nextUp)
        #expect(result.isSubset(of: limit), "fma \(x), \(y), \(z) = \(result)")
      }
    }

    @Test("pown: powers -5 to 7 of every corner interval hold the powers at its ends, to a step a product")
    func powers() throws {
      for (x, _) in Corners.sets
      where !x.isEmpty && x.magnitude <= 0x1p500 && (x.mignitude == 0 || x.mignitude >= 0x1p-500) {
        for n in -5...7 {
          let result = Interval.pow(x, n)
          if n < 0, x.lower == 0, x.upper == 0 {
            #expect(result.isEmpty, "\(x)^\(n)")
            continue
          }
          // Exact powers of the ends, and of 0 where it is inside; of negative exponents the equations q x^|n| = 1.
          for end in ends(x) + (x.contains(0) ? [0] : []) where n >= 0 || end != 0 {
            let base = try #require(OracleDecimal(end))
            let power = (0..<abs(n)).reduce(OracleDecimal(1)) { product, _ in product * base }
            let isAtLeast = { (q: Double) -> Bool in
              guard let exact = OracleDecimal(q) else { return q < 0 }
              return n >= 0
                ? exact <= power
                : power.sign > 0 ? exact * power <= OracleDecimal(1) : exact * power >= OracleDecimal(1)
            }
            let isAtMost = { (q: Double) -> Bool in
              guard let exact = OracleDecimal(q) else { return q > 0 }
              return n >= 0
                ? exact >= power
                : power.sign > 0 ? exact * power >= OracleDecimal(1) : exact * power <= OracleDecimal(1)
            }
            #expect(isAtLeast(result.lower) && isAtMost(result.upper), "\(x)^\(n) = \(result)")
          }
          if x.isPoint, x.lower != 0, result.isBounded, result.mignitude > 0x1p-960 {
            #expect(steps(across: result) <= 2 * abs(n) + 2, "\(x)^\(n) = \(result)")
          }
        }
      }
    }
  }
}
