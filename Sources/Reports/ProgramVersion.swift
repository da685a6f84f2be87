import Documents

/// The program that makes the reports, as they name it.
public enum ProgramVersion {
  /// The program's name.
  public static let name = "rdbounds"
  /// Its version, semantic: the major number changes with the meaning of a column or an identifier.
  public static let number = "0.1.0"
  /// The version of the formats of tables, verdicts and reference files; within one, columns and members are only added.
  public static let schema = 1

  /// Name and version, with which every JSON report begins.
  static var facts: [JSONValue.Member] {
    JSONValue.members(["schema": .number(schema), "program": ["name": .text(name), "version": .text(number)]])
  }
}
