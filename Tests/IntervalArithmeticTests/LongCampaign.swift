import Foundation
import IntervalArithmetic
import TestSupport
import Testing

#if arch(x86_64) && canImport(Glibc)
  import Glibc

  /// Millions of random arguments against the 80-bit functions of the C library, a different code with 11 more bits.
  ///
  /// The 80-bit value is taken to be within 2^-61 of the real one,
  /// relatively (its documented errors are a few units of 2^-64).
  @Suite("Long campaign", .enabled(if: Campaign.isLong, "long: millions of arguments a function"))
  struct LongCampaign {
    private static let cases = 20_000_000

    private static let references: [String: @Sendable (Float80) -> Float80] = [
      "log": { x in Glibc.log(x) }, "log1p": { x in Glibc.log1p(x) }, "exp": { x in Glibc.exp(x) },
      "expm1": { x in Glibc.expm1(x) }, "sin": { x in Glibc.sin(x) }, "cos": { x in Glibc.cos(x) },
      "xlogx": { x in x == 0 ? 0 : x * Glibc.log(x) },
      "sinc": { x in x == 0 ? 1 : Glibc.sin(x) / x },
      "oneMinusSinc": { x in abs(x) < 1 ? series(x) { k in -1 / factorial(2 * k + 1) } : 1 - Glibc.sin(x) / x },
      "sincMinusCos": { x in
        abs(x) < 1 ? series(x) { k in -Float80(2 * k) / factorial(2 * k + 1) } : Glibc.sin(x) / x - Glibc.cos(x)
      },
    ]

    private static func factorial(_ n: Int) -> Float80 { (1...n).reduce(1) { $0 * Float80($1) } }

    /// The sum of c(k) (-x^2)^k from k = 1, term by term from the smallest: not the scheme that is tested.
    private static func series(_ x: Float80, _ coefficient: (Int) -> Float80) -> Float80 {
      var sum: Float80 = 0
      for k in stride(from: 13, through: 1, by: -1) {
        var power: Float80 = 1
        for _ in 0..<k { power *= -x * x }
        sum += coefficient(k) * power
      }
      return sum
    }

    @Test("80-bit values lie in the enclosures", arguments: ElementaryFunction.all)
    func contains(function: ElementaryFunction) throws {
      let reference = try #require(Self.references[function.name])
      let seed = UInt64(Date().timeIntervalSince1970)
      var samples = SeededGenerator(seed: seed)
      var worst = 0
      for _ in 0..<(function.name.hasSuffix("Cos") || function.name.hasPrefix("one") ? Self.cases / 10 : Self.cases) {
        var x = samples.next() & 1 == 0 ? Double.random(in: -20...20, using: &samples) : samples.moderateDouble()
        if function.name == "log" || function.name == "xlogx" { x = x.magnitude }
        if function.name == "log1p" && x <= -1 { x = -1 / x }
        let value = function.interval(Interval(x))
        let real = reference(Float80(x))
        // The differences of sines lose digits of the reference where they cancel.
        let scale = function.isDirect || abs(x) < 1 ? real.magnitude : Swift.max(real.magnitude, 1)
        let slack = scale * 0x1p-61
        if !(value.lower.isInfinite || Float80(value.lower) <= real + slack)
          || !(value.upper.isInfinite || real - slack <= Float80(value.upper))
        {
          Issue.record("\(function.name)(\(x)) = \(value), not \(real); seed \(seed)")
          return
        }
        if function.isDirect {
          worst = Swift.max(worst, abs(steps(from: Double(real), to: function.double(x))))
        }
      }
      #expect(worst <= 1, "the C library is \(worst) steps off")
    }
  }
#endif
