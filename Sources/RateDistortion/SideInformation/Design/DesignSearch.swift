import IntervalArithmetic
import ParallelBlocks

/// The search for a `DesignTable`: designs for slopes in steps, and then for the slopes of the hull's edges.
///
/// 1. Slopes from the largest down, each less than the one before by a factor of 1.25, get a design from all starts
///    (`BinningDesign.best`).
/// 2. At the slope of an edge of the hull of what was found, where codes may lie further below it than `price`, its codes
///    and their neighbours are refined, and nested quantizers are, also of the numbers of bins between theirs, for there
///    may be another one that neither leads to. What lies below the edge becomes a corner, and the edges to it are looked
///    at in turn. Where nothing does, the edge is the designs' hull: by the slope's own Lagrangian none of them is lower.
/// 3. Corners that save next to nothing go.
struct DesignSearch {
  let spread: Double
  let coding: IndexCoding

  /// What edges may cost, in bits: 5e-4.
  static let price = 5e-4
  /// What a corner saves at least, in bits.
  private static let leastSaving = 5e-6
  /// Slopes are this factor apart: where D falls like 1/lambda, a chord costs log(ratio)^2/(16 ln 2) = 4.5e-3 bits, halved
  /// edges a quarter of that, and their halves 2.8e-4.
  private static let ratio = 1.25
  /// In bits, -dR/dD of R_WZ at rate 0, 1/(2 ln 2): at smaller slopes no code is worth its rate.
  private static let leastSlope = 0.72

  private typealias Found = DesignHull.Corner

  /// The hull's corners.
  func hull() -> DesignHull {
    guard spread <= BinningDesign.largestSpread else { return DesignHull(corners: []) }
    let starts = NestedStarts(spread: spread, coding: coding, lambda: DesignedCode.largestSlope * natsPerBit)
    let corners = essential(corners(of: codes(from: starts), from: starts))
    return DesignHull(corners: parallelMap(count: corners.count, block: 1) { settled(corners[$0]) })
  }

  /// A corner with what an enclosure will say of it, as near as that is known without one: evaluated with half the spacing, and
  /// rounded upwards by as much as an entry of a table is.
  private func settled(_ corner: Found) -> Found {
    let performance = corner.code.performance(
      for: GaussianSideInformation(spread: spread), spacing: StepView.convergedSpacing / 2)
    return Found(
      slope: corner.slope, code: corner.code, rate: performance.rate(coding) + 2e-12,
      distortion: performance.distortion * (1 + 0x1p-39))
  }

  /// The corners, enclosed; what is too large to enclose is left out.
  func table() -> DesignTable {
    let corners = hull().corners.dropFirst()
    let entries = parallelMap(count: corners.count, block: 1, of: "codes") { index in
      DesignTable.Entry(enclosing: corners[corners.startIndex + index], spread: spread, coding: coding)
    }
    return DesignTable(corners: entries.compactMap { $0 })
  }

  // MARK: Slopes in steps

  private func design(_ slope: Double) -> BinningDesign {
    BinningDesign(spread: spread, lambda: slope * natsPerBit, coding: coding)
  }

  private func codes(from starts: NestedStarts) -> [Found] {
    var slopes: [Double] = []
    var slope = DesignedCode.largestSlope
    while slope > Self.leastSlope {
      slopes.append(slope)
      slope /= Self.ratio
    }
    let all = slopes
    return parallelMap(count: all.count, block: 1, of: "codes") { index in
      found(design(all[index]).best(from: starts, tolerance: 1e-7).code, slope: all[index])
    }
  }

  /// A code with thresholds as tables hold them, evaluated.
  private func found(_ code: BinningDesign.Code, slope: Double) -> Found {
    let code = code.rounded(to: DesignTable.unit)
    let performance = code.performance(
      for: GaussianSideInformation(spread: spread), spacing: StepView.convergedSpacing)
    return Found(slope: slope, code: code, rate: performance.rate(coding), distortion: performance.distortion)
  }

  // MARK: The hull

