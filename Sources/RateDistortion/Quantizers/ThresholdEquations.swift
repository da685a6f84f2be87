import IntervalArithmetic

/// How the leftmost cell of a list of thresholds t_1 < t_2 < ... begins.
@usableFromInline
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
@usableFromInline
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
    let count = thresholds.count + 1
    let end = density.support.upperBound
    cells.removeAll(keepingCapacity: true)
    logProbabilities.removeAll(keepingCapacity: true)
    cells.reserveCapacity(count)
    logProbabilities.reserveCapacity(count)
    var a: Double
    switch left {
    case .wall(let wall): a = wall
    case .mirror: a = -(thresholds.first ?? end)
    }
    for k in 0..<count {
      let b = k < thresholds.count ? thresholds[k] : end
      let cell: QuantizationCell<Double> = density.cell(from: a, to: b)
      cells.append(cell)
      logProbabilities.append(Double.log(cell.probability))
      a = b
    }
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

  /// The tridiagonal system of one Newton step, eliminated in place (Thomas), for the right sides -r and log(p_k/p_(k+1)),
  /// the derivative of -r by mu.
  struct Step {
    /// The change of the thresholds at constant mu.
    var atConstantSlope: [Double]
    /// How the thresholds of the stationary quantizer move with mu.
    var alongSlope: [Double]
    /// dH/dt.
    var entropyGradient: [Double]
    /// Twice the decrease of D + mu H that the step at constant mu promises.
    var decrement: Double
  }

  func step(mu: Double) -> Step {
    let count = thresholds.count
    var step = Step(
      atConstantSlope: [Double](repeating: 0, count: count), alongSlope: [Double](repeating: 0, count: count),
      entropyGradient: [Double](repeating: 0, count: count), decrement: 0)
    var residuals = [Double](repeating: 0, count: count)
    var above = [Double](repeating: 0, count: count)
    var previousDensity = 0.0
    if case .wall(let wall) = left, wall > -.infinity { previousDensity = density.density(wall) }
    var currentDensity = count > 0 ? density.density(thresholds[0]) : 0
    var previous = -Double.infinity
    for k in 0..<count {
      let t = thresholds[k]
      let f = currentDensity
      let next = k + 1 < count ? thresholds[k + 1] : Double.infinity
      currentDensity = k + 1 < count ? density.density(next) : 0
      let isMiddle = k == 0 && left == .mirror
      let p = cells[k].probability
      let q = cells[k + 1].probability
      let toLeft = -cells[k].centroid(from: t)
      let toRight = cells[k + 1].centroid(from: t)
      let logRatio = logProbabilities[k] - logProbabilities[k + 1]

      let residual = (toLeft - toRight) * (toLeft + toRight) - mu * logRatio
      var diagonal =
        2 * toRight * (1 - f * toRight / q) - mu * f / q
        + (isMiddle ? 2 * toLeft - 2 * mu * f / p : 2 * toLeft * (1 - f * toLeft / p) - mu * f / p)
      let below = k == 0 ? 0 : previousDensity / p * (mu - 2 * toLeft * cells[k].centroid(from: previous))
      if k + 1 < count { above[k] = currentDensity / q * (mu - 2 * toRight * (next - t - toRight)) }

      let sense = multiplicity
      step.entropyGradient[k] = -sense * f * logRatio
      residuals[k] = sense * f * residual
      var right0 = -residual
      var right1 = logRatio
      if k > 0 {
        diagonal -= below * above[k - 1]
        right0 -= below * step.atConstantSlope[k - 1]
        right1 -= below * step.alongSlope[k - 1]
      }
      above[k] /= diagonal
      step.atConstantSlope[k] = right0 / diagonal
      step.alongSlope[k] = right1 / diagonal
      previousDensity = f
      previous = t
    }
    for k in stride(from: count - 2, through: 0, by: -1) {
      step.atConstantSlope[k] -= above[k] * step.atConstantSlope[k + 1]
      step.alongSlope[k] -= above[k] * step.alongSlope[k + 1]
    }
    for k in 0..<count { step.decrement -= residuals[k] * step.atConstantSlope[k] }
    return step
  }
}
