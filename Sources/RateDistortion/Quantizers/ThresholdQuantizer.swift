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
    var codepoints: [Double] = []
    var probabilities: [Double] = []
    codepoints.reserveCapacity(thresholds.count + 1)
    probabilities.reserveCapacity(thresholds.count + 1)
    Self.forEachCell(of: density, thresholds) { (cell: QuantizationCell<Double>) in
      codepoints.append(cell.centroid)
      probabilities.append(cell.probability)
    }
    self.codepoints = codepoints
    self.probabilities = probabilities
  }

  /// The number of cells.
  public var levels: Int { thresholds.count + 1 }

  /// H in nats and D of the quantizer on a standard density, with centroids as codepoints; with `Interval`, enclosures of
  /// them, whatever the arrays of codepoints and probabilities say.
  public func performance<Density: ScalarDensity, Number: RealNumber>(
    on density: Density, as number: Number.Type = Number.self
  ) -> (entropy: Number, distortion: Number) {
    var entropy: Number = 0
    var distortion: Number = 0
    Self.forEachCell(of: density, thresholds) { (cell: QuantizationCell<Number>) in
      entropy = entropy + cell.entropy
      distortion = distortion + cell.distortion
    }
    return (entropy, distortion)
  }

  private static func forEachCell<Density: ScalarDensity, Number: RealNumber>(
    of density: Density, _ thresholds: [Double], _ body: (QuantizationCell<Number>) -> Void
  ) {
    var a = density.support.lowerBound
    for b in thresholds {
      body(density.cell(from: a, to: b))
      a = b
    }
    body(density.cell(from: a, to: density.support.upperBound))
  }
}
