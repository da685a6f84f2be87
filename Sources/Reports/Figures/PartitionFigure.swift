/// Codes of one source beside each other before they are drawn: which cell is where, and how large the cells are.
public struct PartitionFigure: Sendable, Equatable {
  /// The line that the codes cut.
  public enum Line: Sendable, Equatable {
    /// Phases from 0 to 1, of which the ends are one point.
    case ring
    /// An axis, with the density of what lies along it, of largest value 1.
    case axis(Figure.Axis, density: [Figure.Point])
    /// A plane, of equal scales on both axes.
    case plane(Figure.Axis, Figure.Axis)
  }

  /// A piece of a cell.
  public struct Piece: Sendable, Equatable {
    /// Where it begins.
    public var from: Double
    /// Where it ends; on a ring up to one turn later.
    public var to: Double
    /// Its cell.
    public var cell: Int
    /// Its probability.
    public var share: Double

    /// A piece.
    package init(from: Double, to: Double, cell: Int, share: Double) {
      (self.from, self.to, self.cell, self.share) = (from, to, cell, share)
    }
  }

  /// A part of a cell of the plane.
  public struct Region: Sendable, Equatable {
    /// Its cell.
    public var cell: Int
    /// Whether next to nothing of the source is there.
    public var isPale: Bool
    /// Its corners.
    public var corners: [Figure.Point]

    /// A part.
    package init(cell: Int, isPale: Bool, corners: [Figure.Point]) {
      (self.cell, self.isPale, self.corners) = (cell, isPale, corners)
    }
  }

  /// A code.
  public struct Code: Sendable, Equatable {
    /// What it is.
    public var name: String
    /// Where it comes from, its rate and its distortion, in words.
    public var facts: [String]
    /// Along the line; in the plane one for each cell, of its probability.
    public var pieces: [Piece]
    /// In the plane.
    public var regions: [Region]
    /// What each cell is called.
    public var cells: [String]
    /// Reconstructions: of a ring in the plane of its circle, of a plane in it, of an axis with y = 0. Empty where they are no such points.
    public var marks: [Figure.Point]

    /// A code.
    package init(
      name: String, facts: [String], pieces: [Piece], regions: [Region] = [], cells: [String], marks: [Figure.Point]
    ) {
      (self.name, self.facts, self.pieces, self.cells, self.marks) = (name, facts, pieces, cells, marks)
      self.regions = regions
    }

    /// The probabilities of the cells.
    var sizes: [Double] {
      var sizes = [Double](repeating: 0, count: cells.count)
      for piece in pieces { sizes[piece.cell] += piece.share }
      return sizes
    }

    /// The cells from the largest to the smallest; those that differ by rounding alone are as large as each other.
    var bySize: [Int] {
      let sizes = sizes.map { ($0 * 1e9).rounded() }
      return cells.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    }

    /// The place of each cell in that order.
    var ranks: [Int] {
      var ranks = [Int](repeating: 0, count: cells.count)
      for (rank, cell) in bySize.enumerated() { ranks[cell] = rank }
      return ranks
    }
  }

  /// The line above it: what it is about.
  public var title: String
  /// What is cut.
  public var line: Line
  /// The first is the one whose cells' sizes are drawn, the others are what they are compared with.
  public var codes: [Code]

  /// A figure.
  package init(title: String = "", line: Line, codes: [Code]) {
    (self.title, self.line, self.codes) = (title, line, codes)
  }
}

extension PartitionFigure: Drawing {
  /// High enough for rings in a row with the sizes, or for bands above them.
  public func height(on page: GnuplotScript.Page) -> Int {
    if let height = page.layout.size?.height { return height }
    let panels: Int
    switch line {
    case .ring, .plane: panels = page.width * 38 / 100
    case .axis: panels = page.width * 60 / 100
    }
    return panels + (title.isEmpty ? page.line / 2 : page.line)
  }

  /// Blocks of data, then the panels one by one.
  public func commands(on page: GnuplotScript.Page) -> [String] {
    var panels = PartitionPanels(page: page, height: height(on: page))
    let hasTitle = !title.isEmpty
    if hasTitle { panels.write(title, scale: 1.1) }
    switch line {
    case .ring: panels.addRings(codes, belowTitle: hasTitle)
    case .plane(let x, let y): panels.addMaps(codes, x, y, belowTitle: hasTitle)
    case .axis(let axis, let density): panels.addBands(codes, along: axis, density, belowTitle: hasTitle)
    }
    return panels.commands
  }
}
