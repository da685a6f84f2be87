import IntervalArithmetic

extension ScaledDensity {
  /// R(D) of this source from below and from above, by the table of its standard form.
  var shannonCurves: [Curve] {
    let engine = LineEngine(StandardSource(density))
    let tables = LazyTable(shippedTable) {
      // A density of somebody's own carries no table.
      SlopeTable(solving: engine, tolerance: 6e-5, largestRate: 6 * natsPerBit)
    }
    return SlopeCurve.bothSides(of: engine, table: tables).map { curve($0) }
  }

  /// The table that the program carries for the density, and how to prove it.
  var shippedTable: ShippedTable { ShippedTable(name: density.name, of: LineEngine(StandardSource(density))) }
}
