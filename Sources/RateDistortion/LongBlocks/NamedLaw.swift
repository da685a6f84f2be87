/// A discrete reproduction law and a slope in nats per unit of distortion.
///
/// With Z(x) = sum of w exp(-slope d(x, y)), the channel w exp(-slope d)/Z is achievable, and 1/(c Z) is a dual multiplier, c the
/// supremum over y of E[exp(-slope d)/Z].
public struct NamedLaw: Evidence, Equatable {
  public static let type = "reproduction-law"
  public static let meaning =
    "A slope and a discrete law of reproductions. Above: the channel it defines, if its distortion is at most D. Below: "
    + "Csiszar's dual, with the supremum over all reproductions enclosed anew."

  /// beta, in nats per unit of distortion.
  public let slope: Double
  /// The reproductions; in the plane both coordinates of each; of a finite source the letters, from 0.
  public let points: [Double]
  /// Their weights, in any common unit.
  public let weights: [Double]

  /// A law and a slope.
  public init(slope: Double, points: [Double], weights: [Double]) {
    self.slope = slope
    self.points = points
    self.weights = weights
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      slope: try form.number("slope_nats"), points: try form.numbers("points"), weights: try form.numbers("weights"))
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("slope_nats", .number(slope)), .init("points", .numbers(points)), .init("weights", .numbers(weights)),
      ])
  }

  public var sentence: String {
    "the reproduction law of \(weights.count) points that --format json prints, at the slope \(slope.words) nats per unit "
      + "of distortion"
  }
}
