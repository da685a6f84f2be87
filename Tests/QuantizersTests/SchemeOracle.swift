import Foundation
import RateDistortion

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

  /// A number written with 25 digits.
  struct Digits: Decodable, Sendable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let value = Double(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
      }
      self.value = value
    }
  }

  let uniform: [Uniform]
  let deadzone: [DeadZone]
  let lloydmax: [LloydMax]
  let dithered: [Dithered]

  static func read() throws -> SchemeOracle {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Oracles/quantizers.json").standardizedFileURL
    return try JSONDecoder().decode(SchemeOracle.self, from: Data(contentsOf: file))
  }
}

/// The five standard densities.
let standardDensities: [any ScalarDensity] = [
  GaussianDensity(), LaplaceDensity(), ExponentialDensity(), UniformDensity(), LogisticDensity(),
]

/// Their names, as test arguments.
let sourceNames = standardDensities.map(\.name)

/// The standard density of a name.
func density(_ name: String) throws -> any ScalarDensity {
  guard let density = standardDensities.first(where: { $0.name == name }) else { throw UnknownDensity(name: name) }
  return density
}

struct UnknownDensity: Error {
  let name: String
}

func relativeError(_ value: Double, _ truth: Double) -> Double { abs(value / truth - 1) }
