import GSL
import IntervalArithmetic

/// The lower convex envelope of the curve (delta(p), -log p) of a source of which nothing is known but its cells: where the dual
/// bound follows the curve, and where it is straight.
///
/// Found in floating point on a grid of cell sizes a factor e^(1/64) apart, down to where delta or the rates that are computed
/// end. No claim rests on it: it suggests multipliers, of which each proves a bound (`dualInfimum`). A dent of the curve narrower
/// than the grid is overlooked in floating point, and shows in the enclosure.
@usableFromInline
struct CellEnvelope: Sendable {
  /// A straight part: the common tangent at two cell sizes.
  @usableFromInline
  struct Bridge: Sendable {
    /// The cell sizes at its ends.
    let cells: ClosedRange<Double>
    /// delta at them.
    @usableFromInline let distortions: ClosedRange<Double>
    /// -log p at them, in nats.
    @usableFromInline let rates: ClosedRange<Double>
    /// Its slope, in nats per unit of distortion.
    @usableFromInline let beta: Double
  }

  /// Where the segment from (Dmax, 0) touches the curve; 1 if there is none.
  let tangentCell: Double
  /// The other straight parts, from the largest distortion down.
  let bridges: [Bridge]

  private static let step = 1.0 / 64

  init(of source: some CellSource) {
    let rates = (0...Int(CurveRange.largestRate * natsPerBit / Self.step)).map { Double($0) * Self.step }
    let distortions = rates.map { source.cellDistortion(Double.exp(-$0)) }
    let steepness = { (a: Int, b: Int) in (rates[b] - rates[a]) / (distortions[a] - distortions[b]) }
    // Seen from (Dmax, 0) the envelope grows steeper and steeper.
    var vertices = [0]
    for k in 1..<rates.count {
      guard distortions[k] > 1e-300 else { break }
      while vertices.count > 1,
        steepness(vertices[vertices.count - 1], k)
          <= steepness(vertices[vertices.count - 2], vertices[vertices.count - 1])
      {
        vertices.removeLast()
      }
      vertices.append(k)
    }
    var tangentCell = 1.0
    var bridges: [Bridge] = []
    for (a, b) in zip(vertices, vertices.dropFirst()) where b > a + 1 {
      let bridge = Self.bridge(of: source, from: rates[a], to: rates[b])
      if bridge.cells.upperBound == 1 { tangentCell = bridge.cells.lowerBound } else { bridges.append(bridge) }
    }
    self.tangentCell = tangentCell
    self.bridges = bridges
  }

  /// The common tangent near two rates: from the chord's slope to where the curve has it, and back, which converges
  /// quadratically.
  private static func bridge(of source: some CellSource, from low: Double, to high: Double) -> Bridge {
    var (low, high) = (low, high)
    let distortion = { (rate: Double) in source.cellDistortion(Double.exp(-rate)) }
    for _ in 0..<8 {
      let beta = (high - low) / (distortion(low) - distortion(high))
      let touching = { (rate: Double) -> Double in
        let bracket = max(0, rate - step)...rate + step
        let root = try? brentRoot("common tangent of the dual bound", in: bracket) { rate in
          beta * source.logarithmicSlope(Double.exp(-rate)) - 1
        }
        return root ?? rate
      }
      // At the end (Dmax, 0) the curve need not have the slope.
      (low, high) = (low == 0 ? 0 : touching(low), touching(high))
    }
    let ends = (distortion(high), distortion(low))
    return Bridge(
      cells: Double.exp(-high)...Double.exp(-low), distortions: ends.0...ends.1, rates: low...high,
      beta: (high - low) / (ends.1 - ends.0))
  }
}
