/// A source whose limits are known, as its author writes it.
///
/// Adding one is a file that conforms to this protocol and a line in `Catalogue.sources`; every command finds it there, as a
/// `KnownSource`.
public protocol InformationSource: Sendable {
  /// Its entry in the catalogue.
  static var description: SourceDescription { get }

  /// Its entry with the parameters in force, which may say how many components there are, and how they are counted.
  var entry: SourceDescription { get }

  /// The source with the parameters given, defaults for the rest.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if the values make no sense together.
  init(parameters: SourceParameters) throws(DomainError)

  /// The parameters in force, defaults included, as `name: value` for a table's header.
  var parameters: SourceParameters { get }

  /// What somebody who gave the parameters should know of what became of them, a sentence each.
  var remarks: [String] { get }

  /// Its curves, and which of them judge and are compared. Made once a source: what curves remember lives in it.
  var limits: SourceLimits { get }

  /// What the decoder's side information leaves of the source; nil where there is none, or none that one-shot codes of equal
  /// steps are known for.
  var sideInformation: GaussianSideInformation? { get }

  /// What its one-shot codes are evaluated on and compared with; nil where an encoder is no partition of a line.
  var codes: CodeReference? { get }

  /// The same for a source in the plane; nil where it is none.
  var planeCodes: PlaneReference? { get }

  /// The computations that proofs about its curves rest on, done anew; empty if every proof is a written one.
  func computedProof() -> [ProofCheck]

  /// The slope tables that the program carries for it.
  var shippedTables: [ShippedTable] { get }

  /// The tables of designed codes that the program carries for it.
  var shippedDesigns: [ShippedDesigns] { get }

  /// Distortions at which a curve has a corner, from the largest down to the rate given; tables include them.
  func corners(upToRate rate: Double) -> [Double]
}

extension InformationSource {
  /// That of the catalogue.
  public var entry: SourceDescription { Self.description }

  /// None.
  public var remarks: [String] { [] }

  /// None.
  public var sideInformation: GaussianSideInformation? { nil }

  /// None.
  public var codes: CodeReference? { nil }

  /// None.
  public var planeCodes: PlaneReference? { nil }

  /// No proof rests on a computation.
  public func computedProof() -> [ProofCheck] { [] }

  /// None.
  public var shippedTables: [ShippedTable] { [] }

  /// None.
  public var shippedDesigns: [ShippedDesigns] { [] }

  /// No corners.
  public func corners(upToRate rate: Double) -> [Double] { [] }
}

/// A source's curves, and what they are for.
public struct SourceLimits: Sendable {
  /// The curves, in the order in which tables print them. A curve known two-sided is two of one name, of kinds `lower` and
  /// `upper`, so that it prints two rows a point.
  public let curves: [Curve]
  /// Which curves judge a trained point.
  public let judgement: Judgement
  /// The gaps of one-shot and practical schemes to the limit for long blocks; nil where no such limit is known.
  public let gaps: (@Sendable () -> SchemeGaps)?

  /// Curves, those that judge, and how gaps are measured.
  public init(curves: [Curve], judgement: Judgement, gaps: (@Sendable () -> SchemeGaps)? = nil) {
    self.curves = curves
    self.judgement = judgement
    self.gaps = gaps
  }
}
