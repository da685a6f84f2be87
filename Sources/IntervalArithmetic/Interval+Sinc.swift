// sin(x)/x and its two companions: the pair correlation of a random phase and its slope.
//
// Priorities: containment; relative accuracy near 0, where 1 - sinc and sinc - cos vanish like x^2/6 and x^2/3; exact
// ranges for wide intervals up to z = 4.4934...; beyond z, containment only (sine, cosine and quotient are evaluated as
// they stand).
//
// All three are even, so |x| is used throughout. Where they rise and fall:
//
// - S(x) = sinc(x) - cos(x) is x times the spherical Bessel function j1, and solves S'' = (2/x^2 - 1) S with S(0) =
//   S'(0) = 0. Let z be its first positive zero, the first root of tan x = x. On (0, sqrt 2] S'' > 0, so S' > 0. On
//   (sqrt 2, z) S'' < 0, so S' decreases and changes sign once, at x* = 2.7437..., the root of x^2 sin x - sin x + x
//   cos x. So S rises on [0, x*], falls on [x*, z], and is positive in between.
// - sinc' = -S/x, so sinc falls on [0, z] and 1 - sinc rises. sinc(z) is the global minimum of sinc: at critical points
//   sinc = cos = +- 1/sqrt(1 + x^2), and z is the first.

extension Interval {
  /// The set of all sin(x)/x, 1 at 0.
  @inlinable
  public static func sinc(_ x: Interval) -> Interval {
    let distance = abs(x)
    guard distance.upper <= firstZero else { return wideSinc(distance) }
    return Interval(
      uncheckedLower: sincOfPoint(distance.upper).lower, upper: sincOfPoint(distance.lower).upper)
  }

  /// The set of all 1 - sin(x)/x, 0 at 0.
  @inlinable
  public static func oneMinusSinc(_ x: Interval) -> Interval {
    let distance = abs(x)
    guard distance.upper <= firstZero else { return wideOneMinusSinc(distance) }
    return Interval(
      uncheckedLower: oneMinusSincOfPoint(distance.lower).lower, upper: oneMinusSincOfPoint(distance.upper).upper)
  }

  /// The set of all sin(x)/x - cos(x), 0 at 0.
  @inlinable
  public static func sincMinusCos(_ x: Interval) -> Interval {
    let distance = abs(x)
    guard distance.upper <= firstZero else { return wideSincMinusCos(distance) }
    if distance.upper <= peak.lower {
      return Interval(
        uncheckedLower: sincMinusCosOfPoint(distance.lower).lower, upper: sincMinusCosOfPoint(distance.upper).upper)
    }
    let left = sincMinusCosOfPoint(distance.lower)
    let right = sincMinusCosOfPoint(distance.upper)
    let isFalling = distance.lower >= peak.upper
    return Interval(
      uncheckedLower: Swift.min(left.lower, right.lower), upper: isFalling ? left.upper : peakValue.upper)
  }

  // MARK: Critical points

  /// z rounded down; z is the first positive root of tan x = x.
  @inlinable
  static var firstZero: Double { 0x1.1f940543506acp+2 }

  /// sinc(z), the least value of sinc, between two neighbouring numbers.
  @inlinable
  static var leastSinc: Interval {
    Interval(uncheckedLower: -0x1.bce4fc0611a76p-3, upper: -0x1.bce4fc0611a75p-3)
  }

  /// x*, where sinc - cos is greatest on [0, z], between two neighbouring numbers.
  @inlinable
  static var peak: Interval {
    Interval(uncheckedLower: 0x1.5f31ccc13505cp+1, upper: 0x1.5f31ccc13505dp+1)
  }

  /// The value there.
  @inlinable
  static var peakValue: Interval {
    Interval(uncheckedLower: 0x1.10278fb745386p+0, upper: 0x1.10278fb745387p+0)
  }

  // MARK: Points x >= 0

  @inlinable
  static func sincOfPoint(_ x: Double) -> Interval {
    x < SincSeries.limit ? 1 - oneMinusSincOfPoint(x) : sinOfPoint(x) / Interval(uncheckedLower: x, upper: x)
  }

  @inlinable
  static func oneMinusSincOfPoint(_ x: Double) -> Interval {
    guard x < SincSeries.limit else { return 1 - sincOfPoint(x) }
    guard x > 0x1p-480 else { return tinySeries(x, leadingDivisor: 6) }
    return seriesEnclosure(SincSeries.oneMinusSinc(x))
  }

  @inlinable
  static func sincMinusCosOfPoint(_ x: Double) -> Interval {
    guard x < SincSeries.limit else { return sincOfPoint(x) - cosOfPoint(x) }
    guard x > 0x1p-480 else { return tinySeries(x, leadingDivisor: 3) }
    return seriesEnclosure(SincSeries.sincMinusCos(x))
  }

  @inlinable
  static func seriesEnclosure(_ computed: Double) -> Interval {
    Interval(
      uncheckedLower: ElementaryFunctionAssumption.moved(computed, by: -SincSeries.ulps),
      upper: ElementaryFunctionAssumption.moved(computed, by: SincSeries.ulps))
  }

  /// Where x^2 may underflow: both series lie between y/d (1 - y) and y/d.
  @usableFromInline
  static func tinySeries(_ x: Double, leadingDivisor: Int) -> Interval {
    let y = squared(Interval(uncheckedLower: x, upper: x))
    let leading = y / Interval(leadingDivisor)
    return Interval(uncheckedLower: (leading * (1 - y)).lower, upper: leading.upper)
  }

  // MARK: Beyond the first zero

  /// The part of an interval of distances up to z, and the part beyond; either may be empty.
  @usableFromInline
  static func split(_ distance: Interval) -> (near: Interval, far: Interval) {
    (
      distance.intersection(with: Interval(uncheckedLower: 0, upper: firstZero)),
      distance.intersection(with: Interval(uncheckedLower: firstZero, upper: .infinity))
    )
  }

  @usableFromInline
  static func wideSinc(_ distance: Interval) -> Interval {
    let (near, far) = split(distance)
    if far.isEmpty { return .empty }
    let beyond = sin(far) / far
    let known = Interval(uncheckedLower: clamped(beyond.lower, atLeast: leastSinc.lower), upper: beyond.upper)
    return near.isEmpty ? known : known.hull(with: sinc(near))
  }

  @usableFromInline
  static func wideOneMinusSinc(_ distance: Interval) -> Interval {
    let (near, far) = split(distance)
    if far.isEmpty { return .empty }
    let beyond = 1 - wideSinc(far)
    return near.isEmpty ? beyond : beyond.hull(with: oneMinusSinc(near))
  }

  @usableFromInline
  static func wideSincMinusCos(_ distance: Interval) -> Interval {
    let (near, far) = split(distance)
    if far.isEmpty { return .empty }
    let beyond = wideSinc(far) - cos(far)
    return near.isEmpty ? beyond : beyond.hull(with: sincMinusCos(near))
  }
}
