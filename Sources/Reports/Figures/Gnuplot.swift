import Documents
import TrainedPoints

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why gnuplot did not draw.
public enum GnuplotError: WordedError, Equatable, Sendable {
  /// There is no such program.
  case notInstalled
  /// The system would not run it, for this reason.
  case cannotRun(String)
  /// It ended with a status other than 0, or drew nothing; what it said is in the text.
  case failed(status: Int32, message: String)

  /// The reason, and what to do about it.
  public func text(_ wording: Wording) -> String {
    switch self {
    case .notInstalled:
      let instead = wording.name(.scriptAlone).map { "; \($0) prints the script and the data instead" } ?? ""
      return "gnuplot is not installed (Debian, Ubuntu: apt-get install gnuplot-nox; macOS: brew install gnuplot)"
        + instead
    case .cannotRun(let reason): return "cannot run gnuplot: \(reason)"
    case .failed(let status, let message):
      let said = message.isEmpty ? "" : ": \(message)"
      return status == 0 ? "gnuplot drew nothing\(said)" : "gnuplot failed with status \(status)\(said)"
    }
  }
}

/// The program gnuplot, found in PATH.
public enum Gnuplot {
  /// Runs a script and returns what gnuplot draws on its standard output, and what it warns of, which is empty as a rule. The
  /// person's own start-up files are not read.
  ///
  /// - Throws: `GnuplotError`.
  public static func draw(_ script: GnuplotScript) throws(GnuplotError) -> (file: [UInt8], warnings: String) {
    // Files without names instead of pipes: whoever writes and reads at once never waits for the other.
    let files = [try temporaryFile(), try temporaryFile(), try temporaryFile()]
    defer { files.forEach { _ = close($0) } }
    let status = ByteOutput.write(Array(script.text.utf8), to: files[0])
    guard status == 0, lseek(files[0], 0, SEEK_SET) == 0 else {
      throw .cannotRun(systemReason(status == 0 ? errno : status))
    }
    let result = try run(["gnuplot", "-d"], descriptors: files)
    let message = content(of: files[2])
    guard result == 0 else { throw .failed(status: result, message: firstLines(message)) }
    let drawn = content(of: files[1])
    guard !drawn.isEmpty else { throw .failed(status: 0, message: firstLines(message)) }
    return (drawn, firstLines(message))
  }

  /// Runs a program with these descriptors as its standard ones and waits for its end.
  private static func run(_ words: [String], descriptors: [Int32]) throws(GnuplotError) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    guard posix_spawn_file_actions_init(&actions) == 0 else { throw .cannotRun(systemReason(ENOMEM)) }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
    guard failure == 0 else { throw failure == ENOENT ? .notInstalled : .cannotRun(systemReason(failure)) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw .cannotRun(systemReason(errno)) }
    }
    // The macros of <sys/wait.h>: the low seven bits are the signal, the next byte the status.
    let signal = status & 0x7F
    let exit = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    // What a shell, or an older C library, says of a program that is not there.
    guard exit != 127 else { throw .notInstalled }
    return exit
  }

  /// An open file that has no name.
  private static func temporaryFile() throws(GnuplotError) -> Int32 {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/rdbounds-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .cannotRun("no temporary file in \(directory): \(systemReason(errno))") }
    unlink(template)
    // Standard descriptors that are closed would be given out here, and then be dealt to the program.
    let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    let status = errno
    close(descriptor)
    guard moved >= 0 else { throw .cannotRun(systemReason(status)) }
    return moved
  }

  private static func content(of descriptor: Int32) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(content.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// The lines of a message that say something, in one.
  private static func firstLines(_ message: [UInt8]) -> String {
    String(decoding: message, as: UTF8.self).split(separator: "\n").prefix(6)
      .map { line in String(line.drop { $0 == " " || $0 == "\t" }) }.filter { !$0.isEmpty && $0 != "^" }
      .joined(separator: "; ")
  }
}
