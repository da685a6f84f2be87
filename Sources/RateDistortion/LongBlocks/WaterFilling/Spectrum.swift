import IntervalArithmetic

/// The eigenvalues of a covariance, lambda_1 >= lambda_2 >= ... > 0, each occurring m times, in the coordinates that
/// reverse water-filling needs.
///
/// At the water level theta the first K components, lambda_K >= theta > lambda_{K+1}, have distortion theta and rate
/// 1/2 ln(lambda_k/theta), the others are not sent. With the corner D_K, the distortion at theta = lambda_K, and the deficit
/// delta below it,
///
///     D_K = m K lambda_K + tail(K),   tail(K) = m sum_{k>K} lambda_k,      theta = lambda_K (1 - delta),
///     delta = (D_K - D)/(m K lambda_K),      R = m/2 (L(K) - K ln(1 - delta)),      L(K) = sum_{k<=K} ln(lambda_k/lambda_K):
///
/// sums of positive terms, so nothing cancels.
package protocol Spectrum: Sendable {
  /// m.
  var multiplicity: Int { get }
  /// How many different indices k there are; infinite for a process.
  var count: Double { get }
  /// The sum of all eigenvalues: the distortion of sending nothing.
  var total: Double { get }
  /// An enclosure of that sum.
  var enclosedTotal: Interval { get }
  /// K, to rounding, at a distortion in (0, total).
  func active(atDistortion distortion: Double) -> Double
  /// K, to rounding, at R > 0 nats.
  func active(atRate nats: Double) -> Double
  /// lambda_K.
  func eigenvalue<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number
  /// tail(K).
  func tail<Number: SeriesNumber>(after k: Double, as: Number.Type) -> Number
  /// L(K).
  func logarithms<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number
  /// delta at D if K components are active.
  func deficit<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number
  /// 1 - delta at D if K components are active, as accurate where delta is near 1 as `deficit` is near 0.
  func remaining<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number
}

/// Finitely many eigenvalues, as they are given.
package struct ListedSpectrum: Spectrum {
  package let multiplicity = 1
  package let total: Double
  /// In decreasing order.
  private let eigenvalues: [Double]
  /// Tail(K), K = 0, 1, ...
  private let tails: [Interval]
  /// L(K), K = 0, 1, ...; L(0) = 0 is not used.
  private let logs: [Interval]

  /// Positive, finite eigenvalues in any order; at least one.
  package init(eigenvalues unsorted: [Double]) {
    eigenvalues = unsorted.sorted(by: >)
    var tails = [Interval](repeating: 0, count: eigenvalues.count + 1)
    for k in eigenvalues.indices.reversed() { tails[k] = tails[k + 1] + Interval(eigenvalues[k]) }
    var logs: [Interval] = [0, 0]
    for k in eigenvalues.indices.dropFirst() {
      let ratio = Interval(eigenvalues[k - 1]) / Interval(eigenvalues[k])
      logs.append(logs[k] + Interval(k) * .log(ratio))
    }
    self.tails = tails
    self.logs = logs
    total = tails[0].midpoint
  }

  package var count: Double { Double(eigenvalues.count) }
  package var enclosedTotal: Interval { tails[0] }

  package func active(atDistortion distortion: Double) -> Double {
    last { k in deficit(k, atDistortion: distortion) >= 0 }
  }

  package func active(atRate nats: Double) -> Double {
    last { k in 0.5 * logarithms(k, as: Double.self) <= nats }
  }

  /// The largest K >= 1 for which a condition holds that fails from some K on.
  private func last(where condition: (Double) -> Bool) -> Double {
    var low = 1
    var high = eigenvalues.count + 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if condition(Double(middle)) { low = middle } else { high = middle }
    }
    return Double(low)
  }

  package func eigenvalue<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number {
    Number(eigenvalues[min(Int(k), eigenvalues.count) - 1])
  }

  package func tail<Number: SeriesNumber>(after k: Double, as: Number.Type) -> Number {
    .between(ends: tails[min(Int(k), eigenvalues.count)])
  }

  package func logarithms<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number {
    .between(ends: logs[min(Int(k), eigenvalues.count)])
  }

  package func deficit<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number {
    let kept = Number(k) * eigenvalue(k, as: Number.self)
    return (kept + (tail(after: k, as: Number.self) - distortion)) / kept
  }

  package func remaining<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number {
    (distortion - tail(after: k, as: Number.self)) / (Number(k) * eigenvalue(k, as: Number.self))
  }
}

