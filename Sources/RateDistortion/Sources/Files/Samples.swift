import IntervalArithmetic

/// Samples of somebody's own: n points in R^d, squared error summed over the coordinates.
///
/// Two questions are answered, and kept apart by the names of curves.
///
/// **The empirical law**, each sample with probability 1/n: a finite source, whose R(D) is proved.
///
/// - `shannon`: reproductions are the samples themselves. From above it is also a bound where reproductions are free.
/// - `shannon-free`: from below, reproductions anywhere in R^d. Given X and its reproduction Y let X' be a sample drawn from the law of X
///   given Y, independent of X. I(X; X') <= I(X; Y), as X - Y - X', and E|X - X'|^2 = 2 E Var(X | Y) <= 2 E|X - Y|^2. So
///
///       R_free(D) >= R(2 D),
///
///   R with the samples as reproductions. Squares of differences are rounded in R's matrix, in relation by at most 2^-49, and by 2^-1071 where
///   they underflow; R is taken at 2 D (1 + 2^-47), which is more. The bound is up to d/2 bits below the truth.
///
/// **The law behind the samples**, if they are independent draws of it: `shannon-estimate` and its limits of confidence on either side,
/// kind `estimate` (`HeldOutEstimate`). Nothing is proved of it.
///
/// It is not in the catalogue, whose sources are known by name: a file says what it is.
///
/// - Distortion: squared error, summed over the coordinates.
/// - Source: Csiszar 1974 for the dual; Blahut 1972 for the channel.
public struct Samples: InformationSource {
  /// The points.
  public let sample: SampleSet
  /// The empirical law; nil where it has too many letters.
  private let empirical: FiniteSource?

  /// The most different samples of which the empirical law's R(D) is computed.
  public static let largestEmpirical = FiniteSource.largestSize
  /// The most entries of the matrix for which hundreds of points take no noticeable time.
  private static let quickEntries = 1 << 12

  /// The source of some points.
  public init(_ sample: SampleSet) {
    self.sample = sample
    empirical = Self.empirical(sample)
  }

  /// There are no samples without their file.
  ///
  /// - Throws: `DomainError.parameterOutOfRange`, always.
  public init(parameters: SourceParameters) throws(DomainError) {
    throw .parameterOutOfRange(name: "data", value: "", requirement: "a file of samples")
  }

  /// Each different sample with its share; nil for too many.
  private static func empirical(_ sample: SampleSet) -> FiniteSource? {
    let (points, counts) = sample.letters
    guard points.count <= largestEmpirical else { return nil }
    var matrix: [Double] = []
    matrix.reserveCapacity(points.count * points.count)
    for x in points {
      for y in points {
        var square = 0.0
        for j in 0..<sample.dimension { square += (x[j] - y[j]) * (x[j] - y[j]) }
        matrix.append(square)
      }
    }
    let shares = counts.map { Double($0) / Double(sample.count) }
    return try? FiniteSource(probabilities: shares, rows: matrix, reproductions: points.count)
  }

  public static let description = SourceDescription(
    name: "samples",
    definition: "X of which there are samples in a file, and the law that gives each of them the same probability",
    distortionMeasure: .sumOfSquaredErrors,
    reference: "Csiszar 1974; Blahut 1972",
    parameters: [
      ParameterDescription("points", help: "the number of samples", domain: .wholeNumber(atLeast: 2)),
      ParameterDescription("dimension", help: "the number of coordinates", domain: .wholeNumber(atLeast: 1)),
    ])

  /// With the number of coordinates.
  public var entry: SourceDescription {
    SourceDescription(
      name: Self.description.name, definition: Self.description.definition,
      distortionMeasure: Self.description.distortionMeasure, components: sample.dimension,
      reference: Self.description.reference, parameters: Self.description.parameters)
  }

  public var parameters: SourceParameters {
    ["points": .number(Double(sample.count)), "dimension": .number(Double(sample.dimension))]
  }

