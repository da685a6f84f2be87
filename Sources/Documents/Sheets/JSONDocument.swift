/// One JSON object: the facts about the whole, the rows under the names of the columns, and what is known at the end.
public struct JSONDocument: SheetFormat {
  public static let name = "json"

  /// Whether something stands before what comes next, which then follows a comma.
  private var isFirstRow = true

  public init() {}

  public static func piece<Row>(_ rows: [Row], of sheet: Sheet<Row>) -> [UInt8] {
    let columns = sheet.columns.filter { $0.role != .constant || sheet.rowsStandAlone }
    var bytes: [UInt8] = []
    for row in rows {
      let members = columns.map { JSONValue.Member($0.name, value(of: $0.cell(row), digits: $0.digits)) }
      bytes.append(UInt8(ascii: ","))
      JSONValue.appendLine(to: &bytes, depth: 2)
      JSONValue.object(members + (sheet.furtherMembers?(row) ?? [])).append(to: &bytes, depth: 2)
    }
    return bytes
  }

  public func opening<Row>(of sheet: Sheet<Row>) -> [UInt8] {
    var bytes = Array("{".utf8)
    for fact in sheet.facts {
      fact.append(to: &bytes, depth: 1)
      bytes.append(UInt8(ascii: ","))
    }
    JSONValue.Member(sheet.rowsName, .array([])).append(to: &bytes, depth: 1)
    // The array stays open.
    bytes.removeLast()
    return bytes
  }

  public mutating func text<Row>(of piece: [UInt8], in sheet: Sheet<Row>) -> [UInt8] {
    guard isFirstRow, !piece.isEmpty else { return piece }
    isFirstRow = false
    // Its comma.
    return Array(piece.dropFirst())
  }

  public func closing<Row>(of sheet: Sheet<Row>, _ end: SheetEnd) -> [UInt8] {
    var bytes: [UInt8] = []
    if !isFirstRow { JSONValue.appendLine(to: &bytes, depth: 1) }
    bytes.append(UInt8(ascii: "]"))
    for fact in end.facts {
      bytes.append(UInt8(ascii: ","))
      fact.append(to: &bytes, depth: 1)
    }
    return bytes + Array("\n}\n".utf8)
  }

  private static func value(of cell: Cell, digits: Int) -> JSONValue {
    if case .word(let word) = cell { return .text(word) }
    return cell.literal(digits: digits).map { .number($0) } ?? .null
  }
}
