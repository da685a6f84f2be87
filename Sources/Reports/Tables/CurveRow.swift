import Documents
import IntervalArithmetic
import RateDistortion

/// One printed number: a curve at one distortion, rounded so that the claim still holds.
///
/// The distortion is chosen first, as a decimal text; the curve is enclosed at exactly the binary number that this text reads
/// back to; then the rate is rounded in the direction of its kind. So a reader who parses the text holds the very point
/// that was proved:
///
/// - kind `lower`: the printed rate does not exceed the proved lower end;
/// - kind `upper`: the printed rate is not below the proved upper end;
/// - kind `exact` or `estimate`: the printed rate is the nearest to the middle of the enclosure.
///
/// `error` bounds the distance from the printed rate to the far end of the enclosure, or to both ends for the last two.
public struct CurveRow: Sendable {
  /// The curve.
  public let curve: CurveName
  /// The enclosure, with its evidence, at exactly `distortion.doubleValue`.
  public let bound: Bound
  /// D as printed.
  public let distortion: SignificantDigits
  /// R in bits as printed.
  public let rate: SignificantDigits
  /// The supporting line that was asked for, if one was: floating point, and no claim.
  public private(set) var line: SupportingLine?
  /// A bound on the numerical error in bits, rounded up; nil where the enclosure is unbounded.
  public let error: SignificantDigits?
  /// 10 log10 D as printed.
  public var level: SignificantDigits? { SignificantDigits(decibels(bound.distortion)) }
  /// lambda in bits per unit of distortion as printed; nil where the slope is infinite.
  public var slope: SignificantDigits? { (line?.slope ?? bound.slope).flatMap { SignificantDigits($0) } }

  /// The digits of `error`.
  static let errorDigits = 2
  /// How much more than its own rounding an exact row may be off for the sake of printing the rate that was asked for: 12
  /// digits move D by up to 1e-11 of itself, and the rate by D lambda, some 1.4 bits, times that.
  static let largestLiberty = 2e-11

  /// The row at what is asked for, or nil if nothing finite is proved there: the rate is beyond the curve's largest, or D so
  /// near the smallest floating-point number that no code could be enclosed.
  ///
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public static func row(
    of curve: Curve, at request: Target
  ) throws(DomainError) -> CurveRow? {
    do {
      switch request {
      case .rate(let rate): return try row(of: curve, atRate: rate)
      case .distortion(let distortion): return try row(of: curve, atDistortion: distortion)
      }
    } catch {
      // A curve that is computed for fewer rates than others is left out beyond them.
      guard error.concernsOneCurve else { throw error }
      return nil
    }
  }

  /// The rows where a curve's supporting line of a slope touches it; none if it has none, or nothing finite is proved there.
  ///
  /// - Parameter corners: distortions at which the curve has a corner.
  /// - Throws: `DomainError.slopeOutOfRange` unless lambda is a positive, finite number.
  static func rows(of curve: Curve, atLambda lambda: Double, corners: [Double]) throws(DomainError) -> [CurveRow] {
    guard lambda > 0, lambda.isFinite else { throw .slopeOutOfRange(lambda) }
    guard let line = try? curve.supportingLine(slope: lambda, corners: corners) else { return [] }
    let direction: SignificantDigits.Rounding = curve.kind == .lower ? .down : .up
    var rows: [CurveRow] = []
    for point in line.points {
      let printed = SignificantDigits(point.distortion, rounded: direction)
      guard var row = try? row(of: curve, atDistortion: printed?.doubleValue ?? point.distortion) else { continue }
      row.line = line
      rows.append(row)
    }
    return rows
  }

  /// The row at a distortion, which is printed with as many digits as it takes to read it back.
  static func row(of curve: Curve, atDistortion distortion: Double) throws(DomainError) -> CurveRow? {
    let bound = try curve.bound(atDistortion: distortion)
    guard let printed = SignificantDigits(readingBackTo: distortion) else { return nil }
    return CurveRow(curve: curve.name, bound: bound, distortion: printed)
  }

