import IntervalArithmetic

/// A scalar source: a realisation is its own coordinate, that of the standard density.
///
/// A symbol's moments are those of its cells, joined without cancellation (`QuantizationCell.union`).
///
/// **Cells that are not intervals.** Among all ways to send x to one of the points c_s with given probabilities p_s, the
/// monotone one has the least mean squared error (the cost (x - c)^2 rewards order: Hardy, Littlewood, Polya, "Inequalities",
/// theorem 368). So the code of intervals with the same probabilities, in the order of the centroids, is no worse even before
/// its own centroids are taken. Its thresholds are quantiles of the source: at the probabilities' sums, which are known as
/// well as the code's own thresholds are, and so it is enclosed like any other code.
struct ScalarLine<Density: ScalarDensity>: DensityLine {
  let scaled: ScaledDensity<Density>
  /// What is added to s X: of the standard density's own place, 0.
  var shift = 0.0

  var line: any ScalarDensity { density }
  private var density: Density { scaled.density }
  private var scale: Interval { .sqrt(scaled.squaredScale) }

  var positionNames: [String] { ["x"] }
  var positions: ClosedRange<Double> {
    let (support, reach) = (density.support, density.reach * (1 - 0x1p-50))
    let low = support.lowerBound.isFinite ? support.lowerBound : -reach
    let high = support.upperBound.isFinite ? support.upperBound : reach
    return low * scaled.scale + shift...high * scaled.scale + shift
  }
  var range: ClosedRange<Double> { density.support }
  var isClosed: Bool { false }
  var components: Int? { 1 }

  func coordinate(of position: Double) -> Interval {
    guard scaled.scale != 1 || shift != 0 else { return Interval(position) }
    return (Interval(position) - Interval(shift)) / scale
  }

  func position(_ coordinate: Double) -> Double { coordinate * scaled.scale + shift }

  func probability(from a: Double, to b: Double) -> Interval {
    a < b ? density.probability(from: a, to: b) : 0
  }

  /// |x - y| itself.
  func spread(from a: Double, to b: Double) -> Double { (scale * (Interval(b) - Interval(a))).upper }

  func centroids(of partition: LinePartition) -> [[Double]]? {
    cells(of: partition).map { [position($0?.centroid.midpoint ?? 0)] }
  }

  func errors(of partition: LinePartition) -> PartitionErrors { errors(of: partition) { _ in nil } }

  func errors(of partition: LinePartition, about reconstructions: [[Double]]) -> PartitionErrors {
    errors(of: partition) { (Interval(reconstructions[$0][0]) - Interval(shift)) / scale }
  }

  /// The cells of the nominal thresholds, joined symbol by symbol; nil where a symbol has no probability.
  private func cells(of partition: LinePartition) -> [QuantizationCell<Interval>?] {
    var cells = [QuantizationCell<Interval>?](repeating: nil, count: partition.symbolCount)
    for piece in partition.pieces where piece.from < piece.to {
      let cell: QuantizationCell<Interval> = density.cell(from: piece.from, to: piece.to)
      guard cell.probability.lower > 0 else { continue }
      cells[piece.symbol] = cells[piece.symbol]?.union(with: cell) ?? cell
    }
    return cells
  }

  /// About the reproduction of each symbol; its centroid where there is none.
  private func errors(of partition: LinePartition, about reproduction: (_ symbol: Int) -> Interval?) -> PartitionErrors
  {
    var errors = PartitionErrors(symbols: partition.symbolCount, thresholds: partition.thresholds.count)
    let cells = cells(of: partition)
    for (symbol, cell) in cells.enumerated() {
      guard let cell else { continue }
      let given = reproduction(symbol).map { $0 - Interval(cell.anchor) }
      let moved = given.map { cell.probability * .squared(cell.offset - $0) } ?? 0
      errors.distortions[symbol] = scaled.squaredScale * (cell.distortion + moved)
    }
    for (index, threshold) in partition.thresholds.enumerated() {
      func distance(_ symbol: Int) -> Interval {
        let place = reproduction(symbol).map { $0 - Interval(threshold.nominal) }
        guard let length = place ?? cells[symbol]?.centroid(from: threshold.nominal) else { return 0 }
        return scaled.squaredScale * .squared(length)
      }
      let (left, right) = partition.sides(of: index)
      errors.distances[index] = (distance(left), distance(right))
    }
    return errors
  }

