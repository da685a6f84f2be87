import IntervalArithmetic

/// A one-shot code of equal steps: x lies in step k if (k + theta) w <= x < (k + 1 + theta) w; the index is k itself, or
/// k mod M (a nested quantizer: bins of steps M w apart, which the decoder tells apart by Y). The decoder's estimate is
/// E[X|index, Y].
///
/// - Accuracy: rates and distortion to a relative 1e-10 (tests: 1e-9 against 30 digits); `StepView` has the quadrature.
/// - Source: Zamir, Shamai, Erez 2002, for nested codes; "Breaking Smoothness", section 3, and "Learned Layered Coding",
///   section 2, for their use here.
public struct SteppedQuantizer: Sendable, Hashable {
  /// The largest M: some 10 bits of conditional rate, and about a second for an optimum.
  public static let largestBinCount = 4096

  /// The source and side information.
  public let problem: GaussianSideInformation
  /// w, in units of X.
  public let step: Double
  /// theta, in steps: 0 puts a threshold on the mean, 1/2 the middle of a step.
  public let offset: Double
  /// M, or nil if the index is the step's number.
  public let bins: Int?

  /// A code of equal steps.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless step > 0 and the offset are finite, and 2 <= M <= `largestBinCount`.
  public init(
    problem: GaussianSideInformation, step: Double, offset: Double = 0.5, bins: Int? = nil
  ) throws(DomainError) {
    guard step > 0, step.isFinite else {
      throw .parameterOutOfRange(name: "step", value: String(step), requirement: "a finite number greater than 0")
    }
    guard offset.isFinite else {
      throw .parameterOutOfRange(name: "offset", value: String(offset), requirement: "a finite number of steps")
    }
    if let bins { try Self.require(bins: bins) }
    self.problem = problem
    self.step = step
    self.offset = offset
    self.bins = bins
  }

  /// H(index), H(index|Y) and E Var(X|index, Y).
  public var performance: SideInformationPerformance { performance(spacing: StepView.convergedSpacing) }

  /// With quadrature nodes of a given spacing.
  func performance(spacing: Double) -> SideInformationPerformance {
    let view = view(spacing: spacing)
    let conditional: (entropy: Double, distortion: Double)
    let marginal: Double
    if bins == nil {
      conditional = view.distinctSteps()
      let s = problem.sourceDeviation
      let unaided = StepView(step: view.step / s, offset: view.offset, bins: 1, spread: 0, spacing: spacing)
      marginal = unaided.distinctSteps().entropy
    } else {
      let every = [StepGrouping(labels: Array(0..<view.bins))]
      conditional = view.grouped(every)[0]
      marginal = view.marginalEntropies(every)[0]
    }
    return SideInformationPerformance(
      marginalRate: max(0, marginal) / natsPerBit, conditionalRate: max(0, conditional.entropy) / natsPerBit,
      distortion: min(conditional.distortion, 1) * problem.conditionalVariance)
  }

  /// H(index|Y) in nats, and the distortion in units of sigma^2_{X|Y}.
  func conditional(spacing: Double) -> (entropy: Double, distortion: Double) {
    let view = view(spacing: spacing)
    return bins == nil
      ? view.distinctSteps() : view.grouped([StepGrouping(labels: Array(0..<view.bins))])[0]
  }

  /// Steps of more than 40 standard deviations of the source are all alike: no threshold but one on the mean is ever met.
  private func view(spacing: Double) -> StepView {
    StepView(
      step: min(step / problem.conditionalVariance.squareRoot(), 40 * problem.sourceDeviation),
      offset: offset - offset.rounded(.down), bins: bins ?? 1, spread: problem.spread, spacing: spacing)
  }

  static func require(bins: Int) throws(DomainError) {
    guard bins >= 2, bins <= largestBinCount else {
      throw .parameterOutOfRange(
        name: "bins", value: String(bins), requirement: "a whole number from 2 to \(largestBinCount)")
    }
  }
}
