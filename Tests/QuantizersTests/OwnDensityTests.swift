import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The values of `Tests/Oracles/own-densities.json`, made with mpmath and numpy by the script beside it.
struct OwnDensityOracle: Decodable, Sendable {
  struct Cell: Decodable, Sendable {
    let a: Double
    let b: Double
    let probability: Digits
    let centroidFromA: Digits
    let distortion: Digits

    enum CodingKeys: String, CodingKey { case a, b, probability, centroidFromA, distortion }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      a = try values.decode(Double.self, forKey: .a)
      // An end at infinity is a word.
      b = try (try? values.decode(Double.self, forKey: .b)) ?? Oracle.number(values.decode(String.self, forKey: .b))
      probability = try values.decode(Digits.self, forKey: .probability)
      centroidFromA = try values.decode(Digits.self, forKey: .centroidFromA)
      distortion = try values.decode(Digits.self, forKey: .distortion)
    }
  }

  struct Quantizer: Decodable, Sendable {
    let mu: Double
    let cost: Double
  }

  struct Shannon: Decodable, Sendable {
    let distortion: Double
    let bits: Double
  }

  struct Density: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let mean: Digits
    let variance: Digits
    let entropy: Digits
    let cells: [Cell]
    let quantizers: [Quantizer]
    let shannon: [Shannon]
    let points: [Double]?
    let values: [Double]?
    let isLogarithmic: Bool?
    let rates: [Double]?

    var testDescription: String { name }

    /// The table; nil for a formula.
    func table() throws -> DensityTable? {
      guard let points, let values, let isLogarithmic, let rates else { return nil }
      let hasTails = rates != [0, 0]
      return try DensityTable(
        rows: zip(points, values).flatMap { [$0, $1] }, columns: 2, isLogarithmic: isLogarithmic, hasTails: hasTails,
        rates: hasTails ? rates : nil)
    }

    /// The source, as the catalogue has it; the same for all who ask, as its R(D) takes seconds to solve.
    func source() throws -> KnownSource {
      guard let source = try OwnDensityOracle.sources.get()[name] else { return try made() }
      return source
    }

    fileprivate func made() throws -> KnownSource {
      guard let points, let values, let rates else { return try KnownSource(Catalogue.source(named: name)) }
      var parameters: SourceParameters = ["density": .numbers(zip(points, values).flatMap { [$0, $1] }, columns: 2)]
      if isLogarithmic ?? false { parameters.set("log", to: .word("yes")) }
      if rates != [0, 0] {
        parameters.set("tails", to: .word("exponential"))
        parameters.set("tail-rates", to: .numbers(rates, columns: 2))
      }
      return try KnownSource(OwnDensity.self, parameters)
    }
  }

  struct Mixture: Decodable, Sendable {
    let weights: [Double]
    let means: [Double]
    let deviations: [Double]
    let entropy: Digits
    let variance: Digits
  }

  let densities: [Density]
  let mixture: Mixture

  private static let shared = Result { try Oracle.json("own-densities.json", as: OwnDensityOracle.self) }

  static func read() throws -> OwnDensityOracle { try shared.get() }

  private static let sources = Result {
    Dictionary(uniqueKeysWithValues: try read().densities.map { ($0.name, try $0.made()) })
  }
}

/// Densities as tables of few points, for every test that walks densities.
let tabulatedDensities: [any ScalarDensity] = {
  let oracle = try? OwnDensityOracle.read()
  return (oracle?.densities ?? []).compactMap { density -> (any ScalarDensity)? in
    guard let table = try? density.table() else { return nil }
    if table.isLogConcave { return LogConcaveTableDensity(table) }
    if table.isUnimodal { return UnimodalTableDensity(table) }
    return PlainTableDensity(table)
  }
}()

@Suite("a density of somebody's own")
struct OwnDensityTests {
  @Test("the oracle has tables of every kind")
  func kinds() throws {
    #expect(tabulatedDensities.count == 6)
    #expect(tabulatedDensities.contains { !($0 is any UnimodalDensity) })
    #expect(tabulatedDensities.contains { $0 is any UnimodalDensity && !($0 is any LogConcaveDensity) })
    #expect(tabulatedDensities.contains { $0 is any LogConcaveDensity })
  }

