import IntervalArithmetic

/// What a codebook achieves, enclosed: the entropy of its cells and its distortion.
///
/// The cells are those of `PowerCells`, a partition of the plane into trapezoids. With t(x_0) the height of a line between two
/// of them, everything below it contributes integrals over x_0 of the normal density of x_0 times
///
///     integral of x_1^k f(x_1 | x_0) up to t,   k = 0, 1, 2,
///
/// which with z = (t + b x_0^2)/s_1, q = b x_0^2, F and f the normal distribution function and density are
///
///     F,   -s_1 f - q F,   s_1^2 (F - z f) + 2 s_1 q f + q^2 F.
///
/// What lies between two lines is a difference. The integrals over x_0 are enclosed by `BentPanel`. Beyond |x_0| = 8.5 s_0
/// everything goes to the first codeword, which is at most `BentGaussian.tail`.
package struct CodebookProof {
  /// The cells' probabilities.
  package private(set) var probabilities: [Interval]
  /// H in nats.
  package let entropy: Interval
  /// D.
  package let distortion: Interval

  /// - Throws: `LawRefused` unless the codebook is a code.
  package init(_ codebook: Codebook, of source: BentGaussian) throws(LawRefused) {
    try codebook.require()
    guard codebook.count > 1 else {
      probabilities = [1]
      entropy = 0
      // About y the distortion is the variance and |y - E X|^2.
      let mean = -source.bend() * Interval.squared(Interval(source.first))
      distortion =
        source.variance() + .squared(Interval(codebook.first[0])) + .squared(Interval(codebook.second[0]) - mean)
      return
    }
    let moments = Self.momentsOfSeveral(codebook, source)
    let tail = source.tail
    var (entropy, distortion) = (Interval(0), Interval(0))
    probabilities = []
    for (index, cell) in moments.enumerated() {
      let (u, v) = (Interval(codebook.first[index]), Interval(codebook.second[index]))
      let square: Interval = .squared(u) + .squared(v)
      var p = cell.probability
      var d = cell.square - 2 * (u * cell.first + v * cell.second) + square * p
      if index == 0 {
        p = p + .hull(0, tail.probability)
        d = d + .hull(0, (2 * Interval(tail.square) + 2 * square * Interval(tail.probability)).upper)
      }
      p = .hull(max(0, p.lower), min(1, max(0, p.upper)))
      probabilities.append(p)
      entropy = entropy - .xlogx(p)
      distortion = distortion + .hull(max(0, d.lower), max(0, d.upper))
    }
    self.entropy = entropy
    self.distortion = distortion
  }

  /// The moments of the cells but for the tail, which is the first one's.
  ///
  /// - Throws: `LawRefused` unless the codebook is a code.
  static func moments(of codebook: Codebook, on source: BentGaussian) throws(LawRefused) -> [CellMoments] {
    try codebook.require()
    guard codebook.count > 1 else {
      let mean = -source.bend() * Interval.squared(Interval(source.first))
      return [CellMoments(probability: 1, first: 0, second: mean, square: source.variance() + .squared(mean))]
    }
    return momentsOfSeveral(codebook, source)
  }

  /// Those of several cells.
  private static func momentsOfSeveral(_ codebook: Codebook, _ source: BentGaussian) -> [CellMoments] {
    var moments = [CellMoments](repeating: CellMoments(), count: codebook.count)
    var panel = BentPanel(source)
    for slab in PowerCells(codebook, of: source).slabs where slab.end > slab.start {
      for (index, cell) in slab.cells.enumerated() {
        let below =
          index < slab.heightsAtEnd.count
          ? panel.integrals(
            from: slab.start, to: slab.end, heights: (slab.heightsAtStart[index], slab.heightsAtEnd[index]))
          : panel.integrals(from: slab.start, to: slab.end)
        moments[cell] += below
        if index + 1 < slab.cells.count { moments[slab.cells[index + 1]] -= below }
      }
    }
    return moments
  }
}

/// Moments of a part of the plane: of 1, x_0, x_1 and |x|^2.
struct CellMoments {
  var probability: Interval = 0
  var first: Interval = 0
  var second: Interval = 0
  var square: Interval = 0

  static func += (a: inout CellMoments, b: CellMoments) {
    a.probability = a.probability + b.probability
    a.first = a.first + b.first
    a.second = a.second + b.second
    a.square = a.square + b.square
  }

  static func -= (a: inout CellMoments, b: CellMoments) {
    a.probability = a.probability - b.probability
    a.first = a.first - b.first
    a.second = a.second - b.second
    a.square = a.square - b.square
  }
}
