import GSL
import IntervalArithmetic

/// The standard raised cosine f(x) = (1 + cos(pi x))/2 = cos(pi x/2)^2 on [-1, 1].
///
/// - Mean 0, variance 1/3 - 2/pi^2, h = 2 log 2 - 1.
/// - Symmetric: the cosine is. Log-concave: (log f)'' = -(pi^2/2)/cos(pi x/2)^2.
public struct RaisedCosineDensity: StandardDensity, SymmetricDensity, BoundedAboveDensity, LogConcaveDensity {
  /// The standard raised cosine.
  public init() {}

  /// `raised-cosine`.
  public var name: String { "raised-cosine" }
  /// [-1, 1].
  public var support: ClosedRange<Double> { -1...1 }
  /// 1, the end of the support.
  public var reach: Double { 1 }
  /// None inside the support.
  public var corners: [Double] { [] }

  /// 1/3 - 2/pi^2.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 / 3 - 2 / .squared(.pi) }
  /// 2 log 2 - 1: the integral of cos(t)^2 log cos(t) from -pi/2 to pi/2 is pi (1 - 2 log 2)/4.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    2 * .log(2) - 1
  }
  /// ((2/pi) B(5/6, 1/2))^3/12: the integral of cos(t)^(2/3) from -pi/2 to pi/2 is B(5/6, 1/2).
  public var panterDiteConstant: Double {
    let logBeta = logGamma(5 / 6.0) + logGamma(0.5) - logGamma(4 / 3.0)
    return Double.exp(3 * (logBeta + Double.log(2 / Double.pi))) / 12
  }
  /// 0: c is bounded, log 1/q is not.
  public var initialSaving: Double { 0 }

  /// sin(pi (1 - |x|)/2)^2, whose relative error does not grow towards the ends.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number {
    .squared(.sin(.pi * (1 - .sqrt(.squared(x))) / 2))
  }

  /// 1: f is entire.
  @inlinable
  public func radius(at m: Double) -> Double { 1 }

  /// |cos(pi z/2)|^2 = cos(pi x/2)^2 + sinh(pi y/2)^2 for z = x + i y; with |x| at most what it is at m plus 1, and sinh(pi/2)^2 < 5.3,
  /// that is at most 1 + 5.3.
  @inlinable
  public func growth(at m: Double) -> Double { 6.3 / density(m) * (1 + 0x1p-40) }

  /// With f = f(c), cos(pi (c + u)) = cos(pi c) cos(pi u) - sin(pi c) sin(pi u) makes
  ///
  ///     f(c + u)/f = 1 + (1 - 1/(2 f)) (cos(pi u) - 1) - tan(pi c/2) sin(pi u).
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    let c = Number(m) + shift
    // Angles from the nearer end, where the tangent is infinite.
    let angle: Number = .pi * (m > 0 ? 1 - c : 1 + c) / 2
    let sine = Number.sin(angle)
    let tangent = m > 0 ? Number.cos(angle) / sine : -Number.cos(angle) / sine
    let even: Number = 1 - 1 / (2 * Number.squared(sine))
    // (pi u)^k/k!, its sign that of the sine's and cosine's series.
    var power: Number = 1
    for k in stride(from: 1, to: g.count, by: 1) {
      power = power * .pi / Number(k % 2 == 0 ? -k : k)
      g[k] = k % 2 == 0 ? even * power : -(tangent * power)
    }
  }
}

extension RaisedCosineDensity {
  /// cos(pi x/2)^2 + sinh(pi y/2)^2 for z = x + i y, the first largest at an even number, or else at an end.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    func square(_ x: Double) -> Double {
      let cosine = Double.cos(Double.pi / 2 * x)
      return cosine * cosine
    }
    let peak = 2 * (real.upperBound / 2).rounded(.down) >= real.lowerBound
    let along = peak ? 1 : max(square(real.lowerBound), square(real.upperBound))
    let sinh = (Double.exp(Double.pi / 2 * imaginary) - Double.exp(-Double.pi / 2 * imaginary)) / 2
    return (along + sinh * sinh) * (1 + 0x1p-40) + 1e-30
  }
}
