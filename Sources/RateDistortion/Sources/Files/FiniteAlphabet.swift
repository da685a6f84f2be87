import IntervalArithmetic

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

  /// A mean squared error where distortions are squares of differences.
  public var entry: SourceDescription {
    guard let measure = source.measure else { return Self.description }
    return SourceDescription(
      name: Self.description.name,
      definition: "X on a finite alphabet, its probabilities from a file; distortion: \(measure.rawValue)",
      distortionMeasure: measure == .squared ? .meanSquaredError : .matrix, reference: Self.description.reference,
      parameters: Self.description.parameters)
  }

  public var parameters: SourceParameters {
    [
      "letters": .number(Double(source.probabilities.count)),
      "reproductions": .number(Double(source.reproductions)),
    ]
  }

  public var limits: SourceLimits {
    let lower = Curve(FiniteShannonCurve(solutions, kind: .lower))
    let upper = Curve(FiniteShannonCurve(solutions, kind: .upper))
    let oneShot = LetterHullCurve.bothSides(of: source).map { Curve($0) }
    let codes = [Curve(LetterCodeCurve(solutions, .entropy)), Curve(LetterCodeCurve(solutions, .huffman))]
    return SourceLimits(
      curves: [lower, upper] + oneShot + codes, judgement: Judgement(converse: lower, achievable: upper, codes: []),
      gaps: { SchemeGaps(reference: upper, schemes: oneShot.suffix(1) + codes) })
  }
}
