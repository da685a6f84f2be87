import IntervalArithmetic
import RateDistortion
import Testing

@Suite("Lloyd-Max quantizers")
struct LloydMaxTests {
  @Test("distortions agree with mpmath's Newton and Nitadori's recursion to 1e-11")
  func distortions() throws {
    func check(_ density: some LogConcaveDensity, _ row: SchemeOracle.LloydMax) throws {
      let quantizer = try LloydMaxQuantizer(density, levels: row.levels)
      #expect(relativeError(quantizer.distortion, row.distortion.value) < 1e-11, "\(row.source) N = \(row.levels)")
    }
    let rows = try SchemeOracle.read().lloydmax
    #expect(rows.count > 150)
    for row in rows { try check(density(row.source), row) }
  }

  /// Max, "Quantizing for Minimum Distortion", 1960, Table I; printed to four digits, off by up to 0.3 per cent at many
  /// levels.
  @Test(
    "Max's table of the Gaussian, 1960",
    arguments: [
      (2, 0.3634), (3, 0.1902), (4, 0.1175), (5, 0.07994), (6, 0.05798), (7, 0.04400), (8, 0.03454), (9, 0.02785),
      (10, 0.02293), (11, 0.01922), (12, 0.01634), (13, 0.01406), (14, 0.01223), (15, 0.01073), (16, 0.009497),
      (17, 0.008463), (18, 0.007589), (19, 0.006844), (20, 0.006203), (24, 0.004367), (28, 0.003240), (32, 0.002499),
      (36, 0.001985),
    ])
  func maxTable(levels: Int, published: Double) throws {
    let quantizer = try LloydMaxQuantizer(GaussianDensity(), levels: levels)
    #expect(relativeError(quantizer.distortion, published) < 3.5e-3)
  }

  @Test("Laplace of variance 1: 0.5, 0.1762, 0.0545, 0.0154 at 2, 4, 8, 16 levels (Adams, Giesler 1978)")
  func laplaceTable() throws {
    for (levels, published) in [(2, 0.5), (4, 0.1762), (8, 0.0545), (16, 0.0154)] {
      let quantizer = try LloydMaxQuantizer(LaplaceDensity(), levels: levels)
      #expect(abs(quantizer.distortion / 2 - published) < 6e-5)
    }
  }

  @Test("uniform: 1/(12 N^2)", arguments: [1, 2, 3, 7, 64, 1000, 4096])
  func uniformSource(levels: Int) throws {
    let quantizer = try LloydMaxQuantizer(UniformDensity(), levels: levels)
    #expect(relativeError(quantizer.distortion, 1 / (12 * Double(levels * levels))) < 1e-12)
  }

  @Test("thresholds lie halfway between codepoints", arguments: sourceNames)
  func nearestNeighbours(source: String) throws {
    func check(_ density: some LogConcaveDensity) throws {
      for levels in [2, 3, 10, 57, 1024, 4096] {
        let quantizer = try LloydMaxQuantizer(density, levels: levels)
        let codepoints = quantizer.codepoints
        for (i, threshold) in quantizer.thresholds.enumerated() {
          let width = codepoints[i + 1] - codepoints[i]
          #expect(abs(threshold - (codepoints[i] + codepoints[i + 1]) / 2) < 1e-9 * width)
        }
      }
    }
    try check(density(source))
  }

  @Test("N^2 D tends to Panter and Dite's constant", arguments: sourceNames)
  func panterDite(source: String) throws {
    func check(_ density: some LogConcaveDensity) throws {
      let distortion = try LloydMaxQuantizer(density, levels: 4096).distortion
      #expect(relativeError(distortion * 0x1p24, density.panterDiteConstant) < 2e-3)
    }
    try check(density(source))
  }

  @Test("the staircase: fewest levels, rates, and the enclosure", arguments: sourceNames)
  func staircase(source: String) throws {
    func check(_ density: some LogConcaveDensity) throws {
      let standard = LloydMaxQuantizers(density)
      let curve = scaled(standard, by: try ScaledDensity(density, scale: 2))
      for levels in [1, 2, 3, 5, 17, 100, 1000] {
        let point = try standard.quantizer(levels: levels)
        #expect(try standard.fewestLevels(atDistortion: point.distortion * (1 + 1e-12)) == levels)
        #expect(try standard.fewestLevels(atDistortion: point.distortion * (1 - 1e-9)) == levels + 1)
        #expect(try curve.point(atRate: point.rate).distortion == 4 * point.distortion)
        let bound = try curve.bound(atDistortion: 4 * point.distortion * (1 + 1e-9))
        // The code that sends nothing says so.
        if levels > 1 { #expect(bound.evidence as? LloydMaxLevels == LloydMaxLevels(levels: levels)) }
        #expect((bound.evidence is Silence) == (levels == 1))
        #expect(bound.rate.contains(point.rate) && bound.rate.width < 1e-13)
      }
    }
    try check(density(source))
  }

  @Test("counts that make no sense or would exhaust memory are refused")
  func badCounts() throws {
    for levels in [0, -1, 65537, Int.max, Int.min] {
      #expect(throws: DomainError.self) { try LloydMaxQuantizer(GaussianDensity(), levels: levels) }
    }
    let curve = LloydMaxQuantizers(GaussianDensity())
    #expect(throws: DomainError.rateOutOfRange(200, largest: 16)) { try curve.point(atRate: 200) }
    #expect(throws: DomainError.self) { try curve.point(atDistortion: 1e-30) }
  }
}
