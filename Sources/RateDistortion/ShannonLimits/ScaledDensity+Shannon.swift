import IntervalArithmetic

extension ScaledDensity {
  /// R(D) of this source from below and from above.
  var shannonCurves: [any Curve] { shannonSides.map { ScaledCurve($0, squaredScale: squaredScale) } }

  /// The same as a table to interpolate in.
  var shannonTable: any Curve {
    guard let table = ShannonTable(of: standard) else { return shannonReference }
    return ScaledCurve(table, squaredScale: squaredScale)
  }

  private var shannonSides: [ScalarShannonCurve] { ScalarShannonCurve.bothSides(of: standard) }

  private var standard: any ScalarSourceDensity {
    switch density {
    case is LaplaceDensity: StandardDensity(density, exponentialSides: [.left, .right])
    case is ExponentialDensity: StandardDensity(density, exponentialSides: [.right])
    default: StandardDensity(density)
    }
  }
}
