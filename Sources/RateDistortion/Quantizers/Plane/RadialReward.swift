import IntervalArithmetic
import ParallelBlocks

/// What a reproduction earns against a multiplier that is a function of the radius, for a source that is a round Gaussian: the
/// supremum over w of E[(c(X) + 1 + log w - beta |X - y|^2)_+]/w (`OneShotReward` has any c).
///
/// With U = |X|^2/(2 s^2), which is exponential with mean 1, and the angle theta between X and y,
///
///     c + t - beta |X - y|^2 = A + B cos(theta),   A = c(U) + t - beta (2 s^2 U + y^2),   B = 2 beta s y sqrt(2 U),
///
/// and the mean over the angle is
///
///     g(A, B) = A  if A >= B,   0  if A <= -B,   (A phi + B sin phi)/pi,  cos phi = -A/B,  between:
///
/// convex in (A, B) and increasing in both. c is linear in U on a ring between knots, so A is; B is concave in U and below its
/// tangent in the ring's middle. With the tangent for B, g is convex in U, and its mean over the ring at most the chord's: the
/// values at both ends, weighed so that U has its mean. That is an upper bound with an error of the second order in the ring's
/// width, and no derivatives.
///
/// *Between the grid's t* as for `OneShotReward`. Rings cover U <= 36; beyond is a probability of exp(-36).
///
/// *Rounding.* A and B are below 3e4 in magnitude, so that g errs by less than 1e-11 (it is the largest A phi + B sin phi over
/// phi, and an error of the arc cosine only makes it less, by its square); w is at least exp(-13), and probabilities sum to 1.
/// So S errs by less than 1e-5, which is added.
struct RadialReward {
  /// What of a ring g is taken at, at either end: c, 2 s^2 U, and the tangent of s sqrt(2 U).
  struct End {
    let c: Double
    let square: Double
    let radius: Double
  }

  struct Ring {
    let probability: Double
    let low: End
    let high: End
    /// The weight of the upper end.
    let share: Double
    /// E U on the ring.
    let mean: Double
  }

  let rings: [Ring]
  let slope: Double
  /// E c on what the rings cover.
  let expectation: Double
  /// s.
  let scale: Double
  private let top: Double
  private let step: Double
  private let largest: Double
  /// The largest U of the rings, and what lies beyond.
  private static let reach = 36.0
  private static let rounding = 1e-5
  static var probabilityOutside: Double { Interval.exp(-Interval(reach)).upper }

  /// - Parameters:
  ///   - width: the largest width of a ring, in units of x.
  ///   - top: the largest t, 1 + log w.
  ///   - step: that of the grid of t.
  init(_ source: BentGaussian, _ dual: OneShotDual, width: Double, top: Double, step: Double = 0.04) {
    slope = dual.slope
    scale = source.first
    self.top = top
    self.step = step
    largest = dual.values.max() ?? 0
    let s = scale
    let radii = dual.first + [(2 * Self.reach).squareRoot()]
    var rings: [Ring] = []
    var sum = 0.0
    for (knot, (a, b)) in zip(radii, radii.dropFirst()).enumerated() {
      let count = max(1, Int(((b - a) * s / width).rounded(.up)))
      let (from, to) = (dual.values[knot], dual.values[min(knot + 1, dual.values.count - 1)])
      for k in 0..<count {
        let ends = (
          a + (b - a) * (Double(k) / Double(count)), a + (b - a) * (Double(k + 1) / Double(count))
        )
        let (u, v) = (ends.0 * ends.0 / 2, ends.1 * ends.1 / 2)
        // The share of the mean: 1/h - 1/(exp(h) - 1) of the way, h = v - u.
        let share = Self.share(v - u)
        let p = Double.exp(-u) * -Double.expm1(u - v)
        let middle = (u + v) / 2
        func end(_ w: Double) -> End {
          let c = from + (to - from) * min(1, max(0, (w - a * a / 2) / ((b * b - a * a) / 2)))
          let root = (2 * middle).squareRoot()
          return End(c: c, square: 2 * s * s * w, radius: s * (root + (w - middle) / root))
        }
        let ring = Ring(probability: p, low: end(u), high: end(v), share: share, mean: u + share * (v - u))
        rings.append(ring)
        sum += p * (ring.low.c + share * (ring.high.c - ring.low.c))
      }
    }
    self.rings = rings
    expectation = sum
  }

