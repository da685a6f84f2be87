/// The list of sources that every command walks: which there are, and so which curves.
///
/// A new source is one line here and one file of its own.
public enum Catalogue {
  /// Every source, in the order in which `list` shows them.
  public static let sources: [any InformationSource.Type] = [
    Ramp.self,
    Circle.self,
    Sawbridge.self,
    Sinusoid.self,
    SquareWave.self,
    TriangleWave.self,
    Harmonics.self,
    UniformScalar.self,
    Gaussian.self,
    GaussianVector.self,
    Laplace.self,
    Exponential.self,
    Logistic.self,
    Triangular.self,
    RaisedCosine.self,
    GaussianMixture.self,
    OwnDensity.self,
    Sphere.self,
    Banana.self,
    WynerZiv.self,
    Binning.self,
    SignedLaplace.self,
  ]

  /// Sources that are no list entry, because a file says what they are.
  public static let ofFiles: [any InformationSource.Type] = [FiniteAlphabet.self, Samples.self]

  /// The source of a name or alias.
  ///
  /// - Throws: `DomainError.unknownSource` with the nearest name, if one is near.
  public static func source(named name: String) throws(DomainError) -> any InformationSource.Type {
    if let source = knownSource(named: name) { return source }
    let names = sources.map { $0.description.name }
    throw .unknownSource(name: name, suggestion: nearestName(to: name, among: names), known: names)
  }

  /// The source of a name or alias, or nil.
  public static func knownSource(named name: String) -> (any InformationSource.Type)? {
    let folded = name.lowercased()
    return sources.first { $0.description.name == folded || $0.description.aliases.contains(folded) }
  }
}
