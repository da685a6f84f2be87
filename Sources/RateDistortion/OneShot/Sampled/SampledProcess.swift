import IntervalArithmetic

/// A process on [0, 1] whose cells are also known on a grid of time samples.
public protocol SampledProcess: CellSource {
  /// The range of cell sizes p in [1/N, 1] over which the sampled w increases, N the number of grid intervals; to its left
  /// and to its right w decreases. Nil if it decreases throughout.
  func increasingSlopes(atoms: Double) -> ClosedRange<Double>?

  /// The values at a time of the realisations of an interval of phases.
  func value(at time: Interval, phase: Interval) -> Interval
  /// The integrals over the phases from one to another of the value at a time and of its square.
  func integrals(at time: Interval, from a: Interval, to b: Interval) -> (value: Interval, square: Interval)
}
