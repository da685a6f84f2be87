import Documents
import RateDistortion

/// A distortion that no curve distinguishes from sending nothing: meant in dB, or in another measure?
struct DistortionDoubt: Sendable, Equatable, CustomStringConvertible {
  /// The distortion asked for.
  let distortion: Double
  /// The largest at which a curve is not 0.
  let largest: Double
  /// The source's name.
  let source: String
  /// What the source counts.
  let measure: DistortionMeasure

  /// The largest distortion among some requests; nil unless it lies above the source's largest by more than rounding explains.
  ///
  /// - Parameter curves: those that are printed.
  init?(of source: KnownSource, curves: [Curve], at requests: [Target]) {
    let distortions = requests.compactMap { if case .distortion(let distortion) = $0 { distortion } else { nil } }
    guard let given = distortions.max() else { return nil }
    distortion = given
    largest = curves.map(\.largestDistortion).max() ?? source.largestDistortion
    self.source = source.description.name
    measure = source.description.distortionMeasure
    // Entries of a matrix have no other measure.
    guard distortion > 1.1 * largest, measure != .matrix else { return nil }
  }

  /// The doubt in sentences.
  var description: String {
    let digits = { (digits: SignificantDigits?) in digits?.text ?? "" }
    let other = DistortionMeasure.allCases.first { $0 != measure } ?? measure
    return "distortion \(digits(SignificantDigits(readingBackTo: distortion))) is above the largest of \(source), "
      + "\(digits(SignificantDigits(largest))): every rate there is 0. "
      + "Is it in dB? Is it \(other.phrase), where the source counts \(measure.phrase)?"
  }
}
