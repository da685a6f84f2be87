import IntervalArithmetic
import ParallelBlocks

/// A convex curve that is solved for a slope at a time, with proof from both sides: what a `SlopeTable` is made of.
///
/// `solvedBounds` searches in floating point and proves with intervals what it found; nothing rests on the search.
public protocol SlopeSource: Sendable {
  /// d if the curve is R(D) for squared error in R^d, where Gaussians are a semigroup; nil for any other.
  var dimension: Int? { get }
  /// Dmax, the distortion of the best constant.
  var silence: Interval { get }
  /// h(X) in nats where R(D) has a Shannon lower bound by it.
  var differentialEntropy: Interval? { get }
  /// The slopes that are solved for, in nats per unit of distortion.
  var slopes: ClosedRange<Double> { get }
  /// Whether a table divides an interval of slopes at once into as many parts as its sides' distance asks for, as that falls with the
  /// square of the length where the curve is smooth: worth it where slopes are costly. Otherwise intervals are halved.
  var isDividedAtOnce: Bool { get }

  /// What is found and proved at a slope.
  ///
  /// - Throws: `LawRefused` for a slope outside `slopes`, or where nothing is found.
  func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds
}

extension SlopeSource {
  /// None.
  public var dimension: Int? { nil }
  /// None.
  public var differentialEntropy: Interval? { nil }
  /// Halved.
  public var isDividedAtOnce: Bool { false }

  /// What is proved at the slopes that somebody names, solved on all cores, at one distortion: a rate in nats.
  ///
  /// - Throws: `DomainError.evidenceRefused` for a slope that is not solved for.
  func rate(by named: NamedSlopes, at distortion: Double) throws(DomainError) -> Interval {
    do throws(LawRefused) {
      let entries = try parallelMap(count: named.slopes.count, block: 1) { (index) throws(LawRefused) in
        try solvedBounds(slope: named.slopes[index])
      }
      return rate(by: entries, at: distortion)
    } catch {
      throw .evidenceRefused(error.description)
    }
  }

  /// How far above the Shannon lower bound R may be at any distortion below an entry's, in nats; nil without that bound.
  func shannonExcess(_ entry: SlopeBounds) -> Double? {
    guard let dimension, let entropy = differentialEntropy else { return nil }
    return entry.expectation - (entropy.midpoint - Double(dimension) / 2 * Double.log(Double.pi / entry.slope))
  }

  /// The table's proof at one distortion, in nats, by entries of somebody's choice.
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

/// Slopes at which a curve is solved anew: what a bound from a table rests on.
public struct NamedSlopes: Evidence, Equatable {
  public static let type = "slopes"
  public static let meaning =
    "Slopes of a convex curve. At each the curve is solved anew, by a reproduction law and Csiszar's dual or by a quantizer and a "
    + "grid of thresholds, and what is proved of the solution proves the bound; nothing of an earlier search is believed."

  /// beta, in nats per unit of distortion: one to three of them.
  public let slopes: [Double]

  /// As many as a table names.
  public static let mostSlopes = 3

  /// Some slopes.
  public init(_ slopes: [Double]) { self.slopes = slopes }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(try form.numbers("slopes_nats"))
    guard (1...Self.mostSlopes).contains(slopes.count) else {
      throw MalformedEvidence("\"slopes_nats\" does not hold one to three numbers")
    }
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, [.init("slopes_nats", .numbers(slopes))]) }

  public var sentence: String {
    "what is found anew at "
      + (slopes.count == 1 ? "the slope " : "the slopes ")
      + slopes.map(\.words).joined(separator: ", ") + " nats per unit of distortion"
  }
}
