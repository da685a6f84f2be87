import Dispatch
import IntervalArithmetic

/// Blahut and Arimoto's iteration for a finite source at one slope, accelerated, with two-sided bounds.
///
/// For any reproduction law r > 0 and slope beta, Z_i = sum over j of r_j exp(-beta (d_ij - m_i)), m_i the least entry of row i,
///
///     F = sum over i of p_i (beta m_i - log Z_i),      g_j = sum over i of p_i exp(-beta (d_ij - m_i))/Z_i,
///
/// F is what the channel achieves of min R + beta D, and F - log max g_j is a lower bound on it (Blahut 1972, Theorem 6): the
/// gap is known at every step. The iteration r_j <- r_j g_j increases -F and converges linearly. Four things make it faster:
///
/// 1. SQUAREM (Varadhan, Roland 2008): after two steps the change is extrapolated in log r by a factor from their
///    differences; the extrapolated law is kept if F does not increase, so that F decreases throughout.
/// 2. Letters of r that have died out (weight below 1e-9 of the mean and g_j < 1) are raised to a larger power of g_j, which is
///    the over-relaxed update.
/// 3. After 40 steps Newton's method (interior point) on the letters that are left, if they are at most 320.
/// 4. Both cores: rows are cut into fixed blocks, whose sums are added in the order of the blocks, so that the result does
///    not depend on the number of threads.
///
/// Memory: one matrix of kernels beside the source's own, and vectors. Rounding, 1e-13 of F at most, is covered by the stated
/// margin of 1e-12 nats.
struct FiniteBlahutArimoto {
  let source: FiniteSource
  let beta: Double
  private let kernels: [Double]
  private let offsets: [Double]
  private static let blocks = 64
  static let margin = 1e-12

  struct State: Sendable {
    var law: [Double]
    /// F at the law, in nats.
    var lagrangian: Double
    /// log max g, in nats.
    var gap: Double
    var g: [Double]
  }

  init(_ source: FiniteSource, beta: Double) {
    self.source = source
    self.beta = beta
    let m = source.reproductions
    var offsets: [Double] = []
    var kernels = [Double](repeating: 0, count: source.distortions.count)
    for i in source.probabilities.indices {
      let row = i * m
      var least = Double.infinity
      for j in 0..<m { least = min(least, source.distortions[row + j]) }
      offsets.append(least)
      for j in 0..<m { kernels[row + j] = Double.exp(-beta * (source.distortions[row + j] - least)) }
    }
    self.offsets = offsets
    self.kernels = kernels
  }

  /// The law, F and g after one evaluation.
  func evaluated(_ law: [Double]) -> State {
    let n = source.probabilities.count
    let m = source.reproductions
    let size = (n + Self.blocks - 1) / Self.blocks
    var partial = [Double](repeating: 0, count: Self.blocks * (m + 1))
    partial.withUnsafeMutableBufferPointer { partial in
      kernels.withUnsafeBufferPointer { kernels in
        law.withUnsafeBufferPointer { law in
          nonisolated(unsafe) let sums = partial
          nonisolated(unsafe) let kernels = kernels
          nonisolated(unsafe) let law = law
          let work = { @Sendable (block: Int) in
            let base = block * (m + 1)
            for i in min(n, block * size)..<min(n, (block + 1) * size) {
              let p = source.probabilities[i]
              guard p > 0 else { continue }
              let row = i * m
              // Four sums: the compiler may not reorder one.
              var z = SIMD4<Double>.zero
              var j = 0
              while j + 4 <= m {
                let k = SIMD4<Double>(
                  kernels[row + j], kernels[row + j + 1], kernels[row + j + 2], kernels[row + j + 3])
                let r = SIMD4<Double>(law[j], law[j + 1], law[j + 2], law[j + 3])
                z += k * r
                j += 4
              }
              var total = z.sum()
              while j < m {
                total += kernels[row + j] * law[j]
                j += 1
              }
              sums[base + m] += p * (beta * offsets[i] - Double.log(total))
              let ratio = p / total
              for j in 0..<m { sums[base + j] += ratio * kernels[row + j] }
            }
          }
          if n * m >= 1 << 14 {
            DispatchQueue.concurrentPerform(iterations: Self.blocks, execute: work)
          } else {
            for block in 0..<Self.blocks { work(block) }
          }
        }
      }
    }
    var g = [Double](repeating: 0, count: m)
    var lagrangian = 0.0
    for block in 0..<Self.blocks {
      let base = block * (m + 1)
      for j in 0..<m { g[j] += partial[base + j] }
      lagrangian += partial[base + m]
    }
    return State(law: law, lagrangian: lagrangian, gap: Double.log(g.max() ?? 1), g: g)
  }

