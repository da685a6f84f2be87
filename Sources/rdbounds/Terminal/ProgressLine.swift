import Dispatch
import Documents
import ParallelBlocks
import Reports
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The line below everything else on a terminal that says how far the work has come, to somebody who has waited for a second.
///
/// It goes to the standard error, and only if that is a terminal; it is drawn anew four times a second, and erased before anything
/// else is written and at the end. What writes to the terminal does so through `withoutLine`, so that nothing is ever between it
/// and the line.
final class ProgressLine: WorkObserver {
  private struct State {
    /// What is being done and since when, in the order in which it began.
    var works: [(work: WorkInProgress, start: ContinuousClock.Instant)] = []
    /// How far the first of them was at every drawing of the line.
    var samples: [(time: ContinuousClock.Instant, done: Int)] = []
    /// The characters that are on the screen.
    var shown = 0
    var isOver = false
  }

  private let state = Mutex(State())
  private let begin = ContinuousClock.now
  private let queue = DispatchQueue(label: "progress")

  /// How long a person waits without being told anything, in milliseconds.
  private static let patience = 800
  private static let period = 250

  /// Begins to draw, if somebody can see it.
  func start() {
    guard StandardStream.error.isTerminal else { return }
    draw(after: Self.patience)
  }

  private func draw(after milliseconds: Int) {
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
      if self.draw() { self.draw(after: Self.period) }
    }
  }

  /// Does something while the line is not there.
  func withoutLine<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    try state.withLock { state throws(Failure) in
      Self.erase(&state)
      return try body()
    }
  }

  /// The same for somebody who is about to end the program: if something is being written, waits until that is done, but not for a
  /// reader that takes nothing.
  func eraseAtLast() {
    for _ in 0..<50 {
      if state.withLockIfAvailable({ Self.erase(&$0) }) != nil { return }
      usleep(10_000)
    }
  }

  /// Erases the line for good.
  func finish() {
    state.withLock { state in
      Self.erase(&state)
      state.isOver = true
    }
  }

  func began(_ work: WorkInProgress) {
    state.withLock { $0.works.append((work, .now)) }
  }

  func ended(_ work: WorkInProgress) {
    state.withLock { state in
      guard let place = state.works.lastIndex(where: { $0.work === work }) else { return }
      state.works.remove(at: place)
      if place == 0 { state.samples = [] }
    }
  }

  /// Draws the line; false once it is not wanted any more.
  private func draw() -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      if let work = state.works.first?.work { state.samples.append((.now, work.done)) }
      let text = "\(ProgramVersion.name): \(words(state))".prefix(StandardStream.error.width - 1)
      let blanks = String(repeating: " ", count: max(0, state.shown - text.count))
      _ = try? StandardStream.error.write(Array("\r\(text)\(blanks)".utf8))
      state.shown = text.count
      return true
    }
  }

  /// What is being done as a whole, and the part of it that began last.
  private func words(_ state: State) -> String {
    let now = ContinuousClock.now
    guard let whole = state.works.first else { return "\(Self.words(now - begin)) so far" }
    var parts = ["\(whole.work.done) of \(whole.work.count) \(whole.work.unit)"]
    parts.append(
      Self.left(whole.work, state.samples).map { "\(Self.words($0)) left" }
        ?? "\(Self.words(now - whole.start)) so far")
    if let part = state.works.last?.work, part !== whole.work {
      parts.append("\(part.done) of \(part.count) \(part.unit)")
    }
    return parts.joined(separator: ", ")
  }

  /// The time left if the work goes on as in the second half of the time up to now: what is quick often comes first. Nil if nothing
  /// was done in it.
  private static func left(
    _ work: WorkInProgress, _ samples: [(time: ContinuousClock.Instant, done: Int)]
  ) -> Duration? {
    guard let last = samples.last else { return nil }
    let half = samples[samples.count / 2]
    guard last.done > half.done else { return nil }
    return (last.time - half.time) * max(0, work.count - last.done) / (last.done - half.done)
  }

  /// A duration as a person says it.
  static func words(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) min"
    default: return "\(seconds / 3600) h"
    }
  }

  private static func erase(_ state: inout State) {
    guard state.shown > 0 else { return }
    let blanks = String(repeating: " ", count: state.shown)
    _ = try? StandardStream.error.write(Array("\r\(blanks)\r".utf8))
    state.shown = 0
  }
}
