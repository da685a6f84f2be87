/// The basic operations on `Double`, rounded down or up without touching the processor's rounding mode.
///
/// Priorities, in order:
///
/// 1. The result is on the stated side of the real result for *every* argument: subnormal, overflowing, infinite.
/// 2. It is the nearest such number, so that exact results (1 + 2, 3 * 4, 1 / 4, sqrt 4) are not moved at all. Given up
///    only where a product or quotient is below 2^-960: there an inexact-looking result may be one step too far out.
/// 3. It is fast: no change of rounding mode, and no branch that depends on the last bits of the data.
///
/// Each function rounds to nearest and then computes the sign of the rounding error. Half of all results then stay and
/// half move by one step. (Moving every result, which needs no sign, was measured on x86_64: the same 3 ns for a sum, 3
/// ns instead of 6 for a product or quotient, twice the width, and 1 + 2 is no longer 3.)
///
/// - Sum: Knuth's TwoSum gives the error exactly; it is never lost to underflow.
/// - Product, quotient, root: the residual a b - p, a - q b or x - s^2 by one fused multiply-add. The residual is a
///   multiple of 2^-106 times the larger term, so it is exact if that term is at least 2^-960; below, only its sign is
///   used, and a zero proves nothing.
/// - Where the error comes out infinite or not a number the step is taken: a needless step is never wrong, because
///   rounding to nearest is off by less than one.
///
/// Arguments that are not a number give a result that is not a number: this is how an empty interval stays empty.
@usableFromInline
enum DirectedRounding {
  /// Above it, residuals of products, quotients and roots are exact. 2^-960.
  @inlinable
  static var exactResidualThreshold: Double { 0x1p-960 }

  // MARK: One step

  /// The number, or its lower neighbour; not for zero, nor for -infinity.
  ///
  /// In integers, because the condition is a coin toss that no processor predicts: a branch costs 7 ns every other
  /// time.
  @inlinable
  @inline(__always)
  static func movedDown(_ value: Double, if condition: Bool) -> Double {
    let bits = Int64(bitPattern: value.bitPattern)
    let step = ((bits >> 63) | 1) & (condition ? -1 : 0)
    return Double(bitPattern: UInt64(bitPattern: bits &- step))
  }

  /// The number, or its upper neighbour; not for zero, nor for +infinity.
  @inlinable
  @inline(__always)
  static func movedUp(_ value: Double, if condition: Bool) -> Double {
    let bits = Int64(bitPattern: value.bitPattern)
    let step = ((bits >> 63) | 1) & (condition ? -1 : 0)
    return Double(bitPattern: UInt64(bitPattern: bits &+ step))
  }

  // MARK: Sum

  @inlinable
  static func sumDown(_ a: Double, _ b: Double) -> Double {
    let sum = a + b
    let error = sumError(a, b, sum)
    return movedDown(sum, if: !(error >= 0 && error < .infinity) && sum > -.infinity)
  }

  @inlinable
  static func sumUp(_ a: Double, _ b: Double) -> Double {
    let sum = a + b
    let error = sumError(a, b, sum)
    return movedUp(sum, if: !(error <= 0 && error > -.infinity) && sum < .infinity)
  }

  /// a + b - sum, exactly, if nothing overflows (Knuth, The Art of Computer Programming, volume 2, section 4.2.2).
  @inlinable
  static func sumError(_ a: Double, _ b: Double, _ sum: Double) -> Double {
    let bPart = sum - a
    return (a - (sum - bPart)) + (b - bPart)
  }

  // MARK: Product

  /// The product rounded down, where 0 times infinity is 0 (the infinite end of an interval is not a member of it).
  @inlinable
  static func productDown(_ a: Double, _ b: Double) -> Double {
    let product = a * b
    guard product.magnitude > exactResidualThreshold && product.magnitude < .infinity else {
      return extremeProductDown(a, b)
    }
    return movedDown(product, if: (-product).addingProduct(a, b) < 0)
  }

