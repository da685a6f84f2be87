import GSL
import IntervalArithmetic

/// The best a code of equal steps does at each distortion or rate: the width, and one of the two symmetric offsets, of the
/// least rate.
///
/// - `slepian-wolf-uniform`: the index is the step's number and ideal Slepian-Wolf coding brings the rate to H(index|Y). At
///   high rate R - R_WZ tends to 1/2 log2(2 pi e/12) = 0.2546 bits (1.53 dB).
/// - `nested-M`: the index is the step's number modulo M, at the rate H(index); `nested-M-conditional` at H(index|Y).
///
/// From the width of least distortion on (0 for plain steps), the distortion rises with the width and both rates fall: seen on
/// widths 5 % apart for tau^2 from 0.01 to 1000 and M = 2, 3, 4, 8, not proved; were it not so, a point would still be the
/// performance of a code that exists, though not of the best. A nested code of M bins has no less distortion than its best
/// width: below, the rate is infinite.
///
/// - Kind: `upper`: `bound` names a code whose distortion is proved to be at most D, and encloses its rate
///   (`SideInformationEnclosure`), to some 1e-12 bits. Points are floating point, to 1e-10.
public struct SteppedCurve: Limit {
  /// The source and side information.
  public let problem: GaussianSideInformation
  /// M, or nil for plain steps.
  public let bins: Int?
  /// Which rate counts.
  public let coding: IndexCoding

  /// Plain steps with ideal Slepian-Wolf coding.
  public static func slepianWolfUniform(_ problem: GaussianSideInformation) -> SteppedCurve {
    SteppedCurve(problem: problem, bins: nil, coding: .conditional)
  }

  /// Nested quantizers of M bins.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 2 <= M <= `SteppedQuantizer.largestBinCount`.
  public static func nested(
    _ problem: GaussianSideInformation, bins: Int, coding: IndexCoding = .marginal
  ) throws(DomainError) -> SteppedCurve {
    try SteppedQuantizer.require(bins: bins)
    return SteppedCurve(problem: problem, bins: bins, coding: coding)
  }

  /// Without a check of M.
  init(problem: GaussianSideInformation, bins: Int?, coding: IndexCoding) {
    self.problem = problem
    self.bins = bins
    self.coding = coding
  }

  public var name: CurveName {
    guard let bins else { return .slepianWolfUniform }
    return CurveName(rawValue: "nested-\(bins)" + (coding == .conditional ? "-conditional" : ""))
  }
  public var kind: BoundKind { .upper }
  /// A bound takes some 10 ms.
  public var isCostly: Bool { true }
  public var summary: String {
    guard let bins else { return "equal steps, ideal Slepian-Wolf coding: H(index|Y), best step" }
    return "equal steps, index modulo \(bins) (nested), best step: "
      + (coding == .marginal ? "H(index)" : "H(index|Y), ideal Slepian-Wolf coding")
  }
  public var largestDistortion: Double { problem.conditionalVariance }
  public var enclosedLargestDistortion: Interval { problem.enclosedVariance }
  public var evidence: [any Evidence.Type] { [SteppedCode.self] }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let code = try code(atDistortion: distortion) else {
      return OperatingPoint(distortion: distortion, rate: .infinity, slope: nil)
    }
    return OperatingPoint(distortion: distortion, rate: code.performance.rate(coding), slope: slope(at: code))
  }

  /// The least distortion of a code whose rate is no higher; if `rate` is above that of the best nested code, the latter's.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    var best: (distortion: Double, code: SteppedQuantizer)?
    for offset in SteppedQuantizer.symmetricOffsets {
      guard let code = try code(atRate: rate, offset: offset) else { continue }
      let distortion = code.performance.distortion
      if distortion < best?.distortion ?? .infinity { best = (distortion, code) }
    }
    guard let best else { return OperatingPoint(distortion: largestDistortion, rate: rate, slope: 0) }
    return OperatingPoint(distortion: best.distortion, rate: rate, slope: slope(at: best.code))
  }

  /// The code of least rate with this distortion, or nil if there is none.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  public func code(atDistortion distortion: Double) throws(DomainError) -> SteppedQuantizer? {
    try CurveRange.everywhere.require(distortion: distortion)
    var best: (rate: Double, code: SteppedQuantizer)?
    for offset in SteppedQuantizer.symmetricOffsets {
      guard let code = try code(atDistortion: distortion, offset: offset) else { continue }
      let rate = code.performance.rate(coding)
      if rate < best?.rate ?? .infinity { best = (rate, code) }
    }
    return best?.code
  }
}

extension CurveName {
  /// Equal steps with ideal Slepian-Wolf coding.
  public static let slepianWolfUniform = CurveName(rawValue: "slepian-wolf-uniform")
}
