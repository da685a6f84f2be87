import Synchronization

/// A slope table that is there when it is first asked for: the one that the program carries, or else one that is solved, once.
///
/// Who asks while another thread solves waits for it.
final class LazyTable: Sendable {
  /// Whether it has to be solved.
  let isCarried: Bool
  private let known: Mutex<SlopeTable?>
  private let solve: @Sendable () -> SlopeTable

  /// A table that is carried, or its solution.
  init(_ shipped: ShippedTable? = nil, orSolve solve: @escaping @Sendable () -> SlopeTable) {
    let stored = shipped?.stored
    isCarried = stored != nil
    known = Mutex(stored)
    self.solve = solve
  }

  /// The table.
  func value() -> SlopeTable {
    known.withLock { known in
      if let known { return known }
      let table = solve()
      known = table
      return table
    }
  }
}
