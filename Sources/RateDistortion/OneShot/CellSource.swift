import IntervalArithmetic

/// A source whose one-shot codes are described by the probabilities of their cells alone.
///
/// **Theorem asserted.** The realisations form a one-dimensional family with a uniform phase, and among all sets of probability p
/// an interval of phases costs least, delta(p); delta increases from 0 at p = 0 to Dmax = delta(1). A code with cell
/// probabilities {p_i} then has
///
///     H = -sum p_i log p_i        and        D = sum p_i delta(p_i),
///
/// no other code of these probabilities has a smaller D, and the entropy-distortion function E(D) is the least H with distortion
/// at most D (Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", Definition 2, Theorems 3 and 5).
///
/// **Where it is proved**: for the sources here in the module's documentation, "Biuniform codes are optimal", section 5. Half the
/// mean squared distance of two independent realisations in a set is its distortion; where that distance is an increasing
/// function of how far apart the phases lie, the Riesz rearrangement inequality (on the line or on the circle) says that among
/// sets of the same measure an interval has the least mean distance.
///
/// **What follows** for every such source, by `OneShotLimits`: the dual lower bound, and the codes of equal cells and one odd one
/// as upper bounds, alone and sharing time. What more is proved of some of them is a refinement:
///
/// | refinement             | theorem                                            | what needs it                                   |
/// |------------------------|----------------------------------------------------|-------------------------------------------------|
/// | ``UnimodalSlope``      | w rises to one maximum and falls                   | the dual bound in closed form                   |
/// | ``BiuniformOptimal``   | the best code is biuniform, the hull a polygon     | curves that claim to be E(D) and its hull       |
///
/// Everything is made of delta and of
///
///     w(p) = p delta'(p) = d delta / d log p,
///
/// whose reciprocal is the slope of the curve (delta(p), -log p), and which with delta makes up the slope of a cell's cost:
/// d(p delta)/dp = delta + w.
public protocol CellSource: Sendable {
  /// delta(p), the least distortion of a cell of probability p in (0, 1], in the source's distortion measure.
  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number

  /// w(p) = p delta'(p), in the source's distortion measure.
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number

  /// delta(1), without the rounding of `cellDistortion` where it is a number: the distortion of sending nothing.
  func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number

  /// The cell size p in (0, 1] at which delta(p) = D, for 0 < D <= Dmax.
  func cellSize(atDistortion distortion: Double) -> Double
}

extension CellSource {
  @inlinable
  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number { cellDistortion(1) }

  /// Newton's method for log delta as a function of log p, which is nearly linear for small cells.
  public func cellSize(atDistortion distortion: Double) -> Double {
    guard distortion < largestDistortion else { return 1 }
    var low = -1.0
    while low > -700, cellDistortion(Double.exp(low)) > distortion { low *= 2 }
    let logCell = newtonRoot(in: low...0, from: low / 2) { logCell in
      let p = Double.exp(logCell)
      let delta = cellDistortion(p)
      return (Double.log(delta / distortion), logarithmicSlope(p) / delta)
    }
    return Double.exp(logCell)
  }

  /// Dmax = delta(1), the distortion of sending nothing.
  @inlinable
  public var largestDistortion: Double { distortionOfSilence(as: Double.self) }

  /// The slope of a cell's contribution p delta(p) to the distortion, delta + w.
  @inlinable
  func costSlope<Number: RealNumber>(_ p: Number) -> Number {
    cellDistortion(p) + logarithmicSlope(p)
  }

  /// A cell's contribution p delta(p) to the distortion.
  @inlinable
  func cost<Number: RealNumber>(_ p: Number) -> Number {
    p * cellDistortion(p)
  }
}

/// A source whose w = p delta' rises to one maximum on (0, 1] and falls beyond it, if it falls at all.
///
/// **Theorem asserted.** w increases on (0, p_w] and decreases on [p_w, 1] for some p_w in (0, 1], and `slopePeak` is at most p_w.
///
/// **What follows.** f(p) = -log p + lambda delta(p) has f' = (lambda w - 1)/p: it falls, rises and falls again, if it does all
/// three, so that its infimum is at its one local minimum below the peak or at p = 1. The curve (delta(p), -log p), of slope
/// -1/w, is convex up to the peak and concave beyond it: the dual bound is the curve, and one tangent from (Dmax, 0)
/// (`DualBound`).
///
/// **Where it is proved**: "Biuniform codes are optimal", section 3; for the circle also with intervals (`CircleProof`).
public protocol UnimodalSlope: CellSource {
  /// A point up to which w is proved to increase; 1 if it increases throughout.
  var slopePeak: Double { get }
}

/// A source for which biuniform codes, K equal cells and one smaller, are optimal.
///
/// **Theorem asserted.**
///
/// 1. For every D in (0, Dmax) the code of least entropy among those of distortion at most D exists, and is K equal cells and one
///    of probability eps <= 1/(K + 1): E(D) is the rate of the biuniform code whose distortion is D.
/// 2. Between the distortions of two neighbouring uniform codes E is concave, so its lower convex hull is a polygon whose
///    vertices are uniform codes: that of one cell, and from a first K >= 2 on all, w being unimodal with its peak beyond 1/2.
///
/// **What follows.** `EntropyDistortionFunction` is E(D) and `TimeSharing` its hull: `exact` in both directions. Without the
/// theorem the same codes are upper bounds, and that is what their curves then claim.
///
/// **Where it is proved**: "Biuniform codes are optimal", sections 1 and 2 for the first part, 4 for the second; the numbers that
/// the circle's proof needs are checked by `CircleProof`.
public protocol BiuniformOptimal: UnimodalSlope {}
