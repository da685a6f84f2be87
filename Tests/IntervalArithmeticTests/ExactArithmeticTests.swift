import IntervalArithmetic
import TestSupport
import Testing

extension IEEE1788 {
  /// Random containment and tightness of + - * / sqrt fma, decided exactly by integer arithmetic: 200,000 cases an
  /// operation.
  @Suite("10.5.3, forward-mode elementary functions: arithmetic, decided exactly")
  struct ExactArithmetic {
    private static let cases = 200_000

    /// Checks an interval against an exact sign: `compare(q)` is the sign of (real result - q).
    ///
    /// Containing is demanded always, being the narrowest such interval (a point, if the result is exact) only if
    /// `isTight`.
    private func check(
      _ result: Interval, isTight: Bool, _ label: @autoclosure () -> String, compare: (Double) -> Int
    ) -> Bool {
      var isRight = isWellFormed(result) && !result.isEmpty
      if result.lower.isFinite {
        isRight = isRight && compare(result.lower) >= 0
        if isTight && result.lower.nextUp.isFinite { isRight = isRight && compare(result.lower.nextUp) < 0 }
      }
      if result.upper.isFinite {
        isRight = isRight && compare(result.upper) <= 0
        if isTight && result.upper.nextDown.isFinite { isRight = isRight && compare(result.upper.nextDown) > 0 }
      }
      if !isRight { Issue.record("\(label()) = \(result)") }
      return isRight
    }

    @Test("sums and differences of points are the narrowest, and exact where they can be")
    func sums() {
      var samples = SeededGenerator(seed: 1)
      var exact = ExactSign()
      for _ in 0..<Self.cases {
        let (a, b) = (samples.anyDouble(), samples.anyDouble())
        let isFine =
          check(Interval(a) + Interval(b), isTight: true, "\(a) + \(b)") { q in exact.of((a, 1), (b, 1), (-q, 1)) }
          && check(Interval(a) - Interval(b), isTight: true, "\(a) - \(b)") { q in exact.of((a, 1), (-b, 1), (-q, 1)) }
        if !isFine { return }
      }
    }

    @Test("products of points are the narrowest above 2^-960 and contain the product everywhere")
    func products() {
      var samples = SeededGenerator(seed: 2)
      var exact = ExactSign()
      for _ in 0..<Self.cases {
        let (a, b) = (samples.anyDouble(), samples.anyDouble())
        let isTight = (a * b).magnitude > 0x1p-960 || a * b == 0
        let isFine = check(Interval(a) * Interval(b), isTight: isTight, "\(a) * \(b)") { q in exact.of((a, b), (-q, 1))
        }
        if !isFine { return }
      }
    }

    @Test("quotients of points are the narrowest if nothing is below 2^-960 and contain the quotient everywhere")
    func quotients() {
      var samples = SeededGenerator(seed: 3)
      var exact = ExactSign()
      for _ in 0..<Self.cases {
        let (a, b) = (samples.anyDouble(), samples.anyDouble())
        if b == 0 { continue }
        let isTight = a.magnitude > 0x1p-960 && (a / b).magnitude > 0x1p-960
        let isFine = check(Interval(a) / Interval(b), isTight: isTight, "\(a) / \(b)") { q in
          (b > 0 ? 1 : -1) * exact.of((a, 1), (-q, b))
        }
        if !isFine { return }
      }
    }

    @Test("square roots of points are the narrowest for every argument")
    func roots() {
      var samples = SeededGenerator(seed: 4)
      var exact = ExactSign()
      for _ in 0..<Self.cases {
        let x = samples.anyDouble().magnitude
        let isFine = check(Interval.sqrt(Interval(x)), isTight: true, "sqrt \(x)") { q in
          q < 0 ? 1 : exact.of((x, 1), (-q, q))
        }
        if !isFine { return }
      }
    }

