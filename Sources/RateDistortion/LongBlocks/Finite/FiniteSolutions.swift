import IntervalArithmetic

/// The laws found so far for a finite source, so that the two sides of its curve are computed together.
struct FiniteSolutions: Sendable {
  let source: FiniteSource
  let largestDistortion: Double
  let leastDistortion: Double
  /// The code that sends every letter's nearest reproduction: its rate in bits, and the law of its index at a slope that leaves
  /// nothing to other reproductions.
  let nearest: (rate: Interval, law: FiniteLaw)
  private let known = Memo<Target, FiniteSearch.Solution?>()

  init(_ source: FiniteSource) {
    self.source = source
    largestDistortion = source.largestDistortion
    leastDistortion = source.leastDistortion
    nearest = (source.nearestReproductionRate, source.nearestReproductionLaw)
  }

  /// The distance of the bounds that is aimed at, in nats: 1e-9 bits for small sources, 1e-6 bits for large ones.
  var tolerance: Double {
    (source.probabilities.count * source.reproductions <= 1 << 16 ? 1e-9 : 1e-6) * natsPerBit
  }

  /// The laws at a target, or nil if none was found.
  func solution(_ target: Target) -> FiniteSearch.Solution? {
    known.value(of: target) {
      var search = FiniteSearch(source, target, tolerance: tolerance * 0.9)
      return search.solution()
    }
  }
}
