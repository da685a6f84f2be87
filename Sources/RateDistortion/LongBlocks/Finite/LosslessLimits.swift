import IntervalArithmetic

/// What it takes to send a finite source's letters as they are, one by one, in bits a letter, each enclosed.
///
/// With the law p of the file, divided by its sum, and a model q of it likewise,
///
///     H(p) = -sum p log2 p           no code needs less, and long blocks reach it,
///     L(p) = sum p l                 the least expected length of a prefix code, H <= L < H + 1,
///     H(p, q) = -sum p log2 q        the expected length of an ideal code for the model,
///     D(p || q) = H(p, q) - H(p)     what the wrong model costs.
///
/// - Source: Shannon, "A Mathematical Theory of Communication", 1948, Theorem 9; Cover, Thomas, "Elements of Information Theory",
///   2nd ed., Theorems 5.3.1, 5.4.3 and 5.8.1.
public struct LosslessLimits: Sendable {
  /// H(p).
  public let entropy: Interval
  /// L(p).
  public let huffman: Interval
  /// The longest of Huffman's words.
  public let longestWord: Int
  /// Of a model, if there is one.
  public let model: Model?

  /// What a model costs.
  public struct Model: Sendable {
    /// H(p, q); infinite where a letter occurs that the model rules out.
    public let crossEntropy: Interval
    /// D(p || q).
    public let divergence: Interval
    /// The expected length of Huffman's code for the model; infinite where a letter has no word.
    public let huffman: Interval
  }

  /// The limits of a law.
  ///
  /// - Parameters:
  ///   - probabilities: one a letter.
  ///   - model: the probabilities that a coder believes in, a letter each.
  /// - Throws: `FiniteSourceError` for what is no law, and `.modelSize` for a model of another alphabet.
  public init(probabilities: [Double], model: [Double]? = nil) throws(FiniteSourceError) {
    let law = try FiniteSource.enclosedLaw(probabilities)
    entropy = Self.nonnegative(law.reduce(Interval(0)) { $0 + Self.bits($1, of: $1) })
    let code = PrefixCode(masses: probabilities)
    huffman = Self.length(code, law)
    longestWord = code.lengths.max() ?? 0
    guard let model else {
      self.model = nil
      return
    }
    let other = try FiniteSource.enclosedLaw(model)
    guard other.count == law.count else { throw .modelSize(other.count, letters: law.count) }
    let isCovered = zip(probabilities, model).allSatisfy { $0 == 0 || $1 > 0 }
    let sum = { (terms: [Interval]) in isCovered ? Self.nonnegative(terms.reduce(0, +)) : .hull(.infinity, .infinity) }
    self.model = Model(
      crossEntropy: sum(zip(law, other).map { Self.bits($0, of: $1) }),
      divergence: sum(zip(law, other).map { Self.bits($0, of: $1 / $0) }),
      huffman: sum([Self.length(PrefixCode(masses: model), law)]))
  }

  /// -p log2 q, 0 for p = 0.
  private static func bits(_ p: Interval, of q: Interval) -> Interval {
    p.upper == 0 ? 0 : -(p * .log(q) / .ln2)
  }

  private static func length(_ code: PrefixCode, _ law: [Interval]) -> Interval {
    zip(code.lengths, law).reduce(0) { $0 + Interval($1.0) * $1.1 }
  }

  private static func nonnegative(_ value: Interval) -> Interval { value.intersection(with: .hull(0, .infinity)) }
}

extension FiniteSource {
  /// The probabilities divided by their sum, enclosed; exactly 0 where they are.
  ///
  /// - Throws: as `init(probabilities:)`.
  static func enclosedLaw(_ probabilities: [Double]) throws(FiniteSourceError) -> [Interval] {
    _ = try checkedSum(probabilities)
    let total = probabilities.reduce(Interval(0)) { $0 + Interval($1) }
    return probabilities.map { $0 == 0 ? 0 : Interval($0) / total }
  }
}
