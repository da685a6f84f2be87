import Documents
import Reports

/// Where a command writes: results to the standard output, remarks to the standard error, at once.
///
/// What is small goes out in one piece at the end; what is large goes a piece at a time, so that a million rows are never held in
/// memory.
struct Context {
  private var pending: [UInt8] = []
  private var failure: FileError?
  private static let largestPending = 1 << 20

  /// Adds a result.
  mutating func write(_ text: String) { write(Array(text.utf8)) }

  /// Adds a result in UTF-8.
  mutating func write(_ piece: [UInt8]) {
    pending += piece
    if pending.count > Self.largestPending { flush() }
  }

  /// Writes what is left, and says why results could not be written, if they could not.
  mutating func finish() -> FileError? {
    flush()
    return failure
  }

  /// Writes what there is: what is being waited for is not kept back.
  mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    do { try StandardStream.output.write(pending) } catch { failure = error }
  }

  /// Says something that is no result.
  func note(_ text: String) { try? StandardStream.error.write(Array("\(ProgramVersion.name): \(text)\n".utf8)) }
}
