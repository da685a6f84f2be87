import Foundation
import RateDistortion

/// Committed high-precision values; see the script of the same name beside each file.
enum ECSQOracle {
  struct Cell: Decodable, Sendable {
    let source: String
    let a: Double
    let b: Double
    let probability: Double
    let centroid: Double
    let distortion: Double

    enum CodingKeys: String, CodingKey {
      case source, a, b, probability, distortion
      case centroid = "centroid_from_a"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      source = try values.decode(String.self, forKey: .source)
      a = try values.decode(Double.self, forKey: .a)
      b = try (try? values.decode(Double.self, forKey: .b)) ?? number(in: values, .b)
      probability = try number(in: values, .probability)
      centroid = try number(in: values, .centroid)
      distortion = try number(in: values, .distortion)
    }
  }

  static func read<Row: Decodable>(_ name: String, as row: Row.Type) throws -> [Row] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Oracles/\(name).json").standardizedFileURL
    return try JSONDecoder().decode([Row].self, from: Data(contentsOf: file))
  }
}

/// A number written as a string of many digits.
func number<Key>(in values: KeyedDecodingContainer<Key>, _ key: Key) throws -> Double {
  let text = try values.decode(String.self, forKey: key)
  guard let value = Double(text) else {
    throw DecodingError.dataCorruptedError(forKey: key, in: values, debugDescription: text)
  }
  return value
}

/// Every density, by the name oracles use.
let densities: [String: any ScalarDensity] = {
  let all: [any ScalarDensity] = [
    GaussianDensity(), LaplaceDensity(), ExponentialDensity(), LogisticDensity(), UniformDensity(),
  ]
  return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}()
