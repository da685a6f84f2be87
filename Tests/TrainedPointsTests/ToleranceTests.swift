import Foundation
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("which points are as good as a curve")
struct ToleranceTests {
  private func point(_ rate: Double, _ distortion: Double, lambda: Double? = nil) -> TrainedPoint {
    TrainedPoint(row: 2, rate: rate, distortion: distortion, lambda: lambda)
  }

  /// Sources of which good one-shot codes are known.
  private static let sources: [any InformationSource.Type] = [
    Circle.self, Ramp.self, Sawbridge.self, Sinusoid.self, UniformScalar.self, Gaussian.self, Laplace.self,
    WynerZiv.self,
  ]

  @Test("(a) above the largest distortion a positive rate is never optimal", arguments: 0..<sources.count)
  func aboveTheLargestDistortion(index: Int) throws {
    let source = try KnownSource(Self.sources[index])
    let largest = source.judgement.achievable.largestDistortion
    for rate in [1e-4, 0.01, 0.05, 0.09, 0.099, 0.1, 0.101, 0.2, 1, 5, 20] {
      for factor in [1.0, 1.0001, 1.2, 5, 1e6] {
        let judged = judge(source, [point(rate, factor * largest), point(rate, factor * largest, lambda: 3)])
        #expect(judged.map(\.verdict) == [.suboptimal, .suboptimal], "\(rate) bits at \(factor) Dmax")
      }
    }
    // What is left of a collapsed model is no rate.
    #expect(judge(source, [point(0, largest), point(1e-9, largest)]).allSatisfy { $0.verdict == .optimal })
  }

  @Test("the nonsense that a tolerance in bits alone calls optimal")
  func nonsense() throws {
    let judged = judge(try Gaussian(variance: 1), point(0.05, 5), point(0.09, 1.2), point(0.099, 1))
    #expect(judged.map(\.verdict) == [.suboptimal, .suboptimal, .suboptimal])
    #expect(try #require(judged[0].lagrangian?.bits) > 2)
  }

  @Test("(b) within the tolerance above a steep piece of E(D) is optimal, though far from the hull")
  func steepPieces() throws {
    for source in [Ramp() as any InformationSource, Circle(), Sawbridge(), UniformScalar(), Sinusoid()] {
      let known = KnownSource(source)
      let curve = known.judgement.achievable
      for corner in known.corners(upToRate: 5).dropFirst() {
        // E(D) is vertical just below the distortion of a uniform code.
        for step in [0, 1e-9, 1e-7, 1e-6] {
          let d = corner * (1 - step)
          let rate = try curve.point(atDistortion: d).rate
          #expect(
            judge(known, [point(rate + 1e-8, d), point(rate + 0.0999, d)]).map(\.verdict) == [.optimal, .optimal])
        }
      }
    }
    // Two cells of the ramp: the hull passes 0.11 bits below, for it goes from one cell to four.
    let two = judge(Ramp(), point(1, 0.0625))[0]
    #expect(two.verdict == .optimal)
    #expect(abs(try #require(two.lagrangian?.bits) - 1.0 / 9) < 1e-9)
  }

  @Test("(c) the answer does not jump where the rate is the tolerance")
  func continuity() throws {
    for source in [Circle() as any InformationSource, Ramp(), try Gaussian(variance: 1)] {
      let known = KnownSource(source)
      let curve = known.judgement.achievable
      for rate in [0.02, 0.05, 0.0999, 0.1, 0.1001, 0.15, 0.1999, 0.2, 0.2001, 0.3] {
        // The distortion at which a code of this rate stops being optimal.
        var (good, bad) = (try curve.point(atRate: rate).distortion, 1.2 * curve.largestDistortion)
        for _ in 0..<50 {
          let middle = (good + bad) / 2
          if judge(known, [point(rate, middle)])[0].verdict == .optimal { good = middle } else { bad = middle }
        }
        var (next, far) = (try curve.point(atRate: rate * 1.001).distortion, 1.2 * curve.largestDistortion)
        for _ in 0..<50 {
          let middle = (next + far) / 2
          if judge(known, [point(rate * 1.001, middle)])[0].verdict == .optimal { next = middle } else { far = middle }
        }
        #expect(abs(next / good - 1) < 0.002, "\(rate) bits: \(good), then \(next)")
      }
    }
  }

  @Test("points of the curve are optimal, whatever the lambda of their training; the Lagrangian is in bits")
  func lagrangian() throws {
    let gaussian = KnownSource(try Gaussian(variance: 1))
    let curve = gaussian.judgement.achievable
    for rate in [0.5, 1, 2, 4] {
      let best = try curve.point(atRate: rate)
      for lambda in [0.01, 1, 100, 1e4] {
        let judged = judge(gaussian, [point(rate, best.distortion, lambda: lambda)])[0]
        #expect(judged.verdict == .optimal)
        let line = try curve.supportingLine(slope: lambda)
        let excess = rate + lambda * best.distortion - line.lagrangian
        #expect(try #require(judged.lagrangian?.lambda) == lambda)
        #expect(abs(try #require(judged.lagrangian?.bits) - excess) < 1e-9 && excess > -1e-9)
      }
      // At the curve's own slope nothing is left.
      let slope = try #require(best.slope)
      #expect(abs(try #require(judge(gaussian, [point(rate, best.distortion)])[0].lagrangian?.bits)) < 1e-9)
      #expect(abs(try curve.supportingLine(slope: slope).lagrangian - rate - slope * best.distortion) < 1e-8)
    }
  }

  @Test("undecided without a code to compare with; best-known near the best code, the converse further below")
  func withoutCodes() throws {
    let banana = judge(Banana(), point(5, 0.25), point(1, 1))
    // R(1) = 1.92 bits and R(0.25) = 3.60; codebooks of less than 4.1 bits reach 0.25.
    #expect(banana.map(\.verdict) == [.suboptimal, .impossible])
    // The Shannon lower bound is far below what one-shot codes have: its rate is none of theirs.
    let least = try KnownSource(Banana()).judgement.converse.point(atDistortion: 0.25).rate
    let near = judge(Banana(), point(least + 0.02, 0.25), point(log2(3 / 0.25) + 0.05, 0.25))
    #expect(near.map(\.verdict) == [.optimal, .impossible])
    for type in [GaussianMixture.self, Sphere.self] as [any InformationSource.Type] {
      let source = try KnownSource(type)
      let rate = try source.judgement.converse.point(atDistortion: 0.1).rate
      #expect(judge(source, [point(rate + 0.3, 0.1)])[0].verdict == .undecided)
    }

    let marginal = try KnownSource(WynerZiv.self, ["coding": .word("marginal")])
    let best = try #require(try marginal.judgement.codes.map { try $0.point(atDistortion: 0.02).rate }.min())
    #expect(judge(marginal, [point(best + 0.01, 0.02)])[0].verdict == .bestKnown)
    #expect(judge(marginal, [point(best + 0.5, 0.02)])[0].verdict == .suboptimal)
    // With Slepian-Wolf coding a better code is known.
    #expect(judge(try KnownSource(WynerZiv.self), [point(best + 0.01, 0.02)])[0].verdict == .suboptimal)
  }

  @Test("the headline is the code's where the entropy of the index is known")
  func headline() throws {
    let summary = Verification(of: try SharedFile.toySources.points()).forEach { _ in }
    #expect(summary.codes == 30)
    let sawbridge = try #require(summary.sources.first { $0.name == "sawbridge" })
    #expect(sawbridge.counts == [.optimal: 4])
    #expect(sawbridge.modelCounts[.suboptimal] == 3)
    #expect(sawbridge.judging.last == .exact)
  }
}
