import RateDistortion

/// A source without a limit for long blocks that schemes could be compared with.
public struct NoGaps: Error, Equatable, Sendable, CustomStringConvertible {
  /// The source.
  public let source: String
  /// The sources that have one.
  public let known: [String]

  /// The facts in a sentence.
  public var description: String {
    "there are no schemes to compare with the limit of \(source); there are for \(known.joined(separator: ", "))"
  }
}

extension SchemeGaps {
  /// The schemes and the limit that gaps of a source are taken of.
  ///
  /// - Parameters:
  ///   - names: any of the source's curves; nil for its schemes. Of a curve known from both sides, the achievable one is taken.
  ///   - reference: the curve that gaps are taken to; nil for the limit for long blocks. What gaps to another one tend to is not
  ///     known.
  /// - Throws: `NoGaps`; `DomainError.unknownCurve`.
  public static func gaps(
    of source: KnownSource, schemes names: [CurveName]? = nil, to reference: CurveName? = nil
  ) throws -> SchemeGaps {
    guard let gaps = source.gaps else {
      let known = try Catalogue.sources.filter { try KnownSource($0).gaps != nil }
      throw NoGaps(source: source.description.name, known: known.map { $0.description.name })
    }
    let reference = try reference.map { try source.curve(named: $0) }
    let schemes = try names?.map { name in
      try gaps.schemes.first { $0.name == name } ?? source.curves(named: name).last ?? gaps.reference
    }
    guard let reference else { return gaps.comparing(schemes ?? gaps.schemes) }
    return SchemeGaps(reference: reference, schemes: (schemes ?? gaps.schemes).filter { $0.name != reference.name })
  }
}
