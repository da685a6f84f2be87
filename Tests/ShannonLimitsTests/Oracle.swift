import Foundation
import RateDistortion
import Testing

/// The committed high-precision values beside the script that made them (Tests/Oracles).
struct ShannonLimitsOracle: Decodable {
  struct Rows<Direct: Decodable, Inverse: Decodable>: Decodable {
    let atDistortion: [Direct]
    let atRate: [Inverse]
  }

  struct SphereRow: Decodable {
    let dimension: Int
    let squaredRadius: Double
    let distortion: String
    let rate: String
  }

  struct ProcessRow: Decodable {
    let process: String
    let distortion: String
    let rate: String
  }

  let sphere: Rows<SphereRow, SphereRow>
  let waterFilling: Rows<ProcessRow, ProcessRow>
  let ramp: Rows<ProcessRow, ProcessRow>
  let sawbridgeLowerBound: Rows<ProcessRow, ProcessRow>

  static func read() throws -> ShannonLimitsOracle {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = folder.appendingPathComponent("Oracles/shannon-limits.json")
    return try decoder.decode(ShannonLimitsOracle.self, from: Data(contentsOf: file))
  }
}

/// The number that a row's text stands for.
func number(_ text: String) throws -> Double { try #require(Double(text)) }

/// A curve of a source by name.
func curve(_ name: CurveName, of source: String) throws -> any Curve {
  try Catalogue.source(named: source).init(parameters: SourceParameters()).curve(named: name)
}

/// Whether an enclosure holds a value of which only the nearest floating-point number is known.
func expect(_ bound: Bound, contains truth: Double, width: Double) {
  #expect(bound.rate.lower <= truth.nextUp && bound.rate.upper >= truth.nextDown, "\(bound) does not hold \(truth)")
  #expect(bound.rate.width <= width, "\(bound)")
}

/// Arguments that are no distortion, or no rate.
func expectErrors(_ curve: any Curve) {
  for d in [0, -0.0, -1, Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude] {
    #expect(throws: DomainError.self) { try curve.point(atDistortion: d) }
    #expect(throws: DomainError.self) { try curve.bound(atDistortion: d) }
  }
  for r in [-1e-300, -1, Double.nan, .infinity, 513] {
    #expect(throws: DomainError.self) { try curve.point(atRate: r) }
  }
}

/// Nonincreasing and convex at random distortions, up to rounding.
func expectConvex(_ curve: any Curve, from least: Double, points: Int = 400) throws {
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
func numericalSlope(_ curve: any Curve, at d: Double) throws -> Double {
  let h = 1e-5 * d
  return (try curve.point(atDistortion: d - h).rate - curve.point(atDistortion: d + h).rate) / (2 * h)
}

/// A small deterministic generator (SplitMix64), so that every random test is the same on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
