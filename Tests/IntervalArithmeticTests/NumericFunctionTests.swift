import IntervalArithmetic
import TestSupport
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude
private let smallest = Double.leastNonzeroMagnitude

extension IEEE1788 {
  @Suite("10.5.9, numeric functions: inf, sup, mid, rad, wid, mag, mig")
  struct NumericFunctions {
    @Test("midpoints are finite members, wherever the ends are")
    func midpoints() throws {
      #expect(try interval(1, 2).midpoint == 1.5)
      #expect(Interval.entire.midpoint == 0 && Interval.empty.midpoint.isNaN)
      #expect(try interval(1, infinity).midpoint == largest && interval(-infinity, 1).midpoint == -largest)
      #expect(try interval(-largest, largest).midpoint == 0 && interval(largest / 2, largest).midpoint.isFinite)
      #expect(
        try interval(smallest, 3 * smallest).midpoint == 2 * smallest && interval(0, smallest).midpoint <= smallest)
      #expect(Interval(smallest).midpoint == smallest && Interval(largest).midpoint == largest)
      var samples = SeededGenerator(seed: 8)
      for _ in 0..<100_000 {
        let x = samples.interval { $0.anyDouble() }
        #expect(x.contains(x.midpoint), "\(x)")
      }
    }

    @Test("sizes are rounded so that they hold")
    func sizes() throws {
      #expect(try interval(1, 3).width == 2 && interval(1, 3).radius == 1)
      #expect(try interval(-1, smallest).width == 1.0.nextUp)
      #expect(try interval(-largest, largest).width == infinity && interval(0, infinity).radius == infinity)
      #expect(Interval.empty.width.isNaN && Interval.empty.radius.isNaN && Interval.empty.magnitude.isNaN)
      #expect(Interval.empty.mignitude.isNaN && Interval(5).width == 0)
      #expect(try interval(-3, 2).magnitude == 3 && interval(-3, 2).mignitude == 0 && interval(-3, -2).mignitude == 2)
      #expect(Interval.entire.magnitude == infinity && Interval.entire.mignitude == 0)
      var samples = SeededGenerator(seed: 9)
      var exact = ExactSign()
      for _ in 0..<50_000 {
        let x = samples.interval { $0.moderateDouble() }
        let (middle, radius) = (x.midpoint, x.radius)
        #expect(
          exact.of((middle, 1), (-radius, 1), (-x.lower, 1)) <= 0
            && exact.of((middle, 1), (radius, 1), (-x.upper, 1)) >= 0)
      }
    }

    @Test("of every corner interval they are what the definitions say, rounded the way that holds")
    func corners() {
      var exact = ExactSign()
      for (x, _) in Corners.sets where !x.isEmpty {
        #expect(x.magnitude == Swift.max(abs(x.lower), abs(x.upper)), "mag \(x)")
        let straddles = x.lower <= 0 && x.upper >= 0
        #expect(x.mignitude == (straddles ? 0 : Swift.min(abs(x.lower), abs(x.upper))), "mig \(x)")
        #expect(x.midpoint.isFinite && x.contains(x.midpoint), "mid \(x)")
        guard x.isBounded else {
          #expect(x.width == infinity && x.radius == infinity, "wid \(x)")
          continue
        }
        // The narrowest number that is at least u - l, and a radius that reaches both ends.
        let width = x.width
        if width < infinity {
          #expect(exact.of((width, 1), (-x.upper, 1), (x.lower, 1)) >= 0, "wid \(x)")
          if width > 0 { #expect(exact.of((width.nextDown, 1), (-x.upper, 1), (x.lower, 1)) < 0, "wid \(x)") }
        } else {
          #expect(exact.of((largest, 1), (-x.upper, 1), (x.lower, 1)) < 0, "wid \(x)")
        }
        let (middle, radius) = (x.midpoint, x.radius)
        #expect(exact.of((middle, 1), (-radius, 1), (-x.lower, 1)) <= 0, "rad \(x)")
        #expect(exact.of((middle, 1), (radius, 1), (-x.upper, 1)) >= 0, "rad \(x)")
      }
    }
  }
}
