import RateDistortion

/// A column of the table contract, schema 1.
struct TableColumn: Sendable {
  /// The identifier, in headers and as the name of JSON members.
  let name: String
  /// Whether it holds a number, or a word.
  let isNumber: Bool
  /// The cell of a row as a number; nil for an empty cell.
  let number: @Sendable (CurveRow) -> SignificantDigits?
  /// The cell of a row as a word.
  let word: @Sendable (CurveRow) -> String

  private init(
    _ name: String, isNumber: Bool, number: @escaping @Sendable (CurveRow) -> SignificantDigits?,
    word: @escaping @Sendable (CurveRow) -> String
  ) {
    self.name = name
    self.isNumber = isNumber
    self.number = number
    self.word = word
  }

  private static func word(_ name: String, _ word: @escaping @Sendable (CurveRow) -> String) -> TableColumn {
    TableColumn(name, isNumber: false, number: { _ in nil }, word: word)
  }

  private static func number(
    _ name: String, _ number: @escaping @Sendable (CurveRow) -> SignificantDigits?
  ) -> TableColumn {
    TableColumn(name, isNumber: true, number: number, word: { number($0)?.text ?? "" })
  }

  /// The columns after `source`. The two last ones are the ends of the enclosure, rounded outwards.
  static func columns(certified: Bool) -> [TableColumn] {
    var columns = [
      word("curve") { $0.curve.rawValue },
      word("kind") { $0.bound.kind.rawValue },
      number("distortion") { $0.distortion },
      number("distortion_db") { $0.level },
      number("rate_bits") { $0.rate },
      number("lambda") { $0.slope },
      number("error_bits") { $0.error },
    ]
    if certified {
      columns += [
        number("rate_lower") { SignificantDigits($0.bound.rate.lower, digits: 17, rounded: .down) },
        number("rate_upper") { SignificantDigits($0.bound.rate.upper, digits: 17, rounded: .up) },
      ]
    }
    return columns
  }
}
