import Documents

extension PointFileError: WordedError {
  /// The place and the fault in a sentence: `points.csv:7: column 3 (rate): "abc" is not a number`.
  public func text(_ wording: Wording) -> String {
    var place = file
    if let line { place += ":\(line)" }
    if let column {
      place += ": column \(column.number)" + (column.name.isEmpty ? "" : " (\(legible(column.name)))")
    }
    return place + ": " + fault.text(wording)
  }
}

extension PointFileError.Fault {
  /// The fault in a clause.
  func text(_ wording: Wording) -> String {
    switch self {
    case .unreadable(let reason):
      return "cannot be read: \(reason)"
    case .notText(let remedy):
      return remedy
    case .emptyFile:
      return "the file is empty; a header row with column names is expected"
    case .noObjects:
      return "there is no object with a member in it"
    case .noRows:
      return "there is a header but no row"
    case .headerNotText:
      return "the header is not UTF-8 text"
    case .missingColumn(let purpose, let accepted, let present):
      let wanted = accepted.count == 1 ? "no column \(accepted[0])" : "none of \(accepted.joined(separator: ", "))"
      let settings: [String: Setting] = ["the rate": .rateColumn, "the distortion": .distortionColumn]
      let remedy = settings[purpose].map { wording.mention($0) } ?? ""
      return "no column for \(purpose)\(remedy): there is \(wanted); the columns are \(list(present))"
    case .repeatedColumn(let name):
      return "the column name \(quoted(name)) occurs more than once"
    case .raggedRow(let cells, let columns):
      return "the row has \(cells) \(cells == 1 ? "cell" : "cells"), the header \(columns)"
    case .text(let fault):
      return fault.description
    case .malformed(let character, let message):
      return "character \(character): \(message)"
    case .tooManyColumns(let most):
      return "there are more than \(most) different names in it: names are columns, values are rows"
    case .unequalArrays(let rate, let count, let distortion, let otherCount):
      return "\(quoted(rate)) has \(count) values, \(quoted(distortion)) \(otherCount)"
    case .noCommonStep(let rate, let distortion):
      return "no step is in both \(legible(rate)) and \(legible(distortion))"
    case .notANumber(let text):
      return text.isEmpty ? "the cell is empty; a number is expected" : notANumber(text)
    case .outOfRange(let text, let requirement):
      return "\(legible(text)) is out of range: it must be \(requirement)"
    case .unknownWord(let text, let known):
      return "\(quoted(text)) is none of \(known.joined(separator: ", "))"
    case .parameter(let error):
      return error.description
    case .numbers(let fault):
      return fault
    case .samples(let error):
      return error.description
    case .finiteSource(let error):
      return error.description
    case .sourceNotGiven(let present):
      return "no source is given\(wording.mention(.source)), and there is no column source; the columns are "
        + list(present)
    case .code(let fault):
      return fault.description
    case .noMatch(let filters):
      return "no row has \(filters.map(legible).joined(separator: " and "))"
    case .noNumbers(let rows):
      return
        "no row has both a rate and a distortion: \(rows) \(rows == 1 ? "row is" : "rows are") empty or not a number there"
    case .noKnownSource(let skipped):
      return "no limits are known for any of its sources: \(skipped.map(\.description).joined(separator: ", "))"
    case .componentsUnknown(let source, let found, let needed):
      return "the distortion is \(found.rawValue), that of \(source) is \(needed.rawValue), and the number of "
        + "components is not given: add a column index_points, or convert the column"
    }
  }

  private func notANumber(_ text: String) -> String {
    let comma = text.contains(",") && !text.contains(".") ? " (a decimal comma? numbers are written with a point)" : ""
    return "\(quoted(text)) is not a finite number\(comma)"
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(40).map { $0.isEmpty ? "(no name)" : legible($0) }.joined(separator: ", ")
    return names.count > 40 ? shown + ", and \(names.count - 40) more" : shown
  }
}

private func quoted(_ text: String) -> String { "\"\(legible(text))\"" }
