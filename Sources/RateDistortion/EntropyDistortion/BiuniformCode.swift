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
