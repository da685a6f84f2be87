import IntervalArithmetic

/// The best one-shot codes known: the lower convex hull of designed codes, for the marginal or the conditional rate. Where
/// two codes share the time, encoder and decoder agree beforehand which is used when, as for `ecsq`.
///
/// Codes come from a `DesignTable`, which the program carries for some problems; for any other they are sought once, and
/// enclosed where they are used (`DesignedCorners`). Points are looked up and shared between the neighbouring corners, at a
/// price of at most 5e-4 bits (`DesignSearch.price`) over the hull of the designs themselves.
///
/// - Domain: D from that of the code for the largest slope (`DesignedCode.largestSlope`) up; below, the rate is infinite, as no
///   code was designed.
/// - Kind: `upper`: the codes' distortion is proved to be at most D and their rate enclosed, to some 1e-11 bits; that no code
///   is better is not claimed.
public struct DesignedCurve: Limit {
  /// The source and side information.
  public let problem: GaussianSideInformation
  /// Which rate counts.
  public let coding: IndexCoding
  /// Whether codes are designed for the very point.
  var isPrecise = false
  /// The corners of the hull.
  private let table: LazyTable<DesignedCorners>

  /// The curve of designed codes.
  public init(_ problem: GaussianSideInformation, coding: IndexCoding) {
    self.problem = problem
    self.coding = coding
    let shipped = ShippedDesigns.table(spread: problem.spread, coding: coding)
    table = LazyTable(isCarried: shipped != nil) {
      shipped?.stored.map(DesignedCorners.init)
        ?? DesignedCorners(found: DesignSearch(spread: problem.spread, coding: coding))
    }
  }

  /// Whether the program carries the table.
  public var isCarried: Bool { table.isCarried }
  public var preparation: (@Sendable () -> Void)? { table.preparation }

  public var name: CurveName { coding == .marginal ? .designedMarginal : .designedConditional }
  public var kind: BoundKind { .upper }
  /// Points are looked up, but the check of a claim takes a tenth of a second, and the search for codes that are not carried 10
  /// to 25 seconds of CPU time.
  public var isCostly: Bool { true }
  public var precise: DesignedCurve? {
    var precise = self
    precise.isPrecise = true
    return precise
  }
  public var summary: String {
    "designed one-shot codes with binning, shared at 5e-4 bits over their hull: "
      + (coding == .marginal ? "H(index)" : "H(index|Y), ideal Slepian-Wolf coding")
  }
  public var largestDistortion: Double { problem.conditionalVariance }
  public var enclosedLargestDistortion: Interval { problem.enclosedVariance }
  public var evidence: [any Evidence.Type] { [SharedLabelledCodes.self] }

  // MARK: Points

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    if isPrecise { return try precisePoint(at: distortion) }
    guard let chord = try corners().hull.chord(atDistortion: min(distortion / largestDistortion, 1)) else {
      return OperatingPoint(distortion: distortion, rate: .infinity, slope: nil)
    }
    return OperatingPoint(
      distortion: distortion, rate: chord.rate(atDistortion: distortion / largestDistortion),
      slope: chord.slope / largestDistortion)
  }

  /// The hull at a rate; above the rates that are designed, the point of the largest one.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    if isPrecise { return try precisePoint(ofRate: rate) }
    let corners = try corners().hull
    if let chord = corners.chord(atRate: rate) {
      return OperatingPoint(
        distortion: chord.distortion(atRate: rate) * largestDistortion, rate: rate,
        slope: chord.slope / largestDistortion)
    }
    let last = corners.corners[corners.corners.count - 1]
    return OperatingPoint(distortion: last.distortion * largestDistortion, rate: rate, slope: nil)
  }

  /// The corners.
  ///
  /// - Throws: `DomainError` for a problem that no code is designed for.
  func corners() throws(DomainError) -> DesignedCorners {
    try DesignedCode.require(problem)
    return table.value()
  }

  // MARK: Bounds

  /// Designed codes whose distortion, sharing the time, is proved to be at most D, and their enclosed rate; unbounded below the
  /// distortions that codes are designed for.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    if isPrecise, let bound = try preciseBound(at: distortion) { return bound }
    let corners = try corners()
    let bound = nudged(from: 4e-15, by: 4, below: 1e-3) { margin -> Bound? in
      let goal = min(distortion / largestDistortion, 1) * (1 - margin)
      guard let chord = corners.hull.chord(atDistortion: goal), let coarser = corners.entry(chord.index - 1),
        let finer = corners.entry(chord.index)
      else { return nil }
      let weight = DesignHull.Chord(index: chord.index, coarser: coarser.corner, finer: finer.corner)
        .weight(atDistortion: goal)
      let mix = { (a: Interval, b: Interval) in (1 - Interval(weight)) * a + Interval(weight) * b }
      let reached = mix(coarser.distortion, finer.distortion) * problem.enclosedVariance
      guard reached.upper <= distortion else { return nil }
      return Bound(
        kind: kind, distortion: distortion, rate: mix(coarser.rate, finer.rate),
        slope: chord.slope / largestDistortion,
        evidence: SharedLabelledCodes(
          coarser: coarser.code.scaled(to: problem), finer: finer.code.scaled(to: problem), weight: weight))
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no code was designed for a distortion as small, or none that can be enclosed"))
  }

  /// Two codes that share the time, enclosed.
  private func enclosed(
    _ coarser: LabelledQuantizer, _ finer: LabelledQuantizer, weight: Double
  ) -> SideInformationEnclosure? {
    guard let one = coarser.enclosure(for: problem), let other = finer.enclosure(for: problem) else { return nil }
    return .mixture(one, other, weight: weight)
  }

  /// The named codes' rate if their distortion is proved to be at most D: thresholds and labels are evaluated anew.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let codes = evidence as? SharedLabelledCodes, codes.weight >= 0, codes.weight <= 1 else { return .entire }
    guard let claim = enclosed(codes.coarser, codes.finer, weight: codes.weight) else {
      throw .evidenceRefused("the codes have too many cells and labels: too costly to check here")
    }
    return .hull(0, claim.distortion.upper <= distortion ? claim.rate(coding).upper : .infinity)
  }
}

extension CurveName {
  /// Designed codes by their marginal rate.
  public static let designedMarginal = CurveName(rawValue: "designed-marginal")
  /// Designed codes by their conditional rate.
  public static let designedConditional = CurveName(rawValue: "designed-conditional")
}
