import RateDistortion
import Reports

/// Which of a source's curves are wanted.
enum CurveSelection {
  static let option = Option(
    "curves", "NAMES",
    help: "the curves, in this order, separated by commas; or all; or fast, those that take no noticeable time",
    choices: names + [all, fast].map(\.rawValue), isList: true
  ) { text in
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { throw UsageError("a name is empty") }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }.map { CurveName(rawValue: $0) }
  }

  /// A budget of perception, whose curve is printed after those.
  static let perception = Option(
    "perception", "P",
    help:
      "print the curve perception-P too: one-shot codes without common randomness whose reproductions have a law within the "
      + "squared Wasserstein-2 distance P of the source's, in its distortion measure; and of a Gaussian shannon-perception-P: long blocks "
      + "with common randomness"
  ) { try PerceptionBudget(finiteNumber($0)) }

  /// A divergence, whose curve is printed after those.
  static let divergence = Option(
    "divergence", "NATS",
    help:
      "print the curve shannon-divergence-P of a Gaussian too: long blocks with common randomness whose reproductions have a law whose "
      + "divergence from the source's is at most P nats"
  ) { try DivergenceBudget(finiteNumber($0)) }

  /// Random bits that encoder and decoder share, whose curve is printed after those.
  static let commonRandomness = Option(
    "common-randomness", "BITS",
    help:
      "print the curve common-randomness-BITS too: long blocks whose reproductions have the source's law, when encoder and decoder "
      + "share so many random bits a sample"
  ) { try CommonRandomness(finiteNumber($0)) }

  /// The simulation of best channels, printed after those.
  static let channelSimulation = Flag(
    "channel-simulation",
    help:
      "print the curve channel-simulation too, and realism-channel-simulation: what one-shot codes with common randomness achieve "
      + "by simulating the best channel of R(D), in I + log2(I + 1) + 4 bits")

  /// What asks for curves that are not printed by themselves.
  static let more = [
    perception.declaration, divergence.declaration, commonRandomness.declaration, channelSimulation.declaration,
  ]

  /// The curves asked for by those; none unless they are given.
  ///
  /// - Throws: `DomainError.noLimitAtRealism` where nothing is known.
  static func moreCurves(_ arguments: Arguments, of source: KnownSource) throws -> [Curve] {
    let within = try arguments.value(of: perception).map {
      try source.curves(within: $0) + source.longBlocks(within: .wasserstein($0))
    }
    let near = try arguments.value(of: divergence).map { try source.curves(within: .divergence($0)) }
    let sharing = try arguments.value(of: commonRandomness).map { try source.curves(sharing: $0) }
    let simulating = arguments.has(channelSimulation) ? source.channelSimulations : []
    return (within ?? []) + (near ?? []) + (sharing ?? []) + simulating
  }

  /// What stands for every curve, and for those that are quick.
  private static let (all, fast) = (CurveName(rawValue: "all"), CurveName(rawValue: "fast"))

  /// Every curve of every source, once, for completions; which of them a source has is known once it is.
  static let names: [String] = {
    var seen: Set<String> = []
    return Catalogue.sources
      .compactMap { try? KnownSource($0) }
      .flatMap { $0.curves.map(\.name.rawValue) }
      .filter { seen.insert($0).inserted }
  }()

  /// The curves of a source that the arguments name; nil if they name none.
  ///
  /// - Throws: `DomainError.unknownCurve`.
  static func curves(_ arguments: Arguments, of source: KnownSource) throws -> [Curve]? {
    try arguments.value(of: option).map { names in
      switch names {
      case [all]: return source.curves
      case [fast]: return source.quickCurves
      default: return try source.curves(named: names)
      }
    }
  }
}
