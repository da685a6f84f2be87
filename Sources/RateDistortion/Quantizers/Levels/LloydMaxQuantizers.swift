import IntervalArithmetic

/// Lloyd-Max quantizers at the fixed rate log2 N, the best that a code without entropy coding does.
///
/// N is a whole number, so the curve is a staircase: at a distortion D it is log2 of the least N whose distortion is at
/// most D; at a rate R it is the distortion of floor(2^R) levels. A point therefore carries the D or the R that was
/// asked for, and has no slope.
///
/// - Domain: rates from 0 to `largestQuantizerRate`. Accuracy of `point`: 1e-11 relative in D.
/// - Kind: upper. The bound's upper end is log2 N of a code whose enclosed distortion is at most D; the lower end takes
///   the next smaller N to miss D if it misses by 1e-10 in floating point.
/// - Source: Max 1960; see `LloydMaxQuantizer`.
public struct LloydMaxQuantizers<Density: LogConcaveDensity>: Limit {
  /// The standard density.
  public let density: Density

  /// The Lloyd-Max quantizers of a source.
  public init(_ density: Density) { self.density = density }

  public var name: CurveName { .lloydMax }
  public var kind: BoundKind { .upper }
  public var summary: String { "Lloyd-Max quantizers at the fixed rate log2 N, a staircase (Max 1960)" }
  /// The variance: what is reached with nothing sent.
  public var largestDistortion: Double { density.variance(as: Double.self) }
  public var enclosedLargestDistortion: Interval { density.variance(as: Interval.self) }
  public var range: CurveRange { CurveRange(largestRate: largestQuantizerRate) }

  /// The quantizer of N levels as an operating point: rate log2 N, and its distortion.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1 <= N <= 65536.
  public func quantizer(levels: Int) throws(DomainError) -> OperatingPoint {
    let quantizer = try LloydMaxQuantizer(density, levels: levels)
    return OperatingPoint(
      distortion: levels == 1 ? largestDistortion : quantizer.distortion,
      rate: Double.log(Double(levels)) / natsPerBit, slope: nil)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    // A rate within rounding of log2 N means N.
    let levels = Int((Double.exp(rate * natsPerBit) * (1 + 1e-14)).rounded(.down))
    let point = try quantizer(levels: min(max(levels, 1), LloydMaxQuantizer<Density>.largestLevels))
    return OperatingPoint(distortion: point.distortion, rate: rate, slope: nil)
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let levels = try fewestLevels(atDistortion: distortion)
    return OperatingPoint(
      distortion: distortion, rate: Double.log(Double(levels)) / natsPerBit, slope: levels == 1 ? 0 : nil)
  }

  public var evidence: [any Evidence.Type] { [LloydMaxLevels.self] }

  /// A number of levels N proves log2 N achievable, if the quantizer's enclosed distortion is at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let levels = (evidence as? LloydMaxLevels)?.levels else { return .entire }
    let reaches = try enclosedDistortion(levels: levels).upper <= distortion
    return .hull(0, reaches ? Self.rate(ofLevels: levels).upper : .infinity)
  }

  /// log2 N, which is a whole number for powers of two.
  private static func rate(ofLevels levels: Int) -> Interval {
    levels & (levels - 1) == 0
      ? Interval(Double(levels.trailingZeroBitCount)) : Interval.log(Interval(levels)) / .ln2
  }

  private func enclosedDistortion(levels: Int) throws(DomainError) -> Interval {
    let code = try LloydMaxQuantizer(density, levels: levels)
    return levels == 1 ? enclosedLargestDistortion : code.enclosedDistortion()
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let fewest = try fewestLevels(atDistortion: min(distortion * (1 + 1e-10), .greatestFiniteMagnitude))
    var levels = fewest
    while levels < fewest + 2, levels <= LloydMaxQuantizer<Density>.largestLevels {
      if try enclosedDistortion(levels: levels).upper <= distortion {
        let (upper, lower) = (Self.rate(ofLevels: levels), Self.rate(ofLevels: fewest))
        return Bound(
          kind: .upper, distortion: distortion, rate: lower.hull(with: upper), slope: levels == 1 ? 0 : nil,
          evidence: LloydMaxLevels(levels: levels))
      }
      levels += 1
    }
    throw .distortionTooSmall(distortion, least: try leastDistortion())
  }

  /// The least N whose distortion is at most D. From Panter and Dite's N, corrected by N D^2 = const until D is
  /// bracketed.
  ///
  /// - Throws: `DomainError.distortionTooSmall` if 65536 levels do not reach D.
  public func fewestLevels(atDistortion distortion: Double) throws(DomainError) -> Int {
    try CurveRange.everywhere.require(distortion: distortion)
    let most = LloydMaxQuantizer<Density>.largestLevels
    guard distortion < largestDistortion else { return 1 }
    let estimate = (density.panterDiteConstant / distortion).squareRoot()
    guard !(estimate >= 2 * Double(most)) else { throw .distortionTooSmall(distortion, least: try leastDistortion()) }
    // low levels are known to miss, high levels to reach.
    var low = 1
    var high: Int?
    var levels = estimate.isNaN ? 2 : min(max(Int(estimate), 2), most)
    for _ in 0..<100 {
      let value = try LloydMaxQuantizer(density, levels: levels).distortion
      guard value.isFinite else { break }
      if value > distortion { low = max(low, levels) } else { high = min(high ?? most, levels) }
      if let high, high - low <= 1 { return high }
      if high == nil, low == most { break }
      let corrected = Int(Double(levels) * (value / distortion).squareRoot()) + (value > distortion ? 1 : -1)
      levels = min(max(corrected, low + 1), high.map { $0 - 1 } ?? most)
    }
    throw .distortionTooSmall(distortion, least: try leastDistortion())
  }

  private func leastDistortion() throws(DomainError) -> Double {
    try quantizer(levels: LloydMaxQuantizer<Density>.largestLevels).distortion
  }
}

/// The Lloyd-Max quantizer of so many levels: cells between halfway points, codepoints at their centroids.
public struct LloydMaxLevels: Evidence, Equatable {
  public static let type = "lloyd-max"
  public static let meaning =
    "A number of levels N, at most 65536. log2 N is achievable, if the enclosed distortion of the Lloyd-Max quantizer, designed "
    + "anew, is at most D."

  /// N.
  public let levels: Int

  /// The quantizer of N levels.
  public init(levels: Int) { self.levels = levels }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) { levels = try form.count("levels") }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["levels": Double(levels)]) }
  public var sentence: String { "the Lloyd-Max quantizer of \(levels) levels" }
}
