import IntervalArithmetic

/// What a decoder with side information makes of a code of X, jointly Gaussian with the Y that it knows.
///
/// Its reproduction is E[X | index, Y], so that disjoint pieces of one symbol may be told apart: a code may bin. H(index|Y)
/// and E Var(X | index, Y) are enclosed for the nominal thresholds (`LabelledQuantizer.enclosure`). Where thresholds lie
/// somewhere between two rows, the enclosures are widened by twice the sum of what moving each of them alone to its ends
/// changes: to first order, in floating point, and so believed and not proved.
public struct KnownSide: Sendable {
  /// The source and the side information.
  public let problem: GaussianSideInformation
  /// Whether the code of the index uses that the decoder knows Y.
  public let coding: IndexCoding

  /// The most uncertain thresholds whose movements are tried.
  static let mostMoved = 400

  /// A code's H(index|Y) in bits, its distortion, and whether intervals enclose both.
  func performance(
    of code: TrainedCode
  ) -> (conditionalEntropy: EnclosedValue, distortion: EnclosedValue, isProved: Bool) {
    let nothing = Interval.hull(0, .infinity)
    let places = code.partition.thresholds.map { code.line.position($0.nominal) }
    guard let quantizer = try? LabelledQuantizer(thresholds: places, labels: code.partition.symbols) else {
      return (EnclosedValue(0, nothing), EnclosedValue(0, nothing), false)
    }
    let (found, error) = quantizer.performance(for: problem)
    let proved = quantizer.enclosure(for: problem)
    let margin = { (value: Double, error: Double) in Interval(value) + .hull(-error, error) }
    let rate = proved?.conditionalRate ?? margin(found.conditionalRate, error.conditionalRate)
    let distortion = proved?.distortion ?? margin(found.distortion, error.distortion)
    let moved = movements(of: places, code, from: found)
    return (
      EnclosedValue(found.conditionalRate, widened(rate, by: moved.rate)),
      EnclosedValue(found.distortion, widened(distortion, by: moved.distortion)),
      proved != nil && code.partition.thresholds.allSatisfy { $0.lower == $0.upper }
    )
  }

  private func widened(_ value: Interval, by margin: Double) -> Interval {
    let wide = value + .hull(-margin, margin)
    return .hull(max(0, wide.lower), wide.upper)
  }

  /// Twice what moving the thresholds one by one changes.
  private func movements(
    of places: [Double], _ code: TrainedCode, from found: SideInformationPerformance
  ) -> (rate: Double, distortion: Double) {
    let open = code.partition.thresholds.enumerated().filter { $1.lower < $1.upper }
    guard open.count <= Self.mostMoved else { return (.infinity, .infinity) }
    var (rate, distortion) = (0.0, 0.0)
    for (index, threshold) in open {
      var most = (rate: 0.0, distortion: 0.0)
      for end in [threshold.lower, threshold.upper] {
        var moved = places
        moved[index] = code.line.position(end)
        guard let quantizer = try? LabelledQuantizer(thresholds: moved, labels: code.partition.symbols) else {
          continue
        }
        let performance = quantizer.performance(for: problem, spacing: StepView.convergedSpacing)
        most.rate = max(most.rate, (performance.conditionalRate - found.conditionalRate).magnitude)
        most.distortion = max(most.distortion, (performance.distortion - found.distortion).magnitude)
      }
      rate += 2 * most.rate
      distortion += 2 * most.distortion
    }
    return (rate, distortion)
  }
}

/// How a code bins: symbols that own several pieces.
public struct BinningPattern: Sendable, Equatable {
  /// How many symbols own several pieces.
  public let symbols: Int
  /// The mean distance of the middles of neighbouring pieces of one symbol, in positions; pieces at the ends of the line are
  /// left out.
  public let period: Double?
  /// The mean width of the pieces, likewise.
  public let width: Double?

  /// The pattern of a code; nil where no symbol owns several pieces.
  public init?(of code: TrainedCode) {
    let grouped = code.partition.piecesOfSymbols
    let shared = grouped.filter { $0.count > 1 }
    guard !shared.isEmpty else { return nil }
    symbols = shared.count
    var (distances, widths) = ([Double](), [Double]())
    for pieces in grouped {
      let inner = pieces.filter { $0.start != nil && $0.end != nil }
        .map { (from: code.line.position($0.from), to: code.line.position($0.to)) }
      widths += inner.map { $0.to - $0.from }
      distances += zip(inner, inner.dropFirst()).map { ($1.from + $1.to - $0.from - $0.to) / 2 }
    }
    let mean = { (values: [Double]) in values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
    (period, width) = (mean(distances), mean(widths))
  }
}
