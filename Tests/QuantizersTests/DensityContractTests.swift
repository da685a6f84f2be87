import Foundation
import IntervalArithmetic
import RateDistortion
import Testing

/// What densities assert, tried at random arguments: every density of the catalogue, and those that tests add.
@Suite("densities are what they say")
struct DensityContractTests {
  /// One check for all densities.
  private func forEachDensity(_ check: (any ScalarDensity) throws -> Void) throws {
    func density(of source: some ScalarSource) -> any ScalarDensity { source.scaled.density }
    var names: Set<String> = []
    for type in Catalogue.sources {
      guard let source = try type.init(parameters: SourceParameters()) as? any ScalarSource else { continue }
      let density = density(of: source)
      if names.insert(density.name).inserted { try check(density) }
    }
    #expect(names.isSuperset(of: ["gaussian", "laplace", "exponential", "logistic", "triangular", "raised-cosine"]))
    let others: [any ScalarDensity] = [UniformDensity(), BimodalDensity(), SkewedDensity()]
    for density in others + tabulatedDensities { try check(density) }
  }

  /// A number in the body of a density, from a sequence that fills [0, 1) evenly.
  private func place(_ k: Int, in density: some ScalarDensity) -> Double {
    let (low, high) = (density.end(.left, leaving: 1e-9), density.end(.right, leaving: 1e-9))
    let share = (Double(k) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
    return low + (high - low) * (0.001 + 0.998 * share)
  }

  private func value(_ density: some ScalarDensity, _ x: Double) -> Double { density.density(x) }

  @Test("the Taylor series about a point is the density there, within the remainder that Cauchy's estimate allows")
  func series() throws {
    try forEachDensity { density in
      for k in 0..<60 {
        let m = place(k, in: density)
        let rho = density.radius(at: m)
        let growth = density.growth(at: m)
        for share in [-0.3, -0.1, 0.2, 0.33] {
          let x = m + share * rho
          guard density.support.contains(x), !density.corners.contains(where: { ($0 - m) * ($0 - x) <= 0 }) else {
            continue
          }
          var sum = 0.0
          let count = min(density.degree(at: m), 29) + 1
          withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { g in
            g.initialize(repeating: 1)
            density.series(at: m, plus: 0, into: g)
            for n in (0..<count).reversed() { sum = sum * (x - m) + g[n] }
          }
          let remainder = growth * pow(abs(share), Double(count)) / (1 - abs(share))
          let ratio = value(density, x) / value(density, m)
          #expect(abs(sum - ratio) <= remainder + 1e-11 * max(1, ratio), "\(density.name) at \(m): \(sum) and \(ratio)")
        }
      }
    }
  }

  @Test("cells up to a cut and beyond it make the whole, wherever the tails begin")
  func tails() throws {
    try forEachDensity { density in
      for k in 0..<40 {
        let cut = place(k, in: density)
        let below: QuantizationCell<Interval> = density.cell(from: -.infinity, to: cut)
        let whole = below.union(with: density.cell(from: cut, to: .infinity))
        #expect(whole.probability.contains(1), "\(density.name) cut at \(cut)")
        #expect(!whole.centroid.intersection(with: density.mean(as: Interval.self)).isEmpty)
        #expect(!whole.distortion.intersection(with: density.variance(as: Interval.self)).isEmpty)
      }
    }
  }

  @Test("h(X) is what narrow cells of one width w spend, -sum p log p + log w")
  func entropy() throws {
    try forEachDensity { density in
      func excess(_ step: Double) -> Double {
        let sums = density.sums(of: EqualSteps(step: step, phase: 0, reproduction: .centroid))
        return sums.entropy + log(step)
      }
      // The error is of second order: one step of Richardson's extrapolation.
      let step = 1.0 / 64
      let extrapolated = (4 * excess(step / 2) - excess(step)) / 3
      #expect(
        abs(extrapolated - density.differentialEntropy(as: Double.self)) < (density.isBounded ? 1e-5 : 1e-6),
        "\(density.name): \(extrapolated)")
    }
  }

  @Test("what the first fraction of a bit saves is what a threshold far out saves")
  func initialSaving() throws {
    try forEachDensity { density in
      let far = density.isBounded ? density.support.upperBound - 1e-12 : 0.9 * density.reach
      let cell: QuantizationCell<Double> = density.cell(from: far, to: .infinity)
      let distance = cell.centroid - density.mean(as: Double.self)
      let saving = distance * distance / (density.variance(as: Double.self) * -log2(cell.probability))
      let claimed = density.initialSaving
      if claimed == .infinity {
        #expect(saving > 20, "\(density.name): \(saving)")
      } else {
        #expect(abs(saving - claimed) < max(0.15 * claimed, 0.15), "\(density.name): \(saving)")
      }
    }
  }

