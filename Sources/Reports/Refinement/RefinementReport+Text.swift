import RateDistortion

extension RefinementReport {
  /// A column: a word, or a number with so many digits.
  private struct Column: Sendable {
    let name: String
    let isNumber: Bool
    let text: @Sendable (Row) -> String?

    static func word(_ name: String, _ text: @escaping @Sendable (Row) -> String) -> Column {
      Column(name: name, isNumber: false, text: text)
    }

    static func number(_ name: String, _ value: @escaping @Sendable (Row) -> SignificantDigits?) -> Column {
      Column(name: name, isNumber: true) { value($0)?.text }
    }

    /// A number in floating point, such as a gap.
    static func plain(_ name: String, digits: Int, _ value: @escaping @Sendable (Row) -> Double) -> Column {
      Column(name: name, isNumber: true) { row in
        // Gaps below a thousandth of a thousandth are numerical error.
        let number = value(row)
        return SignificantDigits(number.magnitude < 1e-6 ? 0 : number, digits: digits)?.text
      }
    }
  }

  private static let columns: [Column] = [
    .word("stages") { row in row.request.stages.map(String.init).joined(separator: "x") },
    .word("order") { $0.request.stages.count == 1 ? "monolithic" : $0.request.order.rawValue },
    .word("width_for") { $0.request.objective.rawValue },
    .number("stage") { SignificantDigits(Double($0.table.stage)) },
    .number("bins") { SignificantDigits(Double($0.table.bins)) },
    .word("kind") { $0.kind.rawValue },
    .number("marginal_rate_bits") { $0.marginal },
    .number("conditional_rate_bits") { $0.conditional },
    .number("distortion") { $0.distortion },
    .number("distortion_db") { SignificantDigits(decibels($0.distortion.doubleValue)) },
    .number("sum_rate_bound_bits") { $0.sumRateBound },
    .number("stage_rate_bound_bits") { $0.stageRateBound },
    .number("one_shot_lower_bits") { $0.oneShotLower },
    .plain("gap_bits", digits: 6) { $0.conditional.doubleValue - $0.sumRateBound.doubleValue },
    .plain("marginal_gap_bits", digits: 6) { $0.marginal.doubleValue - $0.sumRateBound.doubleValue },
    .plain("monolithic_gap_db", digits: 4) { $0.table.conditionalGap },
    .plain("monolithic_marginal_gap_db", digits: 4) { $0.table.marginalGap },
    .number("step") { SignificantDigits(readingBackTo: $0.step) },
    .number("offset") { SignificantDigits(readingBackTo: $0.offset) },
    .number("error_bits") { $0.error },
  ]

  /// The names of the columns after `source`.
  static var columnNames: [String] { columns.map(\.name) }

  /// The report in a format.
  public func text(as format: Format) -> String {
    switch format {
    case .csv: return csv
    case .json: return json.serialized
    case .markdown: return markdown
    }
  }

  /// Comma-separated values with a header row; what is not known is an empty cell.
  public var csv: String {
    let header = (["source"] + Self.columnNames).joined(separator: ",")
    let lines = rows.map { row in
      ([source.name] + Self.columns.map { $0.text(row) ?? "" }).joined(separator: ",")
    }
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  /// The columns as members, with the source's parameters.
  public var json: JSONValue {
    .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("source", .text(source.name)),
      JSONValue.Member("parameters", parameters.json(in: source)),
      JSONValue.Member("distortion_measure", .text(source.distortionMeasure.rawValue)),
      JSONValue.Member("rows", .array(rows.map(Self.json))),
    ])
  }

  private static func json(_ row: Row) -> JSONValue {
    .object(
      columns.map { column in
        let value: JSONValue = column.text(row).map { column.isNumber ? .number($0) : .text($0) } ?? .null
        return JSONValue.Member(column.name, value)
      })
  }

  /// A table with five digits, under a line that names the source and its parameters.
  public var markdown: String {
    let values = parameters.list(in: source).map { "\($0.name) \($0.text)" }
    let title = (["\(source.name): \(source.definition)"] + values).joined(separator: "; ")
    let shown = Self.columns.filter { !["step", "offset", "error_bits"].contains($0.name) }
    let cells =
      [shown.map(\.name)]
      + rows.map { row in
        shown.map { column -> String in
          guard let text = column.text(row) else { return "" }
          guard column.isNumber, let value = Double(text) else { return text }
          return SignificantDigits(value, digits: 5)?.text ?? text
        }
      }
    let widths = shown.indices.map { index in max(3, cells.map { $0[index].count }.max() ?? 0) }
    let line = { (cells: [String]) -> String in
      let padded = cells.indices.map { index in
        let space = String(repeating: " ", count: max(0, widths[index] - cells[index].count))
        return shown[index].isNumber ? space + cells[index] : cells[index] + space
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = shown.indices.map { index in
      String(repeating: "-", count: widths[index] - 1) + (shown[index].isNumber ? ":" : "-")
    }
    return ([title, "", line(cells[0]), line(rule)] + cells.dropFirst().map(line)).joined(separator: "\n") + "\n"
  }
}
