import IntervalArithmetic

/// The biuniform codes of a source as one path from rate 0 to infinity, and its two inversions.
///
/// For K = 1, 2, ... the odd cell shrinks from 1/(K+1), the uniform code of K + 1 cells, to 0, the uniform code of K. Along
/// the way the rate decreases from log(K+1) to log K, its derivative by eps being log(q/eps) > 0 with q = (1 - eps)/K, and the
/// distortion goes from delta(1/(K+1)) to delta(1/K). So at every distortion there is a code of the path, of the K with
/// delta(1/(K+1)) < D <= delta(1/K), and K is found by inverting delta once: K = floor(1/p), delta(p) = D. No loop over K. For a
/// `BiuniformOptimal` source it is the only one: the distortion's derivative by eps is G'(eps) - G'(q) < 0, G(p) = p delta(p).
///
/// Within one K let eps = u (1 - t), u = 1/(K+1), q = u (1 + t/K), 0 <= t <= 1. The distortion is delta(u) plus a series
/// that starts with t^2, so it is a nearly linear function of s = t^2 (exactly linear for the sawbridge, whose G is
/// quadratic), and so is the rate away from its infinite slope at t = 1. Newton's method in s from the chord converges in
/// two or three steps.
@usableFromInline
struct BiuniformFamily<Source: CellSource>: Sendable {
  @usableFromInline let source: Source
  @usableFromInline let largestDistortion: Double

  /// Above this many cells K and K + 1 are the same to floating point, and so are all codes between them.
  @usableFromInline static var continuumOfCells: Double { 0x1p50 }

  @usableFromInline
  init(source: Source) {
    self.source = source
    largestDistortion = source.largestDistortion
  }

  /// A code of the path in the coordinates of its K.
  @usableFromInline
  struct Place {
    @usableFromInline var cells: Double
    /// s = t^2, in [0, 1].
    @usableFromInline var s: Double

    @inlinable
    init(cells: Double, s: Double) {
      self.cells = cells
      self.s = s
    }

    @inlinable var t: Double { s.squareRoot() }
    @inlinable var odd: Double { (1 - t) / (cells + 1) }
    @inlinable var equal: Double { (1 + t / cells) / (cells + 1) }
    @inlinable var code: BiuniformCode { BiuniformCode(uncheckedEqualCells: cells, oddCell: odd) }
  }

  /// The code whose distortion is D, 0 < D < Dmax, and the derivative of the distortion by s there.
  @inlinable
  func place(atDistortion distortion: Double) -> (place: Place, slope: Double) {
    let p = source.cellSize(atDistortion: distortion)
    var cells = (1 / p).rounded(.down)
    guard cells < Self.continuumOfCells else {
      return (Place(cells: (1 / p).rounded(.up), s: 1), source.logarithmicSlope(p) * p)
    }
    cells = max(cells, 1)
    var low = source.cellDistortion(1 / (cells + 1))
    var high = source.cellDistortion(1 / cells)
    if distortion > high, cells > 1 {  // 1/p was rounded up to a whole number
      cells -= 1
      low = high
      high = source.cellDistortion(1 / cells)
    } else if distortion <= low {  // 1/p was rounded down from one
      cells += 1
      high = low
      low = source.cellDistortion(1 / (cells + 1))
    }

    let u = 1 / (cells + 1)
    var place = Place(cells: cells, s: min(max((distortion - low) / (high - low), 0), 1))
    var slope = high - low
    // Rounding in D moves s by about K ulps; steps below that are noise.
    let tolerance = max(1e-9, 1e-15 * cells)
    for _ in 0..<20 {
      guard place.s > 0, place.s < 1 else { return (place, slope) }
      let t = place.t
      let odd = place.odd
      let equal = place.equal
      let oddDistortion = source.cellDistortion(odd)
      let equalDistortion = source.cellDistortion(equal)
      let excess = (1 - odd) * equalDistortion + odd * oddDistortion - distortion
      slope =
        u * (equalDistortion + source.logarithmicSlope(equal) - oddDistortion - source.logarithmicSlope(odd))
        / (2 * t)
      let step = excess / slope
      guard step.isFinite else { break }
      let next = min(max(place.s - step, 0), 1)
      let moved = abs(next - place.s)
      place.s = next
      if moved <= tolerance { return (place, slope) }
    }
    return (bisected(atDistortion: distortion, cells: cells), slope)
  }

