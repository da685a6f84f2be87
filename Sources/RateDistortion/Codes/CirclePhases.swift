import IntervalArithmetic

/// The phases of a circle of squared radius r^2: x_u = r (cos 2 pi u, sin 2 pi u), u uniform on [0, 1).
///
/// An arc of probability p about the phase m has its centroid at r sinc(pi p) (cos 2 pi m, sin 2 pi m), and contributes p
/// delta(p) to the distortion (`Circle`). What of symbol s is several arcs has the centroid c_s = sum of p_i c_i / p_s and
///
///     D_s = sum of p_i delta(p_i) + sum of p_i |c_i - c_s|^2,
///
/// sums of positive terms. A reconstruction y adds p_s |c_s - y|^2 (parallel axes).
struct CirclePhases<Cells: CellSource>: PhaseLine {
  /// r^2.
  let squaredRadius: Interval
  let components: Int?
  /// The unit circle's cells.
  private let cells: Cells

  /// The unit circle, whose reconstructions are points of the plane, or one of another radius, without any.
  init(unit cells: Cells, squaredRadius: Interval = 1, components: Int? = 2) {
    self.cells = cells
    self.squaredRadius = squaredRadius
    self.components = components
  }

  var isClosed: Bool { true }

  /// A chord is at most the arc and the diameter.
  func spread(from a: Double, to b: Double) -> Double {
    let chord = Interval.min(2, 2 * .pi * (Interval(b) - Interval(a)))
    return (Interval.sqrt(squaredRadius) * chord).upper
  }

  /// A symbol on the unit circle.
  private struct Arcs {
    var probability: Interval = 0
    var distortion: Interval = 0
    var centroid: (Interval, Interval) = (0, 0)
  }

  private static func direction(of phase: Interval) -> (Interval, Interval) {
    let angle = 2 * .pi * phase
    return (.cos(angle), .sin(angle))
  }

  private static func squaredDistance(_ a: (Interval, Interval), _ b: (Interval, Interval)) -> Interval {
    .squared(a.0 - b.0) + .squared(a.1 - b.1)
  }

  private func arcs(of pieces: [LinePartition.Piece]) -> Arcs {
    var parts: [(probability: Interval, centroid: (Interval, Interval))] = []
    var whole = Arcs()
    var moment: (Interval, Interval) = (0, 0)
    for piece in pieces {
      let (a, b) = (Interval(piece.from), Interval(piece.to))
      let p = piece.start == nil ? 1 : b - a
      let (x, y) = Self.direction(of: (a + b) / 2)
      let length = piece.start == nil ? 0 : Interval.sinc(.pi * p)
      parts.append((p, (length * x, length * y)))
      whole.probability = whole.probability + p
      whole.distortion = whole.distortion + (piece.start == nil ? 1 : cells.cost(p))
      moment = (moment.0 + p * length * x, moment.1 + p * length * y)
    }
    guard parts.count > 1, whole.probability.lower > 0 else {
      whole.centroid = parts.first?.centroid ?? (0, 0)
      return whole
    }
    whole.centroid = (moment.0 / whole.probability, moment.1 / whole.probability)
    for part in parts {
      whole.distortion = whole.distortion + part.probability * Self.squaredDistance(part.centroid, whole.centroid)
    }
    return whole
  }

  func centroids(of partition: LinePartition) -> [[Double]]? {
    guard components != nil else { return nil }
    let radius = Interval.sqrt(squaredRadius).midpoint
    return partition.piecesOfSymbols.map { pieces in
      let centroid = arcs(of: pieces).centroid
      return [radius * centroid.0.midpoint, radius * centroid.1.midpoint]
    }
  }

  func errors(of partition: LinePartition) -> PartitionErrors { errors(of: partition) { _ in nil } }

  func errors(of partition: LinePartition, about reconstructions: [[Double]]) -> PartitionErrors {
    let radius = Interval.sqrt(squaredRadius)
    return errors(of: partition) { symbol in
      let point = reconstructions[symbol]
      return (Interval(point[0]) / radius, Interval(point[1]) / radius)
    }
  }

  /// About the reproduction of each symbol; its centroid where there is none.
  private func errors(
    of partition: LinePartition, about reproduction: (_ symbol: Int) -> (Interval, Interval)?
  ) -> PartitionErrors {
    var errors = PartitionErrors(symbols: partition.symbolCount, thresholds: partition.thresholds.count)
    for (symbol, pieces) in partition.piecesOfSymbols.enumerated() where !pieces.isEmpty {
      let arcs = arcs(of: pieces)
      let given = reproduction(symbol)
      let place = given ?? arcs.centroid
      let shift = given.map { arcs.probability * Self.squaredDistance(arcs.centroid, $0) } ?? 0
      errors.distortions[symbol] = squaredRadius * (arcs.distortion + shift)
      let distance = { (phase: Double) in
        squaredRadius * Self.squaredDistance(Self.direction(of: Interval(phase)), place)
      }
      for piece in pieces {
        errors.set(distance(piece.from), atStartOf: piece)
        errors.set(distance(piece.to), atEndOf: piece)
      }
    }
    return errors
  }

  func distortionOfIntervals(_ masses: CodeMasses, of partition: LinePartition) -> EnclosedValue {
    EnclosedValue(
      masses.sum(of: { squaredRadius * cells.cost($1) }, slope: { squaredRadius * cells.costSlope($1) }))
  }
}
