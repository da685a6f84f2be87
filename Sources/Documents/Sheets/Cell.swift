/// What stands in a cell of a sheet.
public enum Cell: Sendable {
  /// Nothing.
  case none
  /// A word, or several.
  case word(String)
  /// A whole number, written in full.
  case whole(Int)
  /// A number that is rounded to the nearest where it is written, to the digits of its column; one that is not finite is nothing.
  case number(Double)
  /// A number whose digits were rounded with care.
  case digits(SignificantDigits)

  /// The number as programs read it; nil if this is none.
  ///
  /// - Parameter digits: the significant digits of a number that is rounded here.
  func literal(digits: Int) -> String? {
    switch self {
    case .none, .word: return nil
    case .whole(let value): return String(value)
    case .number(let value): return SignificantDigits(value, digits: digits)?.text
    case .digits(let digits): return digits.text
    }
  }

  /// The cell as a person reads it, without what would end a line; empty if there is nothing.
  ///
  /// - Parameters:
  ///   - digits: the significant digits of a number that is rounded here.
  ///   - most: of any number with a fraction; nil for all.
  public func text(digits: Int, most: Int?) -> String {
    switch self {
    case .none, .whole: return literal(digits: digits) ?? ""
    case .word(let word):
      guard word.contains(where: \.isNewline) else { return word }
      return String(word.map { $0.isNewline ? " " : $0 })
    case .number: return literal(digits: min(digits, most ?? digits)) ?? ""
    case .digits(let number):
      guard let most, let shorter = SignificantDigits(number.doubleValue, digits: most) else { return number.text }
      return shorter.text
    }
  }
}
