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
public struct LloydMaxQuantizers<Density: ScalarDensity>: Curve {
  /// The source.
  public let source: ScaledDensity<Density>

  /// The Lloyd-Max quantizers of a source.
  public init(source: ScaledDensity<Density>) { self.source = source }

  /// The curve's identifier.
  public var name: CurveName { .lloydMax }
  /// What the curve's numbers claim.
  public var kind: BoundKind { .upper }
  /// The scheme in a line.
  public var summary: String { "Lloyd-Max quantizers at the fixed rate log2 N, a staircase (Max 1960)" }
  /// The variance: what is reached with nothing sent.
  public var largestDistortion: Double { source.variance.midpoint }

  /// The quantizer of N levels as an operating point: rate log2 N, and its distortion.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1 <= N <= 65536.
  public func quantizer(levels: Int) throws(DomainError) -> OperatingPoint {
    let quantizer = try LloydMaxQuantizer(source.density, levels: levels)
    return OperatingPoint(
      distortion: levels == 1 ? largestDistortion : source.scaled(quantizer.distortion),
      rate: Double.log(Double(levels)) / natsPerBit, slope: nil)
  }

  /// The distortion at a rate, in floating point.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is within the curve's domain.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try source.requireQuantizerRate(rate)
    // A rate within rounding of log2 N means N.
    let levels = Int((Double.exp(rate * natsPerBit) * (1 + 1e-14)).rounded(.down))
    let point = try quantizer(levels: min(max(levels, 1), LloydMaxQuantizer<Density>.largestLevels))
    return OperatingPoint(distortion: point.distortion, rate: rate, slope: nil)
  }

  /// The rate at a distortion, in floating point.
  ///
  /// - Throws: `DomainError` unless the distortion is within the curve's domain.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    let levels = try fewestLevels(atDistortion: distortion)
    return OperatingPoint(
      distortion: distortion, rate: Double.log(Double(levels)) / natsPerBit, slope: levels == 1 ? 0 : nil)
  }

  /// A number of levels N proves log2 N achievable, if the quantizer's enclosed distortion is at most D.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .lloydMax(let levels) = certificate else { return .entire }
    let code = try LloydMaxQuantizer(source.density, levels: levels)
    let enclosed = levels == 1 ? source.variance : code.enclosedDistortion() * source.squaredScale
    return .hull(0, enclosed.upper <= distortion ? (Interval.log(Interval(levels)) / .ln2).upper : .infinity)
  }

  /// The rate at a distortion with its error and the scheme's parameters.
  ///
  /// - Throws: `DomainError` unless the distortion is within the curve's domain.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let fewest = try fewestLevels(atDistortion: min(distortion * (1 + 1e-10), .greatestFiniteMagnitude))
    var levels = fewest
    while levels < fewest + 2, levels <= LloydMaxQuantizer<Density>.largestLevels {
      let code = try LloydMaxQuantizer(source.density, levels: levels)
      let enclosed = levels == 1 ? source.variance : code.enclosedDistortion() * source.squaredScale
      if enclosed.upper <= distortion {
        let upper = Interval.log(Interval(levels)) / .ln2
        let lower = Interval.log(Interval(fewest)) / .ln2
        return Bound(
          kind: .upper, distortion: distortion, rate: lower.hull(with: upper), slope: levels == 1 ? 0 : nil,
          certificate: .lloydMax(levels: levels))
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
    try requireDistortion(distortion)
    let most = LloydMaxQuantizer<Density>.largestLevels
    let target = source.standard(distortion)
    guard target < source.density.variance(as: Double.self) else { return 1 }
    let estimate = (HighRate.panterDite(source.density) / target).squareRoot()
    guard estimate < 2 * Double(most) else { throw .distortionTooSmall(distortion, least: try leastDistortion()) }
    // low levels are known to miss, high levels to reach.
    var low = 1
    var high: Int?
    var levels = min(max(Int(estimate), 2), most)
    for _ in 0..<100 {
      let value = try LloydMaxQuantizer(source.density, levels: levels).distortion
      if value > target { low = max(low, levels) } else { high = min(high ?? most, levels) }
      if let high, high - low <= 1 { return high }
      if high == nil, low == most { break }
      let corrected = Int(Double(levels) * (value / target).squareRoot()) + (value > target ? 1 : -1)
      levels = min(max(corrected, low + 1), high.map { $0 - 1 } ?? most)
    }
    throw .distortionTooSmall(distortion, least: try leastDistortion())
  }

  private func leastDistortion() throws(DomainError) -> Double {
    try quantizer(levels: LloydMaxQuantizer<Density>.largestLevels).distortion
  }
}
