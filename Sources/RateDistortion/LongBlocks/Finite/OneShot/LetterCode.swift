import IntervalArithmetic

/// A one-shot code of a finite source: which reproduction every letter goes to.
///
/// The index is entropy-coded: H is the entropy of the reproduction, D the mean of the entries that the letters go to. Two cells with
/// one reproduction would be better as one, so that the reproduction says which cell it is.
public struct LetterCode: Sendable, Hashable {
  /// The reproduction of every letter, counted from 0.
  public let reproductions: [Int]

  /// A code by its reproductions, unchecked.
  public init(reproductions: [Int]) { self.reproductions = reproductions }

  /// Every letter's nearest reproduction, the first of several: nothing has less distortion.
  static func nearest(of source: FiniteSource) -> LetterCode {
    LetterCode(
      reproductions: source.probabilities.indices.map { letter in
        let row = letter * source.reproductions
        return (0..<source.reproductions).first { source.distortions[row + $0] == source.leastDistortions[letter] } ?? 0
      })
  }

  /// The best single reproduction for all.
  static func silence(of source: FiniteSource) -> LetterCode {
    let best = source.bestReproduction.firstIndex(of: 1) ?? 0
    return LetterCode(reproductions: source.probabilities.map { _ in best })
  }

  /// H in nats and D.
  typealias Performance = (entropy: Interval, distortion: Interval)

  /// H in nats and D, enclosed.
  ///
  /// - Throws: `LawRefused` for what is no code of the source.
  func enclosed(of source: FiniteSource) throws(LawRefused) -> Performance {
    guard reproductions.count == source.probabilities.count else {
      throw LawRefused("there are \(reproductions.count) reproductions for \(source.probabilities.count) letters")
    }
    guard reproductions.allSatisfy({ $0 >= 0 && $0 < source.reproductions }) else {
      throw LawRefused("a reproduction is not one of the source's \(source.reproductions)")
    }
    var masses = [Interval](repeating: 0, count: source.reproductions)
    var (total, cost) = (Interval(0), Interval(0))
    for (letter, p) in source.probabilities.enumerated() where p > 0 {
      let place = reproductions[letter]
      masses[place] = masses[place] + Interval(p)
      total = total + Interval(p)
      cost = cost + Interval(p) * Interval(source.distortions[letter * source.reproductions + place])
    }
    let entropy = masses.reduce(Interval(0)) {
      $1.upper > 0 ? $0 - .xlogx(($1 / total).intersection(with: .hull(0, 1))) : $0
    }
    return (.hull(max(0, entropy.lower), max(0, entropy.upper)), cost / total)
  }
}

extension LetterCode: Evidence {
  public static let type = "letter-code"
  public static let meaning =
    "The reproduction that every letter goes to, counted from 0. The entropy of the reproduction is achievable, if the enclosed "
    + "distortion is at most D."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let places = try form.numbers("reproductions").map { Int(exactly: $0) }
    guard !places.contains(nil) else { throw MalformedEvidence("\"reproductions\" holds what is no whole number") }
    self.init(reproductions: places.compactMap { $0 })
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, [.init("reproductions", .numbers(reproductions.map { Double($0) }))])
  }

  public var sentence: String { "\(Set(reproductions).count) cells of letters that --format json prints" }
}

extension LetterCode: SharedCode {
  public static let shared = (
    type: "letter-codes",
    meaning:
      "Two codes by the reproduction that every letter goes to, and the second one's share of the time. The mixture's enclosed "
      + "entropy is achievable, if its enclosed distortion is at most D."
  )

  public static func sentence(of codes: SharedCodes<LetterCode>) -> String {
    "\(Set(codes.coarser.reproductions).count) and \(Set(codes.finer.reproductions).count) cells of letters that --format json "
      + "prints, the second \(codes.weight.words) of the time"
  }
}
