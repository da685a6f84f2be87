import IntervalArithmetic

/// Moments of rectangles of the plane under a bent Gaussian that may be turned, enclosed by Taylor's theorem in two variables.
///
/// The axes of a file need not be those of the bend, so that there is no normal distribution function to integrate along one of
/// them. But the density is C exp(g) with a polynomial g of degree 4: with v = A x + c (`PlaneFrame`), z_0 = v_0/s_0 and z_1 =
/// (v_1 + b v_0^2)/s_1 it is g = -(z_0^2 + z_1^2)/2. About a place its Taylor coefficients f_k, k = (k_0, k_1), follow from
/// those of g by the derivative of exp, on either axis,
///
///     k_0 f_k = sum over j of j_0 g_j f_(k-j).
///
/// With the coefficients of degree below 6 at the middle of the rectangle and those of degree 6 over all of it,
///
///     f(m + d) = sum over |k| < 6 of f_k(m) d^k + sum over |k| = 6 of f_k(somewhere between) d^k,
///
/// whose integrals are products of powers; in those of degree 6 an even power keeps the interval, an odd one is as large as its
/// largest magnitude on both sides. Where that is wide against the probability, the rectangle is halved, and where there is next
/// to nothing of the density (`negligible`) its supremum is enough.
///
/// - Source: Moore, "Interval Analysis", 1966, for the remainder.
struct PlaneRectangles {
  /// From one place to another, on both axes.
  struct Rectangle {
    var left: Double
    var right: Double
    var low: Double
    var high: Double
  }

  private static let order = 6
  /// Probabilities below this one are not looked at any closer.
  private static let negligible = 1e-21
  /// The width, as a share of the probability, of what needs no halving, and the width that needs none in any case.
  private static let tolerance = (share: 5e-7, width: 1e-12)
  /// Half of a rectangle's width in deviations at which a remainder is tried.
  private static let coarsest = 0.35

  private let plane: BentPlane
  /// z_0 = p x + ..., the part of v_1/s_1 that is linear, and of b v_0^2/s_1 that is quadratic.
  private let p: (Interval, Interval)
  private let turn: (Interval, Interval)
  private let turned: (Interval, Interval)
  private let quadratic: (Interval, Interval, Interval)
  private let bend: Interval
  private let scale: Interval
  private let constant: Interval
  private let largestDensity: Double
  private var coefficients = [Interval](repeating: 0, count: Self.indices.count)
  private var slopes = [Interval](repeating: 0, count: 2 * Self.exponents.count)

  /// The powers k of degree up to 6, by degree; those up to 4, but 0, are those of g.
  private static let indices: [(Int, Int)] = (0...order).flatMap { degree in (0...degree).map { (degree - $0, $0) } }
  private static let exponents = indices.filter { (1...4).contains($0.0 + $0.1) }
  private static let reciprocals = (0...order + 3).map { $0 == 0 ? Interval(0) : 1 / Interval($0) }
  private static func position(_ k: (Int, Int)) -> Int { (k.0 + k.1) * (k.0 + k.1 + 1) / 2 + k.1 }

  /// How a coefficient follows from those before it: products of a slope of g and a coefficient of f.
  private struct Step {
    var target: Int
    var divisor: Int
    var products: [(slope: Int, coefficient: Int)]
  }
  private static let steps: [Step] = indices.dropFirst().map { k in
    let isFirst = k.0 > 0
    var products: [(slope: Int, coefficient: Int)] = []
    for (number, j) in exponents.enumerated() where j.0 <= k.0 && j.1 <= k.1 && (isFirst ? j.0 : j.1) > 0 {
      products.append((2 * number + (isFirst ? 0 : 1), position((k.0 - j.0, k.1 - j.1))))
    }
    return Step(target: position(k), divisor: isFirst ? k.0 : k.1, products: products)
  }
  private static let stepsBelowOrder = indices.dropFirst().count { $0.0 + $0.1 < order }

