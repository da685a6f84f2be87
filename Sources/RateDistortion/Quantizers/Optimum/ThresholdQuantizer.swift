import IntervalArithmetic

/// A scalar quantizer named by its thresholds: the cells are the intervals between them, the codepoints their centroids.
///
/// Thresholds and codepoints are counted in units of the source's scale, so a quantizer says as much about the standard
/// source as about s X: the distortion of s X is s^2 times that of X, and the entropy the same.
public struct ThresholdQuantizer: Sendable, Equatable {
  /// The finite thresholds, increasing, in units of the source's scale.
  public let thresholds: [Double]
  /// The codepoints, one more than there are thresholds, in units of the source's scale.
  public let codepoints: [Double]
  /// The cells' probabilities.
  public let probabilities: [Double]

  /// The quantizer of given thresholds for a density.
  ///
  /// - Parameter thresholds: increasing, inside the support and within `reach`; none is the quantizer of rate 0.
  /// - Throws: `DomainError.thresholdsOutOfOrder` if they are not.
  public init<Density: ScalarDensity>(thresholds: [Double], of density: Density) throws(DomainError) {
    var previous = max(density.support.lowerBound, -density.reach)
    for (index, threshold) in thresholds.enumerated() {
      guard threshold > previous || (index == 0 && threshold == previous && previous.isInfinite) else {
        throw .thresholdsOutOfOrder(index: index)
      }
      previous = threshold
    }
    guard thresholds.isEmpty || previous < min(density.support.upperBound, density.reach.nextUp) else {
      throw .thresholdsOutOfOrder(index: thresholds.count - 1)
    }
    self.init(unchecked: thresholds, of: density)
  }

  /// A quantizer as it was written down, unchecked; `performance` and every proof use its thresholds alone, in a quantizer made
  /// anew for the density.
  public init(thresholds: [Double], codepoints: [Double], probabilities: [Double]) {
    self.thresholds = thresholds
    self.codepoints = codepoints
    self.probabilities = probabilities
  }

  /// The quantizer of thresholds known to be in order.
  init<Density: ScalarDensity>(unchecked thresholds: [Double], of density: Density) {
    self.thresholds = thresholds
    let cells = density.cells(from: density.support.lowerBound, cutAt: thresholds, to: density.support.upperBound)
    codepoints = cells.map(\.centroid)
    probabilities = cells.map { min(1, $0.probability) }
  }

  /// The number of cells.
  public var levels: Int { thresholds.count + 1 }

  /// H in nats and D of the quantizer on a standard density, with centroids as codepoints; with `Interval`, enclosures of
  /// them, whatever the arrays of codepoints and probabilities say.
  public func performance<Number: RealNumber>(
    on density: some ScalarDensity, as number: Number.Type = Number.self
  ) -> (entropy: Number, distortion: Number) {
    var entropy: Number = 0
    var distortion: Number = 0
    var start = density.support.lowerBound
    for end in thresholds + [density.support.upperBound] {
      let cell: QuantizationCell<Number> = density.cell(from: start, to: end)
      entropy = entropy + cell.entropy
      distortion = distortion + cell.distortion
      start = end
    }
    return (entropy, distortion)
  }
}

extension ThresholdQuantizer: Evidence {
  public static let type = "scalar-quantizer"
  public static let meaning =
    "A scalar quantizer by its thresholds, in units of the source's scale. Its enclosed entropy is achievable, if its enclosed "
    + "distortion about the centroids is at most D; codepoints and probabilities are there to read and are not trusted."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      thresholds: try form.numbers("thresholds"), codepoints: try form.numbers("codepoints"),
      probabilities: try form.numbers("probabilities"))
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("thresholds", .numbers(thresholds)), .init("codepoints", .numbers(codepoints)),
        .init("probabilities", .numbers(probabilities)),
      ])
  }

  public var sentence: String { "the scalar quantizer of \(levels) levels whose thresholds --format json prints" }
}

extension ThresholdQuantizer: SharedCode {
  public static let shared = (
    type: "quantizers",
    meaning:
      "Two scalar quantizers that share the time. The mixture's enclosed entropy is achievable, if its enclosed distortion is at "
      + "most D."
  )

  public static func sentence(of codes: SharedCodes<ThresholdQuantizer>) -> String {
    "scalar quantizers of \(codes.coarser.levels) and \(codes.finer.levels) levels, the second \(codes.weight.words) of the time"
  }
}

/// Two scalar quantizers, in units of the source's scale, the second used for the share `weight` of the time.
public typealias SharedQuantizers = SharedCodes<ThresholdQuantizer>
