import IntervalArithmetic

/// A code of one large cell, K equal cells and one odd cell: a biuniform code of what the large cell leaves.
///
/// The large cell has probability L, exactly the value of a binary number, and the others have 1 - L times the probabilities of the biuniform
/// code, so that
///
///     H = -L log L - (1 - L) log(1 - L) + (1 - L) H_rest,      D = L delta(L) + (1 - L) (mean of delta((1 - L) q) over its cells q).
public struct ThreeSizeCode: Sendable, Hashable {
  /// L, in [0, 1).
  public let largeCell: Double
  /// The other cells, as parts of what L leaves.
  public let rest: BiuniformCode

  /// The code, or nil unless 0 <= L < 1.
  public init?(largeCell: Double, rest: BiuniformCode) {
    guard largeCell >= 0, largeCell < 1 else { return nil }
    self.init(uncheckedLargeCell: largeCell, rest: rest)
  }

  init(uncheckedLargeCell largeCell: Double, rest: BiuniformCode) {
    self.largeCell = largeCell
    self.rest = rest
  }

  /// H in nats.
  func entropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    let left = 1 - Number(largeCell)
    return left * rest.entropy(as: Number.self) - Number.xlogx(left) - Number.xlogx(Number(largeCell))
  }

  /// D, in the source's measure.
  func distortion<Source: CellSource, Number: RealNumber>(
    on source: Source, as number: Number.Type = Number.self
  ) -> Number {
    let left = 1 - Number(largeCell)
    let others = left * rest.distortion(on: CellsOfRest(source: source, largeCell: largeCell), as: Number.self)
    return largeCell > 0 ? others + source.cost(Number(largeCell)) : others
  }
}

extension ThreeSizeCode: Evidence {
  public static let type = "three-size"
  public static let meaning =
    "One cell of probability L, and of the rest K equal cells and one of a share eps of it. Its enclosed entropy is achievable, if its "
    + "enclosed distortion is at most D."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let large = try form.number("large_cell")
    guard let code = ThreeSizeCode(largeCell: large, rest: try BiuniformCode(form.part("rest"))) else {
      throw MalformedEvidence("a large cell of \(large.words) is none")
    }
    self = code
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, [.init("large_cell", .number(largeCell)), .init("rest", .form(rest.form))])
  }

  public var sentence: String { "one cell of probability \(largeCell.words), the rest divided as \(rest.sentence)" }
}

/// The cells of what a large cell leaves, by their share of it.
struct CellsOfRest<Source: CellSource>: CellSource {
  let source: Source
  let largeCell: Double

  private func size<Number: RealNumber>(_ share: Number) -> Number { (1 - Number(largeCell)) * share }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { source.cellDistortion(size(p)) }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { source.logarithmicSlope(size(p)) }

  /// What the source does, without a second search.
  func cellSize(atDistortion distortion: Double) -> Double {
    guard distortion < largestDistortion else { return 1 }
    return min(1, source.cellSize(atDistortion: distortion) / (1 - largeCell))
  }
}
