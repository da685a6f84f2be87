import RateDistortion

/// Which of a source's curves are wanted.
struct CurveSelection: Sendable {
  let names: [CurveName]

  static let option = Option(
    "curves", "NAMES", help: "the curves to print, in this order, separated by commas (default all)",
    choices: names, isList: true
  ) { text in
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { throw UsageError("a name is empty") }
    var seen: Set<String> = []
    return CurveSelection(names: names.filter { seen.insert($0).inserted }.map { CurveName(rawValue: $0) })
  }

  /// Every curve of every source, once, for completions; which of them a source has is known once it is.
  static let names: [String] = {
    var seen: Set<String> = []
    return Catalogue.sources
      .compactMap { try? $0.init(parameters: SourceParameters()) }
      .flatMap { $0.curves.map(\.name.rawValue) }
      .filter { seen.insert($0).inserted }
  }()

  /// The curves of a selection, or all; on a grid those that take seconds a point only if they are named.
  ///
  /// - Throws: `DomainError.unknownCurve`.
  static func curves(
    _ selection: CurveSelection?, of source: any InformationSource, onGrid: Bool
  ) throws -> [any Curve] {
    guard let selection else { return source.curves.filter { !onGrid || !$0.isCostly } }
    return try selection.names.flatMap { try source.curves(named: $0) }
  }
}
