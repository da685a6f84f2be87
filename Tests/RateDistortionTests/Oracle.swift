import Foundation

/// The committed high-precision values beside the script that made them (Tests/Oracles).
enum Oracle {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Oracles")

  static func decoded<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(file)))
  }

  /// The rows of a CSV of numbers (decimal or hexadecimal), without the header.
  static func rows(ofFile path: URL) throws -> [[Double]] {
    let text = try String(contentsOf: path, encoding: .utf8)
    return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      try line.split(separator: ",").map { cell in try number(String(cell)) }
    }
  }

  static func number(_ text: String) throws -> Double {
    guard let value = Double(text) else { throw OracleError.notANumber(text) }
    return value
  }
}

enum OracleError: Error { case notANumber(String) }

/// Entropy-distortion.json.
struct EntropyDistortionOracle: Decodable {
  let sources: [String: Source]
  let sampled: [Sampled]

  struct Source: Decodable {
    let constants: Constants
    let atDistortion: [AtDistortion]
    let atRate: [AtRate]
  }

  struct Constants: Decodable {
    let pStar: String?
    let dStar: String?
    let rStar: String?
    let hullVertices: [Int]
    let largestGap: String
    let largestGapDistortion: String
  }

  struct AtDistortion: Decodable {
    let distortion: String
    let lower: String
    let lowerLambda: String
    let exact: String
    let exactLambda: String?
    let cells: Double
    let oddCell: String
    let timeSharing: String
  }

  struct AtRate: Decodable {
    let rate: String
    let lower: String
    let exact: String
    let timeSharing: String
  }

  struct Sampled: Decodable {
    let process: String
    let grid: String
    let points: Int
    let maximumDistortion: String
    let atDistortion: [Value]
    struct Value: Decodable {
      let distortion: String
      let lower: String
      let lowerLambda: String
    }
  }

  static let shared = Result { try Oracle.decoded(EntropyDistortionOracle.self, from: "entropy-distortion.json") }
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
