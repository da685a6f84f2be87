import Foundation
import RateDistortion
import TestSupport
import Testing

/// Each certified enclosure contains the value that ball arithmetic found to 30 digits.
///
/// The oracle gives every true value rounded down and rounded up to a binary number, so containment is decided exactly.
@Suite("certified enclosures")
struct EnclosureTests {
  @Test("2,000 random D a source and curve, one in ten beside a uniform code", arguments: cellSourceNames)
  func containment(name: String) throws {
    let checked = try check(name, rows: Oracle.rows("enclosures-\(name).csv"))
    #expect(checked == 2_000 * 4)
  }

  /// `make test-long` has the oracle's script write many more.
  @Test(
    "a long campaign: as many points as the oracle was asked for",
    .enabled(if: Campaign.enclosures != nil, "long: make test-long writes the points"), arguments: cellSourceNames)
  func campaign(name: String) throws {
    let path = try #require(Campaign.enclosures).appendingPathComponent("enclosures-\(name).csv")
    let checked = try check(name, rows: Oracle.rows(of: path))
    #expect(checked >= 4)
  }

  func check(_ name: String, rows: [[Double]]) throws -> Int {
    let source = try KnownSource(Catalogue.source(named: name))
    let curves = try [CurveName.lower, .upper, .exact, .timeSharing].map { try source.curve(named: $0) }
    var checked = 0
    for row in rows {
      for (curve, column) in zip(curves, [1, 3, 3, 5]) {
        let bound = try curve.bound(atDistortion: row[0])
        let (down, up) = (row[column], row[column + 1])
        if bound.rate.lower > down || bound.rate.upper < up {
          Issue.record("\(name) \(curve.name) at D = \(row[0]): \(bound.rate) does not contain [\(down), \(up)]")
        }
        if up >= 0.01, up <= 20, bound.rate.width > 1e-12 {
          Issue.record("\(name) \(curve.name) at D = \(row[0]): width \(bound.rate.width)")
        }
        checked += 1
      }
    }
    return checked
  }
}
