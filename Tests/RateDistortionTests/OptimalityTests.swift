import Foundation
import RateDistortion
import TestSupport
import Testing

/// The claim E(D) = biuniform, tried from outside: codes of any shape that a search can find, and the inequality behind the
/// proof.
@Suite("biuniform codes are optimal")
struct OptimalityTests {
  /// Entropy in bits and distortion of a code given by its cells.
  func evaluate(_ cells: [Double], on source: some BiuniformOptimal) -> (rate: Double, distortion: Double) {
    cells.reduce(into: (0, 0)) { sum, p in
      sum.rate -= p * log2(p)
      sum.distortion += p * source.cellDistortion(p)
    }
  }

  @Test("no random code of 1 to 12 cells lies below E(D)", arguments: cellSourceNames)
  func randomCodes(name: String) throws {
    let source = try cellSource(name)
    let exact = try KnownSource(Catalogue.source(named: name)).curve(named: .exact)
    var generator = SeededGenerator(seed: 22)
    for i in 0..<20_000 {
      // Even, uneven, and nearly uniform sizes.
      let count = Int.random(in: 1...12, using: &generator)
      let spread = [1.0, 0.1, 8, 0.01][i % 4]
      var cells = (0..<count).map { _ in exp(spread * Double.random(in: -1...1, using: &generator)) }
      let total = cells.reduce(0, +)
      cells = cells.map { $0 / total }
      let code = evaluate(cells, on: source)
      guard code.distortion < exact.largestDistortion else { continue }
      #expect(try exact.point(atDistortion: code.distortion).rate <= code.rate + 1e-12, "\(cells)")
    }
  }

  @Test("nor does a code with a larger odd cell, or with three sizes", arguments: cellSourceNames)
  func otherShapes(name: String) throws {
    let source = try cellSource(name)
    let exact = try KnownSource(Catalogue.source(named: name)).curve(named: .exact)
    for equal in 1...8 {
      for i in 0...60 {
        for j in 0...60 {
          // K cells of q, one of larger size, one of smaller (or none).
          let q = Double(i + 1) / 61 / Double(equal)
          let rest = 1 - Double(equal) * q
          let small = rest * Double(j) / 120
          let cells = ([Double](repeating: q, count: equal) + [small, rest - small]).filter { $0 > 1e-15 }
          let code = evaluate(cells, on: source)
          guard code.distortion < exact.largestDistortion else { continue }
          #expect(try exact.point(atDistortion: code.distortion).rate <= code.rate + 1e-12, "\(cells)")
        }
      }
    }
  }

  /// The stationary sizes for multipliers (lambda, nu): the roots of -log p + lambda G'(p) = nu.
  func roots(_ source: some BiuniformOptimal, lambda: Double, nu: Double) -> [Double] {
    let phi = { (p: Double) in -log(p) + lambda * (source.cellDistortion(p) + source.logarithmicSlope(p)) - nu }
    var roots: [Double] = []
    var (a, atA) = (1e-12, phi(1e-12))
    for i in 1...3000 {
      let b = exp(log(1e-12) * (1 - Double(i) / 3000))
      let atB = phi(b)
      if atA * atB < 0 {
        var (low, high) = (a, b)
        for _ in 0..<80 {
          let middle = (low + high) / 2
          if phi(middle) * atA > 0 { low = middle } else { high = middle }
        }
        roots.append((low + high) / 2)
      }
      (a, atA) = (b, atB)
    }
    return roots
  }

  @Test(
    "three stationary sizes sum to more than 1: ramp (infimum 1 at the triple root p = 1/3) and circle (1.217)",
    arguments: [("ramp", 1.0), ("circle", 1.217)])
  func stationarySizes(name: String, least: Double) throws {
    let source = try cellSource(name)
    var smallest = Double.infinity
    var found = 0
    for i in 0..<120 {
      // p2 of the triple anywhere below the last size: nu from it, lambda free.
      let lambda = exp(Double(i) / 119 * 6)
      for j in 1..<100 {
        let p = Double(j) / 100
        let nu = -log(p) + lambda * (source.cellDistortion(p) + source.logarithmicSlope(p))
        let sizes = roots(source, lambda: lambda * 1.0001, nu: nu)
        guard sizes.count == 3 else { continue }
        found += 1
        smallest = min(smallest, sizes.reduce(0, +))
      }
    }
    #expect(found > 500)
    #expect(smallest > least, "\(smallest)")
    #expect(smallest < least + 0.05)
  }
}
