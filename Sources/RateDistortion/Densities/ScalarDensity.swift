import GSL
import IntervalArithmetic

/// The density f of a scalar source in its standard form (scale 1), and the moments of its cells.
///
/// Priorities, in order:
///
/// 1. No cancellation. A cell of width 1e-3 has a distortion near 1e-10: differences of distribution functions lose all of
///    it. Here every cell is integrated in local coordinates, from the Taylor series of f about the cell's middle, and no
///    quantity is the small difference of large ones. Relative error of p, c - a and D: about 1e-14, also in far tails.
/// 2. One formula for floating point and for proof. With `Interval` the truncated series is widened by its remainder, which
///    Cauchy's estimate bounds: if |f(z)/f(m)| <= M on the disc |z - m| <= rho, then the terms from u^n on are at most
///    M (h/rho)^n / (1 - h/rho) for |u| <= h.
/// 3. Speed: one exponential a cell, and as many terms as the cell's width asks for (six at 12 bits). Wide cells are cut
///    into panels no wider than a third of rho; half-infinite ones end in a closed form.
///
/// A source of scale s has s X for the standard X: thresholds and codepoints scale by s, distortions by s^2 and
/// probabilities not at all, so nothing else depends on s.
///
/// **What a conformer asserts.** f is a probability density with a variance, positive inside `support` and 0 outside it; 0
/// belongs to the support; f is analytic between neighbouring `corners`; and every member below is what its comment says. That
/// is all that quantizers and their *achievable* curves rely on. What is true of some densities only is a refinement, which
/// states a theorem and names the proof, and which alone opens the door to what follows from it:
///
/// | refinement             | theorem                            | what needs it                                             |
/// |------------------------|------------------------------------|-----------------------------------------------------------|
/// | ``SymmetricDensity``   | f(-x) = f(x)                       | sums over one side, counted twice                         |
/// | ``UnimodalDensity``    | f rises to a mode and falls        | the converse of scalar quantizers, by a grid              |
/// | ``LogConcaveDensity``  | log f is concave                   | that a stationary N-level quantizer is the optimal one    |
/// | ``MemorylessDensity``  | f(x + t) = exp(-t) f(x) beyond 0   | geometric sums; the optimum and its converse in closed form |
///
/// Domain: finite ends of cells lie within `reach` of 0, where f is a normal floating-point number.
public protocol ScalarDensity: Sendable {
  /// A short name, as the catalogue has it.
  var name: String { get }
  /// The closed interval outside which f is 0, to which 0 belongs; its ends may be infinite.
  var support: ClosedRange<Double> { get }
  /// Whether f(-x) = f(x) is known, as a `SymmetricDensity` asserts.
  var isSymmetric: Bool { get }
  /// The ends of the support at which f is exactly proportional to exp(-decay |x|) beyond the last corner, each with its decay.
  var memorylessDecays: [Side: Double] { get }
  /// The largest |x| at which cells may end.
  var reach: Double { get }
  /// The points inside the support at which f is not analytic, in increasing order.
  var corners: [Double] { get }

  // MARK: Facts

  /// The mean of X.
  func mean<Number: RealNumber>(as number: Number.Type) -> Number
  /// The variance of X: the distortion at rate 0.
  func variance<Number: RealNumber>(as number: Number.Type) -> Number
  /// h(X) = -integral of f log f, in nats.
  func differentialEntropy<Number: RealNumber>(as number: Number.Type) -> Number
  /// (integral of f^(1/3))^3/12, which N^2 D of the best quantizers of N levels tends to (Panter, Dite 1951). By quadrature, to
  /// a relative 1e-12, where a density gives no closed form.
  var panterDiteConstant: Double { get }
  /// What the first fraction of a bit saves, in variances per bit: the limit of (c - mean)^2/(variance log2(1/q)) as a threshold
  /// moves out of the support, q the probability beyond it and c its centroid; the larger one of two sides.
  ///
  /// A threshold far out costs q log2(1/q) bits to first order and saves q (c - mean)^2. The limit is 0 where the support is
  /// bounded, 2 ln 2 for Gaussian tails, where c^2 is about 2 log(1/q), and infinite for exponential ones, where c is about
  /// log(1/q).
  var initialSaving: Double { get }

