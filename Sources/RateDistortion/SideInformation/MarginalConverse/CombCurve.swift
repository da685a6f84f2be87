import GSL
import IntervalArithmetic

/// Equal intervals at equal distances, a comb, under a flat prior and seen through noise N(0, 1).
///
/// A tooth has the width w, the period is T, the density w/T. Over a period int u V = int u - int u'^2/u, as u is periodic, so
///
///     D = 1 - (2/w) int_0^(T/2) u'^2/u dz.
///
/// With K = T/w bins of equal width in a period, H(index) = log K.
public struct Comb: Evidence, Equatable {
  public static let type = "comb"
  public static let meaning =
    "A set of intervals of a width at equal distances, the period, in units of the noise's deviation. It proves R <= log2(period/width) "
    + "if the distortion, enclosed anew, is at most D. The period is from 1 to 32, the width at least a millionth of it."

  /// T.
  public let period: Double
  /// w.
  public let width: Double

  init(period: Double, width: Double) {
    self.period = period
    self.width = width
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    period = try form.number("period")
    width = try form.number("width")
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["period": period, "width": width]) }
  public var sentence: String { "intervals \(width.words) wide, one every \(period.words) noise deviations" }

  /// Periods that are looked at, and the least share of one.
  static let periods = 1.0...32.0
  static let leastShare = 1e-6

  /// D in floating point: the trapezoidal rule over a period converges geometrically.
  var distortion: Double {
    let count = max(32, Int(period * 12))
    let teeth = Int((10 / period).rounded(.up)) + 1
    var sum = 0.0
    for index in 0...count {
      let z = period / 2 * Double(index) / Double(count)
      var (level, slope) = (0.0, 0.0)
      for tooth in -teeth...teeth {
        let x = z - Double(tooth) * period
        level += normalTail(x.magnitude - width / 2) - normalTail(x.magnitude + width / 2)
        slope += normalDensity(x + width / 2) - normalDensity(x - width / 2)
      }
      if level > 0 { sum += slope * slope / level * (index == 0 || index == count ? 0.5 : 1) }
    }
    return 1 - 2 / width * sum * period / 2 / Double(count)
  }

  /// D enclosed; nil beyond what is looked at.
  ///
  /// Teeth whose edges lie 9 from the half period [0, T/2] or further are left out: they add below 1e-15 to u and to each of the
  /// coefficients of u'.
  var enclosedDistortion: Interval? {
    guard Self.periods.contains(period), width < period, width >= Self.leastShare * period else { return nil }
    let (t, w) = (Interval(period), Interval(width))
    // The edge of the first tooth left out is at (n + 1) T - w/2 at least, or as far on the other side.
    let teeth = Int((9 / period).rounded(.up))
    let edges = SeenEdges(
      (-teeth...teeth + 1).map { tooth in
        let place = Interval(Double(tooth)) * t
        return (place - w / 2, place + w / 2)
      }, missing: 1e-15)
    // Panels of 1/32, half as long where teeth are narrow and u'^2/u is a small difference from their mass.
    let count = Int((period * (width < 0.5 ? 32 : 16)).rounded(.up))
    let place = { (index: Int) in t * Interval(Double(index)) / Interval(2 * count) }
    var sum: Interval = 0
    for index in 0..<count {
      let (start, end) = (place(index), place(index + 1))
      sum = sum + edges.integrals(from: start, to: end, levels: edges.level(from: start, to: end)).curvature
    }
    return 1 - 2 * sum / w
  }
}

/// The best comb at each density: what binning achieves under a flat prior, within 0.14 bits of `BinningConverse`.
///
/// - Kind: `upper`: a bound names a comb whose distortion is proved to be at most D.
/// - Units: of the noise variance.
public struct CombCurve: Limit {
  /// The curve.
  public init() {}

  public var name: CurveName { .comb }
  public var kind: BoundKind { .upper }
  public var isCostly: Bool { true }
  public var summary: String { "the best comb: intervals at equal distances that take up a share 2^-R of the line" }
  public var largestDistortion: Double { 1 }
  public var evidence: [any Evidence.Type] { [Comb.self] }
  public var range: CurveRange { CurveRange(leastDistortion: 1e-6, largestRate: 12) }

  /// The comb of least distortion of a density.
  static func best(share: Double) -> Comb {
    let log = goldenMinimum(in: Double.log(4)...Double.log(24), to: 1e-5) { log in
      Comb(period: Double.exp(log), width: share * Double.exp(log)).distortion
    }
    return Comb(period: Double.exp(log), width: share * Double.exp(log))
  }

  /// The comb of the greatest density among those of the best periods with distortion at most D.
  static func comb(atDistortion distortion: Double) throws(DomainError) -> Comb {
    // Between no binning and a uniform cell of the whole distortion's width, far beyond a period's hundredth.
    let excess = { (nats: Double) in best(share: Double.exp(-nats)).distortion - distortion }
    let root = try? brentRoot("density of a comb at distortion \(distortion)", in: 1e-9...13, of: excess)
    guard let root else { throw .distortionTooSmall(distortion, least: 1e-6) }
    return best(share: Double.exp(-root))
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let comb = try Self.comb(atDistortion: distortion)
    return OperatingPoint(
      distortion: distortion, nats: Double.log(comb.period / comb.width), natsPerDistortion: Self.slope(at: comb))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let comb = Self.best(share: Double.exp(-rate * natsPerBit))
    return OperatingPoint(
      distortion: comb.distortion, nats: rate * natsPerBit, natsPerDistortion: Self.slope(at: comb))
  }

  /// -dR/dD at a period that is the best: by the width alone.
  private static func slope(at comb: Comb) -> Double? {
    let (narrow, wide) = (comb.width * (1 - 1e-4), min(comb.width * (1 + 1e-4), comb.period))
    let rise = Comb(period: comb.period, width: wide).distortion - Comb(period: comb.period, width: narrow).distortion
    return rise > 0 ? Double.log(wide / narrow) / rise : nil
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let comb = try Self.comb(atDistortion: distortion)
    let proved: (Comb, Interval)? = nudged(from: 1e-13, by: 8, below: 1e-2) { margin in
      let narrower = Comb(period: comb.period, width: comb.width * (1 - margin))
      return Self.rate(by: narrower, at: distortion).map { (narrower, $0) }
    }
    guard let (named, rate) = proved else {
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no comb's distortion could be enclosed"))
    }
    return Bound(
      kind: kind, distortion: distortion, rate: rate, slope: Self.slope(at: comb).map { $0 / natsPerBit },
      evidence: named)
  }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let comb = evidence as? Comb, let rate = Self.rate(by: comb, at: distortion) else { return .entire }
    return .hull(0, rate.upper)
  }

  /// log2(T/w), if the distortion is proved to be at most D.
  private static func rate(by comb: Comb, at distortion: Double) -> Interval? {
    guard let enclosed = comb.enclosedDistortion, enclosed.upper <= distortion else { return nil }
    let rate = Interval.log(Interval(comb.period) / Interval(comb.width)) / .ln2
    return .hull(max(0, rate.lower), rate.upper)
  }
}

extension CurveName {
  /// The best comb under a flat prior.
  public static let comb = CurveName(rawValue: "comb")
}
