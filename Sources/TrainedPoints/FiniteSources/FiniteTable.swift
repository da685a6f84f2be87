import RateDistortion

/// What a file says of a finite source: a probability a letter, and, if it has them, the letters' values or the distortions of
/// their reproductions.
public struct FiniteTable: Sendable, Equatable {
  /// The letters' probabilities.
  public let probabilities: [Double]
  /// What the letters are, where they are numbers.
  public var values: [Double]?
  /// The distortions, row by row, and how many reproductions there are.
  public var distortions: Matrix?

  /// Rows of equal length.
  public struct Matrix: Sendable, Equatable {
    /// The entries, row by row.
    public let rows: [Double]
    /// The length of a row.
    public let columns: Int
  }

  /// The source of the table.
  ///
  /// Values have squared error, and names Hamming's distortion, unless a measure is given; reproductions are the letters
  /// themselves, unless they are given.
  ///
  /// - Throws: `FiniteSourceError` for what is wrong with the numbers, or a measure or reproductions that have nothing to measure.
  public func source(
    measure: LetterMeasure? = nil, reproductions: [Double]? = nil
  ) throws(FiniteSourceError) -> FiniteSource {
    if let distortions {
      guard measure == nil, reproductions == nil else { throw .ownDistortions }
      return try FiniteSource(
        probabilities: probabilities, rows: distortions.rows, reproductions: distortions.columns)
    }
    if let values {
      return try FiniteSource(
        probabilities: probabilities, values: values, measure: measure ?? .squared, reproductions: reproductions)
    }
    guard measure ?? .hamming == .hamming, reproductions == nil else { throw .noValues(measure) }
    return try FiniteSource(probabilities: probabilities)
  }
}
