import RateDistortion
import TestSupport

/// Realism.json.
struct RealismOracle: Decodable, Sendable {
  struct Row: Decodable, Sendable, CustomStringConvertible {
    let source: String
    /// The squared Wasserstein distance allowed, where one is.
    let perception: Digits?
    /// The filter, where there is one.
    let blur: String?
    let distortion: Digits
    let rate: Digits

    var description: String { "\(source) at \(distortion)" }

    /// What a curve of the source claims there.
    func bound(_ name: CurveName) throws -> Bound {
      try KnownSource(Catalogue.source(named: source)).curve(named: name).bound(atDistortion: distortion.value)
    }

    /// Whether a curve holds the value, within an interval as narrow as said, and its two directions agree with it.
    func matches(_ name: CurveName, width: Double) throws -> Bool {
      let curve = try KnownSource(Catalogue.source(named: source)).curve(named: name)
      let bound = try curve.bound(atDistortion: distortion.value)
      let inverse = try curve.point(atRate: rate.value)
      let point = try curve.point(atDistortion: distortion.value)
      return rate.isBetween(bound.rate.lower, and: bound.rate.upper) && bound.rate.width <= width
        && abs(point.rate - rate.value) <= 1e-12 * (1 + rate.value)
        && abs(inverse.distortion / distortion.value - 1) < 2e-11
    }
  }

  let exact: [Row]
  let shared: [Row]
  let shannon: [Row]
  let perception: [Row]
  let blurred: [Row]
  let oscillating: [Row]

  private static let read = Result { try Oracle.json("realism.json", as: RealismOracle.self) }

  static func rows(_ part: KeyPath<RealismOracle, [Row]>) throws -> [Row] { try read.get()[keyPath: part] }
}
