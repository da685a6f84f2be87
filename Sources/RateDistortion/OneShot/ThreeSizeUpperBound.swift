import IntervalArithmetic

/// The best code of one large cell, K equal cells and one smaller: an upper bound on E(D) for a source whose best codes are not known.
///
/// Where cells of probability p have the multiplier function -log p + lambda (p delta)' that falls, rises and falls, an optimal code has at
/// most one cell of the smallest size, any number of the middle one and at most one of the largest (`EntropyDistortionFunction`, steps 1 and
/// 2, which need no more than that). Biuniform codes are those without a large cell. A large one gains where single realisations lie far from all others:
/// for narrow templates half a bit and more, since most phases look alike.
///
/// **Search.** For a given L the rest is a biuniform code of a source with cells 1 - L times as large, which is found at once at any distortion and at any
/// rate (`BiuniformFamily`); so one number is sought, on a grid and then by golden sections. The best L often is where the odd cell
/// vanishes, a corner of H(L): these places are found as roots too.
///
/// - Domain: D > 0; the rate is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: derived here, from the second-order argument for Bhadane, Wagner, Balle, Theorem 5.
public struct ThreeSizeUpperBound<Source: CellSource>: Limit {
  let source: Source
  private let biuniform: BiuniformUpperBound<Source>

  /// The best codes of three sizes of a source.
  public init(source: Source) {
    self.source = source
    biuniform = BiuniformUpperBound(source: source)
  }

  public var name: CurveName { .upper }
  public var kind: BoundKind { .upper }
  public var summary: String {
    "best code of one large cell, equal cells and a smaller one, achievable in one shot (derived here)"
  }
  public var largestDistortion: Double { biuniform.largestDistortion }
  public var enclosedLargestDistortion: Interval { biuniform.enclosedLargestDistortion }

  // MARK: Search

  /// A code, what it comes to, and -dH/dD in nats with L held.
  private struct Found {
    var code: ThreeSizeCode
    var cost: Double
    var beta: Double?
  }

  private func rest(_ large: Double) -> BiuniformFamily<CellsOfRest<Source>> {
    BiuniformFamily(source: CellsOfRest(source: source, largeCell: large))
  }

  /// The distortion, or the rate in nats, that the rest is to have so that the whole meets a target; nil if L is too large for it.
  private func share(_ target: Target, _ large: Double) -> Double? {
    let left = 1 - large
    switch target {
    case .distortion(let distortion):
      let share = (distortion - (large > 0 ? source.cost(large) : 0)) / left
      return share > 0 ? share : nil
    case .rate(let nats):
      let share = (nats + Double.xlogx(large) + Double.xlogx(left)) / left
      return share >= 0 ? share : nil
    }
  }

  /// The code with a large cell that meets a target; nil if none does.
  private func found(_ target: Target, _ large: Double) -> Found? {
    guard let share = share(target, large) else { return nil }
    let rest = rest(large)
    func found(_ place: BiuniformFamily<CellsOfRest<Source>>.Place) -> Found {
      self.found(target, ThreeSizeCode(uncheckedLargeCell: large, rest: place.code), beta: rest.beta(at: place))
    }
    let silence = BiuniformFamily<CellsOfRest<Source>>.Place(cells: 1, s: 1)
    if case .rate = target { return found(share > 0 ? rest.place(atRate: share) : silence) }
    guard share < rest.largestDistortion else { return found(silence) }
    let near = rest.place(atDistortion: share).place
    var best = found(near)
    // Where delta is not monotone few cells may have the same distortion as many.
    for count in 1...Self.fewCells {
      let cells = Double(count)
      let (fine, coarse) = (rest.source.cellDistortion(1 / (cells + 1)), rest.source.cellDistortion(1 / cells))
      guard cells != near.cells, fine < share, share < coarse else { continue }
      let other = found(rest.bisected(atDistortion: share, cells: cells))
      if other.cost < best.cost { best = other }
    }
    return best
  }

  private func found(_ target: Target, _ code: ThreeSizeCode, beta: Double?) -> Found {
    let cost: Double
    switch target {
    case .distortion(let distortion):
      // What a search leaves at another distortion is no code for this one.
      let isMet = code.distortion(on: source, as: Double.self) <= distortion * (1 + 1e-9)
      cost = isMet ? code.entropy(as: Double.self) : .infinity
    case .rate: cost = code.distortion(on: source, as: Double.self)
    }
    return Found(code: code, cost: cost.isNaN ? .infinity : cost, beta: beta)
  }

