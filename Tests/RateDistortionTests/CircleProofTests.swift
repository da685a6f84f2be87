import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The computer's part of the proof for the circle: it proves what is true, and can fail.
@Suite("the circle's proof")
struct CircleProofTests {
  @Test("every claim is proved, with a margin")
  func proof() {
    let proof = CircleProof()
    #expect(proof.checks.count >= 20)
    for check in proof.checks {
      #expect(check.isProved, "\(check.claim): \(check.failure)")
      #expect(check.margin > 0 && check.boxes >= 1)
    }
    #expect(proof.isProved)
  }

  @Test("there is room: the three sizes exceed 1.1 too")
  func room() {
    #expect(CircleProof(leastSum: 1.1).isProved)
  }

  @Test("a false claim is rejected: three sizes with a sum of 1.2175 exist", arguments: [1.22, 1.3, 2])
  func falseClaim(sum: Double) throws {
    let proof = CircleProof(leastSum: sum)
    #expect(!proof.isProved)
    let failed = try #require(proof.checks.first)
    #expect(!failed.isProved && !failed.failure.isEmpty)
  }

  @Test("a claim outside the argument's range is not proved", arguments: [0.5, 3.5, Double.nan, .infinity])
  func claimsOutside(sum: Double) {
    #expect(!CircleProof(leastSum: sum).isProved)
  }

  @Test("the inequality behind it at random triples: M(a, b) < M(b, r), a + b + r = 1")
  func randomTriples() {
    let circle = Circle()
    let g = { (p: Double) in circle.cellDistortion(p) + circle.logarithmicSlope(p) }
    let mean = { (a: Double, b: Double) in (g(b) - g(a)) / Double.log(b / a) }
    var generator = SeededGenerator(seed: 30)
    var tried = 0
    while tried < 20_000 {
      let a = Double.random(in: 0...0.34, using: &generator)
      let b = Double.random(in: 0...0.5, using: &generator)
      let r = 1 - a - b
      guard a > 1e-3, b > a + 1e-3, r > b + 1e-3 else { continue }
      #expect(mean(a, b) < mean(b, r), "\(a) \(b)")
      tried += 1
    }
  }
}
