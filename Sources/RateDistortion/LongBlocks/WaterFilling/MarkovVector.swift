import IntervalArithmetic

/// N samples of a stationary Gauss-Markov process X_t = rho X_(t-1) + W_t of variance 1: covariance rho^|i - j|, |rho| < 1.
///
/// **Eigenvalues.** The signs (-1)^i turn rho into -rho, so let rho >= 0. An eigenvector is x_j = cos(w (j - c)) or sin(w (j - c)) about
/// the middle c = (N + 1)/2, and the inverse, which is tridiagonal, has it if
///
///     cos((N + 1) w/2) = rho cos((N - 1) w/2)      or      sin((N + 1) w/2) = rho sin((N - 1) w/2),
///
/// with the eigenvalue
///
///     lambda = (1 - rho^2)/((1 - rho)^2 + 4 rho sin^2(w/2)):
///
/// inner rows demand the last line, the first and the last row the equation before it. Let w_k = k pi/(N + 1). At w_(k-1) and w_k the
/// cosine's equation for odd k, the sine's for even k, has opposite signs: one product is 0 at one of the two and 1 in absolute value
/// at the other, where rho times a cosine or sine is less. So every open interval (w_(k-1), w_k), k = 1, ..., N, holds a root, and N
/// roots in N intervals are all. lambda falls with w: the k-th root has the k-th largest eigenvalue.
///
/// Roots are enclosed by signs of intervals, and with them every eigenvalue to some ulps, however small it is beside the largest.
///
/// - Source: Ray, Driver, "Further decomposition of the Karhunen-Loeve series representation of a stationary random process", IEEE
///   Trans. Inform. Theory 16 (1970) 663-668; Jayant, Noll, "Digital Coding of Waveforms", section 12.3.
package struct MarkovVector: Sendable {
  /// rho, in (-1, 1).
  package let correlation: Double
  /// N >= 1.
  package let length: Int

  /// The most samples: roots are found one by one.
  package static let longest = 1024

  /// Samples of a process.
  package init(correlation: Double, length: Int) {
    self.correlation = correlation
    self.length = length
  }

  /// The eigenvalues in decreasing order, enclosed.
  ///
  /// - Throws: `RootEnclosureError` if a root is not enclosed, as next to rho = 1 where it is not told from 0.
  package func eigenvalues() throws(RootEnclosureError) -> [Interval] {
    guard length > 1, correlation != 0 else { return [Interval](repeating: 1, count: length) }
    var values: [Interval] = []
    for k in 1...length { values.append(Self.density(at: try root(k), correlation: correlation.magnitude)) }
    return values
  }

  /// (1 - rho^2)/((1 - rho)^2 + 4 rho sin^2(w/2)), the spectral density at w.
  package static func density<Number: RealNumber>(at w: Number, correlation: Double) -> Number {
    let rho = Number(correlation)
    return (1 - rho) * (1 + rho) / (.squared(1 - rho) + 4 * rho * .squared(.sin(w / 2)))
  }

  /// The root w in (w_(k-1), w_k).
  private func root(_ k: Int) throws(RootEnclosureError) -> Interval {
    let rho = Interval(correlation.magnitude)
    let outer = Interval(length + 1) / 2
    let inner = Interval(length - 1) / 2
    let isEven = k % 2 == 1
    let ends = Interval.pi / Interval(length + 1)
    let domain = Interval.hull((Interval(k - 1) * ends).lower, (Interval(k) * ends).upper)
    let root = try RootEnclosure(
      of: { w in
        isEven
          ? Interval.cos(outer * w) - rho * .cos(inner * w) : Interval.sin(outer * w) - rho * .sin(inner * w)
      },
      derivative: { w in
        isEven
          ? rho * inner * .sin(inner * w) - outer * .sin(outer * w)
          : outer * .cos(outer * w) - rho * inner * .cos(inner * w)
      },
      on: domain)
    return root.interval
  }

  /// The covariance rho^|i - j|, row by row.
  package var covariance: [Interval] {
    var powers: [Interval] = [1]
    for _ in 1..<max(length, 2) { powers.append(powers[powers.count - 1] * Interval(correlation)) }
    return (0..<length).flatMap { i in (0..<length).map { powers[abs(i - $0)] } }
  }
}
