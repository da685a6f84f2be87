import RateDistortion
import TestSupport

/// Ecsq.json and ecsq-cells.json.
enum ECSQOracle {
  struct Cell: Decodable, Sendable {
    let source: String
    let a: Double
    let b: Double
    let probability: Digits
    let centroid: Digits
    let distortion: Digits

    enum CodingKeys: String, CodingKey {
      case source, a, b, probability, distortion
      case centroid = "centroidFromA"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      source = try values.decode(String.self, forKey: .source)
      a = try values.decode(Double.self, forKey: .a)
      // An end at infinity is a word.
      b = try (try? values.decode(Double.self, forKey: .b)) ?? Oracle.number(values.decode(String.self, forKey: .b))
      probability = try values.decode(Digits.self, forKey: .probability)
      centroid = try values.decode(Digits.self, forKey: .centroid)
      distortion = try values.decode(Digits.self, forKey: .distortion)
    }
  }

  struct Optimum: Decodable, Sendable {
    let source: String
    let rate: Double
    let distortion: Digits
    /// mu in distortion per nat.
    let slope: Digits
  }

  private static let storedCells = Result { try Oracle.json("ecsq-cells.json", as: [Cell].self) }
  private static let storedOptima = Result { try Oracle.json("ecsq.json", as: [Optimum].self) }

  static func cells() throws -> [Cell] { try storedCells.get() }

  static func optima() throws -> [Optimum] { try storedOptima.get() }
}

/// Every density, by the name oracles use.
let densities: [String: any ScalarDensity] = {
  let all: [any ScalarDensity] = [
    GaussianDensity(), LaplaceDensity(), ExponentialDensity(), LogisticDensity(), UniformDensity(),
  ]
  return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}()
