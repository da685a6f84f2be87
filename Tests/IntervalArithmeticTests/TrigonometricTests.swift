import IntervalArithmetic
import TestSupport
import Testing

private let infinity = Double.infinity
private let smallest = Double.leastNonzeroMagnitude

@Suite("Sine, cosine and sinc over intervals")
struct TrigonometricTests {
  @Test("extrema inside are found, extrema outside are not")
  func extrema() throws {
    #expect(
      Interval.sin(0) == 0 && Interval.cos(0) == 1 && Interval.sin(.empty).isEmpty && Interval.cos(.empty).isEmpty)
    #expect(try Interval.sin(interval(1, 2)).upper == 1 && Interval.sin(interval(1, 2)).lower < 0.8415)
    #expect(try Interval.sin(interval(0, 1.5)).upper < 1 && Interval.sin(interval(0, 1.5)).lower == 0)
    #expect(try Interval.sin(interval(1.6, 4.7)).lower > -1 && Interval.sin(interval(1.6, 4.7)).upper < 1)
    #expect(try Interval.sin(interval(1.6, 4.8)).lower == -1)
    #expect(try Interval.cos(interval(-1, 1)).upper == 1 && Interval.cos(interval(-1, 1)).lower < 0.5404)
    #expect(try Interval.cos(interval(3, 3.2)).lower == -1 && Interval.cos(interval(3, 3.2)).upper < -0.989)
    #expect(try Interval.cos(interval(0.1, 3.1)).upper < 1 && Interval.cos(interval(0.1, 3.1)).lower > -1)
    #expect(try Interval.sin(interval(0, 7)) == interval(-1, 1) && Interval.cos(interval(0, 7)) == interval(-1, 1))
    #expect(try Interval.sin(.entire) == interval(-1, 1) && Interval.cos(interval(0, infinity)) == interval(-1, 1))
    #expect(try Interval.sin(interval(-1.7, -1.5)).lower == -1)
  }

  @Test(
    "between the two neighbours of k pi/2 the extremum is found for every k", arguments: [1, 3, 5, 7, 101, 4_000_001])
  func neighbours(k: Int) {
    let turns = Interval(k) * Interval.pi / 2
    let sines = Interval.sin(turns)
    #expect(k % 4 == 1 ? sines.upper == 1 : sines.lower == -1)
    let cosines = Interval.cos(Interval(k + 1) * Interval.pi / 2)
    #expect((k + 1) % 4 == 0 ? cosines.upper == 1 : cosines.lower == -1)
  }

  @Test("far from zero a thin interval stays thin and a wide one is [-1, 1]")
  func farAway() throws {
    let far = 0x1.fffp200
    let thin = Interval.hull(far, far.nextUp)
    #expect(try Interval.sin(thin) == interval(-1, 1))
    #expect(Interval.sin(Interval(far)).width < 1e-15 && Interval.cos(Interval(far)).width < 1e-15)
    // The numbers near 2^40 are 2^-12 apart.
    let start = 0x1p40
    var samples = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let lower = start + Double.random(in: 0..<1000, using: &samples)
      let x = Interval.hull(lower, lower + Double.random(in: 0..<2.9, using: &samples))
      let (sines, cosines) = (Interval.sin(x), Interval.cos(x))
      for _ in 0..<4 {
        let member = Interval(samples.member(of: x))
        #expect(Interval.sin(member).isSubset(of: sines) || !Interval.sin(member).isDisjoint(with: sines))
        #expect(Interval.cos(member).isSubset(of: cosines) || !Interval.cos(member).isDisjoint(with: cosines))
      }
      // sin varies by at most the width of its argument.
      #expect(sines.width <= x.width + 1e-15 && cosines.width <= x.width + 1e-15)
    }
    #expect(try Interval.sin(interval(0x1p30, 0x1p30 + 4)) == interval(-1, 1))
  }

  @Test("the width of the result never exceeds the width of the argument by more than rounding")
  func lipschitz() {
    var samples = SeededGenerator(seed: 12)
    for _ in 0..<100_000 {
      let lower = samples.moderateDouble()
      let x = Interval.hull(lower, lower + Double.random(in: 0..<7, using: &samples))
      #expect(Interval.sin(x).width <= x.width + 1e-15 && Interval.cos(x).width <= x.width + 1e-15, "\(x)")
    }
  }

  // MARK: sinc

  @Test(
    "near zero the vanishing companions keep their relative accuracy", arguments: [1e-3, 1e-8, 1e-100, 1e-150, 1e-153])
  func nearZero(x: Double) {
    let (versine, slope) = (Interval.oneMinusSinc(Interval(x)), Interval.sincMinusCos(Interval(x)))
    #expect(versine.lower > 0 && versine.width <= 4e-15 * versine.lower)
    #expect(slope.lower > 0 && slope.width <= 4e-15 * slope.lower)
    #expect(!(versine * 6 / Interval.squared(Interval(x))).isDisjoint(with: Interval.hull(1 - x * x, 1)))
    #expect(!(slope * 3 / Interval.squared(Interval(x))).isDisjoint(with: Interval.hull(1 - x * x, 1)))
    #expect(Interval.oneMinusSinc(Interval(-x)) == versine && Interval.sincMinusCos(Interval(-x)) == slope)
  }

  @Test("at zero, and where x^2 underflows, nothing goes wrong")
  func underflow() throws {
    #expect(Interval.sinc(0) == 1 && Interval.oneMinusSinc(0) == 0 && Interval.sincMinusCos(0) == 0)
    for x in [smallest, 1e-300, 1e-162, 0x1p-540] {
      #expect(Interval.oneMinusSinc(Interval(x)).lower >= 0 && Interval.oneMinusSinc(Interval(x)).upper <= 1e-300)
      #expect(Interval.sincMinusCos(Interval(x)).lower >= 0 && Interval.sincMinusCos(Interval(x)).upper <= 1e-300)
      #expect(try Interval.sinc(Interval(x)).isSubset(of: interval(1.0.nextDown, 1)))
    }
    #expect(
      Interval.sinc(.empty).isEmpty && Interval.oneMinusSinc(.empty).isEmpty && Interval.sincMinusCos(.empty).isEmpty)
  }

  @Test("wide intervals get the exact range up to the first root of tan x = x")
  func wideRanges() throws {
    let half = Interval(0).hull(with: .pi)
    #expect(Interval.sinc(half).upper == 1 && Interval.sinc(half).lower > -1e-15)
    #expect(Interval.oneMinusSinc(half).lower == 0 && Interval.oneMinusSinc(half).upper < 1 + 1e-15)
    // The greatest value of sinc - cos on [0, pi], at 2.7437072699922694 (mpmath: the root of x^2 sin x - sin x + x cos
    // x).
    let slope = Interval.sincMinusCos(half)
    #expect(slope.lower == 0 && abs(slope.upper - 1.0631036589086038) < 1e-13)
    for x in [2.7437072699922, 2.7437072699922694, 2.74370726999232] {
      #expect(Interval.sincMinusCos(Interval(x)).lower <= slope.upper)
    }
    #expect(try Interval.sinc(interval(-2, 1)).upper == 1)
    #expect(try Interval.sinc(interval(1, 2)).width < 0.3869)
    #expect(try Interval.sinc(interval(0, 100)).lower > -0.21724 && Interval.sinc(interval(0, 100)).upper == 1)
    #expect(try Interval.oneMinusSinc(interval(1e-8, 5)).lower > 1.6e-17)
    #expect(try Interval.sinc(.entire).isSubset(of: interval(-0.21724, 1)))
    #expect(try Interval.oneMinusSinc(.entire).isSubset(of: interval(0, 1.21724)))
    #expect(try Interval.sincMinusCos(interval(3, infinity)).isSubset(of: interval(-1.3, 1.3)))
    #expect(try Interval.sincMinusCos(interval(3, 4)).upper < 1.0371)
  }
}
