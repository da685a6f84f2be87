import IntervalArithmetic

/// The one-shot dual of a finite source: a number c for every letter, which no set of letters may beat.
///
/// For a slope beta and any c let, in nats,
///
///     delta = max over reproductions y and sets A of letters of  E[c - beta d(X, y) | A] + log P(A).
///
/// Every one-shot code, also one that draws its index, or shares randomness with its decoder and has H given it, has H + beta D >=
/// E c - delta. *Proof.* Let u = c - delta - beta d(., y). For every w in (0, 1]
///
///     E[(u + 1 + log w)_+] = max over A of  sum over A of p u + P(A) (1 + log w)  <=  w,
///
/// as P (1 + log w) - w <= P log P and sum over A of p u + P(A) log P(A) <= 0 by the choice of delta. A cell of the code holds the
/// shares a of the letters, P = sum of a p in all; with w = P, sum of a p u <= sum of p (u + 1 + log P)_+ - P (1 + log P) <= -P log P.
/// The sum over the cells is E c - delta - beta D <= H.
///
/// **The sets that matter.** Whoever is in A beside others of a smaller c - beta d raises the mean: for given P(A) the worst sets
/// are those of the largest c - beta d, so for every y the letters are sorted once and their first k are summed, k = 1, 2, ...: the
/// maximum over all 2^n sets in n log n steps. Ties and rounding do no harm: numbers rounded up are sorted exactly.
///
/// With c = log 1/Z of Csiszar's dual delta <= 0, since the mean of a logarithm is at most the logarithm of the mean: the best c is
/// never below R(D).
///
/// - Units: nats.
/// - Source: the theorem is this package's (`OneShotProof` has it for the plane).
public struct LetterDual: Sendable, Equatable {
  /// beta, in nats per unit of distortion.
  public let slope: Double
  /// c, a number for every letter of the source; those of letters without probability play no part.
  public let values: [Double]

  /// A multiplier by its numbers, unchecked.
  public init(slope: Double, values: [Double]) {
    self.slope = slope
    self.values = values
  }

  /// The largest |c|.
  private static let largestValue = 1e6
  /// The largest number of entries of a matrix for which it is evaluated.
  static let mostEntries = 1 << 22

  /// What it proves: a lower bound on H + beta D, in nats.
  ///
  /// - Throws: `LawRefused` for numbers out of range.
  func least(of source: FiniteSource) throws(LawRefused) -> Double {
    guard slope > 0, slope.isFinite else { throw LawRefused("the slope is not a positive number") }
    guard values.count == source.probabilities.count else {
      throw LawRefused("there are \(values.count) values for \(source.probabilities.count) letters")
    }
    guard values.allSatisfy({ abs($0) <= Self.largestValue }) else {
      throw LawRefused("a value is not a number from -\(Self.largestValue.words) to \(Self.largestValue.words)")
    }
    guard values.count * source.reproductions <= Self.mostEntries else {
      throw LawRefused("the distortion matrix has more than \(Self.mostEntries) entries")
    }
    var mean: Interval = 0
    var total: Interval = 0
    for (p, value) in zip(source.probabilities, values) where p > 0 {
      mean = mean + Interval(p) * Interval(value)
      total = total + Interval(p)
    }
    var excess = -Double.infinity
    for y in 0..<source.reproductions { excess = max(excess, enclosedExcess(of: source, y, total)) }
    let least = mean / total - Interval(excess)
    return least.isEmpty || least.lower.isNaN ? -.infinity : least.lower
  }

  /// An upper bound on the maximum over sets for one reproduction.
  private func enclosedExcess(of source: FiniteSource, _ y: Int, _ total: Interval) -> Double {
    var gains: [(gain: Double, p: Double)] = []
    gains.reserveCapacity(values.count)
    let beta = Interval(slope)
    for (letter, p) in source.probabilities.enumerated() where p > 0 {
      let distortion = source.distortions[letter * source.reproductions + y]
      guard distortion < .infinity else { continue }
      let gain = (Interval(values[letter]) - beta * Interval(distortion)).upper
      gains.append((gain.isNaN ? .infinity : gain, p))
    }
    gains.sort { $0.gain > $1.gain }
    var sum: Interval = 0
    var mass: Interval = 0
    var worst = -Double.infinity
    for (gain, p) in gains {
      sum = sum + Interval(p) * Interval(gain)
      mass = mass + Interval(p)
      let mean = (sum / mass).upper
      let share = min(1, (mass / total).upper)
      // The logarithm's enclosure only where the set may be the worst.
      guard !(mean + Double.log(share) + 1e-9 * (1 + abs(mean)) < worst) else { continue }
      let excess = (Interval(mean) + .log(Interval(share))).upper
      worst = excess.isNaN ? .infinity : max(worst, excess)
    }
    return worst
  }
}

extension LetterDual: Evidence {
  public static let type = "letter-dual"
  public static let meaning =
    "A slope beta and a number c for every letter, in nats. With delta the maximum over reproductions y and sets A of letters of "
    + "E[c - beta d(X, y) | A] + log P(A), enclosed anew, every one-shot code has H + beta D >= E c - delta."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(slope: try form.number("slope_nats"), values: try form.numbers("values_nats"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, [.init("slope_nats", .number(slope)), .init("values_nats", .numbers(values))])
  }

  public var sentence: String {
    "the one-shot dual at the slope \(slope.words) nats per unit of distortion with \(values.count) numbers that "
      + "--format json prints"
  }
}
