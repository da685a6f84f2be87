/// A claim about another curve of the same source, which is one about this curve at another distortion.
///
/// Some limits are others moved along the axis of distortion: with a decoder that draws from the source's own law, for
/// instance, every code has twice the distortion. Their evidence is the other curve's, by its name, and nothing of it is
/// believed: the distortion at which it has to hold is computed anew, and the evidence is evaluated there by the other curve.
public struct InheritedClaim: Evidence, Equatable {
  public static let type = "inherited"
  public static let meaning =
    "A claim about another curve of the same source: the curve's name, the distortion at which it is made as a function of D, "
    + "and the evidence. What the other curve finds proved by that evidence at that distortion, which is computed anew, is "
    + "proved here at D, because the two rates are the same; that they are is a theorem, and not part of the evidence."

  /// The other curve.
  public let curve: CurveName
  /// The distortion as a function of D, as the curve's definition writes it.
  public let distortion: String
  /// The other claim's evidence, as written.
  public let claim: EvidenceForm
  /// What it says; empty where it was read and has not been understood yet.
  private let said: String

  /// The claim of another curve that evidence bears out.
  public init(_ curve: CurveName, at distortion: String, by evidence: any Evidence) {
    self.curve = curve
    self.distortion = distortion
    claim = evidence.form
    said = evidence.sentence
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    curve = CurveName(rawValue: try form.text("curve"))
    distortion = try form.text("at")
    claim = try form.part("claim")
    said = ""
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [.init("curve", .text(curve.rawValue)), .init("at", .text(distortion)), .init("claim", .form(claim))])
  }

  public var sentence: String {
    let claimed = "the rate of \(curve) where its distortion is \(distortion)"
    return said.isEmpty ? claimed : "\(claimed), by its own evidence, in which D stands for that distortion: \(said)"
  }
}
