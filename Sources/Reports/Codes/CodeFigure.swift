import Documents
import IntervalArithmetic
import RateDistortion
import TrainedPoints

/// What an encoder learned beside the best code of the same rate: which index is sent where, and how large the cells are.
///
/// The best code is that of `design`, at the entropy of the map's indices; where a curve shares the time between two codes, it is
/// the one that is used most of it, whose rate may be a little off. Both are evaluated in the same way.
public struct CodeFigure: Sendable {
  private let source: KnownSource
  private let map: CodeMap
  private let trained: Evaluated
  private let best: Evaluated?
  private let bestCurve: String
  /// What a reader should know of the figure.
  public private(set) var remarks: [String] = []

  /// A code and what was computed of it.
  private struct Evaluated {
    let code: TrainedCode
    let performance: CodePerformance

    init(_ code: TrainedCode) {
      self.code = code
      performance = CodePerformance(of: code)
    }

    /// Whether the index's code may use side information.
    var isConditional: Bool { code.sideInformation?.coding == .conditional }

    /// H(index), or what the coding of the index pays where it may use side information.
    var entropy: Double {
      (isConditional ? performance.conditionalEntropy ?? performance.entropy : performance.entropy).value
    }
  }

  /// Beyond this probability on each side a line without ends is not drawn.
  private static let unseen = 1e-4
  /// Points of a density.
  private static let resolution = 400

  /// The figure of a map.
  ///
  /// - Throws: `NoCodes` for a source whose codes are no partitions of a line; `PointFileError` for reconstructions that do not
  ///   suit the source; what the best codes' curve throws.
  public init(of map: CodeMap, for source: KnownSource) throws {
    let reference = try source.requiredCodes()
    self.source = source
    self.map = map
    let trained = try map.code(of: reference)
    self.trained = Evaluated(trained)
    do {
      let design = try DesignReport(of: source, at: .rate(self.trained.entropy))
      let partition = LinePartition(
        symbols: design.rows.map { $0.index[0] },
        thresholds: design.rows.dropFirst().map {
          UncertainThreshold(trained.line.coordinate(of: $0.run?.from ?? 0).midpoint)
        },
        range: trained.line.range, isClosed: trained.line.isClosed)
      best = Evaluated(
        TrainedCode(
          line: trained.line, sampled: trained.sampled, partition: partition, sideInformation: trained.sideInformation))
      bestCurve = design.curve?.legend ?? ""
    } catch DomainError.evidenceRefused(let reason) {
      (best, bestCurve) = (nil, "")
      remarks.append("the best code of this rate is not drawn: \(reason)")
    }
  }

  /// The figure, ready to be drawn.
  public var figure: PartitionFigure {
    var codes = [
      code(
        trained, name: "trained code", facts: [], cells: map.indices.map { $0.map(String.init).joined(separator: ",") })
    ]
    if let best {
      codes.append(code(best, name: "best code", facts: [bestCurve], cells: Self.numbers(of: best.code)))
    }
    let title = ([source.description.name] + source.parameters.words(in: source.description)).joined(separator: ", ")
    guard !line.isClosed else { return PartitionFigure(title: title, line: .ring, codes: codes) }
    let range = visibleRange
    let name = line.positionNames[0]
    return PartitionFigure(
      title: title,
      line: .axis(
        Figure.Axis(title: name == "phase" ? "Phase" : name, range: range), density: density(range)), codes: codes)
  }

  /// What cells are called that have no index of their own: by their number, that of intervals counted from the largest one.
  private static func numbers(of code: TrainedCode) -> [String] {
    let partition = code.partition
    let shares = partition.pieces.map { code.line.probability(from: $0.from, to: $0.to).midpoint }
    let largest = shares.indices.max { shares[$0] < shares[$1] - 1e-9 } ?? 0
    let first = partition.isOfIntervals && !partition.isClosed ? partition.symbols[largest] : 0
    return (0..<partition.symbolCount).map { String($0 - first) }
  }

  /// A code with its entropy and distortion above it.
  private func code(_ evaluated: Evaluated, name: String, facts: [String], cells: [String]) -> PartitionFigure.Code {
    let (code, performance) = (evaluated.code, evaluated.performance)
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "" }
    let rate = evaluated.isConditional ? "H(index|Y)" : "H"
    let distortion = performance.given ?? performance.centroids
    let pieces = code.partition.pieces.map { piece in
      PartitionFigure.Piece(
        from: position(piece.from), to: position(piece.to), cell: piece.symbol,
        share: line.probability(from: piece.from, to: piece.to).midpoint)
    }
    return PartitionFigure.Code(
      name: name,
      facts: facts + [
        "\(rate) = \(digits(evaluated.entropy)) bits", "D = \(digits(distortion.value))",
      ],
      pieces: pieces, cells: cells.map { $0.replacing("-", with: "\u{2212}") }, marks: marks(code))
  }

  private var line: any RealisationLine { trained.code.line }

  /// A position, those at infinity where files may have their last ones.
  private func position(_ coordinate: Double) -> Double {
    let positions = line.positions
    if coordinate == -.infinity { return positions.lowerBound }
    if coordinate == .infinity { return positions.upperBound }
    return line.position(coordinate)
  }

  /// The given reconstructions, or centroids: numbers along an axis, or points of the plane of a circle.
  private func marks(_ code: TrainedCode) -> [Figure.Point] {
    let needed = code.line.isClosed ? 2 : 1
    guard code.sideInformation == nil, code.line.components == needed,
      let points = code.reconstructions ?? code.line.centroids(of: code.partition)
    else { return [] }
    return points.map { Figure.Point(x: $0[0], y: needed == 2 ? $0[1] : 0) }
  }

  /// The line's positions, of an endless one those that all but little of the probability lies between.
  private var visibleRange: ClosedRange<Double> {
    let ends = line.positions
    let cut = { (isBeyond: (Double) -> Bool) -> Double in
      var (low, high) = (ends.lowerBound, ends.upperBound)
      for _ in 0..<100 {
        let middle = low + (high - low) / 2
        if isBeyond(line.coordinate(of: middle).midpoint) { high = middle } else { low = middle }
      }
      return low
    }
    let range = line.range
    let low =
      range.lowerBound.isFinite
      ? ends.lowerBound : cut { line.probability(from: range.lowerBound, to: $0).midpoint > Self.unseen }
    let high =
      range.upperBound.isFinite
      ? ends.upperBound : cut { line.probability(from: $0, to: range.upperBound).midpoint < Self.unseen }
    return low...high
  }

  /// The density, of largest value 1, from the probabilities of short intervals.
  private func density(_ range: ClosedRange<Double>) -> [Figure.Point] {
    let step = (range.upperBound - range.lowerBound) / Double(Self.resolution)
    let places = (0...Self.resolution).map { range.lowerBound + Double($0) * step }
    let points = zip(places, places.dropFirst()).map { a, b in
      Figure.Point(
        x: (a + b) / 2,
        y: line.probability(from: line.coordinate(of: a).midpoint, to: line.coordinate(of: b).midpoint).midpoint)
    }
    let most = points.map(\.y).max() ?? 1
    return points.map { Figure.Point(x: $0.x, y: $0.y / most) }
  }
}