  func distortionOfIntervals(_ masses: CodeMasses, of partition: LinePartition) -> EnclosedValue {
    let ordered = RearrangedThresholds(masses, centroids: cells(of: partition).map { $0?.centroid.midpoint })
    let thresholds = ordered.sums.map { sum in
      let nominal = quantile(sum.nominal.midpoint)
      return UncertainThreshold(
        quantile(sum.everywhere.lower, side: .left), quantile(sum.everywhere.upper, side: .right), nominal: nominal)
    }
    let code = LinePartition(
      symbols: Array(0...thresholds.count), thresholds: thresholds, range: range, isClosed: false)
    return CodePerformance(of: TrainedCode(line: self, partition: code)).centroids
  }

  /// A place up to which about the probability F lies, or on a side of that place.
  ///
  /// The probability up to the place is enclosed, and it is moved on until it lies on that side.
  private func quantile(_ probability: Double, side: Side? = nil) -> Double {
    var (low, high) = (max(range.lowerBound, -density.reach), min(range.upperBound, density.reach))
    let ends = (low, high)
    for _ in 0..<80 {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if density.probability(from: -.infinity, to: middle, as: Double.self) < probability {
        low = middle
      } else {
        high = middle
      }
    }
    guard let side else { return low }
    var step = 0x1p-48 * max(1, low.magnitude)
    while true {
      let place = side == .left ? max(ends.0, low - step) : min(ends.1, high + step)
      if place == ends.0 || place == ends.1 { return place }
      let upTo: Interval = density.probability(from: -.infinity, to: place)
      if side == .left ? upTo.upper <= probability : upTo.lower >= probability { return place }
      step *= 4
    }
  }
}

/// The probabilities up to each threshold of the code of intervals with the probabilities of another one's symbols, in the
/// order of their centroids.
///
/// Where threshold i of that code moves by xi_i, and the symbols on its sides have the ranks r < r', then so much more or
/// less lies up to each of the new thresholds behind ranks r, ..., r' - 1.
struct RearrangedThresholds {
  /// By rank, behind each symbol but the last: at the nominal thresholds and over all their places.
  let sums: [(nominal: Interval, everywhere: Interval)]

  init(_ masses: CodeMasses, centroids: [Double?]) {
    let present = centroids.indices.filter { centroids[$0] != nil }
      .sorted { (centroids[$0] ?? 0, $0) < (centroids[$1] ?? 0, $1) }
    var ranks = [Int](repeating: 0, count: centroids.count)
    for (rank, symbol) in present.enumerated() { ranks[symbol] = rank }
    // What begins to count behind a rank, and where it ends to: below the nominal sum and above it, in doubles rounded
    // outwards.
    var changes = [(below: Interval, above: Interval)](repeating: (0, 0), count: present.count + 1)
    for (xi, (left, right)) in zip(masses.displacements, masses.sides) {
      let (from, to) = (min(ranks[left], ranks[right]), max(ranks[left], ranks[right]))
      // To the left symbol what xi > 0 adds: more lies up to the new thresholds if it comes first.
      let gain = ranks[left] <= ranks[right] ? xi : -xi
      let (below, above) = (Interval(gain.lower), Interval(gain.upper))
      changes[from] = (changes[from].below + below, changes[from].above + above)
      changes[to] = (changes[to].below - below, changes[to].above - above)
    }
    var sums: [(nominal: Interval, everywhere: Interval)] = []
    var sum: Interval = 0
    var (below, above): (Interval, Interval) = (0, 0)
    for (rank, symbol) in present.enumerated().dropLast() {
      sum = sum + masses.nominal[symbol]
      (below, above) = (below + changes[rank].below, above + changes[rank].above)
      sums.append((sum, .hull((sum + below).lower, (sum + above).upper)))
    }
    self.sums = sums
  }
}
