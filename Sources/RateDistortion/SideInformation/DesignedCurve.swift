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
/// - Kind: `estimate`: the codes exist and do what is said to within a quadrature error below 1e-8 bits, which is believed
///   rather than proved; that none is better is not claimed.
public struct DesignedCurve: Curve {
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
  public var kind: BoundKind { .estimate }
  public var summary: String {
    "designed one-shot codes with binning, time sharing included: "
      + (coding == .marginal ? "H(index)" : "H(index|Y), ideal Slepian-Wolf coding")
  }
  public var largestDistortion: Double { problem.conditionalVariance }

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

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let mixture = try mixture(atDistortion: distortion) else {
      return OperatingPoint(distortion: distortion, rate: .infinity, slope: nil)
    }
    let isSilent = distortion >= largestDistortion
    return OperatingPoint(
      distortion: distortion, rate: isSilent ? 0 : mixture.performance.rate(coding),
      slope: isSilent ? 0 : slope(of: mixture))
  }

  /// The hull at a rate; above the rates that are designed, the point of the largest one.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try requireRate(rate)
    guard rate > 0 else { return OperatingPoint(distortion: largestDistortion, rate: 0, slope: 0) }
    if let mixture = try mixture(at: .rate(rate)) {
      return OperatingPoint(distortion: mixture.performance.distortion, rate: rate, slope: slope(of: mixture))
    }
    let last = try DesignedCode(problem: problem, slope: largestSlope, coding: coding)
    return OperatingPoint(distortion: last.performance.distortion, rate: rate, slope: nil)
  }

  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    guard let mixture = try mixture(atDistortion: distortion) else {
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        certificate: .closedForm("no code was designed for a distortion as small"))
    }
    guard distortion < largestDistortion else {
      return Bound(
        kind: kind, distortion: distortion, rate: Interval(0), slope: 0, certificate: .closedForm("no code is needed"))
    }
    let rate = mixture.performance.rate(coding)
    let slope = slope(of: mixture)
    let error = mixture.error.rate(coding) + slope * mixture.error.distortion + 1e-12 * (1 + rate)
    let codes = [mixture.coarser, mixture.finer].map { "\(Set($0.code.labels).count) labels, slope \($0.slope)" }
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, rate - error), rate + error), slope: slope,
      certificate: .closedForm(
        "designed codes of \(codes[0]), and of \(codes[1]) for the share \(mixture.weight) of the time"))
  }

  /// The design done anew, if the certificate names the same codes: an estimate, with no proof but its error.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    let bound = try bound(atDistortion: distortion)
    return certificate == bound.certificate ? bound.rate : .entire
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
    try requireDistortion(distortion)
    return try mixture(at: .distortion(min(distortion, largestDistortion)))
  }
}

extension CurveName {
  /// Designed codes by their marginal rate.
  public static let designedMarginal = CurveName(rawValue: "designed-marginal")
  /// Designed codes by their conditional rate.
  public static let designedConditional = CurveName(rawValue: "designed-conditional")
}
