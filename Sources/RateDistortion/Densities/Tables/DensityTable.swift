import IntervalArithmetic

/// A density of somebody's own, by its values at points: between neighbouring points it is a line, or its logarithm is one.
///
/// What is tabulated, t, need not be normalised: f = t/c with the integral c of t, enclosed. Beyond the first and the last point f is 0,
/// or goes on as an exponential exp(-rate |x|) without a jump. A gap in the support, given by points of 0 between others, has a
/// density of 2^-650 of the largest one instead, which `values` says.
///
/// **Standard form.** x = origin + unit z, the unit a power of 2 next to the deviation. The origin is 0 where the table holds it, and
/// nothing is rounded; else it is the middle of a symmetric table or about the mean, and the points are first rounded to multiples of
/// 2^-50 of the largest of them, so that differences are exact. The points in force are those that `points` says.
///
/// **Cells.** Within a piece they have a series (`ScalarDensity.panel`); whole pieces are joined beforehand, two by two, so that a cell across
/// n of them is a sum of some 2 log2 n positive terms, whatever the cell.
///
/// **Theorems.** Scaling does not change them, so that they are read off the table: see `isUnimodal` and `isLogConcave`.
public struct DensityTable: Sendable {
  /// What is wrong with a table, and with which parameter.
  typealias Fault = DomainError

  /// The points, in the table's own units, increasing.
  public let points: [Double]
  /// The densities there, as they were given.
  public let values: [Double]
  /// Whether log f is linear between the points, not f.
  public let isLogarithmic: Bool
  /// In the table's own units; 0 where f ends with the table.
  public let tailRates: (left: Double, right: Double)
  /// What z = 0 stands for.
  public let origin: Double
  /// A power of 2.
  public let unit: Double
  /// The integral of what is tabulated, by which it is divided.
  public private(set) var integral = Interval(1)

  /// The points in standard units.
  let knots: [Double]
  /// What is tabulated, times a power of 2.
  let heights: [Double]
  /// The slopes of the pieces between the points, of t or log t; the first and the last are those of log t in the tails.
  private(set) var slopes: [EnclosedNumber] = []
  /// c in standard units.
  private(set) var total = EnclosedNumber(exactly: 1)
  /// Cells of pieces, joined two by two: cell k joins cells 2 k and 2 k + 1.
  private var blocks: [EnclosedCell] = []
  private var leaves = 0
  private(set) var mean = EnclosedNumber(exactly: 0)
  private(set) var variance = EnclosedNumber(exactly: 1)
  private(set) var differentialEntropy = EnclosedNumber(exactly: 0)
  private(set) var panterDiteConstant = 0.0
  let isSymmetric: Bool
  /// How many rows of 0 there were between others, in whose place there is next to nothing (`TableReader.emptyShare`).
  public let emptyRows: Int

  /// The most rows.
  public static let mostRows = 10_000

  /// A table of points and the densities there.
  ///
  /// - Parameters:
  ///   - rows: x and f(x), alternately.
  ///   - hasTails: whether exponentials go on beyond the ends, from where f is not 0.
  ///   - rates: theirs, on both sides; by the last two rows on either side if nil.
  /// - Throws: `DomainError.parameterOutOfRange` with the row, counted from 1.
  public init(
    rows: [Double], columns: Int, isLogarithmic: Bool, hasTails: Bool, rates: [Double]? = nil
  ) throws(DomainError) {
    let reader = try TableReader(rows: rows, columns: columns, isLogarithmic: isLogarithmic)
    let tailRates = try reader.tailRates(hasTails: hasTails, rates: rates)
    let place = try reader.place(tailRates: tailRates)
    (points, values, emptyRows) = (place.points, reader.values, reader.emptyRows)
    self.isLogarithmic = isLogarithmic
    self.tailRates = tailRates
    (origin, unit) = (place.origin, place.unit)
    knots = points.map { ($0 - place.origin) / place.unit }
    let power = Double(sign: .plus, exponent: -(reader.values.max() ?? 1).exponent, significand: 1)
    heights = reader.values.map { $0 * power }
    isSymmetric =
      zip(knots, knots.reversed()).allSatisfy { $0 == -$1 } && heights == heights.reversed()
      && tailRates.left == tailRates.right
    slopes = (0...knots.count).map(slope)
    join()
    integral = total.value(as: Interval.self) * Interval(unit) / Interval(power)
  }

  // MARK: Pieces

  /// The rate of a tail in standard units; nil where f ends.
  func decay(_ side: Side) -> Double? {
    let rate = side == .left ? tailRates.left : tailRates.right
    return rate > 0 ? rate * unit : nil
  }

