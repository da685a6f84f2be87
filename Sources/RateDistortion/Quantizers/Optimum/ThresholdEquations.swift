import IntervalArithmetic

/// How the leftmost cell of a list of thresholds t_1 < t_2 < ... begins.
enum LeftEnd: Sendable, Equatable {
  /// At a fixed place: an end of the support, or the threshold at 0 of a symmetric quantizer with an even number of cells.
  case wall(Double)
  /// At -t_1: the middle cell of a symmetric quantizer with an odd number of cells. The cells beyond it count twice.
  case mirror
}

/// The stationarity conditions of an entropy-constrained scalar quantizer, and Newton's method on them.
///
/// At an optimum of D + mu H (H in nats, codepoints at the centroids c_k) every threshold t between cells k and k+1 costs
/// the same on both sides,
///
///     r(t) = (t - c_k)^2 - (c_(k+1) - t)^2 - mu log(p_k/p_(k+1)) = 0,
///
/// since f(t) r(t) is the derivative of D + mu H by t. r depends on three neighbouring thresholds, so its Jacobian is
/// tridiagonal and a Newton step costs as much as evaluating the cells: linear in their number. (Lloyd's iteration moves a
/// threshold by a constant share of what its neighbours leave wrong, and needs about as many sweeps as the square of the
/// number of cells.)
///
/// With dc/db = f(b) (b - c)/p, dc/da = f(a) (c - a)/p, dp/db = f(b) and dp/da = -f(a).
///
/// - Source: Chou, Lookabaugh, Gray, "Entropy-Constrained Vector Quantization", IEEE Trans. ASSP 37 (1989) 31-42, for the
///   conditions.
struct ThresholdEquations<Density: ScalarDensity> {
  let density: Density
  let left: LeftEnd
  /// The finite thresholds right of the left end, increasing.
  var thresholds: [Double]
  /// One cell more than there are thresholds.
  private(set) var cells: [QuantizationCell<Double>] = []
  private(set) var logProbabilities: [Double] = []

  /// What a quantizer costs.
  struct Cost {
    /// H in nats.
    var entropy: Double
    var distortion: Double

    func lagrangian(_ mu: Double) -> Double { distortion + mu * entropy }
  }

  init(density: Density, left: LeftEnd, thresholds: [Double]) {
    self.density = density
    self.left = left
    self.thresholds = thresholds
    evaluateCells()
  }

  /// Whether the thresholds are one half of a symmetric quantizer: all cells but a middle one then occur twice.
  var isHalf: Bool {
    if case .wall(let wall) = left { return wall > density.support.lowerBound && density.isSymmetric }
    return true
  }

  private var multiplicity: Double { isHalf ? 2 : 1 }

  mutating func evaluateCells() {
    let end = density.support.upperBound
    let start: Double
    switch left {
    case .wall(let wall): start = wall
    case .mirror: start = -(thresholds.first ?? end)
    }
    cells = density.cells(from: start, cutAt: thresholds, to: end)
    logProbabilities = cells.map { Double.log($0.probability) }
  }

  var cost: Cost {
    var entropy = 0.0
    var distortion = 0.0
    for k in cells.indices {
      entropy -= cells[k].probability * logProbabilities[k]
      distortion += cells[k].distortion
    }
    if case .mirror = left {
      entropy += entropy + cells[0].probability * logProbabilities[0]
      distortion += distortion - cells[0].distortion
    } else {
      entropy *= multiplicity
      distortion *= multiplicity
    }
    return Cost(entropy: entropy, distortion: distortion)
  }

  /// One Newton step: the solutions of the tridiagonal system for the right sides -r and log(p_k/p_(k+1)), the derivative of -r
  /// by mu.
  struct Step {
    /// The change of the thresholds at constant mu (x), and how those of the stationary quantizer move with mu (y).
    var moves: [SIMD2<Double>]
    /// dH/dt.
    var entropyGradient: [Double]
    /// Twice the decrease of D + mu H that the step at constant mu promises.
    var decrement: Double
  }

  func step(mu: Double) -> Step {
    let count = thresholds.count
    let values = density.values(at: thresholds)
    var system = TridiagonalSystem(order: count)
    var entropyGradient = [Double](repeating: 0, count: count)
    var residuals = [Double](repeating: 0, count: count)
    for k in 0..<count {
      let t = thresholds[k]
      let f = values[k]
      let isMiddle = k == 0 && left == .mirror
      let p = cells[k].probability
      let q = cells[k + 1].probability
      let toLeft = -cells[k].centroid(from: t)
      let toRight = cells[k + 1].centroid(from: t)
      let logRatio = logProbabilities[k] - logProbabilities[k + 1]

      let residual = (toLeft - toRight) * (toLeft + toRight) - mu * logRatio
      let diagonal =
        2 * toRight * (1 - f * toRight / q) - mu * f / q
        + (isMiddle ? 2 * toLeft - 2 * mu * f / p : 2 * toLeft * (1 - f * toLeft / p) - mu * f / p)
      let below = k == 0 ? 0 : values[k - 1] / p * (mu - 2 * toLeft * cells[k].centroid(from: thresholds[k - 1]))
      let above = k + 1 == count ? 0 : values[k + 1] / q * (mu - 2 * toRight * (thresholds[k + 1] - t - toRight))
      system.append(below: below, diagonal: diagonal, above: above, right: [-residual, logRatio])

      entropyGradient[k] = -multiplicity * f * logRatio
      residuals[k] = multiplicity * f * residual
    }
    let moves = system.solutions()
    let decrement = zip(residuals, moves).reduce(0) { $0 - $1.0 * $1.1.x }
    return Step(moves: moves, entropyGradient: entropyGradient, decrement: decrement)
  }
}
