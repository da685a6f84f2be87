import Dispatch
import GSL

/// Rate and distortion of the channel r_j exp(-beta d_ij)/Z_i of a finite source as the slope varies and the law r stays.
///
/// D falls from the law's own mean distortion at beta = 0 to the least that its letters allow, and R rises:
/// dD/dbeta = -E Var(d | letter), dR/dbeta = -beta dD/dbeta. So a law that is nearly optimal at one slope is moved to exactly the
/// distortion or rate that is asked for, at a loss of second order.
struct FiniteMoments {
  private let source: FiniteSource
  private let letters: [Int]
  private let weights: [Double]
  private let logSum: Double
  private static let blocks = 64

  struct Moments: Sendable {
    /// In nats, from above: the relative entropy to the law r instead of the channel's own output.
    var rate = 0.0
    var distortion = 0.0
    /// E Var(d | letter).
    var variance = 0.0
  }

  /// The letters of a law with a weight above 0.
  init(_ source: FiniteSource, law: [Double]) {
    self.source = source
    letters = law.indices.filter { law[$0] > 0 }
    weights = letters.map { law[$0] }
    logSum = Double.log(weights.reduce(0, +))
  }

  /// At a slope in nats; rate and distortion are not numbers if a letter of the source is out of reach.
  func at(slope beta: Double) -> Moments {
    let n = source.probabilities.count
    let m = source.reproductions
    let size = (n + Self.blocks - 1) / Self.blocks
    let parts = [Moments](unsafeUninitializedCapacity: Self.blocks) { buffer, initialized in
      buffer.initialize(repeating: Moments())
      initialized = Self.blocks
      // Every block writes its own element.
      nonisolated(unsafe) let places = buffer
      let work = { @Sendable (block: Int) in
        var sum = Moments()
        for i in min(n, block * size)..<min(n, (block + 1) * size) where source.probabilities[i] > 0 {
          add(source.probabilities[i], row: i * m, beta, to: &sum)
        }
        places[block] = sum
      }
      if n * letters.count >= 1 << 14 {
        DispatchQueue.concurrentPerform(iterations: Self.blocks, execute: work)
      } else {
        for block in 0..<Self.blocks { work(block) }
      }
    }
    var total = Moments()
    for part in parts {
      total.rate += part.rate
      total.distortion += part.distortion
      total.variance += part.variance
    }
    total.rate += logSum
    return total
  }

  private func add(_ p: Double, row: Int, _ beta: Double, to sum: inout Moments) {
    var least = Double.infinity
    for j in letters { least = min(least, source.distortions[row + j]) }
    var z = 0.0
    var first = 0.0
    var second = 0.0
    for (j, weight) in zip(letters, weights) {
      let d = source.distortions[row + j] - least
      guard d.isFinite else { continue }
      let term = weight * Double.exp(-beta * d)
      z += term
      first += term * d
      second += term * d * d
    }
    let mean = first / z
    // log(1/Z) - beta E d without the least distortion, which cancels: at a large slope nothing else would be left.
    sum.rate -= p * (Double.log(z) + beta * mean)
    sum.distortion += p * (least + mean)
    sum.variance += p * max(0, second / z - mean * mean)
  }

  /// The slope at which the distortion is D, or nil if the law does not reach it.
  func slope(atDistortion target: Double, near start: Double) -> Double? {
    root(near: start) { beta in
      let moments = at(slope: beta)
      return (moments.distortion - target, -moments.variance * beta)
    }
  }

  /// The slope at which the rate is R in nats, or nil if the law does not reach it.
  func slope(atRate target: Double, near start: Double) -> Double? {
    root(near: start) { beta in
      let moments = at(slope: beta)
      // Never 0, which would leave open whether the rate rises.
      return (moments.rate - target, max(moments.variance * beta * beta, .leastNormalMagnitude))
    }
  }

  /// The root in beta of a function whose derivative in ln beta is given.
  private func root(near start: Double, _ function: (Double) -> (value: Double, slope: Double)) -> Double? {
    let center = Double.log(start)
    // Beyond these ends the answer is that there is no root.
    let span = 40.0
    let low = function(Double.exp(center - span)).value
    let high = function(Double.exp(center + span)).value
    guard low.isFinite, high.isFinite, (low > 0) != (high > 0) else { return nil }
    return Double.exp(
      newtonRoot(in: (center - span)...(center + span), from: center, resolution: 1e-15) { function(Double.exp($0)) })
  }
}
