import IntervalArithmetic

/// The Lloyd-Max quantizer: of all quantizers with N levels, the one of least distortion.
///
/// Thresholds halfway between codepoints, codepoints at the centroids of their cells,
///
///     F_i(t) = 2 t_i - c_i(t_(i-1), t_i) - c_(i+1)(t_i, t_(i+1)) = 0,      i = 1 ... N - 1.
///
/// For a log-concave density these have one solution, the global optimum (`LogConcaveDensity`), so whatever finds a solution has
/// found it; a density without the theorem has no quantizer here, for one that is stationary may be far from the best. Lloyd's
/// iteration takes some N^2 sweeps; Newton's takes a handful, and Lloyd's step stands in where Newton's raises the distortion. F_i
/// depends on three thresholds, with
///
///     dc/da = f(a) (c - a)/p,      dc/db = f(b) (b - c)/p,
///
/// both positive, and dc/da + dc/db <= 1 by the same theorem: the Jacobian is tridiagonal, diagonally dominant, and nowhere
/// positive off the diagonal; one sweep of elimination without pivoting solves it. The start is the companding solution of
/// Panter and Dite, thresholds at the i/N quantiles of the density proportional to f^(1/3).
///
/// - Source: Max, "Quantizing for Minimum Distortion", IRE Trans. Inform. Theory 6 (1960) 7-12; Lloyd, "Least Squares
///   Quantization in PCM", IEEE Trans. Inform. Theory 28 (1982) 129-137; Fleischer, "Sufficient conditions for
///   achieving minimum distortion in a quantizer", IEEE Int. Conv. Rec. (1964) 104-111; Trushkin, "Sufficient
///   conditions for uniqueness of a locally optimal quantizer", IEEE Trans. Inform. Theory 28 (1982) 187-198.
public struct LloydMaxQuantizer<Density: LogConcaveDensity>: Sendable {
  /// The density, at scale 1.
  public let density: Density
  /// N - 1 thresholds, increasing.
  public let thresholds: [Double]
  /// D of the density at scale 1; relative error below 1e-12.
  public let distortion: Double

  /// N.
  public var levels: Int { thresholds.count + 1 }

  /// The largest N, 2^16: a fixed rate of 16 bits.
  public static var largestLevels: Int { 1 << 16 }

  /// The quantizer of N levels.
  ///
  /// - Parameter levels: N from 1 (the mean) to `largestLevels`.
  /// - Throws: `DomainError.parameterOutOfRange` for another N.
  public init(_ density: Density, levels: Int) throws(DomainError) {
    guard levels >= 1, levels <= Self.largestLevels else {
      throw .parameterOutOfRange(
        name: "levels", value: String(levels), requirement: "a whole number from 1 to \(Self.largestLevels)")
    }
    self.density = density
    var thresholds = PanterDite.thresholds(density, levels: levels)
    var cells = Self.cells(density, thresholds)
    for _ in 0..<60 {
      var moved = thresholds
      let change = Self.move(&moved, by: Self.newtonStep(density, thresholds, cells))
      var next = Self.cells(density, moved)
      // Far from the solution Newton may leap beyond it; Lloyd's own step never costs distortion.
      let costs = !(Self.distortion(next) <= Self.distortion(cells) * (1 + 1e-9))
      if costs {
        moved = zip(cells, cells.dropFirst()).map { ($0.centroid + $1.centroid) / 2 }
        next = Self.cells(density, moved)
      }
      (thresholds, cells) = (moved, next)
      // The distortion is least here: what is left of the step counts squared.
      if change < 1e-8, !costs { break }
    }
    self.thresholds = thresholds
    distortion = Self.distortion(cells)
  }

  /// The codepoints, increasing: the centroids of the cells.
  public var codepoints: [Double] { Self.cells(density, thresholds).map(\.centroid) }

  /// The distortion at scale 1 of the code with exactly these thresholds, enclosed.
  public func enclosedDistortion() -> Interval {
    density.enclosedCells(from: -.infinity, cutAt: thresholds, to: .infinity).reduce(0) { $0 + $1.distortion }
  }

  private static func cells(_ density: Density, _ thresholds: [Double]) -> [QuantizationCell<Double>] {
    density.cells(from: -.infinity, cutAt: thresholds, to: .infinity)
  }

  private static func distortion(_ cells: [QuantizationCell<Double>]) -> Double {
    cells.reduce(0) { $0 + $1.distortion }
  }

