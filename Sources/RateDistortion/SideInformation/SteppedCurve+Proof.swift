import IntervalArithmetic

extension SteppedCurve {
  /// A code of distortion at most D, proved, and its enclosed rate.
  ///
  /// The code of distortion D (1 - margin), the margin raised from 4e-12 until intervals confirm. Plain steps below 1/20 of
  /// sigma_{X|Y} are bounded in closed form instead, see `finestBound`. Where no code is found, or none is enclosed, nothing
  /// is proved and the rate is unbounded.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let silence = Certificate.labelledCodes(coarser: .silence, finer: .silence, weight: 0)
    guard distortion < problem.enclosedVariance.upper else {
      return Bound(kind: kind, distortion: distortion, rate: Interval(0), slope: 0, certificate: silence)
    }
    if bins == nil, let bound = finestBound(distortion) { return bound }
    var margin = 4e-12
    while margin < 1e-3 {
      let target = max(min(distortion, largestDistortion) * (1 - margin), .leastNormalMagnitude)
      guard let code = try code(atDistortion: target), let enclosure = code.enclosure else { break }
      if enclosure.distortion.upper <= distortion {
        return Bound(
          kind: kind, distortion: distortion, rate: enclosure.rate(coding), slope: slope(at: code),
          certificate: .steppedCode(step: code.step, offset: code.offset, bins: bins))
      }
      margin *= 10
    }
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
      certificate: .closedForm("no code of this kind is known for a distortion as small"))
  }

  /// Plain steps with an offset drawn uniformly: with U uniform on a step and Z = W + U, whatever tau is,
  ///
  ///     H(k|Y, offset) = h(Z) - log w <= 1/2 log(2 pi e (1 + w^2/12)) - log w,
  ///     D = 1 - J(Z) <= 1 - 1/(1 + w^2/12),
  ///
  /// as no density of this variance has a larger entropy or a smaller Fisher information (Cramer, Rao). Fine steps lose a
  /// relative 3e-4 w^6 in D by this: 5e-12 at w = 1/20.
  private func finestBound(_ distortion: Double) -> Bound? {
    let relative = distortion / problem.conditionalVariance
    guard relative < 1.0 / 4800 else { return nil }
    let deviation = problem.conditionalVariance.squareRoot()
    // A few parts in 2^52 more than rounding can lose.
    let step = (12 * relative / (1 - relative)).squareRoot() * deviation * (1 - 0x1p-45)
    guard step > 0, let (rate, achieved) = finest(step: step), achieved.upper <= distortion else { return nil }
    return Bound(
      kind: kind, distortion: distortion, rate: rate, slope: 1 / (2 * natsPerBit * distortion),
      certificate: .steppedCode(step: step, offset: nil, bins: nil))
  }

  /// The closed bounds on rate and distortion, evaluated with intervals.
  private func finest(step: Double) -> (rate: Interval, distortion: Interval)? {
    guard step > 0, step.isFinite else { return nil }
    let width = Interval(step) / .sqrt(problem.enclosedVariance)
    guard width.lower > 0, width.upper < 1e100 else { return nil }
    let excess = Interval.squared(width) / 12
    let largest: Interval = (.log(2 * .pi) + 1 + .log1p(excess)) / 2
    let rate = (largest - .log(width)) / .ln2
    let distortion = problem.enclosedVariance * (excess / (1 + excess))
    return (.hull(max(0, rate.lower), max(0, rate.upper)), distortion)
  }

  /// The named code's rate if its distortion is proved to be at most D.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    let rate: Interval
    let achieved: Interval
    switch certificate {
    case .steppedCode(let step, nil, nil):
      guard bins == nil, let claim = finest(step: step) else { return .entire }
      (rate, achieved) = claim
    case .steppedCode(let step, let offset?, let named):
      guard named == bins else { return .entire }
      let code = try SteppedQuantizer(problem: problem, step: step, offset: offset, bins: named)
      guard let enclosure = code.enclosure else { return .entire }
      (rate, achieved) = (enclosure.rate(coding), enclosure.distortion)
    case .labelledCodes(.silence, .silence, _):
      (rate, achieved) = (0, problem.enclosedVariance)
    default:
      return .entire
    }
    return .hull(0, achieved.upper <= distortion ? rate.upper : .infinity)
  }
}
