import Documents
import TrainedPoints

extension Hint {
  /// The guess in a clause, with the setting that would act on it.
  public func text(_ wording: Wording = .plain) -> String {
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "?" }
    switch self {
    case .mistake(let explanation):
      let (count, all) = (explanation.explained, explanation.points)
      let share = all == 1 ? "" : count == all ? ", as are all \(all)" : ", as are \(count) of \(all)"
      return "plausible\(share) if \(explanation.mistake.text(wording))"
    case .distortionTooLarge(let ratio, let largest):
      return "distortion is \(digits(ratio)) times the largest there is, \(digits(largest))"
    case .tooFewDigits:
      return "possible within the rounding of the numbers as written: write more digits"
    case .notRealistic:
      return "possible for reproductions of another law than the source's, or of randomness that the encoder knows"
    case .rateBelowEntropy:
      return "the rate is below the entropy of the index: another unit\(wording.mention(.rateUnit(.nats))), or another "
        + "code?"
    case .entropyBelowConverse(let bits):
      return "the entropy of the index is \(digits(bits)) bits below the limit: another unit, or too few samples?"
    }
  }
}

extension Mistake {
  /// The mistake in a clause, with the setting that would undo it.
  func text(_ wording: Wording) -> String {
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "?" }
    switch self {
    case .nats: return "the rate is in nats\(wording.mention(.rateUnit(.nats)))"
    case .ratePerComponent(let components): return "the rate is that of one of \(digits(components)) components"
    case .averaged(let components):
      return "the distortion is averaged over \(digits(components)) components"
        + wording.mention(.distortionUnit(.meanSquaredError))
    case .summed(let components):
      return "the distortion is summed over \(digits(components)) samples"
        + wording.mention(.distortionUnit(.sumOfSquaredErrors))
    case .decibels: return "the distortion is in dB\(wording.mention(.distortionUnit(.decibels)))"
    case .peakSignalToNoise(let peak):
      let option = wording.name(.peak).map { " \($0) \(digits(peak))" } ?? ""
      let setting = wording.name(.distortionUnit(.peakSignalToNoise)).map { " (\($0)\(option))" } ?? ""
      return "the distortion is a PSNR in dB with the peak \(digits(peak))\(setting)"
    case .deviation(let parameter, let variance):
      return "\(wording.name(.parameter(parameter)) ?? parameter) is \(digits(variance)): a deviation for a variance?"
    case .swapped: return "rate and distortion are in each other's columns\(wording.mention(.rateColumn))"
    case .source(let name): return "the source is \(name)\(wording.mention(.source))"
    }
  }
}
