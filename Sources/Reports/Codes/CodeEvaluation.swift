import Documents
import RateDistortion

/// A code and everything that is computed of it: what a report prints, and a check computes anew.
struct CodeEvaluation {
  let performance: CodePerformance
  let ledger: CodeLedger
  /// What it is compared with.
  let limits: any CodeLimits
  /// The rows that describe its cells.
  let head: [CodeReport.Row?]
  /// How much of the encoder is not quite known, in words; nil where all is.
  let looseness: String?

  /// A code on a line.
  ///
  /// - Parameter uncovered: what its map leaves out, if it is of a map.
  init(of code: TrainedCode, against reference: CodeReference, uncovered: Double? = nil) throws {
    performance = CodePerformance(of: code)
    ledger = try CodeLedger(of: performance, against: reference)
    limits = reference
    let partition = code.partition
    var head = [
      CodeReport.count("cells", partition.symbolCount), CodeReport.count("intervals", partition.symbols.count),
      CodeReport.exactly(CodeReport.uncovered, "probability", uncovered),
    ]
    if code.sideInformation != nil {
      let bins = BinningPattern(of: code)
      head += [
        CodeReport.count("binned-cells", bins?.symbols ?? 0), CodeReport.exactly("binning-period", "x", bins?.period),
        CodeReport.exactly("binning-width", "x", bins?.width),
      ]
    }
    self.head = head
    let widths = performance.masses.displacements.map(\.width)
    let open = widths.count { $0 > 1e-14 }
    looseness =
      open == 0
      ? nil
      : "\(open) of \(widths.count) thresholds lie somewhere between two rows, of probability up to "
        + Self.digits(widths.max() ?? 0)
  }

  /// A code in the plane.
  init(of code: PlaneCode, against reference: PlaneReference, uncovered: Double? = nil) throws {
    performance = CodePerformance(of: code)
    ledger = try CodeLedger(of: performance, against: reference)
    limits = reference
    let undecided = performance.undecided
    head =
      [CodeReport.count("cells", code.encoder.symbolCount)]
      + code.encoder.counts.map { CodeReport.count($0.name, $0.count) } + [
        CodeReport.exactly("undecided", "probability", undecided),
        CodeReport.exactly(CodeReport.uncovered, "probability", uncovered),
      ]
    looseness =
      undecided > 1e-14
      ? "squares of the grid whose corners have different indices have the probability \(Self.digits(undecided)), and may "
        + "be any corner's"
      : nil
  }

  private static func digits(_ value: Double) -> String { SignificantDigits(value, digits: 3)?.text ?? "" }

  /// All rows.
  ///
  /// - Parameter unit: that of distortions.
  func rows(unit: String) -> [CodeReport.Row] {
    head.compactMap { $0 } + CodeReport.rows(of: performance, ledger, against: limits, unit: unit)
  }
}

/// A certificate that is a code.
protocol CheckedCode: Evidence {
  /// What is computed of it.
  ///
  /// - Throws: `NoCodes`, or `DomainError.evidenceRefused` if it is no code of the source.
  func evaluation(for source: KnownSource) throws -> CodeEvaluation
}

extension LineCode: CheckedCode {
  func evaluation(for source: KnownSource) throws -> CodeEvaluation {
    let reference = try source.requiredCodes()
    return try CodeEvaluation(of: code(of: reference), against: reference)
  }
}

extension GridCode: CheckedCode {
  func evaluation(for source: KnownSource) throws -> CodeEvaluation {
    let reference = try source.requiredPlaneCodes()
    return try CodeEvaluation(of: code(of: reference), against: reference)
  }
}

extension CodebookCode: CheckedCode {
  func evaluation(for source: KnownSource) throws -> CodeEvaluation {
    let reference = try source.requiredPlaneCodes()
    return try CodeEvaluation(of: code(of: reference), against: reference)
  }
}
