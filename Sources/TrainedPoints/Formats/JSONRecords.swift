import Documents

/// JSON as rows: an array of objects, objects one after another (JSON Lines), or an object whose members are columns.
///
/// - A member's column is its name; within objects it is the names on the way to it with dots between them, `results.bpp`.
/// - An object is a row. If its rate is an element of an array, be it of numbers or of objects, it is as many rows as that
///   array has elements: arrays of the same length go along, others are no columns, and what lies outside arrays holds for
///   every row.
/// - Objects with neither a rate nor a distortion are passed over: logs have lines about other things.
struct JSONRecords: PointRecords {
  let name: String
  private(set) var record = Record()
  private var scanner: JSONScanner
  private let isArray: Bool
  private var columns: [[UInt8]: Int] = [:]
  private var names: [[UInt8]] = []
  /// Known once the header is.
  private var rate = 0
  private var distortion = 0
  private var hasGivenHeader = false
  /// The cells of the object that is being read: `shared` that hold for every row, then those of the rows in turn.
  private var cells: [Cell] = []
  private var shared = 0
  private var place = 0
  private var row = 0
  private var rowCount = 0
  private var documentLine = 1

  /// A scalar with its column.
  private struct Cell {
    var column: Int
    var scalar: JSONScalar
  }

  /// Beyond this the names are data.
  private static let mostColumns = 10_000

  /// Reads all of the text once, for its columns.
  init(_ input: consuming ByteInput) throws(PointFileError) {
    var input = input
    let name = input.name
    self.name = name
    do {
      scanner = JSONScanner(try input.all(), dialect: .trainers)
    } catch {
      throw PointFileError(error)
    }
    isArray = scanner.peek() == UInt8(ascii: "[")
    let start = scanner
    var columns: [[UInt8]: Int] = [:]
    var names: [[UInt8]] = []
    try enter()
    while try hasObject() {
      try scanner.forEachScalar(file: name) { (scalar: JSONScalar) throws(PointFileError) in
        guard columns[scalar.path] == nil else { return }
        guard names.count < Self.mostColumns else {
          throw PointFileError(file: name, line: scalar.line, fault: .tooManyColumns(most: Self.mostColumns))
        }
        columns[scalar.path] = names.count
        names.append(scalar.path)
      }
    }
    self.columns = columns
    self.names = names
    scanner = start
    try enter()
  }

  mutating func settle(_ columns: PointColumns) {
    rate = columns.rate
    distortion = columns.distortion
  }

  mutating func next() throws(PointFileError) -> Bool {
    guard hasGivenHeader else {
      hasGivenHeader = true
      guard !names.isEmpty else { return false }
      record = Record(cells: names, line: 1, places: [])
      return true
    }
    while row >= rowCount {
      guard try hasObject() else { return false }
      var found: [Cell] = []
      let columns = columns
      let line = scanner.line
      try scanner.forEachScalar(file: name) { (scalar: JSONScalar) throws(PointFileError) in
        if let column = columns[scalar.path] { found.append(Cell(column: column, scalar: scalar)) }
      }
      try take(found, line: found.first?.scalar.line ?? line)
    }
    record = try nextRow()
    return true
  }

  /// Takes the bracket of an array of objects.
  private mutating func enter() throws(PointFileError) {
    if isArray { try placed { (scanner) throws(JSONError) in _ = try scanner.next() } }
  }

  /// Whether a further object follows; behind the last one the text ends.
  private mutating func hasObject() throws(PointFileError) -> Bool {
    let isArray = isArray
    return try placed { (scanner) throws(JSONError) in
      if let first = try scanner.peekElement() {
        guard first == UInt8(ascii: "{") else { throw scanner.error(expected: "an object, \"{\"") }
        return true
      }
      guard isArray, scanner.depth > 0 else { return false }
      _ = try scanner.next()
      guard scanner.peek() == nil else { throw scanner.error(expected: "the end") }
      return false
    }
  }

  /// A step of the scanner, its errors at their place in the file.
  private mutating func placed<Result>(
    _ step: (inout JSONScanner) throws(JSONError) -> Result
  ) throws(PointFileError) -> Result {
    do {
      return try step(&scanner)
    } catch {
      throw PointFileError(error, file: name)
    }
  }

  /// Takes an object's cells for rows; none if it is no point.
  private mutating func take(_ found: [Cell], line: Int) throws(PointFileError) {
    var counts = [Int](repeating: 0, count: names.count)
    var isPoint = false
    for cell in found {
      counts[cell.column] = max(counts[cell.column], cell.scalar.index.map { $0 + 1 } ?? 0)
      if cell.column == rate || cell.column == distortion { isPoint = true }
    }
    (row, rowCount, documentLine) = (0, 0, line)
    guard isPoint else { return }
    let count = counts[rate]
    guard count == 0 || counts[distortion] == count || counts[distortion] == 0 else {
      throw PointFileError(
        file: name, line: line,
        fault: .unequalArrays(
          rate: text(rate), count: count, distortion: text(distortion), otherCount: counts[distortion]))
    }
    rowCount = max(count, 1)
    cells = found.filter { $0.scalar.index == nil || counts[$0.column] == count }
    // What holds for every row comes first, then row after row.
    cells.sort { ($0.scalar.index ?? -1) < ($1.scalar.index ?? -1) }
    shared = cells.firstIndex { $0.scalar.index != nil } ?? cells.count
    place = shared
  }

  /// The next row of the object whose cells were taken.
  private mutating func nextRow() throws(PointFileError) -> Record {
    var chosen = [JSONScalar?](repeating: nil, count: names.count)
    let start = place
    while place < cells.count, cells[place].scalar.index == row { place += 1 }
    row += 1
    for cell in [cells[..<shared], cells[start..<place]].joined() {
      guard chosen[cell.column] == nil else {
        throw PointFileError(file: name, line: cell.scalar.line, fault: .repeatedColumn(name: text(cell.column)))
      }
      chosen[cell.column] = cell.scalar
    }
    let contents = chosen.map { scalar -> ArraySlice<UInt8> in
      scalar?.text.map { scanner.content(of: $0) } ?? []
    }
    let first = start < place ? cells[start].scalar.line : documentLine
    return Record(
      cells: contents, line: chosen[rate]?.line ?? first, places: chosen.map { Record.Place(line: $0?.line ?? first) })
  }

  private func text(_ column: Int) -> String { String(decoding: names[column], as: UTF8.self) }
}
