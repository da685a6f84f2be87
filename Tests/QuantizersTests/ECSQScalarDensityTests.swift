import IntervalArithmetic
import RateDistortion
import Testing

@Suite("moments of the cells of scalar densities")
struct ECSQScalarDensityTests {
  @Test("p, c - a and D agree with 30-digit quadrature to 3e-14, cells of 2^-12 and far tails too")
  func cellsAgreeWithQuadrature() throws {
    for row in try ECSQOracle.cells() {
      let density = try #require(densities[row.source])
      let cell: QuantizationCell<Double> = density.cell(from: row.a, to: row.b)
      let pairs = [
        (cell.probability, row.probability), (cell.centroid(from: row.a), row.centroid),
        (cell.distortion, row.distortion),
      ]
      for (computed, exact) in pairs {
        #expect(abs(computed / exact.value - 1) < 3e-14, "\(row): \(computed / exact.value - 1)")
      }
    }
  }

  @Test("the intervals contain the 30-digit values and are no wider than 2e-12 of them")
  func cellsAreEnclosed() throws {
    for row in try ECSQOracle.cells() {
      let density = try #require(densities[row.source])
      let cell: QuantizationCell<Interval> = density.cell(from: row.a, to: row.b)
      let pairs = [
        (cell.probability, row.probability), (cell.centroid(from: row.a), row.centroid),
        (cell.distortion, row.distortion),
      ]
      for (enclosure, exact) in pairs {
        #expect(exact.isBetween(enclosure.lower, and: enclosure.upper), "\(row): \(enclosure)")
        #expect(enclosure.width < 2e-12 * exact.value, "\(row): \(enclosure.width / exact.value)")
      }
    }
  }

  @Test("the cells of a partition have total probability 1, the mean as mean and the variance as variance")
  func partitions() {
    for density in densities.values {
      let edges = [-.infinity, -3.0, -0.4, 0.25, 0.3, 1.0, 2.5, .infinity]
      var whole: QuantizationCell<Double> = density.cell(from: edges[0], to: edges[1])
      for (a, b) in zip(edges.dropFirst(), edges.dropFirst(2)) {
        let cell: QuantizationCell<Double> = density.cell(from: a, to: b)
        guard cell.probability > 0 else { continue }
        whole = whole.probability > 0 ? whole.union(with: cell) : cell
      }
      #expect(abs(whole.probability - 1) < 1e-14)
      #expect(abs(whole.centroid - density.mean(as: Double.self)) < 1e-14)
      #expect(abs(whole.distortion / density.variance(as: Double.self) - 1) < 1e-14)
    }
  }
}