  private func slope(ofPiece k: Int) -> EnclosedNumber {
    if k == 0 { return EnclosedNumber(exactly: decay(.left) ?? 0) }
    if k == knots.count { return EnclosedNumber(exactly: -(decay(.right) ?? 0)) }
    let width = Interval(knots[k]) - Interval(knots[k - 1])
    let rise =
      isLogarithmic
      ? Interval.log(Interval(heights[k]) / Interval(heights[k - 1])) : Interval(heights[k]) - Interval(heights[k - 1])
    return EnclosedNumber(rise / width)
  }

  /// The piece of a number: 0 to the left of all points, their count to the right; of a point the piece to its right, or left.
  func piece(of z: Double, before: Bool = false) -> Int {
    var (low, high) = (0, knots.count)
    while low < high {
      let middle = (low + high) / 2
      if before ? knots[middle] < z : knots[middle] <= z { low = middle + 1 } else { high = middle }
    }
    // Beyond an end of the support there is nothing to be asked for.
    return min(max(low, tailRates.left > 0 ? 0 : 1), tailRates.right > 0 ? knots.count : knots.count - 1)
  }

  /// Whether log t is linear on a piece.
  func isExponential(_ k: Int) -> Bool { isLogarithmic || k == 0 || k == knots.count }

  /// t on a piece.
  func height<Number: RealNumber>(_ z: Number, onPiece k: Int) -> Number {
    if isExponential(k) {
      // From the point where t is larger.
      let from = k == 0 ? 0 : k == knots.count || heights[k - 1] >= heights[k] ? k - 1 : k
      return Number(heights[from]) * .exp(slopes[k].value() * (z - Number(knots[from])))
    }
    let (a, b) = (Number(knots[k - 1]), Number(knots[k]))
    return (Number(heights[k - 1]) * (b - z) + Number(heights[k]) * (z - a)) / (b - a)
  }

  /// t.
  func height<Number: RealNumber>(_ z: Number) -> Number {
    Number.piecewise(z, at: knots) { k, z in
      height(z, onPiece: min(max(k, tailRates.left > 0 ? 0 : 1), tailRates.right > 0 ? knots.count : knots.count - 1))
    }
  }

  // MARK: Whole pieces

  /// The cells of all pieces, joined two by two; and what follows for the whole.
  private mutating func join() {
    let bare = PlainTableDensity(self)
    let pieces = knots.count - 1
    leaves = 1
    while leaves < pieces { leaves *= 2 }
    var cells = (1..<knots.count).map { k -> QuantizationCell<Interval> in
      bare.partOfPiece(k, from: knots[k - 1], to: knots[k])
    }
    let single = cells
    blocks = [EnclosedCell](repeating: EnclosedCell(), count: 2 * leaves)
    var start = leaves
    while true {
      for (index, cell) in cells.enumerated() { blocks[start + index] = EnclosedCell(cell) }
      guard cells.count > 1 else { break }
      cells = stride(from: 0, to: cells.count, by: 2).map { index in
        index + 1 < cells.count ? cells[index].evenUnion(with: cells[index + 1]) : cells[index]
      }
      start /= 2
    }
    var whole = cells[0]
    var tails: [QuantizationCell<Interval>] = []
    if tailRates.left > 0 { tails.append(bare.lowerTail(upTo: knots[0], as: Interval.self)) }
    if tailRates.right > 0 { tails.append(bare.tail(from: knots[knots.count - 1], as: Interval.self)) }
    for tail in tails { whole = whole.evenUnion(with: tail) }
    let c = whole.probability
    total = EnclosedNumber(c)
    blocks = blocks.map { $0.divided(by: c) }
    mean = isSymmetric ? EnclosedNumber(exactly: 0) : EnclosedNumber(whole.centroid)
    variance = EnclosedNumber(whole.distortion / c)
    let logarithms = (1..<knots.count).reduce(Interval(0)) { $0 + integralOfXlogx(onPiece: $1, single[$1 - 1]) }
    let ends = [tailRates.left > 0 ? 0 : nil, tailRates.right > 0 ? knots.count - 1 : nil].compactMap { $0 }
    let beyond = zip(tails, ends).reduce(Interval(0)) { sum, tail in
      sum + tail.0.probability * (.log(Interval(heights[tail.1])) - 1)
    }
    differentialEntropy = EnclosedNumber(.log(c) - (logarithms + beyond) / c)
    panterDiteConstant = Self.cube(integralOfCubeRoot()) / (12 * c.midpoint)
  }