  /// 1/h - 1/(exp(h) - 1) = 1/2 - h/12 + h^3/720 - ...
  private static func share(_ h: Double) -> Double {
    h < 0.05 ? 0.5 - h / 12 + h * h * h / 720 : 1 / h - 1 / Double.expm1(h)
  }

  /// g.
  @inline(__always)
  private static func mean(_ a: Double, _ b: Double) -> Double {
    guard a > -b else { return 0 }
    guard a < b else { return a }
    let cosine = -a / b
    return (a * Double.acos(cosine) + b * (1 - cosine * cosine).squareRoot()) * (1 / Double.pi)
  }

  /// The largest that a reproduction at the radius y earns over the grid of t, from above, and its t.
  func supremum(at y: Double) -> (value: Double, place: Double) {
    // c + 1 + log w - beta (|x| - y)^2 is what the best angle earns.
    let active = rings.filter { ring in
      let gap = max(0, ring.low.square.squareRoot() - y, y - ring.high.square.squareRoot())
      return max(ring.low.c, ring.high.c) + top > slope * gap * gap - 1e-6
    }
    let ends = active.map { ring in
      func levels(_ end: End) -> SIMD2<Double> {
        SIMD2(end.c - slope * (end.square + y * y), 2 * slope * y * end.radius)
      }
      return (low: levels(ring.low), high: levels(ring.high), p: ring.probability, share: ring.share)
    }
    var best = (value: 0.0, place: top)
    for k in 0...Int(((top + largest) / step + 1).rounded(.up)) {
      let t = top - Double(k) * step
      var sum = 0.0
      for end in ends {
        let (low, high) = (Self.mean(end.low.x + t, end.low.y), Self.mean(end.high.x + t, end.high.y))
        sum += end.p * (low + end.share * (high - low))
      }
      let earned = sum * Double.exp(1 - t)
      if earned > best.value { best = (earned, t) }
    }
    return best
  }

  /// The largest that is earned at the radii 0, `spacing`, ... and the reproductions where it is.
  func suprema(spacing: Double, reach: Double) -> [(radius: Double, value: Double, t: Double)] {
    parallelMap(count: Int((reach * scale / spacing).rounded(.up)) + 1, block: 1) { index in
      let y = Double(index) * spacing
      let found = supremum(at: y)
      return (y, found.value, found.place)
    }
  }

  /// S from above.
  ///
  /// Between two neighbouring radii of the lattice, as in `OneShotProof`, the expectation is convex in y at constant t - beta |y -
  /// y_0|^2, so that a factor exp(beta h^2/4) is enough. Beyond the rings y earns less than at their edge.
  static func supremum(
    _ dual: OneShotDual, of source: BentGaussian, width: Double, spacing: Double
  ) -> (supremum: Double, expectation: Double) {
    let excess = dual.slope * spacing * spacing / 4 * (1 + 0x1p-40)
    let step = 0.04
    let reward = RadialReward(source, dual, width: width, top: 1 + excess, step: step)
    let lattice = reward.suprema(spacing: spacing, reach: (2 * reach).squareRoot()).reduce(0) { worst($0, $1.value) }
    let tail = probabilityOutside * Double.exp(dual.values.max() ?? 0)
    return (
      lattice * (1 + step * step / 6) * Double.exp(excess) + tail + rounding,
      reward.expectation - probabilityOutside * max(0, -(dual.values.min() ?? 0)) - 1e-10
    )
  }
}
