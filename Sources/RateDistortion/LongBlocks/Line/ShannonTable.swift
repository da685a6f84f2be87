import IntervalArithmetic

/// R(D) of a scalar source as a table at a few slopes, interpolated: what gaps are measured from, where one search a point
/// would take minutes.
///
/// Knots are a factor e^(1/8) apart in slope up to about 3 bits and e^(1/4) beyond; between them R is the cubic in log D with
/// the knots' own slopes, which is within 2e-5 bits of the curve itself (measured, not proved); below the first knot, at less than 1e-3 bits, it is a chord. Beyond the last knot, near
/// 8 bits, R(D) lies between the Shannon lower bound and that plus the last knot's excess over it; the excess is taken to
/// fall as sqrt(D).
///
/// - Domain: D > 0; rates up to 500 bits.
struct ShannonTable: Limit {
  /// From the largest distortion down: log D, R in nats, -dR/dlog D.
  private let knots: [(logarithm: Double, rate: Double, steepness: Double)]
  private let shannon: LogarithmicLimit
  private let excess: Double
  let largestDistortion: Double

  var name: CurveName { .shannon }
  var kind: BoundKind { .estimate }
  var summary: String { "rate-distortion function R(D), interpolated between two-sided values" }
  var isCostly: Bool { false }

  /// The table of a source; nil if there is no memory for quadrature rules.
  init?(of source: any ScalarSourceDensity) {
    let solver = ScalarRateDistortion(source)
    let shannon = LogarithmicLimit.shannonLowerBound(entropy: source.differentialEntropy)
    let variance = source.variance.midpoint
    let last = 1 / (2 * shannon.largestDistortion) * Double.exp(2 * natsPerBit * ScalarRateDistortion.largestRate)
    var knots: [(logarithm: Double, rate: Double, steepness: Double)] = []
    var channel: ScalarChannel?
    var logarithm = Double.log(0.2 / variance)
    while logarithm < Double.log(last) + 0.25 {
      let beta = Double.exp(min(logarithm, Double.log(last)))
      logarithm += beta * shannon.largestDistortion < 32 ? 0.125 : 0.25
      channel = solver.solution(beta: beta, from: channel)
      guard let channel else { return nil }
      let distortion = channel.ownDistortion * channel.sigma * channel.sigma
      let rate = channel.expectation - channel.ownDistortion / 2
      guard rate > 1e-6 else { continue }
      knots.append((Double.log(distortion), rate, beta * distortion))
    }
    guard let end = knots.last else { return nil }
    self.knots = knots
    self.shannon = shannon
    excess = max(0, end.rate - 0.5 * (Double.log(shannon.largestDistortion) - end.logarithm))
    largestDistortion = variance
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let (rate, steepness) = value(Double.log(distortion))
    return OperatingPoint(
      distortion: distortion, rate: rate / natsPerBit, slope: steepness / (distortion * natsPerBit))
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    var low = Double.log(shannon.largestDistortion) - 2 * nats
    var high = Double.log(largestDistortion)
    guard rate > 0, low < high else { return OperatingPoint(distortion: largestDistortion, rate: rate, slope: 0) }
    // The rate falls with log D, by at most 1/2 of it; the Shannon lower bound is on the left.
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { break }
      if value(middle).rate > nats { low = middle } else { high = middle }
    }
    let distortion = Double.exp(high)
    return OperatingPoint(
      distortion: distortion, rate: rate, slope: value(high).steepness / (distortion * natsPerBit))
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    return Bound(
      kind: .estimate, distortion: distortion, rate: Interval(point.rate), slope: point.slope,
      evidence: ClosedForm(summary))
  }

  /// R in nats and -dR/dlog D.
  private func value(_ x: Double) -> (rate: Double, steepness: Double) {
    guard let first = knots.first, let last = knots.last else { return (0, 0) }
    if x >= first.logarithm {
      let end = Double.log(largestDistortion)
      let chord = end > first.logarithm ? first.rate / (end - first.logarithm) : 0
      return (max(0, chord * (end - x)), chord)
    }
    if x <= last.logarithm {
      let more = excess * Double.exp((x - last.logarithm) / 2)
      return (0.5 * (Double.log(shannon.largestDistortion) - x) + more, 0.5 - more / 2)
    }
    var low = 0
    var high = knots.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle].logarithm > x { low = middle } else { high = middle }
    }
    let (a, b) = (knots[low], knots[high])
    let width = a.logarithm - b.logarithm
    let t = (a.logarithm - x) / width
    let rise = b.rate - a.rate
    let (p, q) = (a.steepness * width, b.steepness * width)
    let cubic = (p + q - 2 * rise, 3 * rise - 2 * p - q)
    return (
      a.rate + t * (p + t * (cubic.1 + t * cubic.0)), (p + t * (2 * cubic.1 + 3 * t * cubic.0)) / width
    )
  }
}
