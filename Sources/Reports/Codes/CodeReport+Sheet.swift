import Documents
import RateDistortion
import TrainedPoints

extension CodeReport: SheetReport {
  /// One row a number; values with as many digits as they have, so that those of the lines add up. In JSON each says what its ends
  /// rest on.
  public var sheet: Sheet<Row> {
    let (source, file) = (source, file)
    var sheet = Sheet<Row>([
      .word("source", .constant) { _ in source.name },
      .word("file", .constant) { _ in file },
      .word("part") { $0.part.rawValue },
      .word("quantity") { $0.quantity },
      .word("unit") { $0.unit },
      .digits("value") { SignificantDigits(readingBackTo: $0.number.value) },
      .digits("lower") { SignificantDigits($0.number.interval.lower, digits: 17, rounded: .down) },
      .digits("upper") { SignificantDigits($0.number.interval.upper, digits: 17, rounded: .up) },
    ])
    sheet.furtherMembers = { row in
      row.assurance?.members ?? JSONValue.members(["assurance": .text("recomputed")])
    }
    sheet.facts =
      ProgramVersion.facts + parameters.facts(of: source)
      + JSONValue.members([
        "file": .text(file), "indices": .texts(contents.indices.map { CodeMap.words($0) }),
        "certificate": certificate.form.json,
      ])
    sheet.title = (["\(source.name): \(source.definition)", file] + parameters.words(in: source)).joined(
      separator: "; ")
    sheet.mostDigits = 6
    return sheet
  }
}