  /// The row at a rate: D is the curve's distortion there, rounded to 12 digits, downwards for a lower bound and upwards
  /// otherwise, so that the rate asked for is still a valid claim at the rounded D and can be printed as it is. Where the
  /// enclosure does not bear it out, the next D in that direction is tried, and then the proved rate nearest to the one asked
  /// for is printed: at the very step of a staircase the first D may still lie on the step above.
  static func row(of curve: Curve, atRate rate: Double) throws(DomainError) -> CurveRow? {
    let direction: SignificantDigits.Rounding = curve.kind == .lower ? .down : .up
    let target = try curve.point(atRate: rate).distortion
    // With a reproduction for every letter nothing is left of the distortion: 0 has no neighbours to be rounded to.
    if target == 0, curve.range.leastDistortion == 0 { return try row(of: curve, atDistortion: 0) }
    guard target > 0, let rounded = SignificantDigits(target, rounded: direction) else { return nil }
    var fallback: CurveRow?
    for distortion in [rounded, rounded.neighbour(direction)] {
      let value = distortion.doubleValue
      guard value > 0, value.isFinite else { break }
      let row = CurveRow(curve: curve.name, bound: try curve.bound(atDistortion: value), distortion: distortion)
      if let row, let asked = row.claiming(rate) { return asked }
      let distance = { (row: CurveRow?) in row.map { ($0.rate.doubleValue - rate).magnitude } ?? .infinity }
      if distance(row) < distance(fallback) { fallback = row }
    }
    return fallback
  }

  /// A bound with its rate rounded as its kind demands; nil if an end that carries the claim is infinite.
  init?(curve: CurveName, bound: Bound, distortion: SignificantDigits) {
    let rounding: SignificantDigits.Rounding
    switch bound.kind {
    case .lower: rounding = .down
    case .upper: rounding = .up
    case .exact, .estimate:
      // The middle of an unbounded interval says nothing.
      guard bound.rate.lower.isFinite, bound.rate.upper.isFinite else { return nil }
      rounding = .nearest
    }
    guard let rate = SignificantDigits(bound.value, rounded: rounding) else { return nil }
    self.init(curve: curve, bound: bound, distortion: distortion, rate: rate)
  }

  private init(curve: CurveName, bound: Bound, distortion: SignificantDigits, rate: SignificantDigits) {
    self.curve = curve
    self.bound = bound
    self.distortion = distortion
    self.rate = rate
    error = Self.error(of: rate.doubleValue, in: bound)
  }

  /// This row with a given rate for its own, if the enclosure supports it.
  private func claiming(_ asked: Double) -> CurveRow? {
    // A strict inequality between floating-point numbers holds for their decimal texts too: those round to them. A whole number's
    // text is the number itself.
    let isWhole = asked == asked.rounded()
    switch bound.kind {
    case .lower: guard asked < bound.rate.lower || (isWhole && asked == bound.rate.lower) else { return nil }
    case .upper: guard asked > bound.rate.upper || (isWhole && asked == bound.rate.upper) else { return nil }
    case .exact, .estimate:
      guard let error, let freely = Self.error(of: asked, in: bound)?.doubleValue,
        freely <= error.doubleValue + Self.largestLiberty
      else { return nil }
    }
    guard let rate = SignificantDigits(readingBackTo: asked) else { return nil }
    return CurveRow(curve: curve, bound: bound, distortion: distortion, rate: rate)
  }

  /// The distance from a printed rate, whose text reads back to `rate`, to the far end of the enclosure; nil if infinite.
  private static func error(of rate: Double, in bound: Bound) -> SignificantDigits? {
    let text = rate.ulp
    let above = bound.kind == .upper ? 0 : distance(rate, bound.rate.upper)
    let below = bound.kind == .lower ? 0 : distance(rate, bound.rate.lower)
    let error = max(above, below)
    guard error > 0 else { return SignificantDigits(0) }
    return SignificantDigits((error + text).nextUp, digits: errorDigits, rounded: .up)
  }

  private static func distance(_ a: Double, _ b: Double) -> Double {
    a == b ? 0 : (a - b).magnitude.nextUp
  }
}
