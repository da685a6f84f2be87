/// Evidence of the converse for H(U): a slope, and bounds on what sets earn at a few prices.
public struct RewardMultiplier: Evidence, Equatable {
  public static let type = "rewards"
  public static let meaning =
    "A slope in nats per conditional variance, and at a few prices from 0 to 1 bounds on what sets earn at most behind Gaussian noise, "
    + "a unit of length and at an end. It proves H(U) >= c(slope) - slope D. Every bound is proved anew, at most 64 of them."

  /// lambda, in nats per unit of the conditional variance.
  public let slope: Double
  let bounds: [RewardBound]

  /// What is looked at, at most.
  static let mostBounds = 64

  init(slope: Double, bounds: [RewardBound]) {
    self.slope = slope
    self.bounds = bounds
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    slope = try form.number("slope_nats")
    let (prices, densities) = (try form.numbers("prices"), try form.numbers("densities"))
    let ends = try form.numbers("ends")
    guard prices.count == densities.count, prices.count == ends.count else {
      throw MalformedEvidence("\"prices\", \"densities\" and \"ends\" are not of one length")
    }
    bounds = prices.indices.map { RewardBound(price: prices[$0], density: densities[$0], end: ends[$0]) }
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("slope_nats", .number(slope)), .init("prices", .numbers(bounds.map(\.price))),
        .init("densities", .numbers(bounds.map(\.density))), .init("ends", .numbers(bounds.map(\.end))),
      ])
  }

  public var sentence: String {
    "the dual bound of slope \(slope.words) nats per conditional variance, from what sets earn at \(bounds.count) prices"
  }
}
