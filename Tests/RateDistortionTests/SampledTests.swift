import Foundation
import RateDistortion
import TestSupport
import Testing

/// The bound for processes seen on a grid: against 30 digits, and against every code of small grids.
@Suite("sampled processes")
struct SampledTests {
  func bound(_ process: String, points: Int, grid: String) throws -> Curve {
    let source = try Catalogue.source(named: process)
    let parameters = try SourceParameters(["samples": String(points), "grid": grid], of: source.description)
    return try KnownSource(source, parameters).curve(named: .lower)
  }

  @Test("against 30 digits, n = 3, 4, 8, 64, 1024, both grids")
  func oracle() throws {
    let rows = try EntropyDistortionOracle.shared.get().sampled
    #expect(rows.count == 20)
    for row in rows {
      let curve = try bound(row.process, points: row.points, grid: row.grid)
      let largest = row.maximumDistortion.value
      #expect(abs(curve.largestDistortion - largest) <= 1e-15)
      for value in row.atDistortion {
        let d = value.distortion.value
        let truth = value.lower.value
        let point = try curve.point(atDistortion: d)
        #expect(abs(point.rate - truth) <= 1e-12, "\(row.process) \(row.grid) n = \(row.points) at D = \(d)")
        let proved = try curve.bound(atDistortion: d).rate
        #expect(
          value.lower.isAtLeast(proved.lower) && truth - proved.lower <= 2e-12,
          "\(row.process) \(row.grid) n = \(row.points) D = \(d): \(proved) for \(truth)")
        if truth > 1e-9, truth < log2(Double(row.points)) - 1e-6 {
          let back = try curve.point(atRate: truth).distortion
          // The rate was rounded: half an ulp of it over lambda comes back in D.
          #expect(abs(back - d) <= 1e-11 * d + 1e-16, "\(row.process) \(row.grid) n = \(row.points) at R = \(truth)")
        }
      }
    }
  }

  struct Exhaustive: Decodable {
    struct Code: Decodable { let sizes: String; let entropy: Digits; let distortion: Digits }
    struct Process: Decodable {
      let process: String
      let grid: String
      let points: Int
      let partitions: Int
      let pareto: [Code]
    }
    let processes: [Process]
  }

  @Test("no code of a small grid lies below it: every partition was tried")
  func exhaustive() throws {
    let processes = try Oracle.json("sampled-exhaustive.json", as: Exhaustive.self).processes
    #expect(processes.reduce(0) { $0 + $1.partitions } > 1_000_000_000)
    var codes = 0
    for process in processes {
      let curve = try bound(process.process, points: process.points, grid: process.grid)
      for code in process.pareto {
        let d = code.distortion.value
        let h = code.entropy.value
        guard d > 0 else { continue }
        #expect(try curve.bound(atDistortion: d).rate.lower <= h + 1e-12, "\(process.process) \(code.sizes)")
        codes += 1
      }
    }
    #expect(codes > 300)
  }

  @Test("the sampled sawbridge's power is (n-2)/(6(n-1)) on linspace(0, 1, n)", arguments: [3, 4, 64, 1024])
  func power(points: Int) throws {
    let n = Double(points)
    let largest = try bound("sawbridge", points: points, grid: "endpoints").largestDistortion
    #expect(abs(largest - (n - 2) / (6 * (n - 1))) <= 1e-16)
  }

  @Test("it tends to the bound of continuous time", arguments: ["ramp", "sawbridge"])
  func limit(process: String) throws {
    let continuous = try KnownSource(Catalogue.source(named: process)).curve(named: .lower)
    let sampled = try bound(process, points: 1_000_000, grid: "periodic")
    for d in [0.08, 0.05, 0.01, 0.001] {
      let difference = try continuous.point(atDistortion: d).rate - sampled.point(atDistortion: d).rate
      #expect(difference > 0 && difference < 1e-6)
    }
  }

  @Test("a pair distance on the grid is what the derivation says: the ramp, by sampling it", arguments: [5, 8, 13])
  func rampPairDistance(points n: Int) {
    var generator = SeededGenerator(seed: UInt64(n))
    for _ in 0..<200 {
      let v = Double.random(in: 0..<1, using: &generator)
      let w = Double.random(in: 0..<1, using: &generator)
      let ramp = { (phase: Double, k: Int) in
        let x = Double(k) / Double(n) + phase
        return x - x.rounded(.down) - 0.5
      }
      let mean = (0..<n).reduce(0.0) { sum, k in
        let difference = ramp(v, k) - ramp(w, k)
        return sum + difference * difference / Double(n)
      }
      // v = (j + a)/n, w = (i + b)/n: kappa (1 - kappa) + ((a - b)/n)^2 with kappa = |j - i|/n.
      let (j, i) = ((v * Double(n)).rounded(.down), (w * Double(n)).rounded(.down))
      let kappa = abs(j - i) / Double(n)
      let rest = (v * Double(n) - j) - (w * Double(n) - i)
      #expect(abs(mean - (kappa * (1 - kappa) + rest * rest / Double(n * n))) <= 1e-14)
    }
  }

  @Test(
    "grids that make no sense are errors",
    arguments: [
      ["samples": "2"], ["samples": "-5"], ["samples": "10.5"], ["samples": "1e30"], ["samples": "nan"],
      ["grid": "endpoints"], ["samples": "10", "grid": "hexagonal"],
    ])
  func badGrids(texts: [String: String]) {
    #expect(throws: DomainError.self) {
      try Ramp(parameters: SourceParameters(texts, of: Ramp.description))
    }
  }
}
