import IntervalArithmetic

/// A source with a law to be found at any slope that proves R(D) from both sides: what a `SlopeTable` is made of.
///
/// - `law(slope:)` searches in floating point, and nothing rests on it.
/// - `bounds(by:)` proves, of any law, what it proves; it trusts nothing but the law's numbers.
public protocol SlopeSource: Sendable {
  /// d for squared error in R^d, nil for any other distortion.
  var dimension: Int? { get }
  /// Dmax, the distortion of the best constant.
  var silence: Interval { get }
  /// h(X) in nats where R(D) has a Shannon lower bound by it.
  var differentialEntropy: Interval? { get }
  /// The slopes at which laws are sought, in nats per unit of distortion.
  var slopes: ClosedRange<Double> { get }

  /// A law for a slope, as good as the search finds it.
  ///
  /// - Throws: `LawRefused` if the source is beyond what is searched there.
  func law(slope: Double) throws(LawRefused) -> NamedLaw

  /// What a law proves at its slope.
  ///
  /// - Throws: `LawRefused` for a law or slope outside the stated limits.
  func bounds(by law: NamedLaw) throws(LawRefused) -> SlopeBounds
}

extension SlopeSource {
  /// What the law that is found at a slope proves.
  func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds {
    guard slopes.contains(slope) else { throw LawRefused("no law is sought at the slope \(slope)") }
    return try bounds(by: law(slope: slope))
  }

  /// How far above the Shannon lower bound R may be at any distortion below an entry's, in nats; nil without that bound.
  func shannonExcess(_ entry: SlopeBounds) -> Double? {
    guard let dimension, let entropy = differentialEntropy else { return nil }
    return entry.expectation - (entropy.midpoint - Double(dimension) / 2 * Double.log(Double.pi / entry.slope))
  }

  /// The table's proof at one distortion for laws that somebody names.
  package func rate(by entries: [SlopeBounds], at distortion: Double) -> Interval {
    let table = SlopeTable(entries, dimension: dimension, silence: silence)
    var lower = 0.0
    var upper = Double.infinity
    for entry in entries {
      let below = entry.rateFromBelow(at: distortion, dimension: dimension, as: Interval.self)
      if below.lower > lower { lower = below.lower }
      upper = min(upper, entry.rateFromAbove(at: distortion, dimension: dimension))
    }
    upper = min(upper, table.rateFromAbove(at: distortion).rate)
    // Two sides that contradict each other prove nothing.
    return lower <= upper ? .hull(lower, upper) : .entire
  }
}

/// Slopes at which laws are found anew: what a bound from a table rests on.
public struct NamedSlopes: Evidence, Equatable {
  public static let type = "slopes"
  public static let meaning =
    "Slopes of R(D). At each a reproduction law is sought anew, and what is proved of that law, by its channel and by "
    + "Csiszar's dual, proves the bound; nothing of an earlier search is believed."

  /// beta, in nats per unit of distortion: one to four of them.
  public let slopes: [Double]

  /// Some slopes.
  public init(_ slopes: [Double]) { self.slopes = slopes }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(try form.numbers("slopes_nats"))
    guard (1...4).contains(slopes.count) else {
      throw MalformedEvidence("\"slopes_nats\" does not hold one to four numbers")
    }
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, [.init("slopes_nats", .numbers(slopes))]) }

  public var sentence: String {
    "the reproduction laws found at "
      + (slopes.count == 1 ? "the slope " : "the slopes ")
      + slopes.map(\.words).joined(separator: ", ") + " nats per unit of distortion"
  }
}
