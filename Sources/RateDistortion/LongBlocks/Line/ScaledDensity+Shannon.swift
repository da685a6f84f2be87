import IntervalArithmetic

extension ScaledDensity {
  /// R(D) of this source from below and from above.
  var shannonCurves: [Curve] { ScalarShannonCurve.bothSides(of: StandardDensity(density)).map { curve($0) } }

  /// The same as a table to interpolate in.
  var shannonTable: Curve { ShannonTable(of: StandardDensity(density)).map { curve($0) } ?? shannonReference }
}
