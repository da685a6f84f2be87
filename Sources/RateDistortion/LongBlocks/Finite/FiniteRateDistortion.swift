import IntervalArithmetic

/// What Blahut and Arimoto's iteration proves of R(D) of a finite source at one slope.
public struct FiniteChannel: Sendable {
  /// beta, in bits per unit of distortion.
  public let slope: Double
  /// The channel's distortion D.
  public let distortion: Double
  /// R(D) lies in this interval, in bits: the dual bound and the channel's own rate.
  public let rate: Interval
  /// The reproduction law r.
  public let law: [Double]
  /// A lower bound on min over D of R(D) + slope D, in bits.
  let lagrangian: Double
}

extension FiniteSource {
  /// The point of R(D) at which its slope is -beta, between two bounds.
  ///
  /// - Parameters:
  ///   - slope: beta > 0, bits per unit of distortion.
  ///   - tolerance: the distance of the bounds at which to stop, in bits; the result says what was reached.
  ///   - start: the law of a nearby slope, if there is one.
  /// - Throws: `DomainError.parameterOutOfRange` unless slope is positive and finite.
  public func channel(
    slope: Double, tolerance: Double = 1e-6, from start: [Double]? = nil
  ) throws(DomainError) -> FiniteChannel {
    guard slope > 0, slope.isFinite else {
      throw .parameterOutOfRange(
        name: "slope", value: String(slope), requirement: "a finite number greater than 0")
    }
    let solver = FiniteBlahutArimoto(self, beta: slope * natsPerBit)
    let state = solver.solved(
      from: start?.count == reproductions ? start : nil, tolerance: tolerance * natsPerBit * 0.9,
      evaluations: 20_000)
    let (distortion, upper) = solver.channel(state.law)
    let margin = FiniteBlahutArimoto.margin * (1 + abs(state.lagrangian))
    let lower = max(0, upper - max(state.gap, 0) - margin)
    let bits = Interval.hull(lower, max(upper + margin, lower)) / .ln2
    return FiniteChannel(
      slope: slope, distortion: distortion, rate: bits, law: state.law,
      lagrangian: (upper - max(state.gap, 0) - margin) / natsPerBit + slope * distortion)
  }

  /// The least distortion of all: every letter's best reproduction.
  public var leastDistortion: Double {
    zip(probabilities, leastDistortions).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The distortion at rate 0: the best single reproduction's.
  public var largestDistortion: Double { best.distortion }

  /// The law of the best single reproduction.
  var bestReproduction: [Double] {
    var law = [Double](repeating: 0, count: reproductions)
    law[best.letter] = 1
    return law
  }

  private var best: (letter: Int, distortion: Double) {
    var means = [Double](repeating: 0, count: reproductions)
    for (i, p) in probabilities.enumerated() where p > 0 {
      for j in 0..<reproductions { means[j] += p * distortions[i * reproductions + j] }
    }
    var best = (letter: 0, distortion: Double.infinity)
    for (letter, mean) in means.enumerated() where mean < best.distortion { best = (letter, mean) }
    return best
  }
}
