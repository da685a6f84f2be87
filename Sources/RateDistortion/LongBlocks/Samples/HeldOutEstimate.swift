import IntervalArithmetic

/// What points say of R(D) of the law behind them: an estimate, and a limit of confidence on either side.
///
/// The points are split in two halves. The first chooses, for a ladder of slopes, a law of reproductions and a dual function; the second,
/// which they do not depend on, says what they are worth. So every number is a mean of independent terms.
///
/// **Above.** With the fitted q of a slope, R(D) <= E[-ln Z(X)] - beta E[dbar(X)] where D = E[dbar(X)]: the channel q exp(-beta d)/Z. Its
/// rate and distortion are means over the second half. As -d ln Z/d beta = dbar, for fixed q
///
///     phi(D) = sup over beta of {E[-ln Z] - beta D} >= R(D),
///
/// and the sample's phi at a fixed D is a supremum of means, at least the mean at the expectation's own beta: it errs upwards, and with z
/// times the standard error of the mean of -ln Z it is an upper limit by the central limit theorem at that one beta. Where the
/// means have D between two slopes, time is shared between the two channels; their errors are nearly the same.
///
/// **Below.** ``HeldOutLine``, one a slope. Which line counts at which D, and how much it clips, is decided by the first half: the tangents
/// of its own phi cross there.
///
/// At rates near log2 n either side is empty words: a cell that a bit string names must hold several points. So the ladder ends at
/// log2(n/16) bits, n the points of the second half.
struct HeldOutEstimate: Sendable {
  /// The estimate, with its standard error.
  let middle: KnottedCurve
  /// The lower limit of confidence.
  let below: KnottedCurve
  /// The upper limit of confidence.
  let above: KnottedCurve
  /// How many points were held out.
  let evaluated: Int

  /// z: each side is exceeded with a probability of 2.5 %, both together with 5 %.
  static let deviations = 1.959963984540054

  /// The fewest points of which anything is estimated.
  static func leastCount(dimension: Int) -> Int { max(200, 50 * (dimension + 1)) }

  /// The rate in nats at which the ladder ends.
  static func largestRate(evaluated: Int) -> Double { Double.log(Double(evaluated) / 16) }

  /// What the first half decides about one slope.
  private struct Rung {
    let slope: Double
    let mixture: ReproductionMixture
    /// The means of -ln Z and dbar.
    let value: Double
    let distortion: Double
    /// How much is clipped.
    let ratio: Double
  }

  /// The most points that a mixture is fitted to, and that decide how much is clipped.
  private static let mostFitted = 16_384
  private static let mostRungs = 64

  /// The estimate from at least `leastCount` points, in units of the variance's root.
  init(_ points: [Double], dimension d: Int) {
    let n = points.count / d
    let half = n / 2
    let first = Array(points[..<(half * d)])
    let second = Array(points[(half * d)...])
    evaluated = n - half
    let rungs = Self.ladder(first, dimension: d, evaluated: evaluated)
    let count = Double(evaluated)

    var middle: [KnottedCurve.Knot] = []
    var above: [KnottedCurve.Knot] = []
    var lines: [HeldOutLine] = []
    let silence = Self.silence(first, second, dimension: d)
    middle.append(.init(distortion: silence.mean, rate: 0, error: 0))
    above.append(.init(distortion: silence.mean + Self.deviations * silence.error, rate: 0, error: 0))
    for rung in rungs {
      let values = rung.mixture.values(at: second)
      let value = -values.reduce(0) { $0 + $1.logZ } / count
      let distortion = values.reduce(0) { $0 + $1.distortion } / count
      let spread = values.reduce(0) { $0 + ($1.logZ + value) * ($1.logZ + value) } / (count - 1)
      let error = (spread / count).squareRoot()
      let rate = max(0, value - rung.slope * distortion)
      middle.append(.init(distortion: distortion, rate: rate, error: error))
      above.append(.init(distortion: distortion, rate: rate + Self.deviations * error, error: 0))
      lines.append(
        HeldOutLine(
          slope: rung.slope, points: second, dimension: d, logZ: values.map(\.logZ), ratio: rung.ratio,
          deviations: Self.deviations, starts: 256, steps: 3))
    }
    self.middle = KnottedCurve(hullOf: middle)
    self.above = KnottedCurve(hullOf: above)
    below = Self.below(rungs, lines)
  }

  /// The mean squared distance of the second half from the first one's mean, and its standard error: what sending nothing costs.
  private static func silence(
    _ first: [Double], _ second: [Double], dimension d: Int
  ) -> (mean: Double, error: Double) {
    let center = (0..<d).map { j in
      stride(from: j, to: first.count, by: d).reduce(0) { $0 + first[$1] } / Double(first.count / d)
    }
    let n = second.count / d
    let squares = (0..<n).map { row in
      (0..<d).reduce(0) { sum, j in sum + (second[row * d + j] - center[j]) * (second[row * d + j] - center[j]) }
    }
    let mean = squares.reduce(0, +) / Double(n)
    let spread = squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
    return (mean, (spread / Double(n)).squareRoot())
  }