  @Test("symmetric: f(-x) = f(x), and the tails are mirror images")
  func symmetric() throws {
    try forEachDensity { density in
      guard density is any SymmetricDensity else {
        #expect(!density.isSymmetric)
        return
      }
      #expect(density.isSymmetric && density.mean(as: Double.self) == 0)
      for k in 0..<200 {
        let x = place(k, in: density)
        #expect(value(density, x) == value(density, -x))
      }
    }
  }

  @Test("unimodal: no value is above the mode's, none between two is below both")
  func unimodal() throws {
    func check(_ density: some UnimodalDensity) {
      for k in 0..<2_000 {
        let (a, b) = (place(k, in: density), place(7 * k + 3, in: density))
        let x = a + (b - a) * (Double(k % 97) + 0.5) / 97
        let f = value(density, x)
        #expect(f >= min(value(density, a), value(density, b)) * (1 - 1e-14), "\(density.name) at \(x)")
        #expect(f <= value(density, density.mode) * (1 + 1e-14))
      }
    }
    try forEachDensity { density in
      if let unimodal = density as? any UnimodalDensity { check(unimodal) }
      let hasModes = density.name == "bimodal" || density is PlainTableDensity
      #expect(hasModes != (density is any UnimodalDensity))
    }
  }

  @Test(
    "log-concave: in the middle of two points log f is at least the mean; a cell moves its centroid no further than itself"
  )
  func logConcave() throws {
    func check(_ density: some LogConcaveDensity) {
      for k in 0..<2_000 {
        let (a, b) = (place(k, in: density), place(11 * k + 5, in: density))
        let middle = log(value(density, (a + b) / 2))
        #expect(middle >= (log(value(density, a)) + log(value(density, b))) / 2 - 1e-12, "\(density.name): \(a), \(b)")
        guard a < b else { continue }
        let cell: QuantizationCell<Double> = density.cell(from: a, to: b)
        let pull = value(density, a) * cell.centroid(from: a) - value(density, b) * cell.centroid(from: b)
        #expect(pull / cell.probability <= 1 + 1e-9, "\(density.name): [\(a), \(b)]")
      }
    }
    try forEachDensity { density in if let concave = density as? any LogConcaveDensity { check(concave) } }
  }

  @Test("memoryless: f(x + t) = exp(-t) f(x), and geometric sums are those of the cells one by one")
  func memoryless() throws {
    func check(_ density: some MemorylessDensity) {
      #expect(density.memorylessDecays == (density.isSymmetric ? [.left: 1, .right: 1] : [.right: 1]))
      for k in 1..<200 {
        let (x, t) = (0.05 * Double(k), 0.03 * Double(k))
        #expect(abs(value(density, x + t) / (exp(-t) * value(density, x)) - 1) < 1e-13)
      }
      for (phase, reproduction) in [(0.5, EqualSteps.Reproduction.centroid), (0.7, .multiples)] {
        let steps = EqualSteps(step: 0.8, phase: phase, reproduction: reproduction)
        let thresholds = (0..<60).map { steps.threshold($0) }
        let mirrored = density.isSymmetric ? thresholds.reversed().map { -$0 } : []
        let cells = density.cells(from: density.support.lowerBound, cutAt: mirrored + thresholds, to: .infinity)
        let codepoints = (0...60).map { Double($0) * steps.step }
        let all = density.isSymmetric ? codepoints.dropFirst().reversed().map { -$0 } + codepoints : codepoints
        var (entropy, distortion) = (0.0, 0.0)
        for (cell, codepoint) in zip(cells, all) {
          entropy += cell.entropy
          distortion += reproduction == .centroid ? cell.distortion : cell.distortion(about: codepoint)
        }
        let sums = density.sums(of: steps)
        let enclosure = density.enclosure(of: steps)
        #expect(abs(sums.entropy - entropy) < 1e-12 && abs(sums.distortion - distortion) < 1e-12)
        #expect(enclosure.entropy.contains(sums.entropy) || abs(enclosure.entropy.midpoint - sums.entropy) < 1e-13)
        #expect(abs(enclosure.distortion.midpoint - sums.distortion) < 1e-13)
      }
    }
    try forEachDensity { density in if let memoryless = density as? any MemorylessDensity { check(memoryless) } }
  }
}