  private static func cube(_ x: Double) -> Double { x * x * x }

  /// The cells of the pieces from one to another, in as few blocks as there are, the likeliest first.
  func blocks<Number: RealNumber>(ofPieces pieces: Range<Int>, as number: Number.Type) -> [QuantizationCell<Number>] {
    var (low, high) = (pieces.lowerBound - 1 + leaves, pieces.upperBound - 1 + leaves)
    var found: [Int] = []
    while low < high {
      if low & 1 == 1 {
        found.append(low)
        low += 1
      }
      if high & 1 == 1 {
        high -= 1
        found.append(high)
      }
      low /= 2
      high /= 2
    }
    if let likeliest = found.indices.max(by: { blocks[found[$0]].probability < blocks[found[$1]].probability }) {
      found.swapAt(0, likeliest)
    }
    return found.map { blocks[$0].cell() }
  }

  // MARK: Integrals

  /// The integral of t log t over a piece between points.
  ///
  /// Of a line from a to b over a width w, with m = (a + b)/2 and r = (b - a)/(a + b), it is
  ///
  ///     w m (log m + sum over j >= 1 of r^2j/((2j - 1) 2j (2j + 1))),
  ///
  /// and where r is not small w (b^2 log b - a^2 log a)/(2 (b - a)) - w (a + b)/4. Of an exponential with the slope s of its logarithm,
  /// probability p and centroid c, p (log a + s (c - its start)).
  private func integralOfXlogx(onPiece k: Int, _ cell: QuantizationCell<Interval>) -> Interval {
    let (a, b) = (Interval(heights[k - 1]), Interval(heights[k]))
    if isLogarithmic {
      let moved = slopes[k].value(as: Interval.self) * cell.centroid(from: knots[k - 1])
      return cell.probability * (.log(a) + moved)
    }
    let width = Interval(knots[k]) - Interval(knots[k - 1])
    let mean = (a + b) / 2
    let ratio = (b - a) / (a + b)
    guard ratio.magnitude <= 0.5 else {
      return width * (b * .xlogx(b) - a * .xlogx(a)) / (2 * (b - a)) - width * mean / 2
    }
    let square = Interval.squared(ratio)
    var (power, sum) = (Interval(1), Interval(0))
    for j in 1...24 {
      power = power * square
      sum = sum + power / Interval((2 * j - 1) * 2 * j * (2 * j + 1))
    }
    // Of the rest every term is at most a quarter of the one before it.
    sum = sum + .hull(0, power.upper)
    return width * mean * (.log(mean) + sum)
  }

  /// The integral of t^(1/3), in floating point.
  private func integralOfCubeRoot() -> Double {
    func root(_ x: Double) -> Double { x > 0 ? Double.exp(Double.log(x) / 3) : 0 }
    var sum = 0.0
    for k in 1..<knots.count {
      let (a, b, width) = (heights[k - 1], heights[k], knots[k] - knots[k - 1])
      let ratio = (b - a) / (a + b)
      if isLogarithmic {
        let third = Double.log(b / a) / 3
        sum += width * root(a) * (third == 0 ? 1 : Double.expm1(third) / third)
      } else if abs(ratio) < 0.02 {
        let square = ratio * ratio
        sum += width * root((a + b) / 2) * (1 - square / 27 * (1 + square * (2 / 9.0 + 0.09 * square)))
      } else {
        sum += width * 0.75 * (b * root(b) - a * root(a)) / (b - a)
      }
    }
    if let decay = decay(.left) { sum += 3 * root(heights[0]) / decay }
    if let decay = decay(.right) { sum += 3 * root(heights[heights.count - 1]) / decay }
    return sum
  }
}

extension DensityTable {
  // MARK: Theorems

  /// Whether f rises to a point and falls from there on: its values at the points do, and nothing is between them.
  ///
  /// A tail falls outwards, being an exponential of a positive rate.
  public var isUnimodal: Bool {
    let peak = modeIndex
    return zip(values[..<peak], values[1..<(peak + 1)]).allSatisfy { $0 <= $1 }
      && zip(values[peak...], values[(peak + 1)...]).allSatisfy { $0 >= $1 }
  }

