import IntervalArithmetic

/// Phases, or a uniform scalar, whose realisations differ by a polynomial of how far apart they lie:
///
///     |x_u - x_v|^2 = a |u - v| + b (u - v)^2,
///
/// as those of the ramp (a = 1, b = -1, a closed line), the sawbridge (1, 0) and the uniform scalar (0, 1) in continuous time.
///
/// For a symbol S of probability p let F(u) be the probability of what of S lies to the left of u, and m1, m2 the integrals
/// of u and u^2 over S. Half the mean squared distance of two realisations of S is its distortion, so it contributes
///
///     D_S = (a integral of F (p - F) du + b (p m2 - m1^2)) / p,
///
/// the integral over the line, since |u - v| is how much of the line lies between u and v; and the squared distance of x_t
/// from the centroid of S is
///
///     |x_t - c_S|^2 = (integral over S of a |t - u| + b (t - u)^2 du - D_S) / p.
///
/// Both take one walk over the pieces of S: the integral of |t - u| grows along the line by that of 2 F - p.
///
/// On a closed line a |u - v| + b (u - v)^2 is the same for |u - v| and 1 - |u - v|, so that it may be cut anywhere.
struct KernelPhases<Cells: CellSource>: PhaseLine {
  /// The cost of cells that are intervals.
  let cells: Cells
  /// a.
  let linear: Interval
  /// b.
  let quadratic: Interval
  let isClosed: Bool
  var positionNames = ["phase", "p", "u"]

  /// None: the reconstruction of a process in continuous time is no list of numbers.
  var components: Int? { nil }

  func spread(from a: Double, to b: Double) -> Double {
    let distance = Interval(b) - Interval(a)
    let positive = Interval.hull(0, max(0, quadratic.upper))
    return Interval.sqrt(.hull(0, (linear * distance + positive * .squared(distance)).upper)).upper
  }

  func errors(of partition: LinePartition) -> PartitionErrors {
    var errors = PartitionErrors(symbols: partition.symbolCount, thresholds: partition.thresholds.count)
    for (symbol, pieces) in partition.piecesOfSymbols.enumerated() where !pieces.isEmpty {
      add(pieces, of: symbol, to: &errors)
    }
    return errors
  }

  private func add(_ pieces: [LinePartition.Piece], of symbol: Int, to errors: inout PartitionErrors) {
    // Places are counted from the symbol's first one.
    let origin = Interval(pieces[0].from)
    let ends = pieces.map { (from: Interval($0.from) - origin, to: Interval($0.to) - origin) }
    var p: Interval = 0
    var m1: Interval = 0
    var m2: Interval = 0
    for (a, b) in ends {
      let length = b - a
      p = p + length
      m1 = m1 + length * (a + b) / 2
      m2 = m2 + length * (.squared(a) + a * b + .squared(b)) / 3
    }
    // The integral of F (p - F): over pieces, on which F rises with slope 1, and over gaps.
    var between: Interval = 0
    var left: Interval = 0
    for (index, (a, b)) in ends.enumerated() {
      if index > 0 { between = between + left * (p - left) * (a - ends[index - 1].to) }
      let length = b - a
      between = between + length * (left * (p - left) + length * ((p - 2 * left) / 2 - length / 3))
      left = left + length
    }
    let distortion =
      pieces.count == 1 ? cells.cost(p) : (linear * between + quadratic * (p * m2 - .squared(m1))) / p
    errors.distortions[symbol] = distortion

    let distance = { (t: Interval, potential: Interval) -> Interval in
      let square = linear * potential + quadratic * (p * .squared(t) - 2 * t * m1 + m2)
      return .max(0, (square - distortion) / p)
    }
    var potential = m1
    left = 0
    for (index, (a, b)) in ends.enumerated() {
      if index > 0 { potential = potential + (2 * left - p) * (a - ends[index - 1].to) }
      errors.set(distance(a, potential), atStartOf: pieces[index])
      let length = b - a
      potential = potential + length * (2 * left + length - p)
      left = left + length
      errors.set(distance(b, potential), atEndOf: pieces[index])
    }
  }

  /// None.
  func centroids(of partition: LinePartition) -> [[Double]]? { nil }

  /// Never asked for: there are no `components`.
  func errors(of partition: LinePartition, about reconstructions: [[Double]]) -> PartitionErrors {
    errors(of: partition)
  }

  func distortionOfIntervals(_ masses: CodeMasses, of partition: LinePartition) -> EnclosedValue {
    EnclosedValue(masses.sum(of: { cells.cost($1) }, slope: { cells.costSlope($1) }))
  }
}
