/// The integral of a function with corners at unknown places, by Simpson's rule on intervals of which the worst is halved.
///
/// An operational curve of designed codes is a convex hull: between two codes that share the time it is a chord, and each
/// chord's end is a corner; where the search finds now one code, now another, it is off by some 1e-5 besides. Rules of high order gain
/// nothing there: QAGS gives up, and CQUAD takes some 2,000 points for ten corners, each a search of some 10 ms.
///
/// *Error.* The rule on an interval and on its halves differ by 15 times the finer one's error where the function has four derivatives. At a
/// corner whose slopes differ by s either is off by s h^2/8 at most on an interval h wide, whose halves but one have no corner. The interval
/// of the largest difference is halved until the differences add up to no more than the tolerance, or `mostHalvings` are done: what is left then is the
/// search's own noise.
///
/// - Parameters:
///   - tolerance: what the function's mean may be off by.
///   - function: continuous but for a few jumps.
/// - Returns: the integral; not a number where the function is none.
func bisectedIntegral(
  from low: Double, to high: Double, tolerance: Double, mostHalvings: Int = 150, of function: (Double) -> Double
) -> Double {
  /// An interval, the function at its ends, middle and quarters, and what both rules make of it.
  struct Piece {
    let low, high: Double
    let values: [Double]
    var middle: Double { (low + high) / 2 }
    var coarse: Double { (high - low) / 6 * (values[0] + 4 * values[2] + values[4]) }
    var fine: Double { (high - low) / 12 * (values[0] + 4 * values[1] + 2 * values[2] + 4 * values[3] + values[4]) }
    var difference: Double { (fine - coarse).magnitude }

    init(
      _ low: Double, _ high: Double, _ first: Double, _ middle: Double, _ last: Double, of function: (Double) -> Double
    ) {
      (self.low, self.high) = (low, high)
      let quarter = (high - low) / 4
      values = [first, function(low + quarter), middle, function(high - quarter), last]
    }
  }
  // Eight to begin with, so that what repeats itself on one is not taken for a line.
  let cuts = (0...8).map { $0 == 8 ? high : low + (high - low) * (Double($0) / 8) }
  let values = cuts.map(function)
  var pieces = (0..<8).map { k in
    Piece(cuts[k], cuts[k + 1], values[k], function((cuts[k] + cuts[k + 1]) / 2), values[k + 1], of: function)
  }
  for _ in 0..<mostHalvings {
    let sum = pieces.reduce(0) { $0 + $1.difference }
    guard sum > tolerance * (high - low) else { break }
    guard let worst = pieces.indices.max(by: { pieces[$0].difference < pieces[$1].difference }) else { break }
    let piece = pieces[worst]
    pieces[worst] = Piece(piece.low, piece.middle, piece.values[0], piece.values[1], piece.values[2], of: function)
    pieces.append(Piece(piece.middle, piece.high, piece.values[2], piece.values[3], piece.values[4], of: function))
  }
  return pieces.reduce(0) { $0 + $1.fine + ($1.fine - $1.coarse) / 15 }
}
