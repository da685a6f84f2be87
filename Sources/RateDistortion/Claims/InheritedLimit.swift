import IntervalArithmetic

/// A limit that has at D the rate of another one at a distortion d(D): D/2, say, or D - D^2/(4 Dmax).
///
/// d is increasing, so that a lower bound is taken at the largest value that d(D) may have and an upper bound at the least; an
/// exact curve is taken at both. Kind, assurance and range are the other curve's, and so is the evidence (`InheritedClaim`).
///
/// Whether the two rates are the same is a theorem, which whoever makes such a limit asserts, and proves where it is made.
struct InheritedLimit: Limit {
  let name: CurveName
  let summary: String
  /// The other curve.
  let curve: Curve
  /// d.
  let shift: DistortionShift

  /// A limit with the rates of a curve at shifted distortions.
  init(_ name: CurveName, of curve: Curve, at shift: DistortionShift, summary: String) {
    self.name = name
    self.summary = summary
    self.curve = curve
    self.shift = shift
  }

  var kind: BoundKind { curve.kind }
  var largestDistortion: Double { shift.largest(from: curve.largestDistortion) }
  var enclosedLargestDistortion: Interval { shift.largest(from: curve.enclosedLargestDistortion) }
  var slopeOfSilence: Double? { (try? curve.point(atRate: 0)).flatMap { slope($0, at: largestDistortion) } }
  /// d(D) >= D/2.
  var range: CurveRange {
    CurveRange(
      leastDistortion: max(.leastNormalMagnitude, 2 * curve.range.leastDistortion),
      largestRate: curve.range.largestRate)
  }
  var assurance: Assurance { curve.assurance }
  var isCostly: Bool { curve.isCostly }
  var precise: InheritedLimit? {
    curve.hasPrecise ? InheritedLimit(name, of: curve.precise, at: shift, summary: summary) : nil
  }
  var evidence: [any Evidence.Type] { [InheritedClaim.self] }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let point = try curve.point(atDistortion: shift.distortion(from: distortion, largest: curve.largestDistortion))
    return OperatingPoint(distortion: distortion, rate: point.rate, slope: slope(point, at: distortion))
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try curve.point(atRate: rate)
    let distortion = shift.distortion(at: point.distortion, largest: curve.largestDistortion)
    return OperatingPoint(distortion: distortion, rate: point.rate, slope: slope(point, at: distortion))
  }

  /// The other curve's slope, by the chain rule.
  private func slope(_ point: OperatingPoint, at distortion: Double) -> Double? {
    point.slope.map { $0 * shift.slope(at: distortion, largest: curve.largestDistortion) }
  }

  /// d(D), enclosed. From the largest D on the rate is 0, as it is there.
  private func shifted(_ distortion: Double) -> Interval {
    shift.distortion(
      from: .min(Interval(distortion), enclosedLargestDistortion), largest: curve.enclosedLargestDistortion)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let other = shifted(distortion)
    var bound = try curve.bound(atDistortion: kind == .lower ? other.upper : other.lower)
    if kind == .exact || kind == .estimate, !other.isPoint {
      bound.rate = bound.rate.hull(with: try curve.bound(atDistortion: other.upper).rate)
    }
    bound.distortion = distortion
    bound.slope = bound.slope.map { $0 * shift.slope(at: distortion, largest: curve.largestDistortion) }
    bound.evidence = InheritedClaim(curve.name, at: shift.formula, by: bound.evidence)
    return bound
  }

  /// What the other curve finds proved at both ends of d(D): its rate falls with the distortion.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let inherited = evidence as? InheritedClaim, inherited.curve == curve.name,
      inherited.distortion == shift.formula
    else { return .entire }
    let other = shifted(distortion)
    guard other.lower >= max(curve.range.leastDistortion, .leastNormalMagnitude), other.upper.isFinite else {
      return .entire
    }
    let claim: any Evidence
    do throws(MalformedEvidence) {
      claim = try curve.evidence(from: inherited.claim)
    } catch {
      throw .evidenceRefused(error.description)
    }
    let proved = try curve.proved(by: claim, atDistortion: other.lower)
    return other.isPoint ? proved : proved.hull(with: try curve.proved(by: claim, atDistortion: other.upper))
  }
}

/// An increasing function d(D) >= D/2 of the distortion, on (0, D) up to the largest D, where d is the other curve's Dmax.
enum DistortionShift: Sendable {
  /// D/2, up to 2 Dmax.
  case half
  /// What a Gaussian's budget for the law of the reproductions costs (`DeviationBudget`): D - D^2/(4 Dmax), up to 2 Dmax, at perfect realism.
  case deviation(DeviationBudget)
  /// 2 D (1 + 2^-47), up to Dmax/2: twice the distortion, and what squares of differences were rounded by.
  case doubled
  /// What a Wasserstein budget makes of perfect realism (`PerceptionBudget`).
  case perception(PerceptionBudget)

  /// 2 (1 + 2^-47), exactly.
  private static let twice = 2 + 0x1p-46

  /// The function, by name.
  var formula: String {
    switch self {
    case .half: return "D/2"
    case .deviation(let budget): return budget.formula
    case .doubled: return "2 D (1 + 2^-47)"
    case .perception(let budget): return budget.formula
    }
  }

  /// d(D).
  func distortion<Number: RealNumber>(from distortion: Number, largest: Number) -> Number {
    switch self {
    case .half: return distortion / 2
    case .deviation(let budget): return budget.distortion(from: distortion, largest: largest)
    case .doubled: return distortion * Number(Self.twice)
    case .perception(let budget): return budget.realisticDistortion(at: distortion)
    }
  }

  /// The D with d(D) = d.
  func distortion(at d: Double, largest: Double) -> Double {
    switch self {
    case .half: return 2 * d
    case .deviation(let budget): return budget.distortion(at: d, largest: largest)
    case .doubled: return d / Self.twice
    case .perception(let budget): return budget.distortion(ofRealistic: d)
    }
  }

  /// The D with d(D) = Dmax.
  func largest<Number: RealNumber>(from largest: Number) -> Number {
    switch self {
    case .half: return 2 * largest
    case .deviation(let budget): return budget.largest(from: largest)
    case .doubled: return largest / Number(Self.twice)
    case .perception(let budget): return budget.distortion(ofRealistic: largest)
    }
  }

  /// d'(D).
  func slope(at distortion: Double, largest: Double) -> Double {
    switch self {
    case .half: return 0.5
    case .deviation(let budget): return budget.slope(at: distortion, largest: largest)
    case .doubled: return Self.twice
    case .perception(let budget): return budget.slope(at: distortion)
    }
  }
}
