import Documents

/// The rows of a file in one of the formats that trainers write: first the header, then a row at a time.
protocol PointRecords: ~Copyable {
  /// The file's name in errors.
  var name: String { get }
  /// The row last read.
  var record: Record { get }
  /// Whether its rows are the course of one training, of which one is its result.
  var isLog: Bool { get }

  /// The fault of a file with a header and no row.
  var emptiness: PointFileError.Fault { get }

  /// Reads the next row into `record`; false at the end.
  mutating func next() throws(PointFileError) -> Bool

  /// Says what the header means, once it has been read and before any other row is.
  mutating func settle(_ columns: PointColumns)
}

extension PointRecords where Self: ~Copyable {
  /// It may be; the columns tell.
  var isLog: Bool { false }

  /// There is no row.
  var emptiness: PointFileError.Fault { .noRows }
}
