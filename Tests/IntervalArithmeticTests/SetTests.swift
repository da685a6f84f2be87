import IntervalArithmetic
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude
private let smallest = Double.leastNonzeroMagnitude

@Suite("Intervals as sets and as unknown numbers")
struct SetTests {
  @Test("certainly means for all members, possibly for some; the empty interval proves nothing")
  func order() throws {
    let (low, middle, high) = (try interval(0, 1), try interval(1, 2), try interval(3, 4))
    #expect(low.certainlyLess(than: high) && low.possiblyLess(than: high))
    #expect(!high.certainlyLess(than: low) && !high.possiblyLess(than: low))
    #expect(!low.certainlyLess(than: middle) && low.certainlyLessOrEqual(to: middle))
    #expect(low.possiblyLess(than: middle) && !middle.possiblyLess(than: low) && middle.possiblyLessOrEqual(to: low))
    #expect(!middle.certainlyLess(than: middle) && middle.possiblyLess(than: middle))
    #expect(!Interval.entire.certainlyLessOrEqual(to: .entire) && Interval.entire.possiblyLess(than: low))
    for other in [low, .entire, .empty] {
      #expect(!Interval.empty.certainlyLess(than: other) && !other.certainlyLess(than: .empty))
      #expect(!Interval.empty.possiblyLess(than: other) && !other.possiblyLess(than: .empty))
      #expect(!Interval.empty.certainlyLessOrEqual(to: other) && !other.possiblyLessOrEqual(to: .empty))
    }
  }

  @Test("infinities and what is not a number are never members")
  func membership() throws {
    #expect(Interval.entire.contains(largest) && !Interval.entire.contains(infinity) && !Interval.entire.contains(.nan))
    #expect(try interval(1, 2).contains(1) && interval(1, 2).contains(2) && !interval(1, 2).contains(2.0.nextUp))
    #expect(try interval(0, 1).contains(-0.0))
    #expect(!Interval.empty.contains(0))
  }

  @Test("inclusion and disjointness, with the empty set in every set and disjoint from all")
  func relations() throws {
    let unit = try interval(0, 1)
    #expect(unit.isSubset(of: unit) && !unit.isInterior(to: unit))
    #expect(try interval(0.25, 0.5).isInterior(to: unit))
    #expect(
      Interval.entire.isInterior(to: .entire) && unit.isInterior(to: .entire) && !Interval.entire.isSubset(of: unit))
    #expect(try interval(1, infinity).isInterior(to: interval(0, infinity)))
    #expect(try !interval(0, infinity).isInterior(to: interval(0, infinity)))
    #expect(Interval.empty.isSubset(of: unit) && Interval.empty.isInterior(to: .empty) && !unit.isSubset(of: .empty))
    #expect(!unit.isInterior(to: .empty))
    #expect(try unit.isDisjoint(with: interval(2, 3)) && !unit.isDisjoint(with: interval(1, 3)))
    #expect(Interval.empty.isDisjoint(with: unit) && unit.isDisjoint(with: .empty))
    #expect(Interval.empty.isEmpty && !unit.isEmpty && Interval(3).isPoint && !unit.isPoint && !Interval.empty.isPoint)
    #expect(unit.isBounded && !Interval.entire.isBounded && !Interval.empty.isBounded)
  }

  @Test("hull and intersection")
  func setOperations() throws {
    let (a, b) = (try interval(0, 2), try interval(1, 5))
    #expect(try a.hull(with: b) == interval(0, 5) && a.intersection(with: b) == interval(1, 2))
    #expect(try a.intersection(with: interval(2, 3)) == 2)
    #expect(try a.intersection(with: interval(3, 4)).isEmpty)
    #expect(a.hull(with: .empty) == a && Interval.empty.hull(with: a) == a)
    #expect(a.intersection(with: .empty).isEmpty && Interval.empty.hull(with: .empty).isEmpty)
    #expect(a.intersection(with: .entire) == a && a.hull(with: .entire) == .entire)
  }

  @Test("midpoints are finite members, wherever the ends are")
  func midpoints() throws {
    #expect(try interval(1, 2).midpoint == 1.5)
    #expect(Interval.entire.midpoint == 0 && Interval.empty.midpoint.isNaN)
    #expect(try interval(1, infinity).midpoint == largest && interval(-infinity, 1).midpoint == -largest)
    #expect(try interval(-largest, largest).midpoint == 0 && interval(largest / 2, largest).midpoint.isFinite)
    #expect(try interval(smallest, 3 * smallest).midpoint == 2 * smallest && interval(0, smallest).midpoint <= smallest)
    #expect(Interval(smallest).midpoint == smallest && Interval(largest).midpoint == largest)
    var samples = Samples(seed: 8)
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
    var samples = Samples(seed: 9)
    var exact = ExactSign()
    for _ in 0..<50_000 {
      let x = samples.interval { $0.moderateDouble() }
      let (middle, radius) = (x.midpoint, x.radius)
      #expect(
        exact.of((middle, 1), (-radius, 1), (-x.lower, 1)) <= 0
          && exact.of((middle, 1), (radius, 1), (-x.upper, 1)) >= 0)
    }
  }
}
