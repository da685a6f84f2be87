import IntervalArithmetic

/// A code of K equal cells and one odd cell.
///
/// The K equal cells share 1 - eps, the odd one has probability eps; eps = 0 is the uniform code of K cells. As the
/// certificate of an upper bound it is exact: K is a whole number, eps the exact value of a binary number, and each equal cell
/// is (1 - eps)/K, whether or not that is a binary number.
public struct BiuniformCode: Sendable, Hashable, Codable {
  /// K, a whole number at least 1 (held as a floating-point number: at 100 bits it exceeds every integer type).
  public let equalCells: Double
  /// eps in [0, 1).
  public let oddCell: Double

  /// The code of K cells of (1 - eps)/K and one of eps, or nil unless K is a whole number >= 1 and 0 <= eps < 1.
  public init?(equalCells: Double, oddCell: Double) {
    guard equalCells >= 1, equalCells.isFinite, equalCells == equalCells.rounded(), oddCell >= 0, oddCell < 1 else {
      return nil
    }
    self.init(uncheckedEqualCells: equalCells, oddCell: oddCell)
  }

  @inlinable
  init(uncheckedEqualCells equalCells: Double, oddCell: Double) {
    self.equalCells = equalCells
    self.oddCell = oddCell
  }

  /// The probability of each equal cell, (1 - eps)/K.
  @inlinable
  public func equalCell<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    (1 - Number(oddCell)) / Number(equalCells)
  }

  /// The entropy -(1 - eps) ln((1 - eps)/K) - eps ln eps, in nats.
  @inlinable
  public func entropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    let odd = Number(oddCell)
    return (1 - odd) * (Number.log(Number(equalCells)) - Number.log1p(-odd)) - Number.xlogx(odd)
  }

  /// The distortion (1 - eps) delta((1 - eps)/K) + eps delta(eps), in the source's measure.
  @inlinable
  public func distortion<Source: CellSource, Number: RealNumber>(
    on source: Source, as number: Number.Type = Number.self
  ) -> Number {
    if equalCells == 1, oddCell == 0 { return source.distortionOfSilence(as: Number.self) }
    let equal = (1 - Number(oddCell)) * source.cellDistortion(equalCell(as: Number.self))
    guard oddCell > 0 else { return equal }
    return equal + source.cost(Number(oddCell))
  }
}

extension BiuniformCode: Evidence {
  public static let type = "biuniform"
  public static let meaning =
    "K equal cells and one of probability eps. Its enclosed entropy is achievable, if its enclosed distortion is at most D."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let cells = try form.number("equal_cells")
    let odd = try form.number("odd_cell")
    guard let code = BiuniformCode(equalCells: cells, oddCell: odd) else {
      throw MalformedEvidence("\(cells.words) equal cells and an odd one of \(odd.words) are no code")
    }
    self = code
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["equal_cells": equalCells, "odd_cell": oddCell])
  }

  public var sentence: String {
    let cells = equalCells == 1 ? "1 cell" : "\(equalCells.words) equal cells"
    return oddCell == 0 ? cells : "\(cells) and one of probability \(oddCell.words)"
  }
}

/// Two codes on the biuniform path with distortions on either side of D.
public struct BiuniformBracket: Evidence, Equatable {
  public static let type = "bracket"
  public static let meaning =
    "Two biuniform codes. E(D) lies between their entropies, if the first has distortion at most D and the second, a code of "
    + "the optimal family (eps <= 1/(K+1)), has at least D; the second half is the theorem that biuniform codes are optimal."

  /// Of distortion at most D.
  public let above: BiuniformCode
  /// Of distortion at least D, on the optimal family.
  public let below: BiuniformCode

  /// Two codes around D.
  public init(above: BiuniformCode, below: BiuniformCode) {
    self.above = above
    self.below = below
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(above: try BiuniformCode(form.part("above")), below: try BiuniformCode(form.part("below")))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, [.init("above", .form(above.form)), .init("below", .form(below.form))])
  }

  public var sentence: String {
    "between two codes: one of distortion at most D, \(above.sentence); one of distortion at least D, \(below.sentence)"
  }
}
