import IntervalArithmetic

/// A lattice of the plane as a code: what it is, its step, and where it lies.
///
/// Every x goes to the cell of its nearest lattice point, the index is entropy-coded, and the decoder puts the cell's centroid. Of
/// the lattice `components` the numbers of column and row are coded apart, without knowledge of each other, and so are their
/// centroids taken: that is one uniform quantizer for either coordinate.
///
/// - Units: of the standard source; the offset in steps, from the source's mean to a lattice point.
package struct LatticeQuantizer: Sendable, Equatable {
  let lattice: PlaneLattice
  /// The distance of two neighbours.
  package var step: Double
  /// Where the row 0 and its point 0 lie, from the mean.
  package var offset: SIMD2<Double>

  init(_ lattice: PlaneLattice, step: Double, offset: SIMD2<Double>) {
    self.lattice = lattice
    self.step = step
    self.offset = offset
  }

  /// The lattices' names are `square`, `hexagonal` and `components`; nil for another.
  package init?(lattice name: String, step: Double, offset: SIMD2<Double>) {
    guard let lattice = PlaneLattice.all.first(where: { $0.name == name }) else { return nil }
    self.init(lattice, step: step, offset: offset)
  }

  /// The rate at which the finest lattice lies, in bits, by h(X) - log of a cell's area: some 16,000 cells.
  static let largestRate = 10.0

  /// The steps that are evaluated: from a quarter of a bit beyond `largestRate` to 40 deviations.
  static func steps(of lattice: PlaneLattice, _ source: BentGaussian) -> ClosedRange<Double> {
    let least = (source.differentialEntropy.midpoint - lattice.logArea - (largestRate + 0.25) * natsPerBit) / 2
    return Double.exp(least)...40 * max(source.first, source.second)
  }

  /// Throws unless it is one that is evaluated.
  func require(of source: BentGaussian) throws(LawRefused) {
    let steps = Self.steps(of: lattice, source)
    guard step >= steps.lowerBound * (1 - 0x1p-20), step <= steps.upperBound else {
      throw LawRefused("the step is not from \(steps.lowerBound.words) to \(steps.upperBound.words)")
    }
    guard abs(offset.x) <= 1, abs(offset.y) <= 1 else { throw LawRefused("the offset is not from -1 to 1 steps") }
  }
}

extension LatticeQuantizer: Evidence {
  package static let type = "lattice"
  package static let meaning =
    "A lattice of the plane, square or hexagonal, by the distance of two neighbours and the offset of a lattice point from the mean "
    + "in steps; rows lie along the first coordinate, and cells are reproduced at their centroids. \"components\" is the square "
    + "one with columns and rows coded apart and reproduced at the centroids of either. The enclosed entropy is achievable, if "
    + "the enclosed distortion is at most D."

  package init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let offset = try form.numbers("offset")
    guard offset.count == 2 else { throw MalformedEvidence("\"offset\" does not hold two numbers") }
    let name = try form.text("lattice")
    let step = try form.number("step")
    guard let named = LatticeQuantizer(lattice: name, step: step, offset: SIMD2(offset[0], offset[1])) else {
      throw MalformedEvidence("\"lattice\" is none of square, hexagonal and components")
    }
    self = named
  }

  package var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("lattice", .text(lattice.name)), .init("step", .number(step)),
        .init("offset", .numbers([offset.x, offset.y])),
      ])
  }

  package var sentence: String {
    if lattice.isApart {
      return "both coordinates by uniform thresholds of step \(step.words), coded apart, a cell's middle "
        + "\(offset.x.words), \(offset.y.words) steps from the mean, centroids"
    }
    return
      "the \(lattice.name) lattice of step \(step.words), offset \(offset.x.words), \(offset.y.words) steps from the mean, centroids"
  }
}
