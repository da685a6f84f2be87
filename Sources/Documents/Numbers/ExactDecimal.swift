/// A decimal number as it is written, or a binary one in full: for comparisons in the real numbers.
///
/// A printed rate is a decimal text, a proved end a binary number. Read back, the text is rounded: 4.0135241588538175999 and
/// 4.0135241588538175 are the same `Double` and not the same claim. So a claim is compared digit by digit.
public struct ExactDecimal: Comparable, Sendable {
  /// Digits, the most significant first; the value is their whole number times 10^exponent.
  private var digits: [UInt8]
  private var exponent: Int
  private var isNegative: Bool

  /// The most characters of a literal that are read.
  public static let mostCharacters = 400
  /// The largest magnitude of a literal's exponent that is read.
  public static let largestExponent = 400

  /// The number that a JSON literal says; nil if it is none, or has more characters or a larger exponent than are read.
  public init?(literal: String) {
    guard literal.utf8.count <= Self.mostCharacters, Double(literal) != nil else { return nil }
    let parts = literal.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard let mantissa = parts.first, parts.count <= 2 else { return nil }
    var scale = 0
    if parts.count == 2 {
      guard let given = Int(parts[1]), given.magnitude <= Self.largestExponent else { return nil }
      scale = given
    }
    isNegative = mantissa.hasPrefix("-")
    let unsigned = isNegative || mantissa.hasPrefix("+") ? mantissa.dropFirst() : mantissa
    let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, unsigned.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 }) else { return nil }
    digits = halves.joined().utf8.map { $0 - 48 }
    exponent = scale - (halves.count == 2 ? halves[1].utf8.count : 0)
  }

  /// The exact value of a finite binary number; nil for another.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let expansion = BinaryExpansion(of: value.magnitude)
    digits = expansion.digits
    exponent = expansion.exponent - (digits.count - 1)
    isNegative = value < 0
  }

  private init(digits: [UInt8], exponent: Int, isNegative: Bool) {
    self.digits = digits
    self.exponent = exponent
    self.isNegative = isNegative
  }

  /// The same number negated.
  public static prefix func - (a: ExactDecimal) -> ExactDecimal {
    ExactDecimal(digits: a.digits, exponent: a.exponent, isNegative: !a.isNegative)
  }

  /// The sum, exactly.
  public static func + (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal {
    let exponent = min(a.exponent, b.exponent)
    let count = max(a.digits.count + a.exponent, b.digits.count + b.exponent) - exponent + 1
    let (x, y) = (a.aligned(exponent, count), b.aligned(exponent, count))
    if a.isNegative == b.isNegative {
      return ExactDecimal(digits: Self.sum(x, y), exponent: exponent, isNegative: a.isNegative)
    }
    let isLess = x.lexicographicallyPrecedes(y)
    let difference = isLess ? Self.difference(y, x) : Self.difference(x, y)
    return ExactDecimal(digits: difference, exponent: exponent, isNegative: isLess ? b.isNegative : a.isNegative)
  }

  /// The difference, exactly.
  public static func - (a: ExactDecimal, b: ExactDecimal) -> ExactDecimal { a + (-b) }

  /// Whether it is 0.
  private var isZero: Bool { digits.allSatisfy { $0 == 0 } }

  /// Whether a is less than b as a real number.
  public static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
    let difference = a - b
    return difference.isNegative && !difference.isZero
  }

  /// Whether both are the same real number, however they are written.
  public static func == (a: ExactDecimal, b: ExactDecimal) -> Bool { (a - b).isZero }

  /// The digits of the number over 10^exponent, as many as asked for.
  private func aligned(_ exponent: Int, _ count: Int) -> [UInt8] {
    let low = [UInt8](repeating: 0, count: self.exponent - exponent)
    let high = [UInt8](repeating: 0, count: max(0, count - digits.count - low.count))
    return high + digits + low
  }

  private static func sum(_ x: [UInt8], _ y: [UInt8]) -> [UInt8] {
    var result = x
    var carry: UInt8 = 0
    for index in x.indices.reversed() {
      let digit = x[index] + y[index] + carry
      (result[index], carry) = (digit % 10, digit / 10)
    }
    return result
  }

  /// x - y for x >= y.
  private static func difference(_ x: [UInt8], _ y: [UInt8]) -> [UInt8] {
    var result = x
    var borrow: UInt8 = 0
    for index in x.indices.reversed() {
      let (digit, less) = (x[index] + 10 - y[index] - borrow, x[index] < y[index] + borrow)
      (result[index], borrow) = (digit % 10, less ? 1 : 0)
    }
    return result
  }
}
