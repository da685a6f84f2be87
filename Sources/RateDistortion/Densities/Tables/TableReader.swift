import IntervalArithmetic

/// The rows of a table of a density, checked one by one, and where its standard form lies.
///
/// Rows of 0 at both ends say where the support ends; between others they are gaps (`emptyShare`).
struct TableReader {
  /// The points, of which the support is made.
  private(set) var points: [Double] = []
  private(set) var values: [Double] = []
  /// How many rows of 0 between others stand for next to nothing.
  private(set) var emptyRows = 0
  private let isLogarithmic: Bool

  /// What a density of 0 between rows where it is not is taken for, as a part of the largest one.
  ///
  /// A density is positive inside its support, and so is that of a table; one with a gap is the limit of those that are next to 0
  /// there. With this part of the largest density t in place of 0, X is what the table says but for a probability of at most
  ///
  ///     2^-650 t w / (1e-10 t w/2) < 1e-185,
  ///
  /// w the table's width: pieces are at least 1e-10 w wide, and the one at the largest density holds half of its width times t.
  /// What is claimed is claimed of that density, and its table says so.
  static let emptyShare = 0x1p-650

  private static func fault(_ value: String, _ requirement: String) -> DomainError {
    .parameterOutOfRange(name: "density", value: value, requirement: requirement)
  }

  /// Rows of x and f(x), without those beyond the support.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` with the row, counted from 1.
  init(rows: [Double], columns: Int, isLogarithmic: Bool) throws(DomainError) {
    self.isLogarithmic = isLogarithmic
    guard columns == 2 else {
      throw Self.fault("of \(columns) columns", "of two columns: x and the density there")
    }
    let count = rows.count / 2
    guard count >= 2, count <= DensityTable.mostRows else {
      throw Self.fault("of \(count) rows", "of 2 to \(DensityTable.mostRows) rows")
    }
    let all = (0..<count).map { (x: rows[2 * $0], density: rows[2 * $0 + 1]) }
    let largest = all.reduce(0) { max($0, $1.density) }
    for (index, row) in all.enumerated() {
      func fault(_ value: Double, _ requirement: String) -> DomainError {
        Self.fault("\(value.words) in row \(index + 1)", requirement)
      }
      guard abs(row.x) <= 1e100 else { throw fault(row.x, "at points from -1e100 to 1e100") }
      guard index == 0 || row.x > all[index - 1].x else {
        throw fault(row.x, "at points that increase from row to row")
      }
      guard row.density >= 0, row.density <= 1e200 else { throw fault(row.density, "a density from 0 to 1e200") }
      guard !isLogarithmic || row.density > 0 else {
        throw fault(row.density, "greater than 0 everywhere with log; lines may lead to 0")
      }
      guard row.density == 0 || row.density >= 1e-200 * largest, row.density == 0 || row.density >= 1e-300 else {
        throw fault(row.density, "0, or at least 1e-300 and 1e-200 times the largest one")
      }
    }
    guard let first = all.firstIndex(where: { $0.density > 0 }), let last = all.lastIndex(where: { $0.density > 0 })
    else { throw Self.fault("0 in all rows", "greater than 0 somewhere") }
    let gaps = all[first...last].indices.filter { all[$0].density == 0 }
    if let gap = gaps.first, largest < 1e-100 {
      throw Self.fault(
        "0 in row \(gap + 1)", "greater than 0 between rows where it is, if the largest one is less than 1e-100")
    }
    emptyRows = gaps.count
    let kept = all[max(0, first - 1)...min(count - 1, last + 1)]
    guard kept.count >= 2 else {
      throw Self.fault(
        "of one row where it is greater than 0", "of two such rows at least, or with a row of 0 beside it")
    }
    points = kept.map(\.x)
    values = kept.map(\.density)
    for index in gaps { values[index - kept.startIndex] = Self.emptyShare * largest }
    let width = points[points.count - 1] - points[0]
    for (index, (a, b)) in zip(points, points.dropFirst()).enumerated() where b - a < 1e-10 * width {
      throw Self.fault(
        "\(b.words) in row \(index + 2 + max(0, first - 1))", "at points at least 1e-10 of the table's width apart")
    }
    guard width >= 1e-90 else { throw Self.fault("\(width.words) wide", "at least 1e-90 wide") }
  }

  // MARK: Tails

  /// The rates of both tails, 0 for none: those given, or what log f falls by over the last two rows.
  func tailRates(hasTails: Bool, rates: [Double]?) throws(DomainError) -> (left: Double, right: Double) {
    guard hasTails else {
      guard rates == nil else {
        throw .parameterOutOfRange(
          name: "tail-rates", value: "without tails", requirement: "given together with tails exponential")
      }
      return (0, 0)
    }
    guard let rates else { return (try found(.left), try found(.right)) }
    guard rates.count == 2 else {
      throw .parameterOutOfRange(
        name: "tail-rates", value: "of \(rates.count) numbers", requirement: "of two: on the left and on the right")
    }
    return (try checked(rates[0], .left), try checked(rates[1], .right))
  }

