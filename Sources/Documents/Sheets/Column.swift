/// A column of a sheet: what it is called, and what stands in it in each row.
public struct Column<Row>: Sendable {
  /// Whom it is for.
  public enum Role: Sendable {
    /// Everyone.
    case everyone
    /// A fact about the whole sheet, the same in every row: formats that can say it once do.
    case constant
    /// Programs: a person would not miss it.
    case detail
  }

  /// On which side cells stand in line.
  public enum Alignment: Sendable {
    /// Words.
    case left
    /// Numbers.
    case right
  }

  /// The identifier, in headers and as the name of JSON members. Columns of a contract are only ever added.
  public let name: String
  /// Whom it is for.
  public var role = Role.everyone
  /// How formats for people align it.
  public var alignment: Alignment
  /// The significant digits of numbers that are rounded where they are written.
  public var digits = SignificantDigits.standardCount
  /// What a row's cell says, for a terminal that shows colours.
  public var emphasis: (@Sendable (Row) -> Emphasis?)?
  /// The cell of a row.
  public let cell: @Sendable (Row) -> Cell

  /// A column of words; nil is an empty cell.
  public static func word(
    _ name: String, _ role: Role = .everyone, alignment: Alignment = .left,
    _ word: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(name: name, role: role, alignment: alignment) { word($0).map { .word($0) } ?? .none }
  }

  /// A column of cells of any kind.
  public static func cell(
    _ name: String, _ role: Role = .everyone, alignment: Alignment = .left, _ cell: @escaping @Sendable (Row) -> Cell
  ) -> Column {
    Column(name: name, role: role, alignment: alignment, cell: cell)
  }

  /// A column of whole numbers.
  public static func whole(_ name: String, _ value: @escaping @Sendable (Row) -> Int) -> Column {
    Column(name: name, alignment: .right) { .whole(value($0)) }
  }

  /// A column of numbers that are rounded to the nearest; nil, and what is not finite, is an empty cell.
  public static func number(
    _ name: String, _ role: Role = .everyone, digits: Int = SignificantDigits.standardCount,
    alignment: Alignment = .right, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column {
    Column(name: name, role: role, alignment: alignment, digits: digits) { value($0).map { .number($0) } ?? .none }
  }

  /// A column of numbers whose digits were rounded with care; nil is an empty cell.
  public static func digits(
    _ name: String, _ role: Role = .everyone, _ value: @escaping @Sendable (Row) -> SignificantDigits?
  ) -> Column {
    Column(name: name, role: role, alignment: .right) { value($0).map { .digits($0) } ?? .none }
  }
}
