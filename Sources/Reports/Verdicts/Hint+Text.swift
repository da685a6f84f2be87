import Documents
import TrainedPoints

extension Hint {
  /// The guess in a clause, with the setting that would act on it.
  public func text(_ wording: Wording = .plain) -> String {
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "?" }
    switch self {
    case .distortionTooLarge(let ratio, let largest, let components):
      let summed = wording.mention(.distortionUnit(.sumOfSquaredErrors))
      let sum = components.map { "summed over \(digits($0)) samples\(summed), or " } ?? ""
      return "distortion is \(digits(ratio)) times the largest there is, \(digits(largest)): is it \(sum)in dB"
        + "\(wording.mention(.distortionUnit(.decibels)))?"
    case .rateInNats:
      return "possible if the rate is in nats\(wording.mention(.rateUnit(.nats)))"
    case .distortionAveraged(let components):
      return "possible if the distortion is averaged over \(digits(components)) components"
        + wording.mention(.distortionUnit(.meanSquaredError))
    case .tooFewDigits:
      return "possible within the rounding of the numbers as written: write more digits"
    case .rateBelowEntropy:
      return "the rate is below the entropy of the index: another unit\(wording.mention(.rateUnit(.nats))), or another "
        + "code?"
    case .entropyBelowConverse(let bits):
      return "the entropy of the index is \(digits(bits)) bits below the limit: another unit, or too few samples?"
    }
  }
}