  // MARK: Formulas

  /// f(x) for x in the support.
  func density<Number: RealNumber>(_ x: Number) -> Number

  /// A radius rho > 0 suited to the Taylor series about m, which is no corner: it does not change by more than half
  /// within rho/3 of m.
  func radius(at m: Double) -> Double
  /// A bound M, valid with a margin for rounding, on |f(z)/f(m)| for complex |z - m| <= rho = `radius(at: m)`, where f
  /// stands for the analytic continuation of the piece on which m lies.
  func growth(at m: Double) -> Double
  /// The degree of the piece on which m lies where that is a polynomial, so that its series ends by itself; else `Int.max`.
  func degree(at m: Double) -> Int
  /// The coefficients g_0 = 1, g_1, ... of f(c + u)/f(c) in powers of u, c = m + shift, where the shift is a few units in the
  /// last place of m at most, so that c lies on the same piece.
  func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into coefficients: UnsafeMutableBufferPointer<Number>)

  /// A bound on |f(z)| for Re z in an interval and |Im z| at most a number, f the analytic continuation of the piece on which
  /// `middle` lies; infinite where none is known. Derived from `growth` on one disc; a density with a better one states it.
  func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double

  /// Where `tail` begins, at least 0 and at least the last corner; f falls from there on.
  var tailStart: Double { get }
  /// The cell [a, infinity) for a >= `tailStart`, in closed form.
  func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number>
  /// Where `lowerTail` ends, at most 0 and at most the first corner; f rises up to there.
  var lowerTailStart: Double { get }
  /// The cell (-infinity, b] for b <= `lowerTailStart`, in closed form.
  func lowerTail<Number: RealNumber>(upTo b: Double, as number: Number.Type) -> QuantizationCell<Number>

  /// The cell [low, high], low < high, both in the support: what `cell(from:to:)` is inside it. Derived from the series, panel by
  /// panel; a density of very many pieces knows a shorter way.
  func innerCell<Number: RealNumber>(from low: Double, to high: Double) -> QuantizationCell<Number>

  // MARK: Rows of cells
  //
  // What follows is derived from the above for every density, and a requirement for two reasons: a density with a closed form
  // puts it in its place, and the loop over the cells, on which all time is spent, is compiled for each density with its
  // conformance. Generic code, and code behind an existential, reaches that copy, so that nobody keeps a list of densities.

  /// The cells between neighbouring thresholds, the first from a on and the last up to b.
  func cells(from a: Double, cutAt thresholds: [Double], to b: Double) -> [QuantizationCell<Double>]
  /// The same, enclosed.
  func enclosedCells(from a: Double, cutAt thresholds: [Double], to b: Double) -> [QuantizationCell<Interval>]
  /// f at every number of a list.
  func values(at points: [Double]) -> [Double]
  /// Entropy, distortion and their derivatives of a quantizer with one step.
  func sums(of steps: EqualSteps) -> StepSums
  /// Entropy in nats and distortion, enclosed, of the very code that has those thresholds.
  func enclosure(of steps: EqualSteps) -> (entropy: Interval, distortion: Interval)
  /// Entropy and distortion of uniform thresholds, averaged over their offset.
  func offsetAverages(step: Double) -> OffsetAverages
  /// The same entropy in nats and distortion, enclosed, for a positive finite step.
  func enclosedOffsetAverages(step: Double) -> (information: Interval, conditional: Interval)
}

extension ScalarDensity {
  /// Not known to be.
  public var isSymmetric: Bool { false }
  /// None.
  public var memorylessDecays: [Side: Double] { [:] }
  /// No polynomial.
  @inlinable
  public func degree(at m: Double) -> Int { .max }

