import Documents
import RateDistortion

extension CurveTable: SheetReport {
  /// The header of the table contract, schema 1.
  public static var header: String { columns(source: "", certified: false).map(\.name).joined(separator: ",") }

  /// One row a number, in the columns of the table contract; every row of a document is a claim that can be checked by itself, with
  /// its certificate and what that rests on.
  public var sheet: Sheet<CurveRow> {
    var columns = Self.columns(source: source.name, certified: isCertified)
    if rows.contains(where: { $0.line != nil }) {
      columns.append(.digits("lagrangian_bits") { $0.line.flatMap { SignificantDigits($0.lagrangian) } })
    }
    var sheet = Sheet(columns)
    sheet.facts = ProgramVersion.facts + parameters.facts(of: source)
    sheet.rowsStandAlone = true
    sheet.furtherMembers = { row in
      JSONValue.members(["certificate": row.bound.evidence.form.json]) + row.bound.assurance.members
    }
    sheet.title = title
    return sheet
  }

  /// The source, its parameters and its distortion measure in a line.
  var title: String {
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
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .proved: return JSONValue.members(["assurance": .text("proved")])
    case .margin(let bits, let covers):
      return JSONValue.members([
        "assurance": .text("margin"), "margin_bits": .number(bits), "margin_covers": .text(covers),
      ])
    }
  }
}
