#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that could not be read or written, with the reason.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being done to a file.
  public enum Action: String, Sendable {
    /// Reading.
    case read
    /// Writing.
    case write
  }

  /// What was being done.
  public let action: Action
  /// The file's name, or "standard input".
  public let file: String
  /// Why it failed: the system's reason, or which limit was reached.
  public let reason: String

  /// The facts in a sentence.
  public var description: String { "cannot \(action.rawValue) \(file): \(reason)" }

  init(_ action: Action, _ file: String, reason: String) {
    self.action = action
    self.file = file
    self.reason = reason
  }

  /// An error of the system's, by its number.
  init(_ action: Action, _ file: String, status: Int32 = errno) {
    self.init(action, file, reason: systemReason(status))
  }
}

/// What the system says of an error's number.
public func systemReason(_ status: Int32) -> String { String(cString: strerror(status)) }
