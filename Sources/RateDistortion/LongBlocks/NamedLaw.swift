/// A discrete reproduction law and a slope in nats per unit of distortion.
///
/// With Z(x) = sum of w exp(-slope d(x, y)), the channel w exp(-slope d)/Z is achievable, and 1/(c Z) is a dual multiplier, c the
/// supremum over y of E[exp(-slope d)/Z].
public struct NamedLaw: Evidence, Equatable {
  public static let type = "reproduction-law"
  public static let meaning =
    "A slope and a discrete law of reproductions. Above: the channel it defines, if its distortion is at most D, and its "
    + "convolutions. Below: Csiszar's dual, with the supremum over all reproductions enclosed anew."

  /// beta, in nats per unit of distortion.
  public let slope: Double
  /// The reproductions; in the plane both coordinates of each; of a finite source the letters, from 0.
  public let points: [Double]
  /// Their weights, in any common unit.
  public let weights: [Double]
  /// Infinite rows of reproductions towards ends of the line at which a source's density falls exactly as an exponential.
  public let rows: [Row]

  /// The points first, first + spacing, first + 2 spacing, ..., outwards, with weights that fall as the source's density.
  public struct Row: Sendable, Equatable {
    /// The first point.
    public let first: Double
    /// The signed distance to the next.
    public let spacing: Double
    /// The weight of all points together.
    public let weight: Double

    /// A row of points.
    public init(first: Double, spacing: Double, weight: Double) {
      self.first = first
      self.spacing = spacing
      self.weight = weight
    }
  }

  /// A law and a slope.
  public init(slope: Double, points: [Double], weights: [Double], rows: [Row] = []) {
    self.slope = slope
    self.points = points
    self.weights = weights
    self.rows = rows
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    var rows: [Row] = []
    if form["row_first"] != nil {
      let (first, spacing, weight) = try (
        form.numbers("row_first"), form.numbers("row_spacing"), form.numbers("row_weights")
      )
      guard first.count == spacing.count, first.count == weight.count, first.count <= 2 else {
        throw MalformedEvidence("\"row_first\", \"row_spacing\" and \"row_weights\" are not one or two rows")
      }
      rows = first.indices.map { Row(first: first[$0], spacing: spacing[$0], weight: weight[$0]) }
    }
    self.init(
      slope: try form.number("slope_nats"), points: try form.numbers("points"), weights: try form.numbers("weights"),
      rows: rows)
  }

  public var form: EvidenceForm {
    var form = EvidenceForm(
      Self.type,
      [
        .init("slope_nats", .number(slope)), .init("points", .numbers(points)), .init("weights", .numbers(weights)),
      ])
    if !rows.isEmpty {
      form.members += [
        .init("row_first", .numbers(rows.map(\.first))), .init("row_spacing", .numbers(rows.map(\.spacing))),
        .init("row_weights", .numbers(rows.map(\.weight))),
      ]
    }
    return form
  }

  public var sentence: String {
    "the reproduction law of \(weights.count) points\(rows.isEmpty ? "" : " and an infinite row") that --format json prints, at "
      + "the slope \(slope.words) nats per unit of distortion"
  }
}
