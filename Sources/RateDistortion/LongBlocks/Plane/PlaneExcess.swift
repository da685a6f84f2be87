/// Where g exceeds 1 on a cell: the place at which its Taylor polynomial there is largest, about, for the search.
///
/// Newton's method where the polynomial is concave, a step along the gradient elsewhere, neither more than a tenth of a kernel width, held
/// to a square slightly larger than the cell.
extension PlaneSupremum {
  /// A place where g exceeds 1.
  struct Excess {
    var first: Double
    var second: Double
    /// g there.
    var value: Double
    /// Whether it is a local maximum, not the end of a slope that goes on in the next cell.
    var isMaximum: Bool
  }
}

extension PlaneSupremum.Cell {
  /// Where the polynomial is largest; nil if it is not above 1 there.
  func excess(scale: Double) -> PlaneSupremum.Excess? {
    let limit = PlaneSupremum.halfWidth * 1.05
    let longest = 0.1
    var (s, r) = (0.0, 0.0)
    var isMaximum = false
    for _ in 0..<20 {
      let p = jet(s, r)
      let determinant = p.ss * p.rr - p.sr * p.sr
      let isConcave = p.ss < 0 && determinant > 0
      var (ds, dr) = (p.s, p.r)
      if isConcave { (ds, dr) = ((p.sr * p.r - p.rr * p.s) / determinant, (p.sr * p.s - p.ss * p.r) / determinant) }
      let length = max(abs(ds), abs(dr))
      isMaximum = isConcave && length < 1e-6
      if length > longest || !isConcave, length > 0 { (ds, dr) = (ds * longest / length, dr * longest / length) }
      let (a, b) = (min(max(s + ds, -limit), limit), min(max(r + dr, -limit), limit))
      let change = max(abs(a - s), abs(b - r))
      (s, r) = (a, b)
      if change < 1e-7 { break }
    }
    let value = jet(s, r).value
    guard value > 1 else { return nil }
    return PlaneSupremum.Excess(
      first: first + s / scale, second: second + r / scale, value: value, isMaximum: isMaximum)
  }

  /// The polynomial and its derivatives up to the second, by Horner's rule.
  private func jet(_ s: Double, _ r: Double) -> (
    value: Double, s: Double, r: Double, ss: Double, sr: Double, rr: Double
  ) {
    let n = PlaneSupremum.degree + 1
    var p = (value: 0.0, s: 0.0, r: 0.0, ss: 0.0, sr: 0.0, rr: 0.0)
    for k in stride(from: n - 1, through: 0, by: -1) {
      var (a, b, c) = (0.0, 0.0, 0.0)
      for l in stride(from: n - 1, through: 0, by: -1) {
        c = c * r + 2 * b
        b = b * r + a
        a = a * r + moments[k * n + l]
      }
      p.ss = p.ss * s + 2 * p.s
      p.sr = p.sr * s + p.r
      p.s = p.s * s + p.value
      p.rr = p.rr * s + c
      p.r = p.r * s + b
      p.value = p.value * s + a
    }
    return p
  }
}
