import IntervalArithmetic

/// The estimate of R(D) of the law behind some points, or one of its limits of confidence (`HeldOutEstimate`).
///
/// - Domain: from the distortion at which the points end on; 0 from where the estimate is 0.
/// - Kind: `estimate`, all three. The enclosure is the standard error about the estimate, and a limit by itself.
public struct HeldOutCurve: Limit {
  /// Which of the three.
  enum Side: Sendable {
    case middle
    case below
    case above
  }

  private let curve: KnottedCurve
  private let side: Side
  private let evaluated: Int

  init(_ estimate: HeldOutEstimate, _ side: Side) {
    self.side = side
    evaluated = estimate.evaluated
    switch side {
    case .middle: curve = estimate.middle
    case .below: curve = estimate.below
    case .above: curve = estimate.above
    }
  }

  public var name: CurveName {
    switch side {
    case .middle: return .shannonEstimate
    case .below: return .shannonEstimateLower
    case .above: return .shannonEstimateUpper
    }
  }

  public var kind: BoundKind { .estimate }

  public var summary: String {
    switch side {
    case .middle:
      return "R(D) of the law behind the samples: a channel fitted to one half, evaluated on the other; error_bits is "
        + "one standard error"
    case .below:
      return "below R(D) of the law behind the samples with 97.5 % confidence: a dual function fitted to one half, "
        + "evaluated on the other, less 1.96 standard errors"
    case .above:
      return "above R(D) of the law behind the samples with 97.5 % confidence: a channel fitted to one half, "
        + "evaluated on the other, and 1.96 standard errors"
    }
  }

  public var largestDistortion: Double { curve.largestDistortion }

  public var range: CurveRange {
    CurveRange(leastDistortion: curve.first.distortion, largestRate: curve.first.rate / natsPerBit)
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let (rate, _, slope) = curve.value(at: distortion)
    return OperatingPoint(distortion: distortion, rate: rate / natsPerBit, slope: slope / natsPerBit)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let distortion = curve.distortion(ofRate: rate * natsPerBit)
    return OperatingPoint(
      distortion: distortion, rate: rate, slope: curve.value(at: distortion).slope / natsPerBit)
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let (rate, error, slope) = curve.value(at: distortion)
    let (bits, width) = (rate / natsPerBit, error / natsPerBit)
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, bits - width), bits + width),
      slope: slope / natsPerBit,
      evidence: HeldOutSample(points: evaluated, side: side == .middle ? 0 : side == .below ? -1 : 1))
  }

  /// Points that somebody else drew would say something else: nothing is proved.
  public var evidence: [any Evidence.Type] { [HeldOutSample.self] }
}

extension CurveName {
  /// R(D) of the law behind samples, estimated from held-out ones.
  public static let shannonEstimate = CurveName(rawValue: "shannon-estimate")
  /// The lower limit of confidence of R(D) of the law behind samples.
  public static let shannonEstimateLower = CurveName(rawValue: "shannon-estimate-lower")
  /// The upper limit of confidence of R(D) of the law behind samples.
  public static let shannonEstimateUpper = CurveName(rawValue: "shannon-estimate-upper")
}

/// What stands behind an estimate: how many points were held out, and how many standard errors were added. It proves nothing.
public struct HeldOutSample: Evidence, Equatable {
  public static let type = "held-out-sample"
  public static let meaning =
    "How many samples were held out from fitting, and on which side of the estimate a limit of confidence is (-1, 0 or 1, in units of "
    + "1.96 standard errors). It proves nothing: an estimate is computed anew from the samples and compared."

  /// The points that were held out.
  public let points: Int
  /// -1, 0 or 1.
  public let side: Int

  /// So many points, on a side.
  init(points: Int, side: Int) {
    self.points = points
    self.side = side
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    points = try form.count("points")
    side = try form.count("side")
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["points": Double(points), "side": Double(side)])
  }

  public var sentence: String {
    let limit = side == 0 ? "" : side < 0 ? ", less 1.96 standard errors" : ", and 1.96 standard errors"
    return "an estimate: fitted to other samples and evaluated on \(points) held out\(limit)"
  }
}
