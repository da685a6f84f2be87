import Documents
import Foundation
import RateDistortion
import Reports
import TestSupport
import Testing

@Suite("where R + lambda D is least")
struct SupportingLineTests {
  /// The vertex of the hull of E(D) at which K minimises log2 K + lambda delta(1/K), by trying every K.
  private func best(_ source: some CellSource, _ lambda: Double) -> (cells: Int, lagrangian: Double) {
    (1...4096).map { cells -> (cells: Int, lagrangian: Double) in
      (cells, log2(Double(cells)) + lambda * source.cellDistortion(1 / Double(cells)))
    }.min { $0.lagrangian < $1.lagrangian } ?? (1, .infinity)
  }

  @Test("the papers' lambdas of the ramp, 48 and 4096", arguments: [48.0, 4096])
  func ramp(lambda: Double) throws { try check(Ramp(), lambda) }

  @Test("the papers' lambdas of the circle, 4 and 512", arguments: [4.0, 512])
  func circle(lambda: Double) throws { try check(Circle(), lambda) }

  private func check(_ source: some OneShotSource, _ lambda: Double) throws {
    let known = KnownSource(source)
    let best = best(source, lambda)
    for name in [CurveName.exact, .upper, .timeSharing] {
      let line = try known.curve(named: name).supportingLine(slope: lambda, corners: known.corners(upToRate: 16))
      #expect(abs(line.lagrangian - best.lagrangian) < 1e-9 * best.lagrangian, "\(name)")
      #expect(abs(line.coarser.rate - log2(Double(best.cells))) < 1e-6, "\(name)")
    }
  }

  @Test("where the curve is smooth its own slope leads back to the point")
  func smooth() throws {
    let wynerZiv = try KnownSource(WynerZiv.self).curve(named: .wynerZiv)
    for curve in [KnownSource(try Gaussian(variance: 1)).judgement.achievable, wynerZiv] {
      for rate in [0.3, 1, 2.5, 5] {
        let point = try curve.point(atRate: rate)
        let line = try curve.supportingLine(slope: try #require(point.slope))
        #expect(abs(line.coarser.rate - rate) < 2e-3 && line.coarser == line.finer)
        #expect(abs(line.excess(rate: rate, distortion: point.distortion)) < 1e-8)
      }
    }
  }

  @Test("a table's curve is a polygon: the point lies on the line of its slope, which touches within a side's length")
  func polygon() throws {
    let curve = try KnownSource(WynerZiv.self).curve(named: .oneShotLower)
    for rate in [0.3, 1, 2.5, 5] {
      let point = try curve.point(atRate: rate)
      let line = try curve.supportingLine(slope: try #require(point.slope))
      #expect(abs(line.coarser.rate - rate) < 0.05 && abs(line.finer.rate - rate) < 0.05)
      #expect(abs(line.excess(rate: rate, distortion: point.distortion)) < 1e-8)
    }
  }

  @Test("a segment gives both its ends: the ramp's first, from one cell to four")
  func segment() throws {
    let known = KnownSource(Ramp())
    let line = try known.curve(named: .timeSharing).supportingLine(
      slope: 128.0 / 3, corners: known.corners(upToRate: 16))
    #expect(line.points.map { ($0.rate * 1e6).rounded() / 1e6 } == [0, 2])
    #expect(abs(line.lagrangian - 128.0 / 36) < 1e-12)
  }

  @Test("lambdas that are none, and where nothing is sent")
  func ends() throws {
    let curve = try KnownSource(Ramp()).curve(named: .exact)
    for lambda in [0, -1, .infinity, .nan] {
      #expect(throws: DomainError.self) { try curve.supportingLine(slope: lambda) }
    }
    #expect(try curve.supportingLine(slope: 1).coarser.rate == 0)
  }

  @Test("a table of lambdas has a column of Lagrangians, and rows that hold")
  func table() throws {
    let source = KnownSource(Ramp())
    let table = try GridChoice.lambdas([48, 4096]).table(of: source, curves: source.quickCurves)
    #expect(Set(table.rows.map(\.curve)) == Set(source.quickCurves.map(\.name)))
    for row in table.rows {
      let line = try #require(row.line)
      #expect(abs(row.bound.value + line.slope * row.bound.distortion - line.lagrangian) < 1e-6, "\(row.curve)")
    }
    #expect(SheetFormats.all.count >= 3)
  }
}
