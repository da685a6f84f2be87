import Foundation

/// The built program, run as a user runs it.
struct Program {
  /// What a run left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The executable: beside the test bundle, or where the build puts it.
  static let path: String? = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates =
      [bundle] + ["release", "debug"].map { package.appendingPathComponent(".build").appendingPathComponent($0) }
    return candidates.map { $0.appendingPathComponent("rdbounds").path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Runs the program on arguments and waits.
  static func run(_ arguments: [String]) throws -> Outcome {
    guard let path else { throw CocoaError(.fileNoSuchFile) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #if os(Linux)
      // A trap would be an exit by a signal.
      if process.terminationReason == .uncaughtSignal { throw CocoaError(.executableRuntimeMismatch) }
    #endif
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Runs a command line split at its spaces.
  static func run(_ line: String) throws -> Outcome {
    try run(line.split(separator: " ").map(String.init))
  }

  /// Runs a line of the shell in which "$RDBOUNDS" is the program.
  static func shell(_ line: String) throws -> Outcome {
    guard let path else { throw CocoaError(.fileNoSuchFile) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.environment = ["RDBOUNDS": path, "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let messages = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: messages, as: UTF8.self))
  }
}
