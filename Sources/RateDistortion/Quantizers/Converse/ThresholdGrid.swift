import IntervalArithmetic

/// A grid of thresholds with enclosed moments, and which cells between its intervals may still belong to a quantizer that
/// is better than a known one; the machinery of `EntropyConstrainedLowerBound`, which proves what it computes.
///
/// Of the density it keeps two functions, so that millions of edges are numbers alone, whoever calls.
package struct ThresholdGrid {
  /// The integrals of 1, x and x^2 against the density, left of a grid point.
  private struct Moments {
    var p: Interval
    var first: Interval
    var second: Interval

    static func + (moments: Moments, cell: QuantizationCell<Interval>) -> Moments {
      let c = cell.centroid
      let pc = cell.probability * c
      return Moments(
        p: moments.p + cell.probability, first: moments.first + pc,
        second: moments.second + (cell.distortion + pc * c))
    }
  }

  /// The cell between two places.
  private let cell: @Sendable (Double, Double) -> QuantizationCell<Interval>
  /// A lower bound on the density at a place.
  private let least: @Sendable (Double) -> Double
  /// The grid points; thresholds lie between the first and the last.
  private var nodes: [Double]
  private var moments: [Moments]
  private var total: Moments
  /// Lower bounds on the density at the grid points; on an interval the unimodal density is at least the lesser of its two.
  private var densities: [Double]
  /// For each grid interval, the grid intervals at distance 2 or more in which the other end of a cell that starts in it may
  /// lie, as a range.
  ///
  /// Interval i lies between the points i - 1 and i, i = 1, ..., nodes.count - 1; 0 stands for the support's left end itself
  /// and `nodes.count` for its right end.
  private var survivors: [ClosedRange<Int>?]
  /// The grid intervals in which a threshold may lie. There a cell may also have both ends in one interval or in two
  /// neighbours: rounding may make such a cell vanish, so that no path proves that there is none.
  private var isLive: [Bool]
  /// The grid intervals in which a surviving cell from a distance of 2 or more ends.
  private var isEnd: [Bool]
  /// The largest probability of a surviving cell that ends in an interval.
  private var largestCell: [Double]

  /// How many grid points there are.
  var count: Int { nodes.count }

  package init<Density: UnimodalDensity>(density: Density, nodes: [Double]) {
    cell = { density.cell(from: $0, to: $1) }
    least = { density.density(Interval($0)).lower }
    self.nodes = nodes
    var sum = Moments(p: 0, first: 0, second: 0)
    moments = []
    moments.reserveCapacity(nodes.count)
    var previous = density.support.lowerBound
    for node in nodes {
      if node > previous { sum = sum + cell(previous, node) }
      moments.append(sum)
      previous = node
    }
    let end = density.support.upperBound
    total = previous < end ? sum + cell(previous, end) : sum
    densities = nodes.map(least)
    let last = nodes.count
    survivors = (0..<last).map { min($0 + 1, last)...last }
    isLive = [Bool](repeating: true, count: last + 1)
    isEnd = isLive
    largestCell = [Double](repeating: 1, count: last + 1)
  }

  // MARK: Errors of rounding

  /// What a dozen operations, each rounded to nearest, are off by at most, relative to the magnitudes of what they add: a dozen times
  /// u = 2^-53 is less. Edges are too many for an interval each.
  private static let rounding = 0x1p-48
  /// More than what underflows: no quotient has a divisor below `leastProbability`.
  private static let underflow = 1e-200
  private static let leastProbability = 1e-100

  /// e(I) = F(I)^2/8 max(0, min(p/(2 f^2), 2 Y/f) - mu/p) as a function of p, rounded up: f is the least density of the
  /// interval, and Y the largest distance of a threshold in it from the centroid of its cell, which is not beyond the centroid
  /// of everything on that side. 0 for the ends of the support, which are not rounded.
  private struct Coarseness {
    var rising = 0.0
    var cap = 0.0
    var falling = 0.0

    /// The error at most, given p and 1/p, which are right to rounding.
    @inline(__always)
    func error(_ p: Double, _ reciprocal: Double) -> Double {
      let (first, second) = (min(rising * p, cap), falling * reciprocal)
      return max(0, first - second + ThresholdGrid.rounding * (first + second))
    }

    /// The larger error of two intervals is at most that of their larger coefficients.
    func worse(_ other: Coarseness) -> Coarseness {
      Coarseness(rising: max(rising, other.rising), cap: max(cap, other.cap), falling: min(falling, other.falling))
    }
  }

  /// The coefficients of an interval for cells that start in it and for those that end in it.
  private func coarseness(of interval: Int, _ mu: Double) -> (start: Coarseness, end: Coarseness) {
    guard interval > 0, interval < nodes.count else { return (Coarseness(), Coarseness()) }
    let (left, right) = (moments[interval - 1], moments[interval])
    let eighth = Interval.squared(right.p - left.p) / 8
    let density = Interval(min(densities[interval - 1], densities[interval]))
    let rising = (eighth / (2 * .squared(density))).upper
    let falling = max(0, (Interval(mu) * eighth).lower)
    func cap(_ distance: Interval) -> Double {
      let cap = (eighth * 2 * distance / density).upper
      return cap >= 0 ? cap : .infinity
    }
    let below = Interval(nodes[interval]) - left.first / left.p
    let above = (total.first - right.first) / (total.p - right.p) - Interval(nodes[interval - 1])
    return (
      Coarseness(rising: rising, cap: cap(above), falling: falling),
      Coarseness(rising: rising, cap: cap(below), falling: falling)
    )
  }

  /// What rounding costs at the two ends of an edge: for each place the coarser of the intervals beside it that a box with
  /// this corner may have.
  private struct Charges {
    /// For edges to the next few places: any live interval counts.
    var near: (starts: [Coarseness], ends: [Coarseness])
    /// For all others: intervals where surviving boxes start, or end.
    var far: (starts: [Coarseness], ends: [Coarseness])
  }

  private func charges(_ mu: Double) -> Charges {
    let last = nodes.count
    let none = [Coarseness?](repeating: nil, count: last + 2)
    var near = (starts: none, ends: none)
    var far = (starts: none, ends: none)
    func charge(_ places: inout [Coarseness?], _ place: Int, _ coarseness: Coarseness) {
      places[place] = places[place]?.worse(coarseness) ?? coarseness
    }
    for interval in stride(from: 1, to: last, by: 1) where isLive[interval] || isEnd[interval] {
      let (start, end) = coarseness(of: interval, mu)
      for place in [interval, interval + 1] {
        charge(&near.starts, place, start)
        charge(&near.ends, place, end)
        if survivors[interval] != nil { charge(&far.starts, place, start) }
        if isEnd[interval] { charge(&far.ends, place, end) }
      }
    }
    let fixed = Coarseness()
    return Charges(
      near: (near.starts.map { $0 ?? fixed }, near.ends.map { $0 ?? fixed }),
      far: (far.starts.map { $0 ?? fixed }, far.ends.map { $0 ?? fixed }))
  }

  // MARK: Paths

  /// The moments left of a place: the support's left end, grid points shifted by one, the support's right end.
  private func moments(leftOf place: Int) -> Moments {
    if place == 0 { return Moments(p: 0, first: 0, second: 0) }
    return place <= nodes.count ? moments[place - 1] : total
  }

  /// The edges from a place: to the next few places, where its neighbourhood is live, and to the corners of the surviving
  /// boxes of the two intervals beside it.
  private struct Edges {
    var near: Range<Int>
    var far: Range<Int>
    /// Where their costs are stored.
    var offset: Int

    var count: Int { near.count + far.count }

    @inline(__always)
    func forEach(_ body: (_ place: Int, _ index: Int) -> Void) {
      for place in near { body(place, offset + place - near.lowerBound) }
      for place in far { body(place, offset + near.count + place - far.lowerBound) }
    }
  }

  /// A box of two intervals at distance at most 1 has children at distances up to 3, whose corners are up to 4 apart.
  private static let nearestPlaces = 4

  private func edges(from place: Int, offset: Int) -> Edges {
    let end = nodes.count + 2
    var near = place + 1..<place + 1
    var low = Int.max
    var high = Int.min
    for interval in max(place - 1, 0)...min(place, nodes.count - 1) where interval > 0 || place == 0 {
      if isLive[interval] { near = place + 1..<min(place + 1 + Self.nearestPlaces, end) }
      guard let range = survivors[interval] else { continue }
      low = min(low, range.lowerBound == nodes.count ? nodes.count + 1 : range.lowerBound)
      high = max(high, range.upperBound + 1)
    }
    low = max(low, near.upperBound)
    return Edges(near: near, far: low <= high ? low..<high + 1 : near.upperBound..<near.upperBound, offset: offset)
  }

  /// The length of the shortest path through surviving boxes, rounded down, infinite if there is none; and from now on only
  /// boxes survive through whose corners a path no longer than `limit` goes.
  ///
  /// Places are numbered 0 (the left end), 1, ..., n (grid points) and n + 1 (the right end), boxes by grid intervals: the
  /// interval i has the places i and i + 1 as its ends, the interval 0 only the place 0, the interval n only n + 1.
  package mutating func shortestPath(mu: Double, below limit: Double) -> Double {
    let last = nodes.count
    let charges = charges(mu)
    var edges: [Edges] = []
    edges.reserveCapacity(last + 1)
    var offset = 0
    for place in 0...last {
      let from = self.edges(from: place, offset: offset)
      edges.append(from)
      offset += from.count
    }
    var costs = [Double](repeating: .infinity, count: offset)
    var onward = [Double](repeating: .infinity, count: last + 2)
    onward[last + 1] = 0
    let left = (0...last + 1).map { moments(leftOf: $0) }
    let (near, far) = (charges.near, charges.far)
    for place in (0...last).reversed() {
      let here = left[place]
      let before = left[max(place - 1, 0)].p.lower
      let starts = (near: near.starts[place], far: far.starts[place])
      var best = Double.infinity
      edges[place].forEach { other, index in
        // The largest cell of a box with this corner; a larger one is charged more.
        let p = max(min(left[min(other + 1, last + 1)].p.upper - before, 1), Self.leastProbability)
        let reciprocal = 1 / p
        let isNear = other <= place + Self.nearestPlaces
        let start = isNear ? starts.near : starts.far
        let end = isNear ? near.ends[other] : far.ends[other]
        let error = start.error(p, reciprocal) + end.error(p, reciprocal)
        let cost = Self.cost(here, left[other], mu, error: error, isOneInterval: other == place + 1)
        costs[index] = cost
        best = min(best, (cost + onward[other]).nextDown)
      }
      onward[place] = best
    }
    eliminate(edges, costs, onward, limit)
    return onward[0]
  }

  /// A lower bound on the cost of the cell between two places less the error; see `EntropyConstrainedLowerBound`.
  ///
  /// Of each enclosure one end is needed. What is added is at least -p log p of an end, M2 - M1^2/p with |M1| as large and p as
  /// small as they may be, and the error; what rounding makes of them is taken off by their magnitudes.
  @inline(__always)
  private static func cost(
    _ a: Moments, _ b: Moments, _ mu: Double, error: Double, isOneInterval: Bool
  ) -> Double {
    let (low, high) = (b.p.lower - a.p.upper, b.p.upper - a.p.lower)
    var entropy = 0.0
    var distortion = 0.0
    if high > 0 {
      entropy = mu * leastEntropy(low * (1 - rounding), high * (1 + rounding))
      if low > leastProbability {
        let first = max(b.first.upper - a.first.lower, a.first.upper - b.first.lower)
        let (second, taken) = (b.second.lower - a.second.upper, first * first / low)
        distortion = max(0, second - taken - rounding * (abs(second) + taken))
      }
    }
    let reduced = distortion - error
    let sum = entropy + (isOneInterval ? min(reduced, 0) : reduced)
    return sum - rounding * (entropy + distortion + error) - underflow
  }

  /// A lower bound on -p log p for p in an interval: concave, so least at an end; it increases up to p = 1/e, and
  /// 0.36 < 1/e < 0.37.
  @inline(__always)
  private static func leastEntropy(_ low: Double, _ high: Double) -> Double {
    let low = max(low, 0)
    let high = min(high, 1)
    if high < 0.36 { return leastEntropy(low) }
    if low > 0.37 { return leastEntropy(high) }
    return min(leastEntropy(low), leastEntropy(high))
  }

  /// The same for a number in [0, 1]: one end of the logarithm is enough.
  @inline(__always)
  private static func leastEntropy(_ p: Double) -> Double {
    p > 0 ? max(0, (p * -Interval.log(Interval(p)).upper).nextDown) : 0
  }

  /// Keeps the boxes with a corner through which a path no longer than the limit goes.
  private mutating func eliminate(_ edges: [Edges], _ costs: [Double], _ onward: [Double], _ limit: Double) {
    let last = nodes.count
    var reached = [Double](repeating: .infinity, count: last + 2)
    reached[0] = 0
    // For each place, the span of places that a short path goes to from it, and whether it is on one itself.
    var short = [ClosedRange<Int>?](repeating: nil, count: last + 1)
    var isOnShort = [Bool](repeating: false, count: last + 2)
    for place in 0...last {
      guard reached[place] < .infinity else { continue }
      isOnShort[place] = (reached[place] + onward[place]).nextDown <= limit
      edges[place].forEach { other, index in
        let length = (reached[place] + costs[index]).nextDown
        reached[other] = min(reached[other], length)
        if (length + onward[other]).nextDown <= limit {
          short[place] = min(short[place]?.lowerBound ?? other, other)...other
        }
      }
    }
    isLive = [Bool](repeating: false, count: last + 1)
    isLive[0] = true
    isEnd = [Bool](repeating: false, count: last + 1)
    largestCell = [Double](repeating: 0, count: last + 1)
    for interval in 1..<last where isOnShort[interval] || isOnShort[interval + 1] { isLive[interval] = true }
    for interval in 0..<last {
      var low = Int.max
      var high = Int.min
      for place in interval == 0 ? 0...0 : interval...interval + 1 {
        guard let range = short[place] else { continue }
        // A place is a corner of the intervals on both its sides.
        low = min(low, range.lowerBound == last + 1 ? last : range.lowerBound - 1)
        high = max(high, range.upperBound == last + 1 ? last : range.upperBound)
      }
      low = max(low, min(interval + 2, last))
      high = min(high, max(survivors[interval]?.upperBound ?? 0, min(interval + 3, last)))
      survivors[interval] = low <= high ? low...high : nil
      guard low <= high else { continue }
      let p = (moments(leftOf: min(high + 1, last + 1)).p - moments(leftOf: interval).p).upper
      largestCell[interval] = max(largestCell[interval], p)
      for other in low...high {
        isEnd[other] = true
        largestCell[other] = max(largestCell[other], p)
      }
    }
  }

  // MARK: Refinement

  /// Halves every live interval whose error is more than its share of the budget: that of its largest cell's probability,
  /// or of one cell among `cells`.
  ///
  /// - Returns: whether anything was halved; not if there would be more than `mostNodes` grid points.
  mutating func refine(mu: Double, budget: Double, cells: Double, mostNodes: Int) -> Bool {
    let last = nodes.count
    var isHalved = [Bool](repeating: false, count: last + 1)
    var halved = 0
    for interval in 1..<last where isLive[interval] {
      let p = largestCell[interval]
      let (start, end) = coarseness(of: interval, mu)
      guard p > 0, max(start.error(p, 1 / p), end.error(p, 1 / p)) > budget * max(p, 2 / cells) else { continue }
      isHalved[interval] = true
      halved += 1
    }
    guard halved > 0, last + halved <= mostNodes else { return false }

    var newNodes: [Double] = []
    var newMoments: [Moments] = []
    var newDensities: [Double] = []
    var newLive = [isLive[0]]
    var newEnd = [isEnd[0]]
    var newLargest = [largestCell[0]]
    // The first of the new intervals of an old one.
    var first = [0]
    for interval in 1...last {
      let node = nodes[interval - 1]
      newNodes.append(node)
      newMoments.append(moments[interval - 1])
      newDensities.append(densities[interval - 1])
      first.append(newNodes.count)
      newLive.append(isLive[interval])
      newEnd.append(isEnd[interval])
      newLargest.append(largestCell[interval])
      guard isHalved[interval] else { continue }
      let middle = node + (nodes[interval] - node) / 2
      newNodes.append(middle)
      newMoments.append(moments[interval - 1] + cell(node, middle))
      newDensities.append(least(middle))
      newLive.append(isLive[interval])
      newEnd.append(isEnd[interval])
      newLargest.append(largestCell[interval])
    }
    var newSurvivors = [ClosedRange<Int>?](repeating: nil, count: newNodes.count)
    for interval in 0..<last {
      guard let range = survivors[interval] else { continue }
      let children = first[interval]..<first[interval + 1]
      let end = range.upperBound == last ? first[last] : first[range.upperBound + 1] - 1
      for child in children { newSurvivors[child] = first[range.lowerBound]...end }
    }
    nodes = newNodes
    moments = newMoments
    densities = newDensities
    isLive = newLive
    isEnd = newEnd
    largestCell = newLargest
    survivors = newSurvivors
    return true
  }
}
