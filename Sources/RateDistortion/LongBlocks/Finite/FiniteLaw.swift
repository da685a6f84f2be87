import Dispatch
import IntervalArithmetic

/// A reproduction law of a finite source and a slope, and what they prove of R(D), with intervals.
///
/// With Z_i = sum over j of r_j exp(-beta d_ij), alpha = 1/Z, p divided by its sum and W the sum of r, in nats,
///
///     R(D) >= E ln alpha - ln max over **all** j of E[alpha exp(-beta d_j)] - beta D             for every D,
///     R(D) <= E ln alpha + ln W - beta D'  if D >= D' = E[sum over j of r_j exp(-beta d_j) d_j/Z].
///
/// The first is the dual bound, with a maximum over finitely many letters; the second is the channel r exp(-beta d)/Z, whose
/// mutual information is at most its relative entropy to r/W. Nothing depends on how r was found.
///
/// - Source: Blahut 1972, Theorem 6; Csiszar 1974.
struct FiniteLaw: Sendable {
  /// beta, in nats per unit of distortion; 0 for a channel that ignores the source.
  let slope: Double
  /// The letters whose weight is not 0, in order.
  let letters: [Int]
  /// r at those letters.
  let weights: [Double]

  /// The letters of a law with a weight above 0.
  init(slope: Double, law: [Double]) {
    self.slope = slope
    letters = law.indices.filter { law[$0] > 0 }
    weights = letters.map { law[$0] }
  }

  /// A law at another slope.
  init(moving law: FiniteLaw, to slope: Double) {
    self.slope = slope
    letters = law.letters
    weights = law.weights
  }

  /// A named law, or nil if it is none of this source.
  init?(_ named: NamedLaw, of source: FiniteSource) {
    let (slope, points, weights) = (named.slope, named.points, named.weights)
    guard slope >= 0, slope.isFinite,
      !points.isEmpty, points.count == weights.count,
      points.allSatisfy({ $0 >= 0 && $0 < Double(source.reproductions) && $0 == $0.rounded() }),
      Set(points).count == points.count, weights.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    self.slope = slope
    letters = points.map { Int($0) }
    self.weights = weights
  }

  /// The evidence: letters count from 0.
  var named: NamedLaw {
    NamedLaw(slope: slope, points: letters.map { Double($0) }, weights: weights)
  }

  private static let blocks = 64

  /// What a block of rows adds.
  private struct Sums: Sendable {
    var probability: Interval = 0
    var logAlpha: Interval = 0
    var distortion: Interval = 0
    var weights: [Interval] = []
  }

  /// Bits per nat are applied here: the dual bound at D, or the channel's rate if its distortion is at most D.
  ///
  /// - Returns: an interval that contains R(D), with an infinite end on the side that was not asked for or is not proved.
  func proved(_ kind: BoundKind, of source: FiniteSource, atDistortion distortion: Double) -> Interval {
    let isDual = kind == .lower
    let sums = sums(source, isDual: isDual)
    let mean = sums.logAlpha / sums.probability
    if isDual {
      guard !mean.isEmpty, mean.lower > -.infinity else { return .hull(0, .infinity) }
      let largest = (sums.weights.map(\.upper).max() ?? .infinity)
      let supremum = Interval.log(Interval(largest) / sums.probability)
      let bound = (mean - supremum - Interval(slope) * Interval(distortion)) / .ln2
      return .hull(max(0, bound.lower.isNaN ? 0 : bound.lower), .infinity)
    }
    let achieved = sums.distortion / sums.probability
    guard achieved.upper <= distortion else { return .hull(0, .infinity) }
    let total = weights.reduce(Interval(0)) { $0 + Interval($1) }
    // A channel that ignores the source sends nothing.
    guard slope > 0 else { return .hull(0, 0) }
    let rate = (mean + .log(total) - Interval(slope) * achieved) / .ln2
    return .hull(0, rate.isEmpty || rate.upper.isNaN ? .infinity : max(0, rate.upper))
  }

  /// The sums over all rows, in blocks that do not depend on the number of threads.
  private func sums(_ source: FiniteSource, isDual: Bool) -> Sums {
    let n = source.probabilities.count
    let size = (n + Self.blocks - 1) / Self.blocks
    let parts = [Sums](unsafeUninitializedCapacity: Self.blocks) { buffer, initialized in
      buffer.initialize(repeating: Sums())
      initialized = Self.blocks
      // Every block writes its own element.
      nonisolated(unsafe) let places = buffer
      let work = { @Sendable (block: Int) in
        places[block] = part(source, min(n, block * size)..<min(n, (block + 1) * size), isDual: isDual)
      }
      if n * source.reproductions >= 1 << 12 {
        DispatchQueue.concurrentPerform(iterations: Self.blocks, execute: work)
      } else {
        for block in 0..<Self.blocks { work(block) }
      }
    }
    var total = Sums()
    if isDual { total.weights = [Interval](repeating: 0, count: source.reproductions) }
    for part in parts where part.probability.upper > 0 {
      total.probability = total.probability + part.probability
      total.logAlpha = total.logAlpha + part.logAlpha
      total.distortion = total.distortion + part.distortion
      for j in part.weights.indices { total.weights[j] = total.weights[j] + part.weights[j] }
    }
    return total
  }

  private func part(_ source: FiniteSource, _ rows: Range<Int>, isDual: Bool) -> Sums {
    let m = source.reproductions
    let beta = Interval(slope)
    var sums = Sums()
    if isDual { sums.weights = [Interval](repeating: 0, count: m) }
    for i in rows where source.probabilities[i] > 0 {
      let p = Interval(source.probabilities[i])
      var least = Double.infinity
      for j in letters { least = min(least, source.distortions[i * m + j]) }
      // Out of reach of every letter: nothing is proved.
      guard least.isFinite else {
        sums.logAlpha = .entire
        sums.distortion = .entire
        sums.probability = sums.probability + p
        continue
      }
      let offset = Interval(least)
      var z: Interval = 0
      var moment: Interval = 0
      for (j, weight) in zip(letters, weights) where source.distortions[i * m + j] < .infinity {
        let excess = Interval(source.distortions[i * m + j]) - offset
        let term = Interval(weight) * .exp(-(beta * excess))
        z = z + term
        moment = moment + term * excess
      }
      sums.probability = sums.probability + p
      sums.logAlpha = sums.logAlpha + p * (beta * offset - .log(z))
      guard isDual else {
        sums.distortion = sums.distortion + p * (offset + moment / z)
        continue
      }
      let ratio = p / z
      for j in 0..<m where source.distortions[i * m + j] < .infinity {
        let excess = Interval(source.distortions[i * m + j]) - offset
        sums.weights[j] = sums.weights[j] + ratio * .exp(-(beta * excess))
      }
    }
    return sums
  }
}
