import IntervalArithmetic

/// The search for a code of a finite source with little H + beta D: Lloyd's iteration with code lengths, then single letters and whole
/// cells are moved as long as it helps.
///
/// Moving a letter from a cell to another one changes -P log P of two cells and one entry of the matrix; the best move of all is made
/// again and again. What is left cannot be improved by one letter or by uniting two cells; the multiplier of the same slope
/// (`LetterDualSearch`) says how far from the best it is.
///
/// - Source: Chou, Lookabaugh, Gray 1989 for the iteration.
struct LetterCodeSearch {
  private let source: FiniteSource
  /// beta, in nats per unit of distortion.
  private let slope: Double
  private let columns: Int

  init(_ source: FiniteSource, slope: Double) {
    self.source = source
    self.slope = slope
    columns = source.reproductions
  }

  private func distortion(_ letter: Int, _ place: Int) -> Double { source.distortions[letter * columns + place] }

  private func masses(_ code: [Int]) -> [Double] {
    var masses = [Double](repeating: 0, count: columns)
    for (letter, p) in source.probabilities.enumerated() { masses[code[letter]] += p }
    return masses
  }

  /// H + beta D in nats.
  func cost(_ code: LetterCode) -> Double {
    let entropy = masses(code.reproductions).reduce(0) { $0 - Double.xlogx($1) }
    return source.probabilities.indices.reduce(entropy) { sum, letter in
      let p = source.probabilities[letter]
      return p > 0 ? sum + slope * p * distortion(letter, code.reproductions[letter]) : sum
    }
  }

  /// The best that is found from some codes.
  func best(from starts: [LetterCode]) -> LetterCode? {
    var best: (cost: Double, code: LetterCode)?
    for start in Set(starts).sorted(by: { $0.reproductions.lexicographicallyPrecedes($1.reproductions) }) {
      var code = start.reproductions
      iterate(&code)
      if source.probabilities.count * columns <= Self.mostEntries { improve(&code) }
      let found = LetterCode(reproductions: code)
      let cost = cost(found)
      if cost < best?.cost ?? .infinity { best = (cost, found) }
    }
    return best?.code
  }

  /// The largest matrix for which moves are looked at one by one.
  private static let mostEntries = 1 << 14

  /// Lloyd's iteration: letters to the reproduction of least beta d - log P; then for each cell the best reproduction.
  private func iterate(_ code: inout [Int]) {
    for _ in 0..<60 {
      let lengths = masses(code).map { $0 > 0 ? -Double.log($0) : .infinity }
      let used = lengths.indices.filter { lengths[$0] < .infinity }
      var next = code
      for letter in code.indices where source.probabilities[letter] > 0 {
        func cost(_ place: Int) -> Double { slope * distortion(letter, place) + lengths[place] }
        next[letter] = used.min { cost($0) < cost($1) } ?? code[letter]
      }
      centre(&next)
      if next == code { break }
      code = next
    }
  }

  /// Every cell's best reproduction; two cells that have the same become one.
  private func centre(_ code: inout [Int]) {
    var best: [Int: Int] = [:]
    for cell in Set(code).sorted() {
      let letters = code.indices.filter { code[$0] == cell && source.probabilities[$0] > 0 }
      func cost(_ place: Int) -> Double {
        letters.reduce(0) { $0 + source.probabilities[$1] * distortion($1, place) }
      }
      let own = cost(cell)
      let found = (0..<columns).min { cost($0) < cost($1) } ?? cell
      best[cell] = cost(found) < own ? found : cell
    }
    for letter in code.indices { code[letter] = best[code[letter]] ?? code[letter] }
  }

  /// The best move of a letter, or the best union of two cells, as long as it gains.
  private func improve(_ code: inout [Int]) {
    for _ in 0..<(4 * code.count + 16) {
      let masses = masses(code)
      var best = (gain: 1e-12, move: { (_: inout [Int]) in })
      for letter in code.indices where source.probabilities[letter] > 0 {
        let (from, p) = (code[letter], source.probabilities[letter])
        let left =
          Double.xlogx(max(0, masses[from] - p)) - Double.xlogx(masses[from]) + slope * p * distortion(letter, from)
        for place in 0..<columns where place != from {
          let gain =
            left + Double.xlogx(masses[place] + p) - Double.xlogx(masses[place]) - slope * p * distortion(letter, place)
          if gain > best.gain { best = (gain, { $0[letter] = place }) }
        }
      }
      let cells = Set(code).sorted()
      for first in cells {
        for second in cells where second != first {
          let entropy =
            Double.xlogx(masses[first] + masses[second]) - Double.xlogx(masses[first]) - Double.xlogx(masses[second])
          let change = code.indices.reduce(0.0) { sum, letter in
            guard code[letter] == first, source.probabilities[letter] > 0 else { return sum }
            return sum + source.probabilities[letter] * (distortion(letter, first) - distortion(letter, second))
          }
          let gain = entropy + slope * change
          if gain > best.gain { best = (gain, { for k in $0.indices where $0[k] == first { $0[k] = second } }) }
        }
      }
      guard best.gain > 1e-12 else { return }
      best.move(&code)
      centre(&code)
    }
  }
}
