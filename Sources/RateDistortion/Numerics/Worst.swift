/// The larger of two bounds, infinite if either is not a number: what is not known counts as the worst.
@inline(__always)
package func worst(_ a: Double, _ b: Double) -> Double { a >= b ? a : (a < b ? b : .infinity) }
