import RateDistortion

/// Points per second per curve, with the error reached, each beside a simpler method in the same run.
///
/// CPU time. The error is the largest distance from the certified enclosure of the same point, in bits, over 2,000 of the
/// points timed (from rate 0 to 40 bits): a number, not a promise.
@main
struct Benchmark {
  /// What can be asked for by name; without a name everything is measured.
  static let groups: [(name: String, run: @Sendable () throws -> Void)] = [
    ("one-shot", { try measureOneShot() }), ("closed-forms", { try measureClosedForms() }),
    ("quantizers", { try QuantizerBenchmark.run() }),
    ("shannon", { try ShannonBenchmark.measure() }),
    (
      "finite",
      {
        try FiniteBenchmark.line.run()
        try FiniteBenchmark.random.run()
      }
    ),
  ]

  static func main() throws {
    var names = Array(CommandLine.arguments.dropFirst())
    var previous: PreviousVersion?
    if let option = names.firstIndex(of: "--beside"), option + 1 < names.count {
      previous = PreviousVersion(path: names[option + 1])
      names.removeSubrange(option...option + 1)
    }
    let chosen = groups.filter { names.isEmpty || names.contains($0.name) }
    guard names.allSatisfy({ name in groups.contains { $0.name == name } }) else {
      print("rdbounds-benchmark [--beside PREVIOUS-BENCHMARK] [\(groups.map(\.name).joined(separator: "|"))]...")
      return
    }
    print("curve,method,points_per_second,microseconds_per_point,largest_error_bits")
    try previous?.run(names)
    for group in chosen { try group.run() }
  }

  static func measureOneShot() throws {
    try measure("ramp", Ramp())
    try measure("circle", Circle())
    try measure("sawbridge", Sawbridge())
    try measure("sinusoid", Sinusoid())
    try measure("uniform", UniformScalar())
  }

  /// Distortions spread evenly over the rates of the dual bound, from 0.01 to 40 bits.
  static func distortions(_ curve: some Limit, count: Int) throws -> [Double] {
    try (0..<count).map { i in
      // A shuffled order, so that no branch predictor learns the grid.
      let k = (i &* 7919) % count
      return try curve.point(atRate: 0.01 + 39.98 * (Double(k) + 0.5) / Double(count)).distortion
    }
  }

  static func measure<Source: UnimodalSlope>(_ name: String, _ source: Source) throws {
    let dual = DualBound(source: source)
    let upper = BiuniformUpperBound(source: source)
    let hull = TimeSharing(source: source)
    let many = try distortions(dual, count: 200_000)
    let simple = SimpleBounds(source: source)
    // The simpler methods are slow, and the loop over K cannot leave low rates.
    let few = Array(many.filter { $0 > dual.largestDistortion * 1e-4 }.prefix(400))

    report("\(name) lower", "direct", many, try error(dual, many)) { try dual.point(atDistortion: $0).rate }
    report("\(name) lower", "certified", many, 0) { try dual.bound(atDistortion: $0).rate.lower }
    report("\(name) lower", "nested golden section", few, try error(dual, few, simple.dual)) { simple.dual($0) }
    report("\(name) upper", "direct", many, try error(upper, many)) { try upper.point(atDistortion: $0).rate }
    report("\(name) upper", "certified", many, 0) { try upper.bound(atDistortion: $0).rate.upper }
    report("\(name) upper", "loop over K and bisection", few, try error(upper, few, simple.biuniform)) {
      simple.biuniform($0)
    }
    report("\(name) time-sharing", "direct", many, try error(hull, many)) { try hull.point(atDistortion: $0).rate }
    report("\(name) time-sharing", "certified", many, 0) { try hull.bound(atDistortion: $0).rate.upper }
    report("\(name) lower and upper", "direct", many, 0) {
      try dual.point(atDistortion: $0).rate + upper.point(atDistortion: $0).rate
    }
    report("\(name) lower and upper", "certified", many, 0) {
      try dual.bound(atDistortion: $0).rate.lower + upper.bound(atDistortion: $0).rate.upper
    }
    let rates: [Double] = (0..<200_000).map { i in
      let shuffled = Double((i &* 7919) % 200_000)
      return (shuffled + 0.5) / 5000
    }
    report("\(name) upper", "distortion at a rate", rates, 0) { try upper.point(atRate: $0).distortion }
  }

  static func measureClosedForms() throws {
    let curve = LogarithmicLimit(
      name: .shannon, kind: .exact, summary: "", formula: "1/2 log2(1/D)", variance: 1)
    let rates: [Double] = (0..<200_000).map { Double($0) / 5000 }
    let many: [Double] = try rates.map { (rate: Double) throws -> Double in try curve.point(atRate: rate).distortion }
    report("gaussian shannon", "direct", many, try error(curve, many)) { try curve.point(atDistortion: $0).rate }
    report("gaussian shannon", "certified", many, 0) { try curve.bound(atDistortion: $0).rate.upper }
  }

  /// The largest distance in bits from the middle of the certified enclosure, over at most 2,000 of the points.
  static func error(
    _ curve: some Limit, _ points: [Double], _ method: ((Double) -> Double)? = nil
  ) throws -> Double {
    var largest = 0.0
    for d in points.prefix(2_000) {
      let value = try method.map { $0(d) } ?? curve.point(atDistortion: d).rate
      largest = max(largest, abs(value - (try curve.bound(atDistortion: d)).rate.midpoint))
    }
    return largest
  }

  /// Times a method over all points, repeated until it takes a fifth of a CPU second.
  static func report(
    _ curve: String, _ method: String, _ points: [Double], _ error: Double, _ value: (Double) throws -> Double
  ) {
    var sum = 0.0
    var done = 0
    let watch = Stopwatch()
    repeat {
      for point in points { sum += (try? value(point)) ?? 0 }
      done += points.count
    } while watch.seconds < 0.2
    // The sum is used, so that nothing is optimised away.
    report(curve, method, watch.seconds / Double(done), sum.isNaN ? .nan : error)
  }

  /// Times a method near a rate or a distortion, at one that is new each time, so that nothing can be remembered.
  static func report(
    _ curve: String, _ method: String, near place: Double, _ error: Double = 0, _ value: (Double) throws -> Double
  ) {
    var (sum, done) = (0.0, 0)
    let watch = Stopwatch()
    repeat {
      done += 1
      sum += (try? value(place * (1 + 1e-7 * Double(done)))) ?? 0
    } while watch.seconds < 0.2
    report(curve, method, watch.seconds / Double(done), sum.isNaN ? .nan : error)
  }

  /// A line: what was measured, how, the seconds for a point, and the error (empty where it is 0).
  static func report(_ curve: String, _ method: String, _ secondsPerPoint: Double, _ error: Double) {
    let perSecond = (100 / secondsPerPoint).rounded() / 100
    let micros = (secondsPerPoint * 1e10).rounded() / 1e4
    let name = method.contains(",") ? "\"\(method)\"" : method
    print("\(curve),\(name),\(perSecond),\(micros),\(error == 0 ? "" : "\(error)")")
  }
}
