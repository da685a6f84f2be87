#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file, a pipe, standard input or memory, a piece at a time, by the system's calls alone: Foundation would triple
/// the time the program takes to start.
///
/// Nothing is read without an end. A regular file ends where it ends, and is as large as it is; of anything else, which may go on
/// for ever, `largestStream` bytes are read and no more. What has to be held as a whole has at most `largestWhole` bytes, wherever
/// it comes from.
public struct ByteInput: ~Copyable {
  /// The most bytes that are read from a pipe or a device: 256 MiB.
  public static let largestStream = 1 << 28
  /// The most bytes of a file that are held at once: 512 MiB.
  public static let largestWhole = 1 << 29

  /// As errors name it: the path, or "standard input".
  public let name: String
  private var memory: ArraySlice<UInt8> = []
  private var descriptor: Int32?
  private let closesAtEnd: Bool
  /// How many bytes may still come.
  private var allowance = Int.max

  /// Bytes in memory.
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    memory = bytes[...]
    closesAtEnd = false
  }

  /// A file, or standard input where the path is "-".
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public init(path: String) throws(FileError) {
    let isStandardInput = path == "-"
    let opened = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw FileError(.read, path) }
    name = isStandardInput ? "standard input" : path
    descriptor = opened
    closesAtEnd = !isStandardInput
    var status = stat()
    let isRegular = fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if !isRegular { allowance = Self.largestStream }
  }

  deinit {
    if closesAtEnd, let descriptor { close(descriptor) }
  }

  /// Puts the next bytes into `buffer` from `start` on and says how many; 0 at the end.
  ///
  /// - Throws: `FileError` if it cannot be read, or goes on after all that may come.
  public mutating func read(into buffer: inout [UInt8], from start: Int) throws(FileError) -> Int {
    let room = buffer.count - start
    guard room > 0 else { return 0 }
    guard let descriptor, memory.isEmpty else {
      let piece = memory.prefix(room)
      buffer.replaceSubrange(start..<start + piece.count, with: piece)
      memory = memory.dropFirst(piece.count)
      return piece.count
    }
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        systemRead(descriptor, bytes.baseAddress.map { $0 + start }, room)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, name) }
      allowance -= count
      guard allowance >= 0 else {
        throw FileError(
          .read, name,
          reason: "it goes on after \(Self.largestStream >> 20) MiB, the most that is read of what is no regular file")
      }
      return count
    }
  }

  /// The first byte that is no white space and no byte order mark, which tells a format; nil if there is none in the first
  /// piece. Nothing is taken away by looking.
  ///
  /// - Throws: as `read(into:from:)`.
  public mutating func firstByte() throws(FileError) -> UInt8? {
    if memory.isEmpty {
      var piece = [UInt8](repeating: 0, count: 1 << 12)
      let count = try read(into: &piece, from: 0)
      memory = piece[..<count]
    }
    let marks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    return memory.first { !marks.contains($0) }
  }

  /// All that is left.
  ///
  /// - Throws: as `read(into:from:)`, and if it is more than `largestWhole`.
  public mutating func all() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try read(into: &piece, from: 0)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: piece[..<count])
      guard bytes.count <= Self.largestWhole else {
        throw FileError(
          .read, name, reason: "it is larger than \(Self.largestWhole >> 20) MiB, the most that is held at once")
      }
    }
  }

  /// All bytes of a file, or of standard input where the path is "-".
  ///
  /// - Throws: `FileError` if it cannot be opened or read, or is larger than `largestWhole`.
  public static func contents(of path: String) throws(FileError) -> [UInt8] {
    var input = try ByteInput(path: path)
    return try input.all()
  }
}

// The system's call, which the type's own method hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
