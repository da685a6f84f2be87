/// Anderson's acceleration of an iteration x -> T(x) that converges linearly: of the last steps f = T(x) - x that
/// combination is taken whose own step would be least, and T of it, both as if T were affine.
///
/// - Source: Anderson, "Iterative procedures for nonlinear integral equations", J. ACM 12 (1965) 547-560.
struct Extrapolation {
  /// The weight of a coordinate, by its place.
  private let weight: (Double) -> Double
  private var places: [[Double]] = []
  private var steps: [[Double]] = []

  /// As many differences of steps are combined.
  private static let depth = 6

  init(weight: @escaping (Double) -> Double) { self.weight = weight }

  /// The next place after x and T(x), in increasing order; nil if the steps seen tell nothing, or the order is lost.
  mutating func next(after place: [Double], image: [Double]) -> [Double]? {
    places.append(image)
    steps.append(zip(image, place).map { $0 - $1 })
    if steps.count > Self.depth + 1 {
      places.removeFirst()
      steps.removeFirst()
    }
    let last = steps.count - 1
    guard last > 0 else { return nil }
    let weights = image.map(weight)
    let differences = (0..<last).map { index in zip(steps[index + 1], steps[index]).map { $0 - $1 } }
    func product(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for index in a.indices { sum += weights[index] * a[index] * b[index] }
      return sum
    }
    // Normal equations with a little of the diagonal, by Gaussian elimination.
    var matrix = differences.map { a in differences.map { product(a, $0) } + [product(a, steps[last])] }
    for row in 0..<last { matrix[row][row] *= 1 + 1e-10 }
    for pivot in 0..<last {
      guard matrix[pivot][pivot] > 0 else { return nil }
      for row in 0..<last where row != pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot...last { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    var next = image
    for index in 0..<last {
      let share = matrix[index][last] / matrix[index][index]
      for place in next.indices { next[place] -= share * (places[index + 1][place] - places[index][place]) }
    }
    let isOrdered = zip(next, next.dropFirst()).allSatisfy { $0 < $1 }
    return isOrdered && next.allSatisfy(\.isFinite) ? next : nil
  }
}
