/// A code of which two may share the time.
public protocol SharedCode: Sendable, Equatable {
  /// Under which type, and with which meaning, two of them are evidence.
  static var shared: (type: String, meaning: String) { get }

  /// Reads what `form` wrote.
  init(_ form: EvidenceForm) throws(MalformedEvidence)

  /// The code as named numbers.
  var form: EvidenceForm { get }

  /// Two of them in words.
  static func sentence(of codes: SharedCodes<Self>) -> String
}

/// Two codes that share the time: encoder and decoder agree beforehand which is used when.
public struct SharedCodes<Code: SharedCode>: Evidence, Equatable {
  public static var type: String { Code.shared.type }
  public static var meaning: String { Code.shared.meaning }

  /// The code of the lower rate.
  public let coarser: Code
  /// The code of the higher rate.
  public let finer: Code
  /// The finer one's share of the time.
  public let weight: Double

  /// Two codes and a share.
  public init(coarser: Code, finer: Code, weight: Double) {
    self.coarser = coarser
    self.finer = finer
    self.weight = weight
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      coarser: try Code(form.part("coarser")), finer: try Code(form.part("finer")), weight: try form.number("weight"))
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [.init("coarser", .form(coarser.form)), .init("finer", .form(finer.form)), .init("weight", .number(weight))])
  }

  public var sentence: String { Code.sentence(of: self) }
}