  @inlinable
  static func productUp(_ a: Double, _ b: Double) -> Double {
    let product = a * b
    guard product.magnitude > exactResidualThreshold && product.magnitude < .infinity else {
      return -extremeProductDown(-a, b)
    }
    return movedUp(product, if: (-product).addingProduct(a, b) > 0)
  }

  @usableFromInline
  static func extremeProductDown(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }
    if a == 0 || b == 0 { return 0 }
    let product = a * b
    if a.isInfinite || b.isInfinite { return product }
    if product == 0 { return (a > 0) == (b > 0) ? 0 : -.leastNonzeroMagnitude }
    return (-product).addingProduct(a, b) > 0 ? product : product.nextDown
  }

  // MARK: Quotient

  /// The quotient rounded down; the divisor is not zero. A finite number over an infinite one is 0.
  @inlinable
  static func quotientDown(_ a: Double, _ b: Double) -> Double {
    let quotient = a / b
    let least = exactResidualThreshold
    guard a.magnitude > least && quotient.magnitude > least && quotient.magnitude < .infinity && b.magnitude < .infinity
    else {
      return extremeQuotientDown(a, b)
    }
    let residual = a.addingProduct(-quotient, b)
    return movedDown(quotient, if: (b > 0 ? residual : -residual) < 0)
  }

  @inlinable
  static func quotientUp(_ a: Double, _ b: Double) -> Double {
    -quotientDown(-a, b)
  }

  @usableFromInline
  static func extremeQuotientDown(_ a: Double, _ b: Double) -> Double {
    if a.isNaN || b.isNaN { return .nan }
    if a == 0 { return 0 }
    let quotient = a / b
    if a.isInfinite || b.isInfinite { return quotient }
    let residual = a.addingProduct(-quotient, b)
    let isTooSmall = b > 0 ? residual > 0 : residual < 0
    return isTooSmall ? quotient : quotient.nextDown
  }

  // MARK: Square root

  /// The square root rounded down; x >= 0.
  @inlinable
  static func rootDown(_ x: Double) -> Double {
    guard x > exactResidualThreshold && x < .infinity else { return extremeRoot(x, rootDown) }
    let root = x.squareRoot()
    return movedDown(root, if: x.addingProduct(-root, root) < 0)
  }

  @inlinable
  static func rootUp(_ x: Double) -> Double {
    guard x > exactResidualThreshold && x < .infinity else { return extremeRoot(x, rootUp) }
    let root = x.squareRoot()
    return movedUp(root, if: x.addingProduct(-root, root) > 0)
  }

  /// Zero and infinity are their own roots; a tiny number is scaled by an even power of two, which is exact.
  @usableFromInline
  static func extremeRoot(_ x: Double, _ directedRoot: (Double) -> Double) -> Double {
    x > 0 && x < .infinity ? directedRoot(x * 0x1p400) * 0x1p-200 : x
  }

  // MARK: Fused multiply-add

  /// a b + c rounded down; a and b are finite, or the product is not 0 times infinity.
  ///
  /// The sign of the error is that of gamma + alpha2 in Boldo and Muller's ErrFma ("Exact and approximated error of the
  /// FMA", IEEE Transactions on Computers 60, 2011), if nothing underflows or overflows on the way.
  @inlinable
  static func fusedDown(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let result = c.addingProduct(a, b)
    let product = a * b
    if product == 0 && (a == 0 || b == 0) { return c }
    guard product.magnitude > exactResidualThreshold && product.magnitude < 0x1p1000 && c.magnitude < 0x1p1000 else {
      return result.nextDown
    }
    let productError = (-product).addingProduct(a, b)
    let alpha1 = c + productError
    let alpha2 = sumError(c, productError, alpha1)
    let beta1 = product + alpha1
    let beta2 = sumError(product, alpha1, beta1)
    let gamma = (beta1 - result) + beta2
    return movedDown(result, if: gamma + alpha2 < 0)
  }

  @inlinable
  static func fusedUp(_ a: Double, _ b: Double, _ c: Double) -> Double {
    -fusedDown(-a, b, -c)
  }
}
