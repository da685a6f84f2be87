import Foundation
import RateDistortion
import TestSupport
import Testing

/// Every one-shot curve against 30-digit values from mpmath: 1e-12 bits absolute, 1e-12 relative in D.
@Suite("one-shot curves against 30 digits")
struct OneShotOracleTests {
  func oracle(_ name: String) throws -> EntropyDistortionOracle.Source {
    try #require(try EntropyDistortionOracle.shared.get().sources[name])
  }

  func curve(_ name: CurveName, of source: String) throws -> Curve {
    try KnownSource(Catalogue.source(named: source)).curve(named: name)
  }

  @Test("rates at 60 and more distortions, from just below Dmax to 40 bits", arguments: cellSourceNames)
  func ratesAtDistortions(source: String) throws {
    let lower = try curve(.lower, of: source)
    let exact = try curve(.exact, of: source)
    let upper = try curve(.upper, of: source)
    let timeSharing = try curve(.timeSharing, of: source)
    let rows = try oracle(source).atDistortion
    #expect(rows.count >= 40)
    for row in rows {
      let d = row.distortion.value
      for (curve, truth) in [
        (lower, row.lower), (exact, row.exact), (upper, row.exact), (timeSharing, row.timeSharing),
      ] {
        let rate = try curve.point(atDistortion: d).rate
        let what: Comment = "\(source) \(curve.name) at D = \(d): \(truth)"
        #expect(abs(rate - truth.value) <= 1e-12, what)
        let bound = try curve.bound(atDistortion: d)
        #expect(truth.isBetween(bound.rate.lower, and: bound.rate.upper), what)
        #expect(bound.rate.width <= 1e-12)
      }
    }
  }

  @Test("distortions at 57 and more rates, from 0.001 to 40 bits", arguments: cellSourceNames)
  func distortionsAtRates(source: String) throws {
    let lower = try curve(.lower, of: source)
    let exact = try curve(.exact, of: source)
    let upper = try curve(.upper, of: source)
    let timeSharing = try curve(.timeSharing, of: source)
    let rows = try oracle(source).atRate
    #expect(rows.count >= 40)
    for row in rows {
      let r = row.rate.value
      for (curve, digits) in [
        (lower, row.lower), (exact, row.exact), (upper, row.exact), (timeSharing, row.timeSharing),
      ] {
        let truth = digits.value
        let distortion = try curve.point(atRate: r).distortion
        #expect(
          abs(distortion - truth) <= 1e-12 * truth, "\(source) \(curve.name) at R = \(r): \(distortion), not \(truth)")
      }
    }
  }

  @Test("slopes lambda = -dR/dD in bits per unit of distortion", arguments: cellSourceNames)
  func slopes(source: String) throws {
    let lower = try curve(.lower, of: source)
    let exact = try curve(.exact, of: source)
    for row in try oracle(source).atDistortion {
      let d = row.distortion.value
      let dual = try #require(try lower.point(atDistortion: d).slope)
      let truth = row.lowerLambda.value
      #expect(abs(dual - truth) <= 1e-11 * truth, "\(source) at D = \(d)")
      // Within rounding of a uniform code lambda is infinite on one side and finite on the other.
      let odd = row.oddCell.value
      let share = odd * (row.cells + 1)
      if let truth = row.exactLambda?.value, share > 1e-3, share < 1 - 1e-3, row.cells < 1e4 {
        let slope = try #require(try exact.point(atDistortion: d).slope)
        #expect(abs(slope - truth) <= 1e-9 * truth, "\(source) at D = \(d): \(slope), not \(truth)")
      }
    }
  }

  @Test("the certificates name the code of the 30-digit solution", arguments: cellSourceNames)
  func codes(source: String) throws {
    let upper = try curve(.upper, of: source)
    for row in try oracle(source).atDistortion where row.cells < 1e6 {
      let d = row.distortion.value
      let code = try #require(try upper.bound(atDistortion: d).evidence as? BiuniformCode)
      let odd = row.oddCell.value
      // Next to a uniform code the path may be on the other side of it.
      if code.equalCells == row.cells { #expect(abs(code.oddCell - odd) <= 1e-7) }
      #expect(abs(code.equalCells - row.cells) <= 1)
    }
  }

  @Test("where the dual bound is a straight segment: p*, D*, R* (Bhadane, Wagner, Balle, Theorems 4 and 6)")
  func tangents() throws {
    for (name, tangent, published) in [
      ("ramp", DualBound(source: Ramp()).tangentCell, (0.284668137040838, 0.0406916938196146, 1.812647073903102)),
      ("circle", DualBound(source: Circle()).tangentCell, (0.373634892372606, 0.382717789072157, 1.420298905625755)),
    ] {
      let constants = try oracle(name).constants
      let truth = try #require(constants.pStar).value
      #expect(abs(tangent - truth) <= 1e-14)
      #expect(abs(tangent - published.0) <= 1e-14)
      let lower = try curve(.lower, of: name)
      #expect(abs(try lower.point(atDistortion: published.1).rate - published.2) <= 1e-12)
    }
    #expect(DualBound(source: Sawbridge()).tangentCell == 1)
    #expect(DualBound(source: UniformScalar()).tangentCell == 1)
  }

  @Test("the largest gap between upper and dual bound", arguments: cellSourceNames)
  func largestGap(source: String) throws {
    let constants = try oracle(source).constants
    let lower = try curve(.lower, of: source)
    let upper = try curve(.upper, of: source)
    let gap = { (d: Double) in try upper.point(atDistortion: d).rate - lower.point(atDistortion: d).rate }
    let truth = constants.largestGap.value
    let place = constants.largestGapDistortion.value
    #expect(abs(try gap(place) - truth) <= 1e-13)
    for i in 1..<4000 {
      #expect(try gap(lower.largestDistortion * Double(i) / 4000) <= truth + 1e-13)
    }
  }

  @Test(
    "the gaps printed with the bounds: ramp, circle, sawbridge",
    arguments: [
      ("ramp", 0.158246998098139, 0.0723831525614), ("circle", 0.233256435935112, 0.844288343176389),
      ("sawbridge", 0.187484172538223, 0.129357413301),
    ])
  func publishedGaps(source: String, gap: Double, place: Double) throws {
    let difference =
      try curve(.upper, of: source).point(atDistortion: place).rate
      - curve(.lower, of: source).point(atDistortion: place).rate
    #expect(abs(difference - gap) <= 1e-12)
  }

  @Test("the hull's first vertices", arguments: cellSourceNames)
  func hullVertices(source: String) throws {
    let truth = try oracle(source).constants.hullVertices
    #expect(truth[0] == 1)
    func firstVertex(of source: some BiuniformOptimal) -> Double { TimeSharing(source: source).firstVertex }
    #expect(firstVertex(of: try cellSource(source)) == Double(truth[1]))
  }

  @Test("E(D) just below a uniform code: a D rounded in its sixth digit moves the rate by 4e-5 bits")
  func infiniteSlope() throws {
    let exact = EntropyDistortionFunction(source: Ramp())
    let uniform = Ramp().cellDistortion(1.0 / 8)
    let moved = try exact.point(atDistortion: uniform * (1 - 5e-6)).rate - 3
    #expect(moved > 3e-5 && moved < 5e-5)
    #expect(abs(try exact.point(atDistortion: uniform).rate - 3) <= 1e-14)
  }
}
