import Documents
import RateDistortion

extension ProofCheck {
  /// The claim and how it went, in a line.
  var text: String {
    let boxes = boxes == 1 ? "1 box" : "\(boxes) boxes"
    let margin = SignificantDigits(margin, digits: 3, rounded: .down)?.text ?? "unknown"
    return isProved
      ? "proved      \(claim) (\(boxes), margin \(margin))"
      : "NOT PROVED  \(claim) (\(boxes)): \(failure)"
  }
}
