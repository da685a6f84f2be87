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
/// 3. After 40 steps Newton's method (`WeightSolver`) on the letters that are left, at most 320: those whose weight vanishes
///    leave, and the peaks of g above 1 join, until there are none.
/// 4. Both cores: rows are cut into fixed blocks, whose sums are added in the order of the blocks, so that the result does
///    not depend on the number of threads.
///
/// Memory: the source's matrix, of which each pass computes the kernels anew a row at a time, and vectors; Newton's method
/// holds the kernels of its letters, up to 320 columns, too. Rounding, 1e-13 of F at most, is covered by the stated margin of
/// 1e-12 nats.
struct FiniteBlahutArimoto {
  let source: FiniteSource
  let beta: Double
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
    offsets = source.leastDistortions
  }

  /// The law, F and g after one evaluation.
  func evaluated(_ law: [Double]) -> State {
    let n = source.probabilities.count
    let m = source.reproductions
    let size = (n + Self.blocks - 1) / Self.blocks
    var partial = [Double](repeating: 0, count: Self.blocks * (m + 1))
    partial.withUnsafeMutableBufferPointer { partial in
      source.distortions.withUnsafeBufferPointer { distortions in
        law.withUnsafeBufferPointer { law in
          // Every block writes its own sums, and the buffers outlive them all.
          nonisolated(unsafe) let sums = partial
          nonisolated(unsafe) let distortions = distortions
          nonisolated(unsafe) let law = law
          let work = { @Sendable (block: Int) in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: m) { kernels in
              for i in min(n, block * size)..<min(n, (block + 1) * size) where source.probabilities[i] > 0 {
                let row = UnsafeBufferPointer(rebasing: distortions[i * m..<(i + 1) * m])
                let z = self.kernels(row, offset: offsets[i], law: law, into: kernels)
                let p = source.probabilities[i]
                sums[block * (m + 1) + m] += p * (beta * offsets[i] - Double.log(z))
                Self.add(
                  p / z, kernels,
                  to: UnsafeMutableBufferPointer(rebasing: sums[block * (m + 1)..<(block + 1) * (m + 1)]))
              }
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

  /// exp(-beta (d - offset)) along a row, and its mean Z under the law.
  @inline(__always)
  private func kernels(
    _ row: UnsafeBufferPointer<Double>, offset: Double, law: UnsafeBufferPointer<Double>,
    into kernels: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let m = row.count
    let fours = m & ~3
    let distances = UnsafeRawBufferPointer(row)
    let weights = UnsafeRawBufferPointer(law)
    let places = UnsafeMutableRawBufferPointer(kernels)
    let shift = SIMD4<Double>(repeating: offset)
    let slope = SIMD4<Double>(repeating: -beta)
    var sums = SIMD4<Double>.zero
    for j in stride(from: 0, to: fours, by: 4) {
      let d = distances.loadUnaligned(fromByteOffset: j * 8, as: SIMD4<Double>.self)
      let kernel = fourExponentials((d - shift) * slope)
      places.storeBytes(of: kernel, toByteOffset: j * 8, as: SIMD4<Double>.self)
      sums += kernel * weights.loadUnaligned(fromByteOffset: j * 8, as: SIMD4<Double>.self)
    }
    var z = sums.sum()
    for j in fours..<m {
      kernels[j] = Double.exp(-beta * (row[j] - offset))
      z += kernels[j] * law[j]
    }
    return z
  }

  /// Adds a multiple of the kernels to sums.
  @inline(__always)
  private static func add(
    _ ratio: Double, _ kernels: UnsafeMutableBufferPointer<Double>, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    for j in 0..<kernels.count { sums[j] += ratio * kernels[j] }
  }

  /// A law whose gap is at most the tolerance, or the best that was found.
  ///
  /// A few dozen extrapolated steps find the letters that matter; Newton's method solves for their weights, and letters whose g
  /// still exceeds 1 join them. Whatever it returns is judged by `evaluated` on all letters.
  func solved(from start: [Double]?, tolerance: Double, evaluations: Int) -> State {
    var state = extrapolated(from: start, tolerance: tolerance, evaluations: min(evaluations, 40))
    guard state.gap > tolerance else { return state }
    let letters = state.law.count
    var columns = firstColumns(state)
    for round in 0..<24 where columns.count <= Self.largestActiveSet {
      guard let next = solved(on: columns, tolerance: tolerance) else { break }
      if next.gap < state.gap { state = next }
      if state.gap <= tolerance { return state }
      let joining = Self.joining(next, above: 1 + tolerance / 4)
      if joining.isEmpty || round == 8 {
        // What is missing is not among the peaks: all letters, if they are not too many.
        guard columns.count < letters, letters <= Self.largestActiveSet else { break }
        columns = Array(0..<letters)
        continue
      }
      // At the optimum either r or 1 - g is 0, and on the way there the larger says which.
      let share = 1 / Double(columns.count)
      columns = Set(columns.filter { next.law[$0] > share * (1 - next.g[$0]) }).union(joining).sorted()
    }
    return extrapolated(from: state.law, tolerance: tolerance, evaluations: evaluations)
  }

  /// The letters that a law says matter.
  private func firstColumns(_ state: State) -> [Int] {
    let letters = state.law.count
    let threshold = 1e-4 / Double(letters)
    let columns = state.law.indices.filter { state.law[$0] > threshold || state.g[$0] > 1 - 1e-6 }
    guard columns.count > Self.largestActiveSet else {
      // Where most letters matter, one that does not is cheaper than one that joins later.
      return 2 * columns.count > letters && letters <= Self.largestActiveSet ? Array(0..<letters) : columns
    }
    // Too many: where letters are points on a line, a few stand for their neighbours, and any that matter join later.
    let stride = (columns.count + 79) / 80
    return columns.indices.filter { $0 % stride == 0 }.map { columns[$0] }
  }

  /// The letters that join: peaks of g, since beside a peak on a line there are many more above 1; at most 40.
  private static func joining(_ state: State, above level: Double) -> [Int] {
    let g = state.g
    let peaks = g.indices.filter { j in
      g[j] > level && state.law[j] <= 1e-12 && (j == 0 || g[j - 1] <= g[j]) && (j + 1 == g.count || g[j + 1] <= g[j])
    }
    return Array(peaks.sorted { g[$0] > g[$1] }.prefix(40))
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
        let kernel = Double.exp(-beta * (source.distortions[i * m + j] - offsets[i]))
        dense.append(kernel)
        largest = max(largest, kernel)
      }
      guard largest > 1e-250 else { return nil }
    }
    let solver = WeightSolver(
      kernel: DenseKernels(dense, columns: columns.count), mass: mass,
      background: [Double](repeating: 0, count: mass.count),
      scale: [Double](repeating: 1 / Double(columns.count), count: columns.count),
      costOfAtom: tolerance / 20 / Double(columns.count))
    let weights = solver.weights(tolerance: tolerance / 20)
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
    let moments = FiniteMoments(source, law: law).at(slope: beta)
    return (moments.distortion, moments.rate)
  }
}
