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
  /// - Throws: `FileError`.
  public func write(_ content: [UInt8]) throws(FileError) {
    // Writing then fails with EPIPE instead of ending the process.
    signal(SIGPIPE, SIG_IGN)
    let status = ByteOutput.write(content, to: rawValue)
    guard ![0, EPIPE, EBADF].contains(status) else { return }
    throw FileError(.write, "the standard \(self)", status: status)
  }

  /// Colours on a terminal that has them, unless the environment says NO_COLOR (https://no-color.org); none in files and
  /// pipes.
  public var style: TextStyle {
    let value = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    guard isatty(rawValue) == 1, value("NO_COLOR").isEmpty, !["", "dumb"].contains(value("TERM")) else {
      return .plain
    }
    return .coloured
  }
}
