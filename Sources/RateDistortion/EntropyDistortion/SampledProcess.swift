/// A process on [0, 1] whose cells are also known on a grid of time samples.
public protocol SampledProcess: CellSource {
  /// The grid a trainer sees the process on; nil for continuous time.
  var sampling: Sampling? { get }

  /// The process in continuous time, or as judged on a grid.
  init(sampling: Sampling?)

  /// The range of cell sizes p in [1/N, 1] over which the sampled w increases, N the number of grid intervals; to its left
  /// and to its right w decreases. Nil if it decreases throughout.
  func increasingSlopes(atoms: Double) -> ClosedRange<Double>?
}

extension InformationSource where Self: SampledProcess {
  public init(parameters: SourceParameters) throws(DomainError) {
    self.init(sampling: try Sampling.requested(by: parameters))
  }

  /// The sampling, if any.
  public var parameters: SourceParameters { sampling?.parameters ?? SourceParameters() }

  /// On a grid, the bound of the sampled process alone: the other curves are those of continuous time.
  public var curves: [any Curve] {
    sampling.map { [SampledDualBound(source: self, sampling: $0)] } ?? oneShotCurves + longBlockCurves
  }

  /// On a grid the sampled process's bound is the converse.
  public var judgement: Judgement {
    oneShotJudgement(sampled: sampling.map { SampledDualBound(source: self, sampling: $0) })
  }
}
