import Foundation
import IntervalArithmetic
import Testing

import RateDistortion
import TestSupport

/// The objects inside the proofs of R(D) on the line, each against values of 20 digits or brute force.
@Suite("What a law on the line proves")
struct LineProofTests {
  static func source(_ name: String) throws -> any LineSource {
    switch name {
    case "laplace": return StandardSource(LaplaceDensity())
    case "exponential": return StandardSource(ExponentialDensity())
    case "uniform": return StandardSource(UniformDensity())
    case "logistic": return StandardSource(LogisticDensity())
    default:
      return MixtureSource([
        .init(weight: Interval(0.3), mean: 1, variance: 0.05),
        .init(weight: 1 - Interval(0.3), mean: -1, variance: 0.3),
      ])
    }
  }

  static func law(_ oracle: LawOracle) -> LineLaw {
    let rows = oracle.row.map { [LineRow(side: .right, first: $0[0], spacing: $0[1], weight: $0[2])] } ?? []
    return LineLaw(points: oracle.points, weights: oracle.weights, rows: rows)
  }

  static func panels(_ oracle: LawOracle, _ law: LineLaw? = nil) throws -> LinePanels {
    let source = try source(oracle.source)
    let atoms = try #require(
      LineAtoms(
        law ?? Self.law(oracle), isSymmetric: source.isSymmetric, decay: [.right: 1], rowsUpTo: oracle.high + 40))
    return try LinePanels(
      source, atoms: atoms, slope: oracle.slope, from: oracle.low, to: oracle.high,
      multiplicity: source.isSymmetric ? 2 : 1, rule: LineProof.rule)
  }

  @Test("integrals over panels hold the values of 20 digits and are narrower than 1e-10")
  func panelIntegrals() throws {
    for oracle in try LawOracle.all() {
      let panels = try Self.panels(oracle)
      let found: [(Interval, LawOracle.Quantity)] = [
        (panels.expectation, .expectation), (panels.exponent, .exponent), (panels.probability, .probability),
        (panels.square, .square),
      ]
      for (enclosure, quantity) in found {
        let value = oracle.value(quantity)
        let scale = max(1, abs(value))
        #expect(enclosure.lower <= value * (1 + 1e-15) + 1e-16, "\(oracle.source) \(oracle.slope) \(quantity)")
        #expect(enclosure.upper >= value * (1 - 1e-15) - 1e-16, "\(oracle.source) \(oracle.slope) \(quantity)")
        #expect(enclosure.width < 1e-10 * scale, "\(oracle.source) \(oracle.slope) \(quantity) \(enclosure)")
      }
    }
  }

  @Test("the supremum over y is that of 20 digits, from above and by less than 1e-10 of it")
  func supremum() throws {
    for oracle in try LawOracle.all() {
      let source = try Self.source(oracle.source)
      let panels = try Self.panels(oracle)
      let window = DualWindow(
        LineMeasure(
          nodes: panels.nodes, weights: panels.weights, panels: panels.panels,
          addition: panels.ratioError * (source.isSymmetric ? 2 : 1), isSymmetric: source.isSymmetric),
        scale: (2 * oracle.slope).squareRoot())
      let value = oracle.value(.supremum)
      #expect(window.supremum >= value, "\(oracle.source) \(oracle.slope)")
      #expect(window.supremum <= value * (1 + 1e-10), "\(oracle.source) \(oracle.slope) \(window.supremum / value - 1)")
    }
  }

  @Test("a panel left out is missed in the probability, and a supremum sought in part is found too small")
  func leftOut() throws {
    let oracle = try #require(try LawOracle.all().first { $0.source == "laplace" })
    let panels = try Self.panels(oracle)
    // The test above would fail by this much.
    let least = try #require(panels.panels.map(\.probability).min())
    #expect(least > 1e5 * panels.probability.width)
    let nodes = panels.nodes
    let weights = panels.weights
    let scale = (2 * oracle.slope).squareRoot()
    let whole = LineSupremum(over: 0...9, nodes: nodes, weights: weights, scale: scale)
    let far = LineSupremum(over: 2...9, nodes: nodes, weights: weights, scale: scale)
    #expect(far.largest < whole.largest * 0.999)
    #expect(whole.bounds.count >= Int(9 * scale / 0.5))
  }

  @Test("a law with a row: everything up to infinity, against 20 digits")
  func rows() throws {
    var count = 0
    for oracle in try LawOracle.all() {
      guard let tail = oracle.tail else { continue }
      count += 1
      let source = try Self.source(oracle.source)
      let law = Self.law(oracle)
      let proof: LineProof =
        source.isSymmetric
        ? try LineProof(StandardSource(LaplaceDensity()), slope: oracle.slope, law: law)
        : try LineProof(StandardSource(ExponentialDensity()), slope: oracle.slope, law: law)
      let weight = law.weights.reduce(0, +) + law.rows.reduce(0) { $0 + $1.weight }
      let expectation = oracle.value(.expectation) + tail.expectation + log(weight)
      #expect(proof.bounds.expectation >= expectation - 1e-13)
      // A spacing of h = 0.97 or 0.71 kernel widths: the ripple of 2 exp(-2 pi^2 sigma^2/h^2) is all that is lost.
      #expect(proof.bounds.expectation <= expectation + 2e-9, "\(proof.bounds.expectation - expectation)")
      let distortion = (oracle.value(.exponent) + tail.exponent) / oracle.slope
      #expect(proof.bounds.distortion.lower <= distortion && proof.bounds.distortion.upper >= distortion)
      #expect(proof.bounds.distortion.width < 1e-6 * distortion)
      #expect(proof.supremum >= oracle.value(.supremum))
      // Weak duality, with what the dual loses at most.
      #expect(
        proof.bounds.least <= expectation && proof.bounds.least >= expectation - log(proof.supremum * weight) - 3e-9)
    }
    #expect(count == 2)
  }

  @Test("log Z, K/Z and the posterior's moment keep their bounds in the complex neighbourhood of a panel")
  func strip() {
    var random = SeededGenerator(seed: 11)
    var checked = 0
    for _ in 0..<400 {
      let points = (0..<Int.random(in: 1...12, using: &random)).map { _ in Double.random(in: -6...6, using: &random) }
      let weights = points.map { _ in exp(Double.random(in: -6...0, using: &random)) }
      let kernels = zip(points, weights).map { $1 * exp(-$0 * $0 / 2) }
      let z = kernels.reduce(0, +)
      let mean = zip(points, kernels).reduce(0) { $0 + $1.0 * $1.1 } / z
      let center = PosteriorStrip.Center(
        logarithm: log(z), offset: (abs(mean), 0), terms: zip(points, kernels).map { ($1, abs($0 - mean), 0) },
        reach: 1e3, logLeftOut: -.infinity)
      let w = Double.random(in: 0.1...0.5, using: &random)
      let imaginary = Double.random(in: 0.05...1, using: &random)
      let real = (w * w + imaginary * imaginary).squareRoot()
      guard let strip = PosteriorStrip(center, along: real, across: 0, imaginary: imaginary) else { continue }
      checked += 1
      var argument = 0.0
      var last = (1.0, 0.0)
      for step in 0...40 {
        // From the middle of the panel to the edge of the box, so that the argument is followed continuously.
        let (x, y) = (real * Double(step) / 40, imaginary * Double(step) / 40)
        var sum = (0.0, 0.0)
        var moment = (0.0, 0.0)
        for (point, weight) in zip(points, weights) {
          // exp(-(z - point)^2/2) for z = x + i y.
          let size = weight * exp((y * y - (x - point) * (x - point)) / 2)
          let angle = -(x - point) * y
          let kernel = (size * cos(angle), size * sin(angle))
          sum = (sum.0 + kernel.0, sum.1 + kernel.1)
          let square = ((x - point) * (x - point) - y * y, 2 * (x - point) * y)
          moment.0 += kernel.0 * square.0 - kernel.1 * square.1
          moment.1 += kernel.0 * square.1 + kernel.1 * square.0
        }
        let size = hypot(sum.0, sum.1)
        argument += atan2(sum.1 * last.0 - sum.0 * last.1, sum.0 * last.0 + sum.1 * last.1)
        last = sum
        #expect(hypot(log(size), argument) <= strip.logarithm * (1 + 1e-12))
        #expect(hypot(moment.0, moment.1) / size / 2 <= strip.moment * (1 + 1e-12))
        for target in stride(from: -7.0, through: 7, by: 0.5) {
          let kernel = exp((y * y - (x - target) * (x - target)) / 2)
          #expect(kernel / size <= strip.ratio * (1 + 1e-12))
        }
      }
    }
    #expect(checked > 100)
  }

  @Test(
    "the rule errs by no more than it says on functions with a pole, and by more than a rule with a weight altered says"
  )
  func rule() {
    let rule = PanelRule(nodes: 16)
    func integral(_ rule: PanelRule, _ function: (Double) -> Double) -> Double {
      zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * function($1.0) }
    }
    for pole in [0.2, 0.35, 0.6, 1, 2] {
      // 1/(x^2 + p^2) is at most 1/(p^2 - b^2) where |Im x| <= b < p.
      let exact = 2 / pole * atan(1 / pole)
      let error = abs(integral(rule) { 1 / ($0 * $0 + pole * pole) } - exact)
      for share in [0.3, 0.6, 0.9] {
        let b = share * pole
        #expect(error <= rule.error(imaginary: b, displacement: 0) / (pole * pole - b * b) + 1e-15)
      }
    }
    var weights = rule.weights
    weights[3] += 1e-9
    let altered = PanelRule(nodes: rule.nodes, weights: weights)
    #expect(altered.error(imaginary: 1, displacement: 0) > 1e-9)
    #expect(rule.error(imaginary: 1, displacement: 0) < 1e-11)
    #expect(rule.error(imaginary: 4, displacement: 0) < 2e-14)
    weights[3] = .nan
    #expect(!(PanelRule(nodes: rule.nodes, weights: weights).error(imaginary: 1, displacement: 0) < 1))
  }

  @Test("Bernstein bounds are above random polynomials, by at most their tolerance, on intervals and squares")
  func bernstein() {
    var random = SeededGenerator(seed: 5)
    for count in [4, 9, 12] {
      let bernstein = BernsteinBound(count: count, floor: -1e9, tolerance: 1e-11)
      for _ in 0..<50 {
        let c = (0..<count).map { Double.random(in: -1...1, using: &random) * pow(2, Double($0)) }
        let bound = bernstein.bound(c, halfWidth: 0.25)
        var largest = -Double.infinity
        for step in 0...20_000 {
          let s = 0.25 * (Double(step) / 10_000 - 1)
          largest = max(largest, c.reversed().reduce(0) { $0 * s + $1 })
        }
        #expect(bound >= largest - 1e-14)
        // Between points of the grid the polynomial grows by its bend, below 1e-8.
        #expect(bound <= largest + 1e-7)
      }
    }
    let square = BernsteinBound(count: 5, floor: -1e9, tolerance: 1e-7)
    for _ in 0..<20 {
      let c = (0..<25).map { _ in Double.random(in: -1...1, using: &random) }
      let bound = square.bound(square: c, halfWidth: 0.25)
      var largest = -Double.infinity
      for i in 0...400 {
        for j in 0...400 {
          let (s, t) = (0.25 * (Double(i) / 200 - 1), 0.25 * (Double(j) / 200 - 1))
          var value = 0.0
          for k in (0..<5).reversed() { value = value * s + (0..<5).reversed().reduce(0) { $0 * t + c[k * 5 + $1] } }
          largest = max(largest, value)
        }
      }
      #expect(bound >= largest - 1e-13 && bound <= largest + 1e-5)
    }
    #expect(BernsteinBound(count: 4, floor: 1, tolerance: 1e-9).bound([1, .nan, 0, 0], halfWidth: 1) == .infinity)
    #expect(worst(.nan, 1) == .infinity && worst(1, .nan) == .infinity && worst(1, 2) == 2)
  }

  @Test("a weight that is not a number, or infinite, makes the supremum infinite")
  func notANumber() {
    let nodes = stride(from: 0.0, to: 4, by: 0.1).map { $0 }
    var weights = [Double](repeating: 0.1, count: nodes.count)
    let fine = LineSupremum(over: 0...4, nodes: nodes, weights: weights, scale: 2)
    #expect(fine.largest < 2)
    for bad in [Double.nan, .infinity] {
      weights[17] = bad
      let sums = LineSupremum(over: 0...4, nodes: nodes, weights: weights, scale: 2)
      #expect(sums.largest == .infinity)
      let measure = LineMeasure(
        nodes: nodes, weights: weights, panels: [.init(low: 0, high: 4, probability: 1)], isSymmetric: false)
      #expect(DualWindow(measure, scale: 2).loss == .infinity)
    }
  }
}
