#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file, of standard input or of memory, a piece at a time.
struct ByteInput: ~Copyable {
  /// As errors name it.
  let name: String
  private var memory: ArraySlice<UInt8> = []
  private var descriptor: Int32?
  private let closesAtEnd: Bool

  /// Bytes in memory.
  init(_ bytes: [UInt8], name: String) {
    self.name = name
    memory = bytes[...]
    closesAtEnd = false
  }

  /// A file, or standard input where the path is "-".
  init(path: String) throws(PointFileError) {
    if path == "-" {
      name = "standard input"
      descriptor = STDIN_FILENO
      closesAtEnd = false
      return
    }
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw PointFileError(file: path, fault: .unreadable(reason: Self.reason()))
    }
    name = path
    descriptor = opened
    closesAtEnd = true
  }

  deinit {
    if closesAtEnd, let descriptor { close(descriptor) }
  }

  /// Puts the next bytes into `buffer` from `start` on and says how many; 0 at the end.
  mutating func read(into buffer: inout [UInt8], from start: Int) throws(PointFileError) -> Int {
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
      if count >= 0 { return count }
      if errno != EINTR { throw PointFileError(file: name, fault: .unreadable(reason: Self.reason())) }
    }
  }

  /// The first byte that is no white space and no byte order mark, which tells a format; nil if there is none in the first
  /// piece. Nothing is taken away by looking.
  mutating func firstByte() throws(PointFileError) -> UInt8? {
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
  /// - Throws: if it cannot be read, or is more than `largestSize`.
  mutating func all() throws(PointFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try read(into: &piece, from: 0)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: piece[..<count])
      guard bytes.count <= Self.largestSize else {
        throw PointFileError(
          file: name, fault: .unreadable(reason: "it is larger than \(Self.largestSize >> 20) MiB, which JSON may be"))
      }
    }
  }

  /// The most bytes that are held at once.
  static let largestSize = 1 << 29

  private static func reason() -> String {
    let code = errno
    return strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

// The system's call, which the type's own method hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
