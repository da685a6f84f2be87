import RateDistortion

/// Curves of a source on a grid: the content of `table`, `at` and the reference files, whatever the format.
///
/// Rows are curve-major: each curve is one contiguous block, in the order of the curves given, and within it rows are in the
/// order of the requests.
public struct CurveTable: Sendable {
  /// A row that could not be printed: nothing finite is proved there.
  public struct Omission: Sendable, Equatable {
    /// The curve.
    public let curve: CurveName
    /// Where.
    public let request: OperatingRequest
  }

  /// The source's entry in the catalogue.
  public let source: SourceDescription
  /// Its parameters in force.
  public let parameters: SourceParameters
  /// The curves, in the order of their blocks.
  public let curves: [CurveName]
  /// One row a number.
  public let rows: [CurveRow]
  /// What was asked for and is not there.
  public let omissions: [Omission]

  /// The table of some curves of a source at the operating points requested.
  ///
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public init(
    of source: any InformationSource, curves: [any Curve], at requests: [OperatingRequest]
  ) throws(DomainError) {
    self.source = source.description
    parameters = source.parameters
    self.curves = curves.map(\.name)
    let found = try concurrentMap(count: curves.count * requests.count) {
      (index: Int) throws(DomainError) -> CurveRow? in
      try CurveRow.row(of: curves[index / requests.count], at: requests[index % requests.count])
    }
    rows = found.compactMap { $0 }
    omissions = found.indices.compactMap { index in
      guard found[index] == nil else { return nil }
      return Omission(curve: curves[index / requests.count].name, request: requests[index % requests.count])
    }
  }
}

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
