import IntervalArithmetic
import TestSupport
import Testing

@Suite("Enclosing roots")
struct RootEnclosureTests {
  @Test("the square root of 2 is found, to neighbouring doubles, and proved unique")
  func squareRoot() throws {
    let root = try RootEnclosure(of: { x in x * x - 2 }, derivative: { x in 2 * x }, on: Interval(1, 2))
    #expect(!root.interval.isDisjoint(with: Interval.sqrt(2)) && root.isUnique)
    #expect(steps(across: root.interval) <= 4)
    #expect(root.evaluations < 40)
  }

  @Test("sign changes alone give the same root, without a claim of uniqueness")
  func signsAlone() throws {
    let root = try RootEnclosure(of: { x in x * x - 2 }, on: Interval(1, 2))
    #expect(!root.interval.isDisjoint(with: Interval.sqrt(2)) && !root.isUnique)
    #expect(steps(across: root.interval) <= 4)
    #expect(root.evaluations < 80)
  }

  @Test(
    "a good guess saves evaluations, a bad one does no harm", arguments: [1.4142135623730951, 1.41, 1.0, 2.0, -7, .nan])
  func guesses(guess: Double) throws {
    let plain = try RootEnclosure(of: { x in x * x - 2 }, on: Interval(1, 2), near: guess)
    #expect(!plain.interval.isDisjoint(with: Interval.sqrt(2)) && steps(across: plain.interval) <= 4)
    #expect(plain.evaluations <= (guess == 1.4142135623730951 ? 20 : 100))
    let newton = try RootEnclosure(of: { x in x * x - 2 }, derivative: { x in 2 * x }, on: Interval(1, 2), near: guess)
    #expect(!newton.interval.isDisjoint(with: Interval.sqrt(2)) && newton.isUnique)
  }

  @Test("against 28 digits: x exp(x) = a, x = a cos x, log x + a x = 0 at random parameters, with and without a slope")
  func oracle() throws {
    let rows = try ProofObjects.read().roots
    #expect(rows.count == 90)
    for row in rows {
      let a = Interval(row.parameter)
      let function: (Interval) -> Interval
      let slope: (Interval) -> Interval
      let domain: Interval
      switch row.equation {
      case "x exp(x) = a":
        function = { x in x * .exp(x) - a }
        slope = { x in (1 + x) * .exp(x) }
        domain = try Interval(0, 6)
      case "x = a cos(x)":
        function = { x in x - a * .cos(x) }
        slope = { x in 1 + a * .sin(x) }
        domain = try Interval(0, 1.57)
      default:
        #expect(row.equation == "log(x) + a x = 0")
        function = { x in .log(x) + a * x }
        slope = { x in 1 / x + a }
        domain = try Interval(1e-3, 1)
      }
      let newton = try RootEnclosure(of: function, derivative: slope, on: domain)
      let signs = try RootEnclosure(of: function, on: domain)
      for root in [newton, signs] {
        #expect(row.root.isBetween(root.interval.lower, and: root.interval.upper), "\(row): \(root)")
        #expect(root.interval.width <= 1e-14 * (1 + row.parameter), "\(row): \(root)")
      }
      #expect(newton.isUnique && !signs.isUnique, "\(row)")
    }
  }

  @Test("roots of random cubics (x - a)(x^2 + b), rising or falling, contain a")
  func cubics() throws {
    var samples = SeededGenerator(seed: 13)
    for _ in 0..<2000 {
      let a = Double.random(in: -3...3, using: &samples)
      let b = Double.random(in: 0.1...4, using: &samples)
      let sign = samples.next() & 1 == 0 ? Interval(1) : -1
      let f: (Interval) -> Interval = { x in sign * (x - Interval(a)) * (Interval.squared(x) + Interval(b)) }
      let slope: (Interval) -> Interval = { x in
        sign * (Interval.squared(x) + Interval(b) + 2 * x * (x - Interval(a)))
      }
      let root = try RootEnclosure(of: f, derivative: slope, on: Interval(-5, 5))
      #expect(root.interval.contains(a) && root.interval.width < 1e-13, "\(a) in \(root)")
      let bracket = try RootEnclosure(
        of: f, on: Interval(-5, 5), near: a + Double.random(in: -1e-9...1e-9, using: &samples))
      #expect(bracket.interval.contains(a) && bracket.interval.width < 1e-12, "\(a) in \(bracket)")
    }
  }

  @Test("uniqueness is proved though the derivative vanishes elsewhere in the interval")
  func uniqueDespiteFlatPart() throws {
    // x^2 - 1 on [-0.5, 3]: f' = 0 at 0, where f = -1.
    let root = try RootEnclosure(
      of: { x in Interval.squared(x) - 1 }, derivative: { x in 2 * x }, on: Interval(-0.5, 3))
    #expect(root.interval.contains(1) && root.isUnique)
  }

