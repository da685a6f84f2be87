import IntervalArithmetic

/// What a scalar quantizer needs to know of a cell [a, b]: its probability, its centroid, and its distortion about it,
///
///     p = integral of f,      c = integral of x f / p,      D = integral of (x - c)^2 f.
///
/// The centroid is held as an offset from a nearby floating-point number, so that distances between neighbouring centroids
/// and thresholds keep their relative accuracy in cells much narrower than their distance from 0.
@frozen
public struct QuantizationCell<Number: RealNumber>: Sendable {
  /// p.
  public var probability: Number
  /// A number in or next to the cell.
  public var anchor: Double
  /// c - anchor.
  public var offset: Number
  /// The cell's contribution to the mean squared error; the conditional variance is D/p.
  public var distortion: Number

  /// A cell by its moments.
  @inlinable
  public init(probability: Number, anchor: Double, offset: Number, distortion: Number) {
    self.probability = probability
    self.anchor = anchor
    self.offset = offset
    self.distortion = distortion
  }

  /// c, the codepoint.
  @inlinable
  public var centroid: Number { Number(anchor) + offset }

  /// c - x, without the cancellation that `centroid - x` would suffer.
  @inlinable
  public func centroid(from x: Double) -> Number { (Number(anchor) - Number(x)) + offset }

  /// -p log p in nats, the cell's contribution to the entropy.
  @inlinable
  public var entropy: Number { -Number.xlogx(probability) }

  /// The mean squared error of the cell about another codepoint, by the parallel-axis theorem: D + p (c - codepoint)^2.
  @inlinable
  public func distortion(about codepoint: Double) -> Number {
    distortion + probability * .squared(centroid(from: codepoint))
  }

  /// The cell that is the union of this one and a disjoint other: D = D1 + D2 + p1 p2/(p1 + p2) (c1 - c2)^2, a sum of
  /// positive terms.
  @inlinable
  public func union(with other: QuantizationCell) -> QuantizationCell {
    let total = probability + other.probability
    let shift = other.centroid(from: anchor) - offset
    let share = other.probability / total
    return QuantizationCell(
      probability: total, anchor: anchor, offset: offset + share * shift,
      distortion: distortion + other.distortion + probability * share * .squared(shift))
  }

  /// The mirror image on the other side of 0.
  @inlinable
  public var mirrored: QuantizationCell {
    QuantizationCell(probability: probability, anchor: -anchor, offset: -offset, distortion: distortion)
  }
}
