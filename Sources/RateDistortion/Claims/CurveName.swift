/// The stable identifier of a curve, the same in `--curves`, in tables and in verdicts.
public struct CurveName: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The identifier as it is printed.
  public let rawValue: String

  /// The name `rawValue`.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The identifier as it is printed.
  public var description: String { rawValue }

  /// The dual lower bound on E(D).
  public static let lower = CurveName(rawValue: "lower")
  /// The best biuniform code.
  public static let upper = CurveName(rawValue: "upper")
  /// The entropy-distortion function E(D).
  public static let exact = CurveName(rawValue: "exact")
  /// The lower convex hull of E(D).
  public static let timeSharing = CurveName(rawValue: "time-sharing")
  /// The rate-distortion function R(D).
  public static let shannon = CurveName(rawValue: "shannon")
  /// Linear transform coding: the Gaussian R(D) of the same covariance, by reverse water-filling.
  public static let waterFilling = CurveName(rawValue: "water-filling")
  /// The optimal entropy-constrained scalar quantizer.
  public static let ecsq = CurveName(rawValue: "ecsq")
  /// The Wyner-Ziv rate-distortion function.
  public static let wynerZiv = CurveName(rawValue: "wyner-ziv")
  /// R(D) without side information.
  public static let noSideInformation = CurveName(rawValue: "no-side-information")
  /// The Wyner-Ziv function moved by the space-filling loss of a scalar lattice.
  public static let wynerZivShifted = CurveName(rawValue: "wyner-ziv-shifted")
  /// R(D) without side information moved by the space-filling loss of a scalar lattice.
  public static let noSideInformationShifted = CurveName(rawValue: "no-side-information-shifted")
  /// Uniform thresholds with centroids, entropy-coded.
  public static let uniformThreshold = CurveName(rawValue: "uniform-threshold")
  /// Uniform reconstruction with a dead zone, entropy-coded.
  public static let deadZone = CurveName(rawValue: "dead-zone")
  /// Lloyd-Max quantizers at a fixed rate.
  public static let lloydMax = CurveName(rawValue: "lloyd-max")
  /// Entropy-coded dithered quantization.
  public static let ditheredRaw = CurveName(rawValue: "ecdq")
  /// Entropy-coded dithered quantization with the best linear estimate.
  public static let ditheredWiener = CurveName(rawValue: "ecdq-wiener")
  /// Entropy-coded dithered quantization with the conditional mean.
  public static let ditheredMean = CurveName(rawValue: "ecdq-mean")
  /// High-rate theory of entropy-coded scalar quantization.
  public static let highRate = CurveName(rawValue: "high-rate")
  /// The Shannon lower bound on R(D).
  public static let shannonLowerBound = CurveName(rawValue: "shannon-lower-bound")
  /// The converse for one-shot codes: with side information, and in the plane.
  public static let oneShotLower = CurveName(rawValue: "one-shot-lower")
  /// Designed entropy-constrained vector quantizers.
  public static let ecvq = CurveName(rawValue: "ecvq")
  /// The Karhunen-Loeve transform with the optimal scalar quantizer of every coefficient.
  public static let transformECSQ = CurveName(rawValue: "klt-ecsq")
  /// The Karhunen-Loeve transform with uniform thresholds of one step.
  public static let transformUniformThreshold = CurveName(rawValue: "klt-uniform-threshold")
  /// The Karhunen-Loeve transform with dithered quantizers of one step.
  public static let transformDithered = CurveName(rawValue: "klt-ecdq")
  /// No transform, every component at the same rate.
  public static let pulseCode = CurveName(rawValue: "pcm-ecsq")
  /// A given transform with the optimal scalar quantizer of every coefficient.
  public static let givenTransformECSQ = CurveName(rawValue: "transform-ecsq")
}
