import Documents

/// Which columns of a map or a codebook mean what.
struct CodeColumns {
  /// Where a row stands.
  enum Place {
    /// At a position.
    case position(Int)
    /// From one to another.
    case run(from: Int, to: Int)
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

  /// Those of a codebook.
  init(codebook header: ColumnNames) throws(PointFileError) { try self.init(header, place: .none) }

  private init(_ header: ColumnNames, place: Place) throws(PointFileError) {
    self.place = place
    names = header.names
    index = Self.indices(header)
    guard !index.isEmpty else { throw header.missing("the index", ["index", "index_0"]) }
    bits = try header.firstUnique(of: ["bits"])
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
