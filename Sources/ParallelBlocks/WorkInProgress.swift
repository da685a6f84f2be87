import Synchronization

/// A piece of work that takes a while, as those who wait for it see it: what is counted, how many there are, how many are done.
///
/// Whoever works counts, and knows nothing of who looks; whoever looks does so when it likes, and what is computed does not depend
/// on it. The observer is bound to the task and to what it starts with `inParallel`.
public final class WorkInProgress: Sendable {
  /// What is counted, in the plural.
  public let unit: String
  /// How many there are.
  public let count: Int
  private let finished = Atomic<Int>(0)

  /// How many are done.
  public var done: Int { finished.load(ordering: .relaxed) }

  init(unit: String, count: Int) {
    self.unit = unit
    self.count = count
  }

  /// Some more are done.
  public func advance(by count: Int = 1) { finished.add(count, ordering: .relaxed) }

  /// Who is told of work here.
  @TaskLocal public static var observer: (any WorkObserver)?

  /// Does a piece of work under the eyes of the observer, if there is one.
  ///
  /// - Parameters:
  ///   - unit: what is counted, in the plural; nil for work that nobody need know of.
  ///   - count: how many there are.
  ///   - body: the work, which says how many more are done.
  public static func observed<Result, Failure: Error>(
    _ unit: String?, count: Int, _ body: (WorkInProgress) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let work = WorkInProgress(unit: unit ?? "", count: count)
    let observer = unit == nil ? nil : observer
    observer?.began(work)
    defer { observer?.ended(work) }
    return try body(work)
  }
}

/// Somebody who watches work.
public protocol WorkObserver: Sendable {
  /// A piece of work begins, perhaps as a part of another one and beside others.
  func began(_ work: WorkInProgress)
  /// It has ended.
  func ended(_ work: WorkInProgress)
}
