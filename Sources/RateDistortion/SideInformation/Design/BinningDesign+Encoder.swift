/// The encoder of a design: everywhere the label of least cost, with the places where it changes as thresholds.
///
/// Costs are averages over M, on a grid of x; cubics stand for them in between.
extension BinningDesign {
  /// The encoder for a decoder.
  ///
  /// - Parameter noise: what is added to a label's cost at a place.
  func encoder(for decoder: Decoder, noise: (_ label: Int, _ x: Double) -> Double) -> Code {
    let count = decoder.names.count
    // By place on the grid, then by label.
    var costs = [Double](repeating: 0, count: count * sourceGrid.count)
    var terms = [SIMD2<Double>](repeating: .zero, count: meanGrid.count)
    for index in 0..<count {
      // What is averaged as it is, and what times x.
      for (node, g) in decoder.estimates[index].enumerated() {
        let length = coding == .conditional ? decoder.lengths[index][node] : decoder.marginalLengths[index]
        terms[node] = SIMD2(length + lambda * g * g, -2 * lambda * g)
      }
      terms.withUnsafeBufferPointer { terms in
        for (place, x) in sourceGrid.enumerated() {
          let first = firstNode[place]
          let sums = nodeWeights[place].withUnsafeBufferPointer { row in
            var sums = (SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero, SIMD2<Double>.zero)
            var offset = 0
            while offset + 3 < row.count {
              sums.0 += row[offset] * terms[first + offset]
              sums.1 += row[offset + 1] * terms[first + offset + 1]
              sums.2 += row[offset + 2] * terms[first + offset + 2]
              sums.3 += row[offset + 3] * terms[first + offset + 3]
              offset += 4
            }
            while offset < row.count {
              sums.0 += row[offset] * terms[first + offset]
              offset += 1
            }
            return (sums.0 + sums.1) + (sums.2 + sums.3)
          }
          costs[place * count + index] = sums[0] + x * sums[1] + noise(index, x)
        }
      }
    }
    return costs.withUnsafeBufferPointer { code(of: Costs(values: $0, count: count), names: decoder.names) }
  }

  /// Everywhere the label of least cost.
  private func code(of costs: Costs, names: [Int]) -> Code {
    var current = costs.least(at: 1, Self.cubic(0))
    var code = Code(thresholds: [], labels: [names[current]])
    let steps = (0...stepsPerInterval).map { Double($0) / Double(stepsPerInterval) }
    let weights = steps.map(Self.cubic)
    // Cubics need a grid point on either side of their interval.
    for interval in 1..<sourceGrid.count - 2 {
      for step in 1...stepsPerInterval {
        let best = costs.least(at: interval, weights[step])
        guard best != current else { continue }
        let crossing = crossing(costs, current, best, interval, steps[step - 1], steps[step])
        let threshold = sourceGrid[interval] + crossing * (sourceGrid[interval + 1] - sourceGrid[interval])
        code.thresholds.append(max(threshold, (code.thresholds.last ?? -.infinity).nextUp))
        code.labels.append(names[best])
        current = best
      }
    }
    return code
  }

  /// What each label costs at each place of the grid.
  private struct Costs {
    /// By place, then by label.
    let values: UnsafeBufferPointer<Double>
    /// How many labels there are.
    let count: Int

    /// A label's cost in an interval, by the weights of the four values about it.
    @inline(__always)
    func value(_ label: Int, _ interval: Int, _ weights: SIMD4<Double>) -> Double {
      let place = (interval - 1) * count + label
      return values[place] * weights[0] + values[place + count] * weights[1] + values[place + 2 * count] * weights[2]
        + values[place + 3 * count] * weights[3]
    }

    /// The label of least cost there.
    func least(at interval: Int, _ weights: SIMD4<Double>) -> Int {
      var best = 0
      var leastCost = Double.infinity
      for index in 0..<count {
        let cost = value(index, interval, weights)
        if cost < leastCost { (best, leastCost) = (index, cost) }
      }
      return best
    }
  }

  /// The weights of the values at -1, 0, 1 and 2 in Lagrange's cubic at t.
  private static func cubic(_ t: Double) -> SIMD4<Double> {
    SIMD4(
      -t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2, (t + 1) * t * (t - 1) / 6
    )
  }

  /// Where the costs of two labels are equal between two places of an interval, by the secant rule.
  private func crossing(_ costs: Costs, _ a: Int, _ b: Int, _ interval: Int, _ low: Double, _ high: Double) -> Double {
    let difference = { (t: Double) -> Double in
      let weights = Self.cubic(t)
      return costs.value(a, interval, weights) - costs.value(b, interval, weights)
    }
    var (t0, t1) = (low, high)
    var (d0, d1) = (difference(low), difference(high))
    for _ in 0..<4 where d1 != d0 {
      let next = t1 - d1 * (t1 - t0) / (d1 - d0)
      (t0, d0, t1) = (t1, d1, next)
      d1 = difference(next)
    }
    return t1 >= low && t1 <= high ? t1 : high
  }
}
