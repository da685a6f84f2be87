/// The stages of successive-refinement codes: rows whose cumulative rate and distortion are judged like any code's, for what
/// the decoder holds after a stage is one index.
struct RefinementStages {
  private let rates: StageRates
  private var label: [UInt8] = []
  private var source = -1
  private var stage = 0
  private var sum = (rate: 0.0, error: 0.0)

  init(_ rates: StageRates) {
    self.rates = rates
  }

  /// The rate of all stages up to a row's, and its standard error, which add up at worst; nil if the row does not follow the
  /// one of the stage before.
  mutating func cumulative(
    stage: Int, label: [UInt8], source: Int, rate: Double, error: Double
  ) -> (rate: Double, error: Double)? {
    guard rates == .increments else { return (rate, error) }
    if stage == 1 {
      sum = (rate, error)
    } else {
      guard stage == self.stage + 1, label == self.label, source == self.source else { return nil }
      sum = (sum.rate + rate, sum.error + error)
    }
    (self.stage, self.label, self.source) = (stage, label, source)
    return sum
  }
}
