import IntervalArithmetic

/// The search for the best multiplier of a finite source at a slope: a linear program whose constraints are sets of letters.
///
/// With x = p c the largest sum of x is sought under sum over A of x <= h(A) = min over y of beta (sum over A of p d(., y)) - P log P
/// for **all** A: the dual of covering the letters by cells, of which a code is a covering without fractions. Only a few of the 2^n
/// sets matter: each round adds, for every reproduction, the set that the solution violates most (`LetterDual`), and looks at the
/// middle between the solution and the best multiplier known too, where sets are that will be needed. What any solution proves is
/// known at once, c - delta being feasible, and the program's value is an upper bound of all: their distance ends the search.
///
/// - Source: Kelley, "The cutting-plane method for solving convex programs", J. SIAM 8 (1960) 703-712.
struct LetterDualSearch {
  private let source: FiniteSource
  /// The letters that occur.
  private let letters: [Int]
  /// Sets found so far, which are constraints at any slope.
  private var cells: [Cell]
  /// Those that were found here.
  private(set) var found: [Cell] = []
  /// The most letters for which the program is solved.
  static let mostLetters = 96
  private static let mostCells = 1_500
  private static let tolerance = 1e-9

  /// A set of letters with its reproduction: places among the letters that occur, P, and the sum of p d.
  struct Cell: Sendable, Hashable {
    var places: [Int32]
    var reproduction: Int
    var probability: Double
    var distortion: Double

    /// h(A) for its reproduction.
    func cost(slope: Double) -> Double { slope * distortion - Double.xlogx(probability) }
  }

  /// - Parameter cells: sets found at other slopes.
  init(_ source: FiniteSource, cells: [Cell]) {
    self.source = source
    self.cells = cells
    letters = source.probabilities.indices.filter { source.probabilities[$0] > 0 }
  }

  /// The best multiplier that is found, and the cells that carry its program, the heaviest first.
  mutating func multiplier(slope: Double, from start: [Double]) -> (dual: LetterDual, cells: [Cell]) {
    let p = letters.map { source.probabilities[$0] }
    var best = (value: -Double.infinity, c: letters.map { start[$0] })
    func gain(_ c: [Double]) -> Double { zip(p, c).reduce(0) { $0 + $1.0 * $1.1 } }
    var heaviest: [Cell] = []
    /// Adds the sets that c is worst at and keeps c - delta if it is the best.
    func consider(_ c: [Double]) {
      let worst = worst(c, slope: slope)
      let excess = worst.map(\.excess).max() ?? 0
      let violated = worst.filter { $0.excess > min(0, excess) - 1e-9 }.map(\.cell)
      cells += violated
      found += violated
      let value = gain(c) - excess
      if value > best.value { best = (value, c.map { $0 - excess }) }
    }
    consider(best.c)
    // Of the sets from elsewhere those that are nearest to being violated: others are found again if they are.
    let slack = cells.map { cell in
      cell.cost(slope: slope) - cell.places.reduce(0) { $0 + p[Int($1)] * best.c[Int($1)] }
    }
    cells = zip(slack, cells).sorted { $0.0 < $1.0 }.prefix(4 * letters.count).map(\.1)
    guard letters.count <= Self.mostLetters else { return (dual(best.c, slope), []) }
    for _ in 0..<200 {
      guard let solution = solution(slope: slope, p) else { break }
      heaviest = solution.cells
      consider(solution.c)
      guard solution.value - best.value > Self.tolerance * (1 + abs(solution.value)) else { break }
      consider(zip(solution.c, best.c).map { ($0 + $1) / 2 })
    }
    return (dual(best.c, slope), heaviest)
  }

  private func dual(_ c: [Double], _ slope: Double) -> LetterDual {
    var values = [Double](repeating: 0, count: source.probabilities.count)
    for (letter, value) in zip(letters, c) { values[letter] = value }
    return LetterDual(slope: slope, values: values)
  }

  /// For every reproduction the set of the largest E[c - beta d | A] + log P(A).
  private func worst(_ c: [Double], slope: Double) -> [(excess: Double, cell: Cell)] {
    (0..<source.reproductions).compactMap { y in
      let reached = letters.indices.filter { source.distortions[letters[$0] * source.reproductions + y] < .infinity }
      let distortions = letters.indices.map { source.distortions[letters[$0] * source.reproductions + y] }
      let gains = letters.indices.map { c[$0] - slope * distortions[$0] }
      let order = reached.sorted { (gains[$0], $1) > (gains[$1], $0) }
      var best: (excess: Double, count: Int)?
      var (sum, mass) = (0.0, 0.0)
      for (k, place) in order.enumerated() {
        let p = source.probabilities[letters[place]]
        sum += p * gains[place]
        mass += p
        let excess = sum / mass + Double.log(mass)
        if excess > best?.excess ?? -.infinity { best = (excess, k + 1) }
      }
      guard let best else { return nil }
      let places = order.prefix(best.count).sorted()
      return (
        best.excess,
        Cell(
          places: places.map { Int32($0) }, reproduction: y,
          probability: places.reduce(0) { $0 + source.probabilities[letters[$1]] },
          distortion: places.reduce(0) { $0 + source.probabilities[letters[$1]] * distortions[$1] })
      )
    }
  }

  /// The solution of the program with the sets known: c, its value, and the sets of weight, the heaviest first.
  private mutating func solution(slope: Double, _ p: [Double]) -> (c: [Double], value: Double, cells: [Cell])? {
    var program = LinearProgram(gains: [Double](repeating: 1, count: letters.count))
    for (place, letter) in letters.enumerated() {
      // A letter for itself, and a bound from below that no solution meets.
      let single = slope * source.leastDistortions[letter] - Double.log(p[place])
      let index = Int32(truncatingIfNeeded: place)
      program.constraints.append(.init(places: [index], coefficients: [1], limit: p[place] * single))
      program.constraints.append(.init(places: [index], coefficients: [-1], limit: p[place] * 60))
    }
    for cell in cells {
      program.constraints.append(
        .init(
          places: cell.places, coefficients: [Double](repeating: 1, count: cell.places.count),
          limit: cell.cost(slope: slope)))
    }
    guard let found = program.solution(tolerance: 1e-11) else { return nil }
    let weights = found.weights.suffix(cells.count)
    let order = zip(weights, cells.indices).sorted { ($0.0, $1.1) > ($1.0, $0.1) }
    let heaviest = order.prefix { $0.0 > 1e-3 }.map { cells[$0.1] }
    if cells.count > Self.mostCells { cells = order.prefix(Self.mostCells * 2 / 3).map { cells[$0.1] } }
    let c = zip(found.c, p).map { $0 / $1 }
    return (c, found.c.reduce(0, +), heaviest)
  }
}
