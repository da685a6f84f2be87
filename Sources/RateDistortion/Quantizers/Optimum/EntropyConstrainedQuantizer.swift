import IntervalArithmetic

/// The optimal entropy-constrained scalar quantizer (ECSQ) of a density: the least D + mu H over all quantizers with
/// centroids as codepoints and any number of cells, at a slope, a rate or a distortion.
///
/// Why intervals: given codepoints c_k and probabilities q_k, mapping x to the k of least (x - c_k)^2 - mu log q_k makes
/// E (X - c)^2 - mu E log q as small as it can be; subtract x^2, and what is left is the least of linear functions of x, so
/// each k wins on an interval. Replacing q by the probabilities that result lowers it further (Gibbs), and so do centroids.
/// So no one-shot code of a scalar, whatever its encoder, has a smaller D + mu H than the best interval quantizer.
///
/// Method: shortest paths on a grid find the basin of the global minimum (`QuantizerPath`: symmetric quantizers with and
/// without a threshold at 0, and asymmetric ones), Newton's method on the thresholds finishes (`ThresholdEquations`). At
/// high rate the cells are equal up to terms that vanish, and Newton's method starts from equal steps.
///
/// Nothing is assumed of the density: what is found is a quantizer, evaluated by its cells. That it is the best is proved
/// afterwards, by a converse, or not at all.
///
/// - Units: distortions in units of the squared scale, mu in those per nat; rates in bits where a name says so.
/// - Source: Gyorgy, Linder, "Optimal Entropy-Constrained Scalar Quantization of a Uniform Source", 2000, and Gyorgy, Linder,
///   Chou, Betts, "Do Optimal Entropy-Constrained Quantizers Have a Finite or Infinite Number of Codewords?", 2003, for
///   existence and structure; Chou, Lookabaugh, Gray 1989 for the conditions.
public struct EntropyConstrainedQuantizer<Density: ScalarDensity>: Sendable {
  /// The standard density that is quantized.
  public let density: Density
  /// Where thresholds may lie: what is beyond has probability below 1e-17 on either side, and so no effect on any printed digit.
  /// Of a symmetric density the right half.
  let range: ClosedRange<Double>

  /// The largest rate that is designed, in bits; above it the thresholds would fill the memory for no use.
  public static var largestRate: Double { 16 }

  /// The optimal quantizers of a density.
  public init(density: Density) {
    self.density = density
    let end = density.end(.right, leaving: 1e-17)
    range = (density.isSymmetric ? 0 : density.end(.left, leaving: 1e-17))...end
  }

  /// An optimal quantizer: it touches the lower convex hull of all (H, D) with the slope mu = -dD/dH.
  public struct Design: Sendable {
    /// mu, in units of distortion per nat.
    public let mu: Double
    /// H in nats.
    public let entropy: Double
    /// D.
    public let distortion: Double
    let left: LeftEnd
    /// The thresholds right of the left end.
    let half: [Double]

    /// H in bits.
    public var rate: Double { entropy / natsPerBit }
    /// D + mu H.
    public var lagrangian: Double { distortion + mu * entropy }

    func lagrangian(at mu: Double) -> Double { distortion + mu * entropy }

    /// All thresholds, increasing, in units of the scale.
    public var thresholds: [Double] {
      switch left {
      case .mirror: return half.reversed().map { -$0 } + half
      case .wall(let wall): return wall == 0 && isHalf ? half.reversed().map { -$0 } + [0] + half : half
      }
    }

    /// Whether `half` is one half of a symmetric quantizer.
    let isHalf: Bool
  }

  /// The optimal quantizer at lambda = -dR/dD in bits per unit of squared scale; mu = 1/(lambda ln 2).
  ///
  /// - Throws: `DomainError.slopeOutOfRange` unless lambda is finite, positive and within the rates that are designed.
  public func design(slope lambda: Double) throws(DomainError) -> Design {
    guard lambda > 0, lambda.isFinite else { throw .slopeOutOfRange(lambda) }
    let mu = 1 / (lambda * natsPerBit)
    guard mu >= equalStepMu(entropy: Self.largestRate * natsPerBit) else { throw .slopeOutOfRange(lambda) }
    return design(mu: mu)
  }

  /// mu of cells of equal size at an entropy in nats: a cell of size exp(h - H) has D = size^2/12, so -dD/dH = size^2/6.
  func equalStepMu(entropy: Double) -> Double {
    let size = Double.exp(density.differentialEntropy(as: Double.self) - entropy)
    return size * size / 6
  }

