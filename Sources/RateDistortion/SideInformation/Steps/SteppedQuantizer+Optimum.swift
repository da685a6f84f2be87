import GSL
import IntervalArithmetic

extension SteppedQuantizer {
  /// The offsets between which optima are chosen. By symmetry every quantity is even in theta about 0 and about 1/2, so both
  /// are stationary; for tau >= 1.5 periods no offset matters.
  static let symmetricOffsets = [0.5, 0.0]

  /// The nested quantizer of M bins of least distortion, over all widths and both symmetric offsets.
  ///
  /// Narrower steps alias (the decoder cannot tell bins apart), wider ones are coarse; on a scan over 32 widths the
  /// distortion has one minimum, which Brent's method refines. Its width is found to a relative 1e-6, its distortion, being
  /// stationary, to the accuracy of the quadrature.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 2 <= M <= `largestBinCount`.
  public static func optimalNested(
    problem: GaussianSideInformation, bins: Int
  ) throws(DomainError) -> SteppedQuantizer {
    try require(bins: bins)
    var best: (step: Double, offset: Double, distortion: Double) = (0, 0, .infinity)
    for offset in symmetricOffsets {
      let step = optimalStep(problem: problem, bins: bins, offset: offset)
      let distortion = try SteppedQuantizer(problem: problem, step: step, offset: offset, bins: bins)
        .conditional(spacing: StepView.convergedSpacing).distortion
      if distortion < best.distortion { best = (step, offset, distortion) }
    }
    return try SteppedQuantizer(problem: problem, step: best.step, offset: best.offset, bins: bins)
  }

  /// The width of least distortion at an offset, in units of X.
  static func optimalStep(problem: GaussianSideInformation, bins: Int, offset: Double) -> Double {
    let sigma = problem.conditionalVariance.squareRoot()
    let distortion = { (logStep: Double, spacing: Double) -> Double in
      let code = try? SteppedQuantizer(
        problem: problem, step: Double.exp(logStep) * sigma, offset: offset, bins: bins)
      return code?.conditional(spacing: spacing).distortion ?? .infinity
    }
    // The period of many bins covers the bulk of the conditional density, 5 to 16 for 8 to 1024 bins; few bins may do best
    // without ever wrapping.
    let widest = bins < 8 ? 4 * problem.sourceDeviation + 8 : 24 / Double(bins)
    return Double.exp(
      scannedMinimum(from: Double.log(2 / Double(bins)), to: Double.log(widest), count: 32, of: distortion)) * sigma
  }

  /// The logarithm of the width at which a function is least: the best of equally spaced logarithms by a coarse rule, then
  /// Brent's method by a converged one. `function` takes the logarithm and the spacing of quadrature nodes.
  static func scannedMinimum(
    from low: Double, to high: Double, count: Int, of function: (Double, Double) -> Double
  ) -> Double {
    let distance = (high - low) / Double(count - 1)
    let arguments = (0..<count).map { low + Double($0) * distance }
    let values = arguments.map { function($0, 4 * StepView.convergedSpacing) }
    let index = values.indices.min { values[$0] < values[$1] } ?? 0
    // At an end, or on a plateau, the best point of the scan is the minimum.
    guard index > 0, index < count - 1 else { return arguments[index] }
    // By the width itself: near 0, where a logarithm has no relative accuracy, Brent's method would not stop.
    let widths = arguments[index - 1...index + 1].map { Double.exp($0) }
    let minimum = try? brentMinimum("least distortion", from: widths[0], through: widths[1], to: widths[2]) {
      function(Double.log($0), StepView.convergedSpacing)
    }
    return minimum.map { Double.log($0) } ?? arguments[index]
  }
}
