import IntervalArithmetic

/// A standard density as a source of the line's engine.
package struct StandardSource<Density: ScalarDensity>: LineSource {
  private let standard: Density

  /// The source of a density.
  package init(_ standard: Density) { self.standard = standard }

  package var differentialEntropy: Interval { standard.differentialEntropy(as: Interval.self) }
  package var mean: Interval { standard.mean(as: Interval.self) }
  package var variance: Interval { standard.variance(as: Interval.self) }
  package var isSymmetric: Bool { standard.isSymmetric }
  package var gaussianComponent: Double { 0 }
  package var corners: [Double] {
    [standard.support.lowerBound].filter(\.isFinite) + standard.corners
      + [standard.support.upperBound].filter(\.isFinite)
  }

  /// f falls beyond where its tail begins, and 2e-14 of the probability is little enough to leave out.
  package func tail(_ side: Side) -> LineTail {
    let end = side == .left ? standard.support.lowerBound : standard.support.upperBound
    if end.isFinite { return .ends }
    if let decay = standard.memorylessDecays[side] { return .memoryless(decay: decay) }
    let cut = standard.end(side, leaving: 2e-14)
    return .light(cut: side == .left ? min(standard.lowerTailStart, cut) : max(standard.tailStart, cut))
  }

  package func density(_ x: Interval) -> Interval { standard.density(x) }
  package func density(_ x: Double) -> Double { standard.density(x) }
  package func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    standard.majorant(real, imaginary: imaginary, pieceOf: middle)
  }
}