  /// |f| <= f(m) `growth` on the disc about the interval's middle m, if that lies in the disc; else infinite.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    let m = real.lowerBound + (real.upperBound - real.lowerBound) / 2
    let half = (real.upperBound - real.lowerBound) / 2 * (1 + 0x1p-40)
    guard half * half + imaginary * imaginary < radius(at: m) * radius(at: m) * (1 - 0x1p-40) else {
      return .infinity
    }
    return density(Interval(m)).upper * growth(at: m)
  }

  /// By quadrature, to a relative 1e-12, over all but 1e-60 of the probability; not a number where that fails.
  public var panterDiteConstant: Double {
    let (low, high) = body(leaving: 1e-60)
    // Pieces without corners, each not much wider than its distance from 0.
    let scales = (-1...10).map { Double(sign: .plus, exponent: $0, significand: 1) }
    let cuts = Set(corners + [0] + scales + scales.map { -$0 }).filter { $0 > low && $0 < high }.sorted()
    var whole = 0.0
    for (a, b) in zip([low] + cuts, cuts + [high]) {
      let part = try? adaptiveIntegral("integral of f^(1/3) for \(name)", from: a, to: b) { x in
        Double.exp(Double.log(density(x)) / 3)
      }
      whole += part?.value ?? .nan
    }
    return whole * whole * whole / 12
  }

  /// Whether the support is bounded on both sides: H and D of quantizers then have corners wherever a cell enters at an end.
  @inlinable
  public var isBounded: Bool { support.lowerBound > -.infinity && support.upperBound < .infinity }

  /// A place beyond which one side has at most the probability q: the support's end, if it has one there; otherwise found to
  /// 0.01 between where the closed form of the tail begins and `reach`.
  public func end(_ side: Side, leaving q: Double) -> Double {
    if side == .left, isSymmetric { return -end(.right, leaving: q) }
    var end = side == .right ? support.upperBound : -support.lowerBound
    if end == .infinity {
      var low = side == .right ? tailStart : -lowerTailStart
      end = reach
      while end - low > 0.01 {
        let middle = (low + end) / 2
        let beyond =
          side == .right
          ? tail(from: middle, as: Double.self).probability : lowerTail(upTo: -middle, as: Double.self).probability
        if beyond > q { low = middle } else { end = middle }
      }
    }
    return side == .right ? end : -end
  }
}

/// A density without parameters: there is one of its kind, and its scale says the rest.
public protocol StandardDensity: ScalarDensity {
  /// The standard density.
  init()
}

/// A density that is the same on both sides of 0: f(-x) = f(x).
///
/// Moments of the left side are mirror images of those of the right, and the mean is 0. The proof is the formula of f at each
/// conformer.
public protocol SymmetricDensity: ScalarDensity {}

extension SymmetricDensity {
  /// It is.
  @inlinable
  public var isSymmetric: Bool { true }
  /// 0.
  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 0 }
  /// -`tailStart`.
  public var lowerTailStart: Double { -tailStart }
  /// The mirror image of the upper tail.
  public func lowerTail<Number: RealNumber>(upTo b: Double, as number: Number.Type) -> QuantizationCell<Number> {
    tail(from: -b, as: Number.self).mirrored
  }
}

/// A density whose support ends above: there is no upper tail.
public protocol BoundedAboveDensity: ScalarDensity {}

extension BoundedAboveDensity {
  /// The end of the support.
  public var tailStart: Double { support.upperBound }
  /// Empty: nothing lies beyond the support.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    QuantizationCell(probability: 0, anchor: a, offset: 0, distortion: 0)
  }
}

/// A density whose support begins at a finite point: there is no lower tail.
public protocol BoundedBelowDensity: ScalarDensity {}

extension BoundedBelowDensity {
  /// The start of the support.
  public var lowerTailStart: Double { support.lowerBound }
  /// Empty: nothing lies below the support.
  public func lowerTail<Number: RealNumber>(upTo b: Double, as number: Number.Type) -> QuantizationCell<Number> {
    QuantizationCell(probability: 0, anchor: b, offset: 0, distortion: 0)
  }
}
