import RateDistortion

/// A finite source of 1024 letters and 1024 reproductions at one slope, beside Blahut and Arimoto's plain iteration run to the
/// same gap between its two bounds.
///
/// Two sources: a density on a line under squared error, where few letters carry the optimal law, and distortions drawn at
/// random. The plain iteration ends at the gap or after `mostIterations`; its last column says which gap it reached.
struct FiniteBenchmark {
  static let size = 1_024
  static let gap = 1e-6
  static let mostIterations = 2_000

  let name: String
  let probabilities: [Double]
  let distortions: [[Double]]
  /// In bits per unit of distortion.
  let slope: Double

  /// The truncated Laplace density on a grid, squared error.
  static var line: FiniteBenchmark {
    let points = (0..<size).map { (Double($0) + 0.5) / Double(size) * 16 - 8 }
    return FiniteBenchmark(
      name: "finite line", weights: points.map { Double.exp(-abs($0)) },
      distortions: points.map { x in points.map { (x - $0) * (x - $0) } }, slope: 4)
  }

  /// Distortions uniform on [0, 1], probabilities uniform before they are divided by their sum.
  static var random: FiniteBenchmark {
    var state: UInt64 = 42
    let unit = { () -> Double in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    return FiniteBenchmark(
      name: "finite random", weights: (0..<size).map { _ in unit() },
      distortions: (0..<size).map { _ in (0..<size).map { _ in unit() } }, slope: 20)
  }

  private init(name: String, weights: [Double], distortions: [[Double]], slope: Double) {
    let sum = weights.reduce(0, +)
    self.name = name
    probabilities = weights.map { $0 / sum }
    self.distortions = distortions
    self.slope = slope
  }

  /// Runs both and prints their rows.
  func run() throws {
    let source = try FiniteSource(probabilities: probabilities, distortions: distortions)
    var watch = Stopwatch()
    let channel = try source.channel(slope: slope, tolerance: Self.gap)
    print(row("accelerated on both cores", watch.seconds, channel.rate.width))
    watch = Stopwatch()
    let reached = plain()
    print(row("plain Blahut-Arimoto", watch.seconds, reached))
  }

  private func row(_ method: String, _ seconds: Double, _ gap: Double) -> String {
    return "\(name) \(Self.size) x \(Self.size),\(method),\((1 / seconds * 1e3).rounded() / 1e3),"
      + "\((seconds * 1e6).rounded()),\(gap)"
  }

  /// r_j <- r_j g_j until log max g is at most the gap; the gap reached, in bits.
  private func plain() -> Double {
    let beta = slope * natsPerBit
    let n = probabilities.count
    let kernels = distortions.map { row in row.map { Double.exp(-beta * $0) } }
    var law = [Double](repeating: 1 / Double(n), count: n)
    var gap = Double.infinity
    for _ in 0..<Self.mostIterations {
      var g = [Double](repeating: 0, count: n)
      for (p, row) in zip(probabilities, kernels) {
        var z = 0.0
        for j in 0..<n { z += law[j] * row[j] }
        let ratio = p / z
        for j in 0..<n { g[j] += ratio * row[j] }
      }
      gap = Double.log(g.max() ?? 1) / natsPerBit
      if gap <= Self.gap { break }
      for j in 0..<n { law[j] *= g[j] }
    }
    return gap
  }
}
