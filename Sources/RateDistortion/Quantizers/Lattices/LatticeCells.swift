import IntervalArithmetic

/// The cells of a lattice under a bent Gaussian, one after the other: their moments about the lattice's points.
///
/// Cells that do not meet the ellipse r <= a, r^2 = z_0^2/s_0^2 + z_1^2/s_1^2, are left out, and panels of others that do not: what is
/// left out has a probability of at most exp(-a^2/2) and is sent as one of the cells (`LatticeProof`).
///
/// The source is its own mirror image in x_0 = 0. So is the lattice, if its offset along the rows is 0 or a half: then cells on one side
/// are counted twice, and one in the middle is twice its half.
struct LatticeCells<Number: RealNumber> {
  /// A cell: how many there are like it, its moments about its lattice point, and that point, about.
  struct Cell {
    var count: Int
    var moments: LocalMoments<Number>
    var place: SIMD2<Double>
    /// The numbers of its column and row.
    var index: SIMD2<Double>
  }

  private(set) var cells: [Cell] = []

  init(_ code: LatticeQuantizer, of source: BentGaussian, tolerance: Double, reach: Double) {
    let quadrature = BentQuadrature<Number>(source, tolerance: tolerance, reach: reach)
    let lattice = code.lattice
    let isMirrored = code.offset.x == 0 || code.offset.x == 0.5
    // What geometry is in Double and, exactly, in Number.
    let about = Geometry<Double>(code, source)
    let exact = Geometry<Number>(code, source)
    let far = reach * source.first * (1 + 0x1p-20)
    let bend: Double = source.bend()
    for parity in 0..<2 {
      let shift = lattice.shift(row: parity) + code.offset.x
      let first = isMirrored ? (-shift).rounded(.up) : (-far / code.step - shift - 1).rounded(.down)
      let last = (far / code.step - shift + 1).rounded(.up)
      var column = first
      while column <= last {
        defer { column += 1 }
        let place = column + shift
        let x = code.step * place
        // Whole numbers and halves, exactly.
        let point = column + lattice.shift(row: parity)
        // The heights that the ellipse has over the cell.
        let nearest = max(0, abs(x) - code.step / 2)
        let farthest = min(far, abs(x) + code.step / 2)
        guard nearest <= far else { continue }
        let s = nearest / source.first
        let band = source.second * max(0, reach * reach * (1 + 0x1p-20) - s * s).squareRoot()
        let low = -bend * farthest * farthest - band - about.top - about.origin
        let high = -bend * nearest * nearest + band + about.top - about.origin
        var row = 2 * ((low / about.height - Double(parity)) / 2).rounded(.down) + Double(parity)
        while row * about.height <= high {
          defer { row += 2 }
          let isMiddle = isMirrored && place == 0
          var moments = LocalMoments<Number>()
          for (part, near) in zip(exact.parts(point, row, isHalf: isMiddle), about.parts(point, row, isHalf: isMiddle))
          {
            quadrature.add(part, about: near, to: &moments)
          }
          if isMiddle { moments = moments.mirrored }
          cells.append(
            Cell(
              count: isMirrored && !isMiddle ? 2 : 1, moments: moments,
              place: SIMD2(x, about.origin + row * about.height), index: SIMD2(column, row)))
        }
      }
    }
  }

  /// The partitions whose indices are coded, each with the moments that count: the cells, or columns and rows.
  ///
  /// A column has the sums of its cells in the first coordinate, about the same place, and a row in the second; a cell that stands
  /// for two is in its row twice.
  func partitions(of lattice: PlaneLattice) -> [[Cell]] {
    guard lattice.isApart else { return [cells] }
    var (columns, rows): ([Double: Cell], [Double: Cell]) = ([:], [:])
    for cell in cells {
      let empty = LocalMoments<Number>()
      columns[
        cell.index.x, default: Cell(count: cell.count, moments: empty, place: SIMD2(cell.place.x, 0), index: cell.index)
      ]
      .moments.addFirst(of: cell.moments)
      rows[cell.index.y, default: Cell(count: 1, moments: empty, place: SIMD2(0, cell.place.y), index: cell.index)]
        .moments.addSecond(of: cell.moments, times: Number(cell.count))
    }
    return [
      columns.values.sorted { $0.index.x < $1.index.x }, rows.values.sorted { $0.index.y < $1.index.y },
    ]
  }

  /// Lengths of a lattice at its step.
  private struct Geometry<Value: RealNumber> {
    let lattice: PlaneLattice
    let step: Value
    /// The distance of two rows, half the height of a cell over its point, and its fall.
    let height: Value
    let top: Value
    let rise: Value
    /// The height of row 0, and the offset of its point 0 in steps.
    let origin: Value
    let shift: Value

    init(_ code: LatticeQuantizer, _ source: BentGaussian) {
      lattice = code.lattice
      step = Value(code.step)
      height = step * lattice.height()
      top = step * lattice.top()
      rise = lattice.rise()
      shift = Value(code.offset.x)
      origin = step * Value(code.offset.y) - source.bend() * .squared(Value(source.first))
    }

    /// A cell cut where it has a corner; or the half of it with v > 0.
    func parts(_ point: Double, _ row: Double, isHalf: Bool) -> [BentPart<Value>] {
      let half = step / 2
      let (x, y) = (step * (Value(point) + shift), origin + Value(row) * height)
      let right = BentPart(first: x, second: y, start: 0, end: half, middle: top, rise: -rise)
      if isHalf { return [right] }
      guard lattice.isPointed else {
        return [BentPart(first: x, second: y, start: -half, end: half, middle: top, rise: 0)]
      }
      return [
        BentPart(first: x, second: y, start: -half, end: 0, middle: top, rise: rise), right,
      ]
    }
  }
}

extension LocalMoments {
  /// Adds the probability and what belongs to the first coordinate.
  fileprivate mutating func addFirst(of other: LocalMoments) {
    probability = probability + other.probability
    first = first + other.first
    firstSquare = firstSquare + other.firstSquare
  }

  /// Adds the probability and what belongs to the second coordinate.
  fileprivate mutating func addSecond(of other: LocalMoments, times count: Number) {
    probability = probability + count * other.probability
    second = second + count * other.second
    secondSquare = secondSquare + count * other.secondSquare
  }

  /// Those of a part and its mirror image in v = 0.
  var mirrored: LocalMoments {
    LocalMoments(
      probability: 2 * probability, first: 0, second: 2 * second, firstSquare: 2 * firstSquare,
      secondSquare: 2 * secondSquare)
  }
}
