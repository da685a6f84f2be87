import IntervalArithmetic

/// Nested quantizers of all numbers of bins that are worth their rate, each at some widths, with what they do: where designs
/// start.
///
/// What a nested quantizer does knows no lambda, so that one family serves every slope up to the largest.
struct NestedStarts: Sendable {
  private struct Member: Sendable {
    let bins: Int
    let width: Double
    let rate: Double
    let distortion: Double
  }
  /// By the number of bins, from 2 up.
  private let members: [[Member]]

  /// How many widths there are for a number of bins, equally spaced in their logarithm.
  private static let widths = 28

  /// - Parameter lambda: the largest that is asked for, in nats per unit of squared error.
  init(spread: Double, coding: IndexCoding, lambda: Double) {
    var members: [[Member]] = []
    var rising = 0
    var least = Double.infinity
    for bins in 2...128 {
      let grouping = [StepGrouping(labels: Array(0..<bins))]
      let low = Double.log(2 / Double(bins))
      let high = Double.log(bins < 8 ? 4 * (1 + spread) + 8 : 24 / Double(bins))
      let row = (0..<Self.widths).map { index -> Member in
        let width = Double.exp(low + (high - low) * Double(index) / Double(Self.widths - 1))
        let view = StepView(
          step: width, offset: 0.5, bins: bins, spread: spread, spacing: 4 * StepView.convergedSpacing,
          narrow: BinningDesign.narrow)
        let conditional = view.grouped(grouping)[0]
        let rate = coding == .conditional ? conditional.entropy : view.marginalEntropies(grouping)[0]
        return Member(bins: bins, width: width, rate: rate, distortion: conditional.distortion)
      }
      members.append(row)
      // Past the best number of bins the cost rises (marginal) or rests (conditional).
      let value = row.reduce(Double.infinity) { min($0, $1.rate + lambda * $1.distortion) }
      rising = value < least - 1e-5 ? 0 : rising + 1
      least = min(least, value)
      if rising == 4 { break }
    }
    self.members = members
  }

  /// Numbers of bins, each with its best width: the two whose J is least, least first, the best one's neighbours, and those
  /// that are asked for.
  func best(lambda: Double, and bins: [Int] = []) -> [(bins: Int, width: Double)] {
    let rows = members.compactMap { row -> (bins: Int, width: Double, cost: Double)? in
      let costs = row.map { $0.rate + lambda * $0.distortion }
      guard let index = costs.indices.min(by: { costs[$0] < costs[$1] }) else { return nil }
      return (row[index].bins, row[index].width, costs[index])
    }
    let sorted = rows.sorted { $0.cost < $1.cost }
    let first = sorted.first?.bins ?? 0
    let others = sorted.dropFirst(2).filter { abs($0.bins - first) == 1 || bins.contains($0.bins) }
    return (sorted.prefix(2) + others).map { ($0.bins, $0.width) }
  }
}
