import IntervalArithmetic
import ParallelBlocks

extension SlopeTable {
  /// The table of a source, solved slope by slope until its sides are nowhere further apart than a tolerance.
  ///
  /// Slopes first go up by a factor 3/2 from where the rate leaves 0 to where the Shannon lower bound is within half the tolerance, or
  /// the rate is beyond `largestRate`; then intervals whose sides are too far apart in between are halved, or divided at once if the
  /// source says so, a generation at a time on all cores, until none is. Two slopes a ratio exp(sqrt(tolerance)) apart would be tolerance/8 d off if their solutions were optimal,
  /// and are not divided any more; nor are those that are hardly further apart in between than at their own points.
  ///
  /// - Parameters:
  ///   - tolerance: the distance of the sides, in nats.
  ///   - largestRate: where the table ends at the latest, in nats.
  init(solving source: some SlopeSource, tolerance: Double, largestRate: Double) {
    // An entry whose sides are half a nat apart says nothing.
    func solved(_ slopes: [Double]) -> [SlopeBounds] {
      // Seventeen bits are as good as fifty-three and are written shorter.
      let rounded = slopes.map { slope in
        let short = (slope / (slope.ulp * 0x1p36)).rounded() * (slope.ulp * 0x1p36)
        return min(max(short, source.slopes.lowerBound), source.slopes.upperBound)
      }
      return parallelMap(count: slopes.count, block: 1, of: "slopes") { try? source.solvedBounds(slope: rounded[$0]) }
        .compactMap { $0 }.filter { $0.gap < 0.5 }
    }
    let scale = Double(source.dimension ?? 1) / (2 * source.silence.midpoint)
    // kappa = Lambda - Lambda_SLB tells how far R may be from the Shannon lower bound at any smaller distortion.
    func isLast(_ entry: SlopeBounds) -> Bool {
      entry.point.rate > largestRate || source.shannonExcess(entry).map { $0 < tolerance / 2 } ?? false
    }
    let closest = Double.exp(tolerance.squareRoot())
    var entries: [SlopeBounds] = []
    var exponent = -12
    while exponent < 60 {
      // The ends of the range are solved once: what lies beyond them is left out but for the nearest.
      let slopes = (exponent..<exponent + 4).map { scale * Double.exp(Double($0) * Double.log(1.5)) }
        .filter { $0 * 1.5 > source.slopes.lowerBound && $0 < source.slopes.upperBound * 1.5 }
      let generation = solved(slopes)
      entries += generation
      exponent += 4
      if generation.contains(where: isLast) || (generation.isEmpty && !entries.isEmpty) { break }
    }
    entries = SlopeTable.essential(entries, isLast: isLast)
    var open = Array(entries.indices.dropLast())
    while !open.isEmpty {
      let table = SlopeTable(entries, dimension: source.dimension, silence: source.silence)
      let middle = solved(
        open.flatMap { index -> [Double] in
          let (coarse, fine) = (entries[index], entries[index + 1])
          let own = max(coarse.gap, fine.gap)
          let allowed = max(tolerance, 2 * own)
          let gap = table.widestGap(between: coarse.distortion.upper, fine.distortion.upper)
          guard fine.slope > closest * coarse.slope, gap > allowed else { return [] }
          let parts = source.isDividedAtOnce ? Self.parts(gap: gap - own, allowed: allowed - own) : 2
          let ratio = Double.log(fine.slope / coarse.slope)
          return (1..<parts).map { coarse.slope * Double.exp(Double($0) / Double(parts) * ratio) }
        })
      entries = (entries + middle).sorted { $0.slope < $1.slope }
      let added = Set(middle.map(\.slope))
      open = entries.indices.dropLast().filter {
        added.contains(entries[$0].slope) || added.contains(entries[$0 + 1].slope)
      }
    }
    self.init(entries, dimension: source.dimension, silence: source.silence)
  }

  /// Into how many parts an interval is divided whose sides are too far apart for other reasons than their own: a distance that falls
  /// with the square of the length is then a fifth below what is allowed. Far from that, as at a corner, no more than 32.
  private static func parts(gap: Double, allowed: Double) -> Int {
    max(2, Int(min(32, 1.1 * (gap / allowed).squareRoot()).rounded(.up)))
  }

  /// Of entries in order, those from the last silent one to the first beyond which none is needed.
  private static func essential(_ entries: [SlopeBounds], isLast: (SlopeBounds) -> Bool) -> [SlopeBounds] {
    let end = entries.firstIndex(where: isLast) ?? entries.count - 1
    let start = entries[..<(end + 1)].lastIndex { $0.point.rate < 1e-4 } ?? 0
    return end >= start ? Array(entries[start...end]) : []
  }

  /// The largest distance of the sides at some distortions between two.
  private func widestGap(between high: Double, _ low: Double) -> Double {
    var widest = 0.0
    for step in 0...8 {
      let distortion = high * Double.exp(Double(step) / 8 * Double.log(low / high))
      let above = pointFromAbove(at: distortion)?.rate ?? .infinity
      widest = worst(widest, above - (pointFromBelow(at: distortion)?.rate ?? 0))
    }
    return widest
  }
}
