import IntervalArithmetic
import TestSupport
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude
private let smallest = Double.leastNonzeroMagnitude

extension IEEE1788 {
  /// The standard's precedes and strictPrecedes hold for the empty set; `certainlyLessOrEqual` and `certainlyLess` do not, as an
  /// evaluation that went outside a domain proves nothing. On other sets they are the same. less and strictLess are not
  /// implemented.
  @Suite("10.5.10 and 10.6.3, Boolean functions")
  struct BooleanFunctions {
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
      #expect(
        Interval.entire.contains(largest) && !Interval.entire.contains(infinity) && !Interval.entire.contains(.nan))
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
      #expect(
        Interval.empty.isEmpty && !unit.isEmpty && Interval(3).isPoint && !unit.isPoint && !Interval.empty.isPoint)
      #expect(unit.isBounded && !Interval.entire.isBounded && !Interval.empty.isBounded)
    }

    @Test(
      "equal, subset, interior, disjoint, precedes and strictPrecedes of all pairs of corner intervals are those of the sets"
    )
    func corners() {
      for (x, a) in Corners.sets {
        #expect(x.isEmpty == a.isEmpty && x.isEntire == (a == Corners.everything), "\(x)")
        // isSingleton and isCommonInterval.
        #expect(x.isPoint == Corners.isSingleton(a) && x.isBounded == (!a.isEmpty && Corners.isBounded(a)), "\(x)")
        for (y, b) in Corners.sets {
          #expect((x == y) == (a == b), "equal \(x), \(y)")
          #expect(x.isSubset(of: y) == a.isSubset(of: b), "subset \(x), \(y)")
          #expect(x.isInterior(to: y) == Corners.neighbourhood(of: a).isSubset(of: b), "interior \(x), \(y)")
          #expect(x.isDisjoint(with: y) == a.isDisjoint(with: b), "disjoint \(x), \(y)")
          let precedes = Corners.precedes(a, b)
          #expect(x.certainlyLessOrEqual(to: y) == (precedes.weakly && !a.isEmpty && !b.isEmpty), "precedes \(x), \(y)")
          #expect(
            x.certainlyLess(than: y) == (precedes.strictly && !a.isEmpty && !b.isEmpty), "strictPrecedes \(x), \(y)")
          // Some member of one is less than some member of the other: not all of the other precede it.
          let back = Corners.precedes(b, a)
          #expect(x.possiblyLess(than: y) == !back.weakly, "\(x), \(y)")
          #expect(x.possiblyLessOrEqual(to: y) == !back.strictly, "\(x), \(y)")
        }
        for (index, number) in Corners.numbers.enumerated() {
          #expect(x.contains(number) == a.contains(Corners.cell(of: index)), "isMember(\(number), \(x))")
        }
        #expect(!x.contains(infinity) && !x.contains(-infinity) && !x.contains(.nan), "\(x)")
      }
    }

    @Test("equality is that of sets: -0 and 0 are one number")
    func equality() {
      #expect(Interval.empty == Interval.empty && Interval.empty != Interval.entire)
      #expect(Interval(-0.0) == Interval(0.0) && Interval.hull(-0.0, 1) == Interval.hull(0, 1))
    }
  }
}
