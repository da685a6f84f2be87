import IntervalArithmetic

/// Sets of the sphere in three dimensions at the cost of caps.
///
/// A cap of measure p around e holds the points with x.e >= 1 - 2p, over which x.e has the mean 1 - p. The mean of x over any
/// set of measure p has, in its own direction e, the length of the mean of x.e over the set, which is greatest for the cap
/// (bathtub). So a cell of measure p costs at least
///
///     delta(p) = 1 - (1 - p)^2 = p (2 - p),      w(p) = 2 p (1 - p).
///
/// This is twelve times what the ramp's cells cost, and the theorems about them are the ramp's. Codes of such cells with any
/// measures there are none, as caps do not tile the sphere: E of these cells is a lower bound (`CapConverse`), except that a
/// cap and what it leaves are both caps.
struct SphereCaps: BiuniformOptimal {
  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { p * (2 - p) }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { 2 * p * (1 - p) }
  func cellSize(atDistortion distortion: Double) -> Double { distortion / (1 + max(0, 1 - distortion).squareRoot()) }
  func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number { 1 }
  var slopePeak: Double { 0.5 }
}

/// A lower bound on the entropy of one-shot codes of the sphere in three dimensions: E(D) as if all cells were caps.
///
/// A code with cells of measures p_i has D >= sum p_i delta(p_i), whatever their shapes, so that its entropy is at least the
/// least one of any probabilities with that sum at most D: E of `SphereCaps`, which is the ramp's at D/12. For 3/4 <= D <= 1
/// the best of these are two cells, and a cap and its complement have them: there the bound is achieved.
struct CapConverse: Limit {
  private let caps = EntropyDistortionFunction(source: SphereCaps())

  var name: CurveName { .lower }
  var kind: BoundKind { .lower }
  var summary: String {
    "lower bound on one-shot codes: E(D) as if all cells were caps; achieved up to 1 bit (derived here)"
  }
  var largestDistortion: Double { 1 }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint { try caps.point(at: distortion) }
  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { try caps.point(ofRate: rate) }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    var bound = try caps.enclosure(at: distortion)
    bound.kind = .lower
    return bound
  }

  var evidence: [any Evidence.Type] { caps.evidence }

  /// What proves a lower end of E(D) of caps; their codes are none of the sphere.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    .hull(try caps.proof(by: evidence, at: distortion).lower, .infinity)
  }
}
