import Foundation

/// The built program, run as a user runs it, and what else a test runs.
public enum Program {
  /// What a run left behind.
  public struct Outcome: Sendable {
    /// The exit status.
    public let status: Int32
    /// The standard output.
    public let output: String
    /// The standard error.
    public let errors: String
  }

  /// A run that did not come to its end: there is no program, or a signal stopped it.
  public enum Failure: Error {
    /// No such executable.
    case missing(String)
    /// Stopped by a signal: a trap, or a crash.
    case stopped(arguments: [String], signal: Int32, errors: String)
  }

  /// The executable: beside the test bundle, or where the build puts it.
  public static let path: String? = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let builds = ["release", "debug"].map { Repository.url(".build").appendingPathComponent($0) }
    return ([bundle] + builds).map { $0.appendingPathComponent("rdbounds").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private static func required() throws -> String {
    guard let path else { throw Failure.missing("rdbounds") }
    return path
  }

  /// Runs the program on arguments and waits.
  public static func run(_ arguments: [String]) throws -> Outcome {
    try run(required(), arguments, environment: nil)
  }

  /// Runs a command line split at its spaces.
  public static func run(_ line: String) throws -> Outcome {
    try run(line.split(separator: " ").map(String.init))
  }

  /// Runs a line of the shell in which "$RDBOUNDS" is the program.
  public static func shell(_ line: String) throws -> Outcome {
    try run("/bin/sh", ["-c", line], environment: ["RDBOUNDS": required(), "PATH": "/usr/bin:/bin"])
  }

  /// Runs a line of the shell in an empty folder of its own, which is HOME too, with the program and everything that is
  /// installed in PATH.
  ///
  /// - Parameter files: files that are copied there, by name.
  public static func shell(_ line: String, with files: KeyValuePairs<String, URL>) throws -> Outcome {
    try inTemporaryFolder { folder in
      let bin = folder.appendingPathComponent("bin")
      try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        at: bin.appendingPathComponent("rdbounds"), withDestinationURL: URL(fileURLWithPath: required()))
      for (name, source) in files {
        try FileManager.default.copyItem(at: source, to: folder.appendingPathComponent(name))
      }
      let inherited = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      return try run(
        "/bin/sh", ["-c", line], environment: ["PATH": "\(bin.path):\(inherited)", "HOME": folder.path], in: folder)
    }
  }

  /// Whether a line of the shell succeeds, for the conditions under which a test can run.
  public static func succeeds(_ line: String) -> Bool { (try? shell(line, with: [:]).status) == 0 }

  /// Whether a program is in PATH.
  public static func isInstalled(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// A folder of its own for a body of code, removed afterwards.
  public static func inTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func run(
    _ executable: String, _ arguments: [String], environment: [String: String]?, in folder: URL? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    if let environment { process.environment = environment }
    if let folder { process.currentDirectoryURL = folder }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    // Errors go to a file: two pipes would have to be read at once, or a long message blocks the run.
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let messages = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    if process.terminationReason == .uncaughtSignal {
      throw Failure.stopped(arguments: arguments, signal: process.terminationStatus, errors: messages)
    }
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self), errors: messages)
  }
}
