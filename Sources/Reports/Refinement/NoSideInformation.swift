import RateDistortion

/// A source whose decoder knows nothing, where codes with side information are asked for.
public struct NoSideInformation: Error, Equatable, Sendable, CustomStringConvertible {
  /// The source.
  public let source: String

  /// The facts in a sentence.
  public var description: String {
    let known = Catalogue.sources.filter { (try? KnownSource($0))?.sideInformation != nil }
    return
      "stages are nested quantizers with side information at the decoder, and that of \(source) knows nothing; there is "
      + "side information in \(known.map { $0.description.name }.joined(separator: ", "))"
  }
}
