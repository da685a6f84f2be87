import GSL
import IntervalArithmetic

/// The dual lower bound on E(D): the largest of inf over 0 < p <= 1 of [-log p + lambda (delta(p) - D)] over lambda >= 0.
///
/// Weak duality: any code satisfies H + lambda (D(f) - D) = sum p_i [-log p_i + lambda (delta(p_i) - D)], which is at least
/// the infimum over a single p, and a code with D(f) <= D has H no smaller than the left side. No convergence is needed:
/// *any* multiplier gives a valid bound once the infimum is enclosed, so floating point chooses it and intervals enclose the
/// infimum. (Theorems 4 and 6 of Bhadane, Wagner, Balle; Theorem 4 as printed lost its term -lambda D.)
///
/// As a function of D the bound is the lower convex envelope of the curve (delta(p), -log p), whose slope is -1/w(p). For a
/// source with a `UnimodalSlope` the curve is convex where w increases and concave beyond its peak, where only the end (Dmax, 0)
/// can lie on the envelope:
///
/// - for D <= D* = delta(p*) the bound is -log p with delta(p) = D, and lambda = 1/w(p);
/// - for D* <= D <= Dmax it is the tangent from (Dmax, 0), of slope lambda* = 1/w(p*), where
///   w(p) (-log p) = Dmax - delta(p). The difference of the two sides has derivative -w'(p) log p, so it increases up to the
///   peak and has one root there; if w increases throughout (sawbridge, uniform) there is no segment.
///
/// Of any other source the envelope is found on a grid of cell sizes (`CellEnvelope`), and the infimum enclosed by a search.
///
/// - Domain: D > 0; the bound is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", Theorems 4 and 6.
public struct DualBound<Source: CellSource>: Limit {
  /// The source bounded.
  public let source: Source
  /// Dmax.
  public let largestDistortion: Double
  /// p*, where the segment from (Dmax, 0) touches the curve; 1 if there is none.
  public let tangentCell: Double
  @usableFromInline let tangentDistortion: Double
  @usableFromInline let tangentRate: Double
  @usableFromInline let tangentBeta: Double
  /// Straight parts of the envelope between two cells below p*.
  @usableFromInline let bridges: [CellEnvelope.Bridge]
  /// `UnimodalSlope.slopePeak`; nil where the theorem is not known.
  let slopePeak: Double?

  /// The dual bound of a source.
  public init(source: Source) {
    let envelope = CellEnvelope(of: source)
    self.init(source: source, tangentCell: envelope.tangentCell, bridges: envelope.bridges, slopePeak: nil)
  }

  private init(source: Source, tangentCell: Double, bridges: [CellEnvelope.Bridge], slopePeak: Double?) {
    self.source = source
    self.tangentCell = tangentCell
    self.bridges = bridges
    self.slopePeak = slopePeak
    largestDistortion = source.largestDistortion
    tangentDistortion = source.cellDistortion(tangentCell)
    tangentRate = -Double.log(tangentCell)
    tangentBeta = 1 / source.logarithmicSlope(tangentCell)
  }

  public var name: CurveName { .lower }
  public var kind: BoundKind { .lower }
  public var summary: String { "dual lower bound on E(D) (Bhadane, Wagner, Balle 2022, Theorems 4 and 6)" }

  public var enclosedLargestDistortion: Interval { source.distortionOfSilence(as: Interval.self) }
  public var slopeOfSilence: Double? { tangentBeta / natsPerBit }

  @inlinable
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let (nats, beta) = natsAndBeta(at: distortion)
    return OperatingPoint(distortion: distortion, nats: nats, natsPerDistortion: beta)
  }

  @inlinable
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    guard nats >= tangentRate else {
      let distortion = largestDistortion - nats / tangentBeta
      return OperatingPoint(distortion: distortion, rate: rate, slope: tangentBeta / natsPerBit)
    }
    for bridge in bridges where bridge.rates.contains(nats) {
      return OperatingPoint(
        distortion: bridge.distortions.upperBound - (nats - bridge.rates.lowerBound) / bridge.beta, rate: rate,
        slope: bridge.beta / natsPerBit)
    }
    let p = Double.exp(-nats)
    let slope = 1 / (source.logarithmicSlope(p) * natsPerBit)
    return OperatingPoint(distortion: source.cellDistortion(p), rate: rate, slope: slope)
  }

  /// The bound in nats at 0 < D < Dmax and its multiplier beta.
  @inlinable
  func natsAndBeta(at distortion: Double) -> (nats: Double, beta: Double) {
    guard distortion < tangentDistortion else {
      return (tangentBeta * (largestDistortion - distortion), tangentBeta)
    }
    if let bridge = bridge(atDistortion: distortion) {
      return (bridge.rates.lowerBound + bridge.beta * (bridge.distortions.upperBound - distortion), bridge.beta)
    }
    let p = source.cellSize(atDistortion: distortion)
    return (-Double.log(p), 1 / source.logarithmicSlope(p))
  }

  @inlinable
  func bridge(atDistortion distortion: Double) -> CellEnvelope.Bridge? {
    for bridge in bridges where bridge.distortions.contains(distortion) { return bridge }
    return nil
  }
}

extension DualBound where Source: UnimodalSlope {
  /// The dual bound of a source in closed form.
  public init(source: Source) {
    self.init(
      source: source, tangentCell: Self.tangentCell(of: source), bridges: [], slopePeak: source.slopePeak)
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
}
