import Foundation

/// How much the random tests try: seeded and short in every run, and as long as patience allows with `make test-long`.
public enum Campaign {
  /// Whether RDBOUNDS_LONG=1 is set, as `make test-long` does.
  public static let isLong = ProcessInfo.processInfo.environment["RDBOUNDS_LONG"] == "1"

  /// A number of cases.
  public static func cases(_ short: Int, long: Int) -> Int { isLong ? long : short }

  /// Where `make test-long` had the oracles' scripts write more; nil in short runs.
  public static let enclosures = ProcessInfo.processInfo.environment["RDBOUNDS_ENCLOSURES"].map {
    URL(fileURLWithPath: $0)
  }
}
