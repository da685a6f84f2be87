import IntervalArithmetic

// The polygon's two ends at D: a line below it, and a mixture of two codes on it.

/// Uniform codes of `fewer` and `more` cells, the second used the fraction `weight` of the time.
public struct SharedUniformCodes: Evidence, Equatable {
  public static let type = "time-sharing"
  public static let meaning =
    "Two uniform codes that share the time. The mixture's rate is achievable, if its enclosed distortion is at most D; where the "
    + "two are neighbouring vertices of the hull, their line is a lower bound."

  /// Cells of the coarser code.
  public let fewer: Double
  /// Cells of the finer code.
  public let more: Double
  /// The finer code's share of the time.
  public let weight: Double

  /// Two codes and a share.
  public init(fewer: Double, more: Double, weight: Double) {
    self.fewer = fewer
    self.more = more
    self.weight = weight
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      fewer: try form.number("fewer_cells"), more: try form.number("more_cells"), weight: try form.number("weight"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["fewer_cells": fewer, "more_cells": more, "weight": weight])
  }

  public var sentence: String {
    "uniform codes of \(fewer.words) and \(more.words) cells, the second \(weight.words) of the time"
  }
}

extension TimeSharing {
  /// Between a side's line and a mixture of two uniform codes whose distortion is proved to be at most D.
  ///
  /// A convex polygon lies above the lines of its sides, so every side proves a lower end; where intervals cannot tell D from
  /// a vertex the neighbours are asked too. The mixture takes a little more of the finer code than floating point says.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    let p = source.cellSize(atDistortion: min(distortion, largestDistortion))
    let cells = max(1, (1 / p).rounded(.down))
    guard cells < BiuniformFamily<Source>.continuumOfCells else {
      // Vertices are closer than rounding: the hull lies between the dual bound and E(D).
      let lower = try dual.bound(atDistortion: distortion).rate.lower
      let achieved = try BiuniformUpperBound(source: source).bound(atDistortion: distortion)
      guard let above = achieved.evidence as? BiuniformCode else { return achieved }
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(lower, achieved.rate.upper), slope: point.slope,
        evidence: SharedUniformCodes(fewer: above.equalCells, more: above.equalCells, weight: 0))
    }

    let main = Ends(of: side(from: cells), on: source)
    let weight = main.weight(at: Interval(distortion))
    var lower = line(main, weight: weight)
    if weight.lower <= 0 || weight.upper >= 1 {
      for fewer in [max(1, main.side.fewer - 1), main.side.more] {
        let near = Ends(of: side(from: fewer), on: source)
        lower = max(lower, line(near, weight: near.weight(at: Interval(distortion))))
      }
    }
    let (mixed, share) = mixture(on: main, from: max(0, weight.upper), atDistortion: distortion)
    let upper = rate(mixed, weight: Interval(share)) / .ln2
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(lower, max(lower, upper.upper)), slope: point.slope,
      evidence: SharedUniformCodes(fewer: mixed.fewer, more: mixed.more, weight: share))
  }

  public var evidence: [any Evidence.Type] { [SharedUniformCodes.self] }

  /// The mixture named proves the upper end, if its distortion is at most D; a side of the hull proves the lower end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let codes = evidence as? SharedUniformCodes,
      let few = BiuniformCode(equalCells: codes.fewer, oddCell: 0),
      let many = BiuniformCode(equalCells: codes.more, oddCell: 0), codes.more >= codes.fewer,
      codes.weight >= 0, codes.weight <= 1
    else { return .entire }
    let (fewer, more, share) = (codes.fewer, codes.more, codes.weight)
    let named = Ends(of: Side(fewer: few.equalCells, more: many.equalCells), on: source)
    let isMet = named.distortion(share: share).upper <= distortion
    let upper = isMet ? (rate(named.side, weight: Interval(share)) / .ln2).upper : .infinity
    let hullSide = side(from: fewer)
    let isHullSide = hullSide.fewer == fewer && hullSide.more == more && fewer < more
    let lower = isHullSide ? line(named, weight: named.weight(at: Interval(distortion))) : 0
    return .hull(lower, upper)
  }

  /// A side with the distortions of its two codes, enclosed.
  private struct Ends {
    let side: Side
    let high: Interval
    let low: Interval

    init(of side: Side, on source: Source) {
      self.side = side
      let uniform = { BiuniformCode(uncheckedEqualCells: $0, oddCell: 0).distortion(on: source, as: Interval.self) }
      high = uniform(side.fewer)
      low = uniform(side.more)
    }

    func weight(at distortion: Interval) -> Interval { (high - distortion) / (high - low) }

    /// The distortion of using the code of more cells the fraction `share` of the time.
    func distortion(share: Double) -> Interval { high * (1 - Interval(share)) + low * Interval(share) }
  }

  /// A number of bits that the side's line is at least where the finer code has the weight given, and so the hull.
  private func line(_ ends: Ends, weight: Interval) -> Double {
    max(0, (rate(ends.side, weight: weight) / .ln2).lower)
  }

  /// The mixture of least rate whose distortion is proved to be at most D: on the side, or else with a little of the next
  /// finer code.
  private func mixture(
    on ends: Ends, from share: Double, atDistortion distortion: Double
  ) -> (side: Side, share: Double) {
    // An ulp of D is about K ulps of the share.
    let here = nudged(from: 0x1p-51 * ends.side.more, by: 2, below: 1 - share) { margin -> (Side, Double)? in
      ends.distortion(share: share + margin).upper <= distortion ? (ends.side, share + margin) : nil
    }
    if let here { return here }
    let next = Ends(of: side(from: ends.side.more), on: source)
    let there = nudged(from: 0x1p-51 * next.side.more, by: 2, below: 1) { margin -> (Side, Double)? in
      next.distortion(share: margin).upper <= distortion ? (next.side, margin) : nil
    }
    return there ?? (next.side, 1)
  }
}