  @Test("mean, variance and entropy are enclosed to 1e-13", arguments: try OwnDensityOracle.read().densities)
  func facts(density: OwnDensityOracle.Density) throws {
    func check(_ own: some ScalarDensity, origin: Interval, unit: Interval) {
      let mean = origin + unit * own.mean(as: Interval.self)
      let variance = .squared(unit) * own.variance(as: Interval.self)
      let entropy = own.differentialEntropy(as: Interval.self) + .log(unit)
      for (value, truth) in [(mean, density.mean), (variance, density.variance), (entropy, density.entropy)] {
        #expect(truth.isBetween(value.lower, and: value.upper), "\(density.name): \(value), \(truth)")
        #expect(value.width < 1e-12 * max(1, abs(truth.value)))
      }
    }
    switch try density.table() {
    case let table?: check(PlainTableDensity(table), origin: Interval(table.origin), unit: Interval(table.unit))
    case nil where density.name == "triangular": check(TriangularDensity(), origin: 0, unit: 1)
    case nil: check(RaisedCosineDensity(), origin: 0, unit: 1)
    }
  }

  @Test(
    "cells are enclosed, in tails, across pieces and a thousandth wide",
    arguments: try OwnDensityOracle.read().densities)
  func cells(density: OwnDensityOracle.Density) throws {
    func check(_ own: some ScalarDensity, origin: Double, unit: Double) {
      for cell in density.cells {
        let (a, b) = ((cell.a - origin) / unit, (cell.b - origin) / unit)
        // An end that is rounded off is another cell.
        guard a * unit + origin == cell.a, b == .infinity || b * unit + origin == cell.b else { continue }
        let found: QuantizationCell<Interval> = own.cell(from: a, to: b)
        let offset = found.centroid(from: a) * Interval(unit)
        let distortion = found.distortion * .squared(Interval(unit))
        for (value, truth) in [
          (found.probability, cell.probability), (offset, cell.centroidFromA), (distortion, cell.distortion),
        ] {
          #expect(truth.isBetween(value.lower, and: value.upper), "\(density.name) \(cell): \(value)")
          #expect(value.width < 1e-11 * truth.value, "\(density.name) \(cell): \(value)")
        }
        let approximate: QuantizationCell<Double> = own.cell(from: a, to: b)
        #expect(abs(approximate.distortion * unit * unit / cell.distortion.value - 1) < 1e-11)
      }
    }
    switch try density.table() {
    case let table?: check(PlainTableDensity(table), origin: table.origin, unit: table.unit)
    case nil where density.name == "triangular": check(TriangularDensity(), origin: 0, unit: 1)
    case nil: check(RaisedCosineDensity(), origin: 0, unit: 1)
    }
  }

  @Test(
    "the optimal quantizers cost what the best on a grid of thresholds do",
    arguments: try OwnDensityOracle.read().densities)
  func quantizers(density: OwnDensityOracle.Density) throws {
    func cost(_ own: some ScalarDensity, unit: Double, _ mu: Double) throws -> Double {
      let design = try EntropyConstrainedQuantizer(density: own).design(slope: unit * unit / (mu * natsPerBit))
      return design.lagrangian * unit * unit
    }
    for quantizer in density.quantizers {
      let found: Double
      switch try density.table() {
      case let table?: found = try cost(PlainTableDensity(table), unit: table.unit, quantizer.mu)
      case nil where density.name == "triangular": found = try cost(TriangularDensity(), unit: 1, quantizer.mu)
      case nil: found = try cost(RaisedCosineDensity(), unit: 1, quantizer.mu)
      }
      // The oracle's is a code, so that it costs no less than the optimum; and it comes near.
      #expect(found <= quantizer.cost * (1 + 1e-9), "\(density.name): \(found) and \(quantizer.cost)")
      #expect(found >= quantizer.cost * (1 - 2e-4), "\(density.name): \(found) and \(quantizer.cost)")
    }
  }

