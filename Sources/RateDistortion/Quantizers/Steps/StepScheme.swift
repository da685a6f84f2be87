import IntervalArithmetic

/// A curve of quantizers with one step: what uniform thresholds and dead zones do alike.
///
/// - Domain: rates from 0 to `largestQuantizerRate`, 0 from the variance on.
/// - Kind: upper. A bound sums the cells of a finite code with intervals; its upper end is the entropy of a code of distortion
///   at most D, whatever the density. The lower end takes H and D of the family to be monotone in the step, which is believed of
///   log-concave densities, not proved here, and claimed by nobody.
protocol StepScheme: Limit {
  associatedtype Density: ScalarDensity

  /// The standard density.
  var density: Density { get }

  /// Quantizers that meet a target, of which the best is the curve; empty if there is none.
  ///
  /// - Parameter neighbour: the best for a target close by, so that what is searched for is sought next to it; nil for none.
  func solutions(_ target: Target, near neighbour: StepFamily<Density>.Solution?) -> [StepFamily<Density>.Solution]

  /// A code as evidence.
  func evidence(of steps: EqualSteps) -> any Evidence
}

extension StepScheme {
  public var kind: BoundKind { .upper }
  /// The variance: what is reached with nothing sent.
  public var largestDistortion: Double { density.variance(as: Double.self) }
  public var enclosedLargestDistortion: Interval { density.variance(as: Interval.self) }
  public var range: CurveRange { density.quantizerRange }

  /// Entropy in bits and distortion of a family's quantizer with a given step.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for a step below that of `largestQuantizerRate`, or one beyond the support.
  func quantizer(step: Double, of family: StepFamily<Density>) throws(DomainError) -> OperatingPoint {
    guard step >= density.leastStep, step <= family.largestStep else {
      throw .parameterOutOfRange(
        name: "step", value: String(step), requirement: "a number from \(density.leastStep) to \(family.largestStep)")
    }
    let steps = family.steps(step)
    return point(StepFamily.Solution(density: density, steps: steps, sums: density.sums(of: steps)))
  }

  private func point(_ solution: StepFamily<Density>.Solution) -> OperatingPoint {
    OperatingPoint(
      distortion: solution.sums.distortion, rate: solution.sums.entropy / natsPerBit,
      slope: lambda(ofBeta: solution.beta))
  }

  /// The best quantizer: of least entropy at a distortion, of least distortion at a rate.
  private func best(
    _ target: Target, near neighbour: StepFamily<Density>.Solution? = nil
  ) -> StepFamily<Density>.Solution? {
    solutions(target, near: neighbour).min { target.cost(of: $0.sums) < target.cost(of: $1.sums) }
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard distortion < largestDistortion, let best = best(.distortion(distortion)) else {
      return OperatingPoint(distortion: distortion, rate: 0, slope: 0)
    }
    var point = point(best)
    point.distortion = distortion
    point.slope = slope(at: distortion, by: best)
    return point
  }

  /// Bits per unit of distortion at a point of the curve. Where the support is bounded, H and D have corners wherever a cell
  /// enters at an end, and derivatives at a point jump: the mean over 2^-13 of D, of quantizers next to the best one.
  private func slope(at distortion: Double, by best: StepFamily<Density>.Solution) -> Double? {
    guard density.isBounded else { return lambda(ofBeta: best.beta) }
    let ends = [1 - 0x1p-14, 1 + 0x1p-14].map { $0 * distortion }
    let rates = ends.map { end in
      end < largestDistortion ? (self.best(.distortion(end), near: best)?.sums.entropy ?? 0) / natsPerBit : 0
    }
    return max(0, (rates[0] - rates[1]) / (ends[1] - ends[0]))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard let best = best(.rate(rate * natsPerBit)), best.sums.distortion < largestDistortion else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: nil)
    }
    var point = point(best)
    point.rate = rate
    point.slope = slope(at: point.distortion, by: best)
    return point
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let target = Interval(distortion)
    let found = solutions(.distortion(distortion), near: nil).sorted { $0.sums.entropy < $1.sums.entropy }
    guard let best = found.first, let code = best.codeBelow(target) else {
      return Bound(
        kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no code was enclosed"))
    }
    let lower = found.map { (($0.codeAbove(target)?.entropy ?? 0) / .ln2).lower }.min() ?? 0
    return Bound(
      kind: .upper, distortion: distortion, rate: .hull(max(0, lower), (code.entropy / .ln2).upper),
      slope: slope(at: distortion, by: best), evidence: evidence(of: code.steps))
  }
}

extension Target {
  /// What is to be as small as possible where the other quantity is given.
  func cost(of sums: StepSums) -> Double {
    switch self {
    case .rate: return sums.distortion
    case .distortion: return sums.entropy
    }
  }
}
