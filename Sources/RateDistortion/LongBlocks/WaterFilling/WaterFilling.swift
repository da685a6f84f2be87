import IntervalArithmetic

/// The Gaussian rate-distortion function of given eigenvalues, by reverse water-filling: linear transform coding.
///
/// With the water level theta, sums over all eigenvalues,
///
///     D = sum min(theta, lambda_k),      R = sum max(0, 1/2 ln(lambda_k/theta)) nats,      -dR/dD = 1/(2 theta).
///
/// For a Gaussian vector it is R(D). For any other source of the same covariance it is an *upper* bound on R(D): the
/// Gaussian test channel, used coefficient by coefficient, has this distortion, and a mutual information that is largest for
/// the Gaussian source (the output's entropy is largest for given variances, and the noise does not depend on the source).
/// It says nothing about one-shot codes: for ramp and sawbridge R decays like 1/D, and E(D) lies below it at small D.
///
/// For these two the eigenvalues are c/k^2 and all sums are closed forms (trigamma function, Stirling's series), not cut
/// off: `InverseSquareSpectrum`.
///
/// - Domain: D > 0; the rate is 0 at and above the sum of the eigenvalues, and infinite at 0.
/// - Errors: about 1e-15 relative up to 1e8 bits; at still higher rates the enclosure of a process is 1e-8 wide (relative).
/// - Source: Kolmogorov 1956; Cover, Thomas, "Elements of Information Theory", Theorem 10.3.3.
public struct WaterFilling: Limit {
  public let kind: BoundKind
  public let summary: String
  private let spectrum: any Spectrum

  /// Above this many components of a process, K and K + 1 are told apart only to 1/K.
  static let mostComponents = 0x1p26

  /// The Gaussian R(D) of finitely many eigenvalues (zeros among them count for nothing).
  ///
  /// - Parameters:
  ///   - eigenvalues: variances of the coefficients, in any order.
  ///   - kind: `.exact` for a Gaussian source, `.upper` for any other of this covariance.
  /// - Throws: `DomainError.parameterOutOfRange` unless all are finite and not negative, at least one is positive, none is so
  ///   small that it has lost digits (below 2.3e-308), and the sum is finite.
  public init(eigenvalues: [Double], kind: BoundKind = .exact) throws(DomainError) {
    for value in eigenvalues {
      guard value.isFinite, value >= 0, value == 0 || value.isNormal else {
        throw .parameterOutOfRange(
          name: "eigenvalue", value: String(value), requirement: "0 or a finite number of at least 2.3e-308")
      }
    }
    let positive = eigenvalues.filter { $0 > 0 }
    let list = ListedSpectrum(eigenvalues: positive.isEmpty ? [1] : positive)
    guard !positive.isEmpty, list.total < 0x1p1000 else {
      throw .parameterOutOfRange(
        name: "sum of the eigenvalues", value: String(positive.isEmpty ? 0 : list.total),
        requirement: "greater than 0 and at most 1e301")
    }
    self.init(list, kind: kind, summary: "Gaussian R(D) by reverse water-filling (Kolmogorov 1956)")
  }

  private init(_ spectrum: any Spectrum, kind: BoundKind, summary: String) {
    self.spectrum = spectrum
    self.kind = kind
    self.summary = summary
  }

  /// Linear transform coding of the sawbridge: the Brownian bridge, eigenvalues 1/(pi k)^2.
  public static let sawbridge = WaterFilling(
    InverseSquareSpectrum.bridge, kind: .upper,
    summary: "linear transform coding, Gaussian R(D) of eigenvalues 1/(pi k)^2: an upper bound on R(D)")

  /// Linear transform coding of the ramp: pairs of eigenvalues 1/(2 pi k)^2.
  public static let ramp = WaterFilling(
    InverseSquareSpectrum.ramp, kind: .upper,
    summary: "linear transform coding, Gaussian R(D) of pairs of eigenvalues 1/(2 pi k)^2: an upper bound on R(D)")

  /// The Gaussian process whose eigenvalues are 1/(pi k)^2, k = 1, 2, ...: the Brownian bridge itself.
  public static let bridge = WaterFilling(
    InverseSquareSpectrum.bridge, kind: .exact, summary: "Gaussian R(D) by reverse water-filling (Kolmogorov 1956)")

