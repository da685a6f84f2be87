import RateDistortion

/// What a verification comes to, source by source.
public struct VerificationSummary: Sendable, Equatable {
  /// The points of one source.
  public struct Source: Sendable, Equatable {
    /// Its name in the catalogue.
    public let name: String
    /// Under which other names the file has it.
    public internal(set) var aliases: [String] = []
    /// The curve that gaps are measured from.
    public internal(set) var reference: CurveName?
    /// The curves that decide between the verdicts, the converse first.
    public internal(set) var judging: [CurveName] = []
    /// How many points there are of each verdict.
    public internal(set) var counts: [Verdict: Int] = [:]
    /// How many points are judged by the entropy of their index.
    public internal(set) var codes = 0
    /// How many points there are of each verdict with their entropy models.
    public internal(set) var modelCounts: [Verdict: Int] = [:]
    /// The least, the median and the largest gap in bits; nil if no gap is finite.
    public internal(set) var gaps: Spread?
    /// What the entropy model costs, in bits, over the points whose index entropy is known.
    public internal(set) var entropyModel: Spread?
    /// The gap of the code alone, in bits, over the same points.
    public internal(set) var codeGaps: Spread?

    /// The number of points.
    public var points: Int { counts.values.reduce(0, +) }

    /// The price of realism, in bits, over the points that have one.
    public internal(set) var realismPrices: Spread?

    fileprivate var gapValues: [Double] = []
    fileprivate var realismPriceValues: [Double] = []
    fileprivate var entropyModelValues: [Double] = []
    fileprivate var codeGapValues: [Double] = []

    fileprivate init(name: String) { self.name = name }
  }

  /// The least, the middle and the largest of some numbers.
  public struct Spread: Sendable, Equatable {
    /// The least.
    public let least: Double
    /// The median; of an even number the mean of the middle two.
    public let median: Double
    /// The largest.
    public let largest: Double

    fileprivate init?(_ values: [Double]) {
      let sorted = values.sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      let middle = sorted.count / 2
      least = first
      largest = last
      // Halved before they are added, so that the sum of two huge ones stays finite.
      median = sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    }
  }

  /// A guess about some points.
  public struct HintCount: Sendable, Equatable {
    /// What is said of the first of them.
    public let hint: Hint
    /// How many points it is said of, with other numbers perhaps.
    public internal(set) var points: Int
  }

  /// By source, in the order of their first points.
  public private(set) var sources: [Source] = []
  /// By series, in their order, under the series' names; empty if there is only one.
  public private(set) var series: [Source] = []
  /// The guesses, in the order of their first points.
  public private(set) var hints: [HintCount] = []
  /// The first points that are impossible or beyond the largest gaps allowed.
  public private(set) var findings: [JudgedPoint] = []
  /// What gaps may be at most.
  public let largestGaps: LargestGaps
  /// How many points are beyond that.
  public private(set) var pointsBeyond = 0
  /// Sources without known limits.
  public let skipped: [SkippedSource]
  /// Rows without a rate or a distortion.
  public let incompleteRows: Int
  /// Set if rows were chosen from a log.
  public let log: PointTable.Log?
  /// From a source of the table to its place in `sources`.
  private let places: [Int]

  /// The number of points judged.
  public var points: Int { sources.reduce(0) { $0 + $1.points } }

  /// How many points have a verdict.
  public func count(of verdict: Verdict) -> Int {
    sources.reduce(0) { $0 + ($1.counts[verdict] ?? 0) }
  }

  /// How many points have a verdict with their entropy models.
  public func modelCount(of verdict: Verdict) -> Int {
    sources.reduce(0) { $0 + ($1.modelCounts[verdict] ?? 0) }
  }

  /// How many points are judged by the entropy of their index.
  public var codes: Int { sources.reduce(0) { $0 + $1.codes } }

  /// Whether any point is impossible: the finding that a verification is run for.
  public var hasImpossiblePoint: Bool { count(of: .impossible) > 0 }

  /// Whether a point is impossible, or beyond the largest gap allowed.
  public var hasFinding: Bool { hasImpossiblePoint || pointsBeyond > 0 }

  /// How many findings are kept.
  public static let mostFindings = 10

  /// - Parameter judging: the curves that judge each source of the table.
  init(of points: PointTable, judging: [[CurveName]], largestGaps: LargestGaps) {
    self.largestGaps = largestGaps
    if points.series.count > 1 { series = points.series.map { Source(name: $0) } }
    skipped = points.skipped
    log = points.log
    incompleteRows = points.incompleteRows
    var places: [Int] = []
    var indices: [String: Int] = [:]
    for (source, curves) in zip(points.sources, judging) {
      let index = indices[source.name] ?? sources.count
      if index == sources.count {
        sources.append(Source(name: source.name))
        indices[source.name] = index
      }
      for curve in curves where !sources[index].judging.contains(curve) { sources[index].judging.append(curve) }
      if let alias = source.alias, !sources[index].aliases.contains(alias) { sources[index].aliases.append(alias) }
      places.append(index)
    }
    self.places = places
  }

  mutating func add(_ judged: JudgedPoint) {
    sources[places[judged.point.source]].add(judged)
    if !series.isEmpty { series[judged.point.series].add(judged) }
    let isBeyond = largestGaps.areExceeded(by: judged)
    if isBeyond { pointsBeyond += 1 }
    if isBeyond || judged.verdict == .impossible, findings.count < Self.mostFindings { findings.append(judged) }
    guard let hint = judged.hint else { return }
    if let index = hints.firstIndex(where: { $0.hint.isLike(hint) }) {
      hints[index].points += 1
    } else {
      hints.append(HintCount(hint: hint, points: 1))
    }
  }

  mutating func finish() {
    for index in sources.indices { sources[index].finish() }
    for index in series.indices { series[index].finish() }
  }
}

extension VerificationSummary.Source {
  fileprivate mutating func add(_ judged: JudgedPoint) {
    reference = judged.gap.curve
    counts[judged.verdict, default: 0] += 1
    modelCounts[judged.modelVerdict, default: 0] += 1
    if judged.code?.verdict != nil { codes += 1 }
    if let gap = judged.gap.bits { gapValues.append(gap) }
    if let price = judged.realismPrice { realismPriceValues.append(price) }
    if let code = judged.code {
      entropyModelValues.append(code.entropyModelBits)
      if let gap = code.gapBits { codeGapValues.append(gap) }
    }
  }

  fileprivate mutating func finish() {
    gaps = VerificationSummary.Spread(gapValues)
    entropyModel = VerificationSummary.Spread(entropyModelValues)
    codeGaps = VerificationSummary.Spread(codeGapValues)
    realismPrices = VerificationSummary.Spread(realismPriceValues)
    gapValues = []
    entropyModelValues = []
    codeGapValues = []
    realismPriceValues = []
  }
}
