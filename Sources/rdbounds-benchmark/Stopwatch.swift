import Foundation

/// CPU seconds of this process, on all cores together, since it was made: what another load on the machine does not lengthen.
struct Stopwatch {
  private let start = clock()

  /// Seconds since then.
  var seconds: Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) }
}

/// Another version of this program, run before this one for the same groups: its rows are printed under the methods' names with
/// "previous " before them.
struct PreviousVersion {
  let path: String

  /// Runs it and prints its rows.
  func run(_ groups: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = groups
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let rows = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(separator: "\n")
    process.waitUntilExit()
    for row in rows.dropFirst() {
      let fields = row.split(separator: ",", maxSplits: 1)
      if fields.count == 2 { print("\(fields[0]),previous \(fields[1])") }
    }
  }
}
