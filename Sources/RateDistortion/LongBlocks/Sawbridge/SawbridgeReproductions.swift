import IntervalArithmetic

/// Finitely many reproductions of the sawbridge at a slope, moved by accelerated alternating minimisation.
///
/// For weights r_i, reproductions y_i and distances d_i(v) = |s_v - y_i|^2 (the jump at v), with beta in nats, the channel is
/// p(i|v) = r_i exp(-beta d_i(v)) alpha(v), 1/alpha(v) = sum of r_i exp(-beta d_i(v)). Where it is stationary r_i is the mean of
/// p(i|v) and y_i the distribution function of p(v|i), so that d_i' = 2 y_i - 1.
///
/// - Source: Rose 1994, for reproductions as moving particles.
struct SawbridgeReproductions {
  private let slope: Double
  private let grid: LegendreGrid
  private let count: Int
  /// ln r_i, then the values of d_i.
  private var state: [Double]

  struct Evaluation {
    var rate: Double
    var distortion: Double
  }

  init(count: Int, slope: Double, grid: LegendreGrid) {
    self.count = count
    self.slope = slope
    self.grid = grid
    state = [Double](repeating: -Double.log(Double(count)), count: count)
    for i in 0..<count {
      let center = (Double(i) + 0.5) / Double(count)
      state += Self.distances(from: grid.points.map { min(max(($0 - center) * Double(count) / 2 + 0.5, 0), 1) }, grid)
    }
  }

  /// d_i at the grid's points.
  var distances: [[Double]] {
    let n = grid.points.count
    return (0..<count).map { Array(state[(count + $0 * n)..<(count + ($0 + 1) * n)]) }
  }

  var weights: [Double] { state[..<count].map { Double.exp($0) } }

  /// d(v) = int (1 - y)^2 + int_0^v (2 y - 1).
  private static func distances(from y: [Double], _ grid: LegendreGrid) -> [Double] {
    let first = grid.integral(y.map { (1 - $0) * (1 - $0) })
    return grid.antiderivative(of: y.map { 2 * $0 - 1 }).map { first + $0 }
  }

  /// p(i|v), row by row, and ln alpha.
  private func posterior(_ state: [Double]) -> (rows: [[Double]], logAlpha: [Double]) {
    let n = grid.points.count
    var rows = [[Double]](repeating: [Double](repeating: 0, count: n), count: count)
    var logAlpha = [Double](repeating: 0, count: n)
    for k in 0..<n {
      var greatest = -Double.infinity
      for i in 0..<count {
        rows[i][k] = state[i] - slope * state[count + i * n + k]
        greatest = max(greatest, rows[i][k])
      }
      var sum = 0.0
      for i in 0..<count {
        rows[i][k] = Double.exp(rows[i][k] - greatest)
        sum += rows[i][k]
      }
      for i in 0..<count { rows[i][k] /= sum }
      logAlpha[k] = -(greatest + Double.log(sum))
    }
    return (rows, logAlpha)
  }

  /// One alternation: weights from the posterior, reproductions as its distribution functions; made symmetric, as v -> 1 - v
  /// is a symmetry of the source.
  private func step(_ state: [Double]) -> [Double] {
    let n = grid.points.count
    let rows = posterior(state).rows
    var next = [Double](repeating: 0, count: state.count)
    for i in 0..<count {
      let weight = max(grid.integral(rows[i]), 1e-300)  // a reproduction may die out
      let distances = Self.distances(from: grid.antiderivative(of: rows[i]).map { $0 / weight }, grid)
      let mirror = count - 1 - i
      next[i] += Double.log(weight) / 2
      next[mirror] += Double.log(weight) / 2
      for k in 0..<n {
        next[count + i * n + k] += distances[k] / 2
        next[count + mirror * n + (n - 1 - k)] += distances[k] / 2
      }
    }
    return next
  }

  /// Anderson's acceleration with 16 earlier steps, until a step moves nothing.
  ///
  /// A plain step never increases E ln alpha, the least R + beta D with these reproductions; an accelerated one that does is
  /// not taken, and its history dropped. The last step is a plain one, so that the d_i are distances of functions.
  mutating func minimise() {
    var stepDifferences: [[Double]] = []
    var imageDifferences: [[Double]] = []
    var previous: (step: [Double], image: [Double])?
    for iteration in 0..<1_500 {
      let image = step(state)
      let move = zip(image, state).map { $0 - $1 }
      state = image
      guard move.contains(where: { abs($0) > 1e-12 }) else { return }
      if let previous {
        stepDifferences.append(zip(move, previous.step).map { $0 - $1 })
        imageDifferences.append(zip(image, previous.image).map { $0 - $1 })
        if stepDifferences.count > 16 {
          stepDifferences.removeFirst()
          imageDifferences.removeFirst()
        }
      }
      previous = (move, image)
      guard iteration >= 12, stepDifferences.count >= 2 else { continue }
      var accelerated = image
      for (coefficient, difference) in zip(leastSquares(stepDifferences, move), imageDifferences) {
        for k in accelerated.indices { accelerated[k] -= coefficient * difference[k] }
      }
      if objective(accelerated) <= objective(image) + 1e-14 {
        state = accelerated
      } else {
        stepDifferences = []
        imageDifferences = []
        previous = nil
      }
    }
    state = step(state)
  }

  private func objective(_ state: [Double]) -> Double { grid.integral(posterior(state).logAlpha) }

  /// The rate and distortion of the channel that the reproductions define.
  func evaluated() -> Evaluation {
    let n = grid.points.count
    let rows = posterior(state).rows
    var rate = 0.0
    var distortion = 0.0
    for i in 0..<count {
      let weight = grid.integral(rows[i])
      rate += grid.integral(rows[i].map { Double.xlogx($0) }) - Double.xlogx(weight)
      distortion += grid.integral((0..<n).map { rows[i][$0] * state[count + i * n + $0] })
    }
    return Evaluation(rate: rate, distortion: distortion)
  }
}

/// The coefficients of the combination of columns nearest to a vector, by Gram-Schmidt; dependent columns get 0.
private func leastSquares(_ columns: [[Double]], _ target: [Double]) -> [Double] {
  let dot = { (a: [Double], b: [Double]) in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
  var basis: [(vector: [Double], column: Int, row: [Double])] = []
  for (index, column) in columns.enumerated() {
    var vector = column
    var row: [Double] = []
    for entry in basis {
      let part = dot(entry.vector, vector)
      row.append(part)
      for k in vector.indices { vector[k] -= part * entry.vector[k] }
    }
    let norm = dot(vector, vector).squareRoot()
    guard norm > 1e-10 * dot(column, column).squareRoot() else { continue }
    basis.append((vector.map { $0 / norm }, index, row + [norm]))
  }
  var coefficients = [Double](repeating: 0, count: columns.count)
  for i in basis.indices.reversed() {
    var value = dot(basis[i].vector, target)
    for later in basis[(i + 1)...] { value -= later.row[i] * coefficients[later.column] }
    coefficients[basis[i].column] = value / (basis[i].row.last ?? 1)
  }
  return coefficients
}
