import TestSupport

/// Shannon-limits.json.
struct ShannonLimitsOracle: Decodable, Sendable {
  struct Rows<Direct: Decodable & Sendable, Inverse: Decodable & Sendable>: Decodable, Sendable {
    let atDistortion: [Direct]
    let atRate: [Inverse]
  }

  struct SphereRow: Decodable, Sendable {
    let dimension: Int
    let squaredRadius: Double
    let distortion: Digits
    let rate: Digits
  }

  struct ProcessRow: Decodable, Sendable {
    let process: String
    let distortion: Digits
    let rate: Digits
  }

  let sphere: Rows<SphereRow, SphereRow>
  let waterFilling: Rows<ProcessRow, ProcessRow>
  let ramp: Rows<ProcessRow, ProcessRow>
  let sawbridgeLowerBound: Rows<ProcessRow, ProcessRow>

  private static let shared = Result { try Oracle.json("shannon-limits.json", as: ShannonLimitsOracle.self) }

  static func read() throws -> ShannonLimitsOracle { try shared.get() }
}
