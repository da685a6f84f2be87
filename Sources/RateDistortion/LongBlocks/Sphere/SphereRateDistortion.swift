import IntervalArithmetic

/// R(D) of the uniform law on the sphere of n dimensions and radius rho, squared error, in closed form.
///
/// With A(kappa) = I_{n/2}(kappa)/I_{n/2-1}(kappa) and Z(kappa) = Gamma(n/2) (2/kappa)^(n/2-1) I_{n/2-1}(kappa), in nats,
///
///     D = rho^2 (1 - A^2),      R = kappa A - ln Z,      -dR/dD = kappa/(2 A rho^2),      0 < kappa < infinity;
///
/// for the circle (n = 2) Z = I_0. The reproductions all have the length rho A, and given one of them the source has the von
/// Mises-Fisher law of concentration kappa around it. That no other reproduction does better is proved in the module's
/// documentation, "R(D) in closed form"; the proof gives, for *every* kappa > 0 and D (rho = 1),
///
///     R(D) >= kappa/(2A) (1 + A^2 - D) - ln Z,      and      R(D) <= kappa A - ln Z  if  1 - A^2 <= D,
///
/// so both ends of the enclosure need enclosures of A and Z at some kappa, and no solved equation.
///
/// - Domain: D > 0; the rate is 0 for D >= rho^2 and tends to infinity at 0, as (n-1)/2 log2(1/D) and a constant.
/// - Errors: below 1e-14 relative in either direction up to n = 17, 3e-14 at n = 100; the enclosure is 5e-14 of R wide at
///   n = 2, and 8e-13 at worst at n = 100.
/// - Source: derived here; for the circle as a source, Bhadane, Wagner, Balle 2022, eq. (40).
public struct SphereRateDistortion: ChannelFamily {
  /// n.
  public let dimension: Int
  /// rho^2.
  public let squaredRadius: Double
  private let expansion: ConcentrationExpansion<Double>
  private let enclosedExpansion: ConcentrationExpansion<Interval>

  /// The largest n: beyond it, numbers as large as n^2 would have to be summed one by one.
  public static let largestDimension = 1024

  /// R(D) of a sphere.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 2 <= n <= 1024 and the squared radius is a finite number of ordinary
  ///   size, 1e-150 to 1e150.
  public init(dimension: Int, squaredRadius: Double = 1) throws(DomainError) {
    guard dimension >= 2, dimension <= Self.largestDimension else {
      throw .parameterOutOfRange(
        name: "dimension", value: String(dimension),
        requirement: "a whole number from 2 to \(Self.largestDimension)")
    }
    guard squaredRadius >= 1e-150, squaredRadius <= 1e150 else {
      throw .parameterOutOfRange(
        name: "squared radius", value: String(squaredRadius), requirement: "a number from 1e-150 to 1e150")
    }
    self.init(uncheckedDimension: dimension, squaredRadius: squaredRadius)
  }

  /// The circle of a squared radius known to be valid.
  init(circleOfSquaredRadius squaredRadius: Double) {
    self.init(uncheckedDimension: 2, squaredRadius: squaredRadius)
  }

  private init(uncheckedDimension dimension: Int, squaredRadius: Double) {
    self.dimension = dimension
    self.squaredRadius = squaredRadius
    expansion = ConcentrationExpansion(dimension: dimension)
    enclosedExpansion = ConcentrationExpansion(dimension: dimension)
  }

  public var name: CurveName { .shannon }
  public var summary: String { "rate-distortion function R(D): reproductions on one smaller sphere (derived here)" }
  public var largestDistortion: Double { squaredRadius }

