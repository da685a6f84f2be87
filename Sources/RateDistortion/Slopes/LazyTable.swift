import Synchronization

/// A table that is there when it is first asked for: the one that the program carries, or else one that is solved, once.
///
/// Who asks while another thread solves waits for it.
final class LazyTable<Table: Sendable>: Sendable {
  /// Whether it has to be solved.
  let isCarried: Bool
  private let known = Mutex<Table?>(nil)
  private let solve: @Sendable () -> Table

  /// A table that is solved, or only unpacked, when it is asked for.
  init(isCarried: Bool, orSolve solve: @escaping @Sendable () -> Table) {
    self.isCarried = isCarried
    self.solve = solve
  }

  /// The solution, as long as nobody has asked for it.
  var preparation: (@Sendable () -> Void)? {
    guard !isCarried, known.withLock({ $0 == nil }) else { return nil }
    return { _ = self.value() }
  }

  /// The table.
  func value() -> Table {
    known.withLock { known in
      if let known { return known }
      let table = solve()
      known = table
      return table
    }
  }
}

extension LazyTable where Table == SlopeTable {
  /// A slope table that is carried, or its solution.
  convenience init(_ shipped: ShippedTable? = nil, orSolve solve: @escaping @Sendable () -> SlopeTable) {
    let stored = shipped?.stored
    self.init(isCarried: stored != nil) { stored ?? solve() }
  }
}
