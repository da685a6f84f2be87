import IntervalArithmetic

/// A lattice of the plane with rows along the first coordinate, and its Voronoi cells.
///
/// Points are one apart in a row, rows h apart, and every other row is shifted by a half or not at all. A cell reaches from -1/2 to
/// 1/2 around its point and there from -(t - r |v|) to t - r |v|:
///
/// | lattice        | h         | shift | t         | r         | area      |
/// |----------------|-----------|-------|-----------|-----------|-----------|
/// | square, Z^2    | 1         | 0     | 1/2       | 0         | 1         |
/// | hexagonal, A_2 | sqrt(3)/2 | 1/2   | 1/sqrt(3) | 1/sqrt(3) | sqrt(3)/2 |
///
/// The hexagon's corners are (0, +-1/sqrt 3) and (+-1/2, +-1/(2 sqrt 3)). Both lattices are their own mirror images in a line through
/// a point, or half-way between two points of a row.
///
/// - Source: Conway, Sloane, "Sphere Packings, Lattices and Groups", chapter 4, section 6.
struct PlaneLattice: Sendable, Equatable {
  /// As evidence has it.
  let name: String
  /// Four times h^2, and 12 times t^2 and r^2: whole numbers, so that every formula has its own sqrt 3.
  private let heightSquare: Int
  private let topSquare: Int
  private let riseSquare: Int
  /// Whether every other row is shifted by a half.
  let isShifted: Bool
  /// Whether rows and columns are coded apart, as two scalars.
  let isApart: Bool
  /// What its cells lose against R(D) at high rate.
  let loss: Lattice
  /// The best offsets of the mean in steps: from a point, from a deep hole, and from what lies between them.
  let offsets: [SIMD2<Double>]

  /// Z^2. By its symmetries offsets from 0 to a half say all.
  static let square = PlaneLattice(
    name: "square", heightSquare: 4, topSquare: 3, riseSquare: 0, isShifted: false, isApart: false,
    loss: .integers, offsets: squareOffsets)
  /// Z^2 as a linear transform coder has it: either coordinate is quantized with the same step and coded without the other.
  static let components = PlaneLattice(
    name: "components", heightSquare: 4, topSquare: 3, riseSquare: 0, isShifted: false, isApart: true,
    loss: .integers, offsets: squareOffsets)
  private static let squareOffsets = [
    SIMD2(0, 0), SIMD2(0.5, 0.5), SIMD2(0, 0.5), SIMD2(0.5, 0), SIMD2(0, 0.25), SIMD2(0.5, 0.25),
  ]
  /// A_2: a point, a hole above its row and one below it, the middle of an edge, and places between.
  static let hexagonal = PlaneLattice(
    name: "hexagonal", heightSquare: 3, topSquare: 4, riseSquare: 4, isShifted: true, isApart: false,
    loss: .hexagonal,
    offsets: [
      SIMD2(0, 0), SIMD2(0.5, 0.2886751345948129), SIMD2(0, 0.5773502691896258), SIMD2(0.5, 0),
      SIMD2(0, 0.25), SIMD2(0.5, 0.5), SIMD2(0, 0.75), SIMD2(0.5, 0.75),
    ])

  static let all = [square, hexagonal, components]

  /// Those that say something of a source: coordinates that are independent are coded apart as well as together.
  static func all(of source: BentGaussian) -> [PlaneLattice] {
    all.filter { !$0.isApart || source.straightness != 0 }
  }

  /// h.
  func height<Number: RealNumber>(as: Number.Type = Number.self) -> Number { .sqrt(Number(heightSquare)) / 2 }
  /// t.
  func top<Number: RealNumber>(as: Number.Type = Number.self) -> Number { .sqrt(Number(topSquare) / 12) }
  /// r.
  func rise<Number: RealNumber>(as: Number.Type = Number.self) -> Number { .sqrt(Number(riseSquare) / 12) }
  /// Whether a cell has a corner over its point.
  var isPointed: Bool { riseSquare > 0 }
  /// The shift of a row.
  func shift(row: Int) -> Double { isShifted && !row.isMultiple(of: 2) ? 0.5 : 0 }
  /// log of a cell's area at step 1.
  var logArea: Double { Double.log(height()) }
}
