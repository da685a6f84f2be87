import Synchronization

/// What was computed, by what it was computed from: safe to share between threads, and bounded.
///
/// A value must be a function of its key and of nothing else. Then it does not matter which thread computes it, nor whether two
/// do, nor what has been forgotten: results stay deterministic.
public final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[Key: Value]>([:])
  private let capacity: Int

  /// An empty memo that forgets everything when it holds `capacity` values.
  public init(capacity: Int = 4_096) { self.capacity = capacity }

  /// The value of a key, computed outside the lock if it is not known.
  public func value<Failure>(
    of key: Key, orCompute compute: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = try compute()
    known.withLock { known in
      if known.count >= capacity { known.removeAll() }
      known[key] = value
    }
    return value
  }
}
