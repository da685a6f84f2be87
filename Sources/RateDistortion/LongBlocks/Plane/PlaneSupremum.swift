import IntervalArithmetic

/// The supremum over the plane of g(y) = E[a(X) exp(-|X - y|^2/2)], a >= 0, from above, for a law of X and an a that are
/// symmetric in the first coordinate.
///
/// On a square cell of half-width t = 1/4 about y0, g is its Taylor polynomial of total degree 8, whose coefficients are
/// Hermite moments, and a remainder: along a unit vector e the ninth derivative of the kernel is at most
/// 1.0865 sqrt(9!) exp(-(v.e)^2/4 - (v - (v.e) e)^2/2) (Cramer's inequality), and that kernel is sqrt(2) times an average of
/// narrow ones, so that the remainder is at most 1.0865 sqrt(2) (t sqrt 2)^9/sqrt(9!) sup g = 2.3e-7 sup g. The polynomial is
/// bounded by its Bernstein coefficients on ever smaller squares.
///
/// Nodes farther than W from y are left out: exp(-r^2/2) <= exp(-(1 - 2/W^2) W^2/2) exp(-r^2/W^2) there, a kernel that is
/// W^2/2 times an average of narrow ones, so they contribute at most e W^2/2 exp(-W^2/2) sup g: 3.4e-7 sup g for W = 6.14,
/// the distance kept from every point of a cell. The same bounds g where there is no node near at all.
struct PlaneSupremum {
  /// The cells' width.
  static let width = 0.5
  /// Nodes this far from a cell's middle count.
  static let reach = 6.5
  /// The remainder and what lies beyond reach, relative to the supremum.
  static let remainder = 6e-7
  private static let degree = 8

  /// Cells with a bound above 1 less `slack`: the cell, the bound of its polynomial and the place of its maximum.
  private(set) var cells: [(column: Int, row: Int, bound: Double, u: Double, v: Double, isInside: Bool)] = []
  /// Whether no neighbour of a cell has a larger bound.
  func isPeak(_ cell: Int) -> Bool {
    let own = cells[cell]
    return !cells.contains { other in
      abs(other.column - own.column) <= 1 && abs(other.row - own.row) <= 1 && other.bound > own.bound
    }
  }

  /// An upper bound on g everywhere.
  private(set) var supremum = 0.0

  /// - Parameters:
  ///   - bins: the nodes with u > 0 by cells of `width`.
  ///   - weight: a at the nodes times their mass, that of a node and its mirror image together.
  init(_ quadrature: BananaQuadrature, bins: PlaneBins, weight: [Double]) {
    let margin = Int((Self.reach / Self.width).rounded(.up))
    // The nodes cell by cell, so that a row of cells is contiguous.
    let u = bins.order.map { quadrature.u[$0] }
    let v = bins.order.map { quadrature.v[$0] }
    let w = bins.order.map { weight[$0] / 2 }
    var largest = 0.0
    for row in (bins.rows.lowerBound - margin)...(bins.rows.upperBound + margin) {
      for column in 0...(bins.columns.upperBound + margin) {
        let (y0, y1) = ((Double(column) + 0.5) * Self.width, (Double(row) + 0.5) * Self.width)
        var near: [(du: Double, dv: Double, w: Double)] = []
        for other in (row - margin)...(row + margin) {
          for (first, last, sign) in [
            (column - margin, column + margin, 1.0), (-column - 1 - margin, margin - column - 1, -1.0),
          ] {
            for place in bins.range(row: other, from: first, to: last) {
              let (du, dv) = (sign * u[place] - y0, v[place] - y1)
              let square = du * du + dv * dv
              guard square <= Self.reach * Self.reach else { continue }
              near.append((du, dv, w[place] * Double.exp(-square / 2)))
            }
          }
        }
        // What is no number could be anything.
        guard !(Self.crude(near) <= 1 - 1e-3) else { continue }
        let moments = Self.moments(near)
        let found = Self.maximum(moments)
        largest = worst(largest, moments.allSatisfy(\.isFinite) ? found.bound : .infinity)
        cells.append((column, row, found.bound, y0 + found.s, y1 + found.t, found.isInside))
      }
    }
    supremum = max(largest, 1) * (1 + 1.01 * Self.remainder)
    for k in cells.indices { cells[k].bound += Self.remainder * supremum }
  }

  /// A bound on g over a cell by the nearest point to each node.
  private static func crude(_ near: [(du: Double, dv: Double, w: Double)]) -> Double {
    var sum = 0.0
    for (du, dv, w) in near {
      // exp(-d(y)^2/2)/exp(-d(y0)^2/2) <= exp(t (|du| + |dv|)).
      sum += w * Double.exp(min(width / 2 * (abs(du) + abs(dv)), (du * du + dv * dv) / 2))
    }
    return sum
  }

  /// M_kl = sum of w He_k(du)/k! He_l(dv)/l!, k + l <= 8, as a square of 9 x 9.
  private static func moments(_ near: [(du: Double, dv: Double, w: Double)]) -> [Double] {
    let n = degree + 1
    var moments = [Double](repeating: 0, count: n * n)
    let reciprocal = (0..<n).map { $0 == 0 ? 0 : 1 / Double($0) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * n) { h in
      moments.withUnsafeMutableBufferPointer { moments in
        for (du, dv, w) in near {
          h[0] = w
          h[1] = w * du
          h[n] = 1
          h[n + 1] = dv
          for k in 2..<n {
            h[k] = (du * h[k - 1] - h[k - 2]) * reciprocal[k]
            h[n + k] = (dv * h[n + k - 1] - h[n + k - 2]) * reciprocal[k]
          }
          for k in 0..<n {
            let row = k * n
            for l in 0..<(n - k) { moments[row + l] += h[k] * h[n + l] }
          }
        }
      }
    }
    return moments
  }

