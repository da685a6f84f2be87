import IntervalArithmetic

/// A one-shot code designed for jointly Gaussian X and Y: what trained Wyner-Ziv compressors ("variational ECVQ", "Concrete")
/// approximate, found from the density.
///
/// The design is a local minimum of R + lambda D, the best of several (`BinningDesign`); no proof that none is better is
/// known, except for conditional coding, where `one-shot-lower` is close below. What is sure is what the code does: `performance`
/// is that of the thresholds and labels in `code`, to within `error`.
public struct DesignedCode: Sendable {
  /// Thresholds, in units of X, and labels.
  public let code: LabelledQuantizer
  /// The lambda it was designed for, in bits per unit of distortion.
  public let slope: Double
  /// H(index), H(index|Y) and E Var(X|index, Y).
  public let performance: SideInformationPerformance
  /// The numerical error of each, as believed from halving the quadrature's spacing; below 1e-8 in bits and relative to D.
  public let error: SideInformationPerformance

  /// The largest lambda sigma^2_{X|Y}, in bits: the high-rate step is then a fifth of sigma_{X|Y}, at 4.3 bits given Y.
  public static let largestSlope = 200.0

  /// Designs a code that minimises R + lambda D.
  ///
  /// - Parameters:
  ///   - problem: source and side information, tau at most 64.
  ///   - slope: lambda in bits per unit of distortion.
  ///   - coding: whether R is H(index) or H(index|Y).
  /// - Throws: `DomainError.parameterOutOfRange` unless lambda > 0 and lambda sigma^2_{X|Y} <= `largestSlope`, or if tau is
  ///   above 64.
  public init(problem: GaussianSideInformation, slope: Double, coding: IndexCoding) throws(DomainError) {
    let design = try Self.design(problem, slope, coding)
    let starts = NestedStarts(spread: problem.spread, coding: coding, lambda: design.lambda)
    self.init(design.best(from: starts).code, problem: problem, slope: slope)
  }

  /// The same from starts that serve several slopes.
  init(problem: GaussianSideInformation, slope: Double, coding: IndexCoding, starts: NestedStarts) throws(DomainError) {
    self.init(try Self.design(problem, slope, coding).best(from: starts).code, problem: problem, slope: slope)
  }

  /// The code of one label and rate 0.
  static func silence(problem: GaussianSideInformation) -> DesignedCode {
    DesignedCode(BinningDesign.Code(thresholds: [], labels: [0]), problem: problem, slope: 0)
  }

  /// Refines a code for another lambda: the same structure, or a simpler one.
  init(refining start: LabelledQuantizer, problem: GaussianSideInformation, slope: Double, coding: IndexCoding)
    throws(DomainError)
  {
    let design = try Self.design(problem, slope, coding)
    let sigma = problem.conditionalVariance.squareRoot()
    let scaled = BinningDesign.Code(thresholds: start.thresholds.map { $0 / sigma }, labels: start.labels)
    self.init(design.minimise(scaled, rounds: 200, tolerance: 1e-10).code, problem: problem, slope: slope)
  }

  private init(_ code: BinningDesign.Code, problem: GaussianSideInformation, slope: Double) {
    let standard = LabelledQuantizer(unchecked: code.thresholds, labels: code.labels)
    self.init(standard.scaled(to: problem), problem: problem, slope: slope)
  }

  /// A code that is there.
  init(_ code: LabelledQuantizer, problem: GaussianSideInformation, slope: Double) {
    self.code = code
    self.slope = slope
    (performance, error) = code.performance(for: problem)
  }

  /// - Throws: `DomainError.parameterOutOfRange` for a tau above 64.
  static func require(_ problem: GaussianSideInformation) throws(DomainError) {
    guard problem.spread <= BinningDesign.largestSpread else {
      throw .parameterOutOfRange(
        name: "noise-variance", value: String(problem.conditionalVariance),
        requirement: "large enough for a design: E[X|Y] varies by more than 64 times the deviation of X given Y")
    }
  }

  private static func design(
    _ problem: GaussianSideInformation, _ slope: Double, _ coding: IndexCoding
  ) throws(DomainError) -> BinningDesign {
    let relative = slope * problem.conditionalVariance
    guard relative > 0, relative <= largestSlope else {
      throw .parameterOutOfRange(
        name: "lambda", value: String(slope),
        requirement:
          "greater than 0 and at most \(largestSlope / problem.conditionalVariance) bits per unit of distortion")
    }
    try require(problem)
    return BinningDesign(spread: problem.spread, lambda: relative * natsPerBit, coding: coding)
  }
}
