import IntervalArithmetic

/// The one-shot limits of a source with a cell distortion: those that every one has, and what more its theorems give.
public struct OneShotLimits: Sendable {
  /// The dual bound.
  public let lower: Curve
  /// The best codes that are searched for: biuniform ones, and where those are not known to be optimal such with a large cell too.
  public let upper: Curve
  /// E(D); nil where it is not known that biuniform codes are optimal.
  public let exact: Curve?
  /// Uniform codes that share time: the lower convex hull of E(D), or achievable where that is not known.
  public let timeSharing: Curve

  /// Of any source.
  init(of source: some CellSource) {
    lower = Curve(DualBound(source: source))
    upper = Curve(ThreeSizeUpperBound(source: source))
    exact = nil
    timeSharing = Curve(TimeSharing(source: source))
  }

  /// Of a source whose dual bound has a closed form.
  init(of source: some UnimodalSlope) {
    lower = Curve(DualBound(source: source))
    upper = Curve(ThreeSizeUpperBound(source: source))
    exact = nil
    timeSharing = Curve(TimeSharing(source: source))
  }

  /// Of a source for which biuniform codes are optimal.
  init(of source: some BiuniformOptimal) {
    lower = Curve(DualBound(source: source))
    upper = Curve(BiuniformUpperBound(source: source))
    exact = Curve(EntropyDistortionFunction(source: source))
    timeSharing = Curve(TimeSharing(source: source))
  }

  /// In the order in which tables print them.
  public var curves: [Curve] { [lower, upper, exact, timeSharing].compactMap { $0 } }

  /// The best codes known: E(D), or what biuniform codes achieve.
  var best: Curve { exact ?? upper }

  /// E(D), from both sides where it is not known.
  var bothSides: [Curve] { exact.map { [$0] } ?? [lower, upper] }

  /// Trained one-shot codes are judged by E(D), which nothing undercuts and which is achieved; where it is not known, by the
  /// dual bound from below and by biuniform codes from above.
  ///
  /// - Parameters: - sampled: the bound of the sampled process, where points were evaluated on a grid: E(D) of the process in
  ///   continuous time
  ///     is then no converse, but still what a good code comes near.
  ///   - further: limits for long blocks whose gaps are shown too.
  func judgement(sampled: Curve? = nil, further: [Curve] = []) -> Judgement {
    Judgement(
      converse: sampled ?? exact ?? lower, achievable: best, hull: timeSharing,
      references: [lower, timeSharing] + further)
  }
}

/// A source with a cell distortion, in the catalogue.
public protocol OneShotSource: CellSource, InformationSource {
  /// What is known of one-shot codes, by the theorems that the type asserts.
  var oneShotLimits: OneShotLimits { get }

  /// Limits for coding many samples together, which tables print after the one-shot ones.
  var longBlockCurves: [Curve] { get }

  /// Limits for codes whose reproductions have the law of the source, which tables print last and by which no other code is
  /// judged.
  var realismCurves: [Curve] { get }

  /// Whether those for long blocks are quick enough to be shown beside every verdict.
  var showsLongBlocksInVerdicts: Bool { get }

  /// What the gap from E(D) to R(D) tends to at high rate, in bits and in dB; nil where R(D) is not known.
  var highRateLoss: (bits: Double, decibels: Double)? { get }
}

extension OneShotSource {
  /// What holds for every source with a cell distortion.
  public var oneShotLimits: OneShotLimits { OneShotLimits(of: self) }
  /// None known.
  public var longBlockCurves: [Curve] { [] }
  /// Without common randomness.
  public var realismCurves: [Curve] { privateRealism }
  /// No.
  public var showsLongBlocksInVerdicts: Bool { false }
  /// Not known.
  public var highRateLoss: (bits: Double, decibels: Double)? { nil }
  /// None.
  public var parameters: SourceParameters { SourceParameters() }

  /// Codes on a line of phases, against E(D) and R(D).
  func codes(
    on line: any RealisationLine, sampled: (@Sendable (Int) throws(DomainError) -> any RealisationLine)? = nil,
    samples: Int? = nil
  ) -> CodeReference {
    CodeReference(
      line: line, sampled: sampled, samples: samples, oneShot: oneShotLimits.bothSides,
      longBlocks: longBlockCurves.filter { $0.name == .shannon })
  }

  /// E(D/2), or what E(D) is known to lie between: a set of phases that costs nothing has no probability, so that there are no
  /// atoms.
  var privateRealism: [Curve] { oneShotLimits.bothSides.map(\.realismPrivate) }