  /// The lower convex hull's corners, silence first, after the edges have been looked at.
  private func corners(of codes: [Found], from starts: NestedStarts) -> [Found] {
    var hull = Self.hull(of: [.silence] + codes.filter { $0.code.labels.count > 1 })
    var settled: Set<[Double]> = []
    for _ in 0..<8 {
      let known = hull
      let edges = known.indices.dropLast().filter { index in
        let (a, b) = (known[index], known[index + 1])
        return !settled.contains([a.slope, b.slope]) && Self.doubt(a, b, among: known) > Self.price
      }
      guard !edges.isEmpty else { break }
      let news = parallelMap(count: edges.count, block: 1, of: "codes") { index -> Found? in
        let (a, b) = (known[edges[index]], known[edges[index] + 1])
        let slope = (b.rate - a.rate) / (a.distortion - b.distortion)
        guard slope <= DesignedCode.largestSlope else { return nil }
        let around = max(0, edges[index] - 1)..<min(known.count, edges[index] + 3)
        let others = known[around].map(\.code).filter { $0.labels.count > 1 }
          .map { BinningDesign.Code(thresholds: $0.thresholds, labels: $0.labels) }
        let new = found(
          design(slope).best(
            from: starts, bins: Self.between(a, b), and: others, isAnnealed: false, tolerance: 1e-7
          ).code, slope: slope)
        return new.cost(slope) < b.cost(slope) - Self.leastSaving ? new : nil
      }
      // An edge that nothing much lies below is not looked at again.
      for (index, new) in zip(edges, news) where new == nil {
        settled.insert([known[index].slope, known[index + 1].slope])
      }
      hull = Self.hull(of: hull + news.compactMap { $0 })
    }
    return hull
  }

  /// Numbers of labels between those of two codes, at most three.
  private static func between(_ a: Found, _ b: Found) -> [Int] {
    let counts = [a, b].map { Set($0.code.labels).count }.sorted()
    let count = min(3, counts[1] - counts[0] - 1)
    guard count > 0 else { return [] }
    return (1...count).map { counts[0] + (counts[1] - counts[0]) * $0 / (count + 1) }
  }

  /// How far below an edge the lines of its codes' own slopes meet: no code that is optimal for any slope is lower.
  private static func doubt(_ a: Found, _ b: Found, among known: [Found]) -> Double {
    guard b.slope > a.slope else { return 0 }
    // Another code may be better at the slope that one was designed for.
    let least = { (slope: Double) in known.reduce(Double.infinity) { min($0, $1.cost(slope)) } }
    let (coarse, fine) = (least(a.slope), least(b.slope))
    let meeting = (fine - coarse) / (b.slope - a.slope)
    let edge = (b.rate - a.rate) / (a.distortion - b.distortion)
    return a.cost(edge) - (coarse + (edge - a.slope) * meeting)
  }

  private static func hull(of codes: [Found]) -> [Found] {
    var hull: [Found] = []
    for code in codes.sorted(by: { ($1.distortion, $0.rate) < ($0.distortion, $1.rate) }) {
      if let last = hull.last, code.rate <= last.rate || code.distortion >= last.distortion {
        guard code.distortion < last.distortion else { continue }
        while let last = hull.last, code.rate <= last.rate { hull.removeLast() }
      }
      while hull.count > 1 {
        let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
        let edge = (code.rate - a.rate) / (a.distortion - code.distortion)
        if b.cost(edge) < a.cost(edge) { break }
        hull.removeLast()
      }
      hull.append(code)
    }
    return hull
  }

  /// Without silence, and without corners that save less than `leastSaving`.
  private func essential(_ hull: [Found]) -> [Found] {
    guard var last = hull.first else { return [] }
    var kept: [Found] = []
    var skipped: [Found] = []
    for (corner, next) in zip(hull.dropFirst(), hull.dropFirst(2)) {
      let edge = (next.rate - last.rate) / (last.distortion - next.distortion)
      skipped.append(corner)
      if skipped.allSatisfy({ last.cost(edge) - $0.cost(edge) < Self.leastSaving }) { continue }
      kept.append(corner)
      last = corner
      skipped = []
    }
    return kept + (hull.count > 1 ? hull.suffix(1) : [])
  }
}

extension BinningDesign.Code {
  /// The code with thresholds at multiples of a unit and labels in the order in which they appear; cells that vanish are left out.
  fileprivate func rounded(to unit: Double) -> LabelledQuantizer {
    var rounded = Self(thresholds: [], labels: [])
    var names: [Int: Int] = [:]
    for (index, label) in labels.enumerated() {
      let end = index < thresholds.count ? (thresholds[index] / unit).rounded() * unit : .infinity
      if end <= rounded.thresholds.last ?? -.infinity { continue }
      let name = names[label] ?? names.count
      names[label] = name
      if name == rounded.labels.last { rounded.thresholds.removeLast() } else { rounded.labels.append(name) }
      if index < thresholds.count { rounded.thresholds.append(end) }
    }
    return LabelledQuantizer(unchecked: rounded.thresholds, labels: rounded.labels)
  }
}
