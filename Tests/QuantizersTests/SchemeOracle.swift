import RateDistortion
import TestSupport

/// The values of `Tests/Oracles/quantizers.json`, made with mpmath by the script beside it.
struct SchemeOracle: Decodable, Sendable {
  struct Uniform: Decodable, Sendable {
    let source: String
    let step: Double
    let midtread: Bool
    let entropy: Digits
    let distortion: Digits
  }

  struct DeadZone: Decodable, Sendable {
    let source: String
    let step: Double
    let rounding: Digits
    let entropy: Digits
    let distortion: Digits
  }

  struct LloydMax: Decodable, Sendable {
    let source: String
    let levels: Int
    let distortion: Digits
  }

  struct Dithered: Decodable, Sendable {
    let source: String
    let step: Double
    let rate: Digits
    let conditional: Digits
  }

  let uniform: [Uniform]
  let deadzone: [DeadZone]
  let lloydmax: [LloydMax]
  let dithered: [Dithered]

  private static let shared = Result { try Oracle.json("quantizers.json", as: SchemeOracle.self) }

  static func read() throws -> SchemeOracle { try shared.get() }
}

/// The five standard densities.
let standardDensities: [any LogConcaveDensity] = [
  GaussianDensity(), LaplaceDensity(), ExponentialDensity(), UniformDensity(), LogisticDensity(),
]

/// Their names, as test arguments.
let sourceNames = standardDensities.map(\.name)

/// The standard density of a name.
func density(_ name: String) throws -> any LogConcaveDensity {
  guard let density = standardDensities.first(where: { $0.name == name }) else { throw UnknownDensity(name: name) }
  return density
}

struct UnknownDensity: Error {
  let name: String
}

/// A scheme in standard units as a curve of a scaled source.
func scaled<Density: ScalarDensity>(_ scheme: some Limit, by source: ScaledDensity<Density>) -> Curve {
  Curve(scheme, squaredScale: source.squaredScale)
}

func relativeError(_ value: Double, _ truth: Double) -> Double { abs(value / truth - 1) }