    @Test("a fused multiply-add of points is rounded once, in the middle range narrowest")
    func fused() {
      var samples = SeededGenerator(seed: 5)
      var exact = ExactSign()
      for _ in 0..<Self.cases {
        let (a, b, c) = (samples.anyDouble(), samples.anyDouble(), samples.anyDouble())
        let product = (a * b).magnitude
        let isTight = product > 0x1p-960 && product < 0x1p1000 && c.magnitude < 0x1p1000
        let result = Interval.fma(Interval(a), Interval(b), Interval(c))
        let isFine = check(result, isTight: isTight, "\(a) * \(b) + \(c)") { q in exact.of((a, b), (c, 1), (-q, 1)) }
        if !isFine { return }
      }
    }

    @Test("an operation on intervals contains the operation on members")
    func members() {
      var samples = SeededGenerator(seed: 6)
      var exact = ExactSign()
      for _ in 0..<Self.cases / 2 {
        let (x, y) = (samples.interval { $0.anyDouble() }, samples.interval { $0.anyDouble() })
        let (a, b) = (samples.member(of: x), samples.member(of: y))
        let sum = x + y
        let difference = x - y
        let product = x * y
        let quotient = x / y
        let square = Interval.squared(x)
        let fused = Interval.fma(x, y, x)
        var isFine =
          check(sum, isTight: false, "\(x) + \(y)") { q in exact.of((a, 1), (b, 1), (-q, 1)) }
          && check(difference, isTight: false, "\(x) - \(y)") { q in exact.of((a, 1), (-b, 1), (-q, 1)) }
          && check(product, isTight: false, "\(x) * \(y)") { q in exact.of((a, b), (-q, 1)) }
          && check(square, isTight: false, "\(x)^2") { q in exact.of((a, a), (-q, 1)) }
          && check(fused, isTight: false, "\(x) * \(y) + \(x)") { q in exact.of((a, b), (a, 1), (-q, 1)) }
        if b != 0 {
          isFine =
            check(quotient, isTight: false, "\(x) / \(y)") { q in (b > 0 ? 1 : -1) * exact.of((a, 1), (-q, b)) }
            && isFine
        }
        if !isFine { return }
      }
    }

    /// The ends of an elementary function are the C library's, moved by a fixed number of steps: at neighbouring
    /// arguments they need not be in order. So a part's result may stick out by a few steps, though both are true.
    @Test("a part of the arguments gives a part of the result; of elementary functions, up to a few steps")
    func isotonicity() {
      var samples = SeededGenerator(seed: 7)
      let unary: [(String, @Sendable (Interval) -> Interval)] = [
        ("squared", Interval.squared), ("sqrt", Interval.sqrt), ("log", Interval.log), ("log1p", Interval.log1p),
        ("exp", Interval.exp), ("expm1", Interval.expm1), ("sin", Interval.sin), ("cos", Interval.cos),
        ("sinc", Interval.sinc), ("1 - sinc", Interval.oneMinusSinc), ("sinc - cos", Interval.sincMinusCos),
        ("xlogx", Interval.xlogx), ("abs", Interval.abs), ("cube", { Interval.pow($0, 3) }),
        ("1/x^2", { Interval.pow($0, -2) }),
      ]
      for _ in 0..<40_000 {
        let x = samples.interval { $0.next() & 1 == 0 ? $0.moderateDouble() : Double.random(in: -5...5, using: &$0) }
        let y = samples.interval { $0.moderateDouble() }
        let (u, v) = (samples.part(of: x), samples.part(of: y))
        #expect((u + v).isSubset(of: x + y) && (u - v).isSubset(of: x - y), "\(u) in \(x), \(v) in \(y)")
        #expect((u * v).isSubset(of: x * y) && (u / v).isSubset(of: x / y), "\(u) in \(x), \(v) in \(y)")
        #expect(Interval.fma(u, v, u).isSubset(of: Interval.fma(x, y, x)), "\(u) in \(x), \(v) in \(y)")
        for (name, function) in unary {
          let (part, whole) = (function(u), function(x))
          let slack = whole.isBounded ? 8 * Swift.max(whole.magnitude, 0.125).ulp : 0
          #expect(
            isWellFormed(whole) && part.isSubset(of: whole + Interval.hull(-slack, slack)),
            "\(name): \(u) -> \(part), \(x) -> \(whole)")
        }
      }
    }
  }
}