  /// The one-shot limits, those for long blocks, and those at perfect realism.
  public var limits: SourceLimits {
    let oneShot = oneShotLimits
    let longBlocks = longBlockCurves
    return SourceLimits(
      curves: oneShot.curves + longBlocks + realismCurves,
      judgement: oneShot.judgement(further: showsLongBlocksInVerdicts ? longBlocks : []),
      gaps: gaps(of: oneShot, to: longBlocks))
  }

  /// The best codes known and their hull against R(D) where that is quickly computed, and against a lower bound on it
  /// otherwise.
  func gaps(of oneShot: OneShotLimits, to longBlocks: [Curve]) -> (@Sendable () -> SchemeGaps)? {
    guard
      let shannon = longBlocks.first(where: { $0.name == .shannon && !$0.isCostly })
        ?? longBlocks.first(where: { $0.name == .shannonLowerBound })
    else { return nil }
    let loss = highRateLoss
    return {
      SchemeGaps(
        reference: shannon, schemes: [oneShot.best, oneShot.timeSharing],
        limits: [oneShot.best, oneShot.timeSharing].compactMap { scheme in
          loss.map { GapLimits(scheme: scheme.name, highRateBits: $0.bits, highRateDecibels: $0.decibels) }
        })
    }
  }

  /// The distortions delta(1/K) of the uniform codes, K = 1, 2, ..., up to a rate in bits (at most 16).
  public func corners(upToRate rate: Double) -> [Double] {
    let most = Int(Double.exp(min(rate, 16) * natsPerBit).rounded(.down))
    guard most >= 1 else { return [] }
    return (1...most).map { cellDistortion(1 / Double($0)) }
  }
}

extension OneShotSource where Self: UnimodalSlope {
  /// With the dual bound in closed form.
  public var oneShotLimits: OneShotLimits { OneShotLimits(of: self) }
}

extension OneShotSource where Self: BiuniformOptimal {
  /// With E(D) itself, and its hull.
  public var oneShotLimits: OneShotLimits { OneShotLimits(of: self) }
}

extension OneShotSource where Self: ClosedPhase {
  /// Without common randomness, and with it.
  public var realismCurves: [Curve] { privateRealism + sharedRealism }
}

extension OneShotSource where Self: ConcavePhase {
  /// Without common randomness, and with it.
  public var realismCurves: [Curve] { privateRealism + sharedRealism }
}

/// A process in the catalogue that can also be judged on a grid.
public protocol SampledSource: OneShotSource, SampledProcess {
  /// The grid a trainer sees the process on; nil for continuous time.
  var sampling: Sampling? { get }

  /// Whether realisations differ on every grid with probability 1, so that a sampled process has no atoms.
  var isAtomlessOnGrids: Bool { get }

  /// The process in continuous time, or as judged on a grid.
  init(sampling: Sampling?)

  /// Its phases in continuous time.
  var phases: any RealisationLine { get }
}

extension SampledSource {
  public init(parameters: SourceParameters) throws(DomainError) {
    self.init(sampling: try Sampling.requested(by: parameters))
  }

  /// Codes on its phases, judged in continuous time or on the grid.
  public var codes: CodeReference? { sampledCodes }

  /// What `codes` are unless the source has others.
  var sampledCodes: CodeReference? {
    let (grid, phases) = (sampling?.grid ?? .endpoints, phases)
    return codes(
      on: phases,
      sampled: { (samples) throws(DomainError) in
        SampledPhases(self, sampling: try Sampling(samples: samples, grid: grid), isClosed: phases.isClosed)
      }, samples: sampling?.samples)
  }

  /// The sampling, if any.
  public var parameters: SourceParameters { sampling?.parameters ?? SourceParameters() }

  /// They do not, unless somebody knows.
  public var isAtomlessOnGrids: Bool { false }

  /// On a grid, the bound of the sampled process alone, which is the converse there, and what it comes to at realism: the other
  /// curves are those of continuous time.
  public var limits: SourceLimits {
    let oneShot = oneShotLimits
    let longBlocks = longBlockCurves
    let sampled = sampling.map { Curve(SampledDualBound(source: self, sampling: $0)) }
    return SourceLimits(
      curves: sampled.map { isAtomlessOnGrids ? [$0, $0.realismPrivate] : [$0] }
        ?? oneShot.curves + longBlocks + realismCurves,
      judgement: oneShot.judgement(sampled: sampled, further: showsLongBlocksInVerdicts ? longBlocks : []),
      gaps: gaps(of: oneShot, to: longBlocks))
  }
}