  init(_ plane: BentPlane) {
    self.plane = plane
    let (law, frame) = (plane.law, plane.frame)
    let (s, t) = (Interval(law.first), Interval(law.second))
    let a = (frame.cosine / frame.scale, -frame.sine / frame.scale)
    bend = law.bend()
    scale = t
    p = (a.0 / s, a.1 / s)
    turn = a
    turned = (frame.sine / frame.scale / t, frame.cosine / frame.scale / t)
    quadratic = (bend * .squared(a.0) / t, 2 * bend * a.0 * a.1 / t, bend * .squared(a.1) / t)
    constant = 1 / (2 * .pi * s * t * .squared(frame.scale))
    largestDensity = constant.upper
  }

  /// The moments of a rectangle about an anchor.
  mutating func moments(of rectangle: Rectangle, about anchor: SIMD2<Double>) -> PlaneMoments {
    guard rectangle.left < rectangle.right, rectangle.low < rectangle.high else { return PlaneMoments() }
    var sum = PlaneMoments()
    add(rectangle, anchor, &sum, depth: 0)
    return sum
  }

  private mutating func add(
    _ place: Rectangle, _ anchor: SIMD2<Double>, _ sum: inout PlaneMoments, depth: Int
  ) {
    let box = (Interval.hull(place.left, place.right), Interval.hull(place.low, place.high))
    let (z, slope) = heights(box)
    let area = (place.right - place.left) * (place.high - place.low)
    let exponent = -(Interval.squared(z.0) + .squared(z.1)) / 2
    let most = largestDensity * area * (1 + 0x1p-40)
    if most == 0 || exponent.upper < Double.log(Self.negligible / most) {
      let probability = Interval(Self.negligible)
      let square = probability * (.squared(box.0 - Interval(anchor.x)) + .squared(box.1 - Interval(anchor.y)))
      sum = sum.with(atMost: probability.upper, square: square.upper)
      return
    }
    // In deviations of either latent coordinate, the steepest where the rectangle is.
    let wide = (place.right - place.left) * (p.0.magnitude + slope.0.magnitude)
    let tall = (place.high - place.low) * (p.1.magnitude + slope.1.magnitude)
    if depth < 60 {
      guard max(wide, tall) <= 2 * Self.coarsest, let found = expanded(place, box, exponent) else {
        return halve(place, anchor, &sum, isWide: wide >= tall, depth: depth)
      }
      let center = Self.center(place)
      sum += found.moved(Interval(anchor.x) - center.0, Interval(anchor.y) - center.1)
      return
    }
    // Never reached by rectangles of a plane in doubles that is not flat: the supremum.
    let square = .squared(box.0 - Interval(anchor.x)) + .squared(box.1 - Interval(anchor.y))
    let probability = Interval(most) * .exp(exponent)
    sum = sum.with(atMost: probability.upper, square: (probability * square).upper)
  }

  private mutating func halve(
    _ place: Rectangle, _ anchor: SIMD2<Double>, _ sum: inout PlaneMoments, isWide: Bool, depth: Int
  ) {
    var (one, other) = (place, place)
    if isWide {
      one.right = place.left + (place.right - place.left) / 2
      other.left = one.right
    } else {
      one.high = place.low + (place.high - place.low) / 2
      other.low = one.high
    }
    add(one, anchor, &sum, depth: depth + 1)
    add(other, anchor, &sum, depth: depth + 1)
  }

  private static func center(_ place: Rectangle) -> (Interval, Interval) {
    ((Interval(place.left) + Interval(place.right)) / 2, (Interval(place.low) + Interval(place.high)) / 2)
  }

  /// z_0 and z_1 over a box, and the slopes of z_1.
  private func heights(
    _ box: (Interval, Interval)
  ) -> (z: (Interval, Interval), slope: (Interval, Interval)) {
    let v = plane.frame.standard(box)
    let lean = 2 * bend * v.0 / scale
    return (
      (v.0 / Interval(plane.law.first), (v.1 + bend * .squared(v.0)) / scale),
      (turned.0 + lean * turn.0, turned.1 + lean * turn.1)
    )
  }