  // MARK: At a slope

  /// Whether cells of size sqrt(6 mu) are small enough for equal steps to be next to the optimum: 4 bits and more.
  func isHighRate(mu: Double) -> Bool { mu <= equalStepMu(entropy: 4 * natsPerBit) }

  /// The global minimum of D + mu H.
  func design(mu: Double) -> Design {
    var best = Design(
      mu: mu, entropy: 0, distortion: density.variance(as: Double.self), left: .mirror, half: [], isHalf: true)
    for start in starts(mu: mu) {
      let design = Design(stationary(from: start, mu: mu), mu: mu)
      // Symmetric quantizers come first and win ties.
      if design.lagrangian < best.lagrangian - 1e-12 * mu { best = design }
    }
    return best
  }

  /// The minimum that a start leads to. Between several modes a start may be no minimum's neighbour; what it settles at is a code all
  /// the same.
  func stationary(from start: QuantizerPath<Density>.Candidate, mu: Double) -> ThresholdEquations<Density> {
    var solved = equations(start)
    if solved.solve(nil, mu: mu) != nil { return solved }
    var settled = equations(start)
    settled.settle(mu: mu)
    solved = settled
    return solved.solve(nil, mu: mu) != nil ? solved : settled
  }

  func equations(_ start: QuantizerPath<Density>.Candidate) -> ThresholdEquations<Density> {
    ThresholdEquations(density: density, left: start.left, thresholds: start.thresholds)
  }

  /// Thresholds near every minimum that may be the global one.
  ///
  /// A path's thresholds are rounded to its grid, which may cost one structure more than another; where nothing fixes the phase, many
  /// structures are next to optimal, and equal steps of several phases compete with the path, on a finer grid.
  func starts(mu: Double) -> [QuantizerPath<Density>.Candidate] {
    let size = (6 * mu).squareRoot()
    let length = range.upperBound - range.lowerBound
    let steps = isHighRate(mu: mu) || !hasFixedPhase ? equalSteps(size) : []
    if isHighRate(mu: mu), hasFixedPhase || size < length / 100 { return steps }
    // At least six steps a cell, and 160 where there are few cells.
    let count = min(max(Int(6 * length / size), 160) * (hasFixedPhase ? 1 : 4), 2000)
    let path = QuantizerPath(density: density, mu: mu, range: range, count: count)
    // Above 2.5 bits the smooth densities' D + mu H does not depend on where the steps begin to within 1e-12 of it.
    let candidates = path.candidates(includingAsymmetric: !isSmooth || mu > equalStepMu(entropy: 2.5 * natsPerBit))
    guard let best = candidates.map(\.cost).min() else { return steps }
    // Rounding to the grid costs at most its step squared.
    let step = length / Double(count)
    return candidates.filter { $0.cost <= best + step * step } + steps
  }

  /// Whether symmetry or smoothness leaves equal steps one place to begin at, or two.
  var hasFixedPhase: Bool { isSmooth || density.isSymmetric }

  /// Whether there is no place that steps could begin at.
  private var isSmooth: Bool { density.corners.isEmpty && !density.isBounded }

  /// Cells of one size: from a middle cell, and where a corner or an end of the support breaks the symmetry of the phases,
  /// from a threshold there; without symmetry from four phases.
  private func equalSteps(_ size: Double) -> [QuantizerPath<Density>.Candidate] {
    guard density.isSymmetric else {
      let wall = density.support.lowerBound
      let start = max(wall, range.lowerBound)
      return (0..<(hasFixedPhase ? 1 : 4)).map { quarter in
        let first = start + (1 - Double(quarter) / 4) * size
        return .init(left: .wall(wall), thresholds: Array(stride(from: first, to: range.upperBound, by: size)), cost: 0)
      }
    }
    let count = Int(range.upperBound / size)
    let thresholds = { (phase: Double, first: Int) in (first..<max(first, count)).map { (Double($0) + phase) * size } }
    return [.init(left: .mirror, thresholds: thresholds(0.5, 0), cost: 0)]
      + (isSmooth ? [] : [.init(left: .wall(0), thresholds: thresholds(0, 1), cost: 0)])
  }
}

extension EntropyConstrainedQuantizer.Design {
  init(_ equations: ThresholdEquations<Density>, mu: Double) {
    let cost = equations.cost
    self.init(
      mu: mu, entropy: cost.entropy, distortion: cost.distortion, left: equations.left, half: equations.thresholds,
      isHalf: equations.isHalf)
  }
}
