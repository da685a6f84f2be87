import IntervalArithmetic

/// The search for the multiplier of the one-shot dual: the largest E c among functions with the given knots, by cutting planes.
///
/// Each set of `WorstCells` is one constraint of a linear program in the values of c at the knots (`LinearProgram`). The
/// program is solved in a box around the best multiplier known, whose radius is halved when the solution is no better and
/// grows when it is: without it the solutions jump to where no set has been yet. A set stays a constraint at another slope,
/// with another limit, so that slopes in order need few rounds each. What is found is proved by `OneShotProof`.
///
/// - Source: Kelley, "The cutting-plane method for solving convex programs", J. SIAM 8 (1960) 703-712; the box is that of
///   Marsten, Hogan, Blankenship, "The boxstep method for large-scale optimization", Oper. Res. 23 (1975) 389-405.
struct OneShotDesign {
  private let source: BentGaussian
  private var slope: Double
  private let knots: WorstCells.Knots
  private let gains: [Double]
  private var cells: [WorstCells.Cell] = []
  /// The best multiplier known, and its E c.
  private var best: (value: Double, dual: OneShotDual)?
  /// Values at knots lie between these.
  private static let range = -20.0...11.5
  /// How much a program must promise, in nats.
  private static let tolerance = 2e-4
  private static let mostCells = 1_500

  init(_ source: BentGaussian, slope: Double) {
    self.source = source
    self.slope = slope
    knots = source.isRound ? .radial : .standard
    let flat = OneShotDual(
      slope: slope, first: knots.first, second: knots.second, values: Array(repeating: 0, count: knots.count))
    gains = flat.isRadial ? RadialCells(flat, of: source).gains : WorstCells(flat, of: source).gains
  }

  /// The sets that a multiplier is worst at, and its S.
  private func worst(_ dual: OneShotDual) -> (supremum: Double, cells: [WorstCells.Cell]) {
    dual.isRadial ? RadialCells(dual, of: source).found() : WorstCells(dual, of: source).found()
  }

  /// Another slope, with the sets and the multiplier of the last one.
  mutating func move(to slope: Double) {
    self.slope = slope
    guard var dual = best?.dual else { return }
    best = nil
    dual.slope = slope
    consider(dual)
  }

  /// The best multiplier that is found.
  ///
  /// - Parameter rounds: the most linear programs.
  mutating func multiplier(rounds: Int) -> OneShotDual {
    if best == nil { for share in [0, 0.4, 0.7, 1] { consider(quadratic(share)) } }
    var radius = 0.5
    for _ in 0..<rounds {
      guard let centre = best, let solution = solution(around: centre.dual.values, radius: radius) else { break }
      let promised = gain(solution) - centre.value
      if promised < Self.tolerance {
        if radius >= 0.5 { break }
        radius *= 2
        continue
      }
      var dual = centre.dual
      dual.values = solution
      let gained = consider(dual) - centre.value
      if gained < 0.1 * promised { radius *= 0.6 } else if gained > 0.5 * promised { radius *= 1.6 }
    }
    return best?.dual ?? quadratic(0)
  }

  private func gain(_ values: [Double]) -> Double { zip(gains, values).reduce(0) { $0 + $1.0 * $1.1 } }

  /// A share of -log f, which is a quadratic of the latent coordinates, as a first multiplier.
  private func quadratic(_ share: Double) -> OneShotDual {
    OneShotDual(
      slope: slope, first: knots.first, second: knots.second,
      values: knots.first.flatMap { s in
        (knots.second.isEmpty ? [0] : knots.second).map { share * min((s * s + $0 * $0) / 2, 8) }
      })
  }

  /// Adds the sets that a multiplier is worst at, moves it by a constant to where S is about 1 and keeps it if it is the best;
  /// returns its E c.
  ///
  /// c - log S is feasible if S is above 1. Where S is below 1, a constant may be added, but how much shows only then.
  @discardableResult
  private mutating func consider(_ dual: OneShotDual) -> Double {
    var dual = dual
    var value = -Double.infinity
    for attempt in 0..<4 {
      let found = worst(dual)
      if attempt == 0 || found.supremum > 1 { cells += found.cells }
      let excess = Double.log(max(found.supremum, 1e-3))
      let lowered = dual.raised(by: -max(0, excess))
      if gain(lowered.values) > value {
        value = gain(lowered.values)
        if value > best?.value ?? -.infinity { best = (value, lowered) }
      }
      if excess > -1e-4, excess < 0.02 { break }
      dual = dual.raised(by: -excess)
    }
    return value
  }

  /// The solution of the linear program in a box around some values.
  private mutating func solution(around centre: [Double], radius: Double) -> [Double]? {
    if cells.count > Self.mostCells {
      // Those that are farthest from being violated are dropped.
      let byExcess = cells.map { ($0.excess(centre, slope: slope), $0) }.sorted { $0.0 > $1.0 }
      cells = byExcess.prefix(Self.mostCells * 2 / 3).map(\.1)
    }
    var program = LinearProgram(gains: gains)
    for (k, value) in centre.enumerated() {
      let place = Int32(truncatingIfNeeded: k)
      program.constraints.append(
        .init(places: [place], coefficients: [1], limit: min(Self.range.upperBound, value + radius)))
      program.constraints.append(
        .init(places: [place], coefficients: [-1], limit: -max(Self.range.lowerBound, value - radius)))
    }
    for cell in cells {
      program.constraints.append(
        .init(places: cell.places, coefficients: cell.shares, limit: cell.limit(slope: slope)))
    }
    return program.solution(tolerance: 1e-7)?.c
  }
}
