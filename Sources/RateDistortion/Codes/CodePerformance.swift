import IntervalArithmetic

/// A number of a code whose thresholds are not quite known: at the nominal thresholds, and over all the places that they may
/// have.
public struct EnclosedValue: Sendable, Equatable {
  /// At the nominal thresholds, in floating point.
  public let value: Double
  /// Over all places of the thresholds; contains `value`.
  public let interval: Interval
  /// As a function of the thresholds, where that is known.
  let form: ThresholdForm?

  /// A number and what encloses it.
  public init(_ value: Double, _ interval: Interval) { self.init(value, interval, form: nil) }

  init(_ value: Double, _ interval: Interval, form: ThresholdForm?) {
    self.value = value
    self.interval = interval.hull(with: Interval(value))
    self.form = form
  }

  /// What is enclosed at the nominal thresholds, and everywhere.
  init(_ sum: MovingSum) {
    self.init(sum.nominal.midpoint, sum.everywhere.hull(with: sum.nominal), form: sum.form)
  }

  /// The same in another unit.
  func divided(by unit: Interval) -> EnclosedValue {
    EnclosedValue(value / unit.midpoint, interval / unit, form: form.map { 1 / unit * $0 })
  }
}

/// Rates and distortions of a code, enclosed over all places that its thresholds may have.
///
/// With xi as in `CodeMasses`, the distortion with given reproductions y_s changes, as threshold i moves, by what a
/// realisation x there gains on the other side:
///
///     dD/dxi_i = |x - y_L|^2 - |x - y_R|^2.
///
/// With centroids it is least over all reproductions: what the nominal ones c_s have, which changes in that way, less the sum of
/// p'_s |c'_s - c_s|^2 over the symbols. On the way x moves by at most the spread of the threshold's interval, and as symbol s
/// gains and loses realisations x of probability |xi_i|,
///
///     p'_s |c'_s - c_s| <= sum over its thresholds i of |xi_i| |x - c_s|,
///
/// for p' (c' - c) is the integral of x - c over what was gained less that over what was lost.
public struct CodePerformance: Sendable {
  /// H of the symbols, in bits.
  public let entropy: EnclosedValue
  /// The expected length under the entropy model, in bits; nil where no lengths are given.
  public let crossEntropy: EnclosedValue?
  /// The rate that the code is judged by, in bits: its entropy, given the side information if its coding may use that; the
  /// expected length where lengths are given.
  public let rate: EnclosedValue
  /// The expected length less H, in bits.
  public let redundancy: EnclosedValue?
  /// The distortion with the given reconstructions.
  public let given: EnclosedValue?
  /// The distortion with centroids, as reconstructions are judged.
  public let centroids: EnclosedValue
  /// The same in continuous time, where it is judged at samples of time.
  public let continuous: EnclosedValue?
  /// The distortion of intervals of the same probabilities; nil where a decoder with side information tells pieces apart.
  public let intervals: EnclosedValue?
  /// H of the symbols given the side information, in bits; nil where there is none.
  public let conditionalEntropy: EnclosedValue?
  /// Whether intervals enclose every number: not where a decoder with side information sees thresholds that lie somewhere between
  /// two places (`KnownSide`).
  public let isProved: Bool
  /// The probability of parts of a plane of which it is not known whose they are; 0 on a line, which has thresholds.
  public let undecided: Double
  /// Whether every symbol is one interval of a line.
  let isOfIntervals: Bool
  /// The probabilities.
  public let masses: CodeMasses

  /// Evaluates a code.
  public init(of code: TrainedCode) {
    let masses = CodeMasses(of: code.partition, on: code.line)
    self.masses = masses
    isOfIntervals = code.partition.isOfIntervals
    undecided = 0
    (entropy, crossEntropy, redundancy) = Self.rates(masses, lengths: code.lengths)
    given = code.reconstructions.map { reproductions in
      let errors = code.judged.errors(of: code.partition, about: reproductions)
      return EnclosedValue(Self.distortion(errors, masses, of: code.partition, on: code.judged, isCentred: false))
    }
    if let known = code.sideInformation {
      let aided = known.performance(of: code)
      (centroids, conditionalEntropy, continuous, intervals) = (aided.distortion, aided.conditionalEntropy, nil, nil)
      rate = known.coding == .conditional ? aided.conditionalEntropy : crossEntropy ?? entropy
      isProved = aided.isProved
      return
    }
    let centred = { (line: any RealisationLine) in
      EnclosedValue(
        Self.distortion(line.errors(of: code.partition), masses, of: code.partition, on: line, isCentred: true))
    }
    centroids = centred(code.judged)
    continuous = code.sampled == nil ? nil : centred(code.line)
    let own = continuous ?? centroids
    intervals = code.partition.isOfIntervals ? own : code.line.distortionOfIntervals(masses, of: code.partition)
    conditionalEntropy = nil
    rate = crossEntropy ?? entropy
    isProved = true
  }

