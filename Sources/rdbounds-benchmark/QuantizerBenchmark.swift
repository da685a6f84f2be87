import RateDistortion

/// Optimal entropy-constrained quantizers beside a plain Lloyd iteration at the same slope, and the practical schemes.
///
/// The error of a Lloyd iteration is what D + mu H exceeds the optimum's by, in bits (divided by mu); it stops at 1e-10 bits
/// or after five seconds, whichever comes first.
enum QuantizerBenchmark {
  static let rates = [3.0, 8, 12]

  static func run() throws {
    try measure(GaussianDensity(), of: Gaussian.self)
    try measure(LogisticDensity(), of: Logistic.self)
    try measure(LaplaceDensity(), of: Laplace.self)
    try measure(ExponentialDensity(), of: Exponential.self)
    try measure(UniformDensity(), of: UniformScalar.self)
  }

  private static func measure<Density: LogConcaveDensity>(
    _ density: Density, of source: any InformationSource.Type
  ) throws {
    let name = density.name
    let sides = try KnownSource(source).curves(named: .ecsq)
    // The curve that the source uses: closed forms without memory, a search otherwise.
    for rate in rates {
      let label = "\(name) ecsq at \(Int(rate)) bits"
      let point = try sides[sides.count - 1].point(atRate: rate)
      for side in sides {
        Benchmark.report(label, "\(side.kind) direct", near: rate) { try side.point(atRate: $0).distortion }
        Benchmark.report(label, "\(side.kind) certified", near: point.distortion) {
          try side.bound(atDistortion: $0).value
        }
      }
      if let slope = point.slope, source != UniformScalar.self {
        let lloyd = try PlainLloyd(density, slope: slope)
        guard lloyd.iterations > 0 else { continue }
        Benchmark.report(label, "plain Lloyd, \(lloyd.iterations) iterations", lloyd.seconds, lloyd.excessBits)
      }
    }
    try measure("\(name) uniform-threshold", UniformThresholdQuantizers(density))
    try measure("\(name) dead-zone", DeadZoneQuantizers(density))
    try measure("\(name) lloyd-max", LloydMaxQuantizers(density))
  }

  private static func measure(_ name: String, _ curve: some Limit) throws {
    for rate in rates {
      let label = "\(name) at \(Int(rate)) bits"
      let distortion = try curve.point(atRate: rate).distortion
      Benchmark.report(label, "direct", near: rate) { try curve.point(atRate: $0).distortion }
      Benchmark.report(label, "certified", near: distortion) { try curve.bound(atDistortion: $0).rate.upper }
    }
  }
}

/// Chou, Lookabaugh and Gray's iteration: cells from codepoints and probabilities, codepoints and probabilities from cells.
struct PlainLloyd {
  /// How often thresholds were moved.
  private(set) var iterations = 0
  /// The time it took.
  private(set) var seconds = 0.0
  /// The distance from the optimum in bits.
  private(set) var excessBits = Double.infinity

  /// Iterates from a uniform quantizer with the optimal quantizer's number of cells.
  ///
  /// - Throws: `DomainError` for a slope at which there is no design.
  init<Density: ScalarDensity>(_ density: Density, slope: Double) throws {
    let optimum = try EntropyConstrainedQuantizer(density: density).design(slope: slope)
    let mu = optimum.mu
    let best = optimum.thresholds
    guard let first = best.first, let last = best.last, best.count > 1 else { return }
    let width = (last - first) / Double(best.count - 1)
    var thresholds = best.indices.map { first + width * Double($0) }
    let watch = Stopwatch()
    while excessBits > 1e-10, watch.seconds < 5 {
      let ends = [-Double.infinity] + thresholds + [.infinity]
      let cells = zip(ends, ends.dropFirst()).map { density.cell(from: $0, to: $1, as: Double.self) }
      let cost = cells.reduce(0) { $0 + $1.distortion + mu * $1.entropy }
      excessBits = (cost - optimum.lagrangian) / (mu * natsPerBit)
      for k in thresholds.indices {
        let (left, right) = (cells[k], cells[k + 1])
        let gap = right.centroid - left.centroid
        let advantage = Double.log(left.probability / right.probability)
        thresholds[k] = (left.centroid + right.centroid) / 2 + mu * advantage / (2 * gap)
      }
      iterations += 1
    }
    seconds = watch.seconds
  }
}
