import IntervalArithmetic

/// The expansion in 1/kappa of the mean length A of the von Mises-Fisher law and of its normaliser, with its remainder.
///
/// A = I_{n/2}/I_{n/2-1} satisfies A' = 1 - A^2 - (n-1) A/kappa. With A = 1 - B and B = b_1/kappa + b_2/kappa^2 + ...,
///
///     b_1 = (n-1)/2,      2 b_{k+1} = (k - (n-1)) b_k + sum_{i+j=k+1} b_i b_j,
///
/// and since (ln Z)' = A and I_nu(kappa) ~ exp(kappa)/sqrt(2 pi kappa),
///
///     kappa - ln Z = b_1 ln kappa - C - sum_{k >= 2} b_k kappa^(1-k)/(k-1),     C = ln(Gamma(n/2) 2^(n/2-1)/sqrt(2 pi)).
///
/// **Remainder.** Let P = 1 - sum_{k<=N} b_k/t^k. By construction rho = P' - 1 + P^2 + (n-1) P/t has no power of 1/t below
/// N + 1: |rho| <= c t^(-N-1) for t >= t0 with
///
///     c = |(N - (n-1)) b_N + sum_{i+j=N+1} b_i b_j| + sum_{m=N+2}^{2N} |sum_{i+j=m} b_i b_j| t0^(N+1-m).
///
/// e = P - A satisfies e' = rho - e (P + A + (n-1)/t). With A >= 1 - n/(2t) (see `VonMisesFisher`) the factor is at least
/// g = 2 - n/(2 t0) - sum |b_k| t0^-k on t >= t0, so for t0 = kappa/2 and g t0 > N + 1
///
///     |e(kappa)| <= 2 exp(-g kappa/2) + c kappa^(-N-1)/(g - (N+1)/t0),
///
/// because t^(-N-1) exp(g t) increases at the rate g - (N+1)/t0 at least; and the remainder of kappa - ln Z is at most its
/// integral from kappa to infinity. With N = 20 and kappa >= max(64, n^2)
/// g - (N+1)/t0 > 1, and both remainders are below 2^-60 of B.
///
/// - Source: derived here; DLMF 10.40.1 for the leading term.
package struct ConcentrationExpansion<Number: SeriesNumber>: Sendable {
  /// n >= 2.
  let dimension: Int
  /// From here on the expansion is used.
  let leastConcentration: Double
  /// b_1 ... b_N.
  private let coefficients: [Number]
  /// The coefficients of -rho at the powers N+1 ... 2N.
  private let residual: [Number]
  /// C.
  let constant: Number

  package init(dimension n: Int) {
    dimension = n
    leastConcentration = max(64, Double(n) * Double(n))
    let terms = 20
    var b: [Number] = [Number(n - 1) / 2]
    let convolution = { (b: [Number], m: Int) in  // sum over i + j = m, 1 <= i, j <= b.count
      (max(1, m - b.count)...min(m - 1, b.count)).reduce(Number(0)) { $0 + b[$1 - 1] * b[m - $1 - 1] }
    }
    for k in 1..<terms { b.append((Number(k - (n - 1)) * b[k - 1] + convolution(b, k + 1)) / 2) }
    coefficients = b
    residual =
      [Number(terms - (n - 1)) * b[terms - 1] + convolution(b, terms + 1)]
      + ((terms + 2)...(2 * terms)).map { convolution(b, $0) }
    constant = Self.logGammaOfHalf(n) + Number(n - 2) / 2 * .log(2) - .log(2 * .pi) / 2
  }

  /// B, kappa dA/d kappa and kappa - ln Z at kappa >= `leastConcentration`.
  func evaluated(at kappa: Double) -> (shortfall: Number, scaledVariance: Number, gap: Number) {
    let reciprocal = 1 / Number(kappa)
    let terms = coefficients.count
    var sum: Number = 0
    var slope: Number = 0
    var integral: Number = 0
    for k in stride(from: terms, through: 2, by: -1) {
      let b = coefficients[k - 1]
      sum = (sum + b) * reciprocal
      slope = (slope + Number(k) * b) * reciprocal
      integral = (integral + b / Number(k - 1)) * reciprocal
    }
    let first = coefficients[0]
    let error = remainder(at: kappa)
    let gap = first * .log(Number(kappa)) - constant - integral
    return (
      .widened((sum + first) * reciprocal, by: error.shortfall), (slope + first) * reciprocal,
      .widened(gap, by: error.gap)
    )
  }

  private func remainder(at kappa: Double) -> (shortfall: Number, gap: Number) {
    let start = 1 / Number(kappa / 2)
    let terms = coefficients.count
    let magnitude = { (x: Number) in Number(x.greatestMagnitude) }
    var c: Number = 0
    for coefficient in residual.reversed() { c = c * start + magnitude(coefficient) }
    var departure: Number = 0
    for b in coefficients.reversed() { departure = (departure + magnitude(b)) * start }
    let g = 2 - Number(dimension) / 2 * start - departure
    let transient = 2 * Number.exp(-g * Number(kappa / 2))
    var power: Number = 1
    for _ in 0..<terms { power = power / Number(kappa) }
    let forced = c * power / (g - Number(terms + 1) * start)
    return (transient + forced / Number(kappa), transient / g + forced / Number(terms))
  }

  /// ln Gamma(n/2): the logarithms of a product of n/2 or so factors, and of sqrt pi if n is odd.
  private static func logGammaOfHalf(_ n: Int) -> Number {
    var sum: Number = n % 2 == 0 ? 0 : .log(.pi) / 2
    // (n-2)(n-4)... down to 2 or 1, each over 2.
    for factor in stride(from: n - 2, through: 1, by: -2) { sum = sum + .log(Number(factor) / 2) }
    return sum
  }
}
