import IntervalArithmetic

/// What a reproduction y earns at most against a multiplier c: the supremum over w of E[(c(X) + 1 + log w - beta |X -
/// y|^2)_+]/w.
///
/// With t = 1 + log w and a(x) = c(x) - beta |x - y|^2 it is the supremum of G(t) exp(1 - t), G(t) = E[(a + t)_+]. About the
/// middle of a box of the latent plane, with r the way from y to the image of the middle and u the way from there,
///
///     |x - y|^2 = |r|^2 + 2 r.u + |u|^2,     u = (s_0 ds, s_1 dt - 2 b s_0^2 s ds - b s_0^2 ds^2).
///
/// So a is at most a function affine in (ds, dt), joined from c and 2 r.u, plus the most that what is left can add: -beta |u|^2
/// is dropped. ds and dt are independent, and the positive part of an affine function is convex in each: its mean is at most
/// that over atoms at the ends and in the middle of a side, of the same mean in either half. Every box becomes nine atoms, and
/// an upper bound on G is the sum over atoms of q (v + t)_+: piecewise linear, and summed at all t of a grid at once. Its error
/// is of the second order in the boxes' width.
///
/// *Between the grid's t.* G is convex, so at most its chord L; where L e^-t has its largest value inside a step of length d,
/// L'/L is at most 1/(1 - d) there and the logarithm of L e^-t at most d^2/8/(1 - d)^2 above that of an end: a factor below 1 +
/// d^2/6.
struct OneShotReward {
  let boxes: LatentBoxes
  let slope: Double
  /// The t of the grid, t_0 ... t_n; below t_0 nothing is earned.
  private let start: Double
  private let count: Int
  /// exp(1 - t).
  private let discounts: [Double]
  /// d.
  private static let step = 0.04
  private static let inverseStep = 1 / step
  /// The factor by which the supremum over all t may exceed that over the grid.
  static let betweenSteps = 1 + step * step / 6
  private let top: Double
  private let ends: [Double]

  /// - Parameter top: the largest t, 1 + log w.
  init(_ boxes: LatentBoxes, slope: Double, top: Double) {
    self.boxes = boxes
    self.slope = slope
    self.top = top
    let largest = boxes.largest.max() ?? 0
    count = Int(((top + largest + 0.5) / Self.step).rounded(.up))
    let start = top - Double(count) * Self.step
    self.start = start
    discounts = (0...count).map { Double.exp(1 - (start + Double($0) * Self.step)) }
    ends = boxes.rows.map { $0.middle + $0.half }
  }

  /// Sums of probabilities and values of atoms, by the step from which on they earn.
  struct Scratch {
    fileprivate var probability: [Double]
    fileprivate var value: [Double]
  }

  func scratch() -> Scratch {
    Scratch(
      probability: [Double](repeating: 0, count: count + 1), value: [Double](repeating: 0, count: count + 1))
  }

  /// The supremum over the grid's t, from above with `isBound`; without it a box is four points with its mean and variance, and it
  /// is an estimate.
  /// And its t.
  func supremum(
    first y0: Double, second y1: Double, isBound: Bool, _ scratch: inout Scratch
  ) -> (value: Double, place: Double) {
    for k in 0...count { (scratch.probability[k], scratch.value[k]) = (0, 0) }
    scratch.probability.withUnsafeMutableBufferPointer { probability in
      scratch.value.withUnsafeMutableBufferPointer { value in
        visit(first: y0, second: y1) { i, j, p, level in
          guard isBound else {
            let (u, v) = (level.first * 0.5773502691896258, level.second * 0.5773502691896258)
            for place in [level.mean + u + v, level.mean + u - v, level.mean - u + v, level.mean - u - v] {
              add(p / 4, place, probability, value)
            }
            return
          }
          let (columns, rows) = (boxes.columns[i].atoms, boxes.rows[j].atoms)
          for a in 0..<3 {
            let (q, v) = (p * columns[a], level.most + Double(a - 1) * level.first)
            add(q * rows[0], v - level.second, probability, value)
            add(q * rows[1], v, probability, value)
            add(q * rows[2], v + level.second, probability, value)
          }
        }
      }
    }
    var best = (value: 0.0, step: 0)
    var (p, q) = (0.0, 0.0)
    for k in 0...count {
      p += scratch.probability[k]
      q += scratch.value[k]
      let earned = (q + p * (start + Double(k) * Self.step)) * discounts[k]
      if earned > best.value { best = (earned, k) }
    }
    return (best.value, start + Double(best.step) * Self.step)
  }

  @inline(__always)
  private func add(
    _ p: Double, _ v: Double, _ probability: UnsafeMutableBufferPointer<Double>,
    _ value: UnsafeMutableBufferPointer<Double>
  ) {
    let place = ((-v - start) * Self.inverseStep).rounded(.up)
    guard place <= Double(count) else { return }
    let k = place > 0 ? Int(place) : 0
    probability[k] += p
    value[k] += p * v
  }

  /// a on a box.
  struct Level {
    /// Its mean.
    let mean: Double
    /// a is at most this in the middle, and at most so much more to either end of the sides.
    let most: Double
    let first: Double
    let second: Double
  }

  /// Calls `body` with the column, the row, the probability and a of every box on which a + t may be positive for some t.
  @inline(__always)
  func visit(
    first y0: Double, second y1: Double, _ body: (_ column: Int, _ row: Int, _ p: Double, _ level: Level) -> Void
  ) {
    let source = boxes.source
    let (s0, s1, bend) = (source.first, source.second, boxes.bend)
    let curved = bend * s0 * s0
    let beta = slope
    let (spread, curvedSpread, across) = (s0 * s0, curved * curved, s1 * s1)
    boxes.boxes.withUnsafeBufferPointer { all in
      boxes.rows.withUnsafeBufferPointer { rows in
        for (i, column) in boxes.columns.enumerated() {
          let (left, right) = (s0 * (column.middle - column.half), s0 * (column.middle + column.half))
          let away = max(0, left - y0, y0 - right)
          let square = (boxes.largest[i] + top + 1e-6) / beta - away * away
          guard square > 0 else { continue }
          let reach = square.squareRoot()
          let (near, far) = (min(abs(left), abs(right)), max(abs(left), abs(right)))
          let low = (y1 - reach + bend * near * near) / s1 - 1e-9
          let high = (y1 + reach + bend * far * far) / s1 + 1e-9
          var j = ends.partitioningIndex { $0 >= low }
          let middle = s0 * column.middle
          let r0 = middle - y0
          let sag = bend * middle * middle
          let columnVariance = spread * column.variance + curvedSpread * column.squareVariance
          let (u0, arch) = (s0 * column.half, curved * column.half * column.half)
          let tilt = 2 * curved * column.middle * column.half
          while j < rows.count, rows[j].middle - rows[j].half <= high {
            let (box, row) = (all[i * rows.count + j], rows[j])
            let (d0, d1) = (box.first - y0, box.second - y1)
            let mean = box.mean - beta * (d0 * d0 + d1 * d1 + columnVariance + across * row.variance)
            let r1 = s1 * row.middle - sag - y1
            let centre = box.middle - beta * (r0 * r0 + r1 * r1)
            let level = Level(
              mean: mean, most: centre + box.twist + 2 * beta * max(0, r1) * arch + 1e-10,
              first: box.alongFirst - 2 * beta * (r0 * u0 - r1 * tilt),
              second: box.alongSecond - 2 * beta * r1 * s1 * row.half)
            body(i, j, column.probability * row.probability, level)
            j += 1
          }
        }
      }
    }
  }
}
