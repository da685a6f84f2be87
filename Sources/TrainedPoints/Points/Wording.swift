/// Something that a person could have set otherwise, where a sentence about a file or a point says so.
public enum Setting: Sendable, Equatable {
  /// What the source of all rows is.
  case source
  /// Which column holds the rates.
  case rateColumn
  /// Which column holds the distortions.
  case distortionColumn
  /// The peak of a signal-to-noise ratio.
  case peak
  /// That rows without numbers are errors.
  case strict
  /// Which rows of a log are points.
  case rows
  /// That rates are in this unit.
  case rateUnit(RateUnit)
  /// That distortions are stated in this way.
  case distortionUnit(DistortionUnit)
  /// The largest gap allowed, in bits.
  case largestGapBits
  /// The largest gap allowed, in dB.
  case largestGapDecibels
  /// The file of a source that only a file says, by the source's name.
  case sourceFile(String)
  /// That a figure's script is wanted in place of the figure.
  case scriptAlone
  /// A source's parameter, by its name.
  case parameter(String)
}

/// What settings are called by whoever asks: a command line has options, a library has properties of other names.
public struct Wording: Sendable {
  /// A setting's name; nil if it has none.
  public let name: @Sendable (Setting) -> String?

  /// Settings without names: sentences then say what could be wrong, and not what to type.
  public static let plain = Wording { _ in nil }

  /// Settings by their names.
  public init(_ name: @escaping @Sendable (Setting) -> String?) { self.name = name }

  /// A setting's name in parentheses, after a blank; nothing if it has none.
  public func mention(_ setting: Setting) -> String { name(setting).map { " (\($0))" } ?? "" }
}

/// An error whose sentence may name a setting.
public protocol WordedError: Error, CustomStringConvertible {
  /// The facts in a sentence, with the names of settings.
  func text(_ wording: Wording) -> String
}

extension WordedError {
  /// The facts in a sentence.
  public var description: String { text(.plain) }
}
