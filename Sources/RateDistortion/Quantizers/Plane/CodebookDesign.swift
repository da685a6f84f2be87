import GSL
import IntervalArithmetic

/// The generalised Lloyd algorithm with entropy constraint: cells, then centroids and code lengths -log P, until nothing
/// improves.
///
/// Each half-step minimises H + beta D over one of the two, so that it falls. On upright lines the cells are intervals
/// (`PowerLines`), whose moments are closed forms in normal distribution functions; over the first coordinate the trapezoidal
/// rule is taken. Cells that nobody chooses are dropped. What is found is judged by `CodebookProof` and by nothing here.
///
/// - Source: Chou, Lookabaugh, Gray, "Entropy-constrained vector quantization", IEEE Trans. ASSP 37 (1989) 31-42.
struct CodebookDesign {
  /// A codebook and its H + beta D in nats.
  struct Design: Sendable {
    var codebook: Codebook
    var cost: Double
    /// The cells' probabilities.
    var probabilities: [Double]
  }

  private let source: BentGaussian
  private let slope: Double
  private let columns: [(place: Double, weight: Double)]
  /// Cells less likely than this are dropped.
  private static let negligible = 1e-7

  /// - Parameter columns: how many upright lines there are to a deviation of the first coordinate.
  init(_ source: BentGaussian, slope: Double, columns: Int) {
    self.source = source
    self.slope = slope
    let reach = Int(5.5 * Double(columns))
    let weights = (-reach...reach).map { index in
      let s = Double(index) / Double(columns)
      return (s * source.first, Double.exp(-s * s / 2))
    }
    let total = weights.reduce(0) { $0 + $1.1 }
    self.columns = weights.map { (place: $0.0, weight: $0.1 / total) }
  }

  /// Moments of the cells, by columns.
  private struct Sums {
    var probability: [Double]
    var first: [Double]
    var second: [Double]
  }

  private func sums(_ codebook: Codebook, _ envelope: inout PowerLines.Envelope) -> Sums {
    let lines = PowerLines(codebook, of: source)
    var sums = Sums(
      probability: Array(repeating: 0, count: codebook.count), first: Array(repeating: 0, count: codebook.count),
      second: Array(repeating: 0, count: codebook.count))
    let bend: Double = source.bend()
    for (place, weight) in columns {
      lines.envelope(at: place, &envelope)
      let middle = -bend * place * place
      var (below, densityBelow) = (0.0, 0.0)
      for (index, cell) in envelope.cells.enumerated() {
        var (here, density) = (1.0, 0.0)
        if index < envelope.heights.count {
          let z = (envelope.heights[index] - middle) / source.second
          here = normalTail(-z)
          density = Double.exp(-z * z / 2) * 0.39894228040143268
        }
        let p = weight * (here - below)
        sums.probability[cell] += p
        sums.first[cell] += p * place
        sums.second[cell] += p * middle - weight * source.second * (density - densityBelow)
        (below, densityBelow) = (here, density)
      }
    }
    return sums
  }

  /// The codebook after Lloyd's iteration from another.
  ///
  /// - Parameters:
  ///   - rounds: the most iterations.
  ///   - tolerance: the fall of H + beta D in one round at which it ends, in nats.
  func refined(_ start: Codebook, rounds: Int, tolerance: Double) -> Design {
    var book = start
    book.slope = slope
    var envelope = PowerLines.Envelope()
    var cost = Double.infinity
    var probabilities: [Double] = []
    let square = source.variance(as: Double.self) + source.meanOfSecond * source.meanOfSecond
    for _ in 0..<rounds {
      let found = sums(book, &envelope)
      var next = Codebook(slope: slope, first: [], second: [], lengths: [])
      var (entropy, gain, total) = (0.0, 0.0, 0.0)
      probabilities = []
      for (index, p) in found.probability.enumerated() where p > Self.negligible {
        let (u, v) = (found.first[index] / p, found.second[index] / p)
        next.first.append(u)
        next.second.append(v)
        next.lengths.append(-Double.log(p))
        probabilities.append(p)
        entropy -= p * Double.log(p)
        gain += p * (u * u + v * v)
        total += p
      }
      guard total > 0 else { break }
      let fresh = entropy + slope * max(0, square - gain)
      book = next
      let fall = cost - fresh
      cost = fresh
      if fall < tolerance, fall > -1 { break }
    }
    return Design(codebook: book, cost: cost, probabilities: probabilities)
  }
}
