import IntervalArithmetic

/// A division of the sphere in three dimensions into K congruent cells.
///
/// The mean of x over a region A bounded by arcs of great circles is 1/(2 |A|) times the sum of length times normal over its
/// sides. For a regular polygon of n sides, q of which meet at a vertex, all normals have the component sin(rho) along its
/// axis, rho the inradius; and K of them tile the sphere, so |A| = 4 pi/K:
///
///     D = 1 - (K n l sin(rho)/(8 pi))^2,   l = 2 arccos(cos(pi/n)/sin(pi/q)),   cos(rho) = cos(pi/q)/sin(pi/n).
///
/// K lunes have D = 1 - ((K/4) sin(pi/K))^2; two of them are hemispheres. All have the entropy log K.
struct SphereTiling: Sendable, Equatable {
  /// K.
  let cells: Int
  /// n and q, the sides of a cell and the cells at a vertex; nil for lunes.
  let polygon: (sides: Int, atVertex: Int)?
  /// log2 K.
  var rate: Interval { .log(Interval(cells)) / .ln2 }
  /// Its name, in evidence.
  let name: String

  static func == (a: SphereTiling, b: SphereTiling) -> Bool { a.name == b.name }

  /// Those that are known to be good, from the coarsest on.
  static let all = [
    SphereTiling(cells: 2, polygon: nil, name: "hemispheres"),
    SphereTiling(cells: 3, polygon: nil, name: "three lunes"),
    SphereTiling(cells: 4, polygon: (3, 3), name: "tetrahedron"),
    SphereTiling(cells: 6, polygon: (4, 3), name: "cube"),
    SphereTiling(cells: 8, polygon: (3, 4), name: "octahedron"),
    SphereTiling(cells: 12, polygon: (5, 3), name: "dodecahedron"),
    SphereTiling(cells: 20, polygon: (3, 5), name: "icosahedron"),
  ]

  /// D.
  var distortion: Interval {
    let count = Interval(cells)
    guard let (n, q) = polygon else { return 1 - .squared(count / 4 * .sin(.pi / count)) }
    let (a, b) = (Interval.pi / Interval(n), Interval.pi / Interval(q))
    let length = 2 * Self.arccosine(.cos(a) / .sin(b))
    let height = Interval.sqrt(1 - .squared(.cos(b) / .sin(a)))
    return 1 - .squared(count * Interval(n) * length * height / (8 * .pi))
  }

  /// The arc cosine of a number in (0, 1): floating point's, widened until the cosines of both ends say that it lies between.
  private static func arccosine(_ x: Interval) -> Interval {
    let found = newtonRoot(in: 0...1.6, from: 1) { (Double.cos($0) - x.midpoint, -Double.sin($0)) }
    let angle = nudged(from: 0x1p-51, by: 2, below: 1) { margin -> Interval? in
      let angle = Interval.hull(found - margin, found + margin)
      let (most, least) = (Interval.cos(Interval(angle.lower)), Interval.cos(Interval(angle.upper)))
      return most.lower >= x.upper && least.upper <= x.lower ? angle : nil
    }
    return angle ?? .hull(0, 2)
  }
}

/// A tiling by name.
public struct NamedTiling: Evidence, Equatable {
  public static let type = "tiling"
  public static let meaning =
    "A division of the sphere into congruent cells, by name. log2 of their number is achievable, if the enclosed distortion is "
    + "at most D."

  /// The tiling.
  public let name: String

  /// A tiling.
  public init(name: String) { self.name = name }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) { name = try form.text("name") }

  public var form: EvidenceForm { EvidenceForm(Self.type, [.init("name", .text(name))]) }
  public var sentence: String { "the cells of the tiling \"\(name)\"" }
}

/// One-shot codes of the sphere in three dimensions: two caps up to one bit, then the best tiling that is known.
///
/// - Domain: D from that of the icosahedron's 20 cells, 0.1105, on; the rate is 0 for D >= 1.
struct SphereTilings: Limit {
  private let caps = BiuniformUpperBound(source: SphereCaps())
  private let tilings = SphereTiling.all.map { (tiling: $0, distortion: $0.distortion) }

  var name: CurveName { .upper }
  var kind: BoundKind { .upper }
  var summary: String { "one-shot codes: two caps up to 1 bit, then lunes and the regular tilings (derived here)" }
  var largestDistortion: Double { 1 }
  var range: CurveRange {
    CurveRange(
      leastDistortion: tilings.last?.distortion.upper ?? 1, largestRate: tilings.last?.tiling.rate.upper ?? 0)
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    if distortion >= 0.75 { return try caps.point(at: distortion) }
    let best = tilings.first { $0.distortion.upper <= distortion }
    return OperatingPoint(distortion: distortion, rate: best?.tiling.rate.midpoint ?? .infinity, slope: nil)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    if rate < 1 { return try caps.point(ofRate: rate) }
    let best = tilings.last { $0.tiling.rate.lower <= rate }
    return OperatingPoint(distortion: best?.distortion.upper ?? 0.75, rate: rate, slope: nil)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    if distortion >= 0.75 {
      let bound = try caps.enclosure(at: distortion)
      if let code = bound.evidence as? BiuniformCode, Self.isTwoCaps(code) { return bound }
    }
    guard let best = tilings.first(where: { $0.distortion.upper <= distortion }) else {
      return Bound(
        kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no tiling of so small a distortion is known"))
    }
    let evidence = NamedTiling(name: best.tiling.name)
    return Bound(kind: .upper, distortion: distortion, rate: best.tiling.rate, slope: nil, evidence: evidence)
  }

  /// Whether a code has one cell or two, which caps can be.
  private static func isTwoCaps(_ code: BiuniformCode) -> Bool { code.equalCells + (code.oddCell > 0 ? 1 : 0) <= 2 }

  var evidence: [any Evidence.Type] { [NamedTiling.self, BiuniformCode.self] }

  /// A tiling proves its own rate; a biuniform code that of two caps, if it has two cells.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let named as NamedTiling:
      guard let known = tilings.first(where: { $0.tiling.name == named.name }), known.distortion.upper <= distortion
      else { return .entire }
      return .hull(0, known.tiling.rate.upper)
    case let code as BiuniformCode:
      return Self.isTwoCaps(code) ? try caps.proof(by: code, at: distortion) : .entire
    default: return .entire
    }
  }
}
