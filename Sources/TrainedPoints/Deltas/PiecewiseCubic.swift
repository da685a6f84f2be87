/// A function that is a cubic between each two of its knots, given by its values and slopes there (Hermite's form).
struct PiecewiseCubic: Sendable {
  /// The knots, strictly increasing, at least two.
  let x: [Double]
  let y: [Double]
  let slopes: [Double]

  /// The value on a piece: of the two knots around t, the place of the left one is known.
  private func value(at t: Double, piece: Int) -> Double {
    let h = x[piece + 1] - x[piece]
    let s = (t - x[piece]) / h
    let r = 1 - s
    return y[piece] * r * r * (1 + 2 * s) + y[piece + 1] * s * s * (1 + 2 * r)
      + h * s * r * (slopes[piece] * r - slopes[piece + 1] * s)
  }

  /// The integral from one place between the first and the last knot to another: Simpson's rule is exact for cubics.
  func integral(from low: Double, to high: Double) -> Double {
    var sum = 0.0
    for piece in 0..<x.count - 1 {
      let (a, b) = (max(low, x[piece]), min(high, x[piece + 1]))
      guard a < b else { continue }
      let ends = value(at: a, piece: piece) + value(at: b, piece: piece)
      sum += (b - a) / 6 * (ends + 4 * value(at: a / 2 + b / 2, piece: piece))
    }
    return sum
  }
}
