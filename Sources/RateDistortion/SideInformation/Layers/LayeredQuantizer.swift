import IntervalArithmetic

/// In which order the parts of a nested index are sent.
public enum RefinementOrder: String, Sendable, CaseIterable {
  /// The first stage names the largest group of neighbouring steps: each stage halves (or M-sects) the steps before it.
  case mostSignificantFirst = "msb-first"
  /// The first stage is the step's number modulo M_1: useless without later stages if the decoder cannot resolve it.
  case leastSignificantFirst = "lsb-first"
}

/// What the one width of a layered code is best for.
public enum RefinementObjective: String, Sendable, CaseIterable {
  /// The distortion after the last stage.
  case lastStage = "last-stage"
  /// The sum of the distortions after each stage.
  case sumOverStages = "sum-over-stages"
}

/// A nested quantizer sent in stages: the index is floor(x/w - theta) mod N, N = M_1 M_2 ... M_K, in mixed radix.
///
/// - Most significant first: after stage k the decoder knows the index div (M_{k+1} ... M_K), which is the index of a nested
///   quantizer of M_1 ... M_k bins with steps of M_{k+1} ... M_K w: each stage *is* a monolithic nested quantizer, and all have
///   the same period N w. As the best periods for different numbers of bins are nearly the same, nothing is lost.
/// - Least significant first: it knows the index modulo M_1 ... M_k, a nested quantizer of steps w and the short period
///   M_1 ... M_k w.
///
/// Rates are cumulative: H(index after stage k), and given Y; by the chain rule the sum over stages of what each adds.
///
/// - Bound: the Gaussian problem is successively refinable (Steinberg, Merhav 2004), so a sum rate of R_WZ(D_k) after each
///   stage k, at stage rates R_WZ(D_k) - R_WZ(D_{k-1}), is reached by long blocks, and no less is possible.
/// - Source: Cheng, Xiong 2005; "Learned Layered Coding for Successive Refinement in the Wyner-Ziv Problem", section 2.
public struct LayeredQuantizer: Sendable, Hashable {
  /// The source and side information.
  public let problem: GaussianSideInformation
  /// M_1, ..., M_K.
  public let stages: [Int]
  /// Which part is sent first.
  public let order: RefinementOrder
  /// w, the width of the last stage's steps, in units of X.
  public let step: Double
  /// theta, in steps.
  public let offset: Double

  /// A layered code.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless there is a stage, each has at least 2 labels, their product is at most
  ///   `SteppedQuantizer.largestBinCount`, the step is positive and finite and the offset finite.
  public init(
    problem: GaussianSideInformation, stages: [Int], order: RefinementOrder, step: Double, offset: Double = 0
  ) throws(DomainError) {
    let bins = try Self.bins(of: stages)
    // The step and the offset are subject to the same conditions.
    _ = try SteppedQuantizer(problem: problem, step: step, offset: offset, bins: bins)
    self.problem = problem
    self.stages = stages
    self.order = order
    self.step = step
    self.offset = offset
  }

  /// The number of bins of all stages together.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for lists that are empty, hold a number below 2, or multiply to more than
  ///   `SteppedQuantizer.largestBinCount`.
  public static func bins(of stages: [Int]) throws(DomainError) -> Int {
    let largest = SteppedQuantizer.largestBinCount
    var product = 1
    for count in stages {
      guard count >= 2, count <= largest, product <= largest / count else { throw bad(stages) }
      product *= count
    }
    guard !stages.isEmpty else { throw bad(stages) }
    return product
  }

  private static func bad(_ stages: [Int]) -> DomainError {
    .parameterOutOfRange(
      name: "stages", value: stages.prefix(12).map(String.init).joined(separator: ","),
      requirement: "one or more whole numbers, at least 2 each, with a product of at most "
        + String(SteppedQuantizer.largestBinCount))
  }

  /// Cumulative rates, and the distortion, after each stage.
  public var performances: [SideInformationPerformance] {
    let groupings = Self.groupings(stages, order)
    let view = view
    return zip(view.grouped(groupings), view.marginalEntropies(groupings)).map { conditional, marginal in
      SideInformationPerformance(
        marginalRate: max(0, marginal) / natsPerBit, conditionalRate: max(0, conditional.entropy) / natsPerBit,
        distortion: min(conditional.distortion, 1) * problem.conditionalVariance)
    }
  }

