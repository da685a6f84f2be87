import Documents
import IntervalArithmetic
import RateDistortion

/// A printed bound as its document states it, before anything is made of it.
struct Claim {
  /// A decimal number as it is printed, exactly, and as the binary number that it reads back to.
  struct Number {
    let literal: String
    let exact: ExactDecimal
    let value: Double
  }

  /// The curve's name.
  let curve: CurveName
  let kind: BoundKind
  let distortion: Number
  let rate: Number
  /// The error claimed; nil where none is, or the kind claims none.
  let error: Number?
  /// The certificate, whatever it is.
  let certificate: JSONValue?

  /// Reads a row of a document.
  ///
  /// - Parameter row: its place, for errors.
  init(_ json: JSONValue, row: Int?) throws(MalformedClaim) {
    guard let curve = json["curve"]?.textValue else { throw MalformedClaim(row: row, "\"curve\" is missing") }
    self.curve = CurveName(rawValue: curve)
    guard let kind = json["kind"]?.textValue.flatMap(BoundKind.init) else {
      let known = BoundKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw MalformedClaim(row: row, "\"kind\" is none of \(known)")
    }
    self.kind = kind
    distortion = try Self.number("distortion", in: json, row: row)
    rate = try Self.number("rate_bits", in: json, row: row)
    let isGiven = json["error_bits"].map { $0 != .null } ?? false
    let given = isGiven ? try Self.number("error_bits", in: json, row: row) : nil
    error = kind == .exact || kind == .estimate ? given : nil
    certificate = json["certificate"]
  }

  private static func number(_ name: String, in json: JSONValue, row: Int?) throws(MalformedClaim) -> Number {
    guard case .number(let literal)? = json[name], let value = Double(literal), value.isFinite,
      let exact = ExactDecimal(literal: literal)
    else { throw MalformedClaim(row: row, "\"\(name)\" is missing or no finite number of ordinary length") }
    return Number(literal: literal, exact: exact, value: value)
  }

  /// Whether the statement printed follows from what is proved, as real numbers.
  func follows(from proved: Interval) -> Bool {
    let (lower, upper) = (ExactDecimal(proved.lower), ExactDecimal(proved.upper))
    switch kind {
    case .lower: return lower.map { rate.exact <= $0 } ?? false
    case .upper: return upper.map { rate.exact >= $0 } ?? false
    case .exact, .estimate:
      guard let lower, let upper else { return false }
      guard let error = error?.exact else { return rate.exact == lower && rate.exact == upper }
      return rate.exact - error <= lower && upper <= rate.exact + error
    }
  }
}
