import IntervalArithmetic

/// What one-shot codes of a source in the plane are evaluated on and compared with.
public struct PlaneReference: CodeLimits {
  /// The source as files have it.
  public let plane: BentPlane
  /// What no one-shot code undercuts (`one-shot-lower`), and designed codebooks (`ecvq`): E(D) from both sides.
  public let oneShot: [Curve]
  public let longBlocks: [Curve]

  /// A code of this source.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless reconstructions have two components.
  public func code(
    _ encoder: any PlaneEncoder, lengths: [Double]? = nil, reconstructions: [[Double]]? = nil
  ) throws(DomainError) -> PlaneCode {
    if let given = reconstructions?.first?.count, given != 2 {
      throw .parameterOutOfRange(name: "components of a reconstruction", value: "\(given)", requirement: "2")
    }
    return PlaneCode(plane: plane, encoder: encoder, lengths: lengths, reconstructions: reconstructions)
  }
}

/// A one-shot code of a source in the plane.
public struct PlaneCode: Sendable {
  /// The source as files have it.
  public let plane: BentPlane
  /// What is sent where.
  public let encoder: any PlaneEncoder
  /// The code lengths of the symbols in bits; nil where none are given.
  public let lengths: [Double]?
  /// The decoder's reconstructions; nil where none are given.
  public let reconstructions: [[Double]]?
}

extension CodePerformance {
  /// Evaluates a code in the plane.
  public init(of code: PlaneCode) {
    let sums = code.encoder.sums(on: code.plane)
    let masses = sums.masses
    let given = code.reconstructions.map { points in
      sums.distortion(about: points.map { (Interval($0[0]), Interval($0[1])) })
    }
    var centroids = sums.distortionWithCentroids(masses)
    if let given, given.interval.upper < centroids.interval.upper {
      // Whatever is given away, centroids are better than anything else.
      centroids = EnclosedValue(
        centroids.value, .hull(centroids.interval.lower, given.interval.upper), form: centroids.form)
    }
    self.init(
      masses: masses, lengths: code.lengths, given: given, centroids: centroids, undecided: sums.undecided)
  }
}
