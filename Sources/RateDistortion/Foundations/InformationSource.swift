/// What the catalogue says of a source before any parameter is chosen.
public struct SourceDescription: Sendable, Equatable {
  /// The stable identifier, as commands take it.
  public let name: String
  /// Other names under which trainers' files know it.
  public let aliases: [String]
  /// The source as a formula, in a line.
  public let definition: String
  /// What its distortion counts.
  public let distortionMeasure: DistortionMeasure
  /// The number of components of a source vector, over which a squared error is summed or averaged; nil for a process, whose
  /// error is averaged over time.
  public let components: Int?
  /// Paper and equation.
  public let reference: String
  /// Its parameters.
  public let parameters: [ParameterDescription]

  /// A source's entry.
  public init(
    name: String, aliases: [String] = [], definition: String, distortionMeasure: DistortionMeasure,
    components: Int? = nil, reference: String, parameters: [ParameterDescription] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.definition = definition
    self.distortionMeasure = distortionMeasure
    self.components = components
    self.reference = reference
    self.parameters = parameters
  }
}

/// A source whose limits are known.
///
/// Adding one is a file that conforms to this protocol and a line in `Catalogue.sources`; every command finds it there.
public protocol InformationSource: Sendable {
  /// Its entry in the catalogue.
  static var description: SourceDescription { get }

  /// The source with the parameters given, defaults for the rest.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if the values make no sense together.
  init(parameters: SourceParameters) throws(DomainError)

  /// The parameters in force, defaults included, as `name: value` for a table's header.
  var parameters: SourceParameters { get }

  /// Its curves, in the order in which tables print them. A curve known two-sided is two of one name, of kinds `lower` and
  /// `upper`, so that it prints two rows a point.
  var curves: [any Curve] { get }

  /// Which curves judge a trained point.
  var judgement: Judgement { get }

  /// The gaps of one-shot and practical schemes to the limit for long blocks; nil where no such limit is known.
  var gaps: SchemeGaps? { get }

  /// What the decoder's side information leaves of the source; nil where there is none, or none that one-shot codes of equal
  /// steps are known for.
  var sideInformation: GaussianSideInformation? { get }

  /// The computations that proofs about its curves rest on, done anew; empty if every proof is a written one.
  func computedProof() -> [ProofCheck]

  /// Distortions at which a curve has a corner, from the largest down to the rate given; tables include them.
  func corners(upToRate rate: Double) -> [Double]
}

extension InformationSource {
  /// No limit for long blocks is known.
  public var gaps: SchemeGaps? { nil }

  /// None.
  public var sideInformation: GaussianSideInformation? { nil }

  /// No proof rests on a computation.
  public func computedProof() -> [ProofCheck] { [] }

  /// No corners.
  public func corners(upToRate rate: Double) -> [Double] { [] }

  /// The source's entry in the catalogue.
  public var description: SourceDescription { Self.description }

  /// The curve of a name, the first of two sides.
  ///
  /// - Throws: `DomainError.unknownCurve`, naming those there are.
  public func curve(named name: CurveName) throws(DomainError) -> any Curve { try curves(named: name)[0] }

  /// The curve of a name, or both its sides; never empty.
  ///
  /// - Throws: `DomainError.unknownCurve`, naming those there are.
  public func curves(named name: CurveName) throws(DomainError) -> [any Curve] {
    let curves = curves
    let found = curves.filter { $0.name == name }
    guard found.isEmpty else { return found }
    var known: [String] = []
    for curve in curves where known.last != curve.name.rawValue { known.append(curve.name.rawValue) }
    throw .unknownCurve(
      name: name.rawValue, source: description.name, suggestion: nearestName(to: name.rawValue, among: known),
      known: known)
  }
}

/// Which curves a trained point is measured by.
public struct Judgement: Sendable {
  /// The tightest bound that holds for every such point: below it a point is impossible.
  public let converse: any Curve
  /// The best that is known to be achievable: near it a point is optimal.
  public let achievable: any Curve
  /// Further curves whose gaps are shown.
  public let references: [any Curve]
  /// A weaker bound that is proved in no time, where proving the converse takes long; points below it need no other proof.
  public let quickConverse: (any Curve)?

  /// The curves that judge.
  public init(
    converse: any Curve, achievable: any Curve, references: [any Curve] = [], quickConverse: (any Curve)? = nil
  ) {
    self.converse = converse
    self.achievable = achievable
    self.references = references
    self.quickConverse = quickConverse
  }
}
