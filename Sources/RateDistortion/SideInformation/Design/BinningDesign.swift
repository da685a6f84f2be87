import GSL
import IntervalArithmetic

/// Entropy-constrained design of a one-shot code on the known density: alternating minimisation of
///
///     J = E[-log p(k)] + lambda E (X - g(k, Y))^2        (marginal), with p(k|Y) in place of p(k) for conditional coding,
///
/// rates in nats here, everything in units of sigma_{X|Y}. Three steps, none of which increases J:
///
/// 1. the decoder: g(k, m) = E[X|k, M = m], and P(k|m), from the thresholds and labels, exactly (`normalTail`);
/// 2. the probabilities p(k), exactly;
/// 3. the encoder: x gets the k of least cost
///
///        c_k(x) = -log p_k (or E[-log P(k|M)|x]) + lambda (E[g(k, M)^2|x] - 2 x E[g(k, M)|x]),
///
///    the square of x being common to all. M given x is N(x tau^2/(1 + tau^2), tau^2/(1 + tau^2)).
///
/// Costs are computed on a grid of x, 0.1 apart; being averages over M they are smooth, and cubics stand for them in
/// between. The least cost is looked for at steps of a sixth of the high-rate cell, sqrt(6/lambda). At a stationary
/// point an error e of a threshold costs e^2, so the code found is better than the grid; whatever it is, it is
/// evaluated afterwards by `LabelledQuantizer`, which knows no grid.
///
/// - Source: Chou, Lookabaugh, Gray 1989; "Breaking Smoothness", section 3, eq. (5), for the encoder's rule.
struct BinningDesign {
  /// tau.
  let spread: Double
  /// lambda, in nats per unit of squared error.
  var lambda: Double
  /// Which rate counts.
  let coding: IndexCoding

  /// The grid of x.
  let sourceGrid: [Double]
  /// How many steps from one grid point to the next the least cost is looked for at.
  let stepsPerInterval: Int
  /// The grid of m.
  let meanGrid: [Double]
  /// For each x, where its nodes begin in `meanGrid`, and their weights.
  let firstNode: [Int]
  let nodeWeights: [[Double]]

  /// Cells wider than this are taken by their ends: to some 1e-9 of their distortion, which is enough for comparisons.
  static let narrow = 1.0 / 16

  /// Thresholds and labels, in units of sigma_{X|Y}.
  struct Code {
    var thresholds: [Double]
    var labels: [Int]
  }

  /// The largest tau: the work grows with it. Beyond, codes are better designed for one period.
  static let largestSpread = 64.0

  init(spread: Double, lambda: Double, coding: IndexCoding) {
    self.spread = spread
    self.lambda = lambda
    self.coding = coding
    let deviation = (1 + spread * spread).squareRoot()
    let half = Int((7 * deviation / 0.1).rounded(.up))
    let xs = (-half...half).map { Double($0) * 0.1 }
    stepsPerInterval = max(1, Int((0.1 / ((6 / lambda).squareRoot() / 6)).rounded(.up)))
    let nu = spread / deviation
    // Errors exp(-2 pi^2 (nu/distance)^2) below 1e-30.
    let distance = nu > 0 ? min(0.3, nu / 2.5) : 1
    let reach = Int(((7 * deviation * nu * nu + 6 * nu) / distance).rounded(.up))
    let ms = (-reach...reach).map { Double($0) * distance }
    var firsts: [Int] = []
    var weights: [[Double]] = []
    for x in xs {
      let middle = x * nu * nu
      let first = min(max(0, Int(((middle - 5.5 * nu) / distance).rounded(.up)) + reach), ms.count - 1)
      let last = min(max(first, Int(((middle + 5.5 * nu) / distance).rounded(.down)) + reach), ms.count - 1)
      let row = (first...last).map { index -> Double in
        let t = nu > 0 ? (ms[index] - middle) / nu : 0
        return Double.exp(-t * t / 2)
      }
      let total = row.reduce(0, +)
      firsts.append(first)
      weights.append(row.map { $0 / total })
    }
    sourceGrid = xs
    meanGrid = ms
    firstNode = firsts
    nodeWeights = weights
  }

  // MARK: Alternating minimisation

