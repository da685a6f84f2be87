import Documents
import Reports

/// Where a command writes: results to the standard output, remarks to the standard error, at once.
///
/// What is small goes out in one piece at the end; rows go as they are found, so that nobody waits for them, and a million are never
/// held in memory.
struct Context {
  /// What a person who waits is told.
  let progress: ProgressLine
  /// Whether anybody reads the results.
  private(set) var hasReader = true
  private var pending: [UInt8] = []
  private var failure: FileError?
  private static let largestPending = 1 << 20

  /// Standard streams, below which a line says how far the work is.
  init(_ progress: ProgressLine) { self.progress = progress }

  /// Adds a result.
  mutating func write(_ text: String) { write(Array(text.utf8)) }

  /// Adds a result in UTF-8.
  mutating func write(_ piece: [UInt8]) {
    pending += piece
    if pending.count > Self.largestPending { flush() }
  }

  /// Writes a sheet, its rows as they are found.
  ///
  /// - Parameter find: finds the rows, and hands them on until nobody wants more.
  mutating func write<Row, Found>(
    _ sheet: Sheet<Row>, as format: any SheetFormat.Type, rows find: (_ take: ([Row]) -> Bool) throws -> Found
  ) rethrows -> Found {
    try format.write(sheet, rows: find) { piece in
      write(piece)
      flush()
      return hasReader && failure == nil
    }
  }

  /// Writes what is left, and says why results could not be written, if they could not.
  mutating func finish() -> FileError? {
    flush()
    return failure
  }

  /// Writes what there is: what is being waited for is not kept back.
  mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    guard failure == nil, hasReader, !pending.isEmpty else { return }
    do throws(FileError) {
      hasReader = try progress.withoutLine { () throws(FileError) in try StandardStream.output.write(pending) }
    } catch {
      failure = error
    }
  }

  /// Says something that is no result.
  func note(_ text: String) {
    progress.withoutLine { _ = try? StandardStream.error.write(Array("\(ProgramVersion.name): \(text)\n".utf8)) }
  }
}
