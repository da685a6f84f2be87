import IntervalArithmetic

/// What a lattice of the plane with entropy coding achieves: the square one, or the hexagonal one, at any step, and the best of a few offsets.
///
///     H(s) = -sum of p_i log2 p_i,      D(s) = E|X - centroid of its cell|^2.
///
/// As s -> 0, H = h(X) - log2(A s^2) and D = 2 G A s^2 with a cell's area A at step 1 and its normalised second moment G, so that
/// H lies log2(2 pi e G) above the Shannon lower bound: 0.50923 bits for squares, 0.45371 for hexagons, which no lattice of the plane
/// and, by Gersho's conjecture, no code undercuts. As s grows, with a point of the lattice at the mean, all of the source comes into
/// one cell: H -> 0 and D -> Dmax. Between them the offset matters, and for a bent source much: at a step of some deviations rows lie
/// along the ridge or across it.
///
/// The lattice `components` is the linear transform coder: the covariance of a bent Gaussian is diagonal, E X_0 X_1 = 0 by its symmetry, so that
/// the Karhunen-Loeve transform is none; either coordinate has uniform thresholds of the same step with centroids, and is coded without
/// the other. That costs I(X_0; X_1) more than Z^2 at high rate. Turned by other angles it is not looked at.
///
/// - Kind: upper. The certificate is the lattice; its entropy and distortion are enclosed (`LatticeProof`).
/// - Domain: to 10 bits. Accuracy of `point`: 1e-9.
/// - Source: Zador 1963; Gersho, "Asymptotically Optimal Block Quantization", IEEE Trans. Inform. Theory 25, 1979; Conway, Sloane 1982.
struct LatticeCurve: Limit {
  let name: CurveName
  private let source: BentGaussian
  private let lattice: PlaneLattice
  private let search: LatticeSearch

  init(_ lattice: PlaneLattice, of source: BentGaussian) {
    name = lattice.isApart ? .transformUniformThreshold : CurveName(rawValue: lattice.name)
    self.source = source
    self.lattice = lattice
    search = LatticeSearch(lattice, of: source)
  }

  var kind: BoundKind { .upper }
  var summary: String {
    if lattice.isApart {
      return "Karhunen-Loeve transform, uniform thresholds of one step with centroids, coefficients coded apart"
    }
    return
      "\(lattice.name) lattice with entropy coding and centroids, at any step, the best of \(lattice.offsets.count) offsets"
  }
  var enclosedLargestDistortion: Interval { source.variance() }
  var largestDistortion: Double { enclosedLargestDistortion.upper }
  var range: CurveRange {
    let excess = lattice.isApart ? source.sharedInformation : 0
    let area = Double.exp(source.differentialEntropy.midpoint + excess - LatticeQuantizer.largestRate * natsPerBit)
    return CurveRange(
      leastDistortion: 2 * lattice.loss.normalizedSecondMoment.midpoint * area,
      largestRate: LatticeQuantizer.largestRate)
  }

  // MARK: Floating point

  private func solution(_ target: Target) throws(DomainError) -> LatticeSearch.Found {
    if let found = search.found(target) { return found }
    switch target {
    case .distortion(let distortion): throw .distortionTooSmall(distortion, least: range.leastDistortion)
    case .rate(let nats): throw .rateOutOfRange(nats / natsPerBit, largest: range.largestRate)
    }
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let solution = try solution(.distortion(distortion))
    return OperatingPoint(
      distortion: distortion, nats: max(0, solution.performance.entropy), natsPerDistortion: solution.slope)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let solution = try solution(.rate(rate * natsPerBit))
    return OperatingPoint(
      distortion: min(largestDistortion, solution.performance.distortion), rate: rate,
      slope: solution.slope.map { $0 / natsPerBit })
  }

  // MARK: Proof

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let solution = try solution(.distortion(distortion))
    let bound = nudged(from: 0x1p-33, by: 8, below: 0.5) { margin -> Bound? in
      var code = solution.code
      code.step = max(code.step * (1 - margin), search.steps.lowerBound)
      guard let proof = try? LatticeProof(code, of: source), proof.distortion.upper <= distortion else { return nil }
      let bits = proof.entropy / .ln2
      // The curve at D lies below the code by what its distortion is less than D.
      let spare = (solution.slope ?? 0) * (distortion - proof.distortion.lower) / natsPerBit
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(max(0, bits.lower - 2 * spare), bits.upper),
        slope: solution.slope.map { $0 / natsPerBit }, evidence: code)
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no lattice was enclosed"))
  }

  var evidence: [any Evidence.Type] { [LatticeQuantizer.self] }

  /// A lattice proves its entropy achievable, if its distortion is at most D.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let code = evidence as? LatticeQuantizer, code.lattice == lattice else { return .entire }
    do throws(LawRefused) {
      let proof = try LatticeProof(code, of: source)
      return .hull(0, proof.distortion.upper <= distortion ? (proof.entropy / .ln2).upper : .infinity)
    } catch {
      throw .evidenceRefused(error.description)
    }
  }
}

extension LatticeCurve {
  /// The limits of its gaps, for both components together.
  var gapLimits: GapLimits {
    let excess = lattice.isApart ? source.sharedInformation : 0
    return GapLimits(
      scheme: name, highRateBits: 2 * lattice.loss.bitLoss + excess / natsPerBit,
      highRateDecibels: lattice.loss.decibelLoss + decibels(Double.exp(excess)))
  }
}

extension CurveName {
  /// The square lattice of the plane with entropy coding.
  public static let square = CurveName(rawValue: "square")
  /// The hexagonal lattice of the plane with entropy coding.
  public static let hexagonal = CurveName(rawValue: "hexagonal")
}
