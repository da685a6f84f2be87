import RateDistortion
import Reports

/// What to say of distortions that no curve distinguishes from sending nothing.
enum DistortionHint {
  /// A hint if a distortion lies above the largest by more than rounding explains.
  static func hint(for distortion: Double, of source: any InformationSource) -> String? {
    let largest = source.curves.map(\.largestDistortion).max() ?? 0
    guard distortion > 1.1 * largest, let given = SignificantDigits(readingBackTo: distortion),
      let limit = SignificantDigits(largest)
    else { return nil }
    let measure = source.description.distortionMeasure
    guard measure != .matrix else { return nil }
    let other = DistortionMeasure.allCases.first { $0 != measure } ?? measure
    return "distortion \(given) is above the largest of \(source.description.name), \(limit): every rate there is 0. "
      + "Is it in dB? Is it \(other.phrase), where the source counts \(measure.phrase)?"
  }
}
