import Documents

/// Which columns of a map or a codebook mean what.
struct CodeColumns {
  /// Where a row stands.
  enum Place {
    /// At a position.
    case position(Int)
    /// From one to another.
    case run(from: Int, to: Int)
    /// At a point of the plane.
    case point(first: Int, second: Int)
    /// From one cell of a grid's row to before another.
    case cells(row: Int, from: Int, to: Int)
    /// Nowhere: a row of a codebook.
    case none
  }

  let place: Place
  /// The columns of the index: several are one tuple, one symbol.
  let index: [Int]
  /// The code length in bits.
  let bits: Int?
  /// The components of the reconstruction.
  let reconstruction: [Int]
  /// What distortion weighs against code lengths, in a codebook that encodes.
  let lambda: Int?
  /// As the header has them.
  let names: [String]

  /// Those of a map on a line.
  ///
  /// - Parameter positions: what a column of positions may be called.
  init(map header: ColumnNames, positions: [String]) throws(PointFileError) {
    let place: Place
    if let position = try header.firstUnique(of: positions) {
      place = .position(position)
    } else if let from = try header.firstUnique(of: ["from"]), let to = try header.firstUnique(of: ["to"]) {
      place = .run(from: from, to: to)
    } else {
      throw header.missing("the position", positions + ["from with to"])
    }
    try self.init(header, place: place)
  }

  /// Those of a map of the plane.
  init(plane header: ColumnNames) throws(PointFileError) {
    let names = PlaneMap.positionNames
    let place: Place
    if let first = try header.firstUnique(of: names[0]), let second = try header.firstUnique(of: names[1]) {
      place = .point(first: first, second: second)
    } else if Self.areRunsOfRows(header), let row = try header.firstUnique(of: ["row"]),
      let from = try header.firstUnique(of: ["from"]), let to = try header.firstUnique(of: ["to"])
    {
      place = .cells(row: row, from: from, to: to)
    } else if !Self.family("reconstruction", [], in: header).isEmpty, header.first("from") == nil,
      header.first("to") == nil
    {
      place = .none
    } else {
      throw header.missing("the position", ["x_0 with x_1", "x0 with x1", "row with from and to"])
    }
    try self.init(header, place: place)
  }

  /// Whether rows count the cells of a grid.
  static func areRunsOfRows(_ header: ColumnNames) -> Bool {
    ["row", "from", "to"].allSatisfy { header.first($0) != nil }
  }

  /// Those of a codebook.
  init(codebook header: ColumnNames) throws(PointFileError) { try self.init(header, place: .none) }

  private init(_ header: ColumnNames, place: Place) throws(PointFileError) {
    self.place = place
    names = header.names
    index = Self.indices(header)
    guard !index.isEmpty else { throw header.missing("the index", ["index", "index_0"]) }
    bits = try header.firstUnique(of: ["bits"])
    lambda = try header.firstUnique(of: ["lambda"])
    // A process at samples of time has a column a sample.
    let samples = if case .none = place { ["t_"] } else { [String]() }
    reconstruction = Self.family("reconstruction", samples, in: header)
  }

  /// The columns of the index.
  static func indices(_ header: ColumnNames) -> [Int] { family("index", [], in: header) }

  /// The columns of a name, or of that name and a number, or of another prefix and a number.
  private static func family(_ name: String, _ others: [String], in header: ColumnNames) -> [Int] {
    header.folded.indices.filter { column in
      let folded = header.folded[column]
      guard folded != name else { return true }
      return ([name + "_", name + "."] + others).contains { prefix in
        folded.hasPrefix(prefix) && Int(folded.dropFirst(prefix.count)) != nil
      }
    }
  }

  /// The columns whose cells say what is sent.
  var content: [Int] { index + (bits.map { [$0] } ?? []) + reconstruction }

  /// A column by its place and name.
  func column(_ cell: Int) -> PointFileError.Column { PointFileError.Column(number: cell + 1, name: names[cell]) }
}
