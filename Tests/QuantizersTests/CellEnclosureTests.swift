import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The enclosures that the quantizers' proofs are made of, each by itself: an end that is 1e-9 off fails here.
@Suite("enclosures of cells and of codes of one step")
struct CellEnclosureTests {
  private func check(_ enclosure: Interval, _ truth: Digits, within relative: Double, _ what: Comment) {
    #expect(truth.isBetween(enclosure.lower, and: enclosure.upper), what)
    #expect(enclosure.width <= relative * truth.value, what)
  }

  @Test("p, c - a and D of random cells, far tails included, hold 28 digits and are no wider than 1e-11 of them")
  func cells() throws {
    let rows = try ProofObjects.read().cells
    #expect(rows.count >= 280)
    for row in rows {
      let cell: QuantizationCell<Interval> = try density(row.density).cell(from: row.a, to: row.b ?? .infinity)
      let what: Comment = "\(row)"
      check(cell.probability, row.probability, within: 1e-11, what)
      check(cell.centroid(from: row.a), row.centroidFromA, within: 1e-11, what)
      check(cell.distortion, row.distortion, within: 1e-11, what)
    }
  }

  @Test("entropy and distortion of codes of one step, at centroids and at multiples, hold 28 digits to 1e-11")
  func steps() throws {
    func check(_ density: some ScalarDensity, _ row: ProofObjects.Steps) {
      let (entropy, distortion) = density.enclosure(
        of: EqualSteps(
          step: row.step, phase: row.phase, reproduction: row.reproduction == "multiples" ? .multiples : .centroid))
      self.check(entropy, row.entropy, within: 1e-11, "\(row): \(entropy)")
      self.check(distortion, row.distortion, within: 1e-11, "\(row): \(distortion)")
    }
    let rows = try ProofObjects.read().steps
    #expect(rows.count == 120)
    for row in rows { check(try density(row.density), row) }
  }

  @Test(
    "cells of a partition: enclosed probabilities hold 1, means the mean, distortions the variance", arguments: 1...40)
  func partitions(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for density in standardDensities {
      let low = max(density.support.lowerBound, -8)
      let high = min(density.support.upperBound, 8)
      let cuts = (0..<6).map { _ in generator.uniform(low...high) }.sorted()
      var whole: QuantizationCell<Interval> = density.cell(from: -.infinity, to: cuts[0])
      for (a, b) in zip(cuts, cuts.dropFirst() + [.infinity]) {
        let cell: QuantizationCell<Interval> = density.cell(from: a, to: b)
        whole = whole.union(with: cell)
      }
      let what: Comment = "\(density.name) at \(cuts)"
      for (sum, truth) in [
        (whole.probability, 1), (whole.centroid, density.mean(as: Interval.self)),
        (whole.distortion, density.variance(as: Interval.self)),
      ] {
        #expect(!sum.isDisjoint(with: truth) && sum.width < 1e-11, what)
      }
    }
  }
}

/// The lower bounds on D + mu H: a grid of thresholds, and Sullivan's sources.
@Suite("lower bounds on D + mu H")
struct LagrangianBoundTests {
  /// D + mu H of the quantizer of thresholds, at centroids.
  private func cost<Density: ScalarDensity>(_ density: Density, _ thresholds: [Double], mu: Double) throws -> Double {
    let (entropy, distortion) = try ThresholdQuantizer(thresholds: thresholds, of: density)
      .performance(on: density, as: Double.self)
    return distortion + mu * entropy
  }

  /// The best of all quantizers with thresholds among the nodes: every subset is tried.
  private func best<Density: ScalarDensity>(_ density: Density, among nodes: [Double], mu: Double) throws -> Double {
    try (0..<(1 << nodes.count)).map { subset in
      try cost(density, nodes.indices.filter { subset >> $0 & 1 == 1 }.map { nodes[$0] }, mu: mu)
    }.min() ?? .infinity
  }

  @Test(
    "a path on eight nodes is below every quantizer between them, on the grid and off it",
    arguments: ["gaussian", "laplace", "logistic"], [0.05, 0.3, 1])
  func smallGrids(name: String, mu: Double) throws {
    func check(_ density: some UnimodalDensity) throws {
      var generator = SeededGenerator(seed: 51)
      for _ in 0..<20 {
        let nodes = (0..<8).map { _ in generator.uniform(-3...3) }.sorted()
        var grid = ThresholdGrid(density: density, nodes: nodes)
        let path = grid.shortestPath(mu: mu, below: .infinity)
        #expect(path <= (try best(density, among: nodes, mu: mu)))
        for _ in 0..<100 {
          let count = Int.random(in: 0...7, using: &generator)
          let thresholds = (0..<count).map { _ in generator.uniform(nodes[0]...nodes[7]) }.sorted()
          #expect(path <= (try cost(density, thresholds, mu: mu)), "\(nodes) \(thresholds)")
        }
      }
    }
    try check(density(name))
  }

