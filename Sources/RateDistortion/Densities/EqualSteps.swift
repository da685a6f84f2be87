import IntervalArithmetic

/// The cells of a quantizer with one step: thresholds at (phi + j) step, j = 0, 1, 2, ..., mirrored to the left of 0 where the
/// support goes there, and between them a cell around 0 if phi > 0.
///
///     phi = 1/2: mid-tread, every cell one step wide, 0 in the middle of one;
///     phi = 0:   mid-rise, 0 is a threshold;
///     phi > 1/2: a dead zone 2 phi steps wide.
///
/// The last threshold is where what is beyond can no longer matter (`lastThreshold`); the cell after it is half-infinite, so
/// that the code is finite, and its entropy and distortion are what is summed, nothing being left out. Thresholds are the
/// floating-point numbers nearest to (phi + j) step; those numbers are the code. (A density without memory sums infinitely many
/// cells in closed form.) Any density will do: what is summed is achieved by that code, whatever its shape.
public struct EqualSteps: Sendable, Equatable {
  /// The step, in units of the standard density.
  public var step: Double
  /// phi.
  public var phase: Double
  /// Where cells are reproduced.
  public var reproduction: Reproduction

  /// Where cells are reproduced.
  public enum Reproduction: Sendable {
    /// At the centroid.
    case centroid
    /// The cell from (phi + j) step on at (j + 1) step, the cell around 0 at 0.
    case multiples
  }

  /// Steps of a quantizer.
  public init(step: Double, phase: Double, reproduction: Reproduction) {
    self.step = step
    self.phase = phase
    self.reproduction = reproduction
  }

  /// (phi + j) step.
  @inlinable
  public func threshold(_ j: Int) -> Double { (phase + Double(j)) * step }

  /// Where the cell from `threshold(j)` on is reproduced, as a distance from that threshold.
  func offset<Number: RealNumber>(_ cell: QuantizationCell<Number>, _ j: Int) -> Number {
    switch reproduction {
    case .centroid: return cell.centroid(from: threshold(j))
    case .multiples: return Number(j + 1) * Number(step) - Number(threshold(j))
    }
  }

  /// The distortion of the cell around 0.
  func distortion<Number: RealNumber>(ofCentral cell: QuantizationCell<Number>) -> Number {
    reproduction == .centroid ? cell.distortion : cell.distortion(about: 0)
  }
}

/// Entropy in nats and distortion in standard units of a quantizer with one step, with derivatives.
public struct StepSums: Sendable {
  /// H.
  public var entropy = 0.0
  /// D.
  public var distortion = 0.0
  /// dH/d step at constant phi.
  public var entropyByStep = 0.0
  /// dD/d step at constant phi.
  public var distortionByStep = 0.0
  /// dH/d phi at constant step.
  public var entropyByPhase = 0.0
  /// dD/d phi at constant step.
  public var distortionByPhase = 0.0

  /// Adds the cell from threshold j on, and the derivatives by that threshold, at which the density is given.
  ///
  /// Moving a threshold t to the right moves probability f(t) dt from the cell on its right to the one on its left, so
  ///
  ///     dH/dt = f(t) (log p_right - log p_left),      dD/dt = f(t) ((t - c_left)^2 - (c_right - t)^2),
  ///
  /// the codepoints held. Centroids contribute nothing by themselves, D being least there; codepoints (j + 1) step do.
  mutating func add(
    _ cell: QuantizationCell<Double>, _ j: Int, of steps: EqualSteps, width: Double,
    density: @autoclosure () -> Double, _ before: inout StepBoundary
  ) {
    let p = cell.probability
    let logProbability = Double.log(p)
    let distance = steps.offset(cell, j)
    let shift = cell.centroid(from: steps.threshold(j)) - distance
    entropy -= p * logProbability
    distortion += cell.distortion + p * shift * shift
    if steps.reproduction == .multiples { distortionByStep -= 2 * Double(j + 1) * p * shift }
    // With phi = 0 the first threshold is 0 and stays there.
    if !before.distance.isNaN {
      let density = density()
      let jump = density * (logProbability - before.logProbability)
      let gain = density * (before.distance - distance) * (before.distance + distance)
      let speed = steps.phase + Double(j)
      entropyByStep += speed * jump
      entropyByPhase += jump
      distortionByStep += speed * gain
      distortionByPhase += gain
    }
    before.logProbability = logProbability
    before.distance = width - distance
  }
}

/// What lies on the inner side of a threshold: the logarithm of the cell's probability, and the threshold's distance from its
/// codepoint.
struct StepBoundary {
  var logProbability: Double
  var distance: Double

  /// The first threshold's: the cell around 0; not a number for phi = 0, where the threshold does not move.
  init(_ steps: EqualSteps, of density: some ScalarDensity, _ side: Side = .right) {
    guard let central: QuantizationCell<Double> = density.centralCell(of: steps) else {
      logProbability = .nan
      distance = .nan
      return
    }
    let cell = side == .right ? central : central.mirrored
    logProbability = Double.log(cell.probability)
    distance = steps.reproduction == .centroid ? -cell.centroid(from: steps.threshold(0)) : steps.threshold(0)
  }
}

