/// proof-objects.json: values of the inner objects that proofs rest on, at random arguments, to 28 digits.
public struct ProofObjects: Decodable, Sendable {
  /// A cell of a density: its probability, its centroid seen from a, its distortion.
  public struct Cell: Decodable, Sendable {
    public let density: String
    public let a: Double
    /// nil for infinity.
    public let b: Double?
    public let probability: Digits
    public let centroidFromA: Digits
    public let distortion: Digits
  }

  /// A quantizer of one step: entropy in nats and distortion.
  public struct Steps: Decodable, Sendable {
    public let density: String
    public let step: Double
    public let phase: Double
    public let reproduction: String
    public let entropy: Digits
    public let distortion: Digits
  }

  /// Q(x).
  public struct Tail: Decodable, Sendable {
    public let at: Double
    public let tail: Digits
  }

  /// A cell of the normal density.
  public struct NormalCell: Decodable, Sendable {
    public let a: Double
    public let b: Double
    public let probability: Digits
    public let centroid: Digits
    public let distortion: Digits
  }

  /// Integrals of h and S against the density of N(0, spread^2) over [center - radius, center + radius], and both at the center.
  public struct Panel: Decodable, Sendable {
    public let thresholds: [Double]
    public let labels: [Int]
    public let center: Double
    public let radius: Double
    public let spread: Double
    public let entropy: Digits
    public let resolved: Digits
    public let entropyAtCenter: Digits
    public let resolvedAtCenter: Digits
  }

  /// inf over 0 < p <= 1 of -log2 p + multiplier (delta(p) - distortion).
  public struct Dual: Decodable, Sendable {
    public let source: String
    public let multiplier: Double
    public let distortion: Double
    public let infimum: Digits
    public let minimiser: Digits
  }

  /// The root of an equation that is written out.
  public struct Root: Decodable, Sendable {
    public let equation: String
    public let parameter: Double
    public let root: Digits
  }

  /// The least value of a function that is written out, on an interval.
  public struct LeastValue: Decodable, Sendable {
    public let function: String
    public let parameter: Double
    public let low: Double
    public let high: Double
    public let least: Digits
  }

  /// mu(w), and the least D + mu H of both sources.
  public struct Sullivan: Decodable, Sendable {
    public let step: Double
    public let mu: Digits
    public let exponential: Digits
    public let laplace: Digits
    public let firstThreshold: Digits
  }

  /// lambda_K of c/k^2, the sum of all later ones, and that of log(lambda_k/lambda_K) up to K.
  public struct SpectrumSum: Decodable, Sendable {
    public let spectrum: String
    public let active: Double
    public let eigenvalue: Digits
    public let tail: Digits
    public let logarithms: Digits
  }

  /// The same of a list.
  public struct ListSum: Decodable, Sendable {
    public let eigenvalues: [Double]
    public let active: Double
    public let total: Digits
    public let tail: Digits
    public let logarithms: Digits
  }

  /// A, 1 - A^2 and kappa A - log Z, in nats, of a von Mises-Fisher law.
  public struct Sphere: Decodable, Sendable {
    public let dimension: Int
    public let concentration: Double
    public let meanLength: Digits
    public let distortion: Digits
    public let rate: Digits
  }

  /// -dR/dD in nats, R in nats and D at an amplitude of the ramp's oscillator.
  public struct Oscillator: Decodable, Sendable {
    public let amplitude: Double
    public let slope: Digits
    public let rate: Digits
    public let distortion: Digits
  }

  public let cells: [Cell]
  public let steps: [Steps]
  public let tails: [Tail]
  public let normalCells: [NormalCell]
  public let panels: [Panel]
  public let duals: [Dual]
  public let roots: [Root]
  public let leastValues: [LeastValue]
  public let sullivan: [Sullivan]
  public let spectra: [SpectrumSum]
  public let lists: [ListSum]
  public let spheres: [Sphere]
  public let oscillators: [Oscillator]

  private static let shared = Result { try Oracle.json("proof-objects.json", as: ProofObjects.self) }

  /// The committed values.
  public static func read() throws -> ProofObjects { try shared.get() }
}
