import IntervalArithmetic
import TestSupport
import Testing

extension IEEE1788 {
  @Suite("10.5.7, set operations")
  struct SetOperations {
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

    @Test("intersection and convexHull of all pairs of corner intervals are those of the sets")
    func corners() {
      for (x, a) in Corners.sets {
        for (y, b) in Corners.sets {
          #expect(Corners.set(of: x.intersection(with: y)) == a.intersection(b), "\(x), \(y)")
          #expect(Corners.set(of: x.hull(with: y)) == Corners.hull(a.union(b)), "\(x), \(y)")
        }
      }
    }

    @Test("both are commutative and idempotent, the one the largest set in both, the other the least that holds both")
    func laws() {
      var generator = SeededGenerator(seed: 31)
      for _ in 0..<5_000 {
        let (x, y) = (generator.interval { $0.anyDouble() }, generator.interval { $0.anyDouble() })
        let (both, either) = (x.intersection(with: y), x.hull(with: y))
        #expect(both == y.intersection(with: x) && either == y.hull(with: x))
        #expect(x.intersection(with: x) == x && x.hull(with: x) == x)
        #expect(both.isSubset(of: x) && both.isSubset(of: y) && x.isSubset(of: either) && y.isSubset(of: either))
        for _ in 0..<3 {
          let member = generator.member(of: either)
          #expect(both.contains(member) == (x.contains(member) && y.contains(member)), "\(x), \(y)")
        }
      }
    }
  }
}
