import IntervalArithmetic

/// The eigenvalues of a source's covariance as a certificate names them: what reverse water-filling and the codes of coefficients rest
/// on.
///
/// The source's own eigenvalues are enclosed anew. Those named must be possible: as many, in decreasing order, each enclosure
/// meeting the source's own. What is proved is proved with the source's own ones, so that a name that is wrong proves nothing, and
/// one made on another machine, whose enclosures end elsewhere, does.
public struct NamedEigenvalues: Evidence, Equatable {
  public static let type = "eigenvalues"
  public static let meaning =
    "Enclosures of the covariance's eigenvalues, in decreasing order. They must meet those that are computed anew from the source's "
    + "parameters, with which reverse water-filling is then done: sum of max(0, 1/2 log2(lambda/theta)) at D = sum of "
    + "min(theta, lambda)."

  /// The lower ends.
  public let lower: [Double]
  /// The upper ends.
  public let upper: [Double]

  /// The names of enclosures in decreasing order.
  public init(_ eigenvalues: [Interval]) {
    lower = eigenvalues.map(\.lower)
    upper = eigenvalues.map(\.upper)
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    lower = try form.numbers("eigenvalues_lower")
    upper = try form.numbers("eigenvalues_upper")
    guard lower.count == upper.count, !lower.isEmpty else {
      throw MalformedEvidence("\"eigenvalues_lower\" and \"eigenvalues_upper\" do not hold equally many numbers")
    }
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, members) }

  /// Both ends, as members of this evidence and of what includes it.
  public var members: [EvidenceForm.Member] {
    [.init("eigenvalues_lower", .numbers(lower)), .init("eigenvalues_upper", .numbers(upper))]
  }

  public var sentence: String {
    "reverse water-filling of the \(lower.count) eigenvalues that --format json prints, each enclosed"
  }

  /// Objects to names that are not those of the eigenvalues enclosed here.
  ///
  /// - Throws: `DomainError.evidenceRefused`.
  func require(_ own: [Interval]) throws(DomainError) {
    guard lower.count == own.count else {
      throw .evidenceRefused("\(lower.count) eigenvalues are named, and the source has \(own.count)")
    }
    for (k, value) in own.enumerated() {
      guard lower[k] <= upper[k], lower[k] <= value.upper, value.lower <= upper[k] else {
        throw .evidenceRefused("eigenvalue \(k + 1) is not what is named")
      }
    }
  }
}
