import IntervalArithmetic

/// A vector quantizer of the plane with entropy coding: codewords and code lengths, and the slope that weighs them.
///
/// x goes to the codeword of least beta |x - y_i|^2 + l_i; its index is coded with l_i nats. With lengths -log of the cells'
/// probabilities and centroids as codewords no change of one of the three alone makes the code better (Chou, Lookabaugh, Gray
/// 1989).
///
/// - Units: of the standard source; lengths in nats.
package struct Codebook: Sendable, Equatable {
  /// beta, in nats per unit of distortion.
  package var slope: Double
  /// The codewords' first coordinates.
  package var first: [Double]
  /// The codewords' second coordinates.
  package var second: [Double]
  /// l_i.
  package var lengths: [Double]

  /// A codebook by its numbers, unchecked.
  package init(slope: Double, first: [Double], second: [Double], lengths: [Double]) {
    self.slope = slope
    self.first = first
    self.second = second
    self.lengths = lengths
  }

  /// The number of codewords.
  package var count: Int { lengths.count }

  /// The mean for everything, at no rate.
  package static func silence(of source: BentGaussian) -> Codebook {
    Codebook(slope: 1, first: [0], second: [source.meanOfSecond], lengths: [0])
  }

  /// The most codewords that are evaluated.
  static let mostWords = 2048
  /// The farthest coordinate of a codeword.
  private static let farthest = 1e3

  /// Throws unless it is a code: a slope, at least one codeword, none twice or far out, and lengths that satisfy Kraft's
  /// inequality.
  ///
  /// The inequality may be missed by 1e-9, for lengths are rounded; the rate is the entropy, and rests on no length.
  func require() throws(LawRefused) {
    guard slope > 0, slope.isFinite else { throw LawRefused("the slope is no positive number") }
    guard first.count == count, second.count == count else {
      throw LawRefused("there are not two coordinates and a length for every codeword")
    }
    guard (1...Self.mostWords).contains(count) else {
      throw LawRefused("there are not 1 to \(Self.mostWords) codewords")
    }
    guard (first + second).allSatisfy({ abs($0) <= Self.farthest }) else {
      throw LawRefused("a codeword lies beyond \(Self.farthest.words)")
    }
    guard Set(zip(first, second).map { SIMD2($0, $1) }).count == count else {
      throw LawRefused("a codeword is there twice")
    }
    guard lengths.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw LawRefused("a code length is no number from 0 on")
    }
    let sum = lengths.reduce(Interval(0)) { $0 + .exp(-Interval($1)) }
    guard sum.upper <= 1 + 1e-9 else { throw LawRefused("the code lengths break Kraft's inequality") }
  }
}

extension Codebook: Evidence {
  package static let type = "vector-quantizer"
  package static let meaning =
    "A vector quantizer of the plane, in units of the source's scale: the slope beta, codewords y_i and code lengths l_i in "
    + "nats. x goes to the codeword of least beta |x - y_i|^2 + l_i. The enclosed entropy of its cells is achievable, if the "
    + "enclosed distortion is at most D; lengths that break Kraft's inequality are refused, and the rate rests on none."

  package init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      slope: try form.number("slope_nats"), first: try form.numbers("first"), second: try form.numbers("second"),
      lengths: try form.numbers("lengths_nats"))
  }

  package var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("slope_nats", .number(slope)), .init("first", .numbers(first)), .init("second", .numbers(second)),
        .init("lengths_nats", .numbers(lengths)),
      ])
  }

  package var sentence: String { "the vector quantizer of \(count) codewords that --format json prints" }
}

extension Codebook: SharedCode {
  package static let shared = (
    type: "vector-quantizers",
    meaning:
      "Two vector quantizers that share the time. The mixture's enclosed entropy is achievable, if its enclosed distortion is "
      + "at most D."
  )

  package static func sentence(of codes: SharedCodes<Codebook>) -> String {
    "vector quantizers of \(codes.coarser.count) and \(codes.finer.count) codewords that --format json prints, the second "
      + "\(codes.weight.words) of the time"
  }
}
