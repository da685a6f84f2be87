import IntervalArithmetic

/// The supremum over the plane of g(y) = sum of c_i exp(-|x_i - y|^2/(2 sigma^2)), c_i >= 0, from above, for points on a grid and their mirror
/// images.
///
/// On a square cell of half-width t = 1/4 about y_0, in units of sigma, g is its Taylor polynomial of total degree 8, whose
/// coefficients are sums of c_i He_k(v_1) He_l(v_2)/(k! l!) exp(-|v|^2/2), v = x_i - y_0: products, so that two passes over a grid's columns and
/// rows make them for all cells. What is neglected is bounded by G = sup g over the whole plane:
///
/// 1. *Remainder.* Along a unit vector e the ninth derivative of the kernel is at most 1.0865 sqrt(9!) exp(-(v.e)^2/4 -
///    (v - (v.e) e)^2/2) (Cramer), and that kernel is sqrt(2) times an average of narrow ones: 1.0865 sqrt(2) (t sqrt 2)^9/sqrt(9!) G =
///    2.3e-7 G.
/// 2. *Reach.* Points with |v_1| or |v_2| above 6.75 are left out, 6.5 and more from every y of the cell: `farPart`, 3.9e-8 G.
/// 3. *Rounding.* As on the line (`LineSupremum`, 4), with two factors: below (2e4 + 8 N) 2^-53 G for N columns and rows, 1e-10 G.
package struct PlaneSupremum {
  /// A cell on which the bound exceeds `floor`.
  struct Cell {
    /// Its middle.
    var first: Double
    var second: Double
    /// An upper bound on g over it.
    var bound: Double
    /// The coefficients, row k after row k, in units of sigma.
    var moments: [Double]
  }

  /// Cells with a bound above the floor.
  private(set) var cells: [Cell] = []
  /// The largest bound of a cell, at least `floor`.
  package private(set) var largest: Double
  /// Of G, what the bounds leave out.
  package static let neglected = 2.3e-7 + 4e-8 + 1e-10
  static let degree = 8
  /// The half-width of a cell, in kernel widths.
  static let halfWidth = 0.25
  private static let reach = 6.75
  private static let size = degree + 1

  /// - Parameters:
  ///   - weights: c_i at the grid's nodes, for each point itself.
  ///   - scale: 1/sigma.
  ///   - floor: the value below which a cell's bound need not be sharp; `tolerance`: how sharp it is above.
  package init(_ grid: PlaneGrid, weights: [Double], scale: Double, floor: Double, tolerance: Double) {
    largest = floor
    let width = 2 * Self.halfWidth * (1 - 0x1p-20) / scale
    let n = Self.size
    let nodes = grid.columns.count
    let reach = Self.reach / scale
    guard let bottom = grid.bands.first?.low, let top = grid.bands.last?.low else { return }
    let cellColumns = Int(((grid.columns.last ?? 0) + reach) / width) + 1
    let cellRows = Int((top + grid.width + reach - (bottom - reach)) / width) + 1
    let lowest = bottom - reach

    // First pass: along the rows of nodes. Hermite functions of every column about every column of cells, mirror images added.
    var across: [(range: Range<Int>, values: [Double])] = []
    for c in 0..<cellColumns {
      let middle = (Double(c) + 0.5) * width
      let from = grid.columns.firstIndex { $0 >= (middle < reach ? 0 : middle - reach) } ?? nodes
      let to = grid.columns.firstIndex { $0 > middle + reach } ?? nodes
      var values = [Double](repeating: 0, count: n * max(0, to - from))
      for i in from..<max(from, to) {
        Self.add(&values, at: i - from, count: to - from, (grid.columns[i] - middle) * scale)
        if grid.columns[i] + middle < reach {
          Self.add(&values, at: i - from, count: to - from, (-grid.columns[i] - middle) * scale)
        }
      }
      across.append((from..<max(from, to), values))
    }
    let rows = grid.bands.flatMap(\.rows)
    // partial[(row * cellColumns + c) * n + k].
    var partial = [Double](repeating: 0, count: rows.count * cellColumns * n)
    var used = [Range<Int>](repeating: 0..<0, count: rows.count)
    weights.withUnsafeBufferPointer { weights in
      partial.withUnsafeMutableBufferPointer { partial in
        var row = 0
        for band in grid.bands {
          let length = grid.rowLength(band)
          let start = band.panels.lowerBound * grid.rule.nodes.count
          let low = max(0, Int((grid.columns[start] - reach) / width) - 1)
          let high = min(cellColumns, Int((grid.columns[start + length - 1] + reach) / width) + 2)
          for local in 0..<band.rows.count {
            let base = band.offset + local * length - start
            used[row] = low..<max(low, high)
            for c in low..<max(low, high) {
              let range = across[c].range.clamped(to: start..<(start + length))
              guard !range.isEmpty else { continue }
              let stride = across[c].range.count
              across[c].values.withUnsafeBufferPointer { values in
                for k in 0..<n {
                  let shift = k * stride - across[c].range.lowerBound
                  partial[(row * cellColumns + c) * n + k] = Self.dot(
                    weights, base + range.lowerBound, values, shift + range.lowerBound, range.count)
                }
              }
            }
            row += 1
          }
        }
      }
    }

    // Second pass: across the rows, cell by cell.
    let bernstein = BernsteinBound(count: n, floor: floor, tolerance: tolerance)
    var (first, last) = (0, 0)
    var moments = [Double](repeating: 0, count: n * n)
    for m in 0..<cellRows {
      let middle = lowest + (Double(m) + 0.5) * width
      while first < rows.count, rows[first] < middle - reach { first += 1 }
      last = max(last, first)
      while last < rows.count, rows[last] <= middle + reach { last += 1 }
      guard first < last else { continue }
      var hermite = [Double](repeating: 0, count: n * (last - first))
      for row in first..<last { Self.add(&hermite, at: row - first, count: last - first, (rows[row] - middle) * scale) }
      let low = used[first..<last].map(\.lowerBound).min() ?? 0
      let high = used[first..<last].map(\.upperBound).max() ?? 0
      for c in low..<max(low, high) {
        for k in 0..<(n * n) { moments[k] = 0 }
        Self.gather(partial, hermite, rows: first..<last, column: c, columns: cellColumns, into: &moments)
        var crude = 0.0
        var scale1 = 1.0
        for k in 0..<n {
          var power = scale1
          for l in 0..<(n - k) {
            crude += k + l == 0 ? moments[0] : abs(moments[k * n + l]) * power
            power *= Self.halfWidth
          }
          scale1 *= Self.halfWidth
        }
        guard !(crude <= floor) else { continue }
        let bound = bernstein.bound(square: moments, halfWidth: Self.halfWidth)
        guard !(bound <= floor) else { continue }
        largest = worst(largest, bound)
        cells.append(Cell(first: (Double(c) + 0.5) * width, second: middle, bound: bound, moments: moments))
      }
    }
  }

  /// He_k(v)/k! exp(-v^2/2), k = 0 ... 8, added to n lists one after the other.
  private static func add(_ values: inout [Double], at place: Int, count: Int, _ v: Double) {
    var previous = 0.0
    var current = Double.exp(-v * v / 2)
    values[place] += current
    for k in 1..<size {
      let next = (v * current - previous) / Double(k)
      previous = current
      current = next
      values[k * count + place] += next
    }
  }

  @inline(__always)
  private static func dot(
    _ a: UnsafeBufferPointer<Double>, _ i: Int, _ b: UnsafeBufferPointer<Double>, _ j: Int, _ count: Int
  ) -> Double {
    var sums = SIMD4<Double>.zero
    let (left, right) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    var k = 0
    while k + 4 <= count {
      sums +=
        left.loadUnaligned(fromByteOffset: (i + k) * 8, as: SIMD4<Double>.self)
        * right.loadUnaligned(fromByteOffset: (j + k) * 8, as: SIMD4<Double>.self)
      k += 4
    }
    var sum = sums.sum()
    while k < count {
      sum += a[i + k] * b[j + k]
      k += 1
    }
    return sum
  }

  /// moments_kl = sum over rows of partial_k(row) hermite_l(row).
  private static func gather(
    _ partial: [Double], _ hermite: [Double], rows: Range<Int>, column: Int, columns: Int, into moments: inout [Double]
  ) {
    let n = size
    partial.withUnsafeBufferPointer { partial in
      hermite.withUnsafeBufferPointer { hermite in
        moments.withUnsafeMutableBufferPointer { moments in
          for row in rows {
            let base = (row * columns + column) * n
            guard partial[base] != 0 else { continue }
            for l in 0..<n {
              let h = hermite[l * rows.count + row - rows.lowerBound]
              for k in 0..<(n - l) { moments[k * n + l] += partial[base + k] * h }
            }
          }
        }
      }
    }
  }
}
