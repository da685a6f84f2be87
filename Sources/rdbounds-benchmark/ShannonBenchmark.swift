import IntervalArithmetic
import RateDistortion

/// R(D) from both sides: looked up in a table, solved at the very distortion, and by a plain dense Blahut-Arimoto iteration.
///
/// The error is the distance of the two sides in bits. The plain iteration has 512 points, source and reproduction alike, and
/// stops at the same gap or after 5,000 rounds; its gap leaves out what the source's discretisation does.
enum ShannonBenchmark {
  static func measure() throws {
    for (name, rates) in [
      ("laplace", [2.0, 4.0]), ("exponential", [2.0]), ("logistic", [2.0]), ("uniform", [2.0]),
      ("gaussian-mixture", [0.8]), ("banana", [2.0, 4.0]), ("sawbridge", [1.0]),
    ] {
      let sides = try KnownSource(Catalogue.source(named: name)).curves(named: .shannon)
      for rate in rates {
        let distortion = try sides[0].point(atRate: rate).distortion
        let label = "\(name) shannon at \(rate) bits"
        func gap(_ sides: [Curve]) throws -> Double {
          try sides[1].bound(atDistortion: distortion).value - sides[0].bound(atDistortion: distortion).value
        }
        Benchmark.report(label, "table", near: distortion, try gap(sides)) { try sides[0].point(atDistortion: $0).rate }
        let precise = sides.map(\.precise)
        Benchmark.report(label, "solved", near: distortion, try gap(precise)) {
          try precise[0].bound(atDistortion: $0).value
        }
      }
    }
    for (slope, rate) in [(4.62, 2.0), (74, 4)] {
      let engine = LineEngine(StandardSource(LaplaceDensity()))
      let gap = try engine.solvedBounds(slope: slope).gap / natsPerBit
      Benchmark.report("laplace shannon at a slope of \(rate) bits", "from cold, two-sided", near: slope, gap) {
        try engine.solvedBounds(slope: $0).least
      }
    }
    // Once: it takes seconds.
    let dense = DenseBlahutArimoto(points: 512, end: 16, slope: 20 * natsPerBit)
    let watch = Stopwatch()
    let reached = dense.solved(gap: 1e-7).gap / natsPerBit
    Benchmark.report("laplace shannon at a slope", "dense Blahut-Arimoto", watch.seconds, reached)
  }
}

/// Blahut's and Arimoto's iteration for the Laplace density on a grid, with his bounds at every round.
struct DenseBlahutArimoto {
  private let kernel: [Double]
  private let mass: [Double]
  private let count: Int

  init(points count: Int, end: Double, slope beta: Double) {
    let step = 2 * end / Double(count)
    let x = (0..<count).map { -end + (Double($0) + 0.5) * step }
    let f = x.map { Double.exp(-$0.magnitude) }
    let sum = f.reduce(0, +)
    self.count = count
    mass = f.map { $0 / sum }
    kernel = x.flatMap { a in x.map { b in Double.exp(-beta * (a - b) * (a - b)) } }
  }

  /// E[-log Z] in nats and log max g, when that is at most `gap` or after 5,000 rounds.
  func solved(gap: Double) -> (rate: Double, gap: Double) {
    var law = [Double](repeating: 1 / Double(count), count: count)
    var (rate, reached) = (0.0, Double.infinity)
    for _ in 0..<5_000 where reached > gap {
      var g = [Double](repeating: 0, count: count)
      rate = 0
      kernel.withUnsafeBufferPointer { kernel in
        for i in 0..<count {
          let row = i * count
          var z = 0.0
          for j in 0..<count { z += law[j] * kernel[row + j] }
          let ratio = mass[i] / z
          rate -= mass[i] * Double.log(z)
          for j in 0..<count { g[j] += ratio * kernel[row + j] }
        }
      }
      reached = Double.log(g.max() ?? 1)
      for j in 0..<count { law[j] *= g[j] }
    }
    return (rate, reached)
  }
}
