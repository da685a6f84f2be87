import IntervalArithmetic

/// The covariance of a vector, symmetric and positive semidefinite, as its user gives it or as a formula encloses it.
public struct Covariance: Sendable {
  /// n.
  public let order: Int
  /// The entries, row by row.
  let rows: [Interval]

  /// The largest n: its eigensystem takes some seconds.
  public static let largestOrder = 512
  /// How far entries across the diagonal may be apart, in units of the largest entry: rounding, whose mean is taken.
  static let symmetryTolerance = 1e-12
  /// How far below 0 an eigenvalue may be, in units of the largest one: rounding, which counts as 0.
  static let signTolerance = 1e-10

  /// Entries that a formula encloses, row by row.
  init(enclosed rows: [Interval], order: Int) {
    self.rows = rows
    self.order = order
  }

  /// A diagonal covariance.
  init(diagonal: [Interval]) {
    order = diagonal.count
    var rows = [Interval](repeating: 0, count: order * order)
    for (k, variance) in diagonal.enumerated() { rows[k * order + k] = variance }
    self.rows = rows
  }

  /// A matrix of numbers, row by row; entries across the diagonal that differ by rounding are replaced by their mean.
  ///
  /// - Parameter name: what the matrix is called.
  /// - Throws: `DomainError.parameterOutOfRange`, with row and column, unless it is square, of at most `largestOrder` rows, symmetric,
  ///   finite, and has variances greater than 0.
  public init(rows: [Double], columns: Int, name: String) throws(DomainError) {
    let fault = { (value: String, requirement: String) -> DomainError in
      .parameterOutOfRange(name: name, value: value, requirement: requirement)
    }
    guard columns >= 1, rows.count == columns * columns else {
      throw fault("of \(columns > 0 ? rows.count / columns : 0) x \(columns) numbers", "square")
    }
    guard columns <= Self.largestOrder else {
      throw fault("of \(columns) rows", "of at most \(Self.largestOrder) rows")
    }
    order = columns
    let largest = rows.reduce(0) { max($0, $1.magnitude) }
    var entries = rows
    for i in 0..<columns {
      for j in 0..<columns where !(rows[i * columns + j].magnitude <= 1e200) {
        throw fault("\(rows[i * columns + j]) in row \(i + 1), column \(j + 1)", "a finite number (at most 1e200)")
      }
      guard rows[i * columns + i] >= 1e-200 else {
        throw fault(
          "\(rows[i * columns + i].words) in row \(i + 1), column \(i + 1)",
          "a variance greater than 0 (at least 1e-200)")
      }
      for j in 0..<i {
        let (below, above) = (rows[i * columns + j], rows[j * columns + i])
        guard (below - above).magnitude <= Self.symmetryTolerance * largest else {
          throw fault(
            "\(below.words) in row \(i + 1), column \(j + 1)",
            "what row \(j + 1), column \(i + 1) has, \(above.words): a covariance is symmetric")
        }
        entries[i * columns + j] = below / 2 + above / 2
        entries[j * columns + i] = entries[i * columns + j]
      }
    }
    self.rows = entries.map { Interval($0) }
  }

  /// The entries in floating point.
  var numbers: [Double] { rows.map(\.midpoint) }

  /// The variances of the components, enclosed.
  var diagonal: [Interval] { (0..<order).map { rows[$0 * order + $0] } }

  /// The eigenvalues in decreasing order, enclosed; the lower end of one that rounding cannot tell from 0 is 0.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if one is negative beyond rounding, or GSL finds none.
  func eigenvalues(name: String) throws(DomainError) -> [Interval] {
    let numbers = numbers
    var distance = 0.0
    for (entry, number) in zip(rows, numbers) {
      let width = (entry - Interval(number)).magnitude
      distance += width * width
    }
    let found: EnclosedEigenvalues
    do {
      found = try EnclosedEigenvalues(
        of: numbers, order: order, distance: (Interval.sqrt(Interval(distance)) * Interval(1 + 0x1p-20)).upper)
    } catch {
      throw .parameterOutOfRange(
        name: name, value: "of \(order) rows", requirement: "one whose eigenvalues GSL finds (\(error))")
    }
    let largest = found.values.first?.magnitude ?? 0
    if let last = found.values.last, !(last.upper >= -Self.signTolerance * largest) {
      throw .parameterOutOfRange(
        name: name, value: "with the eigenvalue \(last.midpoint)", requirement: "positive semidefinite")
    }
    return found.values.map { .hull(max($0.lower, 0), max($0.upper, 0)) }
  }
}
