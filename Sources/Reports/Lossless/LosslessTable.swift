import Documents
import IntervalArithmetic
import RateDistortion

/// What it takes to send a finite source's letters as they are, in bits a letter: one row a quantity, printed as exact curves are.
public struct LosslessTable: Sendable {
  /// One row.
  public struct Row: Sendable {
    /// The identifier.
    public let quantity: String
    /// The value and its error as printed; nil for an infinite one.
    let value: CurveRow?
    /// What it means, in a line.
    public let meaning: String

    init(_ quantity: String, _ bits: Interval, _ meaning: String) {
      self.quantity = quantity
      self.meaning = meaning
      let bound = Bound(kind: .exact, distortion: 0, rate: bits, slope: nil, evidence: Silence())
      value = SignificantDigits(0).flatMap {
        CurveRow(curve: CurveName(rawValue: quantity), bound: bound, distortion: $0)
      }
    }
  }

  /// The rows: the source's own, then those of a model.
  public let rows: [Row]

  /// The table of limits.
  public init(_ limits: LosslessLimits) {
    var rows = [
      Row("entropy", limits.entropy, "H(p): no code needs less, and long blocks reach it (Shannon 1948)"),
      Row(
        "huffman", limits.huffman,
        "least expected length of a prefix code, a letter at a time; longest word \(limits.longestWord) bits (Huffman 1952)"
      ),
      Row("huffman-redundancy", limits.huffman - limits.entropy, "what Huffman's code spends above the entropy"),
    ]
    if let model = limits.model {
      let remark = model.crossEntropy.upper.isFinite ? "" : ": infinite, for a letter occurs that the model rules out"
      rows += [
        Row("cross-entropy", model.crossEntropy, "H(p, q): an ideal code for the model" + remark),
        Row("divergence", model.divergence, "D(p || q): what the wrong model costs" + remark),
        Row("huffman-of-model", model.huffman, "Huffman's code for the model" + remark),
      ]
    }
    self.rows = rows
  }
}

extension LosslessTable: SheetReport {
  /// One row a quantity.
  public var sheet: Sheet<Row> { Self.sheet }

  /// What the table says besides its rows.
  public static var sheet: Sheet<Row> {
    var sheet = Sheet<Row>([
      .word("quantity") { $0.quantity },
      .digits("bits") { $0.value?.rate },
      .digits("error_bits") { $0.value?.error },
      .word("meaning") { $0.meaning },
    ])
    sheet.facts = ProgramVersion.facts
    return sheet
  }
}
