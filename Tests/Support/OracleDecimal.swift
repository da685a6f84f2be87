/// A decimal number of any length, or the exact expansion of a binary one: what tests compare with, in the real numbers.
///
/// It is independent of the package's own decimals and of the C library: whole numbers in limbs of nine digits, schoolbook
/// arithmetic, no rounding anywhere.
public struct OracleDecimal: Comparable, Sendable, CustomStringConvertible {
  private var isNegative: Bool
  /// Nine decimal digits each, the least significant first; none for 0, and the last is not 0.
  private var limbs: [UInt32]
  /// The value is the whole number times 10^exponent.
  private var exponent: Int

  private static let base: UInt64 = 1_000_000_000

  private init(isNegative: Bool, limbs: [UInt32], exponent: Int) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
    self.isNegative = isNegative && !self.limbs.isEmpty
    self.exponent = self.limbs.isEmpty ? 0 : exponent
  }

  /// A whole number.
  public init(_ value: Int) {
    self.init(isNegative: value < 0, limbs: Self.limbs(UInt64(value.magnitude)), exponent: 0)
  }

  /// What a decimal literal says, as JSON and CSV have them; nil if it is none.
  public init?(literal: some StringProtocol) {
    var rest = Substring(literal)
    var isNegative = false
    if let sign = rest.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      rest.removeFirst()
    }
    let parts = rest.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2, let mantissa = parts.first else { return nil }
    var exponent = 0
    if parts.count == 2 {
      guard let power = Int(parts[1]) else { return nil }
      exponent = power
    }
    let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    let digits = halves.joined().utf8.map { Int($0) - 48 }
    guard !digits.isEmpty, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    if halves.count == 2 { exponent -= halves[1].utf8.count }
    var limbs: [UInt32] = []
    var index = digits.count
    while index > 0 {
      let start = max(0, index - 9)
      limbs.append(digits[start..<index].reduce(0) { $0 * 10 + UInt32($1) })
      index = start
    }
    self.init(isNegative: isNegative, limbs: limbs, exponent: exponent)
  }

  /// The exact value of a finite binary number; nil if it is not finite.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let field = Int(value.exponentBitPattern)
    let significand = field == 0 ? value.significandBitPattern : value.significandBitPattern | 1 << 52
    let power = max(field, 1) - 1075
    var limbs = Self.limbs(significand)
    // 2^-k = 5^k 10^-k.
    Self.multiply(&limbs, by: power < 0 ? 5 : 2, times: abs(power))
    self.init(isNegative: value < 0, limbs: limbs, exponent: min(power, 0))
  }

  /// Half a unit of the significant digit of a number, counted from 1; 0 for 0.
  func halfUnit(ofSignificantDigit digit: Int) -> OracleDecimal {
    guard let first = limbs.last else { return self }
    let leading = 9 * (limbs.count - 1) + String(first).utf8.count + exponent
    return OracleDecimal(isNegative: false, limbs: [5], exponent: leading - digit - 1)
  }

  private static func limbs(_ value: UInt64) -> [UInt32] {
    var limbs: [UInt32] = []
    var rest = value
    while rest > 0 {
      limbs.append(UInt32(rest % base))
      rest /= base
    }
    return limbs
  }

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt64, times count: Int) {
    // As many factors at once as fit below the base.
    let together = factor == 2 ? 29 : factor == 5 ? 12 : 8
    var left = count
    while left > 0 {
      let now = min(left, together)
      left -= now
      var power: UInt64 = 1
      for _ in 0..<now { power *= factor }
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = UInt64(limbs[index]) * power + carry
        limbs[index] = UInt32(product % base)
        carry = product / base
      }
      if carry > 0 { limbs.append(UInt32(carry)) }
    }
  }

  // MARK: Arithmetic

  public static prefix func - (a: OracleDecimal) -> OracleDecimal {
    OracleDecimal(isNegative: !a.isNegative, limbs: a.limbs, exponent: a.exponent)
  }

  public static func + (a: OracleDecimal, b: OracleDecimal) -> OracleDecimal {
    let (x, y) = aligned(a, b)
    let exponent = min(a.limbs.isEmpty ? b.exponent : a.exponent, b.limbs.isEmpty ? a.exponent : b.exponent)
    if a.isNegative == b.isNegative {
      return OracleDecimal(isNegative: a.isNegative, limbs: sum(x, y), exponent: exponent)
    }
    return isLess(x, y)
      ? OracleDecimal(isNegative: b.isNegative, limbs: difference(y, x), exponent: exponent)
      : OracleDecimal(isNegative: a.isNegative, limbs: difference(x, y), exponent: exponent)
  }

  public static func - (a: OracleDecimal, b: OracleDecimal) -> OracleDecimal { a + -b }

  public static func * (a: OracleDecimal, b: OracleDecimal) -> OracleDecimal {
    var product = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for (i, x) in a.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.limbs.enumerated() {
        let value = UInt64(x) * UInt64(y) + UInt64(product[i + j]) + carry
        product[i + j] = UInt32(value % base)
        carry = value / base
      }
      product[i + b.limbs.count] = UInt32(carry)
    }
    return OracleDecimal(
      isNegative: a.isNegative != b.isNegative, limbs: product, exponent: a.exponent + b.exponent)
  }

  public static func == (a: OracleDecimal, b: OracleDecimal) -> Bool { (a - b).limbs.isEmpty }

  public static func < (a: OracleDecimal, b: OracleDecimal) -> Bool { (a - b).isNegative }

  /// -1, 0 or 1.
  public var sign: Int { limbs.isEmpty ? 0 : isNegative ? -1 : 1 }

  /// The absolute value.
  public var magnitude: OracleDecimal { isNegative ? -self : self }

  /// Both whole numbers in the smaller of the two units.
  private static func aligned(_ a: OracleDecimal, _ b: OracleDecimal) -> ([UInt32], [UInt32]) {
    guard !a.limbs.isEmpty, !b.limbs.isEmpty else { return (a.limbs, b.limbs) }
    var (x, y) = (a.limbs, b.limbs)
    multiply(&x, by: 10, times: max(0, a.exponent - b.exponent))
    multiply(&y, by: 10, times: max(0, b.exponent - a.exponent))
    return (x, y)
  }

  private static func sum(_ x: [UInt32], _ y: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(x.count, y.count) {
      let value = UInt64(index < x.count ? x[index] : 0) + UInt64(index < y.count ? y[index] : 0) + carry
      result.append(UInt32(value % base))
      carry = value / base
    }
    if carry > 0 { result.append(UInt32(carry)) }
    return result
  }

  /// x - y for x >= y.
  private static func difference(_ x: [UInt32], _ y: [UInt32]) -> [UInt32] {
    var result = x
    var borrow: Int64 = 0
    for index in x.indices {
      var value = Int64(x[index]) - (index < y.count ? Int64(y[index]) : 0) - borrow
      borrow = value < 0 ? 1 : 0
      if value < 0 { value += Int64(base) }
      result[index] = UInt32(value)
    }
    return result
  }

  private static func isLess(_ x: [UInt32], _ y: [UInt32]) -> Bool {
    if x.count != y.count { return x.count < y.count }
    for index in x.indices.reversed() where x[index] != y[index] { return x[index] < y[index] }
    return false
  }

  public var description: String {
    guard let first = limbs.last else { return "0" }
    let rest = limbs.dropLast().reversed().map { limb in
      let text = String(limb)
      return String(repeating: "0", count: 9 - text.count) + text
    }
    return (isNegative ? "-" : "") + String(first) + rest.joined() + "e\(exponent)"
  }
}
