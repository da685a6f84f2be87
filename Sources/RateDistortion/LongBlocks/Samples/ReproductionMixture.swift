import GSL
import IntervalArithmetic
import ParallelBlocks

/// A law of reproductions in R^d, a mixture of Gaussians some of whose variances may be 0, against the kernel exp(-beta |x - y|^2).
///
/// With q = sum over k of w_k N(mu_k, S_k) and C_k = S_k + I/(2 beta), all in closed form,
///
///     Z(x)    = E exp(-beta |x - Y|^2) = (pi/beta)^(d/2) sum over k of w_k N(x; mu_k, C_k),
///     dbar(x) = E[|x - Y|^2 exp(-beta |x - Y|^2)]/Z(x) = -d ln Z(x)/d beta at fixed q:
///
/// given the component, Y is Gaussian, and along an eigenvector of C_k with eigenvalue v >= c = 1/(2 beta) and coordinate t of x - mu_k
/// the mean of x - Y is c t/v and the variance of Y is c (v - c)/v.
///
/// **The best q for points x_i** minimises the mean of -ln Z(x_i) (the least of it over all q is the empirical min of
/// I + beta d, Csiszar 1974): it is the maximum likelihood of a Gaussian mixture whose covariances are at least I/(2 beta). Expectation
/// and maximisation raise it at every step, also under this constraint: the likelihood of a scatter matrix is maximal under C >= c I at
/// its own eigenvectors with eigenvalues below c raised to c (ln v + s/v increases in v from s on). S_k = 0 is a point of
/// reproduction; a Gaussian source at its own optimum has one component.
///
/// Everything is floating point: it serves estimates, and any q gives a valid inequality.
struct ReproductionMixture: Sendable {
  /// One component, by the eigensystem of its covariance.
  struct Component: Sendable {
    var weight: Double
    var mean: [Double]
    /// Eigenvectors of C_k, one a row.
    var axes: [Double]
    /// Eigenvalues of C_k.
    var variances: [Double]
  }

  let dimension: Int
  /// beta, in nats.
  private(set) var slope: Double
  private(set) var components: [Component]

  /// The least eigenvalue of a covariance, 1/(2 beta).
  private var least: Double { 1 / (2 * slope) }

  /// What Z and dbar are at a point.
  struct Value: Sendable {
    var logZ: Double
    var distortion: Double
  }

  /// Z and dbar at each of some points.
  func values(at points: [Double]) -> [Value] {
    let d = dimension
    let prepared = components.map { Prepared($0, dimension: d, least: least) }
    let constant = Double(d) / 2 * Double.log(.pi / slope)
    return parallelMap(count: points.count / d, block: 256) { row in
      var logs = [Double](repeating: 0, count: prepared.count)
      var distortions = logs
      for (k, component) in prepared.enumerated() {
        (logs[k], distortions[k]) = component.logDensity(points, row * d)
      }
      let largest = logs.max() ?? 0
      var (sum, moment) = (0.0, 0.0)
      for k in logs.indices {
        let share = Double.exp(logs[k] - largest)
        sum += share
        moment += share * distortions[k]
      }
      return Value(logZ: constant + largest + Double.log(sum), distortion: moment / sum)
    }
  }

  /// A component with what does not depend on the point.
  private struct Prepared: Sendable {
    let dimension: Int
    let mean: [Double]
    let axes: [Double]
    let inverse: [Double]
    /// (c/v)^2.
    let shrunk: [Double]
    /// ln of the weight and of the density's constant.
    let constant: Double
    /// The sum of c (v - c)/v.
    let spread: Double

    init(_ component: Component, dimension: Int, least: Double) {
      self.dimension = dimension
      mean = component.mean
      axes = component.axes
      inverse = component.variances.map { 1 / $0 }
      shrunk = component.variances.map { (least / $0) * (least / $0) }
      spread = component.variances.reduce(0) { $0 + least * max(0, $1 - least) / $1 }
      constant =
        Double.log(component.weight)
        - component.variances.reduce(0) { $0 + Double.log(2 * .pi * $1) } / 2
    }

    /// ln of weight times density at the point that begins at a place, and the mean squared distance of reproductions given the
    /// component.
    @inline(__always)
    func logDensity(_ points: [Double], _ start: Int) -> (Double, Double) {
      var (form, distance) = (0.0, spread)
      for i in 0..<dimension {
        var t = 0.0
        for j in 0..<dimension { t += axes[i * dimension + j] * (points[start + j] - mean[j]) }
        form += t * t * inverse[i]
        distance += t * t * shrunk[i]
      }
      return (constant - form / 2, distance)
    }
  }

