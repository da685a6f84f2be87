import IntervalArithmetic

/// Where files have a bent Gaussian: turned, scaled and shifted.
///
///     x = r R^T v + c,      R = (cos a, -sin a; sin a, cos a),
///
/// v a realisation of `BentGaussian`. No rate changes, and squared errors become r^2 as large.
///
/// The banana of the public trainer (tensorflow/compression, models/toy_sources) is turned by 240 degrees and shifted by
/// (-1, -1): its density at x is that of the standard one at v = R (x + (1, 1)).
struct PlaneFrame: Sendable {
  /// cos a and sin a.
  let cosine: Interval
  let sine: Interval
  /// r.
  let scale: Interval
  /// c.
  let center: SIMD2<Double>

  /// That of a source as it is, but for its scale.
  init(squaredScale: Interval = 1) {
    (cosine, sine, scale, center) = (1, 0, .sqrt(squaredScale), .zero)
  }

  private init(cosine: Interval, sine: Interval, center: SIMD2<Double>) {
    (self.cosine, self.sine, self.scale, self.center) = (cosine, sine, 1, center)
  }

  /// The public trainer's banana.
  static let trainer = PlaneFrame(cosine: Interval(-0.5), sine: -.sqrt(Interval(3)) / 2, center: SIMD2(-1, -1))

  /// v of a place of a file.
  func standard(_ x: (Interval, Interval)) -> (Interval, Interval) {
    let u = (x.0 - Interval(center.x)) / scale
    let w = (x.1 - Interval(center.y)) / scale
    return (cosine * u - sine * w, sine * u + cosine * w)
  }

  /// x of a standard place.
  func place(_ v: (Interval, Interval)) -> (Interval, Interval) {
    (
      scale * (cosine * v.0 + sine * v.1) + Interval(center.x),
      scale * (cosine * v.1 - sine * v.0) + Interval(center.y)
    )
  }
}

/// A source in the plane, as files have it: what encoders of it are evaluated on.
public struct BentPlane: Sendable {
  let law: BentGaussian
  let frame: PlaneFrame
  /// A square about the frame's center, half as wide, outside of which there is next to nothing.
  let reach: Double
  /// What lies outside of it at most: the probability, and its part of E|x - c|^2.
  let outside: (probability: Double, square: Double)

  /// Half of the square's width is more than |v| r of anything within 8.5 deviations of both latent coordinates; outside of it
  /// one of them lies beyond, |Z_0| (`BentGaussian.tail`) or |Z_1| > a. The latter has with Q(a) <= f(a)/a at most the
  /// probability p = 2 f(a)/a and the part 2 s_1^2 2 f(a) (a + 1/a) + p (s_0^2 + 6 b^2 s_0^4) of E|v|^2, for |v|^2 <= Z_0^2 + 2
  /// Z_1^2 + 2 b^2 Z_0^4 and Z_0 is independent of Z_1.
  init(_ law: BentGaussian, frame: PlaneFrame) {
    (self.law, self.frame) = (law, frame)
    let a = Interval(BentGaussian.reach)
    let (s, t) = (Interval(law.first), Interval(law.second))
    let far = a * s + a * t + law.bend() * Interval.squared(a * s)
    reach = (frame.scale * far).upper * (1 + 0x1p-20)
    let density = Interval.exp(-.squared(a) / 2) / .sqrt(2 * .pi)
    let p = 2 * density / a
    let square = 4 * .squared(t) * density * (a + 1 / a) + p * (.squared(s) + 6 * .squared(law.bend() * .squared(s)))
    outside = (
      (Interval(law.tail.probability) + p).upper,
      (.squared(frame.scale) * (Interval(law.tail.square) + square)).upper
    )
  }

  /// The probability of all places less likely than one, in floating point: exp(-(z_0^2 + z_1^2)/2).
  public func probability(below place: SIMD2<Double>) -> Double {
    density(place.x, place.y) / density(likeliest.x, likeliest.y)
  }

  /// The likeliest place.
  private var likeliest: SIMD2<Double> {
    let place = frame.place((0, 0))
    return SIMD2(place.0.midpoint, place.1.midpoint)
  }

  /// The least rectangle that holds all places but the less likely ones of a probability, in floating point.
  public func window(beyond probability: Double) -> (first: ClosedRange<Double>, second: ClosedRange<Double>) {
    let radius = (-2 * Double.log(probability)).squareRoot()
    let bend: Double = law.bend()
    let places = (0..<720).map { step -> SIMD2<Double> in
      let angle = 2 * Double.pi * Double(step) / 720
      let v0 = law.first * radius * Double.cos(angle)
      let v1 = law.second * radius * Double.sin(angle) - bend * v0 * v0
      let place = frame.place((Interval(v0), Interval(v1)))
      return SIMD2(place.0.midpoint, place.1.midpoint)
    }
    let (x, y) = (places.map(\.x), places.map(\.y))
    return ((x.min() ?? 0)...(x.max() ?? 0), (y.min() ?? 0)...(y.max() ?? 0))
  }

  /// The density at a place, in floating point.
  func density(_ x: Double, _ y: Double) -> Double {
    let (c, s, r) = (frame.cosine.midpoint, frame.sine.midpoint, frame.scale.midpoint)
    let (u, w) = ((x - frame.center.x) / r, (y - frame.center.y) / r)
    let (v0, v1) = (c * u - s * w, s * u + c * w)
    let bend: Double = law.bend()
    let (z0, z1) = (v0 / law.first, (v1 + bend * v0 * v0) / law.second)
    return Double.exp(-(z0 * z0 + z1 * z1) / 2) / (2 * .pi * law.first * law.second * r * r)
  }
}
