import IntervalArithmetic

/// E(D), the least entropy of a one-shot code of distortion at most D.
///
/// It is the rate of the biuniform code whose distortion is D: K equal cells and one smaller. In short (the whole proof is
/// in the module's documentation, "Biuniform codes are optimal"), with G(p) = p delta(p) the cost of a cell:
///
/// 1. *Stationarity.* An optimal code has finitely many cells, and multipliers lambda > 0, nu with
///    -log p - 1 + lambda G'(p) = nu at every cell size. The left side decreases, increases, and for ramp and circle
///    decreases again: at most three sizes p1 < p2 < p3.
/// 2. *Second order.* Two cells of one size where the left side decreases could trade probability without touching either
///    constraint, and would gain: at most one cell of size p1, one of size p3, and any number of size p2.
/// 3. *p1 + p2 + p3 > 1* for distinct roots. So no code has all three sizes; one p3 with K of p2 has p3 + K p2 = 1, hence
///    p1 > (K - 1) p2, a contradiction unless K = 1; and two cells are a biuniform code with K = 1 whatever they are.
///
/// That is the theorem which a `BiuniformOptimal` source asserts: for sawbridge and uniform there is no p3; for the ramp step 3
/// has a written proof (it is tight at the triple root p = 1/3, lambda = 18); for circle and sinusoid step 3 is an inequality
/// between elementary functions that `CircleProof` verifies with intervals.
///
/// E is strictly decreasing on (0, Dmax), with an infinite slope just below the distortion of every uniform code: a D
/// rounded in its sixth digit can move the rate by 4e-5 bits, so D is taken as the exact value of the binary number.
///
/// - Domain: D > 0; E is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", Theorems 3 and 5; Gyorgy and Linder
///   2000 for the uniform scalar.
public struct EntropyDistortionFunction<Source: BiuniformOptimal>: BiuniformLimit {
  @usableFromInline let family: BiuniformFamily<Source>

  /// E(D) of a source.
  public init(source: Source) {
    family = BiuniformFamily(source: source)
  }

  public var name: CurveName { .exact }
  public var kind: BoundKind { .exact }
  public var summary: String { "entropy-distortion function E(D) (Bhadane, Wagner, Balle 2022, Theorems 3 and 5)" }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let bracket = family.bracket(at: distortion)
    return Bound(
      kind: .exact, distortion: distortion, rate: bracket.rate, slope: bracket.slope,
      evidence: BiuniformBracket(above: bracket.above, below: bracket.below))
  }

  public var evidence: [any Evidence.Type] { [BiuniformBracket.self, BiuniformCode.self, DualMultiplier.self] }

  /// Two biuniform codes prove both ends, a single one the upper end; a dual multiplier proves the lower end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let code as BiuniformCode:
      return .hull(0, family.achieved(by: code, atDistortion: distortion))
    case let bracket as BiuniformBracket:
      let lower = family.exceeded(by: bracket.below, atDistortion: distortion)
      return .hull(lower, family.achieved(by: bracket.above, atDistortion: distortion))
    case is DualMultiplier:
      return try DualBound(source: family.source).proof(by: evidence, at: distortion)
    default:
      return .entire
    }
  }
}

/// The best biuniform code: the least rate of K cells of (1 - eps)/K and one of eps <= 1/(K+1) with distortion at most D.
///
/// An upper bound on E(D) by its very form, with the code as certificate, whatever is proved of optimality.
///
/// - Domain: D > 0; the rate is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", after Theorems 4 and 6.
public struct BiuniformUpperBound<Source: CellSource>: BiuniformLimit {
  @usableFromInline let family: BiuniformFamily<Source>

  /// The best biuniform codes of a source.
  public init(source: Source) {
    family = BiuniformFamily(source: source)
  }

  public var name: CurveName { .upper }
  public var kind: BoundKind { .upper }
  public var summary: String {
    "best biuniform code, achievable in one shot (Bhadane, Wagner, Balle 2022, sec. III, IV)"
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let bracket = family.bracket(at: distortion)
    return Bound(
      kind: .upper, distortion: distortion, rate: bracket.rate, slope: bracket.slope,
      evidence: bracket.above)
  }

  public var evidence: [any Evidence.Type] { [BiuniformCode.self] }

  /// A code proves the upper end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let code = evidence as? BiuniformCode else { return .entire }
    return .hull(0, family.achieved(by: code, atDistortion: distortion))
  }
}

/// A curve through the biuniform codes of a source.
@usableFromInline
protocol BiuniformLimit: Limit {
  associatedtype Source: CellSource
  var family: BiuniformFamily<Source> { get }
}