  @Test("three roots: one is enclosed, uniqueness is not claimed")
  func severalRoots() throws {
    let f: (Interval) -> Interval = { x in x * (Interval.squared(x) - 1) }
    let root = try RootEnclosure(of: f, derivative: { x in 3 * Interval.squared(x) - 1 }, on: Interval(-1.75, 2))
    #expect([-1.0, 0, 1].contains { root.interval.contains($0) } && !root.isUnique)
  }

  @Test("a guess that singles out one of three roots does not make it unique", arguments: [-1.0, 1])
  func guessAmongSeveralRoots(guess: Double) throws {
    let f: (Interval) -> Interval = { x in x * (Interval.squared(x) - 1) + Interval(1e-3) }
    let root = try RootEnclosure(
      of: f, derivative: { x in 3 * Interval.squared(x) - 1 }, on: Interval(-1.75, 2), near: guess)
    #expect(abs(root.interval.midpoint - guess) < 2e-3 && root.interval.width < 1e-14 && !root.isUnique)
  }

  @Test("a triple root is enclosed as far as signs can be told, without a claim of uniqueness by Newton")
  func tripleRoot() throws {
    let f: (Interval) -> Interval = { x in Interval.pow(x - 1, 3) }
    let root = try RootEnclosure(of: f, derivative: { x in 3 * Interval.squared(x - 1) }, on: Interval(0, 3))
    #expect(root.interval.contains(1) && root.interval.width < 1e-9)
  }

  @Test("a root at an end is proved only if the function is exactly 0 there")
  func rootAtEnd() throws {
    let exact = try RootEnclosure(of: { x in x * (x + 1) }, derivative: { x in 2 * x + 1 }, on: Interval(0, 1))
    #expect(exact.interval == 0 && exact.isUnique)
    #expect(throws: RootEnclosureError.self) {
      try RootEnclosure(of: { x in Interval.sin(x) }, on: Interval(1, Interval.pi.lower))
    }
    #expect(
      try RootEnclosure(of: { x in Interval.sin(x) }, on: Interval(1, Interval.pi.upper)).interval.isSubset(of: .pi))
  }

  @Test("nothing is claimed without a proof: no sign change, wide enclosures, bad domains, no work")
  func failures() throws {
    let domain = try Interval(0, 1)
    #expect(throws: RootEnclosureError.noSignChange(domain: domain, atLower: 1, atUpper: 2)) {
      try RootEnclosure(of: { x in Interval.squared(x) + 1 }, derivative: { x in 2 * x }, on: domain)
    }
    // Two roots inside, equal signs at the ends.
    #expect(throws: RootEnclosureError.self) {
      try RootEnclosure(of: { x in Interval.squared(x) - 1 }, on: Interval(-2, 2))
    }
    // An enclosure so wide that no sign is certain.
    #expect(throws: RootEnclosureError.self) {
      try RootEnclosure(of: { x in x + Interval.hull(-9, 9) }, on: Interval(-2, 2))
    }
    #expect(throws: RootEnclosureError.self) { try RootEnclosure(of: { x in Interval.log(x) }, on: Interval(-2, 2)) }
    #expect(throws: RootEnclosureError.unboundedDomain(.entire)) { try RootEnclosure(of: { x in x }, on: .entire) }
    #expect(throws: RootEnclosureError.unboundedDomain(.empty)) { try RootEnclosure(of: { x in x }, on: .empty) }
    #expect(throws: RootEnclosureError.workLimitTooLow(1)) {
      try RootEnclosure(of: { x in x }, on: Interval(-1, 2), workLimit: 1)
    }
  }

  @Test("at the work limit the enclosure is wider and still true; the tolerance is honoured")
  func limits() throws {
    let f: (Interval) -> Interval = { x in x * x - 2 }
    let short = try RootEnclosure(of: f, on: Interval(1, 2), workLimit: 6)
    #expect(!short.interval.isDisjoint(with: Interval.sqrt(2)) && short.interval.width > 0.01 && short.evaluations <= 8)
    let coarse = try RootEnclosure(of: f, on: Interval(1, 2), tolerance: 1e-3)
    #expect(coarse.interval.width <= 1e-3 && coarse.evaluations < 14)
  }

  @Test("noise around the root stops the search with the whole undecided part")
  func noise() throws {
    let noise = Interval.hull(-1e-6, 1e-6)
    let root = try RootEnclosure(of: { x in x - 1 + noise }, on: Interval(-2, 5))
    #expect(root.interval.contains(1) && root.interval.width >= 1e-6 && root.interval.width < 1e-5)
  }

  @Test("a root on the scale of 1e-300 is found in [1e-308, 1]")
  func tinyRoot() throws {
    let root = try RootEnclosure(
      of: { x in Interval.log(x) + 690 }, derivative: { x in 1 / x }, on: Interval(1e-308, 1))
    #expect(root.isUnique && root.interval.lower > 1e-300)
    #expect(root.interval.width < 1e-12 * root.interval.lower, "\(root)")
    #expect(!root.interval.isDisjoint(with: Interval.exp(-690)))
  }
}