  /// -J^(-1) F.
  private static func newtonStep(
    _ density: Density, _ thresholds: [Double], _ cells: [QuantizationCell<Double>]
  ) -> [Double] {
    let values = density.values(at: thresholds)
    var system = TridiagonalSystem(order: thresholds.count)
    for (i, t) in thresholds.enumerated() {
      let f = values[i]
      let before = -cells[i].centroid(from: t)
      let after = cells[i + 1].centroid(from: t)
      // How far this threshold drags the centroids on its left and on its right.
      let pull = (f * before / cells[i].probability, f * after / cells[i + 1].probability)
      let below =
        i == 0 ? 0 : -values[i - 1] * cells[i].centroid(from: thresholds[i - 1]) / cells[i].probability
      let above =
        i + 1 == thresholds.count
        ? 0 : values[i + 1] * cells[i + 1].centroid(from: thresholds[i + 1]) / cells[i + 1].probability
      system.append(below: below, diagonal: 2 - pull.0 - pull.1, above: above, right: [after - before, 0])
    }
    return system.solutions().map(\.x)
  }

  /// Moves the thresholds, shortening the step where it would let a cell shrink below a tenth of its width.
  ///
  /// - Returns: the largest move relative to the narrower neighbouring cell; infinite if the step was shortened.
  private static func move(_ thresholds: inout [Double], by step: [Double]) -> Double {
    var fraction = 1.0
    var change = 0.0
    var width = Double.infinity
    for i in thresholds.indices {
      guard step[i].isFinite else { return 0 }
      let next = i + 1 < thresholds.count ? thresholds[i + 1] - thresholds[i] : .infinity
      if i + 1 < thresholds.count {
        let shrinking = step[i] - step[i + 1]
        if shrinking > 0.9 * next { fraction = min(fraction, 0.9 * next / shrinking) }
      }
      let narrower = min(width, next)
      change = max(change, abs(step[i]) / (narrower.isFinite ? narrower : 1))
      width = next
    }
    for i in thresholds.indices { thresholds[i] += fraction * step[i] }
    return fraction < 1 ? .infinity : change
  }
}

/// The companding quantizers of Panter and Dite: levels with a density proportional to f^(1/3).
enum PanterDite {
  /// The i/N quantiles of the density proportional to f^(1/3), i = 1 ... N - 1, good to a few per cent of a cell: a
  /// start for Newton's method, by the trapezoidal rule on 4096 panels.
  static func thresholds<Density: UnimodalDensity>(_ density: Density, levels: Int) -> [Double] {
    guard levels > 1 else { return [] }
    let panels = 4096
    let (start, end) = bulk(of: density)
    let width = (end - start) / Double(panels)
    var cumulative = [0.0]
    var previous = pointDensity(density, start)
    for i in 1...panels {
      let value = pointDensity(density, min(start + width * Double(i), end))
      cumulative.append((cumulative.last ?? 0) + width * (previous + value) / 2)
      previous = value
    }
    let total = cumulative.last ?? 1
    var panel = 1
    return (1..<levels).map { i in
      let target = total * Double(i) / Double(levels)
      while panel < panels, cumulative[panel] < target { panel += 1 }
      let share = (target - cumulative[panel - 1]) / (cumulative[panel] - cumulative[panel - 1])
      return start + width * (Double(panel - 1) + share)
    }
  }

  /// f^(1/3).
  private static func pointDensity(_ density: some ScalarDensity, _ x: Double) -> Double {
    Double.exp(Double.log(density.density(x)) / 3)
  }

  /// Where f^(1/3) is at least 1e-8 of what it is at the mode: at most 2^16 levels leave less than one beyond it.
  private static func bulk<Density: UnimodalDensity>(of density: Density) -> (Double, Double) {
    let peak = density.density(density.mode)
    func end(upTo farthest: Double) -> Double {
      var low = density.mode
      var high = farthest
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if density.density(middle) > 1e-24 * peak { low = middle } else { high = middle }
      }
      return high
    }
    let (lower, upper) = (density.support.lowerBound, density.support.upperBound)
    let right = upper.isFinite ? min(upper, density.reach) : end(upTo: density.reach)
    if density.isSymmetric { return (-right, right) }
    return (lower.isFinite ? max(lower, -density.reach) : end(upTo: -density.reach), right)
  }
}
