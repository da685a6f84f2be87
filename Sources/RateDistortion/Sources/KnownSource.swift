/// A source with its parameters, and its limits, made once: what every command works on.
public struct KnownSource: Sendable {
  /// The source as its author wrote it.
  public let source: any InformationSource
  private let limits: SourceLimits

  /// A source and its limits.
  public init(_ source: any InformationSource) {
    self.source = source
    limits = source.limits
  }

  /// The source of a type with the parameters given.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if the values make no sense together.
  public init(_ type: any InformationSource.Type, _ parameters: SourceParameters = SourceParameters())
    throws(DomainError)
  {
    self.init(try type.init(parameters: parameters))
  }

  /// Its entry in the catalogue, with the parameters in force.
  public var description: SourceDescription { source.entry }
  /// The parameters in force, defaults included.
  public var parameters: SourceParameters { source.parameters }
  /// What became of the parameters, a sentence each.
  public var remarks: [String] { source.remarks }
  /// Its curves, in the order in which tables print them.
  public var curves: [Curve] { limits.curves }
  /// Which curves judge a trained point.
  public var judgement: Judgement { limits.judgement }
  /// What the decoder's side information leaves of the source; nil where there is none.
  public var sideInformation: GaussianSideInformation? { source.sideInformation }
  /// What its one-shot codes are evaluated on and compared with; nil where an encoder is no partition of a line.
  public var codes: CodeReference? { source.codes }
  /// The same for a source in the plane; nil where it is none.
  public var planeCodes: PlaneReference? { source.planeCodes }
  /// The gaps of schemes to the limit for long blocks; nil where no such limit is known.
  public var gaps: SchemeGaps? { limits.gaps?() }

  /// The computations that proofs about its curves rest on, done anew.
  public func computedProof() -> [ProofCheck] { source.computedProof() }

  /// The slope tables that the program carries for it.
  public var shippedTables: [ShippedTable] { source.shippedTables }

  /// The tables of designed codes that the program carries for it.
  public var shippedDesigns: [ShippedDesigns] { source.shippedDesigns }

  /// Distortions at which a curve has a corner, from the largest down to the rate given.
  public func corners(upToRate rate: Double) -> [Double] { source.corners(upToRate: rate) }

  /// The curve of a name, the first of two sides.
  ///
  /// - Throws: `DomainError.unknownCurve`, naming those there are.
  public func curve(named name: CurveName) throws(DomainError) -> Curve { try curves(named: name)[0] }

  /// The curve of a name, or both its sides; never empty. `perception-P` is one for every budget P, `common-randomness-BITS` one for
  /// every number of bits, as are `shannon-perception-P` and `shannon-divergence-P`; `channelSimulations` are found too.
  ///
  /// - Throws: `DomainError.unknownCurve`, naming those there are; as `curves(within:)` and `curves(sharing:)`.
  public func curves(named name: CurveName) throws(DomainError) -> [Curve] {
    let found = (curves + channelSimulations).filter { $0.name == name }
    guard found.isEmpty else { return found }
    if let budget = try name.deviationBudget() { return try curves(within: budget) }
    if let budget = try name.perceptionBudget() { return try curves(within: budget) }
    if let randomness = try name.commonRandomness() { return try curves(sharing: randomness) }
    var known: [String] = []
    for curve in curves where known.last != curve.name.rawValue { known.append(curve.name.rawValue) }
    throw .unknownCurve(
      name: name.rawValue, source: description.name, suggestion: nearestName(to: name.rawValue, among: known),
      known: known)
  }

  /// What simulating the best channels of R(D), and of R(D) at perfect realism, achieves in one shot with common randomness.
  public var channelSimulations: [Curve] {
    curves.filter { [.shannon, .realismShannon].contains($0.name) && [.exact, .upper].contains($0.kind) }
      .map { Curve(ChannelSimulation(curve: $0)) }
  }

  /// One-shot codes without common randomness whose reproductions have a law within a budget of the source's; never empty.
  ///
  /// - Throws: `DomainError.noLimitAtRealism` where `realism-private` is not known.
  public func curves(within budget: PerceptionBudget) throws(DomainError) -> [Curve] {
    let found = curves.filter { $0.name == .realismPrivate }.map { $0.perception(budget) }
    guard found.isEmpty else { return found }
    throw .noLimitAtRealism(sources: [description.name], codes: RealismLimit.privateRandomness.codes)
  }

  /// Long blocks with common randomness whose reproductions have a law within a budget of the source's; none where the Gaussian is not known
  /// to be the best reproduction of its moments.
  public func longBlocks(within budget: DeviationBudget) -> [Curve] {
    guard source is any GaussianReproductions, curves.contains(where: { $0.name == .realismShannon }) else { return [] }
    return curves.filter { $0.name == .shannon }.map { $0.gaussianPerception(budget) }
  }

  /// Those; never empty.
  ///
  /// - Throws: `DomainError.noLimitAtRealism` where there are none.
  public func curves(within budget: DeviationBudget) throws(DomainError) -> [Curve] {
    let found = longBlocks(within: budget)
    guard found.isEmpty else { return found }
    throw .noLimitAtRealism(sources: [description.name], codes: RealismLimit.longBlocks.codes)
  }

  /// Long blocks of perfect realism whose encoder and decoder share so many random bits a sample (`CommonRandomnessLimit`); never empty.
  ///
  /// A source that has limits at realism has squared error and reproductions of every value.
  ///
  /// - Throws: `DomainError.noLimitAtRealism` where R(D) is not known from below, or no limit at realism is.
  public func curves(sharing randomness: CommonRandomness) throws(DomainError) -> [Curve] {
    let bases = curves.filter { $0.name == .shannon && $0.kind != .upper }
    guard curves.contains(where: \.name.isAtRealism), !bases.isEmpty else {
      throw .noLimitAtRealism(sources: [description.name], codes: RealismLimit.longBlocks.codes)
    }
    return bases.map {
      Curve(CommonRandomnessLimit(randomness: randomness, curve: $0, isAttained: source is any ParallelMeans))
    }
  }
}