  @Test(
    "R(D) from both sides is what Blahut's iteration finds, to 3e-4 bits",
    arguments: try OwnDensityOracle.read().densities)
  func shannon(density: OwnDensityOracle.Density) throws {
    let sides = try density.source().curves(named: .shannon)
    for point in density.shannon {
      let lower = try sides[0].bound(atDistortion: point.distortion).value
      let upper = try sides[1].bound(atDistortion: point.distortion).value
      #expect(lower <= upper && upper - lower < 2e-4)
      #expect(
        abs(lower - point.bits) < 3e-4 && abs(upper - point.bits) < 3e-4, "\(density.name): \(lower), \(point.bits)")
    }
  }

  @Test("which curves there are follows from the table")
  func curves() throws {
    let expected: [String: ([BoundKind], Bool)] = [
      "jump": ([.lower, .upper], true), "tails": ([.lower, .upper], false), "logarithmic": ([.lower, .upper], true),
      "valley": ([.upper], false), "far": ([.lower, .upper], false), "gap": ([.upper], false),
      "triangular": ([.lower, .upper], true),
      "raised-cosine": ([.lower, .upper], true),
    ]
    for density in try OwnDensityOracle.read().densities {
      let source = try density.source()
      let (kinds, hasLevels) = try #require(expected[density.name])
      #expect(source.curves.filter { $0.name == .ecsq }.map(\.kind) == kinds, "\(density.name)")
      #expect(source.curves.contains { $0.name == .lloydMax } == hasLevels, "\(density.name)")
      // What is left out is said.
      let said = source.remarks.joined()
      #expect(hasLevels || said.contains("lloyd-max"), "\(density.name): \(said)")
      #expect(kinds.count == 2 || said.contains("ecsq"))
    }
  }

  @Test(
    "no lower bound is above an upper one, and evidence proves both anew",
    arguments: try OwnDensityOracle.read().densities)
  func evidence(density: OwnDensityOracle.Density) throws {
    let source = try density.source()
    for curve in source.curves where curve.kind != .estimate {
      let distortion = 0.15 * density.variance.value
      let bound = try curve.bound(atDistortion: distortion)
      let read = try curve.evidence(from: bound.evidence.form)
      let proved = try curve.proved(by: read, atDistortion: distortion)
      #expect(
        curve.kind == .lower ? proved.lower >= bound.value - 1e-9 : proved.upper <= bound.value + 1e-9, "\(curve.name)")
      guard curve.kind == .upper, !curve.name.rawValue.hasPrefix("realism") else { continue }
      for lower in source.curves where lower.kind == .lower && !lower.name.rawValue.hasPrefix("realism") {
        guard lower.name != .ecsq || curve.name != .shannon else { continue }
        // Dithered quantizers share randomness, and no rate of theirs is a single code's entropy.
        guard lower.name != .ecsq || !curve.name.rawValue.hasPrefix("ecdq") else { continue }
        #expect(
          try lower.bound(atDistortion: distortion).value <= bound.value,
          "\(density.name): \(lower.name), \(curve.name)")
      }
    }
  }

  @Test("a table of a triangle is the triangular source, and of two exponentials the Laplace one")
  func families() throws {
    let triangle = try KnownSource(
      OwnDensity.self, ["density": .numbers([-1, 0, 0, 7, 1, 0], columns: 2)])
    let laplace = try KnownSource(
      OwnDensity.self,
      [
        "density": .numbers([-1, exp(-1), 0, 1, 1, exp(-1)], columns: 2), "log": .word("yes"),
        "tails": .word("exponential"), "tail-rates": .numbers([1, 1], columns: 2),
      ])
    for (own, named) in [(triangle, try KnownSource(Triangular.self)), (laplace, try KnownSource(Laplace.self))] {
      for curve in named.curves where own.curves.contains(where: { $0.name == curve.name && $0.kind == curve.kind }) {
        let other = try #require(own.curves.first { $0.name == curve.name && $0.kind == curve.kind })
        let distortion = 0.2 * curve.largestDistortion
        let (a, b) = (try curve.bound(atDistortion: distortion), try other.bound(atDistortion: distortion))
        // Two enclosures of one number, or bounds of it a table's tolerance apart.
        #expect(abs(a.value - b.value) < 1.2e-4, "\(named.description.name) \(curve.name): \(a.value), \(b.value)")
      }
    }
  }

  @Test(
    "2,000 points of N(0, 1): linear interpolation adds h^2/6 to the variance, and R(D) moves by the entropy's change")
  func gaussian() throws {
    let step = 0.0078125
    let rows = (-1000...1000).flatMap { k -> [Double] in
      let x = step * Double(k)
      return [x, exp(-x * x / 2) / (2 * Double.pi).squareRoot()]
    }
    let linear = try KnownSource(OwnDensity.self, ["density": .numbers(rows, columns: 2)])
    let logarithmic = try KnownSource(
      OwnDensity.self, ["density": .numbers(rows, columns: 2), "log": .word("yes")])
    let table = try DensityTable(rows: rows, columns: 2, isLogarithmic: false, hasTails: false)
    #expect(table.isUnimodal && !table.isLogConcave)
    // (h^2/12) times the integral of |f''|, 2 phi(1) times 2.
    #expect(abs(table.interpolationError / (step * step / 12 * 4 * 0.24197072) - 1) < 0.01)
    let variance = try #require(linear.curves.first { $0.name == .ecsq }).largestDistortion
    #expect(abs(variance - 1 - step * step / 6) < 1e-12)
    for distortion in [0.5, 0.1, 0.01] {
      let truth = -log2(distortion) / 2
      // The sum of a lattice variable and triangular noise of variance h^2/6: to first order a Gaussian of both variances.
      let expected = truth + log2(1 + step * step / 6) / 2
      for bound in try linear.curves(named: .shannon).map({ try $0.bound(atDistortion: distortion).value }) {
        #expect(abs(bound - expected) < 1e-7, "\(bound) and \(expected)")
      }
      for bound in try logarithmic.curves(named: .shannon).map({ try $0.bound(atDistortion: distortion).value }) {
        #expect(abs(bound - truth) < 1e-9, "\(bound) and \(truth)")
      }
    }
  }

  @Test(
    "optimal quantizers of a table without symmetry lie on no chord's wrong side, and next to the converse",
    arguments: [[0, 0, 1, 3, 3, 2, 5, 0], [0, 1, 1, 1, 1.25, 3, 2, 3, 2.25, 0.5, 4, 0.5]] as [[Double]])
  func lopsided(rows: [Double]) throws {
    let source = try KnownSource(OwnDensity.self, ["density": .numbers(rows, columns: 2)])
    let curves = try source.curves(named: .ecsq)
    let upper = try #require(curves.first { $0.kind == .upper })
    // From 2.8 to 6.5 bits, across 4 bits, where equal steps begin to lead the search.
    let points = try (0..<24).map { k in
      let distortion = upper.largestDistortion * 0.05 * exp(-0.22 * Double(k))
      return (distortion, try upper.bound(atDistortion: distortion).value)
    }
    for b in points.indices.dropFirst().dropLast() {
      let (left, middle, right) = (points[b - 1], points[b], points[b + 1])
      let chord = left.1 + (right.1 - left.1) * (middle.0 - left.0) / (right.0 - left.0)
      #expect(middle.1 <= chord, "\(middle)")
    }
    for lower in curves where lower.kind == .lower {
      for (distortion, rate) in points.prefix(10) {
        let bound = try lower.bound(atDistortion: distortion).value
        #expect(bound <= rate && rate - bound < 5e-5, "\(distortion): \(bound) and \(rate)")
      }
    }
  }

  @Test("moved and scaled tables have the same rates; their codes are where the table is")
  func moved() throws {
    let rows: [Double] = [-1, 1, 0, 3, 2, 2, 3, 0]
    let moved = rows.enumerated().map { $0.offset % 2 == 0 ? 100 + 4 * $0.element : $0.element }
    let (own, other) = (
      try KnownSource(OwnDensity.self, ["density": .numbers(rows, columns: 2)]),
      try KnownSource(OwnDensity.self, ["density": .numbers(moved, columns: 2)])
    )
    for name in [CurveName.ecsq, .shannonLowerBound] {
      let (a, b) = (try own.curve(named: name), try other.curve(named: name))
      #expect(abs(try a.bound(atDistortion: 0.1).value - b.bound(atDistortion: 1.6).value) < 2e-6)
    }
    let line = try #require(other.codes).line
    #expect(line.positions.lowerBound == 96 && line.positions.upperBound == 112)
  }

  @Test(
    "what is no density is refused, with the row",
    arguments: [
      ([0, 1, 1, -2], 2, "row 2"), ([0, 1, 0, 2], 2, "row 2"), ([0, 1, 1, 2, 0.5, 1], 2, "row 3"),
      ([0, 0, 1, 0], 2, "greater than 0 somewhere"), ([0, 1], 2, "rows"), ([0, 1, 2], 3, "two columns"),
      ([0, 1e-120, 1, 0, 2, 1e-110], 2, "row 2"), ([0, .nan, 1, 1], 2, "row 1"), ([0, 1, .infinity, 1], 2, "row 2"),
      ([0, 1e-300, 1, 1], 2, "row 1"), ([0, 1, 1e-30, 1, 1, 1], 2, "row 2"), ([0, 1, 1e300, 1], 2, "row 2"),
      ([1e18, 1, 1e18 + 256, 2], 2, "nearer"), ([], 2, "rows"),
    ] as [([Double], Int, String)])
  func refused(rows: [Double], columns: Int, word: String) throws {
    do {
      _ = try DensityTable(rows: rows, columns: columns, isLogarithmic: false, hasTails: false)
      Issue.record("\(rows) is no density")
    } catch {
      #expect(error.description.contains(word), "\(error)")
    }
  }

  @Test("a gap has next to no density, which the table in force says, and no logarithm of 0 is taken")
  func gap() throws {
    let rows: [Double] = [-3, 0, -2, 1, -1, 0, 1, 0, 2, 2, 4, 0]
    let table = try DensityTable(rows: rows, columns: 2, isLogarithmic: false, hasTails: false)
    #expect(table.emptyRows == 2 && !table.isUnimodal && !table.isLogConcave)
    #expect(table.values == [0, 1, 0x1p-649, 0x1p-649, 2, 0])
    // The table in force is the same table, and has no gap any more.
    let again = try DensityTable(
      rows: zip(table.points, table.values).flatMap { [$0, $1] }, columns: 2, isLogarithmic: false, hasTails: false)
    #expect(again.values == table.values && again.emptyRows == 0)
    let density = PlainTableDensity(table)
    let empty: QuantizationCell<Interval> = density.cell(from: -1 / table.unit, to: 1 / table.unit)
    #expect(empty.probability.upper < 1e-185 && empty.probability.lower > 0)
    #expect(throws: DomainError.self) {
      try DensityTable(rows: rows, columns: 2, isLogarithmic: true, hasTails: false)
    }
    let source = try KnownSource(OwnDensity.self, ["density": .numbers(rows, columns: 2)])
    let said = source.remarks.joined()
    #expect(said.contains("2 rows say") && said.contains("left out are ecsq from below"))
    // log h is that of two triangles: of 1/4 and 3/4, on bases of 2 and 3.
    let entropy = 0.25 * (0.5 + log(1.0)) + 0.75 * (0.5 + log(1.5)) - 0.25 * log(0.25) - 0.75 * log(0.75)
    #expect(abs(density.differentialEntropy(as: Double.self) + log(table.unit) - entropy) < 1e-13)
    // And the integral of f^(1/3) is 3/4 of the height's root times the base.
    let root = 0.75 * (2 * cbrt(0.25) + 3 * cbrt(0.5))
    let constant = density.panterDiteConstant * table.unit * table.unit
    #expect(abs(constant / (root * root * root / 12) - 1) < 1e-12)
  }

  @Test("an exponential piece in closed form is its panels, for either number, on either side")
  func steep() throws {
    for slope in [-115.0, 115] {
      let rows = [0, 1, 1, exp(slope)]
      let table = try DensityTable(rows: rows, columns: 2, isLogarithmic: true, hasTails: false)
      let density = PlainTableDensity(table)
      let end = 1 / table.unit
      for (low, high) in [(0.0, end), (0.25 * end, 0.75 * end), (0, 0.06 * end), (0.9 * end, end)] {
        let whole: QuantizationCell<Interval> = density.cell(from: low, to: high)
        // Parts that fall by less than exp(4) are panels.
        let cuts = (0...64).map { $0 == 64 ? high : low + (high - low) * Double($0) / 64 }
        var parts = zip(cuts, cuts.dropFirst()).map { density.cell(from: $0, to: $1) as QuantizationCell<Interval> }
        if slope > 0 { parts.reverse() }
        let joined = parts.dropFirst().reduce(parts[0]) { $0.union(with: $1) }
        let near: QuantizationCell<Double> = density.cell(from: low, to: high)
        for (value, other, approximate) in [
          (whole.probability, joined.probability, near.probability),
          (whole.centroid(from: low), joined.centroid(from: low), near.centroid(from: low)),
          (whole.distortion, joined.distortion, near.distortion),
        ] {
          #expect(!value.intersection(with: other).isEmpty, "\(low), \(high): \(value), \(other)")
          #expect(value.width < 1e-11 * value.upper && abs(approximate - value.midpoint) < 1e-11 * value.upper)
        }
      }
    }
  }

  @Test("tails that do not fall, and rates out of proportion, are refused")
  func refusedTails() throws {
    func table(_ rows: [Double], _ rates: [Double]? = nil, hasTails: Bool = true) throws -> DensityTable {
      try DensityTable(rows: rows, columns: 2, isLogarithmic: false, hasTails: hasTails, rates: rates)
    }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 1, 2, 0.5]) }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 2, 2, 1], [1, -1]) }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 2, 2, 1], [1, .nan]) }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 2, 2, 1], [1]) }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 2, 2, 1], [1, 1e9]) }
    #expect(throws: DomainError.self) { try table([0, 1, 1, 2, 2, 1], [1, 1], hasTails: false) }
    #expect(throws: DomainError.self) { try table([0, 0, 1, 2, 2, 1], [1, 1]) }
    // An end with a density of 0 has none.
    #expect(try table([0, 0, 1, 2, 2, 1]).tailRates.left == 0)
  }

  @Test("a weight of 9 on three Gaussians: entropy, variance, and the Shannon lower bound where it is R(D)")
  func mixture() throws {
    let oracle = try OwnDensityOracle.read().mixture
    let source = try KnownSource(
      GaussianMixture(weights: oracle.weights, means: oracle.means, deviations: oracle.deviations))
    let shannon = try source.curve(named: .shannonLowerBound)
    let bound = try shannon.bound(atDistortion: 0.25)
    let expected = (oracle.entropy.value - log(2 * Double.pi * exp(1) * 0.25) / 2) / natsPerBit
    #expect(abs(bound.value - expected) < 1e-11)
    #expect(bound.rate.width < 1e-11)
    for side in try source.curves(named: .shannon) {
      #expect(abs(try side.bound(atDistortion: 0.25).value - expected) < 1e-11)
    }
    let variance = try source.curve(named: .waterFilling).largestDistortion
    #expect(abs(variance / oracle.variance.value - 1) < 1e-14)
    // In any order, and in any unit of the weights.
    let other = try KnownSource(
      GaussianMixture(
        weights: oracle.weights.reversed().map { 3 * $0 }, means: oracle.means.reversed(),
        deviations: oracle.deviations.reversed()))
    let again = try other.curve(named: .shannonLowerBound).bound(atDistortion: 0.25).value
    #expect(abs(again - expected) < 1e-11)
  }

  @Test("two components by lists are the two by name")
  func pair() throws {
    let named = try KnownSource(GaussianMixture(weight: 0.25, means: (0, 2), variances: (0.25, 1)))
    let listed = try KnownSource(GaussianMixture(weights: [0.25, 0.75], means: [0, 2], deviations: [0.5, 1]))
    for (a, b) in zip(try named.curves(named: .shannon), try listed.curves(named: .shannon)) {
      #expect(try a.bound(atDistortion: 0.6).value == b.bound(atDistortion: 0.6).value)
    }
  }

  @Test("mixtures that are none are refused")
  func refusedMixtures() {
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [], means: [], deviations: []) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, 2], means: [0], deviations: [1, 1]) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, -2], means: [0, 0], deviations: [1, 1]) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, .nan], means: [0, 0], deviations: [1, 1]) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, 1], means: [0, 0], deviations: [1, 1e4]) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, 1], means: [0, 2e3], deviations: [1, 1]) }
    #expect(throws: DomainError.self) { try GaussianMixture(weights: [1, 1], means: [0, .nan], deviations: [1, 1]) }
  }
}
