import IntervalArithmetic

/// The von Mises-Fisher law of concentration kappa on the unit sphere of n dimensions: its mean length and normaliser.
///
/// Its density against the uniform law is exp(kappa x.v)/Z, and with nu = n/2 - 1, A = I_{nu+1}(kappa)/I_nu(kappa),
///
///     Z(kappa) = E exp(kappa x.v) = Gamma(n/2) (2/kappa)^nu I_nu(kappa),     d ln Z/d kappa = E x.v = A.
///
/// The two numbers that R(D) of the sphere is made of are D = 1 - A^2 and R = kappa A - ln Z. Where A is near 1 both cancel,
/// so there B = 1 - A and S = kappa - ln Z are what is computed: D = B (2 - B), R = S - kappa B. Priorities: a proved
/// remainder, relative accuracy at both ends, and one text for floating point and intervals. Three regimes:
///
/// | kappa                     | method                                         | remainder               |
/// |---------------------------|------------------------------------------------|-------------------------|
/// | kappa^2 <= 2 n            | power series of I_nu and I_{nu+1}              | geometric, below 2^-70  |
/// | up to max(64, n^2)        | backward recurrence for I_{nu+k+1}/I_{nu+k}    | two-sided start         |
/// | above                     | 20 terms of the expansion in 1/kappa           | `ConcentrationExpansion` |
///
/// **Backward recurrence.** r_k = I_{nu+k+1}/I_{nu+k} satisfies r_k = kappa/(n + 2 k + kappa r_{k+1}), which shrinks an error
/// by r_k^2 a step. r decreases in the order: r = E[s tanh(kappa s)] for s with density proportional to
/// (1 - s^2)^(order - 1/2) cosh(kappa s) on [0, 1], and a larger order moves s down (likelihood ratio). With the recurrence,
/// r_{k+1} < r_k < r_{k-1} gives for a = nu + k the start
///
///     kappa/(a + 1 + sqrt((a+1)^2 + kappa^2)) < r_k < kappa/(a + sqrt(a^2 + kappa^2)).
///
/// The same pass gives Z: exp(kappa cos) in Gegenbauer polynomials at angle 0 is exp(kappa) = Z sum_k d_k r_0 ... r_{k-1},
/// d_k the number of spherical harmonics of degree k, all terms positive, so S = ln(1 + q_0 (1 + q_1 (1 + ...))) with
/// q_k = r_k d_{k+1}/d_k and d_{k+1}/d_k = (2k+n)(k+n-2)/((2k+n-2)(k+1)), a decreasing sequence. So q_k decreases and the
/// part after M lies in [1, 1/(1 - q_M)].
///
/// - Source: Abramowitz, Stegun 9.6.10, 9.6.26; DLMF 10.35.3 (Gegenbauer); Amos 1974 for bounds of this form.
package struct VonMisesFisher<Number: SeriesNumber> {
  /// kappa > 0, exact.
  package let concentration: Double
  /// A = E x.v.
  package let meanLength: Number
  /// B = 1 - A.
  package let shortfall: Number
  /// kappa dA/d kappa = kappa Var(x.v).
  package let scaledVariance: Number
  /// D = 1 - A^2.
  package let distortion: Number
  /// R = kappa A - ln Z, in nats.
  package let rate: Number
  /// ln Z, or where A is near 1, kappa - ln Z.
  private let normaliser: Normaliser

  private enum Normaliser {
    case logarithm(Number)
    case gap(Number)
  }

  /// The law at kappa > 0, finite.
  package init(expansion: ConcentrationExpansion<Number>, concentration kappa: Double) {
    let n = expansion.dimension
    concentration = kappa
    let scaleFree = Number(n - 1)
    if kappa * kappa <= Double(2 * n) {
      let square = Number.squared(Number(kappa))
      let normaliserLessOne = Self.powerSeriesLessOne(square, dimension: n)
      let lifted = 1 + Self.powerSeriesLessOne(square, dimension: n + 2)
      let ratio = lifted / (1 + normaliserLessOne) / Number(n)
      meanLength = Number(kappa) * ratio
      shortfall = 1 - meanLength
      distortion = shortfall * (1 + meanLength)
      scaledVariance = Number(kappa) * (distortion - scaleFree * ratio)
      let logNormaliser = Number.log1p(normaliserLessOne)
      rate = Number(kappa) * meanLength - logNormaliser
      normaliser = .logarithm(logNormaliser)
      return
    }
    let gap: Number
    if kappa < expansion.leastConcentration {
      let pass = Self.recurrence(dimension: n, concentration: kappa)
      meanLength = pass.ratio
      shortfall = 1 - pass.ratio
      distortion = shortfall * (1 + pass.ratio)
      scaledVariance = Number(kappa) * distortion - scaleFree * meanLength
      gap = pass.gap
    } else {
      let tail = expansion.evaluated(at: kappa)
      shortfall = tail.shortfall
      meanLength = 1 - tail.shortfall
      distortion = tail.shortfall * (1 + meanLength)
      scaledVariance = tail.scaledVariance
      gap = tail.gap
    }
    rate = gap - Number(kappa) * shortfall
    normaliser = .gap(gap)
  }

  /// beta = kappa/(2 A), the slope -dR/dD in nats.
  var slope: Number { Number(concentration) / (2 * meanLength) }

  /// A lower bound on R(D) in nats, for every kappa > 0 and every D: beta (1 + A^2 - D) - ln Z.
  package func dual(atDistortion d: Number) -> Number {
    switch normaliser {
    case .logarithm(let logNormaliser):
      return slope * ((1 - d) + .squared(meanLength)) - logNormaliser
    case .gap(let gap):
      return gap - slope * (d - .squared(shortfall))
    }
  }

  // MARK: The power series

  /// Gamma(n/2) (2/kappa)^nu I_nu(kappa) - 1 = sum over k >= 1 of (kappa^2/4)^k/(k! (n/2)_k), for kappa^2 <= 2 n.
  ///
  /// Term k+1 is term k times kappa^2/(2 (k+1) (n + 2k)) <= 1/(k+1), so after 24 terms 1/24! < 2^-79 is left.
  private static func powerSeriesLessOne(_ square: Number, dimension n: Int) -> Number {
    let terms = 24
    let factor = { (k: Int) in square / Number(2 * (k + 1) * (n + 2 * k)) }
    var sum = Number.between(1, 1 / (1 - factor(terms)))
    for k in stride(from: terms - 1, through: 1, by: -1) { sum = 1 + factor(k) * sum }
    return factor(0) * sum
  }

  // MARK: The backward recurrence

  private static func recurrence(dimension n: Int, concentration kappa: Double) -> (ratio: Number, gap: Number) {
    let start = startingOrder(dimension: n, concentration: kappa)
    let kappa = Number(kappa)
    let squareOf = { (order: Number) in Number.sqrt(.squared(order) + .squared(kappa)) }
    let order = Number(n - 2 + 2 * start) / 2
    var ratio = Number.between(
      kappa / (order + 1 + squareOf(order + 1)), kappa / (order + squareOf(order)))
    let next = harmonicsRatio(start, dimension: n) * (kappa / (order + squareOf(order)))
    var sum = Number.between(1, 1 / (1 - next))
    // The sum is kept below 2^500 by counting powers of two apart.
    var one: Number = 1
    var powers = 0
    for k in stride(from: start - 1, through: 0, by: -1) {
      ratio = kappa / (Number(n + 2 * k) + kappa * ratio)
      sum = one + harmonicsRatio(k, dimension: n) * ratio * sum
      if sum.greatestMagnitude > 0x1p500 {
        sum = sum * Number(0x1p-500)
        one = one * Number(0x1p-500)
        powers += 500
      }
    }
    let logOfTwo = Number.log(2)
    return (ratio, Number.log(sum) + Number(powers) * logOfTwo)
  }

  /// d_{k+1}/d_k for the spherical harmonics of degree k on the sphere of n dimensions.
  private static func harmonicsRatio(_ k: Int, dimension n: Int) -> Number {
    if n == 2 { return k == 0 ? 2 : 1 }
    return Number((2 * k + n) * (k + n - 2)) / Number((2 * k + n - 2) * (k + 1))
  }

  /// The order from which on the sum's terms, and the recurrence's errors, are below 2^-66 of the whole.
  private static func startingOrder(dimension n: Int, concentration kappa: Double) -> Int {
    var k = 0
    var term = 1.0
    var sum = 1.0
    while true {
      let order = Double(n - 2 + 2 * k) / 2
      let bound = kappa / (order + (order * order + kappa * kappa).squareRoot())
      let ratio =
        n == 2 ? (k == 0 ? 2 : 1) : Double((2 * k + n) * (k + n - 2)) / Double((2 * k + n - 2) * (k + 1))
      let next = ratio * bound
      if next < 1 && term < 0x1p-66 * (1 - next) * sum { return k }
      term *= next
      sum += term
      if sum > 0x1p500 {
        sum *= 0x1p-500
        term *= 0x1p-500
      }
      k += 1
    }
  }
}

extension VonMisesFisher<Interval> {
  /// Whether 1 - A^2 <= D is proved, by A^2 >= 1 - D where D is near 1 and that says more.
  func hasDistortion(atMost d: Interval) -> Bool {
    distortion.upper <= d.lower || Interval.squared(meanLength).lower >= (1 - d).upper
  }
}
