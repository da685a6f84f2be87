import IntervalArithmetic

/// A density with f(x + t) = exp(-t) f(x) for x, t >= 0: whatever happens in one cell happens in the next with
/// probability exp(-step) times as large.
///
/// Sums over all cells of a quantizer with one step are geometric, so that they cost nothing however many cells there
/// are. With q = exp(-step), p_j = p_0 q^j and the sums S0 = sum q^j = 1/(1 - q), S1 = sum j q^j = q/(1 - q)^2,
///
///     H = -p_0 log p_0 S0 + p_0 step S1,      D = D_0 S0.
protocol MemorylessTail: ScalarDensity {}

extension ExponentialDensity: MemorylessTail {}
extension LaplaceDensity: MemorylessTail {}

extension MemorylessTail {
  /// S0 and S1.
  private func geometricSums<Number: RealNumber>(_ step: Number) -> (Number, Number) {
    let rest = -Number.expm1(-step)
    return (1 / rest, .exp(-step) / .squared(rest))
  }

  /// The cell of one step from `start` on, as that of 0 seen from there, so that no end is rounded.
  private func cell<Number: RealNumber>(from start: Double, step: Double) -> QuantizationCell<Number> {
    let first: QuantizationCell<Number> = cell(from: 0, to: step)
    let factor = Number.exp(-Number(start))
    return QuantizationCell(
      probability: factor * first.probability, anchor: start, offset: first.centroid,
      distortion: factor * first.distortion)
  }

  /// Entropy in nats and distortion of one side.
  func sum<Density: ScalarDensity, Number: RealNumber>(of cells: StepCells<Density>) -> (Number, Number) {
    let first: QuantizationCell<Number> = cell(from: cells.threshold(0), step: cells.step)
    let step = Number(cells.step)
    let (s0, s1) = geometricSums(step)
    var distortion = first.distortion
    if cells.reproduction == .multiples {
      distortion = distortion + first.probability * .squared(first.offset - (step - Number(cells.threshold(0))))
    }
    return (first.entropy * s0 + first.probability * step * s1, distortion * s0)
  }

  /// Entropy, distortion and their derivatives: the first threshold by itself, the others as a geometric sum.
  func sums<Density: ScalarDensity>(of cells: StepCells<Density>) -> StepCells<Density>.Sums {
    let start = cells.threshold(0)
    let step = cells.step
    let first: QuantizationCell<Double> = cell(from: start, step: step)
    var sums = StepCells<Density>.Sums()
    var before = StepCells<Density>.Boundary(cells: cells)
    cells.add(first, 0, start: start, width: step, &before, to: &sums)
    let (s0, s1) = geometricSums(step)
    // Thresholds j >= 1: density f_0 q^j, speed phi + j, jump -step, and the same gain at each.
    let later = s0 - 1
    let speeds = cells.phase * later + s1
    let density = density(start)
    let distance = step - before.distance
    let gain = density * (before.distance - distance) * (before.distance + distance)
    sums.entropy = first.entropy * s0 + first.probability * step * s1
    sums.entropyByStep -= density * step * speeds
    sums.entropyByPhase -= density * step * later
    if cells.reproduction == .multiples {
      let shift = first.offset - distance
      sums.distortionByStep -= 2 * first.probability * shift * (later + s1)
    }
    sums.distortion *= s0
    sums.distortionByStep += gain * speeds
    sums.distortionByPhase += gain * later
    return cells.finished(sums)
  }
}