  /// Fills the coefficients of exp(g) about every place in a box, less the factor C exp(g_0).
  private mutating func expand(_ box: (Interval, Interval), steps: Int) {
    let (z, q) = heights(box)
    let half = Interval(0.5)
    let r = quadratic
    let g: [Interval] = [
      -(z.0 * p.0 + z.1 * q.0), -(z.0 * p.1 + z.1 * q.1),
      -half * (.squared(p.0) + .squared(q.0)) - z.1 * r.0, -(p.0 * p.1 + q.0 * q.1 + z.1 * r.1),
      -half * (.squared(p.1) + .squared(q.1)) - z.1 * r.2,
      -(q.0 * r.0), -(q.0 * r.1 + q.1 * r.0), -(q.0 * r.2 + q.1 * r.1), -(q.1 * r.2),
      -half * .squared(r.0), -(r.0 * r.1), -half * (.squared(r.1) + 2 * r.0 * r.2), -(r.1 * r.2), -half * .squared(r.2),
    ]
    for (number, j) in Self.exponents.enumerated() {
      slopes[2 * number] = Interval(j.0) * g[number]
      slopes[2 * number + 1] = Interval(j.1) * g[number]
    }
    coefficients[0] = 1
    for step in Self.steps.prefix(steps) {
      var sum = Interval(0)
      for (slope, coefficient) in step.products { sum = .fma(slopes[slope], coefficients[coefficient], sum) }
      coefficients[step.target] = sum * Self.reciprocals[step.divisor]
    }
  }

  /// The moments about the middle; nil where they are too wide.
  private mutating func expanded(_ place: Rectangle, _ box: (Interval, Interval), _ exponent: Interval) -> PlaneMoments?
  {
    let radius = ((Interval(place.right) - Interval(place.left)) / 2, (Interval(place.high) - Interval(place.low)) / 2)
    // The integrals of d^i over both sides, for an even i; for an odd one that of |d|^i.
    func powers(_ r: Interval) -> [Interval] {
      var powers: [Interval] = []
      var power = 2 * r
      for i in 0...Self.order + 2 {
        powers.append(power * Self.reciprocals[i + 1])
        power = power * r
      }
      return powers
    }
    let (a, b) = (powers(radius.0), powers(radius.1))
    func even(_ i: Int, _ j: Int) -> Bool { i % 2 == 0 && j % 2 == 0 }
    // The remainder first.
    expand(box, steps: Self.steps.count)
    let factor = constant * .exp(exponent)
    var rest = PlaneMoments()
    for k in 0...Self.order {
      let (i, j) = (Self.order - k, k)
      let f = factor * coefficients[Self.position((i, j))]
      func term(_ i: Int, _ j: Int) -> Interval {
        let weight = a[i] * b[j]
        let bound = f.magnitude
        return weight * (even(i, j) ? f : .hull(-bound, bound))
      }
      rest.probability = rest.probability + term(i, j)
      rest.first = rest.first + term(i + 1, j)
      rest.second = rest.second + term(i, j + 1)
      rest.square = rest.square + term(i + 2, j) + term(i, j + 2)
    }
    let center = Self.center(place)
    let z = heights(center).z
    let middle = constant * .exp(-(Interval.squared(z.0) + .squared(z.1)) / 2)
    guard
      rest.probability.width
        <= max(Self.tolerance.width, Self.tolerance.share * middle.lower * a[0].lower * b[0].lower)
    else { return nil }
    expand(center, steps: Self.stepsBelowOrder)
    var sum = PlaneMoments()
    for (number, (i, j)) in Self.indices.prefix(Self.stepsBelowOrder + 1).enumerated() {
      let f = coefficients[number]
      if even(i, j) {
        sum.probability = sum.probability + f * a[i] * b[j]
        sum.square = sum.square + f * (a[i + 2] * b[j] + a[i] * b[j + 2])
      } else if even(i + 1, j) {
        sum.first = sum.first + f * a[i + 1] * b[j]
      } else if even(i, j + 1) {
        sum.second = sum.second + f * a[i] * b[j + 1]
      }
    }
    sum = PlaneMoments(
      probability: middle * sum.probability, first: middle * sum.first, second: middle * sum.second,
      square: middle * sum.square)
    sum += rest
    return sum
  }
}