  public var limits: SourceLimits {
    let estimates = estimates
    let proved = empiricalCurves
    // Without a matrix of the samples nothing is proved of their law but that a rate is not negative.
    let converse = proved.last ?? Curve(NothingProved(largestDistortion: sample.variance))
    // A code that was trained on some samples of a law is meant for others: gaps are to the estimate, where there is one.
    let achievable = estimates.first ?? (proved.isEmpty ? converse : proved[1])
    return SourceLimits(
      curves: estimates + proved, judgement: Judgement(converse: converse, achievable: achievable, codes: []))
  }

  /// `shannon` from both sides, and `shannon-free`.
  private var empiricalCurves: [Curve] {
    guard let empirical else { return [] }
    let solutions = FiniteSolutions(empirical)
    let entries = empirical.probabilities.count * empirical.reproductions
    let isCostly = entries > Self.quickEntries
    let lower = Curve(
      FiniteShannonCurve(solutions, kind: .lower, isCostly: isCostly),
      summary: "R(D) of the samples' empirical law from below, reproductions being the samples (Csiszar 1974)")
    let upper = Curve(
      FiniteShannonCurve(solutions, kind: .upper, isCostly: isCostly),
      summary: "R(D) of the samples' empirical law from above, reproductions being the samples (Blahut 1972)")
    let free = InheritedLimit(
      .shannonFree, of: lower, at: .doubled,
      summary: "R(D) of the samples' empirical law from below, reproductions anywhere: at least shannon at 2 D")
    return [lower, upper, Curve(free)]
  }

  /// The estimate for the law behind the samples; none of too few.
  private var estimates: [Curve] {
    guard isEstimated else { return [] }
    let estimate = HeldOutEstimate(sample.standardized(), dimension: sample.dimension)
    let scale = Interval(sample.variance)
    return [HeldOutCurve.Side.middle, .below, .above].map {
      Curve(HeldOutCurve(estimate, $0), squaredScale: scale)
    }
  }

  private var isEstimated: Bool { sample.count >= HeldOutEstimate.leastCount(dimension: sample.dimension) }

  /// What is left out, and where estimates end.
  public var remarks: [String] {
    var remarks: [String] = []
    let name = Self.description.name
    if isEstimated {
      let held = sample.count - sample.count / 2
      let bits = (HeldOutEstimate.largestRate(evaluated: held) / natsPerBit * 100).rounded(.down) / 100
      remarks.append(
        "\(name): the estimates end before a rate of \(bits.words) bits, log2(\(held)/16): \(held) samples are held out, and in a cell of "
          + "fewer than 16 there is nothing to estimate; they suppose independent samples of one law")
      if sample.largestFourthPower > 0.2 {
        let percent = (sample.largestFourthPower * 100).rounded(.down).words
        remarks.append(
          "\(name): one sample holds \(percent) % of the sum of fourth powers: the tails may be too heavy for standard errors, which need a "
            + "fourth moment")
      }
    } else {
      remarks.append(
        "\(name): left out are the estimates for the law behind the samples, which need "
          + "\(HeldOutEstimate.leastCount(dimension: sample.dimension)) of them")
    }
    if empirical == nil {
      remarks.append(
        "\(name): left out are \(CurveName.shannon.rawValue) and \(CurveName.shannonFree.rawValue) of the empirical law, which are computed "
          + "up to \(Self.largestEmpirical) different samples")
    }
    return remarks
  }
}

/// Nothing: R >= 0.
private struct NothingProved: Limit {
  let largestDistortion: Double

  var name: CurveName { .shannonFree }
  var kind: BoundKind { .lower }
  var summary: String { "nothing is proved of so many samples but R >= 0" }
  var evidence: [any Evidence.Type] { [] }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    OperatingPoint(distortion: distortion, rate: 0, slope: 0)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    throw .rateOutOfRange(rate, largest: 0)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    Bound(kind: kind, distortion: distortion, rate: 0, slope: 0, evidence: Silence())
  }
}

extension CurveName {
  /// R(D) of an empirical law with reproductions anywhere.
  public static let shannonFree = CurveName(rawValue: "shannon-free")
}
