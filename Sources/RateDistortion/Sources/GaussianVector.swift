import IntervalArithmetic

/// A Gaussian vector by its covariance, or a stationary Gaussian process: the source of transform coding.
///
/// Under squared error a vector is as good as its independent coefficients in the eigenvectors' basis, and R(D) is reverse water-filling of
/// the eigenvalues (`VectorWaterFilling`):
///
///     D = sum of min(theta, lambda_k),      R = sum of max(0, 1/2 log2(lambda_k/theta)).
///
/// It is given by
///
/// - `variances`: independent components;
/// - `covariance`: a symmetric matrix, whose eigenvalues are enclosed (`EnclosedEigenvalues`);
/// - `ar` and `length`: samples of X_t = rho X_(t-1) + W_t of variance 1 (`MarkovVector`), or all of them (`MarkovProcess`);
/// - `eigenvalues`: a law of them (`EigenvalueLaw`);
/// - `spectrum`: samples of a power spectral density at equally spaced frequencies, constant between them.
///
/// Rates and distortions are per vector, sums over the components, or with `per-component` both divided by their number; those of a
/// process are per sample.
///
/// The practical schemes are a transform followed by scalar quantizers: `klt-` in the eigenvectors' basis, `transform-ecsq` in one that is
/// given, `pcm-ecsq` in none, where every component has the same rate. At high rate `klt-ecsq` is 1.53 dB above R(D) and `pcm-ecsq` more
/// than that by the coding gain of the transform, the arithmetic mean of the eigenvalues over the geometric one: 1/(1 - rho^2) for a
/// long `ar`.
///
/// - Distortion: squared error, summed over the components, or their mean.
/// - Source: Kolmogorov 1956; Huang, Schultheiss 1963; Goyal 2001; Cover, Thomas, Theorem 10.3.3.
public struct GaussianVector: InformationSource {
  public let parameters: SourceParameters
  private let law: Law
  private let transform: [Interval]?

  public static let description = SourceDescription(
    name: "gaussian-vector",
    definition: "a Gaussian vector of given covariance, or a stationary Gaussian process",
    distortionMeasure: .sumOfSquaredErrors,
    reference: "Kolmogorov 1956; Cover, Thomas, Theorem 10.3.3; Goyal 2001",
    parameters: [
      ParameterDescription(
        "variances", help: "variances of independent components (4,1,0.25 if nothing is said)", domain: .numbers),
      ParameterDescription(
        "covariance", help: "the covariance matrix, as CSV or .npy, or its rows with semicolons between them",
        domain: .matrix),
      ParameterDescription(
        "ar", help: "correlation of neighbours of a stationary Gauss-Markov process of variance 1",
        domain: .between(-1, 1)),
      ParameterDescription(
        "length", help: "how many samples of it, 1 to \(MarkovVector.longest) (8), or infinite",
        domain: .text(form: "N|infinite")),
      ParameterDescription(
        "eigenvalues", help: "a law of eigenvalues, as 1/k^2:64, 0.9^k:64 or 1/k^2:infinite",
        domain: .text(form: "LAW:N")),
      ParameterDescription(
        "spectrum", help: "samples of a power spectral density at equally spaced frequencies; all is per sample",
        domain: .numbers),
      ParameterDescription(
        "transform",
        help: "an orthogonal transform by its rows, as CSV or .npy, to compare with the Karhunen-Loeve one",
        domain: .matrix),
      ParameterDescription(
        "per-component", help: "divide rates and distortions by the number of components", domain: .flag),
    ])

  public init(parameters given: SourceParameters) throws(DomainError) {
    let law = try Self.law(given)
    var parameters = law.parameters
    var transform: [Interval]?
    if let (rows, columns) = given.numbers("transform") {
      guard let covariance = law.covariance else {
        throw .parameterOutOfRange(
          name: "transform", value: "of \(columns) columns",
          requirement: "absent for a process, a spectrum and more than \(Covariance.largestOrder) components")
      }
      transform = try OrthogonalTransform(
        rows: rows, columns: columns, order: covariance.order, name: "transform"
      ).variances(of: covariance)
      parameters.set("transform", to: .numbers(rows, columns: columns))
    }
    if given.isGiven("per-component") {
      guard law.eigenvalues != nil || law.isPerSample else {
        throw .parameterOutOfRange(
          name: "per-component", value: "of infinitely many", requirement: "absent where components are not counted")
      }
      parameters.set("per-component", to: .word(ParameterDescription.given))
    }
    self.parameters = parameters
    self.law = law
    self.transform = transform
    // Refused here, where there is somebody to tell.
    if let eigenvalues = law.eigenvalues { _ = try VectorWaterFilling(eigenvalues: eigenvalues) }
  }

  /// Whether rates and distortions are divided by the number of components.
  private var isPerComponent: Bool { law.isPerSample || parameters.isGiven("per-component") }

  /// The number of components, and what is counted.
  public var entry: SourceDescription {
    let own = Self.description
    return SourceDescription(
      name: own.name, aliases: own.aliases, definition: own.definition,
      distortionMeasure: isPerComponent ? .meanSquaredError : own.distortionMeasure,
      components: law.isPerSample ? nil : law.eigenvalues?.count, reference: own.reference,
      parameters: own.parameters)
  }

  /// R(D), and the schemes.
  ///
  /// Trained points are held impossible by R(D), which no code goes below, and compared with the best transform code.
  public var limits: SourceLimits {
    guard let eigenvalues = law.eigenvalues, let waterFilling = try? VectorWaterFilling(eigenvalues: eigenvalues) else {
      let curves = [law.process].compactMap { $0 }
      let shannon = curves.first ?? Curve(WaterFilling.bridge, name: .shannon)
      return SourceLimits(
        curves: [shannon], judgement: Judgement(converse: shannon, achievable: shannon, codes: []))
    }
    let shannon = curve(waterFilling)
    let coder = TransformCoder(eigenvalues: eigenvalues, given: transform, variances: law.covariance?.diagonal)
    let schemes = coder.schemes
    let best = curve(schemes.best)
    let others = schemes.others.map { counted($0) }
    return SourceLimits(
      curves: [shannon, best] + others,
      judgement: Judgement(converse: shannon, achievable: best, references: [shannon]),
      gaps: { [isPerComponent] in
        SchemeGaps(
          reference: shannon, schemes: [best] + others,
          limits: coder.gapLimits(perComponent: isPerComponent))
      })
  }

  /// The divisor of rates and distortions.
  private var count: Int { isPerComponent ? law.eigenvalues?.count ?? 1 : 1 }

  private func curve(_ limit: some Limit) -> Curve {
    count == 1 ? Curve(limit) : Curve(ScaledRate(limit, dividedBy: count), squaredScale: 1 / Interval(count))
  }

  private func counted(_ scheme: any Limit) -> Curve { curve(scheme) }
}
