import IntervalArithmetic

/// Where a one-shot code loses: its gap to the best one-shot code, and to R(D), in lines that add up.
///
/// A code goes from its own rate and distortion to the limit in steps, each of which mends one thing. At every step stands a
/// rate, of the code or of the best code E at the distortion reached; a line is the difference of two neighbours, so that the
/// lines add up to the gap whatever the numbers are:
///
/// | line            | from                                 | to                          | what is lost           |
/// |-----------------|--------------------------------------|-----------------------------|------------------------|
/// | `entropy-model` | expected length under the model      | H                           | the model is not the law |
/// | `decoder`       | E(D), centroids                      | E(D), given reconstructions | by the decoder         |
/// | `time-samples`  | E(D), continuous time                | E(D), samples of time       | what the samples hide  |
/// | `not-intervals` | E(D), intervals, same probabilities  | E(D), centroids             | by cells in pieces     |
/// | `cell-sizes`    | H                                    | E(D), intervals             | by their sizes         |
/// | `one-shot`      | E(D), given reconstructions          | R(D), given reconstructions | one sample at a time   |
///
/// A distortion that is lost thus costs as many bits as the best code would need to win it back: the difference of
/// distortions times the mean slope of E between them. The first five lines are the gap to E(D), all of them that to R(D), at
/// the distortion with the given reconstructions.
///
/// All lines but `time-samples` are at least 0: `entropy-model` if the model's probabilities sum to at most 1 (Gibbs),
/// `decoder` since centroids are best, `not-intervals` by rearrangement (`CellSource`, `ScalarLine`), `cell-sizes` and
/// `one-shot` since E and R are the best. A line's interval is cut at 0 where that is proved. Where thresholds are known up to
/// intervals, rate and distortion of one code move with them together (`MovingRate`).
public struct CodeLedger: Sendable {
  /// One reason of a gap.
  public struct Line: Sendable {
    /// Its stable identifier.
    public let name: String
    /// The bits lost.
    public let bits: EnclosedValue
  }

  /// The lines of the gap to the best one-shot code.
  public let lines: [Line]
  /// The gap between the rate and E(D): the sum of `lines`.
  public let gap: EnclosedValue
  /// The line between the best one-shot code and R(D); nil where R(D) is not known.
  public let oneShot: Line?
  /// The gap between the rate and R(D).
  public let gapToLongBlocks: EnclosedValue?
  /// E(D) at the code's distortion.
  public let bestOneShot: EnclosedValue
  /// R(D) there.
  public let bestLongBlocks: EnclosedValue?

  /// The ledger of a code.
  ///
  /// - Throws: `DomainError` for a distortion that a curve is not computed for.
  public init(of performance: CodePerformance, against reference: some CodeLimits) throws(DomainError) {
    let nonnegative = Interval.hull(0, .infinity)
    let displacements = performance.masses.displacements
    let line = { (name: String, from: MovingRate, to: MovingRate, isProved: Bool) -> Line in
      let difference = from.difference(to, over: displacements)
      let cut = isProved ? difference.intersection(with: nonnegative) : difference
      return Line(name: name, bits: EnclosedValue(from.rate.value - to.rate.value, cut.isEmpty ? difference : cut))
    }
    let distortion = performance.given ?? performance.centroids
    // Where all thresholds are known there is nothing to gain.
    let isOpen = displacements.contains { $0.width > Self.rounding }
    let slope = isOpen ? try CodeReference.slope(of: reference.oneShot, at: distortion) : nil
    let best = { (distortion: EnclosedValue) throws(DomainError) -> MovingRate in
      try MovingRate(of: reference.oneShot, at: distortion, slope: slope)
    }
    let rate = MovingRate(performance.rate)
    let final = try best(distortion)
    var lines: [Line] = []
    let entropy = performance.isModelled ? MovingRate(performance.entropy) : rate
    if performance.isModelled, let redundancy = performance.redundancy {
      // By its own formula, in which the two entropies do not vary apart.
      lines.append(
        Line(name: "entropy-model", bits: EnclosedValue(rate.rate.value - entropy.rate.value, redundancy.interval)))
    }
    var reached = final
    if performance.given != nil {
      let next = try best(performance.centroids)
      lines.append(line("decoder", next, reached, true))
      reached = next
    }
    if let continuous = performance.continuous {
      let next = try best(continuous)
      lines.append(line("time-samples", next, reached, false))
      reached = next
    }
    if performance.isOfIntervals {
      lines.append(Line(name: "not-intervals", bits: EnclosedValue(0, 0)))
    } else if let intervals = performance.intervals {
      let next = try best(intervals)
      lines.append(line("not-intervals", next, reached, false))
      reached = next
    }
    lines.append(line("cell-sizes", entropy, reached, true))
    self.lines = lines
    bestOneShot = final.rate
    gap = line("", rate, final, false).bits
    if reference.longBlocks.isEmpty {
      (oneShot, gapToLongBlocks, bestLongBlocks) = (nil, nil, nil)
    } else {
      let limit = try MovingRate(
        of: reference.longBlocks, at: distortion,
        slope: isOpen ? CodeReference.slope(of: reference.longBlocks, at: distortion) : nil)
      oneShot = line("one-shot", final, limit, true)
      gapToLongBlocks = line("", rate, limit, false).bits
      bestLongBlocks = limit.rate
    }
  }

  /// Probabilities by which thresholds move that are known.
  private static let rounding = 1e-12
}