  public var name: CurveName { .waterFilling }
  public var largestDistortion: Double { spectrum.total }

  public var enclosedLargestDistortion: Interval { spectrum.enclosedTotal }
  public var slopeOfSilence: Double? { slope(active: 1, remaining: 1) }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let k = spectrum.active(atDistortion: distortion)
    let isContinuum = k >= Self.mostComponents
    let remaining = isContinuum ? 1 : min(1, spectrum.remaining(k, atDistortion: distortion))
    let rate =
      isContinuum
      ? Double(spectrum.multiplicity) / 2 * spectrum.logarithms(k, as: Double.self)
      : max(0, Self.rate(spectrum, active: k, atDistortion: distortion))
    return OperatingPoint(
      distortion: distortion, rate: rate / natsPerBit, slope: slope(active: k, remaining: remaining))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let k = spectrum.active(atRate: nats)
    let m = Double(spectrum.multiplicity)
    let excess = max(0, 2 * nats / m - spectrum.logarithms(k, as: Double.self)) / k
    let remaining = Double.exp(-excess)
    let kept = m * k * spectrum.eigenvalue(k, as: Double.self) * remaining
    return OperatingPoint(
      distortion: kept + spectrum.tail(after: k, as: Double.self), rate: rate,
      slope: slope(active: k, remaining: remaining))
  }

  /// Components are added and taken away until intervals prove D_{K+1} < D <= D_K for one of the numbers K considered; where
  /// rounding leaves more than one, the enclosure is that of them all.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    let d = Interval(distortion)
    var rate = Interval(0)
    if spectrum.deficit(1, atDistortion: d).upper > 0 {
      rate = Self.enclosure(spectrum, at: d, near: spectrum.active(atDistortion: min(distortion, spectrum.total)))
    }
    return Bound(
      kind: kind, distortion: distortion, rate: rate, slope: point.slope,
      evidence: ClosedForm("reverse water-filling, sum of max(0, 1/2 log2(lambda_k/theta))"))
  }

  private static func enclosure(_ spectrum: some Spectrum, at d: Interval, near guess: Double) -> Interval {
    let isContinuum = guess >= mostComponents
    // Steps of one component, or of a relative 2^-44 where there are too many.
    let step = isContinuum ? guess * 0x1p-44 : 1
    var fewest = isContinuum ? (guess - step).rounded(.down) : guess
    while fewest > 1, spectrum.deficit(fewest, atDistortion: d).lower < 0 {
      fewest = max(1, (fewest - step).rounded(.down))
    }
    var most = isContinuum ? (guess + step).rounded(.up) : guess
    while most < spectrum.count, spectrum.deficit(most + 1, atDistortion: d).upper >= 0 {
      most = (most + step).rounded(.up)
    }
    let m = Interval(spectrum.multiplicity)
    let nats: Interval
    if isContinuum {
      let low = spectrum.logarithms(fewest, as: Interval.self)
      let high = spectrum.logarithms(most + 1, as: Interval.self)
      nats = m * low.hull(with: high) / 2
    } else {
      var hull = Interval.empty
      var k = fewest
      while k <= most {
        hull = hull.hull(with: Self.rate(spectrum, active: k, atDistortion: d))
        k += 1
      }
      nats = hull
    }
    let bits = nats / .ln2
    return .hull(max(0, bits.lower), max(0, bits.upper))
  }

  /// R = m/2 (L(K) - K ln(1 - delta)) in nats.
  private static func rate<Number: SeriesNumber>(
    _ spectrum: some Spectrum, active k: Double, atDistortion d: Number
  ) -> Number {
    let deficit = spectrum.deficit(k, atDistortion: d)
    let logRemaining =
      deficit.greatestMagnitude < 0.5
      ? Number.log1p(-deficit) : Number.log(spectrum.remaining(k, atDistortion: d))
    return Number(spectrum.multiplicity) * (spectrum.logarithms(k, as: Number.self) - Number(k) * logRemaining) / 2
  }

  private func slope(active k: Double, remaining: Double) -> Double {
    1 / (2 * spectrum.eigenvalue(k, as: Double.self) * remaining * natsPerBit)
  }
}
