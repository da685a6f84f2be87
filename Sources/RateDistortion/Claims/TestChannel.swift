/// Test channels of a family with one parameter, and the family's dual bound.
///
/// At `achieving` the channel's distortion is at most D and its rate is the upper end; at `dual` the family's lower bound, valid
/// for every parameter, is the lower end. Both are evaluated anew; a parameter of 0 is the channel that says nothing.
public struct TestChannel: Evidence, Equatable {
  public static let type = "test-channel"
  public static let meaning =
    "A family of test channels by name and two of its parameters. The first proves an achievable rate, if its channel's "
    + "enclosed distortion is at most D; the second a lower bound, by the family's dual."

  /// The family, as the curve names it.
  public let family: String
  /// The parameter of the channel that achieves the upper end.
  public let achieving: Double
  /// The parameter at which the dual bound is taken.
  public let dual: Double

  /// Two members of a family.
  public init(family: String, achieving: Double, dual: Double) {
    self.family = family
    self.achieving = achieving
    self.dual = dual
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      family: try form.text("family"), achieving: try form.number("achieving"), dual: try form.number("dual"))
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [.init("family", .text(family)), .init("achieving", .number(achieving)), .init("dual", .number(dual))])
  }

  public var sentence: String {
    "\(family): at \(achieving.words) the channel's distortion is at most D; at \(dual.words) the dual bound is the lower end"
  }
}
