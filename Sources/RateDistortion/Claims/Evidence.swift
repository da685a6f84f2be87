/// The evidence behind a bound: whoever doubts the number re-evaluates this, and needs to trust nothing else.
///
/// A type of evidence stands beside the code that evaluates it. It names a code, a channel or a multiplier by numbers, and
/// nothing in it is believed: what it proves about a curve is computed anew (`Limit.proof(by:atDistortion:)`), with intervals.
/// Here it only writes itself, reads itself and says itself.
///
/// Adding one: a file with the type, and its mention in `Limit.evidence` of the curves that it proves something about. Readers,
/// writers and tests work on `form` and need no change.
public protocol Evidence: Sendable {
  /// The stable identifier, `type` in every written form.
  static var type: String { get }

  /// What it names, which inequality it proves, and within which limits it is evaluated: for the documentation.
  static var meaning: String { get }

  /// Reads what `form` wrote.
  ///
  /// - Throws: `MalformedEvidence` if a member is missing, of another shape, or names no code at all.
  init(_ form: EvidenceForm) throws(MalformedEvidence)

  /// The evidence as named numbers, exact: what is read back is what was proved.
  var form: EvidenceForm { get }

  /// How to re-evaluate it, in words.
  var sentence: String { get }
}

/// Evidence written down: named numbers, words, lists of numbers, and parts of the same kind; neither JSON nor text yet.
public struct EvidenceForm: Sendable, Equatable {
  /// A member's value.
  public indirect enum Value: Sendable, Equatable {
    /// A number, exactly this binary one.
    case number(Double)
    /// Words.
    case text(String)
    /// A list of numbers.
    case numbers([Double])
    /// A part with members of its own.
    case form(EvidenceForm)
    /// Deliberately nothing.
    case none
  }

  /// A name and its value.
  public struct Member: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: Value

    /// A name and its value.
    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// Which evidence it is.
  public var type: String
  /// Its members, in the order in which they are printed.
  public var members: [Member]

  /// Evidence of a type.
  public init(_ type: String, _ members: [Member]) {
    self.type = type
    self.members = members
  }

  /// Evidence of a type whose members are all numbers.
  public init(_ type: String, numbers: KeyValuePairs<String, Double>) {
    self.init(type, numbers.map { Member($0, .number($1)) })
  }

  /// The first member of a name.
  public subscript(name: String) -> Value? { members.first { $0.name == name }?.value }

  /// The finite number of a name.
  public func number(_ name: String) throws(MalformedEvidence) -> Double {
    guard case .number(let value)? = self[name], value.isFinite else {
      throw MalformedEvidence("\"\(name)\" is missing or no finite number")
    }
    return value
  }

  /// The finite number of a name, or nil where it says "nothing" or is absent.
  public func numberIfGiven(_ name: String) throws(MalformedEvidence) -> Double? {
    guard let value = self[name], value != .none else { return nil }
    return try number(name)
  }

  /// The whole number of a name.
  public func count(_ name: String) throws(MalformedEvidence) -> Int {
    guard let whole = Int(exactly: try number(name)) else {
      throw MalformedEvidence("\"\(name)\" is no whole number")
    }
    return whole
  }

  /// The words of a name.
  public func text(_ name: String) throws(MalformedEvidence) -> String {
    guard case .text(let value)? = self[name] else { throw MalformedEvidence("\"\(name)\" is missing or no text") }
    return value
  }

  /// The finite numbers of a name.
  public func numbers(_ name: String) throws(MalformedEvidence) -> [Double] {
    guard case .numbers(let values)? = self[name] else {
      throw MalformedEvidence("\"\(name)\" is missing or no array of numbers")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw MalformedEvidence("\"\(name)\" holds what is no finite number")
    }
    return values
  }

  /// The part of a name.
  public func part(_ name: String) throws(MalformedEvidence) -> EvidenceForm {
    guard case .form(let form)? = self[name] else { throw MalformedEvidence("\"\(name)\" is missing or no object") }
    return form
  }
}

/// A written form that describes no evidence of its type.
public struct MalformedEvidence: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is missing or wrong.
  public let description: String

  /// What is missing or wrong, in a sentence without its subject.
  public init(_ description: String) { self.description = description }
}

extension Double {
  /// The number in the shortest form that reads back to it, as a person writes it: 600, not 600.0.
  var words: String { description.hasSuffix(".0") ? String(description.dropLast(2)) : description }
}
