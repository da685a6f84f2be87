import Documents
import RateDistortion

/// The runs of a map as its rows come: where each index begins and ends, and what nobody said anything about.
struct MapRuns {
  private let line: any RealisationLine
  private let columns: CodeColumns
  private let file: String
  /// Symbols of the runs, and the thresholds between them.
  private var symbols: [Int] = []
  private var thresholds: [UncertainThreshold] = []
  /// The first position and the last.
  private var first = 0.0
  private var last = 0.0
  /// The positions of a grid, and the holes between runs.
  private var positions: [Double] = []
  private var holes: [(from: Double, to: Double)] = []
  private(set) var rows = 0

  init(line: any RealisationLine, columns: CodeColumns, file: String) {
    self.line = line
    self.columns = columns
    self.file = file
  }

  /// Adds a row.
  ///
  /// - Throws: if it stands nowhere, or not behind the row before it.
  mutating func add(_ record: Record, _ symbol: Int) throws(PointFileError) {
    switch columns.place {
    case .position(let cell): try add(at: position(record, cell), symbol, record, cell)
    case .run(let from, let to): try add(run: (position(record, from), position(record, to)), symbol, record, from)
    default: break
    }
    rows += 1
  }

  private mutating func add(at position: Double, _ symbol: Int, _ record: Record, _ cell: Int) throws(PointFileError) {
    guard rows > 0 else {
      (first, last) = (position, position)
      positions.append(position)
      symbols.append(symbol)
      return
    }
    guard position > last else {
      throw record.error(
        .code(.notIncreasing(position: position, before: last)), cell: cell, column: columns.column(cell), file: file)
    }
    if symbol != symbols[symbols.count - 1] {
      thresholds.append(threshold(last, position))
      symbols.append(symbol)
    }
    positions.append(position)
    last = position
  }

  private mutating func add(
    run: (from: Double, to: Double), _ symbol: Int, _ record: Record, _ cell: Int
  ) throws(PointFileError) {
    let (column, file) = (columns.column(cell), file)
    let fault = { (fault: CodeFault) in record.error(.code(fault), cell: cell, column: column, file: file) }
    guard run.from < run.to else { throw fault(.emptyRun(from: run.from, to: run.to)) }
    if rows == 0 {
      first = run.from
    } else {
      guard run.from >= last else { throw fault(.overlap(from: run.from, before: last)) }
      if run.from > last { holes.append((last, run.from)) }
      thresholds.append(threshold(last, run.from))
    }
    symbols.append(symbol)
    last = run.to
  }

  private func threshold(_ a: Double, _ b: Double) -> UncertainThreshold {
    UncertainThreshold(line.coordinate(of: a).lower, line.coordinate(of: b).upper)
  }

  /// A cell's position; infinite ones only at the ends of runs on an infinite line.
  private func position(_ record: Record, _ cell: Int) throws(PointFileError) -> Double {
    let range = record.trimmed(cell)
    let positions = line.positions
    if let number = DecimalNumber.parse(record.bytes, range) {
      guard positions.contains(number) else {
        let ends = [positions.lowerBound, positions.upperBound].map { SignificantDigits(readingBackTo: $0)?.text ?? "" }
        throw record.error(
          .outOfRange(text: record.text(cell), requirement: "a position from \(ends[0]) to \(ends[1])"), cell: cell,
          column: columns.column(cell), file: file)
      }
      return number
    }
    if case .run(let from, let to) = columns.place, range.count <= 9 {
      let word = record.text(cell).lowercased()
      if cell == from, rows == 0, line.range.lowerBound == -.infinity, ["-inf", "-infinity"].contains(word) {
        return -.infinity
      }
      if cell == to, line.range.upperBound == .infinity, ["inf", "+inf", "infinity", "+infinity"].contains(word) {
        return .infinity
      }
    }
    throw record.error(.notANumber(text: record.text(cell)), cell: cell, column: columns.column(cell), file: file)
  }

  /// The partition, and how much probability no row says anything about.
  func finish() -> (partition: LinePartition, uncovered: Double) {
    let seam = threshold(last, first + (line.isClosed ? 1 : 0))
    let partition = LinePartition(
      symbols: symbols, thresholds: thresholds, range: line.range, isClosed: line.isClosed,
      seam: line.isClosed ? seam : UncertainThreshold(1))
    var gaps = holes
    var step = 0.0
    if case .position = columns.place {
      step = rows > 1 ? (last - first) / Double(rows - 1) : 0
      for (a, b) in zip(positions, positions.dropFirst()) where b - a > CodeMap.longestStep * step {
        gaps.append((a, b))
      }
    }
    let probability = { (a: Double, b: Double) -> Double in
      let (low, high) = (line.coordinate(of: a).upper, line.coordinate(of: b).lower)
      return low < high ? line.probability(from: low, to: high).midpoint : 0
    }
    var uncovered = gaps.reduce(0) { $0 + probability($1.from, $1.to) }
    if line.isClosed {
      if first + 1 - last > CodeMap.longestStep * step { uncovered += max(0, first + 1 - last) }
    } else {
      let (low, high) = (line.range.lowerBound, line.range.upperBound)
      let (start, end) = (line.coordinate(of: first - step).lower, line.coordinate(of: last + step).upper)
      if start > low { uncovered += line.probability(from: low, to: start).midpoint }
      if end < high { uncovered += line.probability(from: end, to: high).midpoint }
    }
    return (partition, uncovered)
  }
}
