import Documents

/// TensorBoard's CSV exports of scalars, `Wall time,Step,Value`, one file a quantity, joined on Step into a log.
///
/// TensorBoard names an export `run-RUN-tag-TAG.csv`. Exports of one run make one log, whose columns are the tags, without
/// the prefix `epoch_` that Keras puts before them; files named otherwise are columns named after the file, and one log a
/// folder. Keras writes two runs for one training, `train` and `validation`: the columns of the second are those of the same
/// log with `val_` before them, as in the log that `CSVLogger` writes.
struct ScalarExports: PointRecords {
  /// One export.
  struct Export {
    let file: String
    let column: String
    /// What was exported at each step, the last time if there are several: a training that was resumed repeats steps.
    var values: [Double: (text: [UInt8], line: Int)]
  }

  let name: String
  private(set) var record = Record()
  private let exports: [Export]
  private let steps: [Double]
  private var place = -1
  /// Indices of the exports that every row must have.
  private var needed: [Int] = []

  var isLog: Bool { true }

  /// Exports of one training.
  init(_ exports: [Export]) {
    self.exports = exports
    name = exports.map(\.file).joined(separator: ", ")
    steps = Set(exports.flatMap { $0.values.keys }).sorted()
  }

  mutating func settle(_ columns: PointColumns) {
    // The first column is the step.
    needed = [columns.rate, columns.distortion].map { $0 - 1 }.filter { exports.indices.contains($0) }
  }

  mutating func next() throws(PointFileError) -> Bool {
    guard place >= 0 else {
      place = 0
      record = Record(cells: [Array("step".utf8)] + exports.map { Array($0.column.utf8) }, line: 1, places: [])
      return true
    }
    while place < steps.count {
      let step = steps[place]
      place += 1
      let cells = exports.map { $0.values[step] }
      guard needed.allSatisfy({ cells[$0] != nil }) else { continue }
      let line = cells.compactMap { $0?.line }.first ?? 1
      let places = zip(exports, cells).map { Record.Place(file: $0.file, line: $1?.line ?? line) }
      record = Record(
        cells: [Array("\(step)".utf8)] + cells.map { $0?.text ?? [] }, line: places.first?.line ?? line,
        places: [Record.Place(line: line)] + places)
      return true
    }
    return false
  }

  var emptiness: PointFileError.Fault {
    let files = needed.map { exports[$0].file }
    return .noCommonStep(rate: files.first ?? "", distortion: files.last ?? "")
  }
}

extension ScalarExports {
  /// Whether a header is that of an export.
  static func isHeader(_ names: ColumnNames) -> Bool { names.folded == ["wall time", "step", "value"] }

  /// Reads the rows of an export whose header has been read.
  static func export(_ records: inout DelimitedTable) throws(PointFileError) -> Export {
    let file = records.name
    var values: [Double: (text: [UInt8], line: Int)] = [:]
    while try records.next() {
      let record = records.record
      guard record.cells.count == 3 else {
        throw PointFileError(
          file: file, line: record.line, fault: .raggedRow(cells: record.cells.count, columns: 3))
      }
      guard let step = DecimalNumber.parse(record.bytes, record.trimmed(1)) else {
        throw record.error(
          .notANumber(text: record.text(1)), cell: 1, column: PointFileError.Column(number: 2, name: "Step"),
          file: file)
      }
      values[step] = (Array(record.unescaped(2)), record.line)
    }
    guard !values.isEmpty else { throw PointFileError(file: file, fault: .noRows) }
    return Export(file: file, column: names(of: file).column, values: values)
  }

  /// The training that an export belongs to, and its column there, both by the file's name.
  static func names(of file: String) -> (run: String, column: String) {
    let slash = file.lastIndex(of: "/")
    let folder = slash.map { String(file[...$0]) } ?? ""
    let stem = fileTitle(file)
    guard let separator = stem.firstRange(of: "-tag-") else { return (folder, stem) }
    var run = stem[..<separator.lowerBound]
    var column = stem[separator.upperBound...]
    for prefix in ["epoch_", "evaluation_"] where column.hasPrefix(prefix) { column = column.dropFirst(prefix.count) }
    if column.hasSuffix("_vs_iterations") { column = column.dropLast("_vs_iterations".count) }
    var isValidation = false
    for (word, validates) in [("validation", true), ("train", false)] where run.hasSuffix(word) {
      run = run.dropLast(word.count)
      isValidation = validates
    }
    while let last = run.last, "-_/.".contains(last) { run = run.dropLast() }
    return (folder + run, (isValidation && !column.hasPrefix("val_") ? "val_" : "") + column)
  }
}

/// A file's name without folders and extension: what a series is called that is a file.
func fileTitle(_ path: String) -> String {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
  return String(name[..<dot])
}
