import IntervalArithmetic

/// A discrete reproduction law on the line: atoms and, towards a memoryless end of the source, a row.
///
/// For a symmetric source the law is symmetric: a point y > 0 stands for y and -y, each with half its weight, a point 0 for
/// itself, and a row for itself and its mirror image.
public struct LineLaw: Sendable, Equatable {
  /// The atoms, increasing.
  public var points: [Double]
  /// Their weights.
  public var weights: [Double]
  /// The rows: one at most towards either end.
  public var rows: [LineRow]

  /// The law of atoms and rows.
  public init(points: [Double], weights: [Double], rows: [LineRow] = []) {
    self.points = points
    self.weights = weights
    self.rows = rows
  }
}

/// An infinite row of reproduction points towards an end at which the source's density falls as exp(-decay |x|): the points
/// first, first + spacing, first + 2 spacing, ... outwards, with weights proportional to exp(-decay k spacing).
///
/// A density exp(-decay x) is the convolution of itself with the kernel, up to a factor, and by Poisson's sum a row of spacing h
/// has a kernel mixture that differs from it by a relative 2 exp(-2 pi^2 sigma^2/h^2) at most: 5e-9 for h = sigma.
public struct LineRow: Sendable, Equatable {
  /// The end towards which it goes.
  public var side: Side
  /// The first point.
  public var first: Double
  /// The distance between points.
  public var spacing: Double
  /// The weight of all points together.
  public var weight: Double

  /// A row of points.
  public init(side: Side, first: Double, spacing: Double, weight: Double) {
    self.side = side
    self.first = first
    self.spacing = spacing
    self.weight = weight
  }

  /// first + k spacing outwards, or nil where that is not exactly a floating-point number.
  func point(_ k: Int) -> Double? {
    let step = side == .right ? spacing : -spacing
    let position = first.addingProduct(Double(k), step)
    let exact = Interval(first) + Interval(k) * Interval(step)
    return exact.isPoint ? position : nil
  }
}

/// A law written out: single atoms, increasing, mirror images included, rows up to a place.
package struct LineAtoms {
  /// Where they are, exactly.
  private(set) var points: [Double] = []
  /// Their weights; those of rows to a relative 2^-48.
  private(set) var weights: [Double] = []
  /// The weight of the whole law, all of its rows included.
  private(set) var total = Interval(0)

  /// Nil if a row has no decay, or a point of a row is not exactly a floating-point number.
  ///
  /// - Parameters:
  ///   - isSymmetric: whether points stand for themselves and their mirror images.
  ///   - decay: that of the source towards each end with a row.
  ///   - end: rows are written out to |x| <= end.
  package init?(_ law: LineLaw, isSymmetric: Bool, decay: [Side: Double], rowsUpTo end: Double) {
    var atoms: [(point: Double, weight: Double)] = []
    func add(_ point: Double, _ weight: Double) {
      if isSymmetric, point != 0 {
        atoms += [(point, weight / 2), (-point, weight / 2)]
      } else {
        atoms.append((point, weight))
      }
    }
    for (point, weight) in zip(law.points, law.weights) {
      total = total + Interval(weight)
      add(point, weight)
    }
    for row in law.rows {
      guard let decay = decay[row.side] else { return nil }
      total = total + Interval(row.weight)
      let step = decay * row.spacing
      var k = 0
      while let point = row.point(k), abs(point) <= end {
        add(point, row.weight * -Double.expm1(-step) * Double.exp(-Double(k) * step))
        k += 1
      }
      guard row.point(k) != nil else { return nil }
    }
    for (point, weight) in atoms.sorted(by: { $0.point < $1.point }) {
      points.append(point)
      weights.append(weight)
    }
  }

  /// The first atom at or beyond a place.
  func index(atLeast place: Double) -> Int {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
