import IntervalArithmetic

/// An encoder of the plane by a codebook: x goes to the codeword of least l_i + lambda |x - y_i|^2, without l_i to the nearest.
///
/// Its cells are those of `PowerCells`, a partition into trapezoids that is the power diagram but for rounding: nothing of it is
/// undecided. Moments are those of `CodebookProof`, turned and scaled with the frame.
public struct CodebookEncoder: PlaneEncoder {
  /// The codewords, in the file's coordinates.
  public let words: [SIMD2<Double>]
  /// l_i in bits; nil for the nearest codeword.
  let lengths: [Double]?
  /// lambda, in bits per unit of distortion.
  let lambda: Double?
  /// In units of the standard source.
  private let codebook: Codebook

  public var symbolCount: Int { words.count }

  /// An encoder.
  ///
  /// Lengths decide by their differences alone, and so they are moved up where they break Kraft's inequality.
  ///
  /// - Parameters:
  ///   - lengths: those that weigh, in bits; they weigh nothing without a lambda.
  ///   - lambda: in bits per unit of distortion; nil for the nearest codeword.
  /// - Throws: `DomainError.evidenceRefused` for what is no codebook.
  public init(
    words: [SIMD2<Double>], lengths: [Double]?, lambda: Double?, on plane: BentPlane
  ) throws(DomainError) {
    let weighs = lambda != nil && lengths != nil
    (self.words, self.lengths, self.lambda) = (words, weighs ? lengths : nil, weighs ? lambda : nil)
    guard (self.lengths ?? []).allSatisfy({ $0 >= 0 && $0.isFinite }),
      self.lengths.map({ $0.count == words.count }) ?? true
    else { throw .evidenceRefused("there must be a length of at least 0 for each codeword") }
    let scale = plane.frame.scale.midpoint
    let places = words.map { plane.frame.standard((Interval($0.x), Interval($0.y))) }
    var nats = (self.lengths ?? Array(repeating: 0, count: words.count)).map { $0 * natsPerBit }
    let sum = nats.reduce(0.0) { $0 + Double.exp(-$1) }
    if sum > 1 { nats = nats.map { $0 + Double.log(sum) + 1e-12 } }
    codebook = Codebook(
      slope: (self.lambda ?? 1 / (scale * scale)) * natsPerBit * scale * scale, first: places.map { $0.0.midpoint },
      second: places.map { $0.1.midpoint }, lengths: nats)
    do throws(LawRefused) {
      try codebook.require()
    } catch {
      throw .evidenceRefused(error.description)
    }
  }

  public func sums(on plane: BentPlane) -> PlaneSums {
    let frame = plane.frame
    let parts = (try? CodebookProof.moments(of: codebook, on: plane.law)) ?? []
    let tail = plane.law.tail
    var moments: [PlaneMoments] = []
    for (number, (word, part)) in zip(words, parts).enumerated() {
      // |x - y|^2 = r^2 |v - w|^2, w the standard place of y, and x - y = r R^T (v - w).
      let w = frame.standard((Interval(word.x), Interval(word.y)))
      let standard = PlaneMoments(
        probability: part.probability, first: part.first, second: part.second, square: part.square
      ).moved(w.0, w.1)
      let squaredScale = Interval.squared(frame.scale)
      var turned = PlaneMoments(
        probability: .max(0, standard.probability),
        first: frame.scale * (frame.cosine * standard.first + frame.sine * standard.second),
        second: frame.scale * (frame.cosine * standard.second - frame.sine * standard.first),
        square: squaredScale * .max(0, standard.square))
      if number == 0, words.count > 1 {
        let square = 2 * (Interval(tail.square) + (.squared(w.0) + .squared(w.1)) * Interval(tail.probability))
        turned = turned.with(atMost: tail.probability, square: (squaredScale * square).upper)
      }
      moments.append(turned)
    }
    return PlaneSums(anchors: words, moments: moments)
  }

  public func symbol(at place: SIMD2<Double>) -> Int {
    var best = (cost: Double.infinity, symbol: 0)
    for (symbol, word) in words.enumerated() {
      let way = place - word
      let distance = (way * way).sum()
      let cost = lambda.map { $0 * distance + (lengths?[symbol] ?? 0) } ?? distance
      if cost < best.cost { best = (cost, symbol) }
    }
    return best.symbol
  }

