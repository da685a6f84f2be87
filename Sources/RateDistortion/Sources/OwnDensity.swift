import IntervalArithmetic

/// A scalar of somebody's own density, by a table of it (`DensityTable`).
///
/// Which curves it has follows from the theorems that the table is found to have: one mode opens the converse of scalar quantizers,
/// log-concavity the best quantizers of N levels. The others are left out, and `remarks` says which.
///
/// Steps and dead zones are laid from 0, or from the table's origin where 0 is not in it.
///
/// - Distortion: squared error.
public struct OwnDensity: InformationSource {
  private let table: DensityTable
  private let source: any TabulatedSource

  public static let description = SourceDescription(
    name: "density",
    definition: "a scalar of a density given by its values at points",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Shannon 1959; Chou, Lookabaugh, Gray 1989",
    parameters: [
      ParameterDescription(
        "density",
        help: "rows of x and the density there, x increasing, as CSV or .npy, or with semicolons between them "
          + "(\(defaultText) if nothing is said); the integral need not be 1",
        domain: .matrix),
      ParameterDescription(
        "log", help: "the density's logarithm is linear between the points, not the density", domain: .flag),
      ParameterDescription(
        "tails", help: "what is beyond the table: nothing, or exponentials that continue it", domain: .choice(tails)),
      ParameterDescription(
        "tail-rates",
        help:
          "LEFT,RIGHT, the rates r of tails exp(-r |x|), 0 where the density ends with 0 (those of the last two rows)",
        domain: .numbers),
    ])

  private static let tails = ["none", "exponential"]
  private static let defaultTable: [Double] = [-2, 0, -1, 2, 0, 3, 1, 2, 2, 0]
  private static let defaultText = "-2,0;-1,2;0,3;1,2;2,0"

  public init(parameters given: SourceParameters) throws(DomainError) {
    table = try Self.table(given)
    let kind = Self.kinds.first { [table] in $0.describes(table) } ?? PlainTable.self
    source = try kind.init(table)
  }

  /// The kinds of source that a table may be, from the one with most theorems on.
  private static let kinds: [any TabulatedSource.Type] = [LogConcaveTable.self, UnimodalTable.self]

  /// The table that parameters say.
  ///
  /// - Throws: `DomainError.parameterOutOfRange`.
  fileprivate static func table(_ given: SourceParameters) throws(DomainError) -> DensityTable {
    let (rows, columns) = given.numbers("density") ?? (defaultTable, 2)
    return try DensityTable(
      rows: rows, columns: columns, isLogarithmic: given.isGiven("log"), hasTails: given.word("tails") == tails[1],
      rates: given.numbers("tail-rates")?.values)
  }

  /// The table in force, and the very rates of its tails.
  public var parameters: SourceParameters { table.parameters }

  public var limits: SourceLimits { source.limits }
  public var codes: CodeReference? { source.codes }

  /// What the table came to: its integral, how far it is from what it samples, and which curves it has not.
  public var remarks: [String] {
    let lines = table.isLogarithmic ? "exponentials" : "lines"
    var remarks = [
      "density: \(table.points.count) points and \(lines) between them, divided by their integral \(short(table.integral.midpoint)); "
        + "if they sample a smooth density, about \(short(min(1, table.interpolationError), digits: 2)) of its probability is misplaced"
    ]
    if table.origin != 0 {
      remarks.append("density: 0 is not in the table: steps and dead zones begin at \(table.origin.words)")
    }
    if table.emptyRows > 0 {
      remarks.append(
        "density: 0 between rows where it is not, which \(table.emptyRows == 1 ? "1 row says" : "\(table.emptyRows) rows say"), "
          + "is taken for 2^-650 of the largest one: what is claimed is claimed of that density")
    }
    switch source {
    case is LogConcaveTable: break
    case is UnimodalTable:
      remarks.append(
        "density: left out is \(CurveName.lloydMax.rawValue), the best code of N levels being known for log-concave densities; this one is not "
          + "proved to be")
    default:
      remarks.append(
        "density: left out are \(CurveName.ecsq.rawValue) from below, which needs a density that rises and falls, and "
          + "\(CurveName.lloydMax.rawValue), which needs a log-concave one; this one has more than one mode")
    }
    return remarks
  }

  /// A number to some digits.
  private func short(_ value: Double, digits: Int = 7) -> String {
    guard value > 0, value.isFinite else { return value.words }
    let places = digits - 1 - Int((Double.log(value) / Double.log(10)).rounded(.down))
    let power = (0..<min(abs(places), 22)).reduce(1.0) { power, _ in power * 10 }
    return (places < 0 ? (value / power).rounded() * power : (value * power).rounded() / power).words
  }
}

extension DensityTable {
  /// What `OwnDensity` says of it, in its own words.
  fileprivate var parameters: SourceParameters {
    let rows = zip(points, values).flatMap { [$0, $1] }
    let hasTails = tailRates.left > 0 || tailRates.right > 0
    var parameters: SourceParameters = [
      "density": .numbers(rows, columns: 2), "tails": .word(hasTails ? "exponential" : "none"),
    ]
    if isLogarithmic { parameters.set("log", to: .word(ParameterDescription.given)) }
    if hasTails { parameters.set("tail-rates", to: .numbers([tailRates.left, tailRates.right], columns: 2)) }
    return parameters
  }
}

/// A scalar source whose density is a table, of one of its three kinds.
private protocol TabulatedSource: ScalarSource where Density: TabulatedDensity {
  /// Whether a table has the theorems of this kind.
  static func describes(_ table: DensityTable) -> Bool
  init(scaled: ScaledDensity<Density>)
}

extension TabulatedSource {
  static var description: SourceDescription { OwnDensity.description }

  /// The source of a table that this kind describes.
  init(_ table: DensityTable) throws(DomainError) {
    self.init(scaled: try ScaledDensity(Density(table), scale: table.unit))
  }

  init(parameters: SourceParameters) throws(DomainError) {
    let table = try OwnDensity.table(parameters)
    guard Self.describes(table) else {
      throw .parameterOutOfRange(
        name: "density", value: "of another shape", requirement: "of the kind that is asked for")
    }
    try self.init(table)
  }

  var parameters: SourceParameters { scaled.density.table.parameters }
  /// None.
  var shippedTables: [ShippedTable] { [] }
  /// Codes on the line of x, wherever the table's origin is.
  var codes: CodeReference? { codes(shift: scaled.density.table.origin) }
}

private struct PlainTable: TabulatedSource {
  let scaled: ScaledDensity<PlainTableDensity>
  static func describes(_ table: DensityTable) -> Bool { true }
}

private struct UnimodalTable: TabulatedSource {
  let scaled: ScaledDensity<UnimodalTableDensity>
  static func describes(_ table: DensityTable) -> Bool { table.isUnimodal }
}

private struct LogConcaveTable: TabulatedSource {
  let scaled: ScaledDensity<LogConcaveTableDensity>
  static func describes(_ table: DensityTable) -> Bool { table.isLogConcave }
}
