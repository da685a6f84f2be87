import IntervalArithmetic

/// Codes of a finite source that send one letter at a time: the index of its nearest reproduction, or, the rest of the time,
/// nothing, where the decoder puts out the single best reproduction. Encoder and decoder agree beforehand when.
///
/// With L the bits that an index takes, D0 its distortion and Dmax that of the single reproduction, all enclosed,
///
///     R(D) <= L (Dmax - D)/(Dmax - D0),    D0 <= D <= Dmax,
///
/// where L is H(index) for an ideal entropy coder, which needs long blocks of indices but none of letters, and the expected
/// length of Huffman's code for one that has none: the compressor that can be written in an afternoon.
///
/// - Domain: D from the least distortion of all on.
/// - Certificate: the formula; the code follows from the source.
struct LetterCodeCurve: Limit {
  /// How indices are written.
  enum Coder: Sendable {
    /// At their entropy.
    case entropy
    /// By Huffman's words.
    case huffman
  }

  let coder: Coder
  private let solutions: FiniteSolutions
  /// L, D0 and Dmax.
  private let length: Interval
  private let least: Interval
  private let most: Interval

  init(_ solutions: FiniteSolutions, _ coder: Coder) {
    self.solutions = solutions
    self.coder = coder
    let source = solutions.source
    (least, most) = (source.enclosedLeastDistortion, source.enclosedBestDistortion)
    switch coder {
    case .entropy: length = solutions.nearest.rate
    case .huffman: length = source.nearestReproductionWordLength
    }
  }

  var name: CurveName { coder == .entropy ? .letterEntropy : .letterHuffman }
  var kind: BoundKind { .upper }
  var summary: String {
    "one letter at a time, " + (coder == .entropy ? "ideal entropy coder" : "Huffman's code (Huffman 1952)")
      + ", sharing the time with silence"
  }
  private var formula: String {
    "L (Dmax - D)/(Dmax - D0), \(coder == .entropy ? "L = H(index)" : "L of Huffman's code")"
  }

  var largestDistortion: Double { solutions.largestDistortion }
  var enclosedLargestDistortion: Interval { .hull(largestDistortion, .infinity) }
  var range: CurveRange {
    solutions.leastDistortion == 0 ? CurveRange(leastDistortion: 0) : .everywhere
  }

  /// - Throws: also `DomainError.distortionTooSmall` below the source's least distortion.
  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard distortion >= solutions.leastDistortion else {
      throw .distortionTooSmall(distortion, least: solutions.leastDistortion)
    }
    let span = largestDistortion - solutions.leastDistortion
    guard span > 0, span.isFinite else {
      return OperatingPoint(distortion: distortion, rate: span > 0 ? length.midpoint : 0, slope: nil)
    }
    let slope = length.midpoint / span
    return OperatingPoint(distortion: distortion, rate: max(0, largestDistortion - distortion) * slope, slope: slope)
  }

  /// A rate that sends every index is not spent in full.
  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let (least, most) = (solutions.leastDistortion, largestDistortion)
    guard rate < length.midpoint else { return OperatingPoint(distortion: least, rate: length.midpoint, slope: nil) }
    let share = rate / length.midpoint
    return OperatingPoint(
      distortion: most.isFinite ? most - share * (most - least) : most, rate: rate,
      slope: most > least ? length.midpoint / (most - least) : nil)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let slope = try point(at: distortion).slope
    // The share of the time that is proved to be enough: all of it where D0 is as near to Dmax as rounding.
    let span = most - least
    let share = span.lower > 0 ? ((most - Interval(distortion)) / span).intersection(with: .hull(0, 1)) : .hull(0, 1)
    let isReached = share.upper < 1 || least.upper <= distortion
    return Bound(
      kind: kind, distortion: distortion,
      rate: isReached ? length * share : .hull(0, .infinity), slope: slope, evidence: ClosedForm(formula))
  }
}

extension CurveName {
  /// One letter at a time with an ideal entropy coder.
  public static let letterEntropy = CurveName(rawValue: "letter-entropy")
  /// One letter at a time by Huffman's code.
  public static let letterHuffman = CurveName(rawValue: "letter-huffman")
}
