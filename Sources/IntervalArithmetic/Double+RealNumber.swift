#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

// Floating point as the number that finds: fast, correctly specialised, a few ulps of error and no claim.
//
// 1 - sinc and sinc - cos switch to their Taylor series below |x| = 1 (`SincSeries`, relative error below 1e-15). Above
// it the direct formulas lose at most a factor 6 to cancellation up to x = pi, that is, stay below 2e-15.

extension Double: RealNumber {
  /// x times x, rounded once.
  @inlinable
  public static func squared(_ x: Double) -> Double { x * x }

  /// The square root, rounded once; not a number below 0.
  @inlinable
  public static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  /// The natural logarithm as the C library has it.
  @inlinable
  public static func log(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.log(x)
    #else
      Glibc.log(x)
    #endif
  }

  /// log(1 + x) as the C library has it.
  @inlinable
  public static func log1p(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.log1p(x)
    #else
      Glibc.log1p(x)
    #endif
  }

  /// The exponential as the C library has it.
  @inlinable
  public static func exp(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.exp(x)
    #else
      Glibc.exp(x)
    #endif
  }

  /// exp(x) - 1 as the C library has it.
  @inlinable
  public static func expm1(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.expm1(x)
    #else
      Glibc.expm1(x)
    #endif
  }

  /// The sine as the C library has it.
  @inlinable
  public static func sin(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.sin(x)
    #else
      Glibc.sin(x)
    #endif
  }

  /// The cosine as the C library has it.
  @inlinable
  public static func cos(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.cos(x)
    #else
      Glibc.cos(x)
    #endif
  }

  /// The arc cosine as the C library has it.
  @inlinable
  public static func acos(_ x: Double) -> Double {
    #if canImport(Darwin)
      Darwin.acos(x)
    #else
      Glibc.acos(x)
    #endif
  }

  /// sin(x)/x, 1 at 0.
  @inlinable
  public static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x) / x
  }

  /// 1 - sin(x)/x, by its series up to |x| = 1.
  @inlinable
  public static func oneMinusSinc(_ x: Double) -> Double {
    abs(x) < SincSeries.limit ? SincSeries.oneMinusSinc(x) : 1 - sin(x) / x
  }

  /// sin(x)/x - cos(x), by its series up to |x| = 1.
  @inlinable
  public static func sincMinusCos(_ x: Double) -> Double {
    abs(x) < SincSeries.limit ? SincSeries.sincMinusCos(x) : sin(x) / x - cos(x)
  }

  /// x log(x), 0 at 0.
  @inlinable
  public static func xlogx(_ x: Double) -> Double {
    x == 0 ? 0 : x * log(x)
  }
}
