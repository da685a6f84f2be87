extension Column {
  /// The width of some of its cells and its name, in characters.
  func width(of cells: [String]) -> Int { cells.reduce(name.count) { max($0, $1.count) } }

  /// A cell with the blanks that bring it to a width, on the side that its alignment says.
  ///
  /// - Parameter shown: what is printed for it, with a colour perhaps, which has no width.
  func padded(_ cell: String, to width: Int, shown: String? = nil) -> String {
    let space = String(repeating: " ", count: max(0, width - cell.count))
    return alignment == .right ? space + (shown ?? cell) : (shown ?? cell) + space
  }
}
