#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes on their way to files and open descriptors.
public enum ByteOutput {
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
        let count = systemWrite(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
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

// The system's call, which the type's own method hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
