/// Entropy-constrained quantizers of a transform's coefficients, by the slope at which all of them are designed.
public struct CoefficientSlopes: Evidence, Equatable {
  public static let type = "coefficient-slopes"
  public static let meaning =
    "The slope -dH/dD in nats at which every coefficient's entropy-constrained scalar quantizer is designed anew, or two slopes that "
    + "share the time, and enclosures of the coefficients' variances. The quantizers' enclosed entropy is achievable, if their enclosed "
    + "distortion is at most D; the variances named must be those of the source, which are used."

  /// The variances of the coefficients.
  public let eigenvalues: NamedEigenvalues
  /// The slope of the code of the lower rate.
  public let coarser: Double
  /// The slope of the code of the higher rate: the same one where no time is shared.
  public let finer: Double
  /// The finer one's share of the time.
  public let weight: Double

  /// Codes at slopes.
  public init(eigenvalues: NamedEigenvalues, coarser: Double, finer: Double, weight: Double) {
    self.eigenvalues = eigenvalues
    self.coarser = coarser
    self.finer = finer
    self.weight = weight
  }

  /// A code of less distortion: of a larger slope, or with a larger share of the finer code.
  func finer(by margin: Double, upTo largest: Double) -> CoefficientSlopes {
    guard weight < 1 else {
      let slope = min(finer * (1 + margin), largest)
      return CoefficientSlopes(eigenvalues: eigenvalues, coarser: slope, finer: slope, weight: 1)
    }
    return CoefficientSlopes(
      eigenvalues: eigenvalues, coarser: coarser, finer: finer, weight: min(1, weight + margin))
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      eigenvalues: try NamedEigenvalues(form), coarser: try form.number("coarser_slope_nats"),
      finer: try form.number("finer_slope_nats"), weight: try form.number("weight"))
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("coarser_slope_nats", .number(coarser)), .init("finer_slope_nats", .number(finer)),
        .init("weight", .number(weight)),
      ] + eigenvalues.members)
  }

  public var sentence: String {
    let count = eigenvalues.lower.count
    guard weight < 1 else {
      return
        "the optimal scalar quantizers of \(count) coefficients at the slope \(finer.words) nats per unit of distortion"
    }
    return
      "the optimal scalar quantizers of \(count) coefficients at the slopes \(coarser.words) and \(finer.words) nats per unit of "
      + "distortion, the second \(weight.words) of the time"
  }
}
