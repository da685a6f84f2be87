import IntervalArithmetic

/// A source that is a scalar with a known density: what it shares with the others of its kind.
///
/// Its curves are the limits for long blocks, the optimal entropy-constrained scalar quantizer, and the practical schemes.
/// Which of them it has, and what they claim, follows from the theorems that its density asserts, by the type alone:
///
/// | density                | `ecsq` from below                  | `ecsq` from above | `lloyd-max` |
/// |------------------------|------------------------------------|-------------------|-------------|
/// | ``ScalarDensity``      | no: the Shannon lower bound judges | designed          | no          |
/// | ``UnimodalDensity``    | a grid of thresholds               | designed          | no          |
/// | ``LogConcaveDensity``  | a grid of thresholds               | designed          | yes         |
/// | ``MemorylessDensity``  | in closed form                     | in closed form    | yes         |
public protocol ScalarSource: InformationSource {
  /// The density at scale 1.
  associatedtype Density: ScalarDensity

  /// The density and its scale.
  var scaled: ScaledDensity<Density> { get }

  /// R(D), or what is known of it.
  var longBlockCurves: [Curve] { get }

  /// The optimal scalar quantizer.
  var optimalQuantizer: OptimalQuantizer { get }

  /// Schemes that are used, of which the optimal quantizer is the limit.
  var practicalSchemes: PracticalSchemes { get }

  /// Limits for codes whose reproductions have the law of the source, which tables print last and by which no other code is
  /// judged.
  var realismCurves: [Curve] { get }
}

/// The optimal entropy-constrained scalar quantizer of a source, from both sides as far as they are known.
public struct OptimalQuantizer: Sendable {
  /// What no one-shot code undercuts; nil where no better converse than the Shannon lower bound is proved.
  public let converse: Curve?
  /// What quantizers achieve.
  public let achievable: Curve
}

/// Schemes that are used, with what their gaps tend to.
public struct PracticalSchemes: Sendable {
  /// The schemes, in the order in which tables print them.
  public let curves: [Curve]
  /// The limits of their gaps to R(D), where they are known.
  public let gapLimits: [GapLimits]
}

extension ScalarSource {
  /// The Shannon lower bound, and R(D) from both sides.
  public var longBlockCurves: [Curve] {
    [scaled.shannonReference] + scaled.shannonCurves
  }

  /// That of its density.
  public var shippedTables: [ShippedTable] { [scaled.shippedTable] }

  /// Quantizers that are designed; nothing is known from below but the Shannon lower bound.
  public var optimalQuantizer: OptimalQuantizer {
    OptimalQuantizer(converse: nil, achievable: scaled.curve(EntropyConstrainedCurve(scaled.density)))
  }

  /// Codes on the line of x, against the optimal quantizer and R(D).
  public var codes: CodeReference? { codes(shift: 0) }

  /// The same where the standard density's 0 is another number of the source's own.
  func codes(shift: Double) -> CodeReference {
    let optimum = optimalQuantizer
    return CodeReference(
      line: ScalarLine(scaled: scaled, shift: shift),
      oneShot: [optimum.converse ?? scaled.shannonReference, optimum.achievable],
      longBlocks: longBlockCurves.filter { $0.name == .shannon })
  }

  /// Those of any density.
  public var practicalSchemes: PracticalSchemes {
    PracticalSchemes(curves: scaled.practicalSchemes, gapLimits: scaled.gapLimits)
  }

  /// The optimal scalar quantizer's without common randomness: a density has no atoms.
  var privateRealism: [Curve] {
    let optimum = optimalQuantizer
    return [optimum.converse, optimum.achievable].compactMap { $0?.realismPrivate }
  }

  /// Without common randomness.
  public var realismCurves: [Curve] { privateRealism }

  /// Limits for long blocks, the optimal scalar quantizer, practical schemes, and limits at perfect realism.
  ///
  /// One-shot codes are judged by the optimal scalar quantizer, proved from below and designed from above; R(D) is only
  /// reached by coding many samples together.
  public var limits: SourceLimits { scalarLimits }

  /// What `limits` are unless the source has others.
  var scalarLimits: SourceLimits {
    let scaled = scaled
    let longBlocks = longBlockCurves
    let optimum = optimalQuantizer
    let schemes = practicalSchemes
    return SourceLimits(
      curves: longBlocks + [optimum.converse, optimum.achievable].compactMap { $0 } + schemes.curves + realismCurves,
      judgement: Judgement(
        converse: optimum.converse ?? scaled.shannonReference, achievable: optimum.achievable,
        references: longBlocks.filter { !$0.isCostly },
        quickConverse: optimum.converse == nil ? nil : scaled.shannonReference),
      gaps: {
        SchemeGaps(
          reference: longBlocks.first { $0.name == .shannon } ?? scaled.shannonReference,
          schemes: [optimum.achievable] + schemes.curves, limits: [.latticeLike(.ecsq)] + schemes.gapLimits)
      })
  }
}

extension ScalarSource where Density: UnimodalDensity {
  /// Quantizers that are designed, and proved to be the best.
  public var optimalQuantizer: OptimalQuantizer {
    let achievable = EntropyConstrainedCurve(scaled.density)
    return OptimalQuantizer(
      converse: scaled.curve(EntropyConstrainedConverse(achievable: achievable)),
      achievable: scaled.curve(achievable))
  }

  /// R(D) of its density, and the optimal quantizers.
  public var shippedTables: [ShippedTable] {
    [scaled.shippedTable, EntropyConstrainedConverse(scaled.density).shippedTable]
  }
}

extension ScalarSource where Density: LogConcaveDensity {
  /// Those of any density, and the best quantizers of N levels.
  public var practicalSchemes: PracticalSchemes {
    PracticalSchemes(curves: scaled.practicalSchemes, gapLimits: scaled.gapLimits)
  }
}

extension ScalarSource where Density: MemorylessDensity {
  /// Sullivan's quantizers, from both sides.
  public var optimalQuantizer: OptimalQuantizer {
    let sides = MemorylessOptimum.sides(of: scaled.density)
    return OptimalQuantizer(converse: scaled.curve(sides.lower), achievable: scaled.curve(sides.upper))
  }

  /// That of its density.
  public var shippedTables: [ShippedTable] { [scaled.shippedTable] }
}