  /// Between two large cells, the one with which K equal cells meet a target; nil if none does.
  private func corner(_ target: Target, cells: Double, between low: Double, _ high: Double) -> Found? {
    guard cells >= 1, cells < BiuniformFamily<Source>.continuumOfCells,
      let equal = BiuniformCode(equalCells: cells, oddCell: 0)
    else { return nil }
    func excess(_ large: Double) -> Double {
      let code = ThreeSizeCode(uncheckedLargeCell: large, rest: equal)
      switch target {
      case .distortion(let distortion): return code.distortion(on: source, as: Double.self) - distortion
      case .rate(let nats): return nats - code.entropy(as: Double.self)
      }
    }
    var (low, high) = (low, high)
    let isRising = excess(low) < 0
    guard isRising != (excess(high) < 0) else { return nil }
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if (excess(middle) < 0) == isRising { low = middle } else { high = middle }
    }
    // The end at which the target is met.
    return found(target, ThreeSizeCode(uncheckedLargeCell: isRising ? low : high, rest: equal), beta: nil)
  }

  /// How finely large cells are looked at, and in how many places closely.
  private static var parts: Int { 60 }
  private static var dips: Int { 4 }
  /// Up to how many cells are tried besides those that a distortion suggests.
  private static var fewCells: Int { 4 }

  private func best(_ target: Target) -> Found {
    let silence = ThreeSizeCode(uncheckedLargeCell: 0, rest: BiuniformCode(uncheckedEqualCells: 1, oddCell: 0))
    var best = found(target, 0) ?? found(target, silence, beta: nil)
    let places = (0...Self.parts).map { Double($0) / Double(Self.parts + 1) }
    let costs = places.map { found(target, $0)?.cost ?? .infinity }
    func consider(_ other: Found?) {
      if let other, other.cost < best.cost { best = other }
    }
    // The best dips of the grid.
    let dips = costs.indices.filter { k in
      costs[k] < .infinity && (k == 0 || costs[k] <= costs[k - 1]) && (k + 1 == costs.count || costs[k] <= costs[k + 1])
    }
    for k in dips.sorted(by: { costs[$0] < costs[$1] }).prefix(Self.dips) {
      let (low, high) = (places[max(0, k - 1)], k + 1 < places.count ? places[k + 1] : 1 - 0x1p-20)
      let large = goldenMinimum(in: low...high, to: 1e-9) { found(target, $0)?.cost ?? .infinity }
      let smooth = found(target, large)
      consider(smooth)
      let near = smooth?.code.rest.equalCells ?? 1
      for cells in [near - 1, near, near + 1] { consider(corner(target, cells: cells, between: low, high)) }
    }
    return best
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = best(.distortion(distortion))
    guard found.cost < .infinity else { return try biuniform.point(at: distortion) }
    return OperatingPoint(distortion: distortion, nats: max(0, found.cost), natsPerDistortion: found.beta)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let found = best(.rate(rate * natsPerBit))
    return OperatingPoint(
      distortion: min(found.cost, largestDistortion), rate: rate, slope: found.beta.map { $0 / natsPerBit })
  }

  // MARK: Proof

  /// The code of a distortion a little smaller, until intervals confirm that it is at most D.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let found = best(.distortion(distortion))
    let bound = nudged(from: 0x1p-49, by: 4, below: 0x1p-20) { margin -> Bound? in
      guard let moved = self.found(.distortion(distortion * (1 - margin)), found.code.largeCell),
        moved.code.distortion(on: source, as: Interval.self).upper <= distortion
      else { return nil }
      let bits = moved.code.entropy(as: Interval.self) / .ln2
      // The code at D itself has hardly less. Without a large cell it is a biuniform one.
      let at = min(found.cost / natsPerBit, bits.lower)
      let evidence: any Evidence = moved.code.largeCell > 0 ? moved.code : moved.code.rest
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(max(0, at - 1e-15 * at), bits.upper),
        slope: found.beta.map { $0 / natsPerBit }, evidence: evidence)
    }
    guard let bound else { return try biuniform.enclosure(at: distortion) }
    return bound
  }

  public var evidence: [any Evidence.Type] { [BiuniformCode.self, ThreeSizeCode.self] }

  /// A code proves the upper end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let code = evidence as? ThreeSizeCode else { return try biuniform.proof(by: evidence, at: distortion) }
    let isMet = code.distortion(on: source, as: Interval.self).upper <= distortion
    return .hull(0, isMet ? (code.entropy(as: Interval.self) / .ln2).upper : .infinity)
  }
}
