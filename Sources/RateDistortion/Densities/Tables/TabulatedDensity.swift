import IntervalArithmetic

/// A density in a table (`DensityTable`), in its standard form: its origin is 0, and its unit 1.
///
/// Which theorems a table has is found out when it is read, and said by the type: `PlainTableDensity` has none,
/// `UnimodalTableDensity` and `LogConcaveTableDensity` what their names say.
public protocol TabulatedDensity: ScalarDensity {
  /// The table.
  var table: DensityTable { get }
  /// The density of a table; who calls this knows what the type asserts.
  init(_ table: DensityTable)
}

/// A density in a table of which nothing else is known.
public struct PlainTableDensity: TabulatedDensity {
  public let table: DensityTable
  public init(_ table: DensityTable) { self.table = table }
}

/// A density in a table that rises and falls: `DensityTable.isUnimodal`.
public struct UnimodalTableDensity: TabulatedDensity, UnimodalDensity {
  public let table: DensityTable
  public init(_ table: DensityTable) { self.table = table }
}

/// A density in a table whose logarithm is concave: `DensityTable.isLogConcave`.
public struct LogConcaveTableDensity: TabulatedDensity, LogConcaveDensity {
  public let table: DensityTable
  public init(_ table: DensityTable) { self.table = table }
}

extension TabulatedDensity {
  /// `density`.
  public var name: String { "density" }
  /// That of the table, or infinite where a tail is.
  public var support: ClosedRange<Double> {
    let knots = table.knots
    return
      (table.decay(.left) == nil ? knots[0] : -.infinity)...(table.decay(.right) == nil
      ? knots[knots.count - 1] : .infinity)
  }
  public var isSymmetric: Bool { table.isSymmetric }
  public var memorylessDecays: [Side: Double] {
    var decays: [Side: Double] = [:]
    for side in Side.allCases { decays[side] = table.decay(side) }
    return decays
  }
  /// Where a tail falls to some 1e-290 of the table's largest density, or the farther end.
  public var reach: Double {
    let (knots, heights) = (table.knots, table.heights)
    var reach = Double.infinity
    if let decay = table.decay(.left) { reach = min(reach, -knots[0] + (660 + Double.log(heights[0])) / decay) }
    if let decay = table.decay(.right) {
      reach = min(reach, knots[knots.count - 1] + (660 + Double.log(heights[knots.count - 1])) / decay)
    }
    let ends = max(-knots[0], knots[knots.count - 1])
    return reach == .infinity ? ends : max(ends, reach)
  }
  /// The points inside the support.
  public var corners: [Double] {
    Array(table.knots.dropFirst(table.decay(.left) == nil ? 1 : 0).dropLast(table.decay(.right) == nil ? 1 : 0))
  }
  /// A point of the largest value.
  public var mode: Double { table.mode }

