import Foundation
import TestSupport

/// Values of 20 digits for made-up laws on the line, by `Tests/Oracles/reproduction_laws.py`.
struct LawOracle: Decodable {
  let source: String
  let slope: Double
  let points: [Double]
  let weights: [Double]
  let row: [Double]?
  let low: Double
  let high: Double
  private let supremum: String
  private let expectation: String
  private let exponent: String
  private let probability: String
  private let square: String
  private let tailExpectation: String?
  private let tailExponent: String?

  enum Quantity: CaseIterable { case supremum, expectation, exponent, probability, square }

  /// The value nearest to one of 20 digits.
  func value(_ quantity: Quantity) -> Double {
    let text =
      switch quantity {
      case .supremum: supremum
      case .expectation: expectation
      case .exponent: exponent
      case .probability: probability
      case .square: square
      }
    return Double(text) ?? .nan
  }

  /// E[-log Z] and the exponent beyond `high`.
  var tail: (expectation: Double, exponent: Double)? {
    guard let a = tailExpectation.flatMap(Double.init), let b = tailExponent.flatMap(Double.init) else { return nil }
    return (a, b)
  }

  private struct File: Decodable { let laws: [LawOracle] }

  static func all() throws -> [LawOracle] {
    try Oracle.json("reproduction-laws.json", as: File.self).laws
  }
}
