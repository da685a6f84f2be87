import IntervalArithmetic

/// A code on a line, written down as evidence: what `CodePerformance` and `CodeLedger` say of it, anyone computes anew.
///
/// Nothing in it is believed: where thresholds may lie, which symbols are between them, code lengths and reconstructions are
/// the code, and its numbers are enclosed anew.
public struct LineCode: Evidence {
  public static let type = "line-code"
  public static let meaning =
    "A one-shot code by the ends between which each threshold lies, the symbol of each piece of the line between them "
    + "(on a closed line that behind each threshold), code lengths and reconstructions. Entropies, distortions and the "
    + "ledger of the gap are enclosed anew, over all places of the thresholds."

  let lower: [Double]
  let upper: [Double]
  let nominal: [Double]
  let symbols: [Int]
  let lengths: [Double]?
  /// One behind the other.
  let reconstructions: [Double]?

  /// A code as evidence.
  public init(_ code: TrainedCode) {
    lower = code.partition.thresholds.map(\.lower)
    upper = code.partition.thresholds.map(\.upper)
    nominal = code.partition.thresholds.map(\.nominal)
    symbols = code.partition.symbols
    lengths = code.lengths
    reconstructions = code.reconstructions.map { $0.flatMap { $0 } }
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    lower = try form.numbers("thresholds_lower")
    upper = try form.numbers("thresholds_upper")
    nominal = try form.numbers("thresholds")
    let numbers = try form.numbers("symbols").map { Int(exactly: $0) ?? -1 }
    symbols = numbers
    lengths = form["lengths"] == nil ? nil : try form.numbers("lengths")
    reconstructions = form["reconstructions"] == nil ? nil : try form.numbers("reconstructions")
    guard lower.count == upper.count, lower.count == nominal.count,
      zip(nominal, zip(lower, upper)).allSatisfy({ $1.0 <= $0 && $0 <= $1.1 }),
      zip(nominal, nominal.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw MalformedEvidence("thresholds must increase, and each lie between its own ends") }
    guard !numbers.isEmpty, Set(numbers) == Set(0...(numbers.max() ?? 0)) else {
      throw MalformedEvidence("\"symbols\" must be whole numbers, all from 0 to the largest")
    }
  }

  public var form: EvidenceForm {
    var members: [EvidenceForm.Member] = [
      .init("thresholds", .numbers(nominal)), .init("thresholds_lower", .numbers(lower)),
      .init("thresholds_upper", .numbers(upper)), .init("symbols", .numbers(symbols.map { Double($0) })),
    ]
    if let lengths { members.append(.init("lengths", .numbers(lengths))) }
    if let reconstructions { members.append(.init("reconstructions", .numbers(reconstructions))) }
    return EvidenceForm(Self.type, members)
  }

  public var sentence: String { "the code whose thresholds and symbols --format json prints" }

  /// The code on a source's line.
  ///
  /// - Throws: `DomainError.evidenceRefused` if it is none of that line.
  public func code(of reference: CodeReference) throws(DomainError) -> TrainedCode {
    let line = reference.line
    let count = (symbols.max() ?? 0) + 1
    let needed = line.isClosed ? max(nominal.count, 1) : nominal.count + 1
    let end = line.range.upperBound + (line.isClosed ? 1 : 0)
    guard symbols.count == needed,
      nominal.allSatisfy({ line.range.lowerBound < $0 && $0 < end || line.isClosed && $0 == 0 }),
      lower.allSatisfy({ $0 >= line.range.lowerBound }), upper.allSatisfy({ $0 <= end }),
      !line.isClosed || nominal.isEmpty || nominal[nominal.count - 1] < nominal[0] + 1
    else { throw .evidenceRefused("the code is none of this source's line") }
    guard lengths.map({ $0.count == count && $0.allSatisfy { $0 >= 0 } }) ?? true else {
      throw .evidenceRefused("there must be a length of at least 0 for each symbol")
    }
    var points: [[Double]]?
    if let reconstructions {
      guard reconstructions.count % count == 0, !reconstructions.isEmpty else {
        throw .evidenceRefused("reconstructions must have equally many components")
      }
      let size = reconstructions.count / count
      points = (0..<count).map { Array(reconstructions[$0 * size..<($0 + 1) * size]) }
    }
    let partition = LinePartition(
      thresholds: zip(nominal, zip(lower, upper)).map { UncertainThreshold($1.0, $1.1, nominal: $0) }, symbols: symbols,
      range: line.range, isClosed: line.isClosed)
    return try reference.code(partition, lengths: lengths, reconstructions: points)
  }
}
