/// A symmetric positive definite matrix of which each row is stored from its first entry that may differ from 0 to the diagonal,
/// and its Cholesky factor, which has the same envelope.
///
/// The Hessians of the engine couple atoms whose kernels overlap: neighbours on the line, those within reach in the plane
/// numbered along its ridge, all letters of a finite source. A factorisation costs the sum of squared row lengths. (GSL has a
/// banded Cholesky since 2.6; this one keeps rows of unequal length, in the layout in which they are summed, and reports failure
/// as a value.)
struct EnvelopeMatrix {
  /// The number of rows.
  let order: Int
  /// The first column of every row.
  let first: [Int]
  /// Where a row's column 0 would be.
  private let base: [Int]
  private(set) var entries: [Double]

  /// The zero matrix of an envelope.
  ///
  /// - Parameter first: the first column of every row, none beyond the diagonal.
  init(first: [Int]) {
    order = first.count
    self.first = first
    var base: [Int] = []
    var size = 0
    for (row, column) in first.enumerated() {
      base.append(size - column)
      size += row - column + 1
    }
    self.base = base
    entries = [Double](repeating: 0, count: size)
  }

  /// The entry of row i and column j, first[i] <= j <= i.
  subscript(i: Int, j: Int) -> Double {
    get { entries[base[i] + j] }
    set { entries[base[i] + j] = newValue }
  }

  /// Adds weight v v^T, where v's entries are at consecutive places from `start`.
  mutating func add(_ weight: Double, _ v: UnsafeBufferPointer<Double>, at start: Int) {
    entries.withUnsafeMutableBufferPointer { entries in
      base.withUnsafeBufferPointer { base in
        guard let entries = entries.baseAddress, let values = v.baseAddress else { return }
        for k in 0..<v.count { addMultiple(weight * v[k], of: values, to: entries + base[start + k] + start, k + 1) }
      }
    }
  }

  /// Adds weight v v^T, where v has its entries at increasing places.
  mutating func add(_ weight: Double, _ v: UnsafeBufferPointer<Double>, at places: UnsafeBufferPointer<Int32>) {
    entries.withUnsafeMutableBufferPointer { entries in
      base.withUnsafeBufferPointer { base in
        for k in 0..<v.count {
          let scaled = weight * v[k]
          let row = base[Int(places[k])]
          for l in 0...k { entries[row + Int(places[l])] += scaled * v[l] }
        }
      }
    }
  }

  /// Multiplies entry (i, j) by d_i d_j and adds to the diagonal.
  mutating func scale(by d: [Double], addingToDiagonal diagonal: [Double]) {
    for i in 0..<order {
      for j in first[i]...i { entries[base[i] + j] *= d[i] * d[j] }
      entries[base[i] + i] += diagonal[i]
    }
  }

  /// Replaces the matrix by its Cholesky factor L, A = L L^T.
  ///
  /// - Returns: false if a pivot is not positive; the entries are then of no use.
  mutating func factorise() -> Bool {
    entries.withUnsafeMutableBufferPointer { a in
      first.withUnsafeBufferPointer { first in
        base.withUnsafeBufferPointer { base in
          guard let a = a.baseAddress else { return true }
          for i in 0..<order {
            let rowI = a + base[i]
            for j in first[i]..<i {
              let rowJ = a + base[j]
              let start = max(first[i], first[j])
              rowI[j] = (rowI[j] - dot(rowI + start, rowJ + start, j - start)) / rowJ[j]
            }
            let pivot = rowI[i] - dot(rowI + first[i], rowI + first[i], i - first[i])
            guard pivot > 0 else { return false }
            rowI[i] = pivot.squareRoot()
          }
          return true
        }
      }
    }
  }

  /// The solution x of L L^T x = right, after `factorise`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    entries.withUnsafeBufferPointer { a in
      x.withUnsafeMutableBufferPointer { x in
        for i in 0..<order {
          var sum = x[i]
          for k in first[i]..<i { sum -= a[base[i] + k] * x[k] }
          x[i] = sum / a[base[i] + i]
        }
        for i in stride(from: order - 1, through: 0, by: -1) {
          x[i] /= a[base[i] + i]
          for k in first[i]..<i { x[k] -= a[base[i] + k] * x[i] }
        }
      }
    }
    return x
  }
}

/// Adds a multiple of a row to another, four entries at a time.
@inline(__always)
private func addMultiple(
  _ scale: Double, of v: UnsafePointer<Double>, to row: UnsafeMutablePointer<Double>, _ count: Int
) {
  let (from, to) = (UnsafeRawPointer(v), UnsafeMutableRawPointer(row))
  var k = 0
  while k + 4 <= count {
    let sum =
      to.loadUnaligned(fromByteOffset: k * 8, as: SIMD4<Double>.self)
      + scale * from.loadUnaligned(fromByteOffset: k * 8, as: SIMD4<Double>.self)
    to.storeBytes(of: sum, toByteOffset: k * 8, as: SIMD4<Double>.self)
    k += 4
  }
  while k < count {
    row[k] += scale * v[k]
    k += 1
  }
}

/// The sum of products of two rows, eight at a time.
@inline(__always)
private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var (one, two) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
  let (left, right) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var k = 0
  while k + 8 <= count {
    one +=
      left.loadUnaligned(fromByteOffset: k * 8, as: SIMD4<Double>.self)
      * right.loadUnaligned(fromByteOffset: k * 8, as: SIMD4<Double>.self)
    two +=
      left.loadUnaligned(fromByteOffset: k * 8 + 32, as: SIMD4<Double>.self)
      * right.loadUnaligned(fromByteOffset: k * 8 + 32, as: SIMD4<Double>.self)
    k += 8
  }
  var sum = (one + two).sum()
  while k < count {
    sum += a[k] * b[k]
    k += 1
  }
  return sum
}
