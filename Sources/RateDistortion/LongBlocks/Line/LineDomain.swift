import IntervalArithmetic

/// Where the search on the line looks: the part of the source that it holds in points, the interval for atoms, and the rows of
/// known weights in which the law ends towards memoryless ends.
///
/// A row that continues the source's own density, weights h f(y) exp(-decay^2 sigma^2/2) at spacing h, has Z = sqrt(2 pi) sigma f and so
/// g = 1: far from the corners that is the optimum. What structure a corner leaves reaches some 30 kernel widths for bounds 1e-6
/// bits apart and 45 for 1e-7 (measured), whatever the rate.
struct LineDomain {
  private(set) var rows: [LineRow] = []
  private(set) var deep: [Side: DeepRow] = [:]
  /// The rows' own atoms, written out as far as they matter.
  private(set) var rowAtoms: [LineAtoms] = []
  /// What the search holds of the source; from 0 for a symmetric one.
  private(set) var source = (low: 0.0, high: 0.0)
  /// Where atoms are sought.
  private(set) var atoms = 0.0...0.0

  /// In kernel widths. At 0.95 of them the ripple of a row is 6e-10.
  private static let rowSpacing = 0.95
  /// Beyond so many decay lengths a tail weighs nothing: exp(-34).
  private static let lightTail = 34.0
  /// The largest decay per kernel width of a tail with a row.
  private static let steepest = 3.0

  /// - Parameter rowStart: how far from the last corner a row begins, in kernel widths.
  init(_ source: any LineSource, slope: Double, rowStart: Double) throws(LawRefused) {
    let width = 1 / (2 * slope).squareRoot()
    var (low, high) = (0.0, 0.0)
    for side in Side.allCases where !(source.isSymmetric && side == .left) {
      let direction = side == .right ? 1.0 : -1.0
      let corner = (side == .right ? source.corners.last : source.corners.first) ?? source.mean.midpoint
      var (end, atomEnd) = (corner, corner)
      switch source.tail(side) {
      case .ends: break
      case .light(let cut): (end, atomEnd) = (cut, cut)
      case .memoryless(let decay) where decay * width > Self.steepest:
        end = corner + direction * Self.lightTail / decay
        atomEnd = end
      case .memoryless(let decay):
        let distance = min(rowStart * width, Self.lightTail / decay + 2 * width)
        let row = Self.row(source, side, decay: decay, from: corner + direction * distance, width: width)
        atomEnd = row.first - direction * row.spacing
        end = direction * (try add(row, to: source, decay: decay, slope: slope)).start
      }
      if side == .right { (self.source.high, high) = (end, atomEnd) } else { (self.source.low, low) = (end, atomEnd) }
    }
    atoms = low...max(low, high)
  }

  private mutating func add(
    _ row: LineRow, to source: any LineSource, decay: Double, slope: Double
  ) throws(LawRefused) -> DeepRow {
    let law = LineLaw(points: [], weights: [], rows: [row])
    let far = abs(row.first) + 90 / (2 * slope).squareRoot()
    guard let atoms = LineAtoms(law, isSymmetric: source.isSymmetric, decay: [row.side: decay], rowsUpTo: far) else {
      throw LawRefused("a row's points are not exact")
    }
    var single = row
    if source.isSymmetric { single.weight /= 2 }
    let direction = row.side == .right ? 1.0 : -1.0
    let tail = try DeepRow(single, decay: decay, slope: slope, law: law, atoms: atoms) {
      source.density(Interval(direction * $0))
    }
    rows.append(row)
    rowAtoms.append(atoms)
    deep[row.side] = tail
    return tail
  }

  /// The row, its points exact: first and spacing are multiples of one power of 2.
  private static func row(
    _ source: any LineSource, _ side: Side, decay: Double, from start: Double, width: Double
  ) -> LineRow {
    let quantum = Double(sign: .plus, exponent: (rowSpacing * width).exponent - 20, significand: 1)
    let spacing = (rowSpacing * width / quantum).rounded(.down) * quantum
    let first = (start / quantum).rounded() * quantum
    let each = spacing * source.density(first) * Double.exp(-decay * decay * width * width / 2)
    let weight = each / -Double.expm1(-decay * spacing) * (source.isSymmetric ? 2 : 1)
    return LineRow(side: side, first: first, spacing: spacing, weight: weight)
  }

  /// Z of the rows.
  func mixture(at x: Double, scale: Double) -> Double {
    var z = 0.0
    for atoms in rowAtoms {
      for j in atoms.index(atLeast: x - 9 / scale)..<atoms.index(atLeast: x + 9 / scale) {
        let v = (x - atoms.points[j]) * scale
        z += atoms.weights[j] * Double.exp(-v * v / 2)
      }
    }
    return z
  }

  /// The first atoms: a row's own points continued, else of at most one kernel width from end to end; twice as dense near the
  /// source's corners, where the law has structure.
  func lattice(corners: [Double], scale: Double) -> [Double] {
    let width = atoms.upperBound - atoms.lowerBound
    let spacing = rows.first?.spacing ?? width / max(1, (width * scale).rounded(.up))
    let count = spacing > 0 ? (width / spacing * (1 + 1e-9)).rounded(.down) : 0
    let steps = stride(from: 0, through: count, by: 1)
    let isFromRight = rows.contains { $0.side == .right }
    let points =
      isFromRight
      ? steps.map { atoms.upperBound - $0 * spacing }.reversed() : steps.map { atoms.lowerBound + $0 * spacing }
    var finer: [Double] = []
    for (a, b) in zip(points, points.dropFirst()) {
      finer.append(a)
      if corners.contains(where: { abs($0 - a) * scale < 15 }) { finer.append((a + b) / 2) }
    }
    return finer + points.suffix(1)
  }
}
