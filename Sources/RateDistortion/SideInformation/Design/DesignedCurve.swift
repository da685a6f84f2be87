import IntervalArithmetic

/// The best one-shot codes known: the lower convex hull of designed codes (`DesignedCode`), for the marginal or the conditional
/// rate. Where two codes share the time, encoder and decoder agree beforehand which is used when, as for `ecsq`.
///
/// At a distortion, codes are designed afresh for slopes on both sides of it, and each is then led towards the distortion by
/// small changes of the slope: between the optima of one structure the hull is smooth, and where structures change it has
/// an edge, which is kept once no design for its slope goes below it. A point takes up to a few seconds.
///
/// - Domain: D from that of the code for the largest slope (`DesignedCode.largestSlope`) up; below, the rate is infinite, as no
///   code was designed.
/// - Kind: `upper`: the codes' distortion is proved to be at most D and their rate enclosed, to some 1e-12 bits; that no code
///   is better is not claimed.
public struct DesignedCurve: Limit {
  /// The source and side information.
  public let problem: GaussianSideInformation
  /// Which rate counts.
  public let coding: IndexCoding

  /// The curve of designed codes.
  public init(_ problem: GaussianSideInformation, coding: IndexCoding) {
    self.problem = problem
    self.coding = coding
  }

  public var name: CurveName { coding == .marginal ? .designedMarginal : .designedConditional }
  public var kind: BoundKind { .upper }
  /// A point takes seconds.
  public var isCostly: Bool { true }
  public var summary: String {
    "designed one-shot codes with binning, time sharing included: "
      + (coding == .marginal ? "H(index)" : "H(index|Y), ideal Slepian-Wolf coding")
  }
  public var largestDistortion: Double { problem.conditionalVariance }
  public var enclosedLargestDistortion: Interval { problem.enclosedVariance }
  public var evidence: [any Evidence.Type] { [SharedLabelledCodes.self] }

  /// A point of the hull: one code, or two that share the time.
  public struct Mixture: Sendable {
    /// The code of the lower rate.
    public let coarser: DesignedCode
    /// The code of the higher rate.
    public let finer: DesignedCode
    /// The share of the time for which `finer` is used.
    public let weight: Double

    /// The rates and the distortion.
    public var performance: SideInformationPerformance { mix(\.performance) }
    /// Their errors.
    public var error: SideInformationPerformance { mix(\.error) }

    private func mix(_ path: KeyPath<DesignedCode, SideInformationPerformance>) -> SideInformationPerformance {
      let (a, b) = (coarser[keyPath: path], finer[keyPath: path])
      let between = { (x: Double, y: Double) in x + weight * (y - x) }
      return SideInformationPerformance(
        marginalRate: between(a.marginalRate, b.marginalRate),
        conditionalRate: between(a.conditionalRate, b.conditionalRate), distortion: between(a.distortion, b.distortion))
    }
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let mixture = try mixture(atDistortion: distortion) else {
      return OperatingPoint(distortion: distortion, rate: .infinity, slope: nil)
    }
    return OperatingPoint(
      distortion: distortion, rate: mixture.performance.rate(coding), slope: slope(of: mixture))
  }

  /// The hull at a rate; above the rates that are designed, the point of the largest one.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    if let mixture = try mixture(at: .rate(rate)) {
      return OperatingPoint(distortion: mixture.performance.distortion, rate: rate, slope: slope(of: mixture))
    }
    let last = try DesignedCode(problem: problem, slope: largestSlope, coding: coding)
    return OperatingPoint(distortion: last.performance.distortion, rate: rate, slope: nil)
  }

  /// Designed codes whose distortion, sharing the time, is proved to be at most D, and their enclosed rate; unbounded below the
  /// distortions that codes are designed for.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    var isOutOfReach = false
    let bound = try nudged(from: 4e-12, by: 100, below: 1e-3) { margin throws(DomainError) -> Bound? in
      guard !isOutOfReach, let mixture = try mixture(atDistortion: min(distortion, largestDistortion) * (1 - margin))
      else {
        isOutOfReach = true
        return nil
      }
      let codes = (mixture.coarser.code, mixture.finer.code)
      guard let claim = enclosed(codes.0, codes.1, weight: mixture.weight), claim.distortion.upper <= distortion else {
        return nil
      }
      return Bound(
        kind: kind, distortion: distortion, rate: claim.rate(coding), slope: slope(of: mixture),
        evidence: SharedLabelledCodes(coarser: codes.0, finer: codes.1, weight: mixture.weight))
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no code was designed for a distortion as small"))
  }

  /// Two codes that share the time, enclosed.
  private func enclosed(
    _ coarser: LabelledQuantizer, _ finer: LabelledQuantizer, weight: Double
  ) -> SideInformationEnclosure? {
    guard let one = coarser.enclosure(for: problem), let other = finer.enclosure(for: problem) else { return nil }
    return .mixture(one, other, weight: weight)
  }

  /// The named codes' rate if their distortion is proved to be at most D: thresholds and labels are evaluated anew.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let codes = evidence as? SharedLabelledCodes, codes.weight >= 0, codes.weight <= 1 else { return .entire }
    guard let claim = enclosed(codes.coarser, codes.finer, weight: codes.weight) else {
      throw .evidenceRefused("the codes have too many cells and labels: too costly to check here")
    }
    return .hull(0, claim.distortion.upper <= distortion ? claim.rate(coding).upper : .infinity)
  }

  /// -dR/dD of the hull: of the edge, or the slope for which the code was designed.
  func slope(of mixture: Mixture) -> Double {
    let (a, b) = (mixture.coarser, mixture.finer)
    // Between neighbours the quotient would be of what alternating minimisation left over.
    guard a.performance.distortion > b.performance.distortion * (1 + 1e-3) else { return b.slope }
    return (b.performance.rate(coding) - a.performance.rate(coding))
      / (a.performance.distortion - b.performance.distortion)
  }

  /// The codes of the hull at a distortion, or nil if none was designed for one as small.
  ///
  /// - Throws: `DomainError` for a distortion or a problem that no code is designed for.
  public func mixture(atDistortion distortion: Double) throws(DomainError) -> Mixture? {
    try CurveRange.everywhere.require(distortion: distortion)
    return try mixture(at: .distortion(min(distortion, largestDistortion)))
  }
}

extension CurveName {
  /// Designed codes by their marginal rate.
  public static let designedMarginal = CurveName(rawValue: "designed-marginal")
  /// Designed codes by their conditional rate.
  public static let designedConditional = CurveName(rawValue: "designed-conditional")
}