  /// Alternates until the cost falls by less than `tolerance` a round; from where the labels rest on, thresholds are
  /// extrapolated (`Extrapolation`), and what does not lower the cost is taken back.
  ///
  /// - Parameter noise: what is added to a label's cost at a place, for annealing; nil for none.
  /// - Returns: the best code seen, and its cost by the coarse rule: good for comparing designs.
  func minimise(
    _ start: Code, rounds: Int, tolerance: Double, noise: ((_ round: Int, _ label: Int, _ x: Double) -> Double)? = nil
  ) -> (code: Code, cost: Double) {
    var code = start
    var best = (code: start, cost: Double.infinity)
    var plain: Code?
    let deviation = (1 + spread * spread).squareRoot()
    var extrapolation = Extrapolation { normalDensity($0 / deviation) }
    for round in 0..<rounds {
      var decoder = decoder(for: code)
      if noise == nil {
        if decoder.cost > best.cost, let last = plain {
          // The extrapolation went astray: back to the round's own thresholds.
          extrapolation = Extrapolation { normalDensity($0 / deviation) }
          code = last
          decoder = self.decoder(for: code)
        }
        guard best.cost - decoder.cost > tolerance else {
          return decoder.cost < best.cost ? (code, decoder.cost) : best
        }
      }
      best = (code, decoder.cost)
      let next = encoder(for: decoder) { label, x in noise?(round, label, x) ?? 0 }
      plain = nil
      if noise == nil, next.labels == code.labels {
        if let thresholds = extrapolation.next(after: code.thresholds, image: next.thresholds) {
          plain = next
          code.thresholds = thresholds
          continue
        }
      } else {
        extrapolation = Extrapolation { normalDensity($0 / deviation) }
      }
      code = next
    }
    let cost = decoder(for: code).cost
    return cost < best.cost || noise != nil ? (code, cost) : best
  }

  /// What the decoder knows, by label and node: g, and the rate term.
  struct Decoder {
    /// The labels in use.
    var names: [Int]
    /// g(k, m), by position in `names`, then by node.
    var estimates: [[Double]]
    /// -log P(k|m), likewise; empty for marginal coding.
    var lengths: [[Double]]
    /// -log p(k).
    var marginalLengths: [Double]
    /// J.
    var cost: Double
  }

  func decoder(for code: Code) -> Decoder {
    let names = Set(code.labels).sorted()
    var position = [Int](repeating: 0, count: (names.last ?? 0) + 1)
    for (index, name) in names.enumerated() { position[name] = index }
    let labels = code.labels.map { position[$0] }
    let deviation = (1 + spread * spread).squareRoot()

    var probabilities = [Double](repeating: 0, count: names.count)
    var left = NormalCellEnd.minusInfinity
    for (index, label) in labels.enumerated() {
      let right =
        index == code.thresholds.count ? NormalCellEnd.infinity : NormalCellEnd(code.thresholds[index] / deviation)
      probabilities[label] += NormalCell(from: left, to: right, narrow: Self.narrow).probability
      left = right
    }
    let marginal = probabilities.map { $0 > 0 ? -Double.log($0) : 700 }

    var estimates = [[Double]](repeating: [Double](repeating: 0, count: meanGrid.count), count: names.count)
    var lengths = coding == .conditional ? estimates : []
    var cost = 0.0
    var sets = [NormalCell](repeating: NormalCell(), count: names.count)
    // The nearest point of each label's cells, where none is in reach.
    var nearest = [Double](repeating: .infinity, count: names.count)
    let distance = meanGrid.count > 1 ? meanGrid[1] - meanGrid[0] : 1
    for (node, m) in meanGrid.enumerated() {
      let first = code.thresholds.partitioningIndex { $0 > m - StepView.reach }
      let last = code.thresholds.partitioningIndex { $0 > m + StepView.reach }
      for index in names.indices {
        sets[index] = NormalCell()
        nearest[index] = .infinity
      }
      var left = NormalCellEnd.minusInfinity
      for index in first...last {
        let right = index == last ? NormalCellEnd.infinity : NormalCellEnd(code.thresholds[index] - m)
        sets[labels[index]].unite(with: NormalCell(from: left, to: right, narrow: Self.narrow))
        left = right
      }
      var missing = sets.reduce(0) { $0 + ($1.probability > 0 ? 0 : 1) }
      var below = first - 1
      var above = last + 1
      while missing > 0, below >= 0 || above < labels.count {
        let low = below >= 0 ? m - code.thresholds[below] : .infinity
        let high = above < labels.count ? code.thresholds[above - 1] - m : .infinity
        let label = low < high ? labels[below] : labels[above]
        if sets[label].probability <= 0, nearest[label] == .infinity {
          nearest[label] = low < high ? -low : high
          missing -= 1
        }
        if low < high { below -= 1 } else { above += 1 }
      }
      let weight = spread > 0 ? distance / spread * normalDensity(m / spread) : (m == 0 ? 1 : 0)
      for index in names.indices {
        let set = sets[index]
        if set.probability > 0 {
          estimates[index][node] = m + set.centroid
          cost += weight * lambda * set.distortion
          if coding == .conditional {
            let length = -Double.log(set.probability)
            lengths[index][node] = length
            cost += weight * set.probability * length
          }
        } else {
          let end = nearest[index].isFinite ? nearest[index] : 0
          estimates[index][node] = m + end
          if coding == .conditional { lengths[index][node] = -logNormalTail(end.magnitude) }
        }
      }
    }
    if coding == .marginal { for (p, length) in zip(probabilities, marginal) { cost += p * length } }
    return Decoder(names: names, estimates: estimates, lengths: lengths, marginalLengths: marginal, cost: cost)
  }
}
