import IntervalArithmetic
import Synchronization

/// A source on a finite alphabet, given by its probabilities and a distortion matrix: R(D) from both sides at any D.
///
/// It is not in the catalogue, whose sources are known by name: a file says what it is.
///
/// - R(D) is H(X), or less, at the least distortion E min over j of d(X, j), infinite below it, and 0 from
///   min over j of E d(X, j) on; letters of probability 0 play no part.
/// - Distortion: the mean of the matrix's entries, in whatever unit they are.
public struct FiniteAlphabet: InformationSource {
  /// Probabilities and distortions.
  public let source: FiniteSource
  private let solutions: FiniteSolutions

  /// The source of a probability mass function and a distortion matrix.
  public init(_ source: FiniteSource) {
    self.source = source
    solutions = FiniteSolutions(source)
  }

  /// There is no finite source without its file.
  ///
  /// - Throws: `DomainError.parameterOutOfRange`, always.
  public init(parameters: SourceParameters) throws(DomainError) {
    throw .parameterOutOfRange(name: "pmf", value: "", requirement: "a file of probabilities")
  }

  public static let description = SourceDescription(
    name: "finite",
    definition: "X on a finite alphabet, its probabilities and distortions from a file",
    distortionMeasure: .matrix,
    reference: "Blahut 1972; Arimoto 1972; Csiszar 1974",
    parameters: [
      ParameterDescription("letters", help: "the number of letters", domain: .wholeNumber(atLeast: 1)),
      ParameterDescription("reproductions", help: "the number of reproductions", domain: .wholeNumber(atLeast: 1)),
    ])

  public var parameters: SourceParameters {
    var parameters = SourceParameters()
    parameters.set("letters", to: .number(Double(source.probabilities.count)))
    parameters.set("reproductions", to: .number(Double(source.reproductions)))
    return parameters
  }

  public var curves: [any Curve] {
    [FiniteShannonCurve(solutions, kind: .lower), FiniteShannonCurve(solutions, kind: .upper)]
  }

  public var judgement: Judgement {
    Judgement(
      converse: FiniteShannonCurve(solutions, kind: .lower), achievable: FiniteShannonCurve(solutions, kind: .upper))
  }
}

/// The laws found so far for a source, so that the two sides of its curve are computed together.
///
/// A solution is a function of what it is asked for and of nothing else, whichever thread asks first.
final class FiniteSolutions: Sendable {
  let source: FiniteSource
  let largestDistortion: Double
  let leastDistortion: Double
  private let known = Mutex<[FiniteSearch.Target: FiniteSearch.Solution]>([:])
  private static let mostKnown = 4_096

  init(_ source: FiniteSource) {
    self.source = source
    largestDistortion = source.largestDistortion
    leastDistortion = source.leastDistortion
  }

  /// The distance of the bounds that is aimed at, in nats: 1e-9 bits for small sources, 1e-6 bits for large ones.
  var tolerance: Double {
    (source.probabilities.count * source.reproductions <= 1 << 16 ? 1e-9 : 1e-6) * natsPerBit
  }

  /// The laws at a target, or nil if none was found.
  func solution(_ target: FiniteSearch.Target) -> FiniteSearch.Solution? {
    if let found = known.withLock({ $0[target] }) { return found }
    var search = FiniteSearch(source, target, tolerance: tolerance * 0.9)
    guard let found = search.solution() else { return nil }
    known.withLock {
      if $0.count >= Self.mostKnown { $0.removeAll() }
      $0[target] = found
    }
    return found
  }
}
