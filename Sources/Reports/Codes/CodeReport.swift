import Documents
import RateDistortion
import TrainedPoints

/// A trained code, exactly, and the ledger of its gap: what `code` prints.
///
/// One row a number: at the nominal thresholds, halfway between neighbouring rows of the map, and the ends between which it
/// lies wherever the thresholds are. The values of the ledger's lines add up to the gap.
public struct CodeReport: Sendable {
  /// A number of the report.
  public struct Row: Sendable {
    /// What it is a part of.
    public enum Part: String, Sendable, CaseIterable {
      /// The code.
      case code
      /// The best codes at the same distortion.
      case limit
      /// The reasons of the gap.
      case ledger
      /// The gap.
      case gap
    }

    /// What it is a part of.
    public let part: Part
    /// Its stable identifier.
    public let quantity: String
    /// The unit; empty for a number of things.
    public let unit: String
    /// What it is.
    public let number: EnclosedValue
    /// What its ends rest on; nil if they were computed in floating point.
    public let assurance: Assurance?
  }

  /// The source's entry in the catalogue.
  public let source: SourceDescription
  let parameters: SourceParameters
  /// The map.
  public let map: CodeMap
  let code: TrainedCode
  /// What was computed of it.
  public let performance: CodePerformance
  /// Where it loses.
  public let ledger: CodeLedger
  /// The rows.
  public let rows: [Row]

  /// The report of a map.
  ///
  /// - Throws: `NoCodes` for a source whose codes are no partitions of a line; `PointFileError` for reconstructions that do
  ///   not suit the source; `DomainError` for a distortion that a curve is not computed for.
  public init(of map: CodeMap, for source: KnownSource) throws {
    let reference = try source.requiredCodes()
    self.source = source.description
    parameters = source.parameters
    self.map = map
    code = try map.code(of: reference)
    performance = CodePerformance(of: code)
    ledger = try CodeLedger(of: performance, against: reference)
    rows = Self.rows(
      of: code, performance, ledger, against: reference, uncovered: map.uncovered,
      unit: source.description.distortionMeasure.rawValue)
  }

  /// What a map leaves out.
  static let uncovered = "uncovered"

  /// The rows of a code.
  ///
  /// - Parameters:
  ///   - uncovered: what its map leaves out, if it is of a map.
  ///   - unit: that of distortions.
  static func rows(
    of trained: TrainedCode, _ code: CodePerformance, _ ledger: CodeLedger, against reference: CodeReference,
    uncovered: Double?, unit: String
  ) -> [Row] {
    let number = { (part: Row.Part, name: String, unit: String, value: EnclosedValue?, assurance: Assurance?) in
      value.map { Row(part: part, quantity: name, unit: unit, number: $0, assurance: assurance) }
    }
    let count = { (name: String, value: Int) in
      number(.code, name, "", EnclosedValue(Double(value), .init(value)), .proved)
    }
    let exactly = { (value: Double?) in value.map { EnclosedValue($0, .init($0)) } }
    // What rests on the decoder's side information, and on the limits.
    let aided: Assurance? = code.isProved ? .proved : nil
    let oneShot = code.isProved ? Self.assurance(of: reference.oneShot) : nil
    let longBlocks = code.isProved ? Self.assurance(of: reference.longBlocks) : nil
    let both = code.isProved ? Self.assurance(of: reference.oneShot + reference.longBlocks) : nil
    let bins = BinningPattern(of: trained)
    var rows: [Row?] = [
      count("cells", trained.partition.symbolCount), count("intervals", trained.partition.symbols.count),
      number(.code, Self.uncovered, "probability", exactly(uncovered), nil),
      trained.sideInformation == nil ? nil : count("binned-cells", bins?.symbols ?? 0),
      trained.sideInformation == nil ? nil : number(.code, "binning-period", "x", exactly(bins?.period), nil),
      trained.sideInformation == nil ? nil : number(.code, "binning-width", "x", exactly(bins?.width), nil),
      number(.code, "conditional-entropy", "bits", code.conditionalEntropy, aided),
      number(.code, "entropy", "bits", code.entropy, .proved),
      number(.code, "cross-entropy", "bits", code.crossEntropy, .proved),
      number(.code, "distortion", unit, code.given, .proved),
      number(.code, "distortion-centroids", unit, code.centroids, aided),
      number(.code, "distortion-continuous", unit, code.continuous, .proved),
      number(.code, "distortion-intervals", unit, code.intervals, .proved),
      number(.limit, "best-one-shot", "bits", ledger.bestOneShot, oneShot),
      number(.limit, "best-long-blocks", "bits", ledger.bestLongBlocks, longBlocks),
    ]
    rows += ledger.lines.map { line in
      number(.ledger, line.name, "bits", line.bits, line.name == "entropy-model" ? .proved : oneShot)
    }
    rows.append(number(.gap, "gap-one-shot", "bits", ledger.gap, oneShot))
    if let last = ledger.oneShot { rows.append(number(.ledger, last.name, "bits", last.bits, both)) }
    rows.append(number(.gap, "gap-long-blocks", "bits", ledger.gapToLongBlocks, longBlocks))
    return rows.compactMap { $0 }
  }

  /// What several curves rest on together: a margin if one does.
  private static func assurance(of curves: [Curve]) -> Assurance {
    curves.map(\.assurance).first { $0 != .proved } ?? .proved
  }

  /// What a reader should know of the map, in sentences.
  public var remarks: [String] {
    let digits = { (value: Double, count: Int) in SignificantDigits(value, digits: count)?.text ?? "" }
    var remarks: [String] = []
    if let sum = map.kraftSum, sum > 1 + Self.roundedLengths {
      remarks.append(
        "the code lengths are too short for any prefix code: the sum of 2^-bits over the indices is \(digits(sum, 8)), above 1"
      )
    }
    if map.uncovered > 1e-12 {
      remarks.append(
        "the map says nothing about \(digits(map.uncovered, 3)) of the source's probability; indices go on there from its "
          + "neighbours"
      )
    }
    if !performance.isProved {
      remarks.append(
        "thresholds lie between rows, or are rounded: what the decoder's side information makes of them is widened to first order, "
          + "in floating point, and not proved")
    }
    let widths = performance.masses.displacements.map(\.width)
    let open = widths.count { $0 > 1e-14 }
    if open > 0, let worst = widths.max() {
      remarks.append(
        "\(open) of \(widths.count) thresholds lie somewhere between two rows, of probability up to \(digits(worst, 3)): that "
          + "is what widens the intervals, and a finer grid narrows them")
    }
    return remarks
  }

  /// What code lengths rounded to 6 decimals may add to the sum.
  private static let roundedLengths = 1e-6
}

extension KnownSource {
  /// What its one-shot codes are evaluated on.
  ///
  /// - Throws: `NoCodes` where an encoder is no partition of a line.
  public func requiredCodes() throws(NoCodes) -> CodeReference {
    guard let codes else { throw NoCodes(source: description.name) }
    return codes
  }
}

/// A source whose one-shot codes are no partitions of a line.
public struct NoCodes: Error, Equatable, Sendable, CustomStringConvertible {
  /// The source.
  public let source: String

  /// The facts in a sentence.
  public var description: String {
    let known = Catalogue.sources.filter { (try? KnownSource($0))?.codes != nil }
    return
      "a code is evaluated as a partition of a line of phases or of a scalar, and \(source) has none; there is one for "
      + known.map { $0.description.name }.joined(separator: ", ")
  }
}
