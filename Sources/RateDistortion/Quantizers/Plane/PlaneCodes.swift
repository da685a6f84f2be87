import IntervalArithmetic
import ParallelBlocks

/// The one-shot codes of a source in the plane, slope by slope: a codebook on the lower hull of all (H, D), and a multiplier
/// that no code beats.
///
/// From above the codebook that is searched for (`CodebookSearch`) is proved (`CodebookProof`). From below the multiplier of
/// the one-shot dual (`OneShotDesign`) is (`OneShotProof`), or, where it says more, the tangent of the Shannon lower bound h(X)
/// - log(pi e D), which is h(X) - log(pi/beta) at the slope beta.
///
/// Numbers: how many codewords, their first coordinates, their second ones, the code lengths; then how many knots of the first
/// latent coordinate, or of the radius, these, the same of the second, and the values of c.
struct PlaneCodes: KeptSlopeSource {
  let source: BentGaussian

  var silence: Interval { source.variance() }
  /// Some 0.2 to 6 bits.
  var slopes: ClosedRange<Double> {
    source.tabulated.lowerBound / silence.midpoint...source.tabulated.upperBound / silence.midpoint
  }
  /// A ratio of 1.09 to 1.14 from slope to slope.
  private static let count = 44

  /// The table of the source.
  var shippedTable: ShippedTable { ShippedTable(name: source.name + "-ecvq", of: self) }

  func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds {
    guard slopes.contains(slope) else { throw LawRefused("no codebook is sought at the slope \(slope)") }
    var search = CodebookSearch(source, slope: slope)
    var design = OneShotDesign(source, slope: slope)
    return try bounds(by: Self.found(search.best(.quick).codebook, design.multiplier(rounds: 25)))
  }

  func bounds(by found: FoundAtSlope) throws(LawRefused) -> SlopeBounds {
    guard let codebook = Self.codebook(found) else { throw LawRefused("there is no codebook") }
    let proof = try CodebookProof(codebook, of: source)
    let slope = Interval(found.slope)
    var least = (source.differentialEntropy - .log(.pi / slope)).lower
    if let dual = Self.dual(found) { least = max(least, try OneShotProof(dual, of: source).least) }
    return SlopeBounds(
      slope: found.slope, least: least, expectation: (proof.entropy + slope * proof.distortion).upper,
      distortion: proof.distortion)
  }

  // MARK: Numbers

  /// The codebook of numbers; nil if they are none.
  static func codebook(_ found: FoundAtSlope) -> Codebook? {
    guard let first = found.numbers.first, let count = Int(exactly: first), count > 0,
      count <= Codebook.mostWords, found.numbers.count >= 1 + 3 * count
    else { return nil }
    func list(_ index: Int) -> [Double] { Array(found.numbers[(1 + index * count)..<(1 + (index + 1) * count)]) }
    return Codebook(slope: found.slope, first: list(0), second: list(1), lengths: list(2))
  }

  /// The multiplier of numbers; nil if they hold none.
  static func dual(_ found: FoundAtSlope) -> OneShotDual? {
    guard let codebook = codebook(found) else { return nil }
    var rest = found.numbers.dropFirst(1 + 3 * codebook.count)
    func list() -> [Double]? {
      guard let first = rest.first, let count = Int(exactly: first), count >= 0, count < rest.count else { return nil }
      defer { rest = rest.dropFirst(1 + count) }
      return Array(rest.dropFirst().prefix(count))
    }
    guard let first = list(), let second = list(), rest.count == first.count * max(1, second.count) else { return nil }
    return OneShotDual(slope: found.slope, first: first, second: second, values: Array(rest))
  }

  /// The numbers of a codebook, with seven decimals, lengths rounded up, and of a multiplier, with six.
  static func found(_ codebook: Codebook, _ dual: OneShotDual? = nil) -> FoundAtSlope {
    let digits = 1e7
    let places = (codebook.first + codebook.second).map { ($0 * digits).rounded() / digits }
    let lengths = codebook.lengths.map { ($0 * digits).rounded(.up) / digits }
    var numbers = [Double(codebook.count)] + places + lengths
    if let dual {
      numbers += [Double(dual.first.count)] + dual.first + [Double(dual.second.count)] + dual.second
      numbers += dual.values.map { ($0 * 1e6).rounded(.down) / 1e6 }
    }
    return FoundAtSlope(slope: codebook.slope, numbers: numbers)
  }

