/// A closed form: nothing to trust but the formula, which is named and evaluated anew.
///
/// It proves the side that the formula's curve is: both ends for an exact curve, one for a bound.
public struct ClosedForm: Evidence, Equatable {
  public static let type = "closed-form"
  public static let meaning =
    "The curve's own formula, by name. It proves the side that the curve is; the formula is evaluated anew with intervals."

  /// The formula, as `list` and the documentation write it.
  public let formula: String

  /// The evidence of a formula.
  public init(_ formula: String) { self.formula = formula }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) { formula = try form.text("formula") }

  public var form: EvidenceForm { EvidenceForm(Self.type, [.init("formula", .text(formula))]) }
  public var sentence: String { formula }
}

/// Sending nothing: rate 0, achieved from the largest distortion on, and never undercut.
///
/// Every curve accepts it. It proves R <= 0 where D is at least the proved upper end of Dmax, and R >= 0 anywhere.
public struct Silence: Evidence, Equatable {
  public static let type = "silence"
  public static let meaning =
    "Sending nothing. It proves R <= 0 at D >= Dmax, which is enclosed anew, and R >= 0 everywhere."

  /// The code that sends nothing.
  public init() {}

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {}

  public var form: EvidenceForm { EvidenceForm(Self.type, []) }
  public var sentence: String { "nothing is sent: what the decoder reproduces all the same has distortion at most D" }
}

/// What stands for a code where none could be enclosed: it proves nothing.
struct NoEvidence: Evidence {
  static let type = "none"
  static let meaning = "No code is known at this distortion. It proves nothing."

  /// Why there is none.
  let reason: String

  init(_ reason: String) { self.reason = reason }

  init(_ form: EvidenceForm) throws(MalformedEvidence) { reason = try form.text("reason") }

  var form: EvidenceForm { EvidenceForm(Self.type, [.init("reason", .text(reason))]) }
  var sentence: String { reason }
}
