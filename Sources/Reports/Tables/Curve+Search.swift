import RateDistortion

extension Curve {
  /// The curve at a target, whose rate is in bits.
  ///
  /// - Throws: `DomainError` as `point(atDistortion:)` and `point(atRate:)`.
  func point(at target: Target) throws(DomainError) -> OperatingPoint {
    switch target {
    case .rate(let rate): return try point(atRate: rate)
    case .distortion(let distortion): return try point(atDistortion: distortion)
    }
  }

  /// The distortion at a rate in bits, or where the curve ends before it, or at the half, the quarter ... that it reaches: a process
  /// on a grid has finitely many realisations and so a largest rate. Nil if it has none at a thousandth of a bit.
  func leastDistortion(upToRate rate: Double) -> Double? {
    var rate = min(rate, range.largestRate)
    while rate > 1e-3 {
      if let distortion = (try? point(atRate: rate))?.distortion, distortion > 0 { return distortion }
      rate /= 2
    }
    return nil
  }
}
