/// What a table says, apart from its rows and from how it is laid out: the one description from which every format follows.
public struct Sheet<Row: Sendable>: Sendable {
  /// The columns in their order.
  public var columns: [Column<Row>]
  /// Facts about the whole, as members of a document before its rows.
  public var facts: [JSONValue.Member] = []
  /// What a document calls its rows.
  public var rowsName = "rows"
  /// Whether each row of a document is a statement by itself, which repeats the constants.
  public var rowsStandAlone = false
  /// Members of a document's row that fit in no cell.
  public var furtherMembers: (@Sendable (Row) -> [JSONValue.Member])?
  /// For people: the constants in a line above the rows, in place of their columns.
  public var title: String?
  /// For people: the most significant digits of a number; nil for all.
  public var mostDigits: Int?
  /// For people: whether columns are as wide as their widest cell.
  public var isAligned = true
  /// For people: whether a column with nothing in it is left out.
  public var leavesOutEmptyColumns = false

  /// A sheet of some columns.
  public init(_ columns: [Column<Row>]) { self.columns = columns }

  /// The columns that a person is shown.
  var columnsForPeople: [Column<Row>] {
    columns.filter { $0.role == .everyone || ($0.role == .constant && title == nil) }
  }

  /// The cells of a row as a person reads them.
  func texts(_ row: Row, _ columns: [Column<Row>]) -> [String] {
    columns.map { $0.cell(row).text(digits: $0.digits, most: mostDigits) }
  }

  /// Rows in a format, all at once.
  public func text(of rows: [Row], as format: any SheetFormat.Type) -> [UInt8] { format.text(of: rows, in: self) }
}

/// What is known of a sheet once all its rows are.
public struct SheetEnd: Sendable {
  /// Facts, as members of a document after its rows.
  public var facts: [JSONValue.Member] = []
  /// The same in sentences, for people.
  public var notes: [String] = []

  /// Nothing.
  public init() {}
}

/// A report whose content is the rows of a sheet.
public protocol SheetReport: Sendable {
  /// What a row is about.
  associatedtype Row: Sendable
  /// What it says.
  var sheet: Sheet<Row> { get }
  /// Its rows.
  var rows: [Row] { get }
}

extension SheetReport {
  /// The report in a format.
  public func text(as format: any SheetFormat.Type) -> [UInt8] { sheet.text(of: rows, as: format) }
}