  /// A law whose gap is at most the tolerance, or the best that was found.
  ///
  /// A few dozen extrapolated steps find the letters that matter; the interior-point method solves for their weights, and
  /// letters whose g still exceeds 1 join them. Whatever it returns is judged by `evaluated` on all letters.
  func solved(from start: [Double]?, tolerance: Double, evaluations: Int) -> State {
    var state = extrapolated(from: start, tolerance: tolerance, evaluations: min(evaluations, 40))
    guard state.gap > tolerance else { return state }
    let threshold = 1e-4 / Double(state.law.count)
    var columns = state.law.indices.filter { state.law[$0] > threshold || state.g[$0] > 1 - 1e-6 }
    if columns.count > Self.largestActiveSet {
      // Too many: where letters are points on a line, a few stand for their neighbours, and any that matter join later.
      let stride = (columns.count + 159) / 160
      columns = columns.indices.filter { $0 % stride == 0 }.map { columns[$0] }
    }
    for _ in 0..<12 where columns.count <= Self.largestActiveSet {
      guard let next = solved(on: columns, tolerance: tolerance) else { break }
      if next.gap < state.gap { state = next }
      if state.gap <= tolerance { return state }
      let joining = next.g.indices.filter { next.g[$0] > 1 + tolerance / 4 && next.law[$0] <= 1e-12 }
      if joining.isEmpty { break }
      columns = Set(columns).union(joining).sorted()
    }
    return extrapolated(from: state.law, tolerance: tolerance, evaluations: evaluations)
  }

  /// Beyond so many letters the dense Hessian costs more than the iterations it saves.
  private static let largestActiveSet = 320

  /// The optimal weights on some letters, the others at 1e-15 together; nil if a letter of the source is out of reach.
  private func solved(on columns: [Int], tolerance: Double) -> State? {
    let m = source.reproductions
    var dense: [Double] = []
    dense.reserveCapacity(columns.count * source.probabilities.count)
    var mass: [Double] = []
    for (i, p) in source.probabilities.enumerated() where p > 0 {
      mass.append(p)
      var largest = 0.0
      for j in columns {
        dense.append(kernels[i * m + j])
        largest = max(largest, kernels[i * m + j])
      }
      guard largest > 1e-250 else { return nil }
    }
    let weights = InteriorPoint.weights(
      table: KernelTable(dense: dense, columns: columns.count), mass: mass,
      scale: [Double](repeating: 1 / Double(columns.count), count: columns.count), tolerance: tolerance / 20)
    var law = [Double](repeating: 1e-15 / Double(m), count: m)
    for (j, weight) in zip(columns, weights) { law[j] = max(weight, law[j]) }
    return evaluated(normalised(law))
  }

  /// Extrapolated iterations until the gap is at most the tolerance, or so many evaluations.
  private func extrapolated(from start: [Double]?, tolerance: Double, evaluations: Int) -> State {
    let m = source.reproductions
    var law = start ?? [Double](repeating: 1 / Double(m), count: m)
    let floor = 1e-300
    law = normalised(law.map { max($0, 1e-12 / Double(m)) })
    var state = evaluated(law)
    var count = 1
    while state.gap > tolerance && count < evaluations {
      let first = evaluated(step(state))
      let second = evaluated(step(first))
      count += 2
      var best = second
      if second.gap > tolerance {
        // Extrapolation of log r: r + 2 a v + a^2 w with a = |v|/|w| (scheme S3), weights as in the Fisher metric.
        var v2 = 0.0
        var w2 = 0.0
        for j in 0..<m where state.law[j] > floor && second.law[j] > floor {
          let v = Double.log(first.law[j] / state.law[j])
          let w = Double.log(second.law[j] / first.law[j]) - v
          v2 += state.law[j] * v * v
          w2 += state.law[j] * w * w
        }
        var length = w2 > 0 ? (v2 / w2).squareRoot() : 1
        while length > 1.01 {
          var next = [Double](repeating: 0, count: m)
          for j in 0..<m where state.law[j] > floor && second.law[j] > floor {
            let v = Double.log(first.law[j] / state.law[j])
            let w = Double.log(second.law[j] / first.law[j]) - v
            let change = min(max(2 * length * v + length * length * w, -60), 60)
            next[j] = max(state.law[j] * Double.exp(change), floor)
          }
          let candidate = evaluated(normalised(next))
          count += 1
          if candidate.lagrangian <= second.lagrangian {
            best = candidate
            break
          }
          length = length > 4 ? length / 4 : 1
        }
      }
      state = best
    }
    return state
  }

  /// r g, with a larger power of g for letters that die out.
  private func step(_ state: State) -> [Double] {
    let threshold = 1e-9 / Double(state.law.count)
    return normalised(
      zip(state.law, state.g).map { weight, g in
        weight < threshold && g < 1 ? weight * g * g * g : weight * g
      })
  }

  private func normalised(_ law: [Double]) -> [Double] {
    let sum = law.reduce(0, +)
    return law.map { $0 / sum }
  }

  /// The channel's distortion and rate from above, in nats, at the law.
  func channel(_ law: [Double]) -> (distortion: Double, rate: Double) {
    let m = source.reproductions
    var distortion = 0.0
    var lagrangian = 0.0
    for (i, p) in source.probabilities.enumerated() where p > 0 {
      let row = i * m
      var z = 0.0
      var moment = 0.0
      for j in 0..<m {
        let weight = law[j] * kernels[row + j]
        z += weight
        if weight > 0 { moment += weight * source.distortions[row + j] }
      }
      distortion += p * moment / z
      lagrangian += p * (beta * offsets[i] - Double.log(z))
    }
    return (distortion, lagrangian - beta * distortion)
  }
}
