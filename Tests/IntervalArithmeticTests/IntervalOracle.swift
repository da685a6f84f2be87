import TestSupport

/// The committed high-precision values of `Tests/Oracles/interval_functions.py` and `interval_ranges.py`.
enum IntervalOracle {
  /// A function's value, between two neighbouring doubles (the same one twice if it is exact).
  struct Value {
    let argument: Double
    let lower: Double
    let upper: Double
  }

  /// A function's range over an interval, rounded outwards to the nearest doubles; nil where no member is in the domain.
  struct Range {
    let low: Double
    let high: Double
    let range: (lower: Double, upper: Double)?
  }

  private static let storedValues = Result {
    try blocks(of: "interval_functions.txt").mapValues { lines in
      try lines.map { fields in
        let lower = try Oracle.number(fields[1])
        return Value(
          argument: try Oracle.number(fields[0]), lower: lower, upper: fields[2] == "0" ? lower : lower.nextUp)
      }
    }
  }

  private static let storedRanges = Result {
    try blocks(of: "interval_ranges.txt").mapValues { lines in
      try lines.map { fields in
        Range(
          low: try Oracle.number(fields[0]), high: try Oracle.number(fields[1]),
          range: fields[2] == "empty" ? nil : (try Oracle.number(fields[2]), try Oracle.number(fields[3])))
      }
    }
  }

  /// Values of a function at points.
  static func values(_ function: String) throws -> [Value] { try storedValues.get()[function] ?? [] }

  /// Ranges of a function over intervals.
  static func ranges(_ function: String) throws -> [Range] { try storedRanges.get()[function] ?? [] }

  /// Lines of several fields by the name above them.
  private static func blocks(of file: String) throws -> [String: [[Substring]]] {
    var blocks: [String: [[Substring]]] = [:]
    var name = ""
    for fields in try Oracle.fields(file) {
      if fields.count == 1 {
        name = String(fields[0])
      } else if fields.count >= 3 {
        blocks[name, default: []].append(fields)
      } else {
        throw Oracle.NotANumber(text: fields.joined(separator: " "))
      }
    }
    return blocks
  }
}
