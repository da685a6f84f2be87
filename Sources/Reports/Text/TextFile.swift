#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that could not be read or written, with the system's reason.
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
  /// The file.
  public let path: String
  /// Why it failed.
  public let reason: String

  /// The facts in a sentence.
  public var description: String { "cannot \(action.rawValue) \(path): \(reason)" }

  init(_ action: Action, _ path: String, reason: String) {
    self.action = action
    self.path = path
    self.reason = reason
  }

  init(_ action: Action, _ path: String, status: Int32 = errno) {
    self.init(action, path, reason: String(cString: strerror(status)))
  }
}

/// Whole files as bytes, by the system's calls alone: Foundation would triple the time the program takes to start.
public enum TextFile {
  /// The largest file that is read, in bytes.
  public static let largestSize = 1 << 28

  /// The content of a file; "-" is the standard input.
  ///
  /// - Throws: `FileError` if it cannot be opened or read, or is larger than `largestSize`.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let isStandardInput = path == "-"
    let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.read, path) }
    defer { if !isStandardInput { _ = close(descriptor) } }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = platformRead(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, isStandardInput ? "the standard input" : path) }
      guard count > 0 else { return content }
      content.append(contentsOf: chunk[..<count])
      guard content.count <= largestSize else {
        throw FileError(.read, path, reason: "it is larger than \(largestSize >> 20) MiB")
      }
    }
  }

  /// Writes a file: under another name first, which then replaces the old file, so that no reader sees half of it.
  ///
  /// - Throws: `FileError`.
  public static func write(_ content: [UInt8], to path: String) throws(FileError) {
    let temporary = path + ".part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(.write, path) }
    var status = write(content, to: descriptor)
    if close(descriptor) != 0, status == 0 { status = errno }
    if status == 0, rename(temporary, path) != 0 { status = errno }
    guard status == 0 else {
      _ = unlink(temporary)
      throw FileError(.write, path, status: status)
    }
  }

  /// Writes bytes to an open file, all of them, and returns 0 or the system's error number.
  public static func write(_ content: [UInt8], to descriptor: Int32) -> Int32 {
    content.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = platformWrite(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return count < 0 ? errno : EIO }
        written += count
      }
      return 0
    }
  }

  /// Makes a directory unless it exists.
  ///
  /// - Throws: `FileError`.
  public static func makeDirectory(_ path: String) throws(FileError) {
    guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    throw FileError(.write, path)
  }
}

// The system's `read` and `write`, which the type's own methods hide.

private func platformRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