extension BiuniformLimit {
  public var largestDistortion: Double { family.largestDistortion }
  public var enclosedLargestDistortion: Interval { family.source.distortionOfSilence(as: Interval.self) }

  @inlinable
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint { family.point(at: distortion) }

  @inlinable
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { family.point(ofRate: rate) }
}

extension BiuniformFamily {
  /// The path's rate at a distortion, in floating point.
  @inlinable
  func point(at distortion: Double) -> OperatingPoint {
    let place = place(atDistortion: distortion).place
    return OperatingPoint(
      distortion: distortion, nats: place.code.entropy(as: Double.self), natsPerDistortion: beta(at: place))
  }

  /// The path's distortion at a rate in bits, in floating point.
  @inlinable
  func point(ofRate rate: Double) -> OperatingPoint {
    let place = place(atRate: rate * natsPerBit)
    return OperatingPoint(
      distortion: place.code.distortion(on: source, as: Double.self), rate: rate,
      slope: beta(at: place).map { $0 / natsPerBit })
  }

  /// Two codes of the path, one proved to have distortion at most D (its rate is achievable), one proved to have at least D
  /// (its rate is no more than that of the path at D), and the interval between their rates in bits.
  struct Bracket {
    var above: BiuniformCode
    var below: BiuniformCode
    var rate: Interval
    var slope: Double?
  }

  /// The rate in bits that a code proves achievable at D: its entropy, if its distortion is at most D; else infinity.
  func achieved(by code: BiuniformCode, atDistortion distortion: Double) -> Double {
    guard code.distortion(on: source, as: Interval.self).upper <= distortion else { return .infinity }
    return (code.entropy(as: Interval.self) / .ln2).upper
  }

  /// The bracket of codes around D > 0: the code of the path moved by a margin, as its distortion's derivative says, until
  /// intervals confirm on which side of D it lies. The first margin, eight ulps of D, nearly always suffices.
  func bracket(at distortion: Double) -> Bracket {
    let silence = BiuniformCode(uncheckedEqualCells: 1, oddCell: 0)
    let found = place(atDistortion: min(distortion, largestDistortion))
    let above = code(onSide: -1, of: distortion, from: found) { $0.upper <= distortion }
    let below = code(onSide: 1, of: distortion, from: found) { $0.lower >= distortion } ?? silence
    let lower = max(0, (below.entropy(as: Interval.self) / .ln2).lower)
    guard let above else {
      // No code's distortion could be enclosed (D near the smallest number there is): nothing is claimed.
      return Bracket(above: silence, below: below, rate: .hull(lower, .infinity), slope: nil)
    }
    let upper = (above.entropy(as: Interval.self) / .ln2).upper
    let slope = beta(at: found.place).map { $0 / natsPerBit }
    return Bracket(above: above, below: below, rate: .hull(lower, max(lower, upper)), slope: slope)
  }

  /// The nearest code of the path, at smaller (`side` -1) or larger (+1) distortion, whose enclosed distortion passes a test;
  /// nil at the end of the path.
  private func code(
    onSide side: Double, of distortion: Double, from found: (place: Place, slope: Double),
    where passes: (Interval) -> Bool
  ) -> BiuniformCode? {
    // Within the same K the distortion is nearly linear in s: four margins.
    let near = nudged(from: 0x1p-49, by: 4, below: 0x1p-41) { margin -> BiuniformCode? in
      var place = found.place
      place.s = min(max(place.s + side * margin * distortion / found.slope, 0), 1)
      return passes(place.code.distortion(on: source, as: Interval.self)) ? place.code : nil
    }
    // Past the end of it, anywhere on the path.
    return near
      ?? nudged(from: 0x1p-49, by: 2, below: 1) { margin -> BiuniformCode? in
        let moved = distortion * (1 + side * margin)
        guard moved < largestDistortion else { return nil }
        let code = place(atDistortion: moved).place.code
        return passes(code.distortion(on: source, as: Interval.self)) ? code : nil
      }
  }
}

extension BiuniformFamily where Source: BiuniformOptimal {
  /// The rate in bits that E(D) is proved to be at least, by a code of the path whose distortion is at least D: E falls with
  /// D and equals the code's entropy at the code's own distortion. A code off the path (eps > 1/(K+1)), or one of smaller
  /// distortion, proves no more than 0.
  func exceeded(by code: BiuniformCode, atDistortion distortion: Double) -> Double {
    let isOnPath = (Interval(code.oddCell) * (Interval(code.equalCells) + 1)).upper <= 1
    guard isOnPath, code.distortion(on: source, as: Interval.self).lower >= distortion else { return 0 }
    return max(0, (code.entropy(as: Interval.self) / .ln2).lower)
  }
}
