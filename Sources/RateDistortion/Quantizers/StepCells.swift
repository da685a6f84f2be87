import IntervalArithmetic

/// The cells of a quantizer with one step: thresholds at (phi + j) step, j = 0, 1, 2, ..., mirrored where the density
/// is symmetric, and between them a cell around 0 if phi > 0.
///
///     phi = 1/2: mid-tread, every cell one step wide, 0 in the middle of one;
///     phi = 0:   mid-rise, 0 is a threshold;
///     phi > 1/2: a dead zone 2 phi steps wide.
///
/// The last threshold is where what is beyond can no longer matter (`lastThreshold`); the cell after it is
/// half-infinite, so that the code is finite, and its entropy and distortion are what is summed, nothing being left
/// out. Thresholds are the floating-point numbers nearest to (phi + j) step; those numbers are the code.
struct StepCells<Density: ScalarDensity> {
  let density: Density
  /// The step, in units of the standard density.
  let step: Double
  /// phi.
  let phase: Double
  /// Where cells are reproduced.
  let reproduction: Reproduction

  enum Reproduction {
    /// At the centroid.
    case centroid
    /// The cell from (phi + j) step on at (j + 1) step, the cell around 0 at 0.
    case multiples
  }

  /// Entropy in nats and distortion in standard units, with derivatives.
  struct Sums {
    var entropy = 0.0
    var distortion = 0.0
    /// d/d step at constant phi.
    var entropyByStep = 0.0
    var distortionByStep = 0.0
    /// d/d phi at constant step.
    var entropyByPhase = 0.0
    var distortionByPhase = 0.0
  }

  /// Sides that are alike: two for a symmetric density.
  var sides: Double { density.isSymmetric ? 2 : 1 }

  func threshold(_ j: Int) -> Double { (phase + Double(j)) * step }

  /// The cell around 0; for a density on one side of 0, the part of it that there is.
  func centralCell<Number: RealNumber>(as number: Number.Type = Number.self) -> QuantizationCell<Number>? {
    guard phase > 0 else { return nil }
    return density.cell(from: -threshold(0), to: threshold(0))
  }

  /// The number of the last threshold: beyond it lies a probability that changes neither the entropy nor the distortion
  /// in their sixteenth digit, or the support ends, or the density underflows.
  ///
  /// A tail of probability q cut into cells instead of one adds at most about q log(1/(q step)) to the entropy and
  /// saves at most q times the tail's variance, which is at most that of the whole for these log-concave densities.
  /// Their hazard rates are of order 1 in the tails, so q is about the density there; both are far below rounding if it
  /// is 1e-19 step^2 times that at the first threshold.
  func lastThreshold() -> Int {
    let end = min(density.reach, density.support.upperBound)
    let most = Int(min((end / step - phase).rounded(.up), 0x1p31)) - 1
    guard most > 0 else { return 0 }
    let smallness = density.density(threshold(0)) * min(1, step * step) * 1e-19
    guard density.density(threshold(most)) < smallness else { return most }
    var low = 0
    var high = most
    while high - low > 1 {
      let middle = (low + high) / 2
      if density.density(threshold(middle)) > smallness { low = middle } else { high = middle }
    }
    return high
  }

  /// Where the cell from `threshold(j)` on is reproduced, as a distance from that threshold; `codepoint` is j + 1
  /// steps.
  private func offset<Number: RealNumber>(_ cell: QuantizationCell<Number>, _ j: Int) -> Number {
    switch reproduction {
    case .centroid: return cell.centroid(from: threshold(j))
    case .multiples: return Number(j + 1) * Number(step) - Number(threshold(j))
    }
  }

  /// Entropy in nats and distortion in standard units, enclosed, of the very code with those thresholds.
  @specialized(where Density == GaussianDensity)
  @specialized(where Density == LaplaceDensity)
  @specialized(where Density == ExponentialDensity)
  @specialized(where Density == UniformDensity)
  @specialized(where Density == LogisticDensity)
  @inline(never)
  func enclosure() -> (entropy: Interval, distortion: Interval) { entropyAndDistortion() }