  /// A code of so many equal cells whose distortion is D, which lies between those of the two ends of its stretch of the path:
  /// for sources whose distortion is not monotone there, where Newton's method may not come to rest.
  @usableFromInline
  func bisected(atDistortion distortion: Double, cells: Double) -> Place {
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { return Place(cells: cells, s: low) }
      let excess = Place(cells: cells, s: middle).code.distortion(on: source, as: Double.self) - distortion
      if excess > 0 { high = middle } else { low = middle }
    }
  }

  /// The code whose rate is R > 0 nats.
  @inlinable
  func place(atRate nats: Double) -> Place {
    var cells = Double.exp(nats).rounded(.down)
    guard cells < Self.continuumOfCells else { return Place(cells: cells, s: 1) }
    if Double.log(cells) > nats { cells -= 1 }
    if Double.log(cells + 1) <= nats { cells += 1 }
    // The excess over log K, from 0 at t = 1 to log(1 + 1/K) at t = 0, is (as a function of the odd cell)
    // h(eps) - eps log K with h the binary entropy, of slope log(q/eps).
    let logCells = Double.log(cells)
    let excess = nats - logCells
    let full = Double.log1p(1 / cells)
    guard excess > 0 else { return Place(cells: cells, s: 1) }
    guard excess < full else { return Place(cells: cells, s: 0) }
    // In s = t^2 near t = 0, where the rate is flat in t; in log(eps) near t = 1, where it is steep in eps.
    let u = 1 / (cells + 1)
    let entropyExcess = { (odd: Double) in
      -Double.xlogx(odd) - (1 - odd) * Double.log1p(-odd) - odd * logCells
    }
    if excess > full / 2 {
      let s = newtonRoot(in: 0...1, from: 1 - excess / full) { s in
        let place = Place(cells: cells, s: s)
        let slope = -u * Double.log(place.equal / place.odd) / (2 * place.t)
        return (entropyExcess(place.odd) - excess, slope)
      }
      return Place(cells: cells, s: s)
    }
    let ratio = excess / full
    let start = Double.log(u * ratio / (1 - Double.log(ratio)))
    let logOdd = newtonRoot(in: -800...Double.log(u), from: start) { logOdd in
      let odd = Double.exp(logOdd)
      return (entropyExcess(odd) - excess, odd * Double.log((1 - odd) / (cells * odd)))
    }
    let t = 1 - Double.exp(logOdd) * (cells + 1)
    return Place(cells: cells, s: t * t)
  }

  /// beta = -dR/dD along the path, log(q/eps)/(G'(q) - G'(eps)): infinite (nil) at a uniform code,
  /// which the path leaves towards smaller D with a vertical tangent.
  @inlinable
  func beta(at place: Place) -> Double? {
    guard place.t < 1, place.odd > 0 else { return nil }
    // Below t = 1e-6 the quotient is 0/0 to rounding; there the limit at t = 0, 1/(u G''(u)), by Richardson's
    // extrapolation of central differences.
    guard place.t < 1e-6 else { return quotient(place.equal, place.odd) }
    let u = 1 / (place.cells + 1)
    let coarse = quotient(u * (1 + 2e-3), u * (1 - 2e-3))
    let fine = quotient(u * (1 + 1e-3), u * (1 - 1e-3))
    return (4 * fine - coarse) / 3
  }

  @inlinable
  func quotient(_ equal: Double, _ odd: Double) -> Double {
    Double.log(equal / odd) / (source.costSlope(equal) - source.costSlope(odd))
  }
}