  /// Slopes from that of silence up to the largest rate, each with what the first half makes of it.
  ///
  /// The number of components is that with the largest likelihood, at the steepest slope, of a third of the half that they were not
  /// fitted to. Neighbouring slopes differ by a factor exp(0.4/sqrt d): the tangent of a curve d/2 ln(1/D) midway between two points of
  /// contact is 0.01 nats below it.
  private static func ladder(_ half: [Double], dimension d: Int, evaluated: Int) -> [Rung] {
    let n = half.count / d
    let fitted = Array(half[..<(min(n, mostFitted) * d)])
    let largestRate = largestRate(evaluated: evaluated)
    let steepest = Double(d) / 2 * Double.exp(2 * largestRate / Double(d))
    let single = ReproductionMixture(fitting: fitted, dimension: d, components: 1, slope: steepest, steps: 0)
    let factor = Double.exp(0.4 / Double(d).squareRoot())
    var slopes = [1.02 / (2 * single.largestVariance)]
    while slopes.count < mostRungs, slopes[slopes.count - 1] * factor < steepest {
      slopes.append(slopes[slopes.count - 1] * factor)
    }
    var mixture = best(fitted, dimension: d, slope: slopes[slopes.count - 1])
    var rungs: [Rung] = []
    for slope in slopes.reversed() {
      mixture = mixture.moved(to: slope, for: fitted, steps: 12)
      let values = mixture.values(at: fitted)
      let count = Double(values.count)
      let value = -values.reduce(0) { $0 + $1.logZ } / count
      let distortion = values.reduce(0) { $0 + $1.distortion } / count
      guard value - slope * distortion < largestRate else { continue }
      let logZ = values.map(\.logZ)
      let heights = HeldOutLine.ratios.map { ratio in
        HeldOutLine(
          slope: slope, points: fitted, dimension: d, logZ: logZ, ratio: ratio, deviations: deviations, starts: 64,
          steps: 0
        ).height
      }
      let most = heights.indices.reduce(0) { heights[$1] > heights[$0] ? $1 : $0 }
      rungs.append(
        Rung(slope: slope, mixture: mixture, value: value, distortion: distortion, ratio: HeldOutLine.ratios[most]))
    }
    return rungs.reversed()
  }

  /// The mixture of as many components as points that it was not fitted to like best.
  private static func best(_ points: [Double], dimension d: Int, slope: Double) -> ReproductionMixture {
    let n = points.count / d
    let cut = n * 2 / 3
    let (fitting, judging) = (Array(points[..<(cut * d)]), Array(points[(cut * d)...]))
    var best: (mixture: ReproductionMixture, value: Double)?
    for count in [1, 2, 4, 8, 16, 32] where count == 1 || count * 5 * (d + 1) * (d + 2) <= cut {
      let mixture = ReproductionMixture(fitting: fitting, dimension: d, components: count, slope: slope, steps: 40)
      let value = mixture.values(at: judging).reduce(0) { $0 + $1.logZ }
      if best.map({ value > $0.value }) ?? true { best = (mixture, value) }
    }
    return best?.mixture
      ?? ReproductionMixture(fitting: fitting, dimension: d, components: 1, slope: slope, steps: 0)
  }

  /// The lines, each where the first half's tangents are largest, joined from below: at a crossing the smaller of two lines counts, and
  /// in between the chord, which lies below the line. R(D) falls with D, so a value holds at every smaller D too, but none is raised.
  private static func below(_ rungs: [Rung], _ lines: [HeldOutLine]) -> KnottedCurve {
    guard let last = rungs.indices.last else { return KnottedCurve(falling: []) }
    let height = { (k: Int, distortion: Double) in lines[k].height - rungs[k].slope * distortion }
    // From the steepest line on, at increasing distortions.
    var knots = [KnottedCurve.Knot(distortion: rungs[last].distortion, rate: height(last, rungs[last].distortion))]
    var steep = last
    for flat in (0..<last).reversed() {
      let crossing = (rungs[steep].value - rungs[flat].value) / (rungs[steep].slope - rungs[flat].slope)
      guard crossing > knots[knots.count - 1].distortion else { continue }
      knots.append(.init(distortion: crossing, rate: min(height(steep, crossing), height(flat, crossing))))
      steep = flat
    }
    let end = lines[steep].height / rungs[steep].slope
    if end > knots[knots.count - 1].distortion { knots.append(.init(distortion: end, rate: 0)) }
    return KnottedCurve(falling: knots)
  }
}
