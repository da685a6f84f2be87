import Synchronization

/// A slope table that is there when it is first asked for: the one that the program carries, or else one that is solved, once.
///
/// Who asks while another thread solves waits for it.
final class LazyTable: Sendable {
  private let known: Mutex<SlopeTable?>
  private let solve: @Sendable () -> SlopeTable

  /// A table that is carried, or its solution.
  init(_ shipped: ShippedTable? = nil, orSolve solve: @escaping @Sendable () -> SlopeTable) {
    known = Mutex(shipped?.stored)
    self.solve = solve
  }

  /// The table.
  @Sendable
  func value() -> SlopeTable {
    known.withLock { known in
      if let known { return known }
      let table = solve()
      known = table
      return table
    }
  }
}
