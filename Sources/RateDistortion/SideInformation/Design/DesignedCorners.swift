/// The corners of a designed curve: where they are, and what each is proved to do.
///
/// What the program carries is enclosed in its table. What was sought here is enclosed when a bound asks for it, and then kept: a
/// code takes up to a second, a hull has a hundred of them, and a bound needs two.
struct DesignedCorners: Sendable {
  /// Where they are.
  let hull: DesignHull
  private let entries: [LazyTable<DesignTable.Entry?>]

  /// The corners of a table that is carried.
  init(_ table: DesignTable) {
    hull = table.hull
    entries = table.entries.map { entry in LazyTable(isCarried: true) { entry } }
  }

  /// The corners that a search finds.
  init(found search: DesignSearch) {
    let hull = search.hull()
    self.hull = hull
    entries = hull.corners.indices.map { index in
      LazyTable(isCarried: false) {
        index == 0
          ? .silence
          : DesignTable.Entry(enclosing: hull.corners[index], spread: search.spread, coding: search.coding)
      }
    }
  }

  /// The corner with what it is proved to do; nil where it is too large to enclose.
  func entry(_ index: Int) -> DesignTable.Entry? { entries[index].value() }
}
