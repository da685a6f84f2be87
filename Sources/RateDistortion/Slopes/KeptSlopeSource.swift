/// A source of slopes whose search takes so long that a table carries what was found: codebooks, multipliers.
///
/// `bounds(by:)` proves what numbers from anywhere prove, and trusts nothing but them; a table is made by `searched`, and
/// checked by `bounds` alone.
protocol KeptSlopeSource: SlopeSource {
  /// What is found at the slopes of a table, and what it proves.
  func searched() -> [(found: FoundAtSlope, bounds: SlopeBounds)]

  /// What numbers prove at their slope.
  ///
  /// - Throws: `LawRefused` for what is no solution.
  func bounds(by found: FoundAtSlope) throws(LawRefused) -> SlopeBounds
}

/// What was found at a slope, in numbers that its source reads.
struct FoundAtSlope: Sendable, Equatable {
  /// In nats per unit of distortion.
  var slope: Double
  var numbers: [Double]
}
