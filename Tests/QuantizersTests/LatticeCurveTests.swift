import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The curves of the square and the hexagonal lattice, of the banana and of two Gaussian scalars.
@Suite("lattices in the plane as curves")
struct LatticeCurveTests {
  private static func source(_ name: String) throws -> KnownSource {
    try name == "banana" ? KnownSource(Banana()) : KnownSource(Gaussian(variance: 1, dimension: 2))
  }

  private static let cases = [
    ("banana", CurveName.square), ("banana", .hexagonal), ("gaussian", .square), ("gaussian", .hexagonal),
    ("banana", .transformUniformThreshold),
  ]

  @Test(
    "at high rate 0.50923 and 0.45371 bits above R(D), and coded apart the mutual information more", arguments: cases)
  func highRate(name: String, lattice: CurveName) throws {
    let curve = try Self.source(name).curve(named: lattice)
    // I(X0; X1) = h(X1) - h(Z1) is 1.06620 bits, by a sum of 25 digits over the density of X1.
    let limit = lattice == .hexagonal ? 0.453713 : 0.509229 + (lattice == .square ? 0 : 1.06620)
    var last = Double.infinity
    for rate in [6.0, 8, 9.9] {
      let distortion = try curve.point(atRate: rate).distortion
      // The Shannon lower bound is R(D) of two scalars, and what R(D) of the banana tends to.
      let shannon = log2((name == "banana" ? 3 : 2) / distortion)
      let excess = abs(rate - shannon - limit)
      #expect(excess < last + 1e-5)
      last = excess
    }
    #expect(last < (name == "banana" ? 2e-3 : 1e-3))
  }

  @Test("from 0 bits on it falls, and lies above the converse for one-shot codes and above R(D)", arguments: cases)
  func shape(name: String, lattice: CurveName) throws {
    let source = try Self.source(name)
    let curve = try source.curve(named: lattice)
    let converse = try source.curve(named: .oneShotLower)
    #expect(curve.kind == .upper && !curve.isCostly && curve.range.largestRate == 10)
    #expect(try curve.point(atDistortion: curve.largestDistortion).rate == 0)
    var previous = curve.largestDistortion
    for step in 1...24 {
      let rate = 0.25 * Double(step)
      let distortion = try curve.point(atRate: rate).distortion
      #expect(distortion < previous)
      #expect(abs(try curve.point(atDistortion: distortion).rate - rate) < 1e-6)
      #expect(try converse.point(atDistortion: distortion).rate < rate)
      previous = distortion
    }
  }

  @Test("the hexagonal lattice needs less than the square one from 3 bits on", arguments: ["banana", "gaussian"])
  func order(name: String) throws {
    let source = try Self.source(name)
    let (square, hexagonal) = (try source.curve(named: .square), try source.curve(named: .hexagonal))
    for rate in [3.5, 5, 6.5, 8] {
      #expect(try hexagonal.point(atRate: rate).distortion < square.point(atRate: rate).distortion)
    }
  }

  @Test("coding both coordinates apart costs: a linear transform of the banana against the square lattice")
  func apart() throws {
    let source = try Self.source("banana")
    let (square, linear) = (try source.curve(named: .square), try source.curve(named: .transformUniformThreshold))
    for rate in [0.5, 1, 2, 4, 6] {
      #expect(try square.point(atRate: rate).distortion < linear.point(atRate: rate).distortion)
    }
  }

  @Test("its evidence, read back from its form, proves every bound", arguments: cases)
  func evidence(name: String, lattice: CurveName) throws {
    let curve = try Self.source(name).curve(named: lattice)
    for share in [0.93, 0.5, 0.1, 0.01] {
      let distortion = share * curve.largestDistortion
      let bound = try curve.bound(atDistortion: distortion)
      #expect(bound.kind == .upper && bound.rate.width < 1e-7, "\(bound)")
      let point = try curve.point(atDistortion: distortion)
      #expect(abs(point.rate - bound.rate.upper) < 1e-7)
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
      #expect(proved.upper <= bound.rate.upper && proved.upper >= bound.rate.lower)
      // At less distortion than the lattice has it proves nothing.
      #expect(try curve.proved(by: bound.evidence, atDistortion: distortion * 0.999).upper == .infinity)
    }
  }

  @Test("a lattice with another step, offset, name or source does not prove what was printed")
  func forged() throws {
    let source = try Self.source("banana")
    let curve = try source.curve(named: .hexagonal)
    let distortion = 0.9
    let bound = try curve.bound(atDistortion: distortion)
    let code = try #require(bound.evidence as? LatticeQuantizer)
    var changed = code
    changed.step = code.step * (1 + 1e-6)
    #expect(try curve.proved(by: changed, atDistortion: distortion).upper == .infinity)
    changed.step = code.step * (1 - 1e-6)
    #expect(try curve.proved(by: changed, atDistortion: distortion).upper > bound.rate.upper)
    changed = code
    changed.offset += SIMD2(0.125, 0.0625)
    let moved = try curve.proved(by: changed, atDistortion: distortion).upper
    #expect(moved > bound.rate.upper)
    let other = try #require(LatticeQuantizer(lattice: "square", step: code.step, offset: code.offset))
    #expect(try curve.proved(by: other, atDistortion: distortion).upper == .infinity)
    #expect(try source.curve(named: .square).proved(by: code, atDistortion: distortion).upper == .infinity)
    let apart = try #require(LatticeQuantizer(lattice: "components", step: code.step, offset: code.offset))
    #expect(try curve.proved(by: apart, atDistortion: distortion).upper == .infinity)
    changed.step = .nan
    #expect(throws: DomainError.self) { try curve.proved(by: changed, atDistortion: distortion) }
    // Of two Gaussian scalars the same lattice has another entropy.
    let elsewhere = try Self.source("gaussian").curve(named: .hexagonal)
    let there = try elsewhere.proved(by: code, atDistortion: distortion).upper
    #expect(there < bound.rate.lower || there > bound.rate.upper)
  }

  @Test("beyond the finest lattice nothing is claimed", arguments: cases)
  func end(name: String, lattice: CurveName) throws {
    let curve = try Self.source(name).curve(named: lattice)
    #expect(throws: DomainError.self) { try curve.bound(atDistortion: 1e-6) }
    #expect(throws: DomainError.self) { try curve.point(atRate: 12) }
  }
}
