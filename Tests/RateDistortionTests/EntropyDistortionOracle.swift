import TestSupport

/// Entropy-distortion.json.
struct EntropyDistortionOracle: Decodable, Sendable {
  let sources: [String: Source]
  let sampled: [Sampled]

  struct Source: Decodable, Sendable {
    let constants: Constants
    let atDistortion: [AtDistortion]
    let atRate: [AtRate]
  }

  struct Constants: Decodable, Sendable {
    let pStar: Digits?
    let dStar: Digits?
    let rStar: Digits?
    let hullVertices: [Int]
    let largestGap: Digits
    let largestGapDistortion: Digits
  }

  struct AtDistortion: Decodable, Sendable {
    let distortion: Digits
    let lower: Digits
    let lowerLambda: Digits
    let exact: Digits
    let exactLambda: Digits?
    let cells: Double
    let oddCell: Digits
    let timeSharing: Digits
  }

  struct AtRate: Decodable, Sendable {
    let rate: Digits
    let lower: Digits
    let exact: Digits
    let timeSharing: Digits
  }

  struct Sampled: Decodable, Sendable {
    let process: String
    let grid: String
    let points: Int
    let maximumDistortion: Digits
    let atDistortion: [Value]
    struct Value: Decodable, Sendable {
      let distortion: Digits
      let lower: Digits
      let lowerLambda: Digits
    }
  }

  static let shared = Result { try Oracle.json("entropy-distortion.json", as: EntropyDistortionOracle.self) }
}