  /// A bound on the polynomial over |s|, |t| <= 1/4, within 1e-6, and a place near its maximum.
  private static func maximum(
    _ moments: [Double]
  ) -> (bound: Double, s: Double, t: Double, isInside: Bool) {
    let n = degree + 1
    var b = moments
    // Along both directions: from powers of s to Bernstein coefficients on [-1/4, 1/4].
    for direction in 0..<2 {
      for line in 0..<n {
        let (start, step) = direction == 0 ? (line, n) : (line * n, 1)
        var c = (0..<n).map { b[start + $0 * step] }
        toBernstein(&c)
        for k in 0..<n { b[start + k * step] = c[k] }
      }
    }
    // The place: the best of a grid, then Newton's method where the polynomial is concave.
    var (s, t) = (0.0, 0.0)
    var best = -Double.infinity
    for i in 0...8 {
      for j in 0...8 {
        let place = ((Double(i) / 8 - 0.5) * width, (Double(j) / 8 - 0.5) * width)
        let value = value(moments, place.0, place.1)
        if value > best { (best, s, t) = (value, place.0, place.1) }
      }
    }
    for _ in 0..<4 {
      let d = derivatives(moments, s, t)
      let determinant = d.ss * d.tt - d.st * d.st
      guard d.ss < 0, determinant > 1e-12 else { break }
      let step = ((d.s * d.tt - d.t * d.st) / determinant, (d.t * d.ss - d.s * d.st) / determinant)
      guard max(abs(step.0), abs(step.1)) < width / 6 else { break }
      (s, t) = (s - step.0, t - step.1)
    }
    // A little beyond, so that a maximum on an edge, as those on the axis of symmetry are, is not lost to rounding.
    let isInside = max(abs(s), abs(t)) <= width / 2 + 1e-3
    return (bernsteinBound(b, depth: 0), s, t, isInside)
  }

  private static func value(_ m: [Double], _ s: Double, _ t: Double) -> Double {
    let n = degree + 1
    var sum = 0.0
    for k in stride(from: n - 1, through: 0, by: -1) {
      var row = 0.0
      for l in stride(from: n - 1 - k, through: 0, by: -1) { row = row * t + m[k * n + l] }
      sum = sum * s + row
    }
    return sum
  }

  private static func toBernstein(_ c: inout [Double]) {
    let n = degree
    var scale = 1.0
    for k in 0...n {
      c[k] *= scale
      scale *= width / 2
    }
    for i in 0..<n { for k in stride(from: n - 1, through: i, by: -1) { c[k] -= c[k + 1] } }
    scale = 1
    var binomial = 1.0
    for k in 0...n {
      c[k] *= scale / binomial
      scale *= 2
      binomial *= Double(n - k) / Double(k + 1)
    }
    for k in 1...n { for i in stride(from: n, through: k, by: -1) { c[i] += c[i - 1] } }
  }

  private static func derivatives(
    _ m: [Double], _ s: Double, _ t: Double
  ) -> (s: Double, t: Double, ss: Double, st: Double, tt: Double) {
    let n = degree + 1
    var sum = (s: 0.0, t: 0.0, ss: 0.0, st: 0.0, tt: 0.0)
    let powers = { (x: Double) in (0..<n).reduce(into: [1.0]) { list, _ in list.append((list.last ?? 1) * x) } }
    let (p, q) = (powers(s), powers(t))
    for k in 0..<n {
      for l in 0..<(n - k) {
        let c = m[k * n + l]
        let (a, b) = (Double(k), Double(l))
        if k > 0 { sum.s += a * c * p[k - 1] * q[l] }
        if l > 0 { sum.t += b * c * p[k] * q[l - 1] }
        if k > 1 { sum.ss += a * (a - 1) * c * p[k - 2] * q[l] }
        if l > 1 { sum.tt += b * (b - 1) * c * p[k] * q[l - 2] }
        if k > 0, l > 0 { sum.st += a * b * c * p[k - 1] * q[l - 1] }
      }
    }
    return sum
  }

  /// The largest Bernstein coefficient, after quartering until it is within 1e-6 of a value, or no matter.
  private static func bernsteinBound(_ b: [Double], depth: Int) -> Double {
    let n = degree
    let largest = b.max() ?? 0
    let value = max(max(b[0], b[n]), max(b[n * (n + 1)], b[(n + 1) * (n + 1) - 1]))
    if largest <= 1 || largest - value <= 1e-6 * abs(largest) || depth >= 10 { return largest }
    var result = -Double.infinity
    let halves = halved(b, step: n + 1, line: 1)
    for half in [halves.0, halves.1] {
      let quarters = halved(half, step: 1, line: n + 1)
      for quarter in [quarters.0, quarters.1] {
        // What cannot exceed what is known needs no look.
        if let top = quarter.max(), top > max(result, 1) {
          result = max(result, bernsteinBound(quarter, depth: depth + 1))
        } else {
          result = max(result, min(quarter.max() ?? 0, 1))
        }
      }
    }
    return min(result, largest)
  }

  /// De Casteljau's halves along one direction.
  private static func halved(_ b: [Double], step: Int, line: Int) -> ([Double], [Double]) {
    let n = degree
    var (left, right) = (b, b)
    for index in 0...n {
      let start = index * line
      var work = (0...n).map { b[start + $0 * step] }
      for k in 0...n {
        left[start + k * step] = work[0]
        right[start + (n - k) * step] = work[n - k]
        if k < n { for i in 0..<(n - k) { work[i] = (work[i] + work[i + 1]) / 2 } }
      }
    }
    return (left, right)
  }
}