  public var slopeOfSilence: Double? { slope(of: law(at: 1e-8)) }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let law = law(at: concentration(atDistortion: distortion / squaredRadius))
    return OperatingPoint(distortion: distortion, rate: law.rate / natsPerBit, slope: slope(of: law))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    guard nats >= .leastNormalMagnitude else {
      return OperatingPoint(distortion: squaredRadius, rate: rate, slope: slope(of: law(at: 1e-8)))
    }
    let b = Double(dimension - 1) / 2
    // Where kappa would overflow, D = 2 b/kappa and R = b ln kappa - b - C to every digit.
    let logConcentration = (nats + b + expansion.constant) / b
    guard logConcentration < 700 else {
      let distortion = 2 * b * squaredRadius * Double.exp(-logConcentration)
      return OperatingPoint(distortion: distortion, rate: rate, slope: b / distortion / natsPerBit)
    }
    let law = law(at: concentration(atRate: nats))
    return OperatingPoint(distortion: squaredRadius * law.distortion, rate: rate, slope: slope(of: law))
  }

  public var family: String { "von Mises-Fisher law of concentration kappa in \(dimension) dimensions" }
  /// D changes by a factor of about 1 + margin.
  public var margins: (first: Double, factor: Double) { (0x1p-50, 2) }

  public func parameter(atDistortion distortion: Double) -> Double {
    concentration(atDistortion: distortion / squaredRadius)
  }

  public func slope(atParameter kappa: Double) -> Double { slope(of: law(at: kappa)) }

  public func rate(ofParameter kappa: Double, within distortion: Double) -> Interval? {
    let law = enclosedLaw(at: kappa)
    return law.hasDistortion(atMost: Interval(distortion) / Interval(squaredRadius)) ? law.rate : nil
  }

  public func dual(ofParameter kappa: Double, at distortion: Double) -> Interval {
    enclosedLaw(at: kappa).dual(atDistortion: Interval(distortion) / Interval(squaredRadius))
  }

  private func law(at kappa: Double) -> VonMisesFisher<Double> {
    VonMisesFisher(expansion: expansion, concentration: kappa)
  }

  private func enclosedLaw(at kappa: Double) -> VonMisesFisher<Interval> {
    VonMisesFisher(expansion: enclosedExpansion, concentration: kappa)
  }

  private func slope(of law: VonMisesFisher<Double>) -> Double { law.slope / (squaredRadius * natsPerBit) }

  /// kappa at D = 1 - A^2 in (0, 1): between (n-1) A/D and n A/D, because D = (n-1) A/kappa + dA/d kappa and
  /// 0 < dA/d kappa < A/kappa.
  private func concentration(atDistortion d: Double) -> Double {
    let length = (1 - d).squareRoot()
    let shortfall = d / (1 + length)
    let scale = Double(dimension) * length / d
    guard scale < 0x1p1000 else { return min(Double(dimension - 1) * length / d, 0x1p1023) }
    let low = scale * (1 - 1 / Double(dimension)) * (1 - 1e-12)
    return newtonRoot(in: low...(scale * (1 + 1e-12)), from: low, resolution: 1e-9 * low) { kappa in
      let law = law(at: kappa)
      // Relative to its size, because at D near 1e-300 the plain derivative underflows.
      return d > 0.5
        ? (law.meanLength - length, law.scaledVariance / kappa)
        : (1 - law.shortfall / shortfall, law.scaledVariance / shortfall / kappa)
    }
  }

  /// kappa at R > 0 nats: Newton's method in ln kappa, of which ln R is a nearly linear function where R is small, and R
  /// where it is large.
  private func concentration(atRate nats: Double) -> Double {
    let b = Double(dimension - 1) / 2
    let small = 0.5 * Double.log(2 * Double(dimension) * nats)
    let large = (nats + b + expansion.constant) / b
    let logConcentration = newtonRoot(
      in: (small - 4)...(max(small, large) + 4), from: max(small, large), resolution: 1e-9
    ) { logConcentration in
      let kappa = Double.exp(logConcentration)
      let law = law(at: kappa)
      let slope = kappa * law.scaledVariance
      return nats < 1
        ? (Double.log(law.rate / nats), slope / law.rate) : (law.rate - nats, slope)
    }
    return Double.exp(logConcentration)
  }
}
