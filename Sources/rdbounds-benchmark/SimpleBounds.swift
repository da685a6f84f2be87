import IntervalArithmetic
import RateDistortion

/// The two one-shot bounds as a careful script has them: nested bounded minimisation, a loop over K, bisection.
struct SimpleBounds<Source: UnimodalSlope> {
  let source: Source

  /// sup over log lambda of inf over log p of -log p + lambda (delta(p) - D), both by golden section; in bits.
  func dual(_ distortion: Double) -> Double {
    let largest = source.largestDistortion
    let negative = { (logMultiplier: Double) in
      let multiplier = Double.exp(logMultiplier)
      let value = { (logP: Double) in
        -logP + multiplier * (source.cellDistortion(Double.exp(logP)) - distortion)
      }
      let inner = goldenSection(value, from: -40, to: Double.log(source.slopePeak))
      return -min(inner, multiplier * (largest - distortion))
    }
    return -goldenSection(negative, from: 0, to: 60) / natsPerBit
  }

  /// K by trying 1, 2, 3, ..., the odd cell by bisection; in bits.
  func biuniform(_ distortion: Double) -> Double {
    var cells = 1.0
    while source.cellDistortion(1 / (cells + 1)) >= distortion { cells += 1 }
    var low = 0.0
    var high = 1 / (cells + 1)
    for _ in 0..<60 {
      let odd = (low + high) / 2
      let equal = (1 - odd) / cells
      let value = (1 - odd) * source.cellDistortion(equal) + odd * source.cellDistortion(max(odd, 1e-300))
      if value > distortion { low = odd } else { high = odd }
    }
    let odd = (low + high) / 2
    return -((1 - odd) * Double.log((1 - odd) / cells) + Double.xlogx(odd)) / natsPerBit
  }

  /// The least value of a unimodal function, to 1e-9 in its argument.
  private func goldenSection(_ function: (Double) -> Double, from: Double, to: Double) -> Double {
    let ratio = 0.6180339887498949
    var (low, high) = (from, to)
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atA, atB) = (function(a), function(b))
    while high - low > 1e-9 {
      if atA < atB {
        (high, b, atB) = (b, a, atA)
        a = high - ratio * (high - low)
        atA = function(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + ratio * (high - low)
        atB = function(b)
      }
    }
    return min(atA, atB)
  }
}
