import IntervalArithmetic

/// An upper bound on a polynomial over an interval or a square, by its Bernstein coefficients on ever smaller pieces.
///
/// On [-t, t], sum of c_k s^k is a combination of Bernstein's polynomials, which are not negative and sum to 1, so that it is at
/// most its largest coefficient there; at the ends the coefficients are values. A piece is halved (de Casteljau) until its largest
/// coefficient is within a tolerance of the largest value known, or does not exceed `floor`, below which nothing finer is asked
/// for. On a square the same along both directions.
///
/// **Rounding.** Powers to Bernstein: the substitution s = t (2 u - 1) and the division by binomials add terms of absolute sum at
/// most sum of |c_k| (3 t)^k, each after fewer than 4 n operations; a halving averages, n times. With u = 2^-53 the bound returned
/// errs by at most (4 n + n depth) u <= 600 u times that sum, for n <= 16 and at most 30 halvings; on a square by twice as much.
/// Whoever knows the sum adds it.
package struct BernsteinBound {
  /// The number of coefficients.
  let count: Int
  /// Below this value nothing finer is asked for.
  let floor: Double
  /// The relative distance of the bound from a value of the polynomial at which to stop.
  let tolerance: Double
  /// binomial(n, k), n = count - 1.
  private let binomials: [Double]

  /// Bounds on polynomials of so many coefficients.
  package init(count: Int, floor: Double, tolerance: Double) {
    self.count = count
    self.floor = floor
    self.tolerance = tolerance
    var row = [1.0]
    for k in stride(from: 1, to: count, by: 1) { row.append(row[k - 1] * Double(count - k) / Double(k)) }
    binomials = row
  }

  private static let depth = 30

  /// A bound over [-t, t].
  package func bound(_ coefficients: [Double], halfWidth t: Double) -> Double {
    var b = coefficients
    b.withUnsafeMutableBufferPointer { toBernstein($0, start: 0, step: 1, halfWidth: t) }
    var known = -Double.infinity
    return line(b, known: &known, depth: 0)
  }

  /// A bound over [-t, t]^2 on the sum of c_kl s^k r^l, row k after row k.
  package func bound(square coefficients: [Double], halfWidth t: Double) -> Double {
    var b = coefficients
    b.withUnsafeMutableBufferPointer { b in
      for k in 0..<count { toBernstein(b, start: k * count, step: 1, halfWidth: t) }
      for l in 0..<count { toBernstein(b, start: l, step: count, halfWidth: t) }
    }
    var known = -Double.infinity
    return square(b, known: &known, depth: 0)
  }

  /// From powers of s to Bernstein coefficients on [-t, t], in place: b_i = sum over k <= i of C(i, k)/C(n, k) a_k, a_k the
  /// coefficients in u = (s/t + 1)/2.
  private func toBernstein(_ c: UnsafeMutableBufferPointer<Double>, start: Int, step: Int, halfWidth t: Double) {
    let n = count - 1
    var scale = 1.0
    for k in 0...n {
      c[start + k * step] *= scale
      scale *= t
    }
    // s/t = -1 + 2 u: Taylor's shift by -1, then powers of 2.
    for i in 0..<n {
      for k in stride(from: n - 1, through: i, by: -1) { c[start + k * step] -= c[start + (k + 1) * step] }
    }
    scale = 1
    for k in 0...n {
      c[start + k * step] *= scale / binomials[k]
      scale *= 2
    }
    for k in stride(from: 1, through: n, by: 1) {
      for i in stride(from: n, through: k, by: -1) { c[start + i * step] += c[start + (i - 1) * step] }
    }
  }

  /// A bound on a piece; `known` is the largest value of the polynomial that was seen.
  private func line(_ b: [Double], known: inout Double, depth: Int) -> Double {
    let n = count - 1
    guard let largest = unsettled(b, known: &known, values: b[0], b[n], isLast: depth >= Self.depth) else {
      return b.reduce(-.infinity, worst)
    }
    guard largest < .infinity else { return .infinity }
    var (left, right, work) = (b, b, b)
    for k in 0...n {
      left[k] = work[0]
      right[n - k] = work[n - k]
      for i in 0..<(n - k) { work[i] = (work[i] + work[i + 1]) / 2 }
    }
    let bound = line(left, known: &known, depth: depth + 1)
    return worst(bound, line(right, known: &known, depth: depth + 1))
  }

  /// The largest coefficient of a piece if it is to be halved, else nil; its corners' values become known.
  private func unsettled(_ b: [Double], known: inout Double, values: Double..., isLast: Bool) -> Double? {
    let largest = b.reduce(-.infinity, worst)
    for value in values { known = max(known, value) }
    return largest <= max(floor, known + tolerance * abs(known)) || isLast ? nil : largest
  }

  private func square(_ b: [Double], known: inout Double, depth: Int) -> Double {
    let n = count - 1
    let isLast = depth >= Self.depth / 2
    guard let largest = unsettled(b, known: &known, values: b[0], b[n], b[n * count], b[n * count + n], isLast: isLast)
    else {
      return b.reduce(-.infinity, worst)
    }
    guard largest < .infinity else { return .infinity }
    var result = -Double.infinity
    let halves = halved(b, along: count, across: 1)
    for half in [halves.0, halves.1] {
      let quarters = halved(half, along: 1, across: count)
      for quarter in [quarters.0, quarters.1] {
        result = worst(result, square(quarter, known: &known, depth: depth + 1))
      }
    }
    return result
  }

  /// De Casteljau's halves along one direction.
  private func halved(_ b: [Double], along step: Int, across line: Int) -> ([Double], [Double]) {
    let n = count - 1
    var (left, right) = (b, b)
    var work = [Double](repeating: 0, count: count)
    for index in 0...n {
      let start = index * line
      for k in 0...n { work[k] = b[start + k * step] }
      for k in 0...n {
        left[start + k * step] = work[0]
        right[start + (n - k) * step] = work[n - k]
        for i in 0..<(n - k) { work[i] = (work[i] + work[i + 1]) / 2 }
      }
    }
    return (left, right)
  }
}