/// The eigenvalues c/k^2, k = 1, 2, ..., m of each: m = 1, c = 1/pi^2 for the Brownian bridge, whose covariance the
/// sawbridge has; m = 2, c = 1/(2 pi)^2 for the Fourier coefficients of the ramp.
///
/// In the unit m c of distortion, D = m c e, everything is an explicit function of K:
///
///     1 - delta = K e - f(K),      f(K) = K sum_{k>K} 1/k^2 = K psi'(K+1),      L(K) = 2 (K ln K - ln K!),
///
/// and the total m c pi^2/6 is 1/6 and 1/12. For K >= 32, by Stirling's series and that of the trigamma function, both
/// enveloping (the error is less than the first term left out, A&S 6.1.42, 6.4.11),
///
///     f(K) = 1 - 1/(2K) + 1/(6K^2) - 1/(30K^4) + 1/(42K^6) - 1/(30K^8) + [0, 5/(66K^10)],
///     L(K)/2 = K - 1/2 ln(2 pi K) - 1/(12K) + 1/(360K^3) - 1/(1260K^5) + 1/(1680K^7) - [0, 1/(1188K^9)];
///
/// below, the missing terms of the sum, and the product of k/K, are taken directly.
package struct InverseSquareSpectrum: Spectrum {
  package let multiplicity: Int
  /// 1/total, a whole number.
  private let reciprocalTotal: Int

  /// The Brownian bridge on [0, 1].
  package static let bridge = InverseSquareSpectrum(multiplicity: 1, reciprocalTotal: 6)
  /// The ramp.
  package static let ramp = InverseSquareSpectrum(multiplicity: 2, reciprocalTotal: 12)

  package var count: Double { .infinity }
  package var total: Double { 1 / Double(reciprocalTotal) }
  package var enclosedTotal: Interval { 1 / Interval(reciprocalTotal) }

  private func unit<Number: SeriesNumber>(as: Number.Type) -> Number {
    6 / (Number(reciprocalTotal) * .squared(.pi))
  }

  package func active(atDistortion distortion: Double) -> Double {
    // The corner is e = (1 + f(K))/K = 2/K - 1/(2K^2) + ...
    let e = distortion / unit(as: Double.self)
    let guess = 2 / e - 0.25
    guard guess < WaterFilling.mostComponents else { return guess }
    var k = max(1, guess.rounded(.down))
    while k > 1, deficit(k, atDistortion: distortion) < 0 { k -= 1 }
    while deficit(k + 1, atDistortion: distortion) >= 0 { k += 1 }
    return k
  }

  package func active(atRate nats: Double) -> Double {
    let target = 2 * nats / Double(multiplicity)
    var guess = max(1, target / 2)
    for _ in 0..<40 { guess = max(1, target / 2 + 0.5 * Double.log(2 * .pi * guess)) }
    guard guess < WaterFilling.mostComponents else { return guess }
    var k = guess.rounded(.down)
    while k > 1, logarithms(k, as: Double.self) > target { k -= 1 }
    while logarithms(k + 1, as: Double.self) <= target { k += 1 }
    return k
  }

  package func eigenvalue<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number {
    unit(as: Number.self) / Number(multiplicity) / .squared(Number(k))
  }

  package func tail<Number: SeriesNumber>(after k: Double, as: Number.Type) -> Number {
    unit(as: Number.self) * scaledTail(k) / Number(k)
  }

  package func deficit<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number {
    if k == 1 {
      // 1 - D/total without the rounding of D/total: the rate is nearly proportional to it.
      let share = Number.fused(Number(-reciprocalTotal), distortion, 1)
      return share * .squared(.pi) / 6
    }
    return 1 - remaining(k, atDistortion: distortion)
  }

  package func remaining<Number: SeriesNumber>(_ k: Double, atDistortion distortion: Number) -> Number {
    Number(k) * (distortion / unit(as: Number.self)) - scaledTail(k)
  }

  package func logarithms<Number: SeriesNumber>(_ k: Double, as: Number.Type) -> Number {
    let k = Number(k)
    if let small = Int(exactly: k.greatestMagnitude), small < Self.seriesStart {
      var product: Number = 1
      for j in 1..<max(small, 2) { product = product * (Number(j) / k) }
      return small < 2 ? 0 : -2 * Number.log(product)
    }
    let x = 1 / k
    let y = Number.squared(x)
    let limit = x * .squared(.squared(y)) / 1188
    let series = x * (Number(1) / 12 - y * (Number(1) / 360 - y * (Number(1) / 1260 - y / 1680)))
    return 2 * (k - .log(2 * .pi * k) / 2 - (series + .between(0, limit)))
  }

  private static var seriesStart: Int { 32 }

  /// f(K).
  private func scaledTail<Number: SeriesNumber>(_ k: Double) -> Number {
    guard k < Double(Self.seriesStart) else { return Self.scaledTailSeries(Number(k)) }
    let first = Number(Self.seriesStart)
    var sum = Self.scaledTailSeries(first) / first
    for j in stride(from: Self.seriesStart, to: Int(k), by: -1) { sum = sum + 1 / Number(j * j) }
    return Number(k) * sum
  }

  private static func scaledTailSeries<Number: SeriesNumber>(_ k: Number) -> Number {
    let x = 1 / k
    let y = Number.squared(x)
    let limit = 5 * .squared(.squared(y)) * y / 66
    let series = Number(1) / 6 - y * (Number(1) / 30 - y * (Number(1) / 42 - y / 30))
    return 1 - (x / 2 - y * series) + .between(0, limit)
  }
}
