#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Floating point as the number that finds: fast, correctly specialised, a few ulps of error and no claim.
//
// The three functions with a removable singularity at 0 switch to their Taylor series below |x| = 1/2, where eight terms
// leave a truncation error below 1e-20 of the leading one. Above it the direct formula loses at most a factor 24
// (1 - sinc) or 12 (sinc - cos) of relative accuracy to cancellation, that is, stays below 1e-14.

extension Double: RealNumber {
  @inlinable
  public static func squared(_ x: Double) -> Double { x * x }

  @inlinable
  public static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  @inlinable
  public static func log(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.log(x)
    #else
      Glibc.log(x)
    #endif
  }

  @inlinable
  public static func log1p(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.log1p(x)
    #else
      Glibc.log1p(x)
    #endif
  }

  @inlinable
  public static func exp(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.exp(x)
    #else
      Glibc.exp(x)
    #endif
  }

  @inlinable
  public static func expm1(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.expm1(x)
    #else
      Glibc.expm1(x)
    #endif
  }

  @inlinable
  public static func sin(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.sin(x)
    #else
      Glibc.sin(x)
    #endif
  }

  @inlinable
  public static func cos(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.cos(x)
    #else
      Glibc.cos(x)
    #endif
  }

  @inlinable
  public static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x) / x
  }

  @inlinable
  public static func oneMinusSinc(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return 1 - sin(x) / x }
    return alternatingSeries(x * x, firstDenominator: 6, nextFactor: { k in (2 * k + 2) * (2 * k + 3) })
  }

  @inlinable
  public static func sincMinusCos(_ x: Double) -> Double {
    guard abs(x) < 0.5 else { return sin(x) / x - cos(x) }
    return alternatingSeries(
      x * x, firstDenominator: 3, nextFactor: { k in 2 * k * (2 * k + 3) })
  }

  @inlinable
  public static func xlogx(_ x: Double) -> Double {
    x == 0 ? 0 : x * log(x)
  }

  /// y/d - y^2/(d f(1)) + y^3/(d f(1) f(2)) - ..., eight terms by Horner's rule.
  @inlinable
  static func alternatingSeries(_ y: Double, firstDenominator: Double, nextFactor: (Double) -> Double) -> Double {
    var sum = 1.0
    for k in stride(from: 7.0, through: 1.0, by: -1.0) {
      sum = 1 - y / nextFactor(k) * sum
    }
    return y / firstDenominator * sum
  }
}