  /// Entropy in nats and distortion in standard units.
  private func entropyAndDistortion<Number: RealNumber>() -> (Number, Number) {
    var entropy: Number = 0
    var distortion: Number = 0
    let weight = Number(sides)
    if let central: QuantizationCell<Number> = centralCell() {
      entropy = central.entropy
      distortion = reproduction == .centroid ? central.distortion : central.distortion(about: 0)
    }
    if let memoryless = density as? any MemorylessTail {
      let side: (Number, Number) = memoryless.sum(of: self)
      return (entropy + weight * side.0, distortion + weight * side.1)
    }
    var sideEntropy: Number = 0
    var sideDistortion: Number = 0
    let last = lastThreshold()
    for j in 0...last {
      let start = threshold(j)
      let cell: QuantizationCell<Number> = density.cell(from: start, to: j < last ? threshold(j + 1) : .infinity)
      sideEntropy = sideEntropy + cell.entropy
      sideDistortion = sideDistortion + cell.distortion
      if reproduction == .multiples {
        let shift = cell.centroid(from: start) - offset(cell, j)
        sideDistortion = sideDistortion + cell.probability * .squared(shift)
      }
    }
    return (entropy + weight * sideEntropy, distortion + weight * sideDistortion)
  }

  /// Entropy, distortion and their derivatives in floating point.
  ///
  /// Moving a threshold t to the right moves probability f(t) dt from the cell on its right to the one on its left, so
  ///
  ///     dH/dt = f(t) (log p_right - log p_left),      dD/dt = f(t) ((t - c_left)^2 - (c_right - t)^2),
  ///
  /// the codepoints held. Centroids contribute nothing by themselves, D being least there; codepoints (j + 1) step do.
  @specialized(where Density == GaussianDensity)
  @specialized(where Density == LaplaceDensity)
  @specialized(where Density == ExponentialDensity)
  @specialized(where Density == UniformDensity)
  @specialized(where Density == LogisticDensity)
  @inline(never)
  func sums() -> Sums {
    if let memoryless = density as? any MemorylessTail { return memoryless.sums(of: self) }
    var sums = Sums()
    var before = Boundary(cells: self)
    let last = lastThreshold()
    for j in 0...last {
      let start = threshold(j)
      let cell = density.cell(from: start, to: j < last ? threshold(j + 1) : .infinity, as: Double.self)
      guard cell.probability > 0 else { break }
      add(cell, j, start: start, width: step, &before, to: &sums)
    }
    return finished(sums)
  }

  /// What lies to the left of a threshold: the logarithm of the cell's probability, and the threshold's distance from
  /// its codepoint.
  struct Boundary {
    var logProbability: Double
    var distance: Double

    /// The first threshold's: the cell around 0, or for phi = 0 the mirror image of the first cell, or nothing.
    init(cells: StepCells<Density>) {
      guard let central = cells.centralCell(as: Double.self) else {
        logProbability = .nan
        distance = .nan
        return
      }
      logProbability = Double.log(central.probability)
      distance =
        cells.reproduction == .centroid ? -central.centroid(from: cells.threshold(0)) : cells.threshold(0)
    }
  }

  /// Adds the cell from threshold j on, and the derivatives by that threshold.
  func add(
    _ cell: QuantizationCell<Double>, _ j: Int, start: Double, width: Double, _ before: inout Boundary,
    to sums: inout Sums
  ) {
    let p = cell.probability
    let logProbability = Double.log(p)
    let distance = offset(cell, j)
    let shift = cell.centroid(from: start) - distance
    sums.entropy -= p * logProbability
    sums.distortion += cell.distortion + p * shift * shift
    if reproduction == .multiples { sums.distortionByStep -= 2 * Double(j + 1) * p * shift }
    // With phi = 0 the first threshold is 0 and stays there.
    if !before.distance.isNaN {
      let density = density.density(start)
      let jump = density * (logProbability - before.logProbability)
      let gain = density * (before.distance - distance) * (before.distance + distance)
      let speed = phase + Double(j)
      sums.entropyByStep += speed * jump
      sums.entropyByPhase += jump
      sums.distortionByStep += speed * gain
      sums.distortionByPhase += gain
    }
    before.logProbability = logProbability
    before.distance = width - distance
  }

  /// Both sides and the central cell together.
  func finished(_ side: Sums) -> Sums {
    var sums = side
    sums.entropy *= sides
    sums.distortion *= sides
    sums.entropyByStep *= sides
    sums.distortionByStep *= sides
    sums.entropyByPhase *= sides * step
    sums.distortionByPhase *= sides * step
    if let central = centralCell(as: Double.self) {
      sums.entropy += central.entropy
      sums.distortion += reproduction == .centroid ? central.distortion : central.distortion(about: 0)
    }
    return sums
  }
}
