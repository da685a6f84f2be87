#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a program writes.
public enum StandardStream: Int32, Sendable {
  /// Results.
  case output = 1
  /// Remarks.
  case error = 2

  /// Writes all of a text. A reader that has seen enough, or is not there, is no error.
  ///
  /// - Returns: whether there is a reader.
  /// - Throws: `FileError`.
  @discardableResult
  public func write(_ content: [UInt8]) throws(FileError) -> Bool {
    // Writing then fails with EPIPE instead of ending the process.
    signal(SIGPIPE, SIG_IGN)
    let status = ByteOutput.write(content, to: rawValue)
    guard status != 0 else { return true }
    guard ![EPIPE, EBADF].contains(status) else { return false }
    throw FileError(.write, "the standard \(self)", status: status)
  }

  /// Whether it is a terminal, where a person may be waiting.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// The characters of a terminal's line; 80 if it does not say.
  public var width: Int {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Colours on a terminal that has them, unless the environment says NO_COLOR (https://no-color.org); none in files and
  /// pipes.
  public var style: TextStyle {
    let value = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    guard isTerminal, value("NO_COLOR").isEmpty, !["", "dumb"].contains(value("TERM")) else {
      return .plain
    }
    return .coloured
  }
}
