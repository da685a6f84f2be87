import IntervalArithmetic

/// The curves that one-shot codes of a source are compared with.
public protocol CodeLimits: Sendable {
  /// The best one-shot codes, and what none of them undercuts: E(D), or a bound from below and codes from above.
  var oneShot: [Curve] { get }
  /// R(D), from both sides where it is known so; empty where it is not known.
  var longBlocks: [Curve] { get }
}

/// What one-shot codes of a source are evaluated on and compared with.
public struct CodeReference: CodeLimits {
  /// The source's line.
  public let line: any RealisationLine
  /// The process as judged at a number of samples of time; nil for what is no process.
  public let sampled: (@Sendable (_ samples: Int) throws(DomainError) -> any RealisationLine)?
  /// The samples of time at which all codes are judged, if a parameter says so.
  public let samples: Int?
  /// What the decoder knows besides the index, and whether the index's code may use it; nil if it knows nothing.
  public let sideInformation: KnownSide?
  /// The best one-shot codes, and what none of them undercuts: E(D), or a bound from below and codes from above.
  public let oneShot: [Curve]
  /// R(D), from both sides where it is known so; empty where it is not known.
  public let longBlocks: [Curve]

  /// A line, and the curves.
  public init(
    line: any RealisationLine, sampled: (@Sendable (Int) throws(DomainError) -> any RealisationLine)? = nil,
    samples: Int? = nil, sideInformation: KnownSide? = nil, oneShot: [Curve], longBlocks: [Curve]
  ) {
    self.line = line
    self.sampled = sampled
    self.samples = samples
    self.sideInformation = sideInformation
    self.oneShot = oneShot
    self.longBlocks = longBlocks
  }

  /// A code of this source.
  ///
  /// Reconstructions of a process say at how many samples of time it is judged.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if reconstructions have another number of components than the source.
  public func code(
    _ partition: LinePartition, lengths: [Double]? = nil, reconstructions: [[Double]]? = nil
  ) throws(DomainError) -> TrainedCode {
    let given = reconstructions?.first?.count
    if let sideInformation {
      guard given == nil else {
        throw .parameterOutOfRange(
          name: "components of a reconstruction", value: "\(given ?? 0)",
          requirement: "none: a decoder with side information has no one point an index")
      }
      return TrainedCode(line: line, partition: partition, lengths: lengths, sideInformation: sideInformation)
    }
    var judged: (any RealisationLine)?
    if let sampled, let count = samples ?? given { judged = try sampled(count) }
    if let given, given != (judged ?? line).components {
      let needed =
        (judged ?? line).components.map { "\($0)" } ?? "none: reconstructions of this source are no list of numbers"
      throw .parameterOutOfRange(name: "components of a reconstruction", value: String(given), requirement: needed)
    }
    return TrainedCode(
      line: line, sampled: judged, partition: partition, lengths: lengths, reconstructions: reconstructions)
  }

  /// What curves of one name say of the rate at a distortion that is known up to an interval.
  ///
  /// Curves fall: the least rate is at the largest distortion. The value is halfway between the sides at the distortion's
  /// value.
  static func rate(of curves: [Curve], at distortion: EnclosedValue) throws(DomainError) -> EnclosedValue {
    var (low, high) = (0.0, Double.infinity)
    var sides = (low: 0.0, high: Double.infinity)
    for curve in curves {
      let isLower = curve.kind == .lower || curve.kind == .exact
      let isUpper = curve.kind == .upper || curve.kind == .exact
      let least = curve.range.leastDistortion
      let middle = try curve.bound(atDistortion: max(distortion.value, least)).rate
      if isLower {
        // Beyond all numbers as at the largest, far above Dmax.
        let end = min(max(distortion.interval.upper, least), .greatestFiniteMagnitude)
        low = max(low, try curve.bound(atDistortion: end).rate.lower)
        sides.low = max(sides.low, middle.lower)
      }
      if isUpper {
        let end = distortion.interval.lower
        if end >= least { high = min(high, try curve.bound(atDistortion: end).rate.upper) }
        sides.high = min(sides.high, middle.upper)
      }
    }
    let value = sides.high < .infinity ? sides.low + (sides.high - sides.low) / 2 : sides.low
    return EnclosedValue(value, .hull(low, high))
  }

  /// Steps into which the interval of a distortion is cut.
  private static let steps = 64

  /// What curves of one name say of R + mu D for the distortions of an interval; nil where they say too little, or take long.
  ///
  /// On each step R lies between its lower bound at the largest distortion and its upper bound at the least, for it falls.
  static func lagrangian(
    of curves: [Curve], slope: Double, over distortions: Interval
  ) throws(DomainError) -> Interval? {
    let least = curves.map(\.range.leastDistortion).reduce(0, max)
    let (low, high) = (distortions.lower, distortions.upper)
    guard !curves.contains(where: \.isCostly), low > least, low < high, high < .infinity else { return nil }
    let places = (0...steps).map { $0 == steps ? high : low + (high - low) * (Double($0) / Double(steps)) }
    var rates: [Interval] = []
    for place in places { rates.append(try rate(of: curves, at: EnclosedValue(place, Interval(place))).interval) }
    var hull: Interval?
    for step in 0..<steps {
      let below = Interval(rates[step + 1].lower) + Interval(slope) * Interval(places[step])
      let above = Interval(rates[step].upper) + Interval(slope) * Interval(places[step + 1])
      let part = Interval.hull(min(below.lower, above.lower), max(below.upper, above.upper))
      hull = hull?.hull(with: part) ?? part
    }
    return hull
  }

  /// -dR/dD in bits per unit of distortion, in floating point; nil where it is no finite number.
  static func slope(of curves: [Curve], at distortion: EnclosedValue) throws(DomainError) -> Double? {
    guard let curve = curves.last, !curve.isCostly, distortion.value > curve.range.leastDistortion else { return nil }
    let slope = try curve.bound(atDistortion: distortion.value).slope
    return slope.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}
