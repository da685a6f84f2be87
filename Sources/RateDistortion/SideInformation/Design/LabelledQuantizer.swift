import IntervalArithmetic

/// A one-shot code given by thresholds and labels: x between thresholds i-1 and i has the index `labels[i]`, and the decoder's
/// estimate is E[X|index, Y]. Binning is visible: disjoint intervals share a label, and Y tells them apart.
///
/// Rates and distortion are integrals over M = E[X|Y]/sigma_{X|Y} of closed forms in the normal distribution, by the
/// trapezoidal rule (`StepView` says why it converges geometrically). `error` is what halving its spacing changes.
public struct LabelledQuantizer: Sendable, Equatable {
  /// The thresholds in units of X, increasing.
  public let thresholds: [Double]
  /// The index of each cell, one more than there are thresholds, from 0.
  public let labels: [Int]

  /// The most cells, and the largest label.
  public static let largestCellCount = 1_000_000

  /// A code.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless thresholds are finite and increase, and there is one label more, from 0
  ///   to `largestCellCount`.
  public init(thresholds: [Double], labels: [Int]) throws(DomainError) {
    guard thresholds.count < Self.largestCellCount, thresholds.allSatisfy(\.isFinite),
      zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw .parameterOutOfRange(
        name: "thresholds", value: "\(thresholds.count) numbers", requirement: "finite and increasing")
    }
    guard labels.count == thresholds.count + 1, labels.allSatisfy({ $0 >= 0 && $0 <= Self.largestCellCount }) else {
      throw .parameterOutOfRange(
        name: "labels", value: "\(labels.count) labels",
        requirement: "one a cell, \(thresholds.count + 1) in all, and from 0 to \(Self.largestCellCount)")
    }
    self.init(unchecked: thresholds, labels: labels)
  }

  /// One label for everything.
  static let silence = LabelledQuantizer(unchecked: [], labels: [0])

  init(unchecked thresholds: [Double], labels: [Int]) {
    self.thresholds = thresholds
    self.labels = labels
  }

  /// The rates and the distortion for a source and side information, and a bound on the numerical error of each that is
  /// believed, not proved: the change from twice as many nodes, and a relative 1e-12 for rounding.
  public func performance(
    for problem: GaussianSideInformation
  ) -> (value: SideInformationPerformance, error: SideInformationPerformance) {
    let coarse = performance(for: problem, spacing: StepView.convergedSpacing)
    let fine = performance(for: problem, spacing: StepView.convergedSpacing / 2)
    let error = SideInformationPerformance(
      marginalRate: 1e-12 * (1 + fine.marginalRate),
      conditionalRate: abs(fine.conditionalRate - coarse.conditionalRate) + 1e-12 * (1 + fine.conditionalRate),
      distortion: abs(fine.distortion - coarse.distortion) + 1e-12 * fine.distortion)
    return (fine, error)
  }

  func performance(for problem: GaussianSideInformation, spacing: Double) -> SideInformationPerformance {
    let sigma = problem.conditionalVariance.squareRoot()
    let scaled = thresholds.map { $0 / sigma }
    let names = (labels.max() ?? 0) + 1
    var entropy = 0.0
    var distortion = 0.0
    var cells = LabelledCells(thresholds: scaled, labels: labels, names: names)
    let spread = problem.spread
    let distance = min(spacing, spread / 2 * spacing / StepView.convergedSpacing)
    let end = distance > 0 ? (9 * spread / distance).rounded(.up) : 0
    var node = -end
    var covered = 0.0
    var isSkipping = false
    while node <= end {
      let m = node * distance
      // To nodes with no threshold in reach all of the source is one cell.
      let next = scaled.partitioningIndex { $0 > m - StepView.reach }
      guard next < scaled.count, scaled[next] <= m + StepView.reach else {
        isSkipping = true
        guard next < scaled.count else { break }
        node = max(node + 1, ((scaled[next] - StepView.reach) / distance).rounded(.up))
        continue
      }
      let weight = distance > 0 ? distance / spread * normalDensity(m / spread) : 1
      let (h, d) = cells.conditional(at: m)
      entropy += weight * h
      distortion += weight * d
      covered += weight
      node += 1
    }
    if isSkipping { distortion += max(0, 1 - covered) }
    var unaided = LabelledCells(
      thresholds: scaled.map { $0 / problem.sourceDeviation }, labels: labels, names: names)
    return SideInformationPerformance(
      marginalRate: max(0, unaided.conditional(at: 0).entropy) / natsPerBit,
      conditionalRate: max(0, entropy) / natsPerBit,
      distortion: min(distortion, 1) * problem.conditionalVariance)
  }
}

/// Thresholds and labels as seen from a conditional mean, in units of sigma_{X|Y}.
private struct LabelledCells {
  let thresholds: [Double]
  let labels: [Int]
  /// One set a label, empty between uses.
  var sets: [NormalCell]

  init(thresholds: [Double], labels: [Int], names: Int) {
    self.thresholds = thresholds
    self.labels = labels
    sets = [NormalCell](repeating: NormalCell(), count: names)
  }

  /// H(label) in nats and E Var(W|label) of W ~ N(m, 1).
  mutating func conditional(at m: Double) -> (entropy: Double, distortion: Double) {
    // The cells within reach: from the one that holds m - reach to the one that holds m + reach.
    let first = thresholds.partitioningIndex { $0 > m - StepView.reach }
    let last = thresholds.partitioningIndex { $0 > m + StepView.reach }
    var left = NormalCellEnd.minusInfinity
    for index in first...last {
      let right = index == last ? NormalCellEnd.infinity : NormalCellEnd(thresholds[index] - m)
      sets[labels[index]].unite(with: NormalCell(from: left, to: right))
      left = right
    }
    var entropy = 0.0
    var distortion = 0.0
    for index in first...last {
      let set = sets[labels[index]]
      entropy -= Double.xlogx(set.probability)
      distortion += set.distortion
      sets[labels[index]] = NormalCell()
    }
    return (entropy, distortion)
  }
}

extension LabelledQuantizer: SharedCode {
  public static let shared = (
    type: "labelled-codes",
    meaning:
      "Two codes by thresholds and the index of each cell between them, and the second one's share of the time. The mixture's "
      + "enclosed rate is achievable, if its enclosed distortion at a decoder that knows Y is at most D."
  )

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let labels = try form.numbers("labels").map { Int(exactly: $0) }
    guard !labels.contains(nil) else { throw MalformedEvidence("\"labels\" holds what is no whole number") }
    let thresholds = try form.numbers("thresholds")
    do {
      try self.init(thresholds: thresholds, labels: labels.compactMap { $0 })
    } catch {
      throw MalformedEvidence(error.description)
    }
  }

  /// Thresholds, and the index of each cell between them.
  public var form: EvidenceForm {
    EvidenceForm(
      "labelled-quantizer",
      [.init("thresholds", .numbers(thresholds)), .init("labels", .numbers(labels.map { Double($0) }))])
  }

  public static func sentence(of codes: SharedCodes<LabelledQuantizer>) -> String {
    let counts = [codes.coarser, codes.finer].map { "\($0.labels.count) cells with \(Set($0.labels).count) labels" }
    return
      "codes of \(counts[0]) and of \(counts[1]), the second \(codes.weight.words) of the time; --format json prints them"
  }
}

/// Two codes given by thresholds and labels, the second used for the share `weight` of the time.
public typealias SharedLabelledCodes = SharedCodes<LabelledQuantizer>
