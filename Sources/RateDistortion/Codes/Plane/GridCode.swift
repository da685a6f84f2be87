import IntervalArithmetic

/// A code dumped on a grid of the plane, written down as evidence: what `CodePerformance` and `CodeLedger` say of it, anyone
/// computes anew.
///
/// Nothing in it is believed but what `GridEncoder` takes as decided: points, symbols, code lengths and reconstructions are the
/// code, and its numbers are enclosed anew.
public struct GridCode: Evidence {
  public static let type = "grid-code"
  public static let meaning =
    "A one-shot code of a source in the plane by the symbols at the points of a rectangular grid (\"first\" and \"second\" are "
    + "the coordinates of its columns and rows; row by row, \"run_symbols\" are sent for \"run_lengths\" points), code lengths "
    + "and reconstructions, one behind the other. Squares whose corners agree are the corners', others may be any corner's; "
    + "beyond the points the outermost symbol goes on. Entropies, distortions and the ledger of the gap are enclosed anew."

  /// What is sent where.
  public let grid: GridEncoder
  let lengths: [Double]?
  let reconstructions: [Double]?
  /// The most points.
  static let mostPoints = 1 << 24

  /// A code as evidence.
  public init(_ grid: GridEncoder, _ code: PlaneCode) {
    self.grid = grid
    lengths = code.lengths
    reconstructions = code.reconstructions.map { $0.flatMap { $0 } }
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let first = try form.numbers("first")
    let second = try form.numbers("second")
    for places in [first, second] {
      guard !places.isEmpty, places.allSatisfy(\.isFinite), zip(places, places.dropFirst()).allSatisfy({ $0 < $1 })
      else {
        throw MalformedEvidence("\"first\" and \"second\" must be coordinates in increasing order")
      }
    }
    let counts = try form.numbers("run_lengths").map { Int(exactly: $0) ?? 0 }
    let names = try form.numbers("run_symbols").map { Int32(exactly: $0) ?? -1 }
    let points = first.count.multipliedReportingOverflow(by: second.count)
    guard !points.overflow, points.partialValue <= Self.mostPoints, counts.count == names.count,
      counts.allSatisfy({ $0 > 0 && $0 <= Self.mostPoints }), counts.reduce(0, +) == points.partialValue
    else {
      throw MalformedEvidence(
        "\"run_lengths\" must be whole numbers, the points of the grid together, one for each symbol")
    }
    guard Set(names) == Set(0...max(0, names.max() ?? 0)) else {
      throw MalformedEvidence("\"run_symbols\" must be whole numbers, all from 0 to the largest")
    }
    grid = GridEncoder(
      first: first, second: second, symbols: zip(names, counts).flatMap { Array(repeating: $0, count: $1) })
    lengths = form["lengths"] == nil ? nil : try form.numbers("lengths")
    reconstructions = form["reconstructions"] == nil ? nil : try form.numbers("reconstructions")
  }

  public var form: EvidenceForm {
    var (names, counts) = ([Double](), [Double]())
    for symbol in grid.symbols {
      if names.last == Double(symbol) {
        counts[counts.count - 1] += 1
      } else {
        names.append(Double(symbol))
        counts.append(1)
      }
    }
    var members: [EvidenceForm.Member] = [
      .init("first", .numbers(grid.first)), .init("second", .numbers(grid.second)),
      .init("run_lengths", .numbers(counts)), .init("run_symbols", .numbers(names)),
    ]
    if let lengths { members.append(.init("lengths", .numbers(lengths))) }
    if let reconstructions { members.append(.init("reconstructions", .numbers(reconstructions))) }
    return EvidenceForm(Self.type, members)
  }

  public var sentence: String { "the code whose symbols on a grid --format json prints" }

  /// The code on a source.
  ///
  /// - Throws: `DomainError.evidenceRefused` if it is none of that source.
  public func code(of reference: PlaneReference) throws(DomainError) -> PlaneCode {
    let (lengths, points) = try reference.contents(lengths, reconstructions, symbols: grid.symbolCount)
    return try reference.code(grid, lengths: lengths, reconstructions: points)
  }
}

extension PlaneReference {
  /// What a certificate says of symbols besides where they are sent.
  ///
  /// - Throws: `DomainError.evidenceRefused` for what is none of so many symbols.
  func contents(
    _ lengths: [Double]?, _ reconstructions: [Double]?, symbols count: Int
  ) throws(DomainError) -> (lengths: [Double]?, points: [[Double]]?) {
    guard lengths.map({ $0.count == count && $0.allSatisfy { $0 >= 0 && $0.isFinite } }) ?? true else {
      throw .evidenceRefused("there must be a length of at least 0 for each symbol")
    }
    guard reconstructions.map({ $0.count == 2 * count && $0.allSatisfy(\.isFinite) }) ?? true else {
      throw .evidenceRefused("there must be two components of a reconstruction for each symbol")
    }
    return (lengths, reconstructions.map { all in (0..<count).map { [all[2 * $0], all[2 * $0 + 1]] } })
  }
}
