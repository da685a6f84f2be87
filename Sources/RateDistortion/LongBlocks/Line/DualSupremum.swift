import IntervalArithmetic

/// The supremum over all y of g(y) = E[a(X) exp(-(X - y)^2/2)] for a weight a >= 0, from above: Csiszar's constant c.
///
/// On a panel of half-width t about y0, g is its Taylor polynomial of degree n - 1, whose coefficients are Hermite moments
///
///     g^(k)(y0)/k! = E[a(X) He_k(X - y0) exp(-(X - y0)^2/2)]/k!,
///
/// plus a remainder. Cramer's inequality |He_n(v)| exp(-v^2/4) <= 1.0865 sqrt(n!) gives
/// |g^(n)(y)| <= 1.0865 sqrt(n!) E[a(X) exp(-(X - y)^2/4)], and the wider kernel is the narrow one averaged over N(y, 1)
/// times sqrt(2), so the expectation is at most sqrt(2) c and the remainder at most 1.54 c t^n/sqrt(n!): with t = 1/4 and
/// n = 12, 4.2e-12 c. The polynomial's supremum is bounded by its Bernstein coefficients on ever smaller pieces.
struct DualSupremum {
  /// An upper bound on g over each panel, from the left.
  let panelBounds: [Double]
  /// The middle of the first panel; the next ones follow at distance `spacing`.
  let start: Double
  /// The width of a panel.
  static let spacing = 0.5
  /// An upper bound on g everywhere.
  var supremum: Double

  private static let degree = 11
  /// 1.0865 sqrt(2) (1/4)^12/sqrt(12!), rounded up.
  private static let remainder = 4.3e-12

  /// The supremum over [low, high], beyond which the caller knows that g is no larger.
  ///
  /// - Parameters:
  ///   - nodes, mass: the quadrature of the source.
  ///   - a: the weight at the nodes.
  ///   - seesFar: whether kernels count from as far away as a K is 1e-17, and not only where K itself is.
  init(
    over range: ClosedRange<Double>, nodes: [Double], mass: [Double], weight a: [Double], seesFar: Bool = false
  ) {
    let reaches = a.map { a in
      seesFar ? max(KernelTable.reach, (2 * (Double.log(a) + 39)).squareRoot()) : KernelTable.reach
    }
    let reach = min(reaches.max() ?? KernelTable.reach, 1e3) + 0.5
    let count = max(1, Int(((range.upperBound - range.lowerBound) / Self.spacing).rounded(.up)))
    start = range.lowerBound + Self.spacing / 2
    var bounds: [Double] = []
    var low = 0
    for panel in 0..<count {
      let y = start + Double(panel) * Self.spacing
      while low < nodes.count, nodes[low] < y - reach { low += 1 }
      var moments = [Double](repeating: 0, count: Self.degree + 1)
      moments.withUnsafeMutableBufferPointer { moments in
        var node = low
        while node < nodes.count, nodes[node] <= y + reach {
          let v = nodes[node] - y
          defer { node += 1 }
          guard abs(v) <= reaches[node] + 0.5 else { continue }
          // He_k/k! by its recurrence k h_k = v h_(k-1) - h_(k-2).
          var previous = 0.0
          var current = a[node] * mass[node] * Double.exp(-v * v / 2)
          moments[0] += current
          for k in 1...Self.degree {
            let next = (v * current - previous) * Self.reciprocals[k]
            previous = current
            current = next
            moments[k] += next
          }
        }
      }
      // What is no number could be anything.
      bounds.append(moments.allSatisfy(\.isFinite) ? Self.polynomialBound(moments) : .infinity)
    }
    let largest = bounds.max() ?? 0
    panelBounds = bounds.map { $0 + Self.remainder * largest * 1.01 }
    supremum = largest * (1 + 1.01 * Self.remainder)
  }

  private static let reciprocals: [Double] = (0...degree).map { $0 == 0 ? 0 : 1 / Double($0) }

  /// An upper bound on sum of m_k t^k over |t| <= 1/4, within 1e-11 of the supremum.
  static func polynomialBound(_ moments: [Double]) -> Double {
    // Monomial coefficients on [0, 1] by Taylor shift, then Bernstein coefficients.
    let n = moments.count - 1
    var c = moments
    var scale = 1.0
    for k in 0...n {
      c[k] *= scale
      scale *= 0.25
    }
    // t = -1 + 2 u: shift by -1, then scale by 2.
    for i in 0..<n { for k in stride(from: n - 1, through: i, by: -1) { c[k] -= c[k + 1] } }
    scale = 1
    for k in 0...n {
      c[k] *= scale
      scale *= 2
    }
    // b_i = sum over k <= i of C(i,k)/C(n,k) c_k.
    var b = c
    for k in 1...n {
      var binomial = 1.0
      for i in 0..<k { binomial *= Double(n - i) / Double(i + 1) }
      b[k] = c[k] / binomial
    }
    for k in 1...n { for i in stride(from: n, through: k, by: -1) { b[i] += b[i - 1] } }
    return bernsteinBound(b, depth: 0)
  }

  /// The largest of the coefficients, after halving until it is within 1e-11 of a value of the polynomial.
  private static func bernsteinBound(_ b: [Double], depth: Int) -> Double {
    let n = b.count - 1
    let value = max(b[0], b[n])
    var largest = value
    for coefficient in b { largest = max(largest, coefficient) }
    // Below 1 nothing finer is asked for.
    if largest <= 1 || largest - value <= 1e-11 * abs(value) || depth >= 30 { return largest }
    var left = b
    var right = b
    var work = b
    for k in 1...n {
      for i in 0...(n - k) { work[i] = (work[i] + work[i + 1]) / 2 }
      left[k] = work[0]
      right[n - k] = work[n - k]
    }
    return max(bernsteinBound(left, depth: depth + 1), bernsteinBound(right, depth: depth + 1))
  }
}
