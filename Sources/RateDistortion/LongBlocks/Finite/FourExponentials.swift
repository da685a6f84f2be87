/// exp of four numbers at most 0, within 4 units in the last place; 0 below -700.
///
/// The C library's exponential takes one number at a time; the kernels of a finite source are millions of them, and computing
/// them anew in each pass is what lets one matrix do. x = k ln 2 + r with |r| <= (ln 2)/2, exp r by its Taylor polynomial of
/// degree 13 (remainder 4e-18), 2^k put into the exponent's bits.
@inline(__always)
func fourExponentials(_ x: SIMD4<Double>) -> SIMD4<Double> {
  let tiny = x .< SIMD4(repeating: -700)
  let y = x.replacing(with: SIMD4(repeating: 0), where: tiny)
  // Adding 1.5 2^52 rounds to a whole number, which is then in the low bits.
  let shift = SIMD4<Double>(repeating: 0x1.8p52)
  let shifted = y * 1.4426950408889634 + shift
  let k = shifted - shift
  let r = (y - k * 0x1.62e42feep-1) - k * 1.9082149292705877e-10
  var sum = SIMD4<Double>(repeating: 1 / 6_227_020_800)
  sum = sum * r + 1 / 479_001_600
  sum = sum * r + 1 / 39_916_800
  sum = sum * r + 1 / 3_628_800
  sum = sum * r + 1 / 362_880
  sum = sum * r + 1 / 40_320
  sum = sum * r + 1 / 5_040
  sum = sum * r + 1 / 720
  sum = sum * r + 1 / 120
  sum = sum * r + 1 / 24
  sum = sum * r + 1 / 6
  sum = sum * r + 0.5
  sum = sum * r + 1
  sum = sum * r + 1
  let bits = unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &+ 1023
  let scale = unsafeBitCast(bits &<< 52, to: SIMD4<Double>.self)
  return (sum * scale).replacing(with: SIMD4(repeating: 0), where: tiny)
}