  private func density(_ side: Side) -> Double { side == .left ? values[0] : values[values.count - 1] }

  /// A given rate, if it is in proportion.
  private func checked(_ rate: Double, _ side: Side) throws(DomainError) -> Double {
    let place = side == .left ? "on the left" : "on the right"
    guard density(side) > 0 else {
      guard rate == 0 else {
        throw .parameterOutOfRange(
          name: "tail-rates", value: "\(rate.words) \(place)", requirement: "0 where the table ends with a density of 0"
        )
      }
      return 0
    }
    let width = points[points.count - 1] - points[0]
    guard rate * width >= 1e-3, rate * width <= 1e6 else {
      throw .parameterOutOfRange(
        name: "tail-rates", value: "\(rate.words) \(place)",
        requirement: "from 0.001 to 1e6 over the table's width, which is \(width.words)")
    }
    return rate
  }

  private func found(_ side: Side) throws(DomainError) -> Double {
    guard density(side) > 0 else { return 0 }
    let last = points.count - 1
    let (inner, end) = side == .left ? (1, 0) : (last - 1, last)
    let rate = Double.log(values[inner] / values[end]) / abs(points[inner] - points[end])
    guard rate > 0, values[inner] > 0 else {
      throw .parameterOutOfRange(
        name: "tails", value: "exponential",
        requirement:
          "none, or with tail-rates: the density does not fall towards its \(side == .left ? "first" : "last") row")
    }
    // A little steeper, so that a logarithm that is a line up to the end is proved to be concave there.
    return try checked(rate * (1 + 0x1p-40), side)
  }

  // MARK: Standard form

  /// The points in force, what stands for 0 among them, and the unit.
  func place(
    tailRates: (left: Double, right: Double)
  ) throws(DomainError) -> (points: [Double], origin: Double, unit: Double) {
    let (mean, deviation) = moments(tailRates)
    let unit = Double(sign: .plus, exponent: deviation.exponent, significand: 1)
    guard unit >= 1e-95, unit <= 1e95 else {
      throw Self.fault("of deviation \(deviation.words)", "of a deviation from 1e-95 to 1e95")
    }
    if points[0] <= 0, points[points.count - 1] >= 0 { return (points, 0, unit) }
    // Multiples of one power of 2, so that differences are exact.
    let largest = max(abs(points[0]), abs(points[points.count - 1]))
    let quantum = Double(sign: .plus, exponent: largest.exponent - 50, significand: 1)
    func rounded(_ x: Double) -> Double { (x / quantum).rounded() * quantum }
    let moved = points.map(rounded)
    for (a, b) in zip(moved, moved.dropFirst()) where b - a < 0x1p20 * quantum {
      throw Self.fault(
        "about \(a.words)", "at points further apart against their distance from 0: move the table nearer to it")
    }
    let sum = moved[0] + moved[moved.count - 1]
    let isEven =
      zip(moved, moved.reversed()).allSatisfy { $0 + $1 == sum } && values == values.reversed()
      && rounded(sum / 2) == sum / 2
    return (moved, isEven ? sum / 2 : rounded(mean), unit)
  }

  /// About the mean and the deviation, from the middle of the table: pieces as if they were lines, Simpson's rule.
  private func moments(_ rates: (left: Double, right: Double)) -> (mean: Double, deviation: Double) {
    let (low, high) = (points[0], points[points.count - 1])
    let center = low + (high - low) / 2
    let scale = high - low
    let top = values.reduce(0) { max($0, $1) }
    var (p, first, second) = (0.0, 0.0, 0.0)
    func add(_ mass: Double, _ place: Double, _ spread: Double) {
      p += mass
      first += mass * place
      second += mass * (place * place + spread)
    }
    for k in 1..<points.count {
      let (a, b) = (values[k - 1] / top, values[k] / top)
      let (x, y) = ((points[k - 1] - center) / scale, (points[k] - center) / scale)
      if isLogarithmic, abs(Double.log(b / a)) > 1e-2 {
        // The moments of an exponential, however steep.
        let (width, fall) = (y - x, Double.log(b / a))
        let inside = width * (1 / abs(fall) - 1 / Double.expm1(abs(fall)))
        let place = fall > 0 ? y - inside : x + inside
        add(width * (b - a) / fall, place, width * width * max(0, 1 / (fall * fall) - a / (b - a) * (b / (b - a))))
        continue
      }
      let middle = isLogarithmic ? (a * b).squareRoot() : (a + b) / 2
      for (share, height, place) in [(1.0, a, x), (4, middle, (x + y) / 2), (1, b, y)] {
        add(share / 6 * height * (y - x), place, 0)
      }
    }
    for (rate, end, height, direction) in [
      (rates.left * scale, (low - center) / scale, values[0] / top, -1.0),
      (rates.right * scale, (high - center) / scale, values[values.count - 1] / top, 1),
    ] where rate > 0 {
      add(height / rate, end + direction / rate, 1 / (rate * rate))
    }
    let mean = first / p
    let variance = max(second / p - mean * mean, 1e-20)
    return (min(max(center + scale * mean, low), high), scale * variance.squareRoot())
  }
}
