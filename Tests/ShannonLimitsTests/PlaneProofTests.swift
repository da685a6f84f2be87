import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// What a law in the plane proves of the banana's R(D): against another computation, and for laws that somebody made up.
@Suite("proofs of laws in the plane")
struct PlaneProofTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let first: [Double]
    let second: [Double]
    let weights: [Double]
    let slope: Double
    let expectation: Double
    let distortion: Double
    let g: Double

    var law: PlaneLaw { PlaneLaw(first: first, second: second, weights: weights) }
    var testDescription: String { "\(name) at \(slope)" }

    static let all = Result { try Oracle.json("plane-laws.json", as: [Row].self) }
  }

  private let source = BananaSource()

  /// Where a law's points do not reach, and at slopes at which that costs much, its bounds hold and are wide.
  @Test("E[-log Z] and the distortion hold those of another quadrature, g at a place is no more than the supremum")
  func oracle() throws {
    let rows = try Row.all.get()
    #expect(rows.count == 12)
    for row in rows {
      let proof = try PlaneProof(source, slope: row.slope, law: row.law)
      let error = 2e-9 * (1 + row.expectation)
      #expect(proof.bounds.expectation >= row.expectation - error, "\(row)")
      #expect(proof.bounds.distortion.upper >= row.distortion - error / row.slope, "\(row)")
      #expect(proof.bounds.distortion.lower <= row.distortion + error / row.slope, "\(row)")
      #expect(proof.bounds.least <= row.expectation + error, "\(row)")
      if row.slope < 0.1 {
        #expect(proof.bounds.expectation <= row.expectation + 1e-3, "\(row) \(proof.bounds)")
        #expect(proof.bounds.distortion.width <= 0.02, "\(row) \(proof.bounds)")
        #expect(proof.supremum >= row.g * (1 - 1e-8), "\(row)")
      }
    }
  }

  @Test("a law from cold at slopes of 0.2 and 0.35: both sides within 1e-4 bits, about an independent R(D)")
  func search() throws {
    // Blahut-Arimoto on another lattice, to 1e-3 bits: banana.json.
    struct File: Decodable {
      struct Row: Decodable { let beta: Double; let distortion: Double; let upper: Double; let lower: Double }
      let banana: [Row]
    }
    let rows = try Oracle.json("banana.json", as: File.self).banana.filter { $0.beta < 0.5 }
    #expect(!rows.isEmpty)
    for row in rows {
      let law = try PlaneSearch(source, slope: row.beta, tolerance: 4e-5).law()
      let bounds = try PlaneProof(source, slope: row.beta, law: law).bounds
      #expect(bounds.gap > 0 && bounds.gap <= 1e-4 * natsPerBit, "\(row): \(bounds.gap)")
      #expect((bounds.least - row.beta * row.distortion) / natsPerBit <= row.upper, "\(row)")
      // The channel is at its own distortion next to the row's; the tangent at it is the same to second order.
      #expect((bounds.expectation - row.beta * row.distortion) / natsPerBit >= row.lower - 1e-3, "\(row)")
    }
  }

  /// Lambda(beta) = min R(D) + beta D is between the sides of a law that was searched; no other law may prove it to be
  /// elsewhere.
  @Test("what forged laws prove holds")
  func forged() throws {
    let slope = 0.3
    let law = try PlaneSearch(source, slope: slope, tolerance: 4e-5).law()
    let known = try PlaneProof(source, slope: slope, law: law).bounds
    #expect(known.gap < 1e-4)
    func altered(_ change: (inout PlaneLaw) -> Void) -> PlaneLaw {
      var copy = law
      change(&copy)
      return copy
    }
    let heaviest = law.weights.indices.max { law.weights[$0] < law.weights[$1] } ?? 0
    var evaluated = 0
    let laws: [(String, PlaneLaw)] = [
      ("one atom", PlaneLaw(first: [0], second: [-0.9], weights: [1])),
      ("one atom far away", PlaneLaw(first: [1e5], second: [1e5], weights: [1])),
      ("a weight altered", altered { $0.weights[heaviest] *= 1.5 }),
      ("a weight next to nothing", altered { $0.weights[heaviest] = 1e-200 }),
      ("weights next to nothing", altered { $0.weights = $0.weights.map { max($0 * 1e-180, 1e-200) } }),
      ("weights of next to no limit", altered { $0.weights = $0.weights.map { $0 * 1e180 } }),
      (
        "a far heavy atom",
        altered {
          $0.first.append(4e4); $0.second.append(0); $0.weights.append(1e6)
        }
      ),
      (
        "a near heavy atom",
        altered {
          $0.first.append(0.5); $0.second.append(3); $0.weights.append(1e3)
        }
      ),
      (
        "an atom left out",
        altered {
          $0.first.remove(at: heaviest); $0.second.remove(at: heaviest); $0.weights.remove(at: heaviest)
        }
      ),
      ("moved", altered { $0.second = $0.second.map { $0 + 0.2 } }),
      ("wider", altered { $0.first = $0.first.map { $0 * 1.1 } }),
      ("half of it", altered { for j in $0.weights.indices where j % 2 == 0 { $0.weights[j] *= 1e-9 } }),
    ]
    for (name, law) in laws {
      let bounds: SlopeBounds
      do { bounds = try PlaneProof(source, slope: slope, law: law).bounds } catch { continue }
      evaluated += 1
      #expect(bounds.least <= known.expectation, "\(name): \(bounds)")
      #expect(bounds.expectation >= known.least, "\(name): \(bounds)")
      #expect(bounds.distortion.lower >= 0 && bounds.distortion.lower <= bounds.distortion.upper, "\(name)")
      // The channel's point is achieved: it is above the tangent that the searched law proves.
      let rate = bounds.expectation - slope * bounds.distortion.lower
      #expect(rate >= known.least - slope * bounds.distortion.upper, "\(name): \(bounds)")
    }
    #expect(evaluated >= 8)
  }

  @Test("a multiple of a law proves the same")
  func scaled() throws {
    let row = try #require(try Row.all.get().first { $0.name == "a few" && $0.slope == 0.3 })
    let one = try PlaneProof(source, slope: row.slope, law: row.law).bounds
    var law = row.law
    law.weights = law.weights.map { $0 * 0x1p-400 }
    #expect(try PlaneProof(source, slope: row.slope, law: law).bounds == one)
  }

  @Test("what is no law, or outside the limits, is refused")
  func refused() {
    let (source, nothing) = (source, Double.nan)
    let laws = [
      PlaneLaw(), PlaneLaw(first: [0], second: [0], weights: [0]), PlaneLaw(first: [0], second: [0], weights: [-1]),
      PlaneLaw(first: [0], second: [0], weights: [nothing]), PlaneLaw(first: [nothing], second: [0], weights: [1]),
      PlaneLaw(first: [0], second: [.infinity], weights: [1]), PlaneLaw(first: [-1], second: [0], weights: [1]),
      PlaneLaw(first: [0, 1], second: [0], weights: [1, 1]),
      PlaneLaw(first: [0], second: [0], weights: [.leastNonzeroMagnitude]),
    ]
    for law in laws { #expect(throws: LawRefused.self) { try PlaneProof(source, slope: 0.3, law: law) } }
    let law = PlaneLaw(first: [0], second: [0], weights: [1])
    for slope in [0, -1, nothing, .infinity, 1e-9, 1e9] {
      #expect(throws: LawRefused.self) { try PlaneProof(source, slope: slope, law: law) }
      #expect(throws: LawRefused.self) { try PlaneSearch(source, slope: slope, tolerance: 1e-4) }
    }
  }

  @Test("a search may start from anybody's law")
  func started() throws {
    let search = try PlaneSearch(source, slope: 0.1, tolerance: 1e-4)
    let nothing = Double.nan
    for start in [
      PlaneLaw(first: [nothing, 1e300], second: [0, 0], weights: [1, 1]),
      PlaneLaw(first: [0, 3], second: [0, -1], weights: [0.5, 0.5]),
    ] {
      let bounds = try PlaneProof(source, slope: 0.1, law: search.law(from: start)).bounds
      #expect(bounds.gap < 1e-3, "\(start)")
    }
  }

  @Test("the supremum over the plane is that of one point and its mirror image, to 3e-7 of it and never less")
  func supremum() {
    let grid = PlaneGrid(latticeOf: source, width: 0.5)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      let node = Int.random(in: 0..<grid.count, using: &generator)
      let scale = Double.random(in: 0.5...4, using: &generator)
      var weights = [Double](repeating: 0, count: grid.count)
      weights[node] = 1
      var x = 0.0
      grid.forEachNode { _, panel, _, _, index in if index == node { x = grid.columns[panel] } }
      // At y = (t, x_1) the sum is exp(-(x - t)^2/2) + exp(-(x + t)^2/2) in kernel widths.
      let v = x * scale
      var largest = 0.0
      for k in 0...4_000 {
        let t = v * Double(k) / 4_000
        largest = max(largest, Double.exp(-(v - t) * (v - t) / 2) + Double.exp(-(v + t) * (v + t) / 2))
      }
      let found = PlaneSupremum(grid, weights: weights, scale: scale, floor: 0.5, tolerance: 1e-10)
      #expect(found.largest / (1 - PlaneSupremum.neglected) >= largest, "\(x) \(scale)")
      #expect(found.largest <= largest * (1 + 1e-6), "\(x) \(scale)")
    }
  }

  @Test("the supremum over the plane is no less than what is found on a fine lattice")
  func supremumOfMany() {
    let grid = PlaneGrid(latticeOf: source, width: 0.5)
    var generator = SeededGenerator(seed: 6)
    var (columns, rows): ([Double], [Double]) = ([], [])
    var weights: [Double] = []
    grid.forEachNode { band, panel, _, _, _ in
      columns.append(grid.columns[panel])
      rows.append(band.rows[0])
      weights.append(Double.random(in: 0...1, using: &generator))
    }
    let scale = 1.3
    let found = PlaneSupremum(grid, weights: weights, scale: scale, floor: 0, tolerance: 1e-8)
    var largest = 0.0
    for _ in 0..<400 {
      let node = Int.random(in: 0..<grid.count, using: &generator)
      let x = columns[node] + Double.random(in: -0.5...0.5, using: &generator)
      let y = rows[node] + Double.random(in: -0.5...0.5, using: &generator)
      var sum = 0.0
      for i in weights.indices {
        let v = (rows[i] - y) * scale
        for image in [columns[i], -columns[i]] {
          let u = (image - x) * scale
          sum += weights[i] * Double.exp(-(u * u + v * v) / 2)
        }
      }
      largest = max(largest, sum)
    }
    #expect(largest > 0)
    #expect(found.largest / (1 - PlaneSupremum.neglected) >= largest)
    #expect(found.largest <= 1.5 * largest)
  }

  @Test("the banana's density continued into complex places is at most its majorant")
  func majorant() {
    var generator = SeededGenerator(seed: 7)
    var outside = 0
    for _ in 0..<20_000 {
      let x = Double.random(in: -2...15, using: &generator)
      let y = -x * x / 10 + Double.random(in: -3...3, using: &generator)
      let (a, b) = (
        Double.random(in: 0.001...0.6, using: &generator), Double.random(in: 0.001...0.6, using: &generator)
      )
      let r = Double.random(in: 0...1, using: &generator)
      let isFirst = Bool.random(using: &generator)
      let bound = source.majorant((x - a)...(x + a), isFirst ? r : 0, (y - b)...(y + b), isFirst ? 0 : r)
      // |f| = exp(Re(-z^2/18 - 2 (w + z^2/10)^2))/(3 pi), z = p + i s, w = q + i t.
      let (p, q) = (
        Double.random(in: (x - a)...(x + a), using: &generator), Double.random(in: (y - b)...(y + b), using: &generator)
      )
      let imaginary = [r, -r, Double.random(in: -r...r, using: &generator)].randomElement(using: &generator) ?? r
      let (s, t) = isFirst ? (imaginary, 0) : (0, imaginary)
      let real = q + (p * p - s * s) / 10
      let cross = t + p * s / 5
      let exponent = -(p * p - s * s) / 18 - 2 * (real * real - cross * cross)
      if !(Double.exp(exponent) / (3 * .pi) <= bound * (1 + 1e-12)) { outside += 1 }
    }
    #expect(outside == 0)
  }
}
