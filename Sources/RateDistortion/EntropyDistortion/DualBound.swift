import GSL
import IntervalArithmetic

/// The dual lower bound on E(D): the largest of inf over 0 < p <= 1 of [-log p + lambda (delta(p) - D)] over lambda >= 0.
///
/// Weak duality: any code satisfies H + lambda (D(f) - D) = sum p_i [-log p_i + lambda (delta(p_i) - D)], which is at least
/// the infimum over a single p, and a code with D(f) <= D has H no smaller than the left side. No convergence is needed:
/// *any* multiplier gives a valid bound once the infimum is enclosed, so floating point chooses it and intervals enclose the
/// infimum. (Theorems 4 and 6 of Bhadane, Wagner, Balle; Theorem 4 as printed lost its term -lambda D.)
///
/// As a function of D the bound is the lower convex envelope of the curve (delta(p), -log p). That curve has slope -1/w(p),
/// so it is convex where w increases and concave beyond its peak, where only the end (Dmax, 0) can lie on the envelope:
///
/// - for D <= D* = delta(p*) the bound is -log p with delta(p) = D, and lambda = 1/w(p);
/// - for D* <= D <= Dmax it is the tangent from (Dmax, 0), of slope lambda* = 1/w(p*), where
///   w(p) (-log p) = Dmax - delta(p). The difference of the two sides has derivative -w'(p) log p, so it increases up to the
///   peak and has one root there; if w increases throughout (sawbridge, uniform) there is no segment.
///
/// The infimum is enclosed with three facts about f(p) = -log p + lambda (delta(p) - D), f' = (lambda w - 1)/p. If
/// lambda w(a) < 1 < lambda w(b) with a < b below the peak, then f decreases up to a; beyond b it increases as long as
/// lambda w > 1, then decreases; so inf f is the least of f over [a, b] and f(1). Over [a, b], of relative width 2^-25, the
/// mean-value form is exact to 1e-15.
///
/// - Domain: D > 0; the bound is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", Theorems 4 and 6.
public struct DualBound<Source: CellSource>: Curve {
  /// The source bounded.
  public let source: Source
  /// Dmax.
  public let largestDistortion: Double
  /// p*, where the segment from (Dmax, 0) touches the curve; 1 if there is none.
  public let tangentCell: Double
  @usableFromInline let tangentDistortion: Double
  @usableFromInline let tangentRate: Double
  @usableFromInline let tangentSlope: Double

  /// The dual bound of a source.
  public init(source: Source) {
    self.source = source
    largestDistortion = source.largestDistortion
    tangentCell = Self.tangentCell(of: source)
    tangentDistortion = source.cellDistortion(tangentCell)
    tangentRate = -Double.log(tangentCell)
    tangentSlope = 1 / source.logarithmicSlope(tangentCell)
  }

  /// The root of w(p) (-log p) = Dmax - delta(p) below the peak of w.
  private static func tangentCell(of source: Source) -> Double {
    guard source.slopePeak < 1 else { return 1 }
    let excess = { (p: Double) in
      -source.logarithmicSlope(p) * Double.log(p) - (source.largestDistortion - source.cellDistortion(p))
    }
    // The bracket's signs are those of the derivation above. Were they ever not, p* = 1 would still be a valid choice:
    // every multiplier is.
    let root = try? brentRoot("tangent from (Dmax, 0)", in: 1e-9...source.slopePeak, of: excess)
    return root ?? 1
  }

  public var name: CurveName { .lower }
  public var kind: BoundKind { .lower }
  public var summary: String { "dual lower bound on E(D) (Bhadane, Wagner, Balle 2022, Theorems 4 and 6)" }

  @inlinable
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    let (rate, slope) = ratePerNat(distortion)
    return OperatingPoint(distortion: distortion, rate: rate / natsPerBit, slope: slope / natsPerBit)
  }

  @inlinable
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try requireRate(rate)
    let nats = rate * natsPerBit
    guard nats >= tangentRate, nats > 0 else {
      let distortion = largestDistortion - nats / tangentSlope
      return OperatingPoint(distortion: distortion, rate: rate, slope: tangentSlope / natsPerBit)
    }
    let p = Double.exp(-nats)
    let slope = 1 / (source.logarithmicSlope(p) * natsPerBit)
    return OperatingPoint(distortion: source.cellDistortion(p), rate: rate, slope: slope)
  }

  /// The bound in nats at D > 0 and its multiplier in nats per unit of distortion.
  @inlinable
  func ratePerNat(_ distortion: Double) -> (rate: Double, slope: Double) {
    guard distortion < largestDistortion else { return (0, 0) }
    guard distortion < tangentDistortion else {
      return (tangentSlope * (largestDistortion - distortion), tangentSlope)
    }
    let p = source.cellSize(atDistortion: distortion)
    return (-Double.log(p), 1 / source.logarithmicSlope(p))
  }
}
