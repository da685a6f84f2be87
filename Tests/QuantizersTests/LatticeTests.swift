import RateDistortion
import Testing

@Suite("Lattices and the space-filling loss")
struct LatticeTests {
  /// A Voronoi cell of a root lattice is the union of the images of the fundamental simplex of its affine Weyl group
  /// (Conway, Sloane, chapter 21, theorem 5): vertices 0 and w_i/m_i, with the fundamental weights w_i, whose Gram
  /// matrix is the inverse of the Cartan matrix, and the marks m_i. A simplex has E|x|^2 = (sum |v_i|^2 + |sum v_i|^2)
  /// / ((n + 1) (n + 2)).
  @Test("root lattices from their fundamental simplex", arguments: ["A2", "D4", "E8"])
  func rootLattices(name: String) throws {
    let edges: [(Int, Int)]
    let marks: [Double]
    switch name {
    case "A2": (edges, marks) = ([(0, 1)], [1, 1])
    case "D4": (edges, marks) = ([(0, 1), (1, 2), (1, 3)], [1, 2, 1, 1])
    default: (edges, marks) = ([(0, 2), (2, 3), (1, 3), (3, 4), (4, 5), (5, 6), (6, 7)], [2, 3, 4, 6, 5, 4, 3, 2])
    }
    let n = marks.count
    var cartan = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n { cartan[i][i] = 2 }
    for (i, j) in edges { (cartan[i][j], cartan[j][i]) = (-1, -1) }
    let (gram, determinant) = inverse(cartan)
    var moment = 0.0
    for i in 0..<n {
      moment += gram[i][i] / (marks[i] * marks[i])
      for j in 0..<n { moment += gram[i][j] / (marks[i] * marks[j]) }
    }
    moment /= Double((n + 1) * (n + 2))
    let g = moment / Double(n) / power(determinant, 1 / Double(n))
    let lattice = try #require(Lattice.all.first { $0.name == name })
    #expect(relativeError(g, lattice.normalizedSecondMoment.midpoint) < 1e-14)
  }

  @Test("A3*: the truncated octahedron, cut into flags")
  func truncatedOctahedron() {
    // 0, a face's centre, an edge's middle, a vertex; 6 squares of 8 flags, 8 hexagons of 12.
    let flags: [(Double, [[Double]])] = [
      (48, [[2, 0, 0], [2, 0.5, 0.5], [2, 1, 0]]), (96, [[1, 1, 1], [0.5, 0.5, 2], [0, 1, 2]]),
    ]
    var volume = 0.0
    var moment = 0.0
    for (count, v) in flags {
      let size = count * abs(inverse(v).determinant) / 6
      let squares = v.map { $0.reduce(0) { $0 + $1 * $1 } }.reduce(0, +)
      let total = (0..<3).map { i in v.reduce(0) { $0 + $1[i] } }.reduce(0) { $0 + $1 * $1 }
      volume += size
      moment += size * (squares + total) / 20
    }
    #expect(abs(volume - 32) < 1e-12)
    let g = moment / volume / 3 / power(volume, 2 / 3.0)
    #expect(relativeError(g, Lattice.bodyCentredCubic.normalizedSecondMoment.midpoint) < 1e-14)
  }

  @Test("published values: Conway and Sloane, Table 2.3; Agrell and Allen")
  func publishedValues() {
    let published = [
      0.083333, 0.080188, 0.078543, 0.076603, 0.076603, 0.071682, 0.070096, 0.068298, 0.065771,
    ]
    for (lattice, value) in zip(Lattice.all, published) {
      #expect(abs(lattice.normalizedSecondMoment.midpoint - value) < 6e-7, "\(lattice.name)")
    }
    #expect(abs(Lattice.integers.decibelLoss - 1.5329) < 1e-4)
    #expect(abs(Lattice.integers.bitLoss - 0.2546) < 1e-4)
  }

  @Test("every lattice lies between the sphere bound and the cube, and loses less the larger its dimension")
  func order() throws {
    for (lattice, next) in zip(Lattice.all, Lattice.all.dropFirst()) {
      #expect(next.decibelLoss <= lattice.decibelLoss)
    }
    for lattice in Lattice.all where lattice.dimension > 1 {
      let g = lattice.normalizedSecondMoment
      #expect(try SpaceFillingLoss.sphereBound(dimension: lattice.dimension) < g.lower)
      #expect(g.upper < 1 / 12.0)
    }
  }

  @Test("the sphere bound: 1/12, 1/(4 pi), and 1/(2 pi e) in the limit, without a jump where Stirling takes over")
  func sphereBound() throws {
    #expect(relativeError(try SpaceFillingLoss.sphereBound(dimension: 1), 1 / 12.0) < 1e-14)
    #expect(relativeError(try SpaceFillingLoss.sphereBound(dimension: 2), 1 / (4 * .pi)) < 1e-14)
    let limit = 0.05854983152431917
    #expect(relativeError(try SpaceFillingLoss.sphereBound(dimension: 1_000_000_000_000_000), limit) < 1e-12)
    var previous = 1.0
    for n in [1, 2, 3, 10, 100, 198, 199, 200, 201, 202, 1000, 1_000_000] {
      let bound = try SpaceFillingLoss.sphereBound(dimension: n)
      #expect(bound < previous && bound > limit)
      #expect(try SpaceFillingLoss.zadorBound(dimension: n) > bound)
      previous = bound
    }
    // log Gamma(101)^(1/100) / (202 pi), to 20 digits by mpmath.
    #expect(relativeError(try SpaceFillingLoss.sphereBound(dimension: 200), 0.0598685575305461396) < 1e-13)
    for n in [0, -1, Int.min, Int.max] {
      #expect(throws: DomainError.self) { try SpaceFillingLoss.sphereBound(dimension: n) }
    }
  }

  private func power(_ x: Double, _ y: Double) -> Double { Double.exp(y * Double.log(x)) }

  /// The inverse and the determinant by elimination with pivots.
  private func inverse(_ matrix: [[Double]]) -> (inverse: [[Double]], determinant: Double) {
    let n = matrix.count
    var rows = matrix.enumerated().map { i, row in row + (0..<n).map { $0 == i ? 1.0 : 0 } }
    var determinant = 1.0
    for column in 0..<n {
      let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      if pivot != column {
        rows.swapAt(pivot, column)
        determinant = -determinant
      }
      determinant *= rows[column][column]
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for i in 0..<n where i != column {
        let factor = rows[i][column]
        rows[i] = zip(rows[i], rows[column]).map { $0 - factor * $1 }
      }
    }
    return (rows.map { Array($0[n...]) }, determinant)
  }
}
