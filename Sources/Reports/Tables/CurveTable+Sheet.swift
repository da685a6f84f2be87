import Documents
import RateDistortion

extension CurveTable: SheetReport {
  /// The header of the table contract, schema 1.
  public static var header: String { columns(source: "", certified: false).map(\.name).joined(separator: ",") }

  /// One row a number, in the columns of the table contract; every row of a document is a claim that can be checked by itself, with
  /// its certificate and what that rests on.
  public var sheet: Sheet<CurveRow> {
    Self.sheet(of: source, parameters, certified: isCertified, hasLines: hasLines)
  }

  /// What a table of a source says besides its rows, before there are any.
  ///
  /// - Parameters:
  ///   - certified: whether the ends of the enclosures are printed too.
  ///   - hasLines: whether the rows are where supporting lines touch.
  ///   - names: the only columns that are printed, in this order; nil for all.
  public static func sheet(
    of source: SourceDescription, _ parameters: SourceParameters, certified: Bool, hasLines: Bool,
    only names: [String]? = nil
  ) -> Sheet<CurveRow> {
    var columns = columns(source: source.name, certified: certified)
    if hasLines {
      columns.append(.digits("lagrangian_bits") { $0.line.flatMap { SignificantDigits($0.lagrangian) } })
    }
    if let names { columns = names.compactMap { name in columns.first { $0.name == name } } }
    var sheet = Sheet(columns)
    sheet.facts = ProgramVersion.facts + parameters.facts(of: source)
    sheet.rowsStandAlone = true
    sheet.furtherMembers = { row in
      JSONValue.members(["certificate": row.bound.evidence.form.json]) + row.bound.assurance.members
    }
    sheet.title = title(of: source, parameters)
    return sheet
  }

  /// The source, its parameters and its distortion measure in a line.
  static func title(of source: SourceDescription, _ parameters: SourceParameters) -> String {
    (["\(source.name): \(source.definition)"] + parameters.words(in: source)
      + ["distortion is \(source.distortionMeasure.phrase)"])
      .joined(separator: "; ")
  }

  /// The columns. The two last ones are the ends of the enclosure, rounded outwards.
  private static func columns(source: String, certified: Bool) -> [Column<CurveRow>] {
    let columns: [Column<CurveRow>] = [
      .word("source", .constant) { _ in source },
      .word("curve") { $0.curve.rawValue },
      .word("kind") { $0.bound.kind.rawValue },
      .digits("distortion") { $0.distortion },
      .digits("distortion_db") { $0.level },
      .digits("rate_bits") { $0.rate },
      .digits("lambda") { $0.slope },
      .digits("error_bits") { $0.error },
    ]
    guard certified else { return columns }
    return columns + [
      .digits("rate_lower") { SignificantDigits($0.bound.rate.lower, digits: 17, rounded: .down) },
      .digits("rate_upper") { SignificantDigits($0.bound.rate.upper, digits: 17, rounded: .up) },
    ]
  }
}

extension Assurance {
  /// `assurance`, and where it is a margin what the margin is and covers.
  var members: [JSONValue.Member] {
    switch self {
    case .proved: return JSONValue.members(["assurance": .text("proved")])
    case .margin(let bits, let covers):
      return JSONValue.members([
        "assurance": .text("margin"), "margin_bits": .number(bits), "margin_covers": .text(covers),
      ])
    }
  }
}
