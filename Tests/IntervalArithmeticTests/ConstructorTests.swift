import IntervalArithmetic
import TestSupport
import Testing

private let infinity = Double.infinity
private let largest = Double.greatestFiniteMagnitude

extension IEEE1788 {
  @Suite("10.5.2 and 10.5.8, constants and constructors")
  struct Constructors {
    @Test("empty and entire: the empty set has no ends that are numbers, the entire line has both at infinity")
    func constants() {
      #expect(Interval.empty.isEmpty && Interval.empty.lower.isNaN && Interval.empty.upper.isNaN)
      #expect(Interval.entire.isEntire && Interval.entire.lower == -infinity && Interval.entire.upper == infinity)
      #expect(!Interval.empty.isEntire && !Interval.entire.isEmpty)
    }

    @Test(
      "numsToInterval(l, u) is an interval exactly if l <= u, l < infinity and u > -infinity: all pairs of corner values"
    )
    func corners() {
      for lower in Corners.ends + [.nan] {
        for upper in Corners.ends + [.nan] {
          let isValid = lower <= upper && lower != infinity && upper != -infinity
          let made = try? Interval(lower, upper)
          #expect((made != nil) == isValid, "\(lower), \(upper)")
          if let made { #expect(made.lower == lower && made.upper == upper) }
        }
      }
    }

    @Test("only ordered ends with a real number between them make an interval")
    func construction() throws {
      #expect(try Interval(1, 2).upper == 2)
      #expect(try Interval(-infinity, infinity).isEntire)
      #expect(try Interval(largest, infinity).lower == largest)
      for (a, b) in [(2, 1), (.nan, 1), (1, .nan), (infinity, infinity), (-infinity, -infinity), (infinity, -infinity)]
      {
        #expect(throws: InvalidInterval.self) { try Interval(a, b) }
      }
      #expect("\(InvalidInterval(lower: 2, upper: 1))" == "no interval has the lower end 2.0 and the upper end 1.0")
    }

    @Test("a value that overflowed or is unknown still becomes an interval that contains it")
    func nonfiniteValues() throws {
      #expect(try Interval(infinity) == Interval(largest, infinity))
      #expect(try Interval(-infinity) == Interval(-infinity, -largest))
      #expect(Interval(Double.nan).isEntire)
      #expect(try Interval.hull(3, 1) == Interval(1, 3))
      #expect(Interval.hull(1, .nan).isEntire)
    }

    @Test("integers are exact up to 2^53 and enclosed beyond")
    func integers() {
      let exact: Interval = 9_007_199_254_740_992
      #expect(exact.isPoint)
      let beyond: Interval = 9_007_199_254_740_993
      #expect(beyond.lower <= 9_007_199_254_740_992 && beyond.upper >= 9_007_199_254_740_994)
      #expect(Interval(1 << 60).isPoint)
      #expect(Interval(Int.max).upper >= 0x1p63 && Interval(Int.max).lower < 0x1p63)
      #expect(Interval(Int.min).isPoint)
    }

    @Test("intervalToText: both ends in full, so that they read back")
    func descriptions() throws {
      #expect("\(try Interval(0.1, 0.2))" == "[0.1, 0.2]")
      #expect("\(Interval.empty)" == "[empty]")
      #expect("\(Interval.entire)" == "[-inf, inf]")
      var generator = SeededGenerator(seed: 30)
      for _ in 0..<2_000 {
        let x = generator.interval { $0.anyDouble() }
        let ends = "\(x)".dropFirst().dropLast().split(separator: ",").map { $0.drop { $0 == " " } }
        #expect(ends.compactMap { Double($0) } == [x.lower, x.upper], "\(x)")
      }
    }
  }
}
