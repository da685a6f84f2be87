/// A symmetric positive definite matrix of which only the entries near the diagonal differ from 0, and its Cholesky factor.
///
/// The Hessians of this folder couple atoms whose kernels overlap, a dozen neighbours at most, so that a factorisation costs
/// n b^2 operations for half-bandwidth b. (GSL has a banded Cholesky since 2.6; this one keeps the rows contiguous, in the
/// layout in which they are summed, and reports failure as a value.)
struct BandedMatrix {
  /// The number of rows.
  let order: Int
  /// The largest |i - j| of an entry that is stored.
  let halfBandwidth: Int
  /// Row i holds columns i - b ... i.
  private(set) var entries: [Double]

  /// The zero matrix.
  init(order: Int, halfBandwidth: Int) {
    self.order = order
    self.halfBandwidth = halfBandwidth
    entries = [Double](repeating: 0, count: order * (halfBandwidth + 1))
  }

  /// The entry of row i and column j, i - b <= j <= i.
  subscript(i: Int, j: Int) -> Double {
    get { entries[i * (halfBandwidth + 1) + halfBandwidth - i + j] }
    set { entries[i * (halfBandwidth + 1) + halfBandwidth - i + j] = newValue }
  }

  /// Adds weight v v^T, where v starts at row `start` and has at most b + 1 entries.
  mutating func add(_ weight: Double, _ v: UnsafeBufferPointer<Double>, at start: Int) {
    let b = halfBandwidth
    entries.withUnsafeMutableBufferPointer { entries in
      for k in 0..<v.count {
        let scaled = weight * v[k]
        let row = (start + k) * (b + 1) + b - k
        for l in 0...k { entries[row + l] += scaled * v[l] }
      }
    }
  }

  /// Adds weight v v^T, where v has its entries at increasing places.
  mutating func add(_ weight: Double, _ v: UnsafeBufferPointer<Double>, at places: UnsafeBufferPointer<Int>) {
    let b = halfBandwidth
    entries.withUnsafeMutableBufferPointer { entries in
      for k in 0..<v.count {
        let scaled = weight * v[k]
        let row = places[k] * b + b
        for l in 0...k { entries[row + places[l]] += scaled * v[l] }
      }
    }
  }

  /// Replaces the matrix by its Cholesky factor L, A = L L^T.
  ///
  /// - Returns: false if a pivot is not positive; the entries are then of no use.
  mutating func factorise() -> Bool {
    let b = halfBandwidth
    let n = order
    return entries.withUnsafeMutableBufferPointer { a in
      for i in 0..<n {
        let rowI = i * (b + 1) + b - i
        let first = max(0, i - b)
        for j in first..<i {
          let rowJ = j * (b + 1) + b - j
          var sum = a[rowI + j]
          for k in max(first, j - b)..<j { sum -= a[rowI + k] * a[rowJ + k] }
          a[rowI + j] = sum / a[rowJ + j]
        }
        var pivot = a[rowI + i]
        for k in first..<i { pivot -= a[rowI + k] * a[rowI + k] }
        guard pivot > 0 else { return false }
        a[rowI + i] = pivot.squareRoot()
      }
      return true
    }
  }

  /// The solution x of L L^T x = right, after `factorise`.
  func solve(_ right: [Double]) -> [Double] {
    let b = halfBandwidth
    var x = right
    entries.withUnsafeBufferPointer { a in
      x.withUnsafeMutableBufferPointer { x in
        for i in 0..<order {
          let row = i * (b + 1) + b - i
          var sum = x[i]
          for k in max(0, i - b)..<i { sum -= a[row + k] * x[k] }
          x[i] = sum / a[row + i]
        }
        for i in stride(from: order - 1, through: 0, by: -1) {
          let row = i * (b + 1) + b - i
          x[i] /= a[row + i]
          for k in max(0, i - b)..<i { x[k] -= a[row + k] * x[i] }
        }
      }
    }
    return x
  }
}
