/// How far a reproduction y is from a letter x, where letters are numbers or names and no matrix says so.
public enum LetterMeasure: String, Sendable, CaseIterable {
  /// 0 for the letter itself, 1 for any other.
  case hamming
  /// (x - y)^2.
  case squared
  /// |x - y|.
  case absolute

  /// d(x, y), as the nearest floating-point number: that number is the source's distortion.
  func distortion(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .hamming: return x == y ? 0 : 1
    case .squared: return (x - y) * (x - y)
    case .absolute: return abs(x - y)
    }
  }
}

extension FiniteSource {
  /// A source whose letters are numbers.
  ///
  /// - Parameters:
  ///   - values: the letters.
  ///   - measure: how far a reproduction is from a letter.
  ///   - reproductions: what the decoder may put out; nil for the letters themselves.
  /// - Throws: as `init(probabilities:distortions:)`; `FiniteSourceError.value` for a value that is not finite, or one so large
  ///   that distances from it are not.
  public init(
    probabilities: [Double], values: [Double], measure: LetterMeasure, reproductions: [Double]? = nil
  ) throws(FiniteSourceError) {
    let reproductions = reproductions ?? values
    guard values.count == probabilities.count else { throw .rowCount(values.count, letters: probabilities.count) }
    for (index, value) in (values + reproductions).enumerated() where !(abs(value) <= Self.largestValue) {
      throw .value(value, index: index < values.count ? index : index - values.count)
    }
    guard reproductions.count <= Self.largestSize, values.count <= Self.largestSize else {
      throw .size(max(values.count, reproductions.count), largest: Self.largestSize)
    }
    var matrix: [Double] = []
    matrix.reserveCapacity(values.count * reproductions.count)
    for x in values { for y in reproductions { matrix.append(measure.distortion(x, y)) } }
    try self.init(probabilities: probabilities, rows: matrix, reproductions: reproductions.count)
    self.measure = measure
  }

  /// Squares of differences of larger values may be infinite.
  public static let largestValue = 1e150
}
