import IntervalArithmetic

/// The probabilities of a partition's symbols, and how they move with the thresholds.
///
/// Let xi_i be the probability between the nominal place of threshold i and its true one, positive if that lies further
/// right. It is known up to an interval, and with it go the probabilities, p_s = p_s(0) + sum of xi_i over the right ends of
/// s - sum over the left ends. A sum over symbols of phi_s(p_s) then changes, on the straight way from 0 to xi, by
///
///     sum over i of xi_i (phi'_L(p_L) - phi'_R(p_R)),
///
/// L and R the symbols on both sides of i, the derivatives taken somewhere on the way (mean value theorem): what is enclosed
/// there with intervals is narrower than the sum of enclosed phi_s(p_s), in which every threshold counts twice.
/// Where phi'' is known, Taylor's theorem is narrower again: phi'_s at p_s(0), and half of phi''_s times (p_s - p_s(0))^2 apart, of
/// which only one sign occurs.
///
/// In the plane it is the same with xi_i what one symbol may gain from another in a square of a grid (`PlaneSums`).
public struct CodeMasses: Sendable {
  /// Between which symbols a threshold lies: the one that gains where it moves up, on its left, and the one that loses.
  public typealias Sides = (left: Int, right: Int)

  /// xi: for each threshold the probabilities that lie between its nominal place and the ends of where it may be.
  public let displacements: [Interval]
  /// The symbols on both sides of each threshold.
  public let sides: [Sides]
  /// p(0), the probabilities of the symbols by the nominal thresholds.
  public let nominal: [Interval]
  /// p, over all places of the thresholds.
  public let probabilities: [Interval]

  /// The probabilities of a partition of a line.
  public init(of partition: LinePartition, on line: any RealisationLine) {
    let displacements = partition.thresholds.map { threshold -> Interval in
      guard threshold.lower < threshold.upper else { return 0 }
      let below =
        threshold.lower < threshold.nominal ? line.probability(from: threshold.lower, to: threshold.nominal) : 0
      let above =
        threshold.nominal < threshold.upper ? line.probability(from: threshold.nominal, to: threshold.upper) : 0
      return .hull(-below.upper, above.upper)
    }
    var nominal = [Interval](repeating: 0, count: partition.symbolCount)
    for piece in partition.pieces {
      nominal[piece.symbol] = nominal[piece.symbol] + line.probability(from: piece.from, to: piece.to)
    }
    self.init(nominal: nominal, displacements: displacements, sides: displacements.indices.map(partition.sides))
  }

  /// Probabilities p(0), and what moves between whom.
  init(nominal: [Interval], displacements: [Interval], sides: [Sides]) {
    let unit = Interval.hull(0, 1)
    (self.displacements, self.sides) = (displacements, sides)
    self.nominal = nominal.map { $0.intersection(with: unit) }
    var moved = self.nominal
    for (xi, (left, right)) in zip(displacements, sides) where !(xi.lower == 0 && xi.upper == 0) {
      moved[left] = moved[left] + xi
      moved[right] = moved[right] - xi
    }
    probabilities = moved.map { $0.intersection(with: unit) }
  }

  /// The sum of phi_s(p_s) over the symbols: at the nominal thresholds, and over all their places.
  ///
  /// Symbols that may have probability 0, where phi' may be infinite, are summed as they are, the others by the mean value
  /// theorem, or by Taylor's where there is a curvature, phi''.
  func sum(
    of phi: (_ symbol: Int, _ p: Interval) -> Interval, slope: (_ symbol: Int, _ p: Interval) -> Interval,
    curvature: ((_ p: Interval) -> Interval)? = nil
  ) -> MovingSum {
    var atNominal: Interval = 0
    var plain: Interval = 0
    var moving: Interval = 0
    var slopes = [Interval](repeating: 0, count: nominal.count)
    for symbol in nominal.indices {
      let value = phi(symbol, nominal[symbol])
      let natural = phi(symbol, probabilities[symbol])
      atNominal = atNominal + value
      plain = plain + natural
      if probabilities[symbol].lower > 0 {
        moving = moving + value
        if let curvature, nominal[symbol].lower > 0 {
          slopes[symbol] = slope(symbol, nominal[symbol])
          let way = Interval.squared(probabilities[symbol] - nominal[symbol])
          moving = moving + curvature(probabilities[symbol]) * way / 2
        } else {
          slopes[symbol] = slope(symbol, probabilities[symbol])
        }
      } else {
        moving = moving + natural
      }
    }
    let form = ThresholdForm(
      constant: moving,
      slopes: sides.map { slopes[$0.left] - slopes[$0.right] })
    let both = plain.intersection(with: form.range(over: displacements))
    return MovingSum(nominal: atNominal, everywhere: both.isEmpty ? plain : both, form: form)
  }
}
