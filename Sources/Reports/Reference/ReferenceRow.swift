import Documents

/// A row of a committed reference file.
struct ReferenceRow: Sendable {
  /// The line in the file, from 1.
  let line: Int
  let source: String
  let curve: String
  let kind: String
  let distortion: Double
  let rate: Double
  /// One unit of the last digit with which a rate is printed.
  let rateUnit: Double
  let slope: Double?
  let error: Double?

  /// Reads a reference file.
  ///
  /// - Throws: `MalformedFile` at the first cell that is not what the table contract says.
  static func read(_ content: [UInt8], path: String) throws(MalformedFile) -> [ReferenceRow] {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw MalformedFile(path: path, line: 1, column: 1, message: "the file is not text in UTF-8")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map(String.init) == CurveTable.header else {
      throw MalformedFile(path: path, line: 1, column: 1, message: "the header is not \(CurveTable.header)")
    }
    guard lines.last?.isEmpty == true else {
      throw MalformedFile(path: path, line: lines.count, column: 1, message: "the last line has no end")
    }
    lines.removeLast()
    var rows: [ReferenceRow] = []
    for (index, line) in lines.enumerated().dropFirst() {
      rows.append(try ReferenceRow(line, number: index + 1, path: path))
    }
    return rows
  }

  private init(_ text: Substring, number line: Int, path: String) throws(MalformedFile) {
    let cells = text.split(separator: ",", omittingEmptySubsequences: false)
    let names = CurveTable.header.split(separator: ",")
    guard cells.count == names.count else {
      throw MalformedFile(
        path: path, line: line, column: 1, message: "\(cells.count) cells where the header has \(names.count)")
    }
    func number(_ index: Int) throws(MalformedFile) -> Double {
      guard let value = Double(cells[index]), value.isFinite else {
        let column = cells[..<index].reduce(1) { $0 + $1.count + 1 }
        throw MalformedFile(
          path: path, line: line, column: column, message: "\(names[index]) \"\(cells[index])\" is not a number")
      }
      return value
    }
    func optional(_ index: Int) throws(MalformedFile) -> Double? { cells[index].isEmpty ? nil : try number(index) }

    self.line = line
    source = String(cells[0])
    curve = String(cells[1])
    kind = String(cells[2])
    distortion = try number(3)
    guard distortion > 0 else {
      let column = cells[..<3].reduce(1) { $0 + $1.count + 1 }
      throw MalformedFile(path: path, line: line, column: column, message: "distortion is not greater than 0")
    }
    _ = try number(4)
    rate = try number(5)
    slope = try optional(6)
    error = try optional(7)
    rateUnit = SignificantDigits(rate)?.unit ?? 0
  }
}