  public func mean<Number: RealNumber>(as number: Number.Type) -> Number { table.mean.value() }
  public func variance<Number: RealNumber>(as number: Number.Type) -> Number { table.variance.value() }
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type) -> Number {
    table.differentialEntropy.value()
  }
  public var panterDiteConstant: Double { table.panterDiteConstant }
  /// 0 where both ends are bounded, infinite with an exponential tail.
  public var initialSaving: Double { isBounded ? 0 : .infinity }

  public func density<Number: RealNumber>(_ x: Number) -> Number { table.height(x) / table.total.value() }

  /// 1 on a line, where any radius will do; on an exponential of slope s 4/|s|, or 4 if that is less.
  public func radius(at m: Double) -> Double {
    let k = table.piece(of: m)
    return table.isExponential(k) ? 4 / max(1, abs(table.slopes[k].middle)) : 1
  }

  /// 1 + |s| rho/t on a line of slope s, exp(4) on an exponential.
  public func growth(at m: Double) -> Double {
    let k = table.piece(of: m)
    if table.isExponential(k) { return 55 }
    let height = table.height(m, onPiece: k)
    return (1 + abs(table.slopes[k].middle) / height) * (1 + 0x1p-30)
  }

  /// 1 on a line.
  public func degree(at m: Double) -> Int { table.isExponential(table.piece(of: m)) ? .max : 1 }

  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    let k = table.piece(of: m)
    let slope: Number = table.slopes[k].value()
    if table.isExponential(k) {
      for j in stride(from: 1, to: g.count, by: 1) { g[j] = g[j - 1] * slope / Number(j) }
    } else {
      for j in stride(from: 1, to: g.count, by: 1) { g[j] = 0 }
      if g.count > 1 { g[1] = slope / table.height(Number(m) + shift, onPiece: k) }
    }
  }

  /// On a line its larger end and the slope times |Im z|; on an exponential its larger end.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    let k = table.piece(of: middle)
    let slope = table.slopes[k]
    let ends = (table.height(real.lowerBound, onPiece: k), table.height(real.upperBound, onPiece: k))
    let across = table.isExponential(k) ? 0 : (abs(slope.middle) + slope.radius) * imaginary
    // Rounded: an exponential by what its slope times a distance is off by.
    return (max(abs(ends.0), abs(ends.1)) + across) / table.total.middle * (1 + 0x1p-30)
  }

  public var tailStart: Double { table.knots[table.knots.count - 1] }

  /// f(a)/decay with the centroid 1/decay beyond a; empty where f ends.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    tail(.right, from: a)
  }

  public var lowerTailStart: Double { table.knots[0] }

  public func lowerTail<Number: RealNumber>(upTo b: Double, as number: Number.Type) -> QuantizationCell<Number> {
    tail(.left, from: b)
  }

  private func tail<Number: RealNumber>(_ side: Side, from end: Double) -> QuantizationCell<Number> {
    guard let decay = table.decay(side) else {
      return QuantizationCell(probability: 0, anchor: end, offset: 0, distortion: 0)
    }
    let rate = Number(decay)
    let height: Number = table.height(Number(end), onPiece: side == .left ? 0 : table.knots.count)
    let p = height / table.total.value() / rate
    return QuantizationCell(
      probability: p, anchor: end, offset: (side == .left ? -1 : 1) / rate, distortion: p / .squared(rate))
  }

  // MARK: Cells

  /// A part of one piece: of a line one panel, whose series ends; of an exponential panels, from its larger end on, or the closed form
  /// where the exponential falls by more than exp(4).
  func partOfPiece<Number: RealNumber>(_ k: Int, from a: Double, to b: Double) -> QuantizationCell<Number> {
    if a == -.infinity { return lowerTail(upTo: b, as: Number.self) }
    if b == .infinity { return tail(from: a, as: Number.self) }
    guard table.isExponential(k) else { return panel(from: a, to: b) }
    let fall = (b - a) * abs(table.slopes[k].middle)
    if fall > 4 { return steepPart(ofPiece: k, from: a, to: b) }
    let count = max(1, (0.75 * max(b - a, fall)).rounded(.up))
    let cuts = [a] + stride(from: 1, to: count, by: 1).map { a + (b - a) * ($0 / count) } + [b]
    var panels = zip(cuts, cuts.dropFirst()).map { panel(from: $0, to: $1) as QuantizationCell<Number> }
    if table.slopes[k].middle > 0 { panels.reverse() }
    return panels.dropFirst().reduce(panels[0]) { $0.union(with: $1) }
  }

  /// The moments of a cell on which the exponential falls by much, from its larger end e on: with the rate r = |slope|, the width w and
  /// E = exp(-r w),
  ///
  ///     p = f(e) (1 - E)/r,      |c - e| = 1/r - w E/(1 - E),      D/p = 1/r^2 - w^2 E/(1 - E)^2.
  ///
  /// For r w >= 4 the second terms are at most 0.08 and 0.31 of the first ones, so that nothing cancels; for small r w the first ones
  /// would be large against their difference, which is why there are panels. As many panels as r w would be a hundred
  /// where a row is 50 orders of magnitude below the one before it.
  private func steepPart<Number: RealNumber>(
    ofPiece k: Int, from a: Double, to b: Double
  ) -> QuantizationCell<Number> {
    let falls = table.slopes[k].middle < 0
    let slope: Number = table.slopes[k].value()
    let rate = falls ? -slope : slope
    let end = falls ? a : b
    let width = Number(b) - Number(a)
    let rest: Number = .exp(-(rate * width))
    let share = rest / (1 - rest)
    let height: Number = table.height(Number(end), onPiece: k)
    let p = height / table.total.value() * (1 - rest) / rate
    let inward = 1 / rate - width * share
    let spread = 1 / .squared(rate) - .squared(width) * share / (1 - rest)
    return QuantizationCell(
      probability: p, anchor: end, offset: falls ? inward : -inward, distortion: p * spread)
  }

  /// Parts of the pieces at both ends, and whole pieces between them.
  public func innerCell<Number: RealNumber>(from low: Double, to high: Double) -> QuantizationCell<Number> {
    let (first, last) = (table.piece(of: low), table.piece(of: high, before: true))
    guard first < last else { return partOfPiece(first, from: low, to: high) }
    let left: QuantizationCell<Number> = partOfPiece(first, from: low, to: table.knots[first])
    let right: QuantizationCell<Number> = partOfPiece(last, from: table.knots[last - 1], to: high)
    let blocks = table.blocks(ofPieces: first + 1..<last, as: Number.self)
    guard let likeliest = blocks.first else { return left.union(with: right) }
    return blocks.dropFirst().reduce(likeliest) { $0.union(with: $1) }.union(with: left).union(with: right)
  }
}
