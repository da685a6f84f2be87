import Foundation

/// The committed values of high precision beside the scripts that made them, Tests/Oracles.
public enum Oracle {
  /// The folder.
  public static let folder = Repository.url("Tests/Oracles")

  /// A JSON file; its names are in snake case.
  public static func json<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// The rows of a CSV of numbers, decimal or hexadecimal, without its header.
  public static func rows(of file: URL) throws -> [[Double]] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      try line.split(separator: ",").map { cell in try number(String(cell)) }
    }
  }

  /// The rows of a committed CSV.
  public static func rows(_ name: String) throws -> [[Double]] { try rows(of: folder.appendingPathComponent(name)) }

  /// The lines of a committed text, split at spaces.
  public static func fields(_ name: String) throws -> [[Substring]] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: " ")
    }
  }

  /// The floating-point number nearest to a literal.
  ///
  /// - Throws: if it is none, so that a damaged file is no zero.
  public static func number(_ text: some StringProtocol) throws -> Double {
    guard let value = Double(text) else { throw NotANumber(text: String(text)) }
    return value
  }

  /// What an oracle says in place of a number.
  public struct NotANumber: Error {
    /// Its text.
    public let text: String

    /// What stands there.
    public init(text: String) { self.text = text }
  }
}

/// A value of an oracle to all the digits that it has, which are more than a floating-point number holds.
///
/// Values are written with 20 significant digits or more, without zeros at the end, and the last is rounded: the value meant
/// lies within half a unit of the 20th.
public struct Digits: Decodable, Sendable, CustomStringConvertible {
  /// The digits as they are written.
  public let text: String
  /// The number nearest to them.
  public let value: Double
  /// Exactly what they say.
  public let exact: OracleDecimal
  /// Half a unit of the 20th digit.
  public let rounding: OracleDecimal

  /// A literal.
  public init(_ text: String) throws {
    guard let value = Double(text), let exact = OracleDecimal(literal: text) else {
      throw Oracle.NotANumber(text: text)
    }
    self.text = text
    self.value = value
    self.exact = exact
    rounding = exact.halfUnit(ofSignificantDigit: 20)
  }

  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  public var description: String { text }

  /// Whether the value may be at least a floating-point number: it is, but for the rounding of the last digit.
  public func isAtLeast(_ bound: Double) -> Bool {
    bound == -.infinity || OracleDecimal(bound).map { $0 <= exact + rounding } ?? false
  }

  /// Whether the value may be at most a floating-point number.
  public func isAtMost(_ bound: Double) -> Bool {
    bound == .infinity || OracleDecimal(bound).map { exact - rounding <= $0 } ?? false
  }

  /// Whether an interval contains the value, decided in decimal, to the last digit.
  public func isBetween(_ lower: Double, and upper: Double) -> Bool { isAtLeast(lower) && isAtMost(upper) }
}
