import IntervalArithmetic
import TestSupport
import Testing

/// The clauses of IEEE 1788-2015, "Standard for Interval Arithmetic", set-based flavour, and how far they are met; a suite each.
///
/// | clause | subject | here |
/// |---|---|---|
/// | 10.5.1 | interval literals | left out: ends are numbers, not texts |
/// | 10.5.2, 10.5.8 | constants, constructors | empty, entire, numsToInterval |
/// | 10.5.3 | forward-mode elementary functions | neg add sub mul div sqr sqrt fma pown abs min max: tightest, but as stated below 2^-960; exp log sin cos: valid, within a few steps of tightest; no other |
/// | 10.5.4 | reverse-mode elementary functions | left out: no proof here runs a formula backwards |
/// | 10.5.5 | two-output division | left out: division by an interval around 0 gives the hull |
/// | 10.5.6 | cancellative addition and subtraction | left out: no sum is ever undone |
/// | 10.5.7 | set operations | intersection, convexHull |
/// | 10.5.9 | numeric functions | inf sup mid rad wid mag mig |
/// | 10.5.10 | Boolean functions | isEmpty isEntire equal subset interior disjoint; precedes and strictPrecedes but for the empty set; no less, strictLess |
/// | 10.6.1 | recommended elementary functions | expm1, logp1 |
/// | 10.6.2 | slope functions | sinc's companions are of this kind, by other names |
/// | 10.6.3 | recommended Boolean functions | isCommonInterval isSingleton isMember |
/// | 10.6.4 | overlap | left out: the certain and possible comparisons are what proofs ask |
/// | 11 | decorations | left out: where a function is undefined, members are dropped, and a result that is empty says so |
///
/// The subject matter is that of the public test vectors of the standard's implementations (ITF1788); the cases are this
/// package's: all pairs of corner values, judged by sets or exact integers, random ones, and ranges from mpmath.
@Suite("IEEE 1788-2015")
enum IEEE1788 {}

/// Numbers at which rounding, overflow, underflow and signs go wrong, the intervals between them, and these as sets.
///
/// A set is that of the cells it covers: with the numbers c_0 < c_1 < ... the cells are (-infinity, c_0), {c_0}, (c_0, c_1),
/// {c_1}, ..., numbered from 0. Intervals between corner values are unions of such cells, so that relations of sets are
/// relations of finite sets: nothing of what is tested is used.
enum Corners {
  /// The numbers, in order.
  static let numbers: [Double] = {
    let positive: [Double] = [
      .leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-500, 1.0 / 3, 1, 1.0.nextUp, 2, 3, 0x1p500,
      .greatestFiniteMagnitude,
    ]
    return positive.reversed().map { -$0 } + [0] + positive
  }()

  /// What an end may be.
  static let ends: [Double] = [-.infinity] + numbers + [-0.0, .infinity]

  typealias Cells = Set<Int>

  /// The cell that a number is.
  static func cell(of index: Int) -> Int { 2 * index + 1 }

  static let cellCount = 2 * numbers.count + 1
  static let everything = Cells(0..<cellCount)

  /// All intervals between corner values, the empty one included, and their cells.
  static let sets: [(interval: Interval, cells: Cells)] = {
    var sets: [(Interval, Cells)] = [(.empty, [])]
    for (i, lower) in ([-.infinity] + numbers).enumerated() {
      for (j, upper) in (numbers + [.infinity]).enumerated() where j >= i - 1 {
        // From the cell of the number i - 1, or from below, to that of the number j, or on.
        guard let interval = try? Interval(lower, upper) else { continue }
        sets.append(
          (interval, Cells((i == 0 ? 0 : cell(of: i - 1))...(upper == .infinity ? cellCount - 1 : cell(of: j)))))
      }
    }
    return sets
  }()

  /// The cells of an interval whose ends are corner values; an end elsewhere is in no set.
  static func set(of interval: Interval) -> Cells? {
    sets.first { $0.interval.lower == interval.lower && $0.interval.upper == interval.upper }?.cells
      ?? (interval.isEmpty ? [] : nil)
  }

  static func hull(_ cells: Cells) -> Cells {
    guard let first = cells.min(), let last = cells.max() else { return [] }
    return Cells(first...last)
  }

  static func isSingleton(_ cells: Cells) -> Bool { cells.count == 1 && cells.allSatisfy { $0 % 2 == 1 } }

  static func isBounded(_ cells: Cells) -> Bool { !cells.contains(0) && !cells.contains(cellCount - 1) }

  /// The set and, around each of its numbers, what lies next to it.
  static func neighbourhood(of cells: Cells) -> Cells {
    cells.union(cells.filter { $0 % 2 == 1 }.flatMap { [$0 - 1, $0 + 1] })
  }

  /// Whether every member of one set is at most, or less than, every member of the other.
  static func precedes(_ a: Cells, _ b: Cells) -> (weakly: Bool, strictly: Bool) {
    guard let last = a.max(), let first = b.min() else { return (true, true) }
    // Within an open cell there are always two members in either order.
    return (last < first || (last == first && last % 2 == 1), last < first)
  }
}
