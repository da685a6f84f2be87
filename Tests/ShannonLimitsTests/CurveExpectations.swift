import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

// What every limit's tests expect of a curve.

/// A curve of a source by name.
func curve(_ name: CurveName, of source: String) throws -> Curve {
  try KnownSource(Catalogue.source(named: source)).curve(named: name)
}

/// Whether an enclosure holds a value, to its last digit, and is narrow.
func expect(_ bound: Bound, contains truth: Digits, width: Double) {
  #expect(truth.isBetween(bound.rate.lower, and: bound.rate.upper), "\(bound) does not hold \(truth)")
  #expect(bound.rate.width <= width, "\(bound)")
}

/// What evidence proves about a curve of two sides, each of which claims one end.
func proved(
  _ sides: (lower: Curve, upper: Curve), by evidence: any Evidence, atDistortion distortion: Double
) throws -> Interval {
  .hull(
    try sides.lower.proved(by: evidence, atDistortion: distortion).lower,
    try sides.upper.proved(by: evidence, atDistortion: distortion).upper)
}

/// Arguments that are no distortion, or no rate.
func expectErrors(_ limit: some Limit) { expectErrors(Curve(limit)) }

func expectErrors(_ curve: Curve) {
  for d in [0, -0.0, -1, Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude] {
    #expect(throws: DomainError.self) { try curve.point(atDistortion: d) }
    #expect(throws: DomainError.self) { try curve.bound(atDistortion: d) }
  }
  for r in [-1e-300, -1, Double.nan, .infinity, 513] {
    #expect(throws: DomainError.self) { try curve.point(atRate: r) }
  }
}

/// Nonincreasing and convex at random distortions, up to rounding.
func expectConvex(_ limit: some Limit, from least: Double, points: Int = 400) throws {
  try expectConvex(Curve(limit), from: least, points: points)
}

/// Nonincreasing and convex at random distortions, up to rounding.
func expectConvex(_ curve: Curve, from least: Double, points: Int = 400) throws {
  let most = curve.largestDistortion
  let distortions = (0...points).map { least * pow(most / least, Double($0) / Double(points)) }
  let rates = try distortions.map { try curve.point(atDistortion: min($0, most)).rate }
  for i in 1..<points {
    let share = (distortions[i] - distortions[i - 1]) / (distortions[i + 1] - distortions[i - 1])
    let chord = rates[i - 1] + share * (rates[i + 1] - rates[i - 1])
    #expect(rates[i] >= rates[i + 1])
    #expect(rates[i] <= chord + 1e-12)
  }
}

/// -dR/dD by central differences.
func numericalSlope(_ limit: some Limit, at d: Double) throws -> Double { try numericalSlope(Curve(limit), at: d) }

/// -dR/dD by central differences.
func numericalSlope(_ curve: Curve, at d: Double) throws -> Double {
  let h = 1e-5 * d
  return (try curve.point(atDistortion: d - h).rate - curve.point(atDistortion: d + h).rate) / (2 * h)
}
