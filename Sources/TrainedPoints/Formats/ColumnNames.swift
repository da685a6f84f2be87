import Documents

/// A file's header: names to be found by, whatever their case and the blanks around them.
struct ColumnNames {
  /// As the header has them, blanks trimmed.
  let names: [String]
  /// In lower case.
  let folded: [String]
  private let file: String

  init(_ header: Record, file: String) throws(PointFileError) {
    self.file = file
    var names: [String] = []
    for cell in header.cells.indices {
      guard let name = String(validating: header.unescaped(cell), as: UTF8.self) else {
        let column = PointFileError.Column(number: cell + 1, name: "")
        throw PointFileError(file: file, line: header.line, column: column, fault: .headerNotText)
      }
      names.append(name)
    }
    self.names = names
    folded = names.map { $0.lowercased() }
  }

  /// The column of a name: the one that has it to the letter, else the first that has it in another case.
  func first(_ name: String) -> Int? {
    names.firstIndex(of: name) ?? folded.firstIndex(of: name.lowercased())
  }

  /// The first of several names that a column has.
  ///
  /// - Throws: if that name occurs more than once: there is no telling which column is meant.
  func firstUnique(of candidates: [String]) throws(PointFileError) -> Int? {
    for candidate in candidates {
      if let column = first(candidate) { return try unique(column) }
    }
    return nil
  }

  /// The column that an option names, nil if it names none.
  ///
  /// - Throws: if there is no such column, or more than one.
  func chosen(_ name: String?, purpose: String) throws(PointFileError) -> Int? {
    guard let name else { return nil }
    guard let column = first(name) else { throw missing(purpose, [name]) }
    return try unique(column)
  }

  /// The column that an option names, else the first of the usual names, else none.
  func optional(_ name: String?, purpose: String, defaults: [String]) throws(PointFileError) -> Int? {
    if let column = try chosen(name, purpose: purpose) { return column }
    return try firstUnique(of: defaults)
  }

  /// The error for a column that is not there.
  func missing(_ purpose: String, _ accepted: [String]) -> PointFileError {
    PointFileError(
      file: file, fault: .missingColumn(purpose: purpose, accepted: accepted, present: names))
  }

  private func unique(_ column: Int) throws(PointFileError) -> Int {
    guard names.lastIndex(of: names[column]) == column else {
      throw PointFileError(file: file, fault: .repeatedColumn(name: names[column]))
    }
    return column
  }
}
