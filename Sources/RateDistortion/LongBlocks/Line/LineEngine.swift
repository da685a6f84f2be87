import IntervalArithmetic

/// R(D) on the line, slope by slope: a `LineSource` between its search and its proof.
///
/// A law is named with mirror images written out. The law of a symmetric source is taken with its mirror image whatever it is:
/// R(D) is convex in the law, and what is proved is proved of R(D).
public struct LineEngine<Source: LineSource>: LawSource {
  /// The source.
  public let source: Source
  /// The distance of both sides at which the search for a law ends, in nats: 1e-7 bits.
  private static var tolerance: Double { 7e-8 }

  /// The engine of a source.
  public init(_ source: Source) { self.source = source }

  public var dimension: Int? { 1 }
  public var silence: Interval { source.variance }
  public var differentialEntropy: Interval? { source.differentialEntropy }
  public var slopes: ClosedRange<Double> {
    let variance = source.variance.midpoint
    return 1e-4 / variance...1e8 / variance
  }

  public func law(slope: Double) throws(LawRefused) -> NamedLaw {
    let law = try LineSearch(source, slope: slope, tolerance: Self.tolerance).law()
    var atoms = zip(law.points, law.weights).map { (point: $0, weight: $1) }
    if source.isSymmetric {
      let images = atoms.filter { $0.point > 0 }.map { (point: -$0.point, weight: $0.weight / 2) }
      atoms = images.reversed() + atoms.map { ($0.point, $0.point > 0 ? $0.weight / 2 : $0.weight) }
    }
    var rows = law.rows.map {
      NamedLaw.Row(first: $0.first, spacing: $0.side == .right ? $0.spacing : -$0.spacing, weight: $0.weight)
    }
    if source.isSymmetric {
      rows = rows.flatMap { row in
        [-1.0, 1].map { NamedLaw.Row(first: $0 * row.first, spacing: $0 * row.spacing, weight: row.weight / 2) }
      }
    }
    return NamedLaw(slope: slope, points: atoms.map(\.point), weights: atoms.map(\.weight), rows: rows)
  }

  public func bounds(by law: NamedLaw) throws(LawRefused) -> SlopeBounds {
    guard law.points.count == law.weights.count else { throw LawRefused("there are not as many weights as points") }
    var rows = law.rows.map {
      LineRow(side: $0.spacing > 0 ? .right : .left, first: $0.first, spacing: abs($0.spacing), weight: $0.weight)
    }
    guard source.isSymmetric else {
      return try LineProof(source, slope: law.slope, law: LineLaw(points: law.points, weights: law.weights, rows: rows))
        .bounds
    }
    // Joined with the mirror image: a point y > 0 stands for y and -y.
    var atoms: [(point: Double, weight: Double)] = []
    for (point, weight) in zip(law.points.map { abs($0) }, law.weights).sorted(by: { $0.0 < $1.0 }) {
      if let last = atoms.last, last.point == point {
        atoms[atoms.count - 1].weight += weight
      } else {
        atoms.append((point, weight))
      }
    }
    if rows.count == 2 {
      guard rows[0].side != rows[1].side, rows[0].first == -rows[1].first, rows[0].spacing == rows[1].spacing else {
        throw LawRefused("the rows of a symmetric source are not mirror images")
      }
      rows = [
        LineRow(
          side: .right, first: abs(rows[0].first), spacing: rows[0].spacing, weight: rows[0].weight + rows[1].weight)
      ]
    }
    return try LineProof(
      source, slope: law.slope,
      law: LineLaw(points: atoms.map(\.point), weights: atoms.map(\.weight), rows: rows)
    ).bounds
  }
}
