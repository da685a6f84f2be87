import IntervalArithmetic
import ParallelBlocks

/// The computer's part of the proof that biuniform codes are optimal for every `ConcavePhase`.
///
/// With M(a, b) = (g(b) - g(a))/ln(b/a), the mean of v over [a, b] in ln p, the proof needs M(a, b) < M(b, z) for 0 < a <= b <=
/// z, a + b + z = 1 and z >= 1/2 ("Limits at perfect realism and closed phases", section 2). Both sides are linear in r', so
/// that tents are enough (`TentPhase`): an inequality in s in [0, 1/2], m = (a + b)/2 in (0, 1/4] and b = m (1 + q), q in [0,
/// 1].
///
/// On [0, 1/2] g' is concave, so that (g(b) - g(a))/(b - a) <= g'(m); the logarithmic mean (b - a)/ln(b/a) is at most (2 sqrt(a
/// b) + m)/3 (Carlson 1972); and v is unimodal, so that M(b, z), a mean of v, is at least the smaller of v(b) and v(z). It
/// suffices that one of
///
///     A = g(z) - g(b) - c v(m) ln(z/b),      B = min(v(b), v(z)) - c v(m),      c = (2 sqrt(1 - q^2) + 1)/3,
///
/// is positive. For m < 0.01 A is, by hand: g(z) >= g(1) = (1 - s)/12 >= 1/24, because v(z) < 0 from 0.98 on; g(b) <= b/3 <=
/// 0.0067; and v(m) ln(z/b) <= (m/3) ln(1/m) <= 0.0154.
///
/// The rest is covered by boxes of (s, m, q). A and B are enclosed at a box's middle, and what they can fall by within the box
/// is bounded by the constants of `TentPhase`, with z = 1 - 2 m:
///
/// | by | A falls at most by          | B falls at most by    |
/// |----|-----------------------------|-----------------------|
/// | s  | 1/4 + c ln(z/b)/2           | 7/4 + c/2             |
/// | m  | 2/3 + 2/3 + c ln(z/b)       | 10/3 + c              |
/// | q  | m/3                         | m                     |
///
/// each per unit of the variable, where c and ln(z/b) are constants: both fall with q, and ln(z/b) with m, so that they are
/// taken at the box's least q and m.
package struct ClosedPhaseProof {
  /// How many boxes of a slice are looked at before the claim counts as not proved.
  package var boxLimit = 1_000_000
  /// The places s of tents.
  package var peaks = Interval.hull(0, 0.5)
  /// The factor by which M(b, z) is claimed to exceed the bound on M(a, b); the proof needs 1.
  package var factor = 1.0

  private struct Box {
    var s: Interval
    var m: Interval
    var q: Interval
  }

  /// The claim for all tents.
  package init() {}

  /// Slices of the places, each a proof of its own, so that every core has some.
  private static let slices = 64

  package func check() -> ProofCheck {
    let checks = parallelMap(count: Self.slices, block: 1, of: "slices of s") { index in
      let end = { (index: Int) in peaks.lower + peaks.width * Double(index) / Double(Self.slices) }
      return check(.hull(end(index), index + 1 == Self.slices ? peaks.upper : end(index + 1)))
    }
    let failed = checks.first { !$0.isProved }
    return ProofCheck(
      claim: Self.claim, isProved: failed == nil, boxes: checks.reduce(0) { $0 + $1.boxes },
      margin: failed?.margin ?? checks.map(\.margin).min() ?? 0, failure: failed?.failure ?? "")
  }

  private static let claim = "M(a, b) < M(b, z) for a <= b <= z, a + b + z = 1, z >= 1/2, for every concave r' >= 0"

  private func check(_ slice: Interval) -> ProofCheck {
    var boxes = [Box(s: slice, m: .hull(0.0099, 0.25), q: .hull(0, 1))]
    var visited = 0
    var margin = Double.infinity
    while let box = boxes.popLast() {
      visited += 1
      let clearance = clearance(of: box)
      if clearance > 0 {
        margin = min(margin, clearance)
        continue
      }
      guard visited < boxLimit, box.m.width > 1e-9 else {
        let place = "at s in \(box.s), m in \(box.m), q in \(box.q)"
        return ProofCheck(claim: Self.claim, isProved: false, boxes: visited, margin: clearance, failure: place)
      }
      boxes += halves(of: box)
    }
    return ProofCheck(claim: Self.claim, isProved: true, boxes: visited, margin: margin, failure: "")
  }

  /// The box halved in the direction in which A can fall most.
  private func halves(of box: Box) -> [Box] {
    let falls = [0.6 * box.s.width, 2 * box.m.width, 0.4 * box.m.midpoint * box.q.width]
    let (s, m, q) = (box.s, box.m, box.q)
    func halved(_ side: Interval) -> [Interval] {
      [.hull(side.lower, side.midpoint), .hull(side.midpoint, side.upper)]
    }
    if falls[0] >= max(falls[1], falls[2]) { return halved(s).map { Box(s: $0, m: m, q: q) } }
    if falls[1] >= falls[2] { return halved(m).map { Box(s: s, m: $0, q: q) } }
    return halved(q).map { Box(s: s, m: m, q: $0) }
  }

  /// A number that the greater of A and B is at least, anywhere in the box.
  private func clearance(of box: Box) -> Double {
    let (ds, dm, dq) = (Interval(box.s.radius), Interval(box.m.radius), Interval(box.q.radius))
    let tent = TentPhase(peak: box.s.midpoint)
    let m = Interval(box.m.midpoint)
    let b = m * (1 + Interval(box.q.midpoint))
    let z = 1 - 2 * m
    let least = Interval(box.q.lower)
    let c = Interval(factor) * (2 * .sqrt(1 - .squared(least)) + 1) / 3
    let mean = c * tent.v(m)
    // ln(z/b) anywhere in the box.
    let greatest = Interval.log((1 - 2 * Interval(box.m.lower)) / (Interval(box.m.lower) * (1 + least)))
    let first = tent.g(z) - tent.g(b) - mean * greatest
    let most = Interval(box.m.upper)
    let firstFall =
      ds * (1 / Interval(4) + c * greatest / 2) + dm * (4 / Interval(3) + c * greatest) + dq * most / 3
    if (first - firstFall).lower > 0 { return (first - firstFall).lower }
    let second = Interval.min(tent.v(b), tent.v(z)) - mean
    let secondFall = ds * (7 / Interval(4) + c / 2) + dm * (10 / Interval(3) + c) + dq * most
    return (second - secondFall).lower
  }
}