  @Test("the path is the best quantizer on the nodes less charges that fall with the square of their distance")
  func charges() throws {
    // The best on the nodes by plain dynamic programming over cells, which knows of no charges.
    func best(_ density: some ScalarDensity, among nodes: [Double], mu: Double) -> Double {
      let ends = [-Double.infinity] + nodes + [.infinity]
      var onward = [Double](repeating: 0, count: ends.count)
      for start in (0..<(ends.count - 1)).reversed() {
        onward[start] =
          ((start + 1)..<ends.count).map { end in
            let cell: QuantizationCell<Double> = density.cell(from: ends[start], to: ends[end])
            return cell.distortion + mu * cell.entropy + onward[end]
          }.min() ?? .infinity
      }
      return onward[0]
    }
    for mu in [0.1, 0.4] {
      var last = Double.infinity
      for count in [50, 100, 200] {
        let nodes = (0...count).map { -4 + 8 * Double($0) / Double(count) }
        var grid = ThresholdGrid(density: GaussianDensity(), nodes: nodes)
        let loss = best(GaussianDensity(), among: nodes, mu: mu) - grid.shortestPath(mu: mu, below: .infinity)
        #expect(loss > 0 && loss < last / 3, "\(count): \(loss) after \(last)")
        last = loss
      }
    }
  }

  @Test(
    "the bound is below the 20-digit optimum of D + mu H by no more than the gap asked for",
    arguments: ["gaussian", "laplace", "exponential", "logistic"], [0.35, 1, 2])
  func bound(name: String, rate: Double) throws {
    func check(_ density: some UnimodalDensity) throws {
      let rows = try ECSQOracle.optima().filter { $0.source == name }
      let row = try #require(rows.first { $0.rate == rate })
      let mu = row.slope.value
      let optimum = row.distortion.value + mu * rate * natsPerBit
      let gap = Campaign.isLong ? 1e-9 : 1e-7
      var grid = EntropyConstrainedLowerBound(
        density: density, mu: mu, known: optimum + 0.4 * gap, gap: gap,
        cellSize: Double.exp(density.differentialEntropy(as: Double.self) - rate * natsPerBit))
      let bound = grid.bound()
      // The optimum as computed here is off by some 1e-16.
      #expect(bound <= optimum + 1e-15 && bound >= optimum - gap, "\(bound - optimum)")
    }
    try check(density(name))
  }

  @Test("Sullivan: mu, the exponential's least cost and the Laplace source's hold 28 digits")
  func sullivan() throws {
    let rows = try ProofObjects.read().sullivan
    #expect(rows.count >= 20)
    for row in rows {
      let exponential = SullivanConverse(quantizer: try SullivanQuantizer(.exponential, step: row.step))
      let what: Comment = "\(row)"
      let mu = exponential.mu
      #expect(row.mu.isBetween(mu.lower, and: mu.upper) && mu.width <= 1e-11 * row.mu.value, what)
      let least = exponential.least(gap: 0)
      #expect(row.exponential.isBetween(least.lower, and: least.upper) && least.width < 1e-12, what)
      let quantizer = try SullivanQuantizer(.laplace, step: row.step)
      #expect(abs(quantizer.firstThreshold / row.firstThreshold.value - 1) < 1e-9, what)
      let gap = 1e-9 * max(row.mu.value, 1e-3)
      let bound = SullivanConverse(quantizer: quantizer).least(gap: gap)
      #expect(row.laplace.isBetween(bound.lower, and: bound.upper), "\(row): \(bound)")
      #expect(bound.width <= 1.01 * gap + 1e-15, "\(row): \(bound)")
    }
  }

  @Test(
    "no other quantizer of a Laplace source costs less than Sullivan's bound: random thresholds",
    arguments: [0.3, 1, 3])
  func sullivanHolds(step: Double) throws {
    let density = LaplaceDensity()
    let converse = SullivanConverse(quantizer: try SullivanQuantizer(.laplace, step: step))
    let least = converse.least(gap: 1e-9).lower
    let mu = converse.mu.upper
    var generator = SeededGenerator(seed: 52)
    for _ in 0..<4_000 {
      // Equal steps of about the right width from about the right place, all moved a little; or anything.
      let isNear = Bool.random(using: &generator)
      let width = step * (isNear ? generator.uniform(0.98...1.02) : generator.uniform(0.3...3))
      let first =
        converse.quantizer.firstThreshold * (isNear ? generator.uniform(0.98...1.02) : generator.uniform(0...2))
      let other =
        -converse.quantizer.firstThreshold * (isNear ? generator.uniform(0.98...1.02) : generator.uniform(0...2))
      let right = Swift.stride(from: first, to: 40, by: width)
      let left = Swift.stride(from: other, to: -40, by: -width)
      let thresholds = Set(right).union(left).sorted()
      #expect(try cost(density, thresholds, mu: mu) >= least - 1e-13)
    }
  }
}
