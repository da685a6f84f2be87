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
    /// Whether it is a number of things, known exactly.
    let isCount: Bool
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
      of: code, performance, ledger, uncovered: map.uncovered, unit: source.description.distortionMeasure.rawValue)
  }

  /// What a map leaves out.
  static let uncovered = "uncovered"

  /// The rows of a code.
  ///
  /// - Parameters:
  ///   - uncovered: what its map leaves out, if it is of a map.
  ///   - unit: that of distortions.
  static func rows(
    of trained: TrainedCode, _ code: CodePerformance, _ ledger: CodeLedger, uncovered: Double?, unit: String
  ) -> [Row] {
    let count = { (name: String, value: Int) in
      Row(part: .code, quantity: name, unit: "", number: EnclosedValue(Double(value), .init(value)), isCount: true)
    }
    let number = { (part: Row.Part, name: String, unit: String, value: EnclosedValue?) in
      value.map { Row(part: part, quantity: name, unit: unit, number: $0, isCount: false) }
    }
    let exactly = { (value: Double?) in value.map { EnclosedValue($0, .init($0)) } }
    let bins = BinningPattern(of: trained)
    var rows: [Row?] = [
      count("cells", trained.partition.symbolCount), count("intervals", trained.partition.symbols.count),
      number(.code, Self.uncovered, "probability", exactly(uncovered)),
      trained.sideInformation == nil ? nil : count("binned-cells", bins?.symbols ?? 0),
      trained.sideInformation == nil ? nil : number(.code, "binning-period", "x", exactly(bins?.period)),
      trained.sideInformation == nil ? nil : number(.code, "binning-width", "x", exactly(bins?.width)),
      number(.code, "conditional-entropy", "bits", code.conditionalEntropy),
      number(.code, "entropy", "bits", code.entropy), number(.code, "cross-entropy", "bits", code.crossEntropy),
      number(.code, "distortion", unit, code.given), number(.code, "distortion-centroids", unit, code.centroids),
      number(.code, "distortion-continuous", unit, code.continuous),
      number(.code, "distortion-intervals", unit, code.intervals),
      number(.limit, "best-one-shot", "bits", ledger.bestOneShot),
      number(.limit, "best-long-blocks", "bits", ledger.bestLongBlocks),
    ]
    rows += ledger.lines.map { number(.ledger, $0.name, "bits", $0.bits) }
    rows.append(number(.gap, "gap-one-shot", "bits", ledger.gap))
    if let last = ledger.oneShot { rows.append(number(.ledger, last.name, "bits", last.bits)) }
    rows.append(number(.gap, "gap-long-blocks", "bits", ledger.gapToLongBlocks))
    return rows.compactMap { $0 }
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
        "thresholds lie between rows: what the decoder's side information makes of them is widened to first order, in floating "
          + "point, and not proved")
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
