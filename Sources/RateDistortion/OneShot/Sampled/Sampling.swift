/// The grid on which a trainer sees a process on [0, 1].
///
/// A jump hides between grid points, so a point evaluated on a grid can lie a little below the bound of the process in
/// continuous time. Sampled processes are sources of their own, with their own bound (`SampledDualBound`).
public struct Sampling: Sendable, Hashable {
  /// Which n points of [0, 1] are meant.
  public enum Grid: String, Sendable, Hashable, CaseIterable {
    /// 0, 1/(n-1), ..., 1, as `linspace(0, 1, n)` gives.
    case endpoints
    /// 0, 1/n, ..., (n-1)/n.
    case periodic
  }

  /// n, the number of grid points.
  public let samples: Int
  /// Which points.
  public let grid: Grid

  /// n points of a grid.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for fewer than 3 points.
  public init(samples: Int, grid: Grid = .endpoints) throws(DomainError) {
    guard samples >= Self.leastSamples else {
      throw .parameterOutOfRange(
        name: "samples", value: String(samples), requirement: "a whole number, at least \(Self.leastSamples)")
    }
    self.samples = samples
    self.grid = grid
  }

  /// On two points with both ends included the ramp does not vary at all.
  static let leastSamples = 3

  /// The number of grid intervals, which is the number of phases that the grid tells apart.
  var atoms: Double { Double(grid == .endpoints ? samples - 1 : samples) }

  /// What a mean over the grid gives the mean over one period: with both ends included one point counts for nothing.
  var scale: (numerator: Double, denominator: Double) {
    grid == .endpoints ? (Double(samples - 1), Double(samples)) : (1, 1)
  }

  /// The catalogue's words for it.
  static let parameters: [ParameterDescription] = [
    ParameterDescription(
      "samples", help: "judge points evaluated on a grid of this many time samples",
      domain: .wholeNumber(atLeast: leastSamples), columns: ["index_points"]),
    ParameterDescription(
      "grid", help: "which samples: linspace(0, 1, n) with both ends, or one period",
      domain: .choice(Grid.allCases.map(\.rawValue))),
  ]

  /// The sampling that parameters ask for; nil if they give no number of samples.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for a grid without a number of samples.
  static func requested(by parameters: SourceParameters) throws(DomainError) -> Sampling? {
    let grid = parameters.word("grid")
    guard let samples = parameters.number("samples") else {
      guard let grid else { return nil }
      throw .parameterOutOfRange(name: "grid", value: grid, requirement: "given together with samples")
    }
    return try Sampling(samples: Int(samples), grid: grid.flatMap(Grid.init) ?? .endpoints)
  }

  /// The sampling as parameters.
  var parameters: SourceParameters {
    ["samples": .number(Double(samples)), "grid": .word(grid.rawValue)]
  }
}
