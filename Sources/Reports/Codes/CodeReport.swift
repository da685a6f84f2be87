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
  /// The map's name.
  public let file: String
  /// What the map says of its symbols.
  let contents: MapContents
  /// The code, written down.
  let certificate: any Evidence
  /// What was computed of it.
  public let performance: CodePerformance
  /// Where it loses.
  public let ledger: CodeLedger
  /// The rows.
  public let rows: [Row]

  /// What the map leaves out.
  private let uncovered: Double
  /// How many places of the encoder are not quite known, as a remark says it; nil where all are.
  private let looseness: String?

  /// The report of a map of a line.
  ///
  /// - Throws: `NoCodes` for a source whose codes are no partitions of a line; `PointFileError` for reconstructions that do
  ///   not suit the source; `DomainError` for a distortion that a curve is not computed for.
  public init(of map: CodeMap, for source: KnownSource) throws {
    let reference = try source.requiredCodes()
    let code = try map.code(of: reference)
    try self.init(
      CodeEvaluation(of: code, against: reference, uncovered: map.uncovered), for: source, file: map.file,
      contents: map.contents, certificate: LineCode(code), uncovered: map.uncovered)
  }

  /// The report of a map of the plane.
  ///
  /// - Throws: as that of a line.
  public init(of map: PlaneMap, for source: KnownSource) throws {
    let reference = try source.requiredPlaneCodes()
    let code = try map.code(of: reference)
    try self.init(
      CodeEvaluation(of: code, against: reference, uncovered: map.uncovered), for: source,
      file: map.file, contents: map.contents, certificate: map.encoder.certificate(of: code),
      uncovered: map.uncovered ?? 0)
  }

  private init(
    _ evaluation: CodeEvaluation, for source: KnownSource, file: String, contents: MapContents,
    certificate: any Evidence, uncovered: Double
  ) throws {
    self.source = source.description
    parameters = source.parameters
    (self.file, self.contents, self.certificate) = (file, contents, certificate)
    (self.uncovered, looseness) = (uncovered, evaluation.looseness)
    performance = evaluation.performance
    ledger = evaluation.ledger
    rows = evaluation.rows(unit: source.description.distortionMeasure.rawValue)
  }

  /// What a map leaves out.
  static let uncovered = "uncovered"

  /// A row; nil for no number.
  static func row(
    _ part: Row.Part, _ name: String, _ unit: String, _ value: EnclosedValue?, _ assurance: Assurance?
  ) -> Row? {
    value.map { Row(part: part, quantity: name, unit: unit, number: $0, assurance: assurance) }
  }

  /// A number of things.
  static func count(_ name: String, _ value: Int) -> Row? {
    row(.code, name, "", EnclosedValue(Double(value), .init(value)), .proved)
  }

  /// A number that is what it is.
  static func exactly(_ name: String, _ unit: String, _ value: Double?) -> Row? {
    row(.code, name, unit, value.map { EnclosedValue($0, .init($0)) }, nil)
  }

  /// The rows of a code behind those that describe its cells.
  ///
  /// - Parameter unit: that of distortions.
  static func rows(
    of code: CodePerformance, _ ledger: CodeLedger, against reference: any CodeLimits, unit: String
  ) -> [Row] {
    let number = row
    // What rests on the decoder's side information, and on the limits.
    let aided: Assurance? = code.isProved ? .proved : nil
    let oneShot = code.isProved ? Self.assurance(of: reference.oneShot) : nil
    let longBlocks = code.isProved ? Self.assurance(of: reference.longBlocks) : nil
    let both = code.isProved ? Self.assurance(of: reference.oneShot + reference.longBlocks) : nil
    var rows: [Row?] = [
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
    if let sum = contents.kraftSum, sum > 1 + Self.roundedLengths {
      remarks.append(
        "the code lengths are too short for any prefix code: the sum of 2^-bits over the indices is \(digits(sum, 8)), above 1"
      )
    }
    if uncovered > 1e-12 {
      remarks.append(
        "the map says nothing about \(digits(uncovered, 3)) of the source's probability; indices go on there from its "
          + "neighbours"
      )
    }
    if !performance.isProved {
      remarks.append(
        "thresholds lie between rows, or are rounded: what the decoder's side information makes of them is widened to first order, "
          + "in floating point, and not proved")
    }
    if let looseness {
      remarks.append("\(looseness): that is what widens the intervals, and a finer grid narrows them")
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

extension KnownSource {
  /// What its one-shot codes are evaluated on, where it is a source in the plane.
  ///
  /// - Throws: `NoCodes` where it is none.
  public func requiredPlaneCodes() throws(NoCodes) -> PlaneReference {
    guard let planeCodes else { throw NoCodes(source: description.name) }
    return planeCodes
  }
}

/// A source whose one-shot codes are no partitions of a line.
public struct NoCodes: Error, Equatable, Sendable, CustomStringConvertible {
  /// The source.
  public let source: String

  /// The facts in a sentence.
  public var description: String {
    let known = Catalogue.sources.filter {
      (try? KnownSource($0)).map { $0.codes != nil || $0.planeCodes != nil } ?? false
    }
    return
      "a code is evaluated as a partition of a line of phases or of a scalar, or of a plane, and \(source) has none; "
      + "there is one for "
      + known.map { $0.description.name }.joined(separator: ", ")
  }
}