  /// That of a code in the plane, which does not know what intervals are.
  init(masses: CodeMasses, lengths: [Double]?, given: EnclosedValue?, centroids: EnclosedValue, undecided: Double) {
    self.masses = masses
    (self.given, self.centroids, self.undecided) = (given, centroids, undecided)
    (entropy, crossEntropy, redundancy) = Self.rates(masses, lengths: lengths)
    (continuous, intervals, conditionalEntropy) = (nil, nil, nil)
    (isOfIntervals, isProved) = (false, true)
    rate = crossEntropy ?? entropy
  }

  /// The entropy, the expected length and the difference, in bits.
  private static func rates(
    _ masses: CodeMasses, lengths: [Double]?
  ) -> (entropy: EnclosedValue, crossEntropy: EnclosedValue?, redundancy: EnclosedValue?) {
    let entropy = EnclosedValue(
      masses.sum(of: { -.xlogx($1) }, slope: { -.log($1) - 1 }, curvature: { -1 / $0 })
    ).divided(by: .ln2)
    guard let lengths else { return (entropy, nil, nil) }
    let crossEntropy = EnclosedValue(
      masses.sum(
        of: { $1 * Interval(lengths[$0]) }, slope: { symbol, _ in Interval(lengths[symbol]) }, curvature: { _ in 0 }))
    let redundancy = EnclosedValue(
      masses.sum(
        of: { $1 * Interval(lengths[$0]) * .ln2 + .xlogx($1) },
        slope: { Interval(lengths[$0]) * .ln2 + .log($1) + 1 }, curvature: { 1 / $0 })
    ).divided(by: .ln2)
    return (entropy, crossEntropy, redundancy)
  }

  /// Whether the rate is the expected length under a model.
  var isModelled: Bool { crossEntropy == rate }

  /// The distortion at the nominal thresholds and everywhere.
  private static func distortion(
    _ errors: PartitionErrors, _ masses: CodeMasses, of partition: LinePartition, on line: any RealisationLine,
    isCentred: Bool
  ) -> MovingSum {
    let nominal = errors.distortions.reduce(0, +)
    guard masses.displacements.contains(where: { $0.lower < $0.upper }) else {
      return MovingSum(nominal: nominal, everywhere: nominal, form: nil)
    }
    let spreads = partition.thresholds.map { line.spread(from: $0.lower, to: $0.upper) }
    let way = isCentred ? centroidsWay(errors, masses, spreads, of: partition, on: line) : 0
    var form = ThresholdForm(constant: nominal - way, slopes: Array(repeating: 0, count: spreads.count))
    for (index, xi) in masses.displacements.enumerated() where xi.lower < xi.upper {
      let square = { (distance: Interval) -> Interval in
        let shift = Interval(spreads[index])
        let length = Interval.sqrt(distance)
        return .squared(.hull(max(0, (length - shift).lower), (length + shift).upper))
      }
      let distances = errors.distances[index]
      form.slopes[index] = square(distances.left) - square(distances.right)
    }
    let everywhere = form.range(over: masses.displacements).intersection(with: .hull(0, .infinity))
    return MovingSum(nominal: nominal, everywhere: everywhere, form: form)
  }

  /// What moving centroids gain: the sum of p' |c' - c|^2 over the symbols, from 0.
  private static func centroidsWay(
    _ errors: PartitionErrors, _ masses: CodeMasses, _ spreads: [Double], of partition: LinePartition,
    on line: any RealisationLine
  ) -> Interval {
    var moments = [Interval](repeating: 0, count: partition.symbolCount)
    for (index, xi) in masses.displacements.enumerated() where xi.lower < xi.upper {
      let (left, right) = partition.sides(of: index)
      let most = Interval(xi.magnitude)
      let distances = errors.distances[index]
      moments[left] = moments[left] + most * (.sqrt(distances.left) + Interval(spreads[index]))
      moments[right] = moments[right] + most * (.sqrt(distances.right) + Interval(spreads[index]))
    }
    let hulls = partition.hulls
    var way: Interval = 0
    for (symbol, moment) in moments.enumerated() where moment.upper > 0 {
      let p = masses.probabilities[symbol]
      var most = p.lower > 0 ? (Interval.squared(moment) / Interval(p.lower)).upper : .infinity
      // A centroid lies among the realisations of its symbol.
      let (low, high) = hulls[symbol]
      if low.isFinite, high.isFinite {
        most = min(most, (Interval(p.upper) * .squared(Interval(line.spread(from: low, to: high)))).upper)
      }
      way = way + .hull(0, most)
    }
    return way
  }
}