extension ScalarDensity {
  /// The sides of 0 whose cells are summed one by one: the right one for its mirror image too where there is one.
  var summedSides: [Side] {
    isSymmetric || support.lowerBound >= 0 ? [.right] : support.upperBound <= 0 ? [.left] : [.left, .right]
  }

  /// How often a summed side counts.
  private var multiplicity: Double { isSymmetric ? 2 : 1 }

  /// The cell at distances from `a` to `b` on a side of 0, turned to the right.
  @inline(__always)
  private func cell<Number: RealNumber>(
    _ side: Side, from a: Double, to b: Double
  ) -> QuantizationCell<Number> {
    side == .right ? cell(from: a, to: b) : cell(from: -b, to: -a).mirrored
  }

  @inline(__always)
  private func density(_ side: Side, at x: Double) -> Double { density(side == .right ? x : -x) }

  /// The cell around 0; for a density on one side of 0, the part of it that there is.
  func centralCell<Number: RealNumber>(of steps: EqualSteps) -> QuantizationCell<Number>? {
    guard steps.phase > 0 else { return nil }
    return cell(from: -steps.threshold(0), to: steps.threshold(0))
  }

  /// The largest distance from 0 at which a side has cells.
  private func farthest(_ side: Side) -> Double {
    min(reach, side == .right ? support.upperBound : -support.lowerBound)
  }

  /// The number of the last threshold on a side: beyond it what is left is one cell.
  ///
  /// Which threshold is the last decides how good the code is, never whether its sums are right. A tail of probability q cut
  /// into cells instead of one adds at most about q log(1/(q step)) to the entropy and saves at most its own second moment about
  /// its centroid. With tails that fall like an exponential or faster q is about the density there, and both are far below
  /// rounding if that is 1e-19 step^2 times what it is at the first threshold; with heavier tails there are more cells than
  /// needed. The density is compared where it falls, from where the closed form of the tail begins.
  private func lastThreshold(of steps: EqualSteps, _ side: Side) -> Int {
    let most = Int(min((farthest(side) / steps.step - steps.phase).rounded(.up), 0x1p31)) - 1
    guard most > 0 else { return 0 }
    let smallness = density(side, at: steps.threshold(0)) * min(1, steps.step * steps.step) * 1e-19
    guard density(side, at: steps.threshold(most)) < smallness else { return most }
    let start = side == .right ? tailStart : -lowerTailStart
    var low = min(max(0, Int((start / steps.step - steps.phase).rounded(.up))), most - 1)
    var high = most
    while high - low > 1 {
      let middle = (low + high) / 2
      if density(side, at: steps.threshold(middle)) > smallness { low = middle } else { high = middle }
    }
    return high
  }

  /// Entropy in nats and distortion, enclosed, of the very code that has those thresholds.
  public func enclosure(of steps: EqualSteps) -> (entropy: Interval, distortion: Interval) {
    var entropy: Interval = 0
    var distortion: Interval = 0
    for side in summedSides {
      let last = lastThreshold(of: steps, side)
      for j in 0...last {
        let start = steps.threshold(j)
        let cell: QuantizationCell<Interval> = cell(
          side, from: start, to: j < last ? steps.threshold(j + 1) : .infinity)
        entropy = entropy + cell.entropy
        distortion = distortion + cell.distortion
        if steps.reproduction == .multiples {
          let shift = cell.centroid(from: start) - steps.offset(cell, j)
          distortion = distortion + cell.probability * .squared(shift)
        }
      }
    }
    return joined(steps, sides: (entropy, distortion))
  }

  /// Entropy, distortion and their derivatives in floating point.
  public func sums(of steps: EqualSteps) -> StepSums {
    var sums = StepSums()
    for side in summedSides {
      var before = StepBoundary(steps, of: self, side)
      let last = lastThreshold(of: steps, side)
      for j in 0...last {
        let start = steps.threshold(j)
        let cell: QuantizationCell<Double> = cell(
          side, from: start, to: j < last ? steps.threshold(j + 1) : .infinity)
        guard cell.probability > 0 else { break }
        sums.add(cell, j, of: steps, width: steps.step, density: density(side, at: start), &before)
      }
    }
    return joined(steps, sides: sums)
  }

  /// The summed sides and the central cell together, enclosed.
  func joined(
    _ steps: EqualSteps, sides: (entropy: Interval, distortion: Interval)
  ) -> (entropy: Interval, distortion: Interval) {
    let weight = Interval(multiplicity)
    let central: QuantizationCell<Interval>? = centralCell(of: steps)
    let entropy = central.map { $0.entropy } ?? 0
    let distortion = central.map { steps.distortion(ofCentral: $0) } ?? 0
    return (entropy + weight * sides.entropy, distortion + weight * sides.distortion)
  }

  /// The summed sides and the central cell together, in floating point.
  func joined(_ steps: EqualSteps, sides: StepSums) -> StepSums {
    var sums = sides
    let weight = multiplicity
    sums.entropy *= weight
    sums.distortion *= weight
    sums.entropyByStep *= weight
    sums.distortionByStep *= weight
    sums.entropyByPhase *= weight * steps.step
    sums.distortionByPhase *= weight * steps.step
    if let central: QuantizationCell<Double> = centralCell(of: steps) {
      sums.entropy += central.entropy
      sums.distortion += steps.distortion(ofCentral: central)
    }
    return sums
  }
}
