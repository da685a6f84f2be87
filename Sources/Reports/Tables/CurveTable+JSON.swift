import RateDistortion

extension CurveTable {
  /// The table as JSON: the columns of the CSV by name, and what does not fit in one: the source's parameters and
  /// distortion measure, and every row's certificate, with what it assumes.
  ///
  /// - Parameter certified: whether to add the ends of the enclosures.
  public func json(certified: Bool = false) -> JSONValue {
    let columns = TableColumn.columns(certified: certified)
    return .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("source", .text(source.name)),
      JSONValue.Member("parameters", parameters.json(in: source)),
      JSONValue.Member("distortion_measure", .text(source.distortionMeasure.rawValue)),
      JSONValue.Member("rows", .array(rows.map { Self.json($0, columns, source: source.name) })),
    ])
  }

  private static func json(_ row: CurveRow, _ columns: [TableColumn], source: String) -> JSONValue {
    var members = [JSONValue.Member("source", .text(source))]
    members += columns.map { column in
      let value: JSONValue =
        column.isNumber ? column.number(row).map { .number($0.text) } ?? .null : .text(column.word(row))
      return JSONValue.Member(column.name, value)
    }
    members.append(JSONValue.Member("certificate", row.bound.certificate.json))
    if let assumption = row.assumption { members.append(JSONValue.Member("assumption", .text(assumption))) }
    return .object(members)
  }
}