  // MARK: The table

  func searched() -> [(found: FoundAtSlope, bounds: SlopeBounds)] {
    let slopes = tabulated
    return proved(codebooks(at: slopes), multipliers(at: slopes))
  }

  /// The slopes of a table.
  var tabulated: [Double] {
    (0..<Self.count).map { index in
      let share = Double(index) / Double(Self.count - 1)
      let slope = slopes.lowerBound * Double.exp(share * Double.log(slopes.upperBound / slopes.lowerBound))
      // Seventeen bits are as good as fifty-three and are written shorter.
      return (slope / (slope.ulp * 0x1p36)).rounded() * (slope.ulp * 0x1p36)
    }
  }

  /// Codebooks slope by slope on all cores, then once more from what the neighbouring slopes have.
  func codebooks(at slopes: [Double]) -> [Codebook] {
    /// The largest slopes take longest and come first.
    func designed(_ body: @Sendable (Int) -> Codebook) -> [Codebook] {
      parallelMap(count: slopes.count, block: 1, of: "slopes") { body(slopes.count - 1 - $0) }.reversed()
    }
    let first = designed { index in
      var search = CodebookSearch(source, slope: slopes[index])
      return search.best(.table).codebook
    }
    return designed { index in
      let near = first[max(0, index - 2)..<min(first.count, index + 3)].filter { $0.count > 1 }
      var search = CodebookSearch(source, slope: slopes[index])
      return search.best(.revision, near: Array(near)).codebook
    }
  }

  /// Multipliers, slope by slope: each begins with what the last one had.
  func multipliers(at slopes: [Double]) -> [OneShotDual] {
    guard let first = slopes.first else { return [] }
    var design = OneShotDesign(source, slope: first)
    return slopes.map { slope in
      design.move(to: slope)
      let dual = design.multiplier(rounds: 25)
      // On a ray the proof takes a second, and where S is below 1 a constant is still to be had.
      guard dual.isRadial, let proof = try? OneShotProof(dual, of: source) else { return dual }
      return dual.raised(by: max(0, -Double.log(proof.supremum)))
    }
  }

  /// What codebooks, and multipliers as far as there are any, prove; points above the hull are left out.
  func proved(_ codebooks: [Codebook], _ duals: [OneShotDual]) -> [(found: FoundAtSlope, bounds: SlopeBounds)] {
    let proved = parallelMap(count: codebooks.count, block: 1, of: "slopes") {
      index -> (found: FoundAtSlope, bounds: SlopeBounds)? in
      guard codebooks[index].count > 1 else { return nil }
      let found = Self.found(codebooks[index], index < duals.count ? duals[index] : nil)
      return (try? bounds(by: found)).map { (found, $0) }
    }
    return hull(proved.compactMap { $0 })
  }

  /// Those on the lower convex hull of their points and silence, in the order of their slopes.
  private func hull(
    _ entries: [(found: FoundAtSlope, bounds: SlopeBounds)]
  ) -> [(found: FoundAtSlope, bounds: SlopeBounds)] {
    var kept: [(found: FoundAtSlope, bounds: SlopeBounds)] = []
    func steepness(_ a: RatePoint, _ b: RatePoint) -> Double { (b.rate - a.rate) / (a.distortion - b.distortion) }
    let silent = RatePoint(distortion: silence.upper, rate: 0)
    for entry in entries.sorted(by: { $0.bounds.distortion.upper > $1.bounds.distortion.upper }) {
      let point = entry.bounds.point
      guard point.distortion < kept.last?.bounds.point.distortion ?? silent.distortion else { continue }
      while let last = kept.last?.bounds.point {
        let before = kept.count > 1 ? kept[kept.count - 2].bounds.point : silent
        guard steepness(before, last) >= steepness(last, point) || last.rate >= point.rate else { break }
        kept.removeLast()
      }
      kept.append(entry)
    }
    // A codebook may be on the hull and yet out of the order of the slopes that they were sought at.
    var slope = 0.0
    return kept.filter { entry in
      defer { slope = max(slope, entry.bounds.slope) }
      return entry.bounds.slope > slope
    }
  }
}
