import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of a terminal.
enum Terminal {
  /// Colours on a terminal that has them, unless the environment says NO_COLOR (https://no-color.org); none in files and
  /// pipes.
  static func style(of descriptor: Int32) -> TextStyle {
    let value = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    guard isatty(descriptor) == 1, value("NO_COLOR").isEmpty, !["", "dumb"].contains(value("TERM")) else {
      return .plain
    }
    return .coloured
  }
}