  /// Whether log f is proved to be concave.
  ///
  /// *Lines.* The logarithm of a positive line is concave, and at a point the slope of log f falls if and only if that of f does: log f is
  /// concave if and only if f is concave on the table. *Exponentials.* It is if the slopes of log f fall from piece to piece. Tails have
  /// their rates for slopes of log f. All is compared with intervals; slopes that differ by rounding alone are not told apart, and nothing
  /// is claimed then.
  public var isLogConcave: Bool {
    let last = points.count - 1
    let slopes: [Interval] = (1...last).map { self.slopes[$0].value() }
    for (k, (left, right)) in zip(slopes, slopes.dropFirst()).enumerated() {
      // Without the quotients, whose rounding would tell equal slopes apart.
      let widths = (Interval(knots[k + 1]) - Interval(knots[k]), Interval(knots[k + 2]) - Interval(knots[k + 1]))
      let rises = (
        Interval(heights[k + 1]) - Interval(heights[k]), Interval(heights[k + 2]) - Interval(heights[k + 1])
      )
      let falls =
        isLogarithmic ? left.lower >= right.upper : (rises.0 * widths.1).lower >= (rises.1 * widths.0).upper
      guard falls else { return false }
    }
    // log f at an end: that of f over f.
    func logarithmic(_ slope: Interval, _ height: Double) -> Interval {
      isLogarithmic ? slope : slope / Interval(height)
    }
    if let decay = decay(.left), !(decay >= logarithmic(slopes[0], heights[0]).upper) { return false }
    if let decay = decay(.right), !(logarithmic(slopes[last - 1], heights[last]).lower >= -decay) { return false }
    return true
  }

  private var modeIndex: Int { values.indices.max(by: { values[$0] < values[$1] }) ?? 0 }

  /// A place where f is largest, in standard units.
  var mode: Double { knots[modeIndex] }

  // MARK: Interpolation

  /// About how far f is from a smooth density that has been sampled, as the integral of the absolute difference: by second differences.
  ///
  /// On a piece of width h a smooth density g is off by (h^3/12) |g''|, and at a point the slope changes by h g''.
  public var interpolationError: Double {
    var sum = 0.0
    for k in stride(from: 1, to: knots.count - 1, by: 1) {
      let change = abs(slopes[k + 1].middle - slopes[k].middle)
      let width = (knots[k + 1] - knots[k - 1]) / 2
      sum += change * width * width / 12 * (isLogarithmic ? heights[k] : 1)
    }
    return sum / total.middle
  }
}

/// A number between two others, as its middle and half width: for either type of number.
struct EnclosedNumber: Sendable, Equatable {
  let middle: Double
  let radius: Double

  init(exactly value: Double) { (middle, radius) = (value, 0) }

  init(_ enclosure: Interval) {
    middle = enclosure.midpoint
    radius = max((Interval(middle) - enclosure).magnitude, 0)
  }

  func value<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    radius == 0 ? Number(middle) : Number(middle) + .uncertainty(radius)
  }
}

/// A cell enclosed, for either type of number.
struct EnclosedCell: Sendable {
  private let enclosedProbability: EnclosedNumber
  private let anchor: Double
  private let offset: EnclosedNumber
  private let distortion: EnclosedNumber

  /// An empty cell.
  init() {
    (enclosedProbability, anchor, offset, distortion) = (.init(exactly: 0), 0, .init(exactly: 0), .init(exactly: 0))
  }

  init(_ cell: QuantizationCell<Interval>) {
    enclosedProbability = EnclosedNumber(cell.probability)
    anchor = cell.anchor
    offset = EnclosedNumber(cell.offset)
    distortion = EnclosedNumber(cell.distortion)
  }

  /// About its probability.
  var probability: Double { enclosedProbability.middle }

  func cell<Number: RealNumber>() -> QuantizationCell<Number> {
    QuantizationCell(
      probability: enclosedProbability.value(), anchor: anchor, offset: offset.value(), distortion: distortion.value())
  }

  /// With so many times less probability.
  func divided(by total: Interval) -> EnclosedCell {
    var cell: QuantizationCell<Interval> = cell()
    cell.probability = cell.probability / total
    cell.distortion = cell.distortion / total
    return EnclosedCell(cell)
  }
}

extension QuantizationCell<Interval> {
  /// The union with a cell of whatever probability: the centroid is a mean of both, so that its enclosure is no wider than theirs, which in
  /// `union(with:)` holds for less likely cells alone.
  func evenUnion(with other: QuantizationCell) -> QuantizationCell {
    guard other.probability.upper > 0 else { return self }
    guard probability.upper > 0 else { return other }
    let total = probability + other.probability
    let shares = (probability / total, other.probability / total)
    let moved = other.centroid(from: anchor)
    return QuantizationCell(
      probability: total, anchor: anchor, offset: shares.0 * offset + shares.1 * moved,
      distortion: distortion + other.distortion + probability * shares.1 * .squared(moved - offset))
  }
}