  public var counts: [(name: String, count: Int)] { [] }

  public func certificate(of code: PlaneCode) -> any Evidence { CodebookCode(self, code) }
}

/// A code by its codebook, written down as evidence.
///
/// Nothing in it is believed: codewords, lengths and lambda are the encoder, and its numbers are enclosed anew.
public struct CodebookCode: Evidence {
  public static let type = "codebook-code"
  public static let meaning =
    "A one-shot code of a source in the plane: x goes to the codeword of least length plus lambda |x - y|^2, without \"lambda\" "
    + "to the nearest one, and is decoded as it. \"lengths\" are in bits. Entropies, distortions and the ledger of the gap are "
    + "enclosed anew."

  let lambda: Double?
  let first: [Double]
  let second: [Double]
  let lengths: [Double]?

  /// A code as evidence.
  init(_ encoder: CodebookEncoder, _ code: PlaneCode) {
    lambda = encoder.lambda
    (first, second) = (encoder.words.map(\.x), encoder.words.map(\.y))
    lengths = code.lengths
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    lambda = try form.numberIfGiven("lambda")
    first = try form.numbers("first")
    second = try form.numbers("second")
    lengths = form["lengths"] == nil ? nil : try form.numbers("lengths")
    guard first.count == second.count, !first.isEmpty else {
      throw MalformedEvidence("\"first\" and \"second\" must be the coordinates of codewords")
    }
  }

  public var form: EvidenceForm {
    var members: [EvidenceForm.Member] = [.init("first", .numbers(first)), .init("second", .numbers(second))]
    if let lambda { members.insert(.init("lambda", .number(lambda)), at: 0) }
    if let lengths { members.append(.init("lengths", .numbers(lengths))) }
    return EvidenceForm(Self.type, members)
  }

  public var sentence: String { "the codebook of \(first.count) codewords that --format json prints" }

  /// The code on a source.
  ///
  /// - Throws: `DomainError.evidenceRefused` if it is none.
  public func code(of reference: PlaneReference) throws(DomainError) -> PlaneCode {
    let (lengths, points) = try reference.contents(
      lengths, zip(first, second).flatMap { [$0, $1] }, symbols: first.count)
    let encoder = try CodebookEncoder(
      words: zip(first, second).map { SIMD2($0, $1) }, lengths: lengths, lambda: lambda, on: reference.plane)
    return try reference.code(encoder, lengths: lengths, reconstructions: points)
  }
}

/// A codebook as a file has it.
public struct WrittenCodebook: Sendable {
  /// The codewords.
  public let words: [SIMD2<Double>]
  /// Their lengths in bits.
  public let lengths: [Double]
  /// What distortion weighs against them, in bits per unit.
  public let lambda: Double
}

/// Evidence that names a codebook of the plane.
protocol CodebookEvidence: Evidence {
  /// The codebook, in units of the standard source.
  var written: Codebook { get }
}

extension Codebook: CodebookEvidence {
  var written: Codebook { self }
}

extension SharedCodes: CodebookEvidence where Code == Codebook {
  /// The one that is used most of the time.
  var written: Codebook { weight < 0.5 ? coarser : finer }
}

extension PlaneReference {
  /// The codebook behind what a curve claims at a distortion.
  ///
  /// - Throws: `DomainError.evidenceRefused` if there is none; what the curve throws.
  public func design(by curve: Curve, atDistortion distortion: Double) throws(DomainError) -> WrittenCodebook {
    guard let codebook = (try curve.bound(atDistortion: distortion).evidence as? any CodebookEvidence)?.written else {
      throw .evidenceRefused("no codebook that could be written down is behind \(curve.name)")
    }
    let frame = plane.frame
    let squaredScale = Interval.squared(frame.scale).midpoint
    return WrittenCodebook(
      words: zip(codebook.first, codebook.second).map { first, second in
        let place = frame.place((Interval(first), Interval(second)))
        return SIMD2(place.0.midpoint, place.1.midpoint)
      },
      lengths: codebook.lengths.map { $0 / natsPerBit }, lambda: codebook.slope / natsPerBit / squaredScale)
  }
}