  /// The maximum likelihood of so many components for some points, as far as some steps lead.
  ///
  /// The first means are points taken at equal distances in their order, which has to be a random one.
  init(fitting points: [Double], dimension: Int, components count: Int, slope: Double, steps: Int) {
    self.dimension = dimension
    self.slope = slope
    let n = points.count / dimension
    let d = dimension
    let center = (0..<d).map { j in (0..<n).reduce(0) { $0 + points[$1 * d + j] } / Double(n) }
    var scatter = [Double](repeating: 0, count: d * d)
    for row in 0..<n {
      for i in 0..<d {
        for j in 0..<d {
          scatter[i * d + j] += (points[row * d + i] - center[i]) * (points[row * d + j] - center[j]) / Double(n)
        }
      }
    }
    let narrow = count == 1 ? 1 : Double.exp(-2 * Double.log(Double(count)) / Double(d))
    let (axes, variances) = Self.eigensystem(scatter.map { $0 * narrow }, order: d, least: 1 / (2 * slope))
    components = (0..<count).map { k in
      let row = k * n / count
      return Component(
        weight: 1 / Double(count), mean: count == 1 ? center : Array(points[row * d..<(row + 1) * d]), axes: axes,
        variances: variances)
    }
    if count > 1 { improve(for: points, steps: steps) }
  }

  /// The mixture moved to another slope, and improved there.
  func moved(to slope: Double, for points: [Double], steps: Int) -> ReproductionMixture {
    var moved = self
    moved.slope = slope
    for k in moved.components.indices {
      moved.components[k].variances = moved.components[k].variances.map { max($0, moved.least) }
    }
    moved.improve(for: points, steps: steps)
    return moved
  }

  private static let blockSize = 1_024

  /// Sums over some points.
  private struct Sums: Sendable {
    var logLikelihood = 0.0
    var weights: [Double]
    var first: [Double]
    var second: [Double]
  }

  /// Expectation and maximisation, until the mean of ln Z rises by less than 1e-6 nats.
  private mutating func improve(for points: [Double], steps: Int) {
    let d = dimension
    let n = points.count / d
    var last = -Double.infinity
    for _ in 0..<steps {
      let sums = sums(over: points)
      guard sums.logLikelihood / Double(n) > last + 1e-6 else { return }
      last = sums.logLikelihood / Double(n)
      for k in components.indices {
        let weight = sums.weights[k]
        // A component that no point is near to stays where it is.
        guard weight > 1e-6 else {
          components[k].weight = 1e-12
          continue
        }
        // Sums are about the old mean.
        let shift = (0..<d).map { sums.first[k * d + $0] / weight }
        var scatter = [Double](repeating: 0, count: d * d)
        for i in 0..<d {
          for j in 0..<d { scatter[i * d + j] = sums.second[(k * d + i) * d + j] / weight - shift[i] * shift[j] }
        }
        components[k].weight = weight / Double(n)
        components[k].mean = zip(components[k].mean, shift).map { $0 + $1 }
        (components[k].axes, components[k].variances) = Self.eigensystem(scatter, order: d, least: least)
      }
    }
  }

  private func sums(over points: [Double]) -> Sums {
    let d = dimension
    let count = components.count
    let prepared = components.map { Prepared($0, dimension: d, least: least) }
    let n = points.count / d
    let blocks = (n + Self.blockSize - 1) / Self.blockSize
    let empty = Sums(
      weights: [Double](repeating: 0, count: count), first: [Double](repeating: 0, count: count * d),
      second: [Double](repeating: 0, count: count * d * d))
    let parts = parallelMap(count: blocks, block: 1) { block in
      var sums = empty
      var logs = [Double](repeating: 0, count: count)
      var offset = [Double](repeating: 0, count: d)
      for row in block * Self.blockSize..<min(n, (block + 1) * Self.blockSize) {
        for k in 0..<count { logs[k] = prepared[k].logDensity(points, row * d).0 }
        let largest = logs.max() ?? 0
        var total = 0.0
        for k in 0..<count {
          logs[k] = Double.exp(logs[k] - largest)
          total += logs[k]
        }
        sums.logLikelihood += largest + Double.log(total)
        for k in 0..<count {
          let share = logs[k] / total
          guard share > 1e-12 else { continue }
          sums.weights[k] += share
          for j in 0..<d { offset[j] = points[row * d + j] - prepared[k].mean[j] }
          for i in 0..<d {
            let weighted = share * offset[i]
            sums.first[k * d + i] += weighted
            for j in 0...i { sums.second[(k * d + i) * d + j] += weighted * offset[j] }
          }
        }
      }
      return sums
    }
    var all = empty
    for part in parts {
      all.logLikelihood += part.logLikelihood
      for k in all.weights.indices { all.weights[k] += part.weights[k] }
      for k in all.first.indices { all.first[k] += part.first[k] }
      for k in all.second.indices { all.second[k] += part.second[k] }
    }
    for k in 0..<count {
      for i in 0..<d { for j in 0..<i { all.second[(k * d + j) * d + i] = all.second[(k * d + i) * d + j] } }
    }
    return all
  }

  /// Eigenvectors, one a row, and eigenvalues, raised to the least; a round matrix where none are found.
  private static func eigensystem(_ rows: [Double], order: Int, least: Double) -> ([Double], [Double]) {
    guard rows.allSatisfy(\.isFinite), let system = try? SymmetricEigensystem(of: rows, order: order) else {
      let identity = (0..<order * order).map { $0 / order == $0 % order ? 1.0 : 0 }
      return (identity, [Double](repeating: least, count: order))
    }
    var axes = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0..<order { axes[i * order + j] = system.eigenvectors[j * order + i] }
    }
    return (axes, system.eigenvalues.map { max($0, least) })
  }

  /// The largest eigenvalue of a covariance.
  var largestVariance: Double { components.flatMap(\.variances).max() ?? 0 }
}