  /// Rates and distortion after a stage, proved; nil if its steps are too narrow or its bins too many
  /// (`SteppedQuantizer.enclosure`).
  ///
  /// Each stage is a nested quantizer: of the groups of steps that later stages divide, or of the steps modulo a part of N.
  public func enclosure(afterStage stage: Int) -> SideInformationEnclosure? {
    guard stages.indices.contains(stage - 1) else { return nil }
    let known = stages[..<stage].reduce(1, *)
    let group = order == .mostSignificantFirst ? stages[stage...].reduce(1, *) : 1
    let code = try? SteppedQuantizer(
      problem: problem, step: step * Double(group), offset: offset / Double(group), bins: known)
    return code?.enclosure
  }

  /// What each stage sends of a step's number: the digits of its index in mixed radix, in the order in which they are sent.
  func digits(ofStep step: Int) -> [Int] {
    let bins = stages.reduce(1, *)
    var rest = ((step % bins) + bins) % bins
    // From the least significant digit.
    let sizes = order == .mostSignificantFirst ? stages.reversed() : stages
    let digits = sizes.map { size -> Int in
      defer { rest /= size }
      return rest % size
    }
    return order == .mostSignificantFirst ? digits.reversed() : digits
  }

  /// What the decoder knows of a step's number after each stage.
  private static func groupings(_ stages: [Int], _ order: RefinementOrder) -> [StepGrouping] {
    let bins = stages.reduce(1, *)
    var known = 1
    return stages.map { count in
      known *= count
      return StepGrouping(
        labels: (0..<bins).map { order == .mostSignificantFirst ? $0 / (bins / known) : $0 % known })
    }
  }

  /// By how many steps the code can be moved without changing more than the labels' names: the first stage's groups, or one
  /// step where labels count steps.
  private static func period(_ stages: [Int], _ order: RefinementOrder) -> Int {
    order == .mostSignificantFirst ? stages.dropFirst().reduce(1, *) : 1
  }

  private var view: StepView {
    let bins = stages.reduce(1, *)
    return StepView(
      step: min(step / problem.conditionalVariance.squareRoot(), 40 * problem.sourceDeviation),
      offset: offset - (offset / Double(bins)).rounded(.down) * Double(bins),
      bins: bins, period: Self.period(stages, order), spread: problem.spread)
  }

  /// The layered code of the best width, and the better of the offsets 0 and 1/2.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for a list of stages that `bins(of:)` refuses.
  public static func optimal(
    problem: GaussianSideInformation, stages: [Int], order: RefinementOrder, objective: RefinementObjective
  ) throws(DomainError) -> LayeredQuantizer {
    let bins = try bins(of: stages)
    let groupings = groupings(stages, order)
    let judged = objective == .lastStage ? [groupings[stages.count - 1]] : groupings
    let sigma = problem.conditionalVariance.squareRoot()
    var best: (cost: Double, step: Double, offset: Double) = (.infinity, sigma, 0)
    for offset in SteppedQuantizer.symmetricOffsets {
      let cost = { (logStep: Double, spacing: Double) -> Double in
        StepView(
          step: Double.exp(logStep), offset: offset, bins: bins, period: period(stages, order), spread: problem.spread,
          spacing: spacing
        ).grouped(judged).reduce(0) { $0 + $1.distortion }
      }
      // Least significant first, early stages alias at the widths that are best for the last.
      let widest = bins < 8 || order == .leastSignificantFirst ? 4 * problem.sourceDeviation + 8 : 24 / Double(bins)
      let logStep = SteppedQuantizer.scannedMinimum(
        from: Double.log(2 / Double(bins)), to: Double.log(widest), count: 32, of: cost)
      let least = cost(logStep, StepView.convergedSpacing)
      if least < best.cost { best = (least, Double.exp(logStep) * sigma, offset) }
    }
    return try LayeredQuantizer(
      problem: problem, stages: stages, order: order, step: best.step, offset: best.offset)
  }
}
